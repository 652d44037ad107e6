from __future__ import annotations

from math import nan

import pandas as pd
import pytest
import shapely
from pyproj import Geod

from geosec import Gazetteer
from geosec.geocoding.placing.ground import Ground
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
