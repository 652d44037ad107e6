"""Readers of drawings: their texts and shapes."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

SVG = "{http://www.w3.org/2000/svg}"


read_svg = ET.fromstring


@pytest.fixture(scope="session")
def list_texts():
    def read(drawn):
        return [each.text for each in read_svg(drawn).iter(f"{SVG}text")]

    return read


@pytest.fixture(scope="session")
def list_colours():
    def read(drawn):
        return [each.get("fill") for each in read_svg(drawn).iter() if each.get("fill")]

    return read
