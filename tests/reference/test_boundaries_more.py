"""Boundaries asked about known cities, and what callers do to them."""

from __future__ import annotations

import pytest
import shapely

from geosec.reference.boundaries import LEVELS, load_boundaries, load_district_lineage

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
