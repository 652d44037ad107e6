"""A railway as a strip: lanes of incidents, rates of sections, stations with room."""

from __future__ import annotations

import pandas as pd
import pytest

from geosec.report.drawing.canvas import ORANGE
from geosec.report.drawing.strip import StripWords, choose_stations, draw_strip, find_lanes

WORDS = StripWords("Incidents", "Rate", "km")


@pytest.fixture
def sections():
    return pd.DataFrame(
        {
            "from_km": [0.0, 50.0],
            "to_km": [50.0, 100.0],
            "rate": [1.0, 3.0],
            "rate_low": [0.2, 1.0],
            "rate_high": [2.5, 6.0],
            "is_worst": [False, True],
        }
    )


@pytest.fixture
def stations():
    return pd.DataFrame({"name": ["Sibi", "Mach", "Quetta"], "at_km": [0.0, 60.0, 100.0]})


def draw(sections, incidents, stations):
    frame = pd.DataFrame(incidents, columns=["at_km", "low_km", "high_km", "count"])
    told = {"name": "s", "title": "A strip", "description": "Words"}
    return draw_strip(sections, frame, stations, WORDS, **told)


def test_stations_counts_and_the_worst_section_are_told(
    sections, stations, list_texts, list_colours
):
    drawn = draw(sections, [(10.0, 5.0, 20.0, 1), (60.0, 60.0, 60.0, 12)], stations)
    texts = list_texts(drawn)
    assert {"Sibi", "Mach", "Quetta", "Incidents", "Rate", "km", "12"} <= set(texts)
    assert "1" not in texts
    assert ORANGE in list_colours(drawn)


@pytest.mark.parametrize("kept", [[], [0]])
def test_a_strip_needs_neither_incidents_nor_many_stations(sections, stations, kept, list_texts):
    assert "Incidents" in list_texts(draw(sections, [], stations.iloc[kept]))


def test_no_interval_of_a_lane_lies_on_another():
    low, high = [0, 1, 5, 2, 30], [4, 3, 9, 20, 31]
    assert find_lanes(low, high, 1) == [0, 1, 0, 2, 0]


def test_names_of_stations_keep_apart_and_both_ends_are_named():
    at = [0, 1, 2, 30, 50, 99, 100]
    assert choose_stations(at, (0, 100), 400.0) == [0, 3, 4, 6]
    assert choose_stations([], (0, 100), 400.0) == []
    assert choose_stations([7], (0, 100), 400.0) == [0]
