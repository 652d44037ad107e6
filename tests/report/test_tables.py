from __future__ import annotations

import pytest

import geosec
from geosec import ParameterError, SchemaError
from geosec.report.tables import NOT_PLACED, count_placements, list_closest_to_rail, list_unplaced


@pytest.fixture(scope="module")
def near_rail(located):
    return geosec.within(located, geosec.load_rail_lines(), distance_m=10_000)


def test_every_incident_is_counted_once(located):
    table = count_placements(located)
    assert table["incidents"].sum() == len(located)
    assert table["matched"].sum() == (located["match_status"] == "matched").sum()


def test_what_is_not_placed_comes_last():
    located = geosec.assign_boundaries(geosec.geocode(["Xanadu", "Quetta"]))
    assert count_placements(located).index[-1] == (NOT_PLACED, NOT_PLACED)


def test_the_closest_ten_fall_in_probability(located, near_rail):
    table = list_closest_to_rail(located, near_rail)
    assert len(table) == 10
    assert table["probability"].is_monotonic_decreasing
    assert (table["km_low"] <= table["km"]).all()
    assert (table["km"] <= table["km_high"]).all()


def test_at_least_one_is_asked_for(located, near_rail):
    with pytest.raises(ParameterError, match="`n` must be 1 or more, and is 0"):
        list_closest_to_rail(located, near_rail, n=0)


def test_the_rail_must_have_been_asked_first(near_rail):
    with pytest.raises(SchemaError, match="needs the columns 'rail_line'"):
        list_closest_to_rail(geosec.geocode(["Sibi"]), near_rail)


def test_an_unplaced_incident_is_listed_with_its_reason():
    table = list_unplaced(geosec.geocode(["Jaffar Express", "Sibi"]))
    assert table["match_reason"].str.contains("names a train").all()
