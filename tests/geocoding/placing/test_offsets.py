from __future__ import annotations

import pytest
from pyproj import Geod

from geosec.geocoding.placing.scope import ANYWHERE, Scope
from geosec.uncertainty.footprints import full_radius_m

GEOD = Geod(ellps="WGS84")
SINDH = Scope(frozenset({"PK-SD"}))


def full_m(reading):
    return full_radius_m(reading.footprint.uncertainty_m)


def course(place, footprint):
    """Measure direction and distance from a place to the best point of a footprint."""
    azimuth_deg, _, away_m = GEOD.inv(place.lon, place.lat, footprint.lon, footprint.lat)
    return azimuth_deg % 360, away_m


@pytest.mark.parametrize(
    ("phrase", "start", "azimuth_deg", "away_m"),
    [
        ("12 km south of Sibi", "Sibi", 180, 12_000),
        ("25 miles north-east of Kalat", "Kalat", 45, 40_233.6),
        ("800 metres west of Turbat", "Turbat", 270, 800),
        ("ten km NNW of Mastung", "Mastung", 337.5, 10_000),
    ],
)
def test_an_offset_goes_so_far_in_that_direction(read, town, phrase, start, azimuth_deg, away_m):
    (reading,) = read(phrase)
    assert reading.footprint.shape is None
    assert course(town(start), reading.footprint) == pytest.approx((azimuth_deg, away_m), abs=0.01)


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("12 kilometres south of Sibi", "12 km S of Sibi"),
        ("25 miles north-east of Kalat", "40.2 km NE of Kalat"),
        ("800 metres west of Turbat", "0.8 km W of Turbat"),
        ("to the NNW of Mastung", "NNW of Mastung"),
    ],
)
def test_a_clause_is_named_by_its_kilometres_and_its_compass_point(read, phrase, name):
    assert read(phrase)[0].name == name


def test_errors_of_distance_and_direction_add_as_squares(read):
    near, far = (full_m(read(f"{km} km south of Sibi")[0]) for km in (40, 80))
    # twice as far is less than twice as vague, for the start stays as it is, and more than 30 %
    # and the sine of half an eighth of a turn (0.383) of the way, which make 0.486 together
    assert 40_000 * 0.486 < near < far < 2 * near
    assert far == pytest.approx(80_000 * 0.486, rel=0.02)


def test_a_short_distance_is_16_km_off_in_any_case(read):
    assert 16_000 < full_m(read("1 km south of Sibi")[0]) < 18_000


def test_a_word_for_a_sixteenth_of_a_turn_is_a_finer_direction(read):
    assert full_m(read("80 km NNE of Sibi")[0]) < 0.8 * full_m(read("80 km NE of Sibi")[0])


def test_a_distance_without_a_direction_is_all_round(read, town):
    (reading,) = read("30 km from Kalat")
    kalat = town("Kalat")
    assert (reading.footprint.lon, reading.footprint.lat) == (kalat.lon, kalat.lat)
    assert full_m(reading) == pytest.approx(30_000 * 1.3 + kalat.accuracy_m)
    assert reading.name == "within 30 km of Kalat"
    assert reading.told == "no direction given: all round"


@pytest.mark.parametrize(("side", "azimuth_deg"), [("north", 0), ("east", 90), ("southwest", 225)])
def test_a_side_of_a_town_is_within_20_km_on_that_side(read, town, side, azimuth_deg):
    (reading,) = read(f"to the {side} of Kalat")
    direction, away_m = course(town("Kalat"), reading.footprint)
    assert direction == pytest.approx(azimuth_deg)
    assert 0 < away_m <= 20_000
    assert "no distance given: within 20 km" in reading.told


@pytest.mark.parametrize(("one", "other"), [("north", "south"), ("east", "west"), ("NE", "SW")])
def test_opposite_sides_of_a_district_make_the_whole(ground, read, one, other):
    halves = [read(f"{side} of Kech district")[0].footprint.shape for side in (one, other)]
    whole = ground.find_area("PK-BA-kech")
    assert sum(half.area for half in halves) == pytest.approx(whole.area)
    assert halves[0].intersection(halves[1]).area < 1e-6 * whole.area
    assert all(0.2 < half.area / whole.area < 0.8 for half in halves)


def test_each_half_of_a_district_is_on_its_side(read):
    north, east, south, west = (
        read(f"{side} of Kech district")[0].footprint for side in ("north", "east", "south", "west")
    )
    assert north.lat > south.lat
    assert east.lon > west.lon
    assert read("NE of Kech district")[0].footprint.lon > west.lon


@pytest.mark.parametrize(
    "phrase", ["12 km south of Kandahar", "30 km from Kandahar", "between Quetta and Kandahar"]
)
def test_a_start_abroad_is_no_start(read, phrase):
    assert read(phrase, ANYWHERE) == []


def test_a_start_in_another_province_is_no_start(read):
    assert read("12 km south of Sibi", SINDH) == []
    assert read("the Kech-Panjgur border", SINDH) == []


def test_a_distance_towards_a_place_lies_on_the_way(read):
    (reading,) = read("six kilometres from Bela towards Uthal", ANYWHERE)
    bela, uthal = (66.315, 26.226), (66.622, 25.807)
    azimuth_deg, _, _ = GEOD.inv(*bela, *uthal)
    lon, lat, _ = GEOD.fwd(*bela, azimuth_deg, 6_000)
    assert (reading.footprint.lon, reading.footprint.lat) == (
        pytest.approx(lon, abs=0.02),
        pytest.approx(lat, abs=0.02),
    )


def test_the_readings_of_an_ambiguous_start_share_the_weight(read):
    readings = read("5 km north of Mirpur", ANYWHERE)
    assert sum(reading.candidate.weight for reading in readings) == pytest.approx(1)


def test_a_way_to_the_place_itself_is_all_round(read):
    (found,) = read("6 km from Kalat towards Kalat")
    assert found.name == "within 6 km of Kalat"


def test_a_goal_that_is_not_known_leaves_the_distance_all_round(read):
    (found,) = read("6 km from Kalat towards Zzyzx")
    assert (found.name, found.told) == ("within 6 km of Kalat", "no direction given: all round")


def test_a_short_distance_is_never_exact(read):
    assert full_m(read("1 km south of Sibi")[0]) > 500


def test_an_offset_knows_the_place_it_starts_from(read, town):
    (found,) = read("12 km south of Sibi")
    assert found.candidate.place is town("Sibi")
    assert (found.head, found.rail_line, found.place_id) == (None, None, town("Sibi").place_id)


def test_a_side_of_a_place_without_a_point_or_an_area_is_none(read):
    assert read("to the west of Zzyzx") == []
