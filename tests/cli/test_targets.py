"""The layers that `geosec nearest` measures to."""

from __future__ import annotations

import pytest

from geosec.cli.options import TARGETS
from geosec.cli.targets import load_target
from geosec.errors import UnknownNameError


@pytest.mark.parametrize("name", TARGETS)
def test_every_layer_has_names_and_is_in_degrees(name):
    layer = load_target(name)
    assert layer.crs == "EPSG:4326"
    assert layer["name"].notna().all()


def test_a_dismantled_line_is_no_target():
    assert (load_target("lines")["status"] != "dismantled").all()


def test_an_unknown_layer_is_answered_with_a_near_one():
    with pytest.raises(UnknownNameError, match=r"no layer 'station' .*did you mean 'stations'"):
        load_target("station")
