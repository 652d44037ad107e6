from __future__ import annotations

from dataclasses import replace
from math import nan

import pandas as pd
import pytest
import shapely
from pyproj import Geod

from geosec import Gazetteer
from geosec.geocoding.placing.ground import Ground, comes_within
from geosec.geocoding.placing.places import Place, measure_extent_m
from geosec.uncertainty.footprints import full_radius_m

GEOD = Geod(ellps="WGS84")
TOWN = Place("x", "X", "town", "PK", "PK-BA", "", 67.0, 30.0, 0.0, 0.0, 1_000.0)


def of(ground, name, kind):
    places = map(ground.find_place, ground.names.find(name).places)
    return next(place for place in places if place.feature_class == kind)


def test_a_disc_is_the_place_itself_and_the_accuracy_of_its_coordinate(ground):
    sibi = of(ground, "Sibi", "town")
    footprint = ground.find_footprint(sibi)
    assert (footprint.lon, footprint.lat, footprint.shape) == (sibi.lon, sibi.lat, None)
    whole_m = full_radius_m(footprint.uncertainty_m)
    assert whole_m == pytest.approx(measure_extent_m(sibi) + sibi.accuracy_m)


@pytest.mark.parametrize(
    ("name", "kind", "code"),
    [
        ("Kech", "district", "PK-BA-kech"),
        ("Sindh", "province", "PK-SD"),
        ("Pakistan", "country", "PK"),
    ],
)
def test_a_unit_is_its_polygon(ground, name, kind, code):
    footprint = ground.find_footprint(of(ground, name, kind))
    assert footprint.shape.equals(ground.find_area(code))
    assert footprint.shape.intersects(footprint.point)


def test_a_division_is_the_districts_it_is_made_of(ground):
    division = of(ground, "Makran Division", "division")
    shape = ground.find_footprint(division).shape
    for code in ("PK-BA-kech", "PK-BA-gwadar", "PK-BA-panjgur"):
        assert ground.find_area(code).within(shape.buffer(1e-6))
    assert not shape.contains(ground.find_area("PK-BA-quetta"))


def test_a_line_is_the_line_itself(ground):
    footprint = ground.find_footprint(of(ground, "ML-3", "rail_line"))
    assert footprint.shape.equals(ground.network.lines.geometry["ML-3"])


def test_a_highway_is_a_corridor_round_its_towns(ground):
    road = of(ground, "N-25", "road")
    corridor = ground.find_footprint(road).shape
    assert corridor.geom_type == "Polygon"
    for name in ("Quetta", "Kalat", "Khuzdar"):
        town = of(ground, name, "town")
        assert corridor.contains(shapely.Point(town.lon, town.lat)), name
    turbat = of(ground, "Turbat", "town")
    assert not corridor.contains(shapely.Point(turbat.lon, turbat.lat))


def test_a_place_is_made_once_and_an_unknown_one_is_refused(ground):
    assert ground.find_place("adm1:PK-BA") is ground.find_place("adm1:PK-BA")
    with pytest.raises(KeyError, match="gn:0"):
        ground.find_place("gn:0")


def test_places_are_listed_in_the_order_of_their_identifiers(ground):
    ids = ("station:mach", "adm1:PK-BA", "station:mach")
    assert [place.place_id for place in ground.list_places(ids)] == list(ids)
    assert ground.list_places(()) == []


def test_lines_and_stations_are_known_by_their_identifiers_in_the_gazetteer(ground):
    ids = ("line:ML-3", "station:mach", "adm1:PK-BA", "gn:1164896")
    assert ground.find_lines(ids) == ["ML-3"]
    assert ground.find_stations(ids) == ["mach"]
    assert ground.find_stations(("adm1:PK-BA",)) == []


def test_every_station_and_line_of_the_gazetteer_is_on_the_railway(ground):
    places = ground.gazetteer.places
    for kind, find in (("rail_station", ground.find_stations), ("rail_line", ground.find_lines)):
        ids = places.index[places["feature_class"] == kind]
        assert len(find(ids)) == len(ids) > 0


def test_a_train_is_found_once_with_its_route(ground):
    train = ground.find_train("the Jaffar Express")
    assert train.name == "Jaffar Express"
    assert ground.find_train("the Jaffar Express") is train
    assert ground.find_train("Bolan Mail") is None


def test_a_way_is_cut_to_the_units_it_runs_through(ground):
    road, sindh = of(ground, "N-25", "road"), frozenset({"PK-SD"})
    inside = ground.find_footprint_within(road, sindh).shape
    assert inside.within(ground.find_area("PK-SD").buffer(1e-6))
    assert ground.find_footprint_within(road, frozenset({"PK-GB"})) is None
    assert ground.find_footprint_within(road, frozenset({"PK-XX"})) == ground.find_footprint(road)
    town = ground.find_footprint(of(ground, "Sibi", "town"))
    assert ground.cut_way(town, sindh) is town  # a disc is no way


def test_the_land_is_the_country_that_is_answered(ground):
    assert ground.land.contains(shapely.Point(67.0, 30.2))  # Quetta
    assert not ground.land.contains(shapely.Point(69.2, 34.55))  # Kabul
    assert not ground.land.contains(shapely.Point(66.0, 24.0))  # the Arabian Sea


def test_a_country_has_a_name_or_keeps_its_code(ground):
    assert (ground.name_country("IR"), ground.name_country("XX")) == ("Iran", "XX")


def test_there_is_no_area_for_an_unknown_code(ground):
    assert ground.find_area("PK-XX") is None
    assert ground.find_area("") is None


def test_a_station_has_its_lines_and_posts(ground):
    assert dict(ground.stations["mach"]) == {"ML-3": 318.0}
    assert set(dict(ground.stations["sibi-junction"])) == {"ML-3", "SIBI-KHOST"}


def test_the_railway_within_an_area_lies_in_it(ground):
    jaffarabad = ground.find_area("PK-BA-jaffarabad")
    inside = ground.find_railway_within(jaffarabad)
    assert inside.length > 0
    assert inside.within(jaffarabad.buffer(1e-6))


def test_where_no_railway_runs_there_is_none(ground):
    assert ground.find_railway_within(ground.find_area("PK-BA-kech")) is None
    assert ground.find_railway_within(shapely.Point(62.3, 25.1).buffer(0.1)) is None  # Gwadar


def test_a_gazetteer_without_borders_has_no_land_and_large_units():
    rows = [
        {"place_id": "a", "name": "Herat", "feature_class": "province", "country_code": "AF"},
        {"place_id": "b", "name": "Nowhere", "feature_class": "town", "country_code": "AF"},
    ]
    table = pd.DataFrame(rows).assign(latitude=[34.3, nan], longitude=[62.2, nan])
    ground = Ground(Gazetteer.from_table(table))
    assert ground.land is None
    province = ground.find_footprint(ground.find_place("a"))
    assert full_radius_m(province.uncertainty_m) == pytest.approx(350_000)
    assert ground.find_footprint(ground.find_place("b")) is None
    assert not ground.find_place("b").has_point
    assert ground.find_place("b").is_home


@pytest.mark.parametrize(
    ("away", "reach_m", "expected"),
    [
        ((0.0, 0.5), 55_700, True),
        ((0.0, 0.5), 55_600, False),
        ((0.5, 0.0), 55_700, True),  # 48 km at 30 degrees north: no farther than asked
        ((0.5, 0.0), 48_500, False),  # and up to the cosine of the latitude less
        ((0.0, 0.0), 0, True),
    ],
)
def test_a_reach_in_metres_takes_in_nothing_farther(away, reach_m, expected):
    point = shapely.Point(67.0 + away[0], 30.0 + away[1])
    assert comes_within(shapely.Point(67, 30), point, reach_m) is expected
    if expected:
        assert GEOD.inv(67, 30, point.x, point.y)[2] <= reach_m


@pytest.mark.parametrize(
    ("lon", "lat", "reach_m", "expected"),
    [
        (67.0, 30.2, 0, True),
        (66.4, 31.1, 0, False),  # Spin Boldak, 10 km behind the border
        (66.4, 31.1, 30_000, True),
        (74.3, 31.5, 0, True),
        (74.87, 31.63, 0, False),  # Amritsar
    ],
)
def test_a_point_is_at_home_where_its_reach_comes_over_the_border(
    ground, lon, lat, reach_m, expected
):
    assert ground.is_at_home(lon, lat, reach_m) is expected


def test_where_no_border_is_known_all_is_at_home(ground):
    abroad = Ground(Gazetteer(ground.gazetteer.places, frozenset({"PK", "IN"})))
    assert abroad.is_at_home(0.0, 0.0)


@pytest.mark.parametrize(
    ("codes", "reach_m", "expected"),
    [
        ({"PK-BA-sibi"}, 0.0, True),
        ({"PK-BA-gwadar"}, 0.0, False),
        ({"PK-BA-gwadar", "PK-BA-sibi"}, 0.0, True),
        ({"PK-BA-gwadar", "PK-PB-lahore"}, 0.0, False),
        ({"PK-BA-kachhi"}, 0.0, False),
        ({"PK-BA-kachhi"}, 50_000.0, True),
        ({"PK-XX"}, 0.0, True),  # whose area is not known
        (set(), 0.0, True),
    ],
)
def test_a_footprint_is_near_one_of_several_units(ground, codes, reach_m, expected):
    sibi = ground.find_footprint(of(ground, "Sibi", "town"))
    assert ground.is_near(sibi, frozenset(codes), reach_m) is expected


def test_the_whole_disc_counts_and_the_shape_where_there_is_one(ground):
    disc = ground.find_footprint(of(ground, "Sibi", "town"))
    wide = replace(disc, uncertainty_m=60_000.0)
    assert ground.is_near(wide, frozenset({"PK-BA-kachhi"}))
    shaped = replace(wide, shape=disc.point.buffer(0.01))
    assert not ground.is_near(shaped, frozenset({"PK-BA-kachhi"}))


@pytest.mark.parametrize(
    ("lon", "lat", "expected"),
    [
        (62.3, 24.9, True),  # off Gwadar
        (66.5, 24.0, True),  # off Karachi
        (66.5, 20.0, False),  # beyond 200 nautical miles
        (70.0, 22.0, False),  # Kathiawar
        (58.5, 23.6, False),  # Muscat
        (66.5, 31.5, False),  # Kandahar
    ],
)
def test_the_sea_is_that_off_the_own_coast(ground, lon, lat, expected):
    assert ground.is_at_sea(lon, lat) is expected


def test_another_country_has_a_sea_of_its_own_or_none(ground):
    inland = Ground(Gazetteer(ground.gazetteer.places, frozenset({"AF"})))
    assert not inland.is_at_sea(66.5, 24.0)
