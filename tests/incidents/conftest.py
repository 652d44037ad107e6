"""Files as users bring them."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def file(tmp_path):
    def write(text: str | bytes, name: str = "table.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


@pytest.fixture
def features(tmp_path):
    def write(*pairs, name="table.geojson"):
        listed = [{"type": "Feature", "properties": p, "geometry": g} for p, g in pairs]
        path = tmp_path / name
        path.write_text(json.dumps({"type": "FeatureCollection", "features": listed}), "utf-8")
        return path

    return write
