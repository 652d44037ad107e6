"""Boundaries as they are loaded: levels, codes, nesting, lineage."""

from __future__ import annotations

import pytest
import shapely

from geosec.data.catalogue import layer_accuracy_m
from geosec.errors import ParameterError
from geosec.reference.boundaries import LEVELS, load_boundaries, load_district_lineage, load_seas
from geosec.uncertainty.footprints import spread_over_shape

CITIES = [
    ("Quetta", 67.00, 30.18, "PK-BA", "Quetta"),
    ("Sibi", 67.877, 29.543, "PK-BA", "Sibi"),
    ("Karachi", 67.03, 24.89, "PK-SD", "Karachi"),
    ("Lahore", 74.35, 31.55, "PK-PB", "Lahore"),
    ("Peshawar", 71.57, 34.01, "PK-KP", "Peshawar"),
]
ABROAD = [("Kabul", 69.2, 34.5), ("Zahedan", 60.86, 29.5), ("Arabian Sea", 64.0, 23.5)]


def holding(level, lon, lat):
    layer = load_boundaries(level)
    return layer[layer.contains(shapely.Point(lon, lat))]


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
        drawn = spread_over_shape(unit.geometry)
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


@pytest.mark.parametrize(("city", "lon", "lat", "province", "district"), CITIES)
def test_a_city_lies_in_one_unit_of_each_level_and_they_nest(city, lon, lat, province, district):
    assert holding("adm0", lon, lat).index.tolist() == ["PK"], city
    assert holding("adm1", lon, lat).index.tolist() == [province]
    (unit,) = holding("adm2", lon, lat).itertuples()
    assert district in unit.adm2_name
    assert unit.adm1_code == province


@pytest.mark.parametrize(("name", "lon", "lat"), ABROAD)
@pytest.mark.parametrize("level", LEVELS)
def test_what_lies_abroad_or_at_sea_is_in_no_unit(name, lon, lat, level):
    assert holding(level, lon, lat).empty, name


@pytest.mark.parametrize("level", LEVELS)
def test_codes_are_unique_and_shapes_valid_and_whole(level):
    layer = load_boundaries(level)
    assert layer.index.is_unique
    assert layer.geometry.is_valid.all()
    assert set(layer.geom_type) <= {"Polygon", "MultiPolygon"}


def test_every_district_belongs_to_a_province_that_is_there():
    assert set(load_boundaries("adm2")["adm1_code"]) == set(load_boundaries("adm1").index)


def test_what_is_taken_out_of_a_layer_is_there_for_everybody_else():
    mine = load_boundaries()
    del mine["adm2_name"]
    mine.loc["PK-BA-sibi", "geometry"] = None
    theirs = load_boundaries()
    assert "adm2_name" in theirs.columns
    assert theirs.geometry.notna().all()


def test_lineage_says_when_from_what_and_whence():
    lineage = load_district_lineage()
    assert lineage["parent_code"].isin(load_boundaries().index).all()
    assert lineage["adm1_code"].isin(load_boundaries("adm1").index).all()
    assert (lineage[["name", "kind", "source"]] != "").all(axis=None)
    years = lineage["year"][lineage["year"] != ""].astype(int)
    assert years.between(1947, 2026).all()


def test_the_sea_lies_off_the_coast_of_its_country():
    seas, land = load_seas(), load_boundaries("adm0").geometry
    assert seas.index.tolist() == ["PK"]
    off_land = seas["PK"].difference(land["PK"])
    assert off_land.area > 20  # square degrees
    assert off_land.touches(land["PK"])
    inland = land["PK"].difference(seas["PK"].buffer(0.5))
    assert inland.area > 0.85 * land["PK"].area
