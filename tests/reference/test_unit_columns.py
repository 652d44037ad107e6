"""Names and codes are found by how the common sources spell them."""

from __future__ import annotations

import pandas as pd
import pytest

from geosec.errors import ParameterError
from geosec.reference.unit_columns import UnitColumns, find_columns, find_levels, read_names

LEVELS = ("adm2", "adm1")
NOTHING = UnitColumns(None, None)
SOURCES = {
    "COD-AB": ["ADM2_EN", "ADM2_PCODE", "ADM1_EN", "ADM1_PCODE", "ADM0_EN"],
    "COD-AB in French": ["ADM2_FR", "ADM2_PCODE", "ADM1_FR", "ADM1_PCODE"],
    "GADM": ["GID_0", "GID_1", "NAME_1", "GID_2", "NAME_2"],
    "geosec": ["adm2_name", "adm2_code", "adm1_name", "adm1_code"],
}


@pytest.mark.parametrize("source", SOURCES)
def test_both_levels_are_found(source):
    layer = pd.DataFrame([], columns=SOURCES[source])
    assert find_levels(layer, LEVELS) == ["adm2", "adm1"]
    for level in LEVELS:
        name, code = find_columns(layer, level, NOTHING, plain=True)
        assert level[-1] in name
        assert level[-1] in code
        assert name != code


def test_plain_columns_are_those_of_the_finest_level():
    layer = pd.DataFrame([], columns=["id", "Name", "adm1_name"])
    assert find_levels(layer, LEVELS) == ["adm2", "adm1"]
    assert find_columns(layer, "adm2", NOTHING, plain=True) == ("Name", "id")
    assert find_columns(layer, "adm1", NOTHING, plain=False) == ("adm1_name", None)


def test_geoboundaries_say_their_level():
    layer = pd.DataFrame({"shapeName": ["a"], "shapeID": ["1"], "shapeType": ["ADM1"]})
    assert find_levels(layer, LEVELS) == ["adm1"]
    assert find_columns(layer, "adm1", NOTHING, plain=True) == ("shapeName", "shapeID")


def test_a_layer_of_provinces_alone_is_of_theirs():
    assert find_levels(pd.DataFrame([], columns=["ADM1_EN", "ADM1_PCODE"]), LEVELS) == ["adm1"]
    assert find_levels(pd.DataFrame([], columns=["name"]), LEVELS) == ["adm2"]


def test_names_of_columns_are_one_or_one_for_each_level():
    assert read_names("x", "name", LEVELS) == {"adm2": "x", "adm1": None}
    assert read_names({"adm1": "y"}, "name", LEVELS) == {"adm2": None, "adm1": "y"}
    with pytest.raises(ParameterError, match="'adm3', which is not asked for"):
        read_names({"adm3": "y"}, "name", LEVELS)
    with pytest.raises(ParameterError, match="`name` takes the name of a column, or a dict"):
        read_names(["x"], "name", LEVELS)
