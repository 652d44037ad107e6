"""Coded events that other events or the census contradict."""

from __future__ import annotations

import pandas as pd
import pytest

from boundaries.build.place_contradicted import find_contradicted

WEST, EAST = "PK-BA-west", "PK-BA-east"
ELSEWHERE = "the tehsil of that name in that district is elsewhere"
OF_ANOTHER = "the tehsil of that name there is in another district"
NO_TEHSILS = pd.DataFrame(columns=["name", "alt_names", "adm2_code", "longitude", "latitude"])


def make_events(*rows):
    """Make events of name, district and longitude, at 29 degrees north."""
    events = pd.DataFrame(rows, columns=["where_coordinates", "told", "longitude"])
    return events.assign(latitude=29.0)


def make_tehsils(*rows):
    """Make tehsils of name, district and longitude, at 29 degrees north."""
    tehsils = pd.DataFrame(rows, columns=["name", "adm2_code", "longitude"])
    return tehsils.assign(alt_names="", latitude=29.0)


def test_one_event_alone_is_not_contradicted():
    reasons = find_contradicted(make_events(("Mach town", WEST, 66.5)), NO_TEHSILS)
    assert reasons.tolist() == [""]


def test_most_events_of_a_name_and_district_elsewhere():
    events = make_events(*[("Sui town", WEST, 66.5)] * 3, ("Sui village", WEST, 67.5))
    reasons = find_contradicted(events, NO_TEHSILS)
    assert reasons.tolist() == [""] * 3 + ["most events of that name and district are elsewhere"]


def test_most_events_of_a_name_there_in_another_district():
    events = make_events(*[("Mach town", EAST, 67.5)] * 3, ("Mach town", WEST, 67.51))
    told = find_contradicted(events, NO_TEHSILS).iloc[-1]
    assert told == "most events of that name there are in another district"


@pytest.mark.parametrize("elsewhere", [("Mach town", WEST, 67.5), ("Sui town", EAST, 66.5)])
def test_two_events_outvote_none(elsewhere):
    events = make_events(*[elsewhere] * 2, ("Sui town", WEST, 66.5))
    assert not find_contradicted(events, NO_TEHSILS).any()


@pytest.mark.parametrize(
    ("tehsils", "reason"),
    [
        ([("Sui", WEST, 66.5)], ""),
        ([("Sui", WEST, 67.5)], ELSEWHERE),
        ([("Sui", EAST, 66.6)], OF_ANOTHER),
        ([("Sui", EAST, 66.6), ("Sui", WEST, 66.4)], ""),
        (
            [("Sui", EAST, 66.6), ("Sui", WEST, 68.0)],
            ELSEWHERE,
        ),
        ([("Sui", EAST, 68.0)], ""),
        ([("Mach", EAST, 66.6)], ""),
    ],
)
def test_census_contradicts_point_or_district(tehsils, reason):
    events = make_events(("Sui town", WEST, 66.5))
    assert find_contradicted(events, make_tehsils(*tehsils)).tolist() == [reason]


def test_reasons_stand_at_their_events():
    events = make_events(("Sui town", WEST, 66.5), ("Mach town", WEST, 66.5)).set_axis([7, 3])
    reasons = find_contradicted(events, make_tehsils(("Mach", EAST, 66.5)))
    assert reasons.ne("").to_dict() == {7: False, 3: True}
