from __future__ import annotations

import pytest
import shapely
from pyproj import Geod

from geosec.geocoding.placing.corridors import draw_line
from geosec.geocoding.placing.scope import ANYWHERE, Scope

GEOD = Geod(ellps="WGS84")
SINDH = Scope(frozenset({"PK-SD"}))


def length_m(line):
    return GEOD.geometry_length(line)


def test_a_road_between_two_stations_is_a_corridor(read, town):
    (reading,) = read("the Quetta-Sibi road")
    assert reading.rule == "route"
    assert "the straight way" in reading.told
    corridor = reading.footprint.shape
    for name in ("Quetta", "Sibi"):
        assert corridor.contains(shapely.Point(town(name).lon, town(name).lat))


def test_a_corridor_leaves_the_straight_way_by_a_tenth_of_its_length(read, town):
    (reading,) = read("between Kalat and Turbat")
    ends = [(town(name).lon, town(name).lat) for name in ("Kalat", "Turbat")]
    apart_m = GEOD.inv(*ends[0], *ends[1])[2]
    wide_m = 0.1 * apart_m + 2_000
    expected_m2 = 2 * wide_m * apart_m + 3.1416 * wide_m**2  # a strip with round ends
    area_m2, _ = GEOD.geometry_area_perimeter(
        shapely.geometry.polygon.orient(reading.footprint.shape)
    )
    assert area_m2 == pytest.approx(expected_m2, rel=0.01)


def test_a_corridor_along_the_coast_stays_on_land(ground, read):
    (reading,) = read("between Gwadar and Pasni")
    assert reading.footprint.shape.within(ground.land.buffer(1e-6))


def test_of_several_towns_of_a_name_the_nearest_two_are_joined(read, town):
    (reading,) = read("between Hyderabad and Karachi", SINDH)
    assert town("Hyderabad").place_id in reading.place_id


def test_a_border_is_what_two_districts_share(ground, read):
    (reading,) = read("the Kech-Panjgur border")
    border = reading.footprint.shape
    for code in ("PK-BA-kech", "PK-BA-panjgur"):
        assert border.within(ground.find_area(code).boundary.buffer(1e-6))
    assert length_m(border) > 10_000


def test_two_provinces_share_their_border(read):
    (reading,) = read("border between Sindh and Punjab", ANYWHERE)
    assert reading.name == "Sindh – Punjab border"
    assert reading.footprint.shape.geom_type in {"LineString", "MultiLineString"}


def test_a_line_is_drawn_from_the_first_place_to_the_second(town):
    sibi, mach = town("Sibi"), town("Mach")
    assert list(draw_line(sibi, mach).coords) == [(sibi.lon, sibi.lat), (mach.lon, mach.lat)]


def test_a_corridor_is_the_same_from_either_end_but_for_its_name(read):
    (there,), (back,) = read("between Kalat and Turbat"), read("between Turbat and Kalat")
    assert there.footprint.shape.symmetric_difference(back.footprint.shape).area < 1e-6
    assert (there.name, back.name) == ("Kalat – Turbat", "Turbat – Kalat")


def test_a_corridor_says_how_wide_it_is(read):
    assert read("between Kalat and Turbat")[0].told.startswith("road not known: within ")


def test_between_provinces_without_a_common_border_is_the_ground_between_them(read):
    (found,) = read("border between Gilgit-Baltistan and Sindh", ANYWHERE)
    assert found.rule == "route"
    assert "Polygon" in found.footprint.shape.geom_type
