"""Words for people: gaps, ends of ranges, links that lie."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geosec.maps.wording import (
    check_link,
    describe_certainty,
    format_cell,
    format_date,
    format_distance,
    list_facts,
    round_to_radius,
)

PLAIN = {"uncertainty_m": 3_871.0, "footprint": None, "match_name": "Mach"}


ON_RAIL = {
    "rail_line": "ML-3",
    "rail_km": 318.2,
    "rail_km_low": 312.0,
    "rail_km_high": 325.0,
    "rail_offset_m": 1_240.0,
    "rail_prev_station": "Mach",
    "rail_next_station": "Hirok",
}


@pytest.mark.parametrize(
    ("precision", "told"),
    [
        ("day", "1 October 2024"),
        ("week", "week of 1 October 2024"),
        ("month", "October 2024"),
        ("year", "2024"),
    ],
)
def test_a_date_is_told_as_precisely_as_it_is_known(precision, told):
    assert format_date({"date": pd.Timestamp("2024-10-01"), "date_precision": precision}) == told


@pytest.mark.parametrize(
    ("metres", "told"),
    [
        (94, "94 m"),
        (994, "990 m"),
        (995, "1 km"),
        (999.6, "1 km"),
        (3_871, "3.9 km"),
        (96_412, "96 km"),
        (462_000, "460 km"),
    ],
)
def test_a_distance_has_two_figures_at_most(metres, told):
    assert format_distance(metres) == told


@pytest.mark.parametrize(
    ("shape", "told"),
    [
        (None, "Within 3.9 km of this point"),
        (shapely.LineString([(67, 30), (68, 30)]), "Somewhere along the line: Mach"),
        (shapely.box(67, 30, 68, 31), "Somewhere in the area of Mach"),
    ],
)
def test_each_footprint_has_its_words(shape, told):
    assert describe_certainty({**PLAIN, "footprint": shape}).startswith(told)


def test_what_was_assumed_is_told():
    assert describe_certainty({**PLAIN, "match_reason": "read as Mach"}).endswith("Read as Mach.")


def test_a_missing_count_is_not_a_zero():
    row = {"date": pd.Timestamp("2025-03-11"), "fatalities": pd.NA, "injuries": 0}
    told = dict(list_facts(row))
    assert (told["Killed"], told["Injured"]) == ("not reported", "0")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//host/x",
        "http://",
        "http://a b/",
        "http://[",
        "file:///etc",
    ],
)
def test_only_web_addresses_become_links(address):
    assert check_link(address) == ("", "")


def test_a_vague_place_shows_fewer_decimals():
    shown = [round_to_radius(67.325171, radius_m) for radius_m in (10, 1_000, 100_000)]
    assert shown == [67.32517, 67.3252, 67.33]


@pytest.mark.parametrize("gap", [None, pd.NA, pd.NaT, float("nan"), np.nan, "", "  "])
def test_a_gap_is_no_text(gap):
    assert format_cell(gap) == ""


@pytest.mark.parametrize(("value", "told"), [(0, "0"), (" a ", "a"), (np.int64(7), "7")])
def test_a_value_is_its_text(value, told):
    assert format_cell(value) == told


@pytest.mark.parametrize("row", [{}, {"date": None}, {"date": pd.NaT, "date_precision": "day"}])
def test_no_date_is_said(row):
    assert format_date(row) == "date not reported"


@pytest.mark.parametrize("precision", [None, pd.NA, "hour"])
def test_a_date_of_unknown_precision_is_a_day(precision):
    row = {"date": pd.Timestamp("2025-03-01"), "date_precision": precision}
    assert format_date(row) == "1 March 2025"


@given(st.floats(10, 2_000_000))
@settings(deadline=None, max_examples=50)
def test_words_for_a_distance_are_within_a_twentieth_of_it(metres):
    number, unit = format_distance(metres).split()
    told = float(number) * {"m": 1, "km": 1_000}[unit]
    assert told == pytest.approx(metres, rel=0.051)
    assert (unit == "m") == (told < 1_000)
    assert len(number.replace(".", "").rstrip("0").lstrip("0")) <= 2


@given(st.floats(-180, 180), st.floats(10, 500_000))
@settings(deadline=None, max_examples=50)
def test_rounding_a_coordinate_moves_it_less_than_a_tenth_of_its_radius(degrees, radius_m):
    moved_m = abs(round_to_radius(degrees, radius_m) - degrees) * 111_320
    assert moved_m <= max(radius_m / 10, 1.2)


@pytest.mark.parametrize("radius_m", [0.0, 0.001, 1.0])
def test_a_coordinate_has_five_decimals_at_the_most(radius_m):
    assert round_to_radius(67.123456789, radius_m) == 67.12346


def test_a_radius_of_half_the_earth_leaves_whole_degrees():
    assert round_to_radius(67.6, 1e7) == 68


def test_several_readings_are_told_before_any_shape():
    row = {
        "uncertainty_m": 9_000.0,
        "match_status": "ambiguous",
        "footprint": shapely.box(0, 0, 1, 1),
    }
    assert (
        describe_certainty(row)
        == "One of several places; within 9 km of this point with 95 % probability."
    )


@pytest.mark.parametrize(
    ("shape", "told"),
    [
        (shapely.MultiLineString([[(0, 0), (1, 1)], [(2, 2), (3, 3)]]), "Somewhere along the line"),
        (shapely.MultiPolygon([shapely.box(0, 0, 1, 1)]), "Somewhere in the area of"),
        (math.nan, "Within 1 km of this point"),
    ],
)
def test_shapes_of_several_parts_and_gaps_have_words_too(shape, told):
    row = {"uncertainty_m": 1_000.0, "match_name": "ML-3", "footprint": shape}
    assert describe_certainty(row).startswith(told)


@pytest.mark.parametrize(
    ("actor", "target", "who"),
    [("A", "B", "A → B"), ("A", None, "A"), (pd.NA, "B", "B"), (None, " ", None)],
)
def test_who_did_it_to_whom(actor, target, who):
    assert dict(list_facts({"actor": actor, "target": target})).get("Who") == who


def test_what_is_not_known_takes_no_line():
    assert [name for name, _ in list_facts({})] == ["When", "Killed", "Injured"]


@pytest.mark.parametrize(
    ("rule", "told"),
    [("town", "Mach (a town or village)"), ("tehsil", "Mach (a tehsil)"), (None, "Mach")],
)
def test_what_a_phrase_was_read_as(rule, told):
    assert dict(list_facts({"match_name": "Mach", "match_rule": rule}))["Read as"] == told


@pytest.mark.parametrize(
    ("probability", "told"),
    [
        (1.0, "Kachhi, Balochistan"),
        (0.996, "Kachhi, Balochistan"),
        (0.99, "Kachhi, Balochistan, 99% sure"),
        (0.5, "Kachhi, Balochistan, 50% sure"),
        (math.nan, "Kachhi"),
        (None, "Kachhi"),
    ],
)
def test_a_district_says_how_sure_unless_it_is(probability, told):
    row = {"adm2_name": "Kachhi", "adm1_name": "Balochistan", "adm2_prob": probability}
    assert dict(list_facts(row))["District"] == told


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, "ML-3 km 312 to 325, Mach – Hirok; 1.2 km away"),
        ({"rail_offset_m": 49.0}, "ML-3 km 312 to 325, Mach – Hirok"),
        ({"rail_km_low": 318.0, "rail_km_high": 318.9}, "ML-3 km 318, Mach – Hirok; 1.2 km away"),
        ({"rail_km": math.nan}, None),
        ({"rail_km": None}, None),
    ],
)
def test_the_railway_is_told_as_an_interval(more, told):
    assert dict(list_facts({**ON_RAIL, **more})).get("Railway") == told


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.dawn.com@evil.example/news", "evil.example"),  # the name before @ is a user
        ("  http://a.example/x?y=1#z ", "a.example"),
        ("HTTPS://Dawn.COM/", "dawn.com"),
        ("https://[::1]/", "::1"),
    ],
)
def test_the_host_shown_is_the_one_gone_to(address, host):
    assert check_link(address) == (address.strip(), host)


@pytest.mark.parametrize(
    "address",
    [
        "JaVaScRiPt:alert(1)",
        "vbscript:x",
        "http:///path",
        "https:dawn.com",
        "dawn.com",
        "mailto:a@b",
        "https://a.example/\nSet-Cookie:x",
        "https://a.example/\u00a0b",
        "https://[::1",
        "https://evil.example\\@www.dawn.com/",  # browsers read \\ as /
        pd.NA,
        None,
        7,
    ],
)
def test_what_is_no_web_address_is_no_link(address):
    assert check_link(address) == ("", "")


def test_a_district_without_a_province_is_told_by_its_name():
    row = {"adm2_name": "Kyiv", "adm1_name": math.nan, "adm2_prob": 0.9}
    assert dict(list_facts(row))["District"] == "Kyiv, 90% sure"
