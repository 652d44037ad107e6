from __future__ import annotations

import pandas as pd
import pytest
import shapely

from geosec.maps.wording import (
    check_link,
    describe_certainty,
    format_date,
    format_distance,
    list_facts,
    round_degrees,
)

PLAIN = {"uncertainty_m": 3_871.0, "footprint": None, "match_name": "Mach"}


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
    shown = [round_degrees(67.325171, radius_m) for radius_m in (10, 1_000, 100_000)]
    assert shown == [67.32517, 67.3252, 67.33]
