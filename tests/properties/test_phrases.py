"""Every construction keeps its footprint inside what its words allow."""

from __future__ import annotations

import math
from functools import cache

import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyproj import Geod

import geosec
from geosec.geocoding.geocoder import load_interpreter
from geosec.geocoding.placing.hints import Hints
from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.geocoding.placing.places import TOWN_LEAST_M
from geosec.language.languages import load_language
from geosec.language.lexer import lex
from geosec.reference.names import SIMILARITY_SOUND
from geosec.reference.transliteration import consonant_frame
from geosec.uncertainty.footprints import full_radius_m

GEOD = Geod(ellps="WGS84")
READER = load_interpreter(None)
GROUND = READER.ground

# Towns whose name is that of no other place, in the interior, with their province.
TOWNS = ["Kalat", "Turbat", "Khuzdar", "Loralai", "Panjgur", "Mastung", "Sukkur", "Larkana"]
TOWNS += ["Multan", "Sargodha", "Bannu", "Chitral"]
DISTRICTS = ["Kech", "Panjgur", "Awaran", "Washuk", "Chagai", "Kharan"]
STATIONS = ["mach", "kolpur", "sibi-junction", "jacobabad-junction", "shikarpur", "quetta"]
SIDES = {"north": 0, "NNE": 22.5, "north-east": 45, "east": 90, "south east": 135, "south": 180}
SIDES |= {"SSW": 202.5, "southwest": 225, "west": 270, "WNW": 292.5, "northwest": 315}
KINDS = GROUND.gazetteer.places["feature_class"]
PLACES = sorted(KINDS.index[KINDS != "tehsil"])  # "Sukkur City" is the town, not the tehsil
NUMBERS = load_language("en").measures.numbers
UNITS_M = {"km": 1_000.0, "kilometres": 1_000.0, "miles": 1_609.344, "metres": 1.0}


@cache
def town(name):
    places = map(GROUND.find_place, GROUND.names.find(name).places)
    return next(place for place in places if place.feature_class == "town")


def only(phrase, admin1=""):
    """Give the one reading of a phrase, unless its distance leads over the border."""
    answer = READER.answer(phrase, Hints(admin1))
    assume("lies outside Pakistan" not in answer.reason)
    assert answer.readings, (phrase, answer.reason)
    assert answer.status == "matched" or "border" in answer.readings[0].reason
    return answer.readings[0]


def full_m(reading):
    return full_radius_m(reading.footprint.uncertainty_m)


def apart_m(place, footprint):
    return GEOD.inv(place.lon, place.lat, footprint.lon, footprint.lat)[2]


@given(
    st.sampled_from(TOWNS),
    st.sampled_from(list(SIDES)),
    st.integers(1, 150),
    st.sampled_from(list(UNITS_M)),
)
@settings(deadline=None, max_examples=50)
def test_an_offset_lies_at_its_distance_and_in_its_direction(name, side, count, unit):
    reading = only(f"{count} {unit} {side} of {name}")
    start, away_m = town(name), count * UNITS_M[unit]
    lon, lat, _ = GEOD.fwd(start.lon, start.lat, SIDES[side], away_m)
    assert (reading.footprint.lon, reading.footprint.lat) == pytest.approx((lon, lat), abs=1e-6)
    assert full_m(reading) >= PARAMETERS.distance_share * away_m


def write_ways(count):
    """Write a number as people do: digits, thousands, words, a fraction more."""
    half = {f"{count} 1/2": 0.5, f"{count}½": 0.5, f"{count} and a half": 0.5, f"{count}.25": 0.25}
    words = {write_words(count): 0, f"{write_words(count)} and a half": 0.5}
    return {f"{count}": 0, f"{count:,}": 0, f"{count}.0": 0} | half | words


def write_words(count):
    """Write a number below 160 in words."""
    tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    if count >= 100:
        return "one hundred" + (f" and {write_words(count - 100)}" if count > 100 else "")
    if count >= 20:
        return tens[count // 10] + (f"-{write_words(count % 10)}" if count % 10 else "")
    return next(word for word, value in NUMBERS.items() if value == count and word != "dozen")


@given(
    st.sampled_from(TOWNS),
    st.sampled_from(list(SIDES)),
    st.integers(1, 150),
    st.sampled_from(list(UNITS_M)),
    st.data(),
)
@settings(deadline=None, max_examples=60)
def test_a_number_is_as_far_however_it_is_written(name, side, count, unit, data):
    ways = write_ways(count)
    written = data.draw(st.sampled_from(sorted(ways)))
    reading, start = only(f"{written} {unit} {side} of {name}"), town(name)
    away_m = (count + ways[written]) * UNITS_M[unit]
    assert apart_m(start, reading.footprint) == pytest.approx(away_m, rel=1e-6, abs=0.01)


@given(
    st.sampled_from(TOWNS),
    st.sampled_from(list(SIDES)),
    st.integers(1, 150),
    st.integers(1, 150),
    st.sampled_from(["{} to {} km", "{}-{} km", "between {} and {} km", "{} km to {} km"]),
)
@settings(deadline=None, max_examples=40)
def test_a_range_holds_both_its_ends(name, side, one, two, way):
    assume(one < two)
    reading, start = only(f"{way.format(one, two)} {side} of {name}"), town(name)
    for km in (one, two):
        lon, lat, _ = GEOD.fwd(start.lon, start.lat, SIDES[side], km * 1_000)
        away_m = GEOD.inv(lon, lat, reading.footprint.lon, reading.footprint.lat)[2]
        assert away_m + PARAMETERS.distance_share * km * 1_000 <= full_m(reading) + 1


@given(
    st.sampled_from(TOWNS), st.integers(1, 99), st.integers(1, 99), st.sampled_from(["and", ","])
)
@settings(deadline=None, max_examples=20)
def test_two_legs_are_gone_one_after_the_other(name, south, east, joint):
    reading, start = only(f"{south} km south {joint} {east} km east of {name}"), town(name)
    lon, lat, _ = GEOD.fwd(start.lon, start.lat, 180, south * 1_000)
    lon, lat, _ = GEOD.fwd(lon, lat, 90, east * 1_000)
    apart = GEOD.inv(lon, lat, reading.footprint.lon, reading.footprint.lat)[2]
    assert apart <= 0.01 * math.hypot(south, east) * 1_000 + 10


PIECES = [
    "12",
    "5",
    "1/2",
    "½",
    "2.5",
    "1,500",
    "12.5.3",
    "half",
    "twenty",
    "two",
    "hundred",
    "and",
]
PIECES += ["-", "a", "to", "or", "between", "km", "miles", "m", "leagues", "several", "(", ")", ","]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6), st.sampled_from(list(SIDES)))
@settings(deadline=None, max_examples=300)
def test_whatever_stands_before_a_direction_is_read_or_refused(pieces, side):
    """No offset lies at a distance that its last words do not give."""
    said = " ".join(pieces)
    answer = READER.answer(f"{said} {side} of Kalat")
    measured = {"km", "miles", "m", "leagues"} & set(pieces)
    if measured and answer.status == "matched" and answer.readings[0].score >= 0.9:
        reading, start = answer.readings[0], town("Kalat")
        low, high = told_ends(said)
        away_m = apart_m(start, reading.footprint)
        assert low * 0.999 - 1 <= away_m <= high * 1.001 + 1, (said, away_m, low, high)


def told_ends(said):
    """Say between what distances a text may speak of: of all amounts and units in it."""
    values = {"1/2": 0.5, "½": 0.5, "12": 12, "5": 5, "2.5": 2.5, "1,500": 1_500, "half": 0.5}
    values |= {"twenty": 20, "two": 2, "hundred": 100, "several": 6, "a": 1}
    parts = said.split()
    sizes = [
        UNITS_M["metres" if part == "m" else part] for part in parts if part in {"km", "miles", "m"}
    ]
    amounts = [values.get(part, 0) for part in parts]
    least = min([each for each in amounts if each] or [0]) * min(sizes or [0])
    return least, sum(amounts) * max(100, 1) * max(sizes or [0])


@given(st.sampled_from(TOWNS), st.integers(1, 150))
@settings(deadline=None, max_examples=20)
def test_a_distance_alone_holds_every_place_at_that_distance(name, km):
    reading = only(f"{km} km from {name}")
    start = town(name)
    assert apart_m(start, reading.footprint) == pytest.approx(0, abs=0.01)
    assert full_m(reading) >= km * 1_000


@given(st.sampled_from(TOWNS), st.sampled_from(list(SIDES)))
@settings(deadline=None, max_examples=25)
def test_a_side_begins_at_the_place_and_ends_within_20_km_of_its_edge(name, side):
    reading, plain = only(f"{side} of {name}"), only(f"{name} town")
    away_m = apart_m(town(name), reading.footprint)
    assert away_m <= full_m(reading)
    assert away_m + full_m(reading) <= 2 * PARAMETERS.near_m + full_m(plain) + 1


@given(st.sampled_from(DISTRICTS), st.sampled_from(list(SIDES)))
@settings(deadline=None, max_examples=25)
def test_a_side_of_a_district_is_a_part_of_it(name, side):
    half = only(f"{side} of {name} district").footprint
    whole = only(f"{name} district").footprint
    assert half.shape.within(whole.shape.buffer(1e-9))
    assert 0.2 < half.shape.area / whole.shape.area < 0.8
    assert half.shape.buffer(1e-9).contains(half.point)


@given(st.lists(st.sampled_from(TOWNS), min_size=2, max_size=2, unique=True))
@settings(deadline=None, max_examples=20)
def test_the_road_between_two_towns_holds_both_and_lies_between_them(pair):
    reading = only(f"the road between {pair[0]} and {pair[1]}")
    one, two = map(town, pair)
    length_m = GEOD.inv(one.lon, one.lat, two.lon, two.lat)[2]
    room_m = PARAMETERS.corridor_share * length_m + TOWN_LEAST_M
    for place in (one, two):
        assert reading.footprint.shape.contains(shapely.Point(place.lon, place.lat))
        assert apart_m(place, reading.footprint) < length_m
    detour_m = apart_m(one, reading.footprint) + apart_m(two, reading.footprint) - length_m
    assert detour_m < 2 * room_m
    assert reading.footprint.uncertainty_m < length_m / 2 + 2 * room_m


@given(st.lists(st.sampled_from(STATIONS), min_size=2, max_size=2, unique=True))
@settings(deadline=None, max_examples=20)
def test_the_railway_between_two_stations_is_the_same_both_ways_and_as_long_as_its_posts(pair):
    posts = [dict(GROUND.stations[station])["ML-3"] for station in pair]
    names = [GROUND.network.stations["name"][station] for station in pair]
    there = only(f"railway track between {names[0]} and {names[1]}")
    back = only(f"railway track between {names[1]} and {names[0]}")
    assert there.place_id == back.place_id
    assert there.footprint == back.footprint
    shape, points = there.footprint.shape, GROUND.network.stations.geometry
    assert all(shapely.distance(shape, points[station]) < 1e-6 for station in pair)
    track_m = abs(posts[0] - posts[1]) * 1_000
    assert GEOD.geometry_length(shape) <= track_m * 1.1


@given(st.sampled_from(["ML-1", "ML-3", "ML-4"]), st.floats(0.01, 0.99))
@settings(deadline=None, max_examples=25)
def test_a_km_post_lies_in_its_stretch_of_four_kilometres(line, share):
    ends = GROUND.network.lines.loc[line, ["km_from", "km_to"]]
    km = round(ends["km_from"] + share * (ends["km_to"] - ends["km_from"]), 1)
    reading = only(f"km {km} of {line}")
    _, on, span = reading.place_id.rsplit(":", 2)
    low, high = map(float, span.split("-"))
    assert on == line
    assert low <= km <= high <= low + 4.001
    post = geosec.interpolate(line, km).iloc[0]
    assert shapely.distance(reading.footprint.shape, post) < 1e-5  # a metre


@given(st.sampled_from(TOWNS), st.sampled_from(["near", "in", "close to", "not far from"]))
@settings(deadline=None, max_examples=20)
def test_words_before_a_town_move_it_nowhere_and_make_it_no_smaller(name, words):
    plain, vague = only(f"{name} town"), only(f"{words} {name} town")
    assert vague.footprint.point == plain.footprint.point
    assert vague.footprint.uncertainty_m >= plain.footprint.uncertainty_m


WORDS = [*TOWNS, *DISTRICTS, "Mach", "Hyderabad", "Mirpur", "Kandahar", "Zzyzx", "ML-3", "N-25"]
WORDS += ["Jaffar Express", "Balochistan", "Sindh", "سبی", "near", "in", "and", ",", "(", ")", "'s"]
WORDS += ["-", "railway track", "mosque", "road", "border", "route", "police", "Khan", "12"]
FREE = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)


@given(FREE, st.sampled_from(["", "Balochistan", "Sindh"]))
@settings(deadline=None, max_examples=50)
def test_an_answer_has_readings_or_a_reason_and_the_most_probable_comes_first(phrase, admin1):
    answer = READER.answer(phrase, Hints(admin1))
    assert bool(answer.readings) == (answer.status in {"matched", "ambiguous"})
    assert answer.readings or answer.reason
    weights = [reading.weight for reading in answer.readings]
    assert weights == sorted(weights, reverse=True)
    assert sum(weights) <= 1 + 1e-9
    assert all(0 < reading.score <= reading.weight + 1e-9 for reading in answer.readings)


@given(FREE)
@settings(deadline=None, max_examples=20)
def test_the_shares_of_a_phrase_sum_to_one(phrase):
    table = geosec.candidates(geosec.geocode([phrase]))
    assert len(table) == 0 or table["weight"].sum() == pytest.approx(1)


@given(st.one_of(st.text(max_size=80), FREE))
@settings(deadline=None, max_examples=50)
def test_explaining_and_placing_never_raise(phrase):
    assert geosec.explain(phrase)
    assert READER.answer(phrase).status


@given(st.one_of(st.text(max_size=80), FREE))
@settings(deadline=None, max_examples=50)
def test_lexemes_stand_in_the_order_of_the_text_and_do_not_overlap(text):
    lexemes = lex(text, GROUND.names, READER.language, keep_ignored=True)
    assert all(text[each.start : each.end] == each.text for each in lexemes)
    ends = [0, *(each.end for each in lexemes)]
    assert all(before <= each.start for before, each in zip(ends, lexemes, strict=False))


@given(st.sampled_from(PLACES))
@settings(deadline=None, max_examples=50)
def test_every_place_is_found_by_its_name_in_any_case(place_id):
    name = GROUND.find_place(place_id).name
    found = GROUND.names.find(name)
    assert found.similarity == 1
    assert place_id in found.places
    assert GROUND.names.find(name.upper()) == found


@given(st.sampled_from(TOWNS + DISTRICTS), st.integers(1, 20), st.sampled_from("aeioutrnl"))
@settings(deadline=None, max_examples=50)
def test_a_letter_too_many_is_a_guess_or_not_guessed_at(name, at, letter):
    at = min(at, len(name))
    found = GROUND.names.find_misspelt(name[:at] + letter + name[at:])
    assert found is None or 0 < found.similarity < SIMILARITY_SOUND


@given(st.text(max_size=40))
@settings(deadline=None, max_examples=50)
def test_a_frame_of_consonants_ignores_case_and_space(text):
    frame = consonant_frame(text)
    assert consonant_frame(f"  {text} ") == frame
    assert " " not in frame


@given(st.sampled_from(sorted(load_language("en").directions_deg)))
@settings(deadline=None, max_examples=50)
def test_every_compass_word_is_one_of_sixteen_directions(word):
    assert load_language("en").directions_deg[word] % 22.5 == 0
