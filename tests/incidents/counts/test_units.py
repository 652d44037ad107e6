"""The unit that a row of counts tells of, at home and in boundaries of a caller."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from geosec.errors import ParameterError, SchemaError
from geosec.incidents.cells import Rejected
from geosec.incidents.counts.units import (
    OwnUnits,
    Told,
    choose_level,
    read_level,
    refuse_total,
    take_home_units,
)

COD_AB = {
    "ADM0_EN": ["Sudan", "Sudan", "Chad"],
    "ADM0_PCODE": ["SD", "SD", "TD"],
    "ADM1_EN": ["Blue Nile", "Khartoum", "Blue Nile"],
    "ADM1_PCODE": ["SD08", "SD01", "TD08"],
    "ADM2_EN": ["Bau", "Karrari", "Bau"],
    "ADM2_PCODE": ["SD08105", "SD01003", "TD08105"],
}
SPELLINGS = {
    "COD-AB": {},
    "COD-AB, newer": {
        name: name.lower().replace("_en", "_name").replace("pcode", "pcode") for name in COD_AB
    },
    "GADM": {
        "ADM0_EN": "COUNTRY",
        "ADM0_PCODE": "GID_0",
        "ADM1_EN": "NAME_1",
        "ADM1_PCODE": "GID_1",
        "ADM2_EN": "NAME_2",
        "ADM2_PCODE": "GID_2",
    },
}


def make_layer(columns):
    shapes = [box(number, 0, number + 1, 1) for number in range(len(next(iter(columns.values()))))]
    return gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4326")


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS.keys())
def test_boundaries_are_read_as_their_sources_spell_them(spelling):
    own = OwnUnits.read(make_layer(COD_AB).rename(columns=spelling), "adm2")
    find = own.units.find
    assert own.names == dict(zip(COD_AB["ADM2_PCODE"], COD_AB["ADM2_EN"], strict=True))
    assert find(Told(admin2_code="sd08105"), "adm2").code == "SD08105"
    assert find(Told(country="Chad", admin2="Bau"), "adm2").code == "TD08105"
    assert find(Told(country_code="SD", admin1="Blue Nile", admin2="Bau"), "adm2").code == "SD08105"
    assert find(Told(admin1="Khartoum", admin2="Karrari"), "adm2").code == "SD01003"
    assert find(Told(country="Chad", admin2="Karrari"), "adm2").code == ""
    assert find(Told(country="Mali", admin2="Bau"), "adm2").reason.startswith("it lies in Mali")


def test_geoboundaries_have_plain_names():
    layer = make_layer({"shapeName": ["Bau"], "shapeID": ["1B"], "shapeGroup": ["SDN"]})
    find = OwnUnits.read(layer, "adm2").units.find
    assert find(Told(admin2="Bau", country_code="SDN"), "adm2").code == "1B"
    assert find(Told(unit="Bau"), "adm2").code == "1B"
    assert find(Told(admin2="Bau", country_code="TCD"), "adm2").code == ""


def test_countries_may_be_units():
    layer = make_layer({"ADM0_EN": ["Sudan", "Chad"], "ADM0_PCODE": ["SDN", "TCD"]})
    find = OwnUnits.read(layer, "adm0").units.find
    assert find(Told(country="chad"), "adm0").code == "TCD"
    assert find(Told(country_code="SDN"), "adm0").code == "SDN"
    assert take_home_units("adm0", "").find(Told(country_code="PAK"), "adm0").code == "PK"
    assert take_home_units("adm0", "").find(Told(country="Chad"), "adm0").code == ""


def test_numbers_are_codes_and_an_index_may_hold_them():
    layer = make_layer({"code": [101.0, 102.0], "name": ["A", "B"]})
    assert OwnUnits.read(layer, "adm2").names == {"101": "A", "102": "B"}
    assert OwnUnits.read(layer.set_index("code"), "adm2").names == {"101": "A", "102": "B"}
    bare = layer.set_index(pd.Index(["x", "y"])).drop(columns="code")
    assert OwnUnits.read(bare, "adm2").names == {"x": "A", "y": "B"}


def test_rows_of_one_unit_are_one_and_rows_that_tell_nothing_are_left_out():
    layer = make_layer({"code": ["a", "a", None], "name": ["A", "A", ""]})
    assert OwnUnits.read(layer, "adm2").names == {"a": "A"}


def test_boundaries_that_cannot_be_read_say_why():
    layer = make_layer({"code": ["a", "b"], "name": ["A", "B"]})
    with pytest.raises(ParameterError, match="`boundaries` takes a GeoDataFrame"):
        OwnUnits.read(layer.geometry, "adm2")
    with pytest.raises(SchemaError, match="the code or the name of each unit of adm1"):
        OwnUnits.read(layer[["geometry"]], "adm1")
    with pytest.raises(SchemaError, match="one name each"):
        OwnUnits.read(layer.set_index(["code", "name"]), "adm2")
    with pytest.raises(SchemaError, match="two units of `boundaries` are both 'a'"):
        OwnUnits.read(layer.assign(code="a"), "adm2")


WORDS = st.text("abcdefghij", min_size=5, max_size=12)


@settings(deadline=None, max_examples=50)
@given(st.dictionaries(st.tuples(WORDS, WORDS), WORDS, min_size=1, max_size=12))
def test_any_layer_finds_its_units_by_code_and_never_another_by_name(named):
    rows = [
        (f"{number:03d}", name, parent) for number, ((name, parent), _) in enumerate(named.items())
    ]
    codes, names, parents = zip(*rows, strict=True)
    layer = make_layer({"ADM2_PCODE": codes, "ADM2_EN": names, "ADM1_EN": parents})
    find = OwnUnits.read(layer, "adm2").units.find
    for code, name, parent in rows:
        assert find(Told(admin2_code=code), "adm2").code == code
        found = find(Told(admin2=name, admin1=parent), "adm2")
        assert found.code == code or found.reason.startswith(f"district {name!r} may be")


@pytest.mark.parametrize(
    ("columns", "level"),
    [
        ({"admin2": ["x"], "admin1": ["y"]}, "adm2"),
        ({"admin2_code": ["x"]}, "adm2"),
        ({"admin1": ["y"], "country": ["z"]}, "adm1"),
        ({"country_code": ["z"]}, "adm0"),
        ({"unit": ["Kech", "Gwadar"]}, "adm2"),
        ({"unit": ["Sindh", "Balochistan"]}, "adm1"),
        ({"unit_code": ["PK2", "PK7"]}, "adm1"),
        ({"unit_code": ["PK211"]}, "adm2"),
    ],
)
def test_the_level_is_the_finest_that_is_told(columns, level):
    assert choose_level(None, pd.DataFrame(columns)) == level
    assert choose_level("adm1", pd.DataFrame(columns)) == "adm1"


def test_a_row_may_tell_its_level():
    assert read_level(Told(), "adm2", asked=False) == "adm2"
    assert read_level(Told(level="1.0"), "adm2", asked=False) == "adm1"
    assert read_level(Told(level="admin0"), "adm2", asked=False) == "adm0"
    with pytest.raises(Rejected, match="a row of adm1, and those of adm2 were asked for"):
        read_level(Told(level="1"), "adm2", asked=True)
    with pytest.raises(Rejected, match="level 'village' is none of 0"):
        read_level(Told(level="village"), "adm2", asked=False)


@pytest.mark.parametrize(
    ("told", "level"),
    [
        (Told(admin2="Total"), "adm2"),
        (Told(admin1="Grand Total"), "adm2"),
        (Told(country="TOTAL", admin2=""), "adm2"),
        (Told(admin2="Sub-total"), "adm2"),
        (Told(admin2="Balochistan total"), "adm2"),
        (Told(admin2="Total for Sindh"), "adm2"),
        (Told(admin2="Punjab"), "adm2"),
        (Told(admin2="KPK"), "adm2"),
        (Told(admin1="Pakistan"), "adm1"),
        (Told(unit="All"), "adm2"),
    ],
)
def test_a_total_is_refused(told, level):
    with pytest.raises(Rejected, match="total over"):
        refuse_total(told, level, take_home_units(level, ""))


@pytest.mark.parametrize(
    ("told", "level"),
    [
        (Told(admin2="Islamabad"), "adm2"),
        (Told(admin2="Punjab", admin2_code="PK601"), "adm2"),
        (Told(admin1="Punjab"), "adm1"),
        (Told(country="Pakistan"), "adm0"),
        (Told(country="Pakistan", admin1="Sindh"), "adm1"),
        (Told(admin2="Allai"), "adm2"),
        (Told(), "adm2"),
    ],
)
def test_what_is_no_total_goes_through(told, level):
    refuse_total(told, level, take_home_units(level, ""))


def test_a_total_of_boundaries_brought_is_told_by_what_holds_them():
    units = OwnUnits.read(make_layer(COD_AB), "adm2").units
    with pytest.raises(Rejected, match="'Khartoum' is a province, and its row a total"):
        refuse_total(Told(admin2="Khartoum"), "adm2", units)
    with pytest.raises(Rejected, match="'Sudan' is a total over units"):
        refuse_total(Told(admin2="Sudan"), "adm2", units)
    refuse_total(Told(admin2="Punjab"), "adm2", units)
