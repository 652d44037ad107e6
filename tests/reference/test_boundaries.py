"""Loading the boundaries and the lineage of districts."""

from __future__ import annotations

import pytest

from geosec.data.catalogue import layer_accuracy_m
from geosec.errors import ParameterError
from geosec.reference.boundaries import LEVELS, load_boundaries, load_district_lineage
from geosec.uncertainty.footprints import spread_over


@pytest.mark.parametrize(("level", "rows"), [("adm0", 1), ("adm1", 7), ("adm2", 138)])
def test_a_level_is_indexed_by_its_code_in_degrees(level, rows):
    layer = load_boundaries(level)
    assert len(layer) == rows
    assert layer.index.name == f"{level}_code"
    assert layer.crs == "EPSG:4326"


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_carries_its_stated_accuracy(level):
    accuracy_m = load_boundaries(level)["positional_accuracy_m"]
    assert accuracy_m.unique().tolist() == [layer_accuracy_m(level)]


@pytest.mark.parametrize("level", LEVELS)
def test_a_unit_tells_where_in_it_something_is_as_its_polygon_does(level):
    for code, unit in load_boundaries(level).iterrows():
        drawn = spread_over(unit.geometry)
        told = unit["longitude"], unit["latitude"], unit["uncertainty_m"]
        assert told[:2] == pytest.approx((drawn.lon, drawn.lat), abs=1e-5), code
        assert told[2] == pytest.approx(drawn.uncertainty_m, abs=0.51), code


def test_districts_are_the_default():
    assert load_boundaries().index.name == "adm2_code"


@pytest.mark.parametrize("level", ["adm3", "ADM1", "districts"])
def test_an_unknown_level_is_answered_with_those_there_are(level):
    with pytest.raises(ParameterError, match=rf"no boundary level '{level}'; .*'adm"):
        load_boundaries(level)


def test_what_a_caller_does_to_a_layer_stays_with_the_caller():
    first = load_boundaries("adm1")
    first.loc["PK-BA", "adm1_name"] = "changed"
    assert load_boundaries("adm1").loc["PK-BA", "adm1_name"] == "Balochistan"


@pytest.mark.parametrize(
    ("name", "parent", "kind"),
    [
        ("Surab", "PK-BA-kalat", "created"),
        ("Sohbatpur", "PK-BA-jaffarabad", "created"),
        ("FR Bannu", "PK-KP-bannu", "merged"),
        ("Shaheed Sikandarabad", "PK-BA-kalat", "renamed"),
        ("Karachi South", "PK-SD-karachi", "restored"),
    ],
)
def test_newer_districts_name_the_polygon_that_stands_for_them(name, parent, kind):
    row = load_district_lineage().set_index("name").loc[name]
    assert (row["parent_code"], row["kind"]) == (parent, kind)
    assert parent in load_boundaries("adm2").index
