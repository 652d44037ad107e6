"""Summaries: every figure against rows that can be counted by hand, and what is not known, told."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

import geosec


@pytest.fixture
def table() -> gpd.GeoDataFrame:
    rows = pd.DataFrame(
        {
            "date": pd.to_datetime(["2024-01-05", "2024-03-01", None, "2023-12-30"]),
            "date_precision": ["day", "month", "day", "day"],
            "event_type": ["Battles", "Battles", "Riots", None],
            "fatalities": pd.array([5, 2, None, 1], dtype="Int64"),
            "fatalities_text": [None, "2-3", None, None],
            "uncertainty_m": [400.0, 5_000.0, np.nan, 5_000.0],
        },
        index=["a", "b", "c", "d"],
    )
    points = gpd.points_from_xy([67, 67, np.nan, 68], [30, 30, np.nan, 30], crs=4326)
    return gpd.GeoDataFrame(rows, geometry=points)


def test_one_row_tells_it_all(table) -> None:
    [told] = geosec.summarise(table).to_dict("records")
    assert told == {
        "incidents": 4,
        "first_day": pd.Timestamp("2023-12-30"),
        "last_day": pd.Timestamp("2024-03-31"),
        "fatalities": 8,
        "fatalities_low": 8,
        "fatalities_high": 9,
        "fatalities_open": 0,
        "fatalities_untold": 1,
        "what": "2 Battles, 1 Riots",
        "uncertainty_median_m": 5_000.0,
        "uncertainty_90_m": 5_000.0,
        "unplaced": 1,
        "undated": 1,
    }


def test_print_tells_it_in_words(table) -> None:
    assert str(geosec.summarise(table)).splitlines() == [
        "4 incidents, 30 December 2023 to 31 March 2024; 1 without a date.",
        "What: 2 Battles, 1 Riots.",
        "Killed: 8, between 8 and 9; 1 does not say.",
        "Places: known within 5 km; 1 has no place.",
    ]


def test_open_tolls_have_no_upper_end(table) -> None:
    table["fatalities_text"] = ["at least 5", "2-3", None, None]
    summary = geosec.summarise(table)
    assert summary["fatalities_high"].isna().all()
    assert "Killed: 8 or more (1 toll without an upper end); 1 does not say." in str(summary)


def test_ends_that_the_source_gives_are_taken(table) -> None:
    ends = {"fatalities_low": [4, 2, None, 0], "fatalities_high": [9, 2, None, 1]}
    [told] = geosec.summarise(table.assign(**ends)).to_dict("records")
    assert (told["fatalities_low"], told["fatalities"], told["fatalities_high"]) == (6, 8, 12)


def test_groups_add_up_and_what_says_nothing_stands_last(table) -> None:
    summary = geosec.summarise(table, by="event_type")
    assert summary.index.tolist()[:2] == ["Battles", "Riots"]
    assert pd.isna(summary.index[2])
    assert summary["incidents"].tolist() == [2, 1, 1]
    assert "what" not in summary
    assert str(summary).splitlines()[-1].startswith("not told: 1 incident, 30 December 2023.")


def test_years_stand_in_order(table) -> None:
    assert geosec.summarise(table, by="year").index.tolist()[:2] == ["2023", "2024"]
    assert geosec.summarise(table, by="month").index.tolist()[:3] == [
        "2023-12",
        "2024-01",
        "2024-03",
    ]


def test_what_may_lie_in_another_unit_is_told(located) -> None:
    summary = geosec.summarise(located, by="adm2_name")
    elsewhere = (1 - located["adm2_prob"]).groupby(located["adm2_name"]).sum()
    assert summary["expected_elsewhere"].to_dict() == pytest.approx(elsewhere.to_dict())
    assert summary["incidents"].sum() == len(located)


def test_a_part_of_a_summary_is_a_plain_table(located) -> None:
    part = geosec.summarise(located, by="adm1_name")[["incidents"]]
    assert type(part) is pd.DataFrame
    assert "Balochistan" in str(part)


@pytest.mark.parametrize("rows", [[], [2]], ids=["none", "without place and date"])
def test_few_rows_are_summed_up(table, rows) -> None:
    summary = geosec.summarise(table.iloc[rows])
    assert summary["incidents"].item() == len(rows)
    assert str(summary).startswith(f"{len(rows)} incident")


def test_unknown_columns_are_refused_with_near_misses(table) -> None:
    with pytest.raises(geosec.ParameterError, match="did you mean 'event_type'"):
        geosec.summarise(table, by="event")


def test_tolls_that_are_none_are_refused(table) -> None:
    with pytest.raises(geosec.SchemaError, match="numbers of 0 or more, and 'x' in row 'a'"):
        geosec.summarise(table.assign(fatalities=["x", 1, 2, 3]))
