from __future__ import annotations

from dataclasses import replace
from math import nan

import pandas as pd
import pytest
import shapely
from pyproj import Geod

from geosec import Gazetteer
from geosec.geocoding.placing.ground import Ground, line_between
from geosec.geocoding.placing.places import Place, extent_m
from geosec.uncertainty.footprints import full_radius_m

GEOD = Geod(ellps="WGS84")
TOWN = Place("x", "X", "town", "PK", "PK-BA", "", 67.0, 30.0, 0.0, 0.0, 1_000.0)


def of(ground, name, kind):
    places = map(ground.place, ground.names.find(name).places)
    return next(place for place in places if place.feature_class == kind)


def test_a_disc_is_the_place_itself_and_the_accuracy_of_its_coordinate(ground):
    sibi = of(ground, "Sibi", "town")
    footprint = ground.footprint(sibi)
    assert (footprint.lon, footprint.lat, footprint.shape) == (sibi.lon, sibi.lat, None)
    whole_m = full_radius_m(footprint.uncertainty_m)
    assert whole_m == pytest.approx(extent_m(sibi) + sibi.accuracy_m)


@pytest.mark.parametrize(
    ("name", "kind", "code"),
    [
        ("Kech", "district", "PK-BA-kech"),
        ("Sindh", "province", "PK-SD"),
        ("Pakistan", "country", "PK"),
    ],
)
def test_a_unit_is_its_polygon(ground, name, kind, code):
    footprint = ground.footprint(of(ground, name, kind))
    assert footprint.shape.equals(ground.area(code))
    assert footprint.shape.intersects(footprint.point)


def test_a_division_is_the_districts_it_is_made_of(ground):
    division = of(ground, "Makran Division", "division")
    shape = ground.footprint(division).shape
    for code in ("PK-BA-kech", "PK-BA-gwadar", "PK-BA-panjgur"):
        assert ground.area(code).within(shape.buffer(1e-6))
    assert not shape.contains(ground.area("PK-BA-quetta"))


def test_a_line_is_the_line_itself(ground):
    footprint = ground.footprint(of(ground, "ML-3", "rail_line"))
    assert footprint.shape.equals(ground.network.lines.geometry["ML-3"])


def test_a_highway_is_a_corridor_round_its_towns(ground):
    road = of(ground, "N-25", "road")
    corridor = ground.road_corridor(road)
    assert ground.footprint(road).shape.equals(corridor)
    for name in ("Quetta", "Kalat", "Khuzdar"):
        town = of(ground, name, "town")
        assert corridor.contains(shapely.Point(town.lon, town.lat)), name
    turbat = of(ground, "Turbat", "town")
    assert not corridor.contains(shapely.Point(turbat.lon, turbat.lat))


def test_a_place_is_made_once_and_an_unknown_one_is_refused(ground):
    assert ground.place("adm1:PK-BA") is ground.place("adm1:PK-BA")
    with pytest.raises(KeyError, match="gn:0"):
        ground.place("gn:0")


def test_home_is_where_places_are_answered(ground):
    assert ground.is_home(TOWN)
    assert ground.is_home(replace(TOWN, country_code=""))
    assert not ground.is_home(replace(TOWN, country_code="AF"))


def test_the_land_is_the_country_that_is_answered(ground):
    assert ground.land.contains(shapely.Point(67.0, 30.2))  # Quetta
    assert not ground.land.contains(shapely.Point(69.2, 34.55))  # Kabul
    assert not ground.land.contains(shapely.Point(66.0, 24.0))  # the Arabian Sea


def test_a_country_has_a_name_or_keeps_its_code(ground):
    assert (ground.country_name("IR"), ground.country_name("XX")) == ("Iran", "XX")


def test_there_is_no_area_for_an_unknown_code(ground):
    assert ground.area("PK-XX") is None
    assert ground.area("") is None


def test_a_station_has_its_lines_and_posts(ground):
    assert dict(ground.stations["mach"]) == {"ML-3": 318.0}
    assert set(dict(ground.stations["sibi-junction"])) == {"ML-3", "SIBI-KHOST"}


def test_the_railway_within_an_area_lies_in_it(ground):
    jaffarabad = ground.area("PK-BA-jaffarabad")
    inside = ground.stretch_within(jaffarabad)
    assert inside.length > 0
    assert inside.within(jaffarabad.buffer(1e-6))


def test_where_no_railway_runs_there_is_none(ground):
    assert ground.stretch_within(ground.area("PK-BA-kech")) is None
    assert ground.stretch_within(shapely.Point(62.3, 25.1).buffer(0.1)) is None  # Gwadar


def test_a_gazetteer_without_borders_has_no_land_and_large_units():
    rows = [
        {"place_id": "a", "name": "Herat", "feature_class": "province", "country_code": "AF"},
        {"place_id": "b", "name": "Nowhere", "feature_class": "town", "country_code": "AF"},
    ]
    table = pd.DataFrame(rows).assign(latitude=[34.3, nan], longitude=[62.2, nan])
    ground = Ground(Gazetteer.from_table(table))
    assert ground.land is None
    province = ground.footprint(ground.place("a"))
    assert full_radius_m(province.uncertainty_m) == pytest.approx(350_000)
    assert ground.footprint(ground.place("b")) is None
    assert not ground.place("b").has_point


def test_a_line_between_runs_from_the_first_to_the_second():
    line = line_between(TOWN, replace(TOWN, lon=68.0))
    assert list(line.coords) == [(67.0, 30.0), (68.0, 30.0)]
