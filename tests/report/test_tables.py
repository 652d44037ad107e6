"""Tables for a reader, of incidents and of made-up rows whose answer can be counted by hand."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest

import geosec
from geosec import ParameterError, SchemaError
from geosec.report.tables import (
    ALL_OF_IT,
    NO_DISTRICT,
    NOT_PLACED,
    count_placements,
    list_closest_to_rail,
    list_unplaced,
)


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


def located(*rows):
    """Make located rows: (province, district, status, radius_m, prob)."""
    names = ["adm1_name", "adm2_name", "match_status", "uncertainty_m", "adm2_prob"]
    table = pd.DataFrame(rows, columns=names).assign(adm1_code="x", adm2_code="x", adm1_prob=1.0)
    table.index = [f"i{number}" for number in range(len(table))]
    return table


def on_rail(*rows):
    """Make rows on a railway: (probability, offset_m, width_km); a missing offset is no place."""
    table = pd.DataFrame(
        {
            "rail_line": ["ML-3" if offset_m is not None else None for _, offset_m, _ in rows],
            "rail_km": [100.04 if offset_m is not None else None for _, offset_m, _ in rows],
            "rail_km_low": [100.0 for _ in rows],
            "rail_km_high": [100.0 + width for *_, width in rows],
            "rail_offset_m": [offset_m for _, offset_m, _ in rows],
            "rail_prob": 1.0,
            "rail_prev_station": "a",
            "rail_next_station": "b",
            "match_name": [f"place {number}" for number in range(len(rows))],
        },
        index=[f"i{number}" for number in range(len(rows))],
    )
    near = pd.DataFrame({"probability": [p for p, *_ in rows]}, index=table.index)
    return gpd.GeoDataFrame(table), near


def test_a_district_has_its_counts_median_and_mean():
    table = count_placements(
        located(
            ("Balochistan", "Kachhi", "matched", 1_000.0, 1.0),
            ("Balochistan", "Kachhi", "ambiguous", 4_000.0, 0.5),
            ("Balochistan", "Kachhi", "matched", 90_000.0, 0.6),
            ("Sindh", "Sukkur", "matched", 2_000.0, 0.9),
            (None, None, "unmatched", None, None),
        )
    )
    assert table.loc[("Balochistan", "Kachhi")].tolist() == [3, 2, 4.0, 0.7]
    assert table.loc[("Sindh", "Sukkur")].tolist() == [1, 1, 2.0, 0.9]
    assert table.index[-1] == (NOT_PLACED, NOT_PLACED)
    assert table["incidents"].sum() == 5


def test_what_is_not_placed_comes_last_before_and_after_the_alphabet():
    table = count_placements(
        located((None, None, "outside", None, None), ("!", "!", "matched", 1.0, 1.0))
    )
    assert table.index.get_level_values("province").tolist() == ["!", NOT_PLACED]


def test_what_is_placed_in_no_district_has_a_label_of_its_own():
    table = count_placements(
        located(
            (None, None, "unmatched", None, None),
            (None, None, "matched", 5_000.0, None),
            ("Balochistan", None, "matched", 90_000.0, None),
            ("Sindh", "Sukkur", "matched", 2_000.0, 0.9),
        )
    )
    assert table.index.tolist() == [
        ("Balochistan", NO_DISTRICT),
        ("Sindh", "Sukkur"),
        (NO_DISTRICT, NO_DISTRICT),
        (NOT_PLACED, NOT_PLACED),
    ]


def test_provinces_without_districts_are_counted_whole():
    table = count_placements(
        located((None, None, "matched", 5_000.0, None), ("Kyiv", None, "matched", 5_000.0, None))
    )
    assert table.index.tolist() == [("Kyiv", ALL_OF_IT), (NO_DISTRICT, NO_DISTRICT)]


def test_tables_of_no_incident_have_no_row():
    empty = geosec.locate_on_rail(geosec.assign_boundaries(geosec.geocode([])))
    near = geosec.within(empty, geosec.load_rail_lines(), distance_m=10_000)
    assert count_placements(empty).empty
    assert list_closest_to_rail(empty, near).empty
    assert list_unplaced(empty).columns.tolist() == ["match_status", "location", "match_reason"]


def test_the_more_probable_comes_first_then_the_nearer_then_the_surer():
    table, near = on_rail(
        (0.5, 10.0, 1.0), (0.9, 900.0, 1.0), (0.9, 200.0, 8.0), (0.9, 200.0, 2.0), (0.9, None, 0.0)
    )
    assert list_closest_to_rail(table, near).index.tolist() == ["i3", "i2", "i1", "i0"]


def test_no_more_are_listed_than_asked_for_or_there():
    table, near = on_rail(*[(0.5, float(number), 1.0) for number in range(4)])
    assert list_closest_to_rail(table, near, n=2).index.tolist() == ["i0", "i1"]
    assert len(list_closest_to_rail(table, near, n=99)) == 4


def test_kilometres_have_one_decimal_and_the_answers_may_come_in_any_order():
    table, near = on_rail((0.333, 1_260.0, 1.0), (0.666, 40.0, 1.0))
    row = list_closest_to_rail(table, near.iloc[::-1]).loc["i0"]
    assert row[["km", "offset_km", "probability"]].tolist() == [100.0, 1.3, 0.33]


@pytest.mark.parametrize("n", [-1, 0])
def test_fewer_than_one_cannot_be_listed(n):
    with pytest.raises(ParameterError, match=f"`n` must be 1 or more, and is {n}"):
        list_closest_to_rail(*on_rail((1.0, 1.0, 1.0)), n=n)


@pytest.mark.parametrize("status", ["unmatched", "outside"])
def test_only_what_has_no_place_is_unplaced(status):
    rows = pd.DataFrame(
        {
            "match_status": ["matched", status, "ambiguous"],
            "location": ["Sibi", "=1+1", "Mach and Kolpur"],
            "match_reason": [None, "why", None],
        },
        index=["a", "ب", "c"],
    )
    assert list_unplaced(rows).to_dict("index") == {
        "ب": {"match_status": status, "location": "=1+1", "match_reason": "why"}
    }


@pytest.mark.parametrize("ask", [count_placements, list_unplaced])
def test_a_table_that_has_not_come_so_far_is_refused(incidents, ask):
    with pytest.raises(SchemaError, match=f"`{ask.__name__}` needs the columns"):
        ask(incidents)


def test_where_nothing_is_placed_nothing_is_close():
    nowhere = geosec.locate_on_rail(geosec.geocode(["Jaffar Express", "Xanadu"]))
    near = geosec.within(nowhere, geosec.load_rail_lines(), distance_m=10_000)
    closest = list_closest_to_rail(nowhere, near)
    assert closest.empty
    assert closest.columns.tolist()[-2:] == ["probability", "place"]
