from __future__ import annotations

import pytest
import shapely
from pyproj import Geod

from geosec.geocoding.geocoder import interpreter_for
from geosec.geocoding.grammar.parsing import parse_phrase
from geosec.geocoding.placing.clauses import ClauseReader
from geosec.geocoding.placing.matcher import Context, Matcher
from geosec.uncertainty.footprints import full_radius_m

GEOD = Geod(ellps="WGS84")
SINDH, BALOCHISTAN = Context(frozenset({"PK-SD"})), Context(frozenset({"PK-BA"}))


@pytest.fixture(scope="module")
def read(ground):
    """Read the clause of a phrase: read("12 km south of Sibi") gives its readings."""
    language = interpreter_for(None).language
    reader = ClauseReader(ground, Matcher(ground, language.wants))

    def clause_of(text, context=BALOCHISTAN):
        return reader.read(parse_phrase(text, ground.names, language), context)

    return clause_of


@pytest.fixture(scope="module")
def town(ground):
    """Give the town of a name."""

    def named(name):
        places = map(ground.place, ground.names.find(name).places)
        return next(place for place in places if place.feature_class == "town")

    return named


def full_m(reading):
    return full_radius_m(reading.footprint.uncertainty_m)


def course(place, footprint):
    """Measure direction and distance from a place to the best point of a footprint."""
    azimuth_deg, _, away_m = GEOD.inv(place.lon, place.lat, footprint.lon, footprint.lat)
    return azimuth_deg % 360, away_m


def length_m(line):
    return GEOD.geometry_length(line)


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
    # twice as far is less than twice as vague, for the start stays as it is, and more than 15 %
    # and the sine of half an eighth of a turn (0.383) of the way, which make 0.411 together
    assert 40_000 * 0.411 < near < far < 2 * near
    assert far == pytest.approx(80_000 * 0.411, rel=0.02)


def test_a_word_for_a_sixteenth_of_a_turn_is_a_finer_direction(read):
    assert full_m(read("40 km NNE of Sibi")[0]) < 0.8 * full_m(read("40 km NE of Sibi")[0])


def test_a_distance_without_a_direction_is_all_round(read, town):
    (reading,) = read("30 km from Kalat")
    kalat = town("Kalat")
    assert (reading.footprint.lon, reading.footprint.lat) == (kalat.lon, kalat.lat)
    assert full_m(reading) == pytest.approx(30_000 * 1.15 + kalat.accuracy_m)
    assert reading.name == "within 30 km of Kalat"
    assert reading.reason == "no direction given: all round"


@pytest.mark.parametrize(("side", "azimuth_deg"), [("north", 0), ("east", 90), ("southwest", 225)])
def test_a_side_of_a_town_is_within_20_km_on_that_side(read, town, side, azimuth_deg):
    (reading,) = read(f"to the {side} of Kalat")
    direction, away_m = course(town("Kalat"), reading.footprint)
    assert direction == pytest.approx(azimuth_deg)
    assert 0 < away_m <= 20_000
    assert "no distance given: within 20 km" in reading.reason


@pytest.mark.parametrize(("one", "other"), [("north", "south"), ("east", "west"), ("NE", "SW")])
def test_opposite_sides_of_a_district_make_the_whole(ground, read, one, other):
    halves = [read(f"{side} of Kech district")[0].footprint.shape for side in (one, other)]
    whole = ground.area("PK-BA-kech")
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
    "phrase",
    [
        "between Mach and Kolpur stations",
        "between Kolpur and Mach",
        "the Mach-Kolpur rail section",
        "railway line between Mach and Kolpur",
    ],
)
def test_between_two_stations_is_the_railway_from_one_to_the_other(ground, read, phrase):
    (reading,) = read(phrase)
    line = reading.footprint.shape
    assert (reading.rule, reading.place_id) == ("rail_between", "rail:ML-3:318-343")
    stations = ground.network.stations.geometry
    mach, kolpur = stations["mach"], stations["kolpur"]
    assert line.geom_type == "LineString"
    assert {line.boundary.geoms[0], line.boundary.geoms[1]} == {mach, kolpur}
    straight_m = GEOD.inv(mach.x, mach.y, kolpur.x, kolpur.y)[2]
    assert straight_m <= length_m(line) <= 25_000 * 1.1  # posts 318 and 343 are 25 km apart


def test_a_road_between_two_stations_is_a_corridor(read, town):
    (reading,) = read("the Quetta-Sibi road")
    assert reading.rule == "route"
    assert "the straight way" in reading.reason
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
        assert border.within(ground.area(code).boundary.buffer(1e-6))
    assert length_m(border) > 10_000


@pytest.mark.parametrize(
    "phrase",
    [
        "the Kech-Quetta border",  # 600 km apart
        "between Sibi and Sibi",
        "between Zzyzx and Mach",
        "12 km south of Zzyzx",
        "km 9000 of ML-3",
        "km 268 near Kech",  # no railway there
        "Sibi",
    ],
)
def test_what_has_no_known_start_has_no_reading(read, phrase):
    assert read(phrase) == []


@pytest.mark.parametrize(
    "phrase", ["12 km south of Kandahar", "30 km from Kandahar", "between Quetta and Kandahar"]
)
def test_a_start_abroad_is_no_start(read, phrase):
    assert read(phrase, Context()) == []


def test_a_start_in_another_province_is_no_start(read):
    assert read("12 km south of Sibi", SINDH) == []
    assert read("the Kech-Panjgur border", SINDH) == []


@pytest.mark.parametrize(
    ("phrase", "place_id"),
    [
        ("km 268 of the Rohri-Chaman line", "rail:ML-3:266-270"),
        ("km 268 near Sibi", "rail:ML-3:266-270"),
        ("km 268.5 of ML-3", "rail:ML-3:266.5-270.5"),
        ("KM 1175 of ML-1", "rail:ML-1:1173-1177"),
        ("km 1 of ML-1", "rail:ML-1:0-3"),  # the line begins at 0
        ("km 1686 of ML-1", "rail:ML-1:1684-1687"),  # and ends at 1687
        ("km 5 of ML-1, Sibi", "rail:ML-1:3-7"),  # the line named wins over the one nearby
    ],
)
def test_a_km_post_is_two_kilometres_to_each_side_on_its_line(read, phrase, place_id):
    (reading,) = read(phrase, Context())
    assert (reading.rule, reading.place_id) == ("rail_km", place_id)
    assert reading.footprint.shape.geom_type == "LineString"


@pytest.mark.parametrize(
    "phrase",
    ["km 268 of ML-3", "between Mach and Kolpur", "Quetta-Sibi rail section"],
)
def test_a_stretch_of_line_outside_the_province_is_none(read, phrase):
    assert read(phrase, SINDH) == []


def test_two_provinces_share_their_border(read):
    (reading,) = read("border between Sindh and Punjab", Context())
    assert reading.name == "Sindh – Punjab border"
    assert reading.footprint.shape.geom_type in {"LineString", "MultiLineString"}


def test_a_distance_towards_a_place_lies_on_the_way(read):
    (reading,) = read("six kilometres from Bela towards Uthal", Context())
    bela, uthal = (66.315, 26.226), (66.622, 25.807)
    azimuth_deg, _, _ = Geod(ellps="WGS84").inv(*bela, *uthal)
    lon, lat, _ = Geod(ellps="WGS84").fwd(*bela, azimuth_deg, 6_000)
    assert (reading.footprint.lon, reading.footprint.lat) == (
        pytest.approx(lon, abs=0.02),
        pytest.approx(lat, abs=0.02),
    )


def test_the_readings_of_an_ambiguous_start_share_the_weight(read):
    readings = read("5 km north of Mirpur", Context())
    assert sum(reading.weight for reading in readings) == pytest.approx(1)
