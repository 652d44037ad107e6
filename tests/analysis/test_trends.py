"""Counts by unit and period, their trends and changes, from located incidents."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import box

import geosec
from geosec.errors import GeosecWarning, ParameterError, SchemaError

HALVES = gpd.GeoDataFrame(
    {"name": ["West", "East"]}, geometry=[box(60, 20, 67, 40), box(67, 20, 80, 40)], crs=4326
)


def place(dates, lon=66.5, uncertainty_m=0.0, **columns) -> gpd.GeoDataFrame:
    rows = len(dates)
    points = gpd.points_from_xy(np.broadcast_to(lon, rows), np.full(rows, 30.0))
    columns = {"date": pd.to_datetime(pd.Series(dates, dtype="object")), **columns}
    columns["uncertainty_m"] = np.broadcast_to(uncertainty_m, rows)
    return gpd.GeoDataFrame(columns, geometry=points, crs=4326)


def spread(per_year, first=2000, seed=0) -> list[str]:
    """Spread so many incidents over the days of each year."""
    rng = np.random.default_rng(seed)
    days = [
        np.datetime64(f"{first + year}-01-01") + rng.integers(0, 365, count)
        for year, count in enumerate(per_year)
    ]
    return np.concatenate(days).astype("str").tolist()


def test_periods_without_incidents_are_zero_and_ends_are_marked():
    located = place(["2024-01-05", "2024-03-31", "2024-03-01"])
    counts = geosec.count_trends(located, HALVES, draws=5).counts
    west = counts[counts["unit_name"] == "West"]
    assert west["count"].tolist() == [1, 0, 2]
    assert west["is_partial"].tolist() == [True, False, False]
    assert west["watched_days"].tolist() == [27, 29, 31]
    assert counts[counts["unit_name"] == "East"]["count"].tolist() == [0, 0, 0]


def test_a_day_known_to_the_month_is_spread_over_the_weeks():
    located = place(["2024-04-01"] * 40, date_precision="month")
    weeks = geosec.count_trends(located, None, "week", draws=400).counts
    assert weeks["count"].sum() == pytest.approx(40)
    full = weeks[~weeks["is_partial"]]
    assert full["count"].to_numpy() == pytest.approx(40 * 7 / 30, rel=0.1)
    assert (full["count_low"] < full["count"]).all()
    assert (full["count"] < full["count_high"]).all()


def test_a_place_beside_a_border_counts_on_both_sides():
    located = place(["2024-04-03"] * 30, 67.0, 10_000.0)
    counts = geosec.count_trends(located, HALVES, draws=999).counts
    assert counts["count"].to_numpy() == pytest.approx([15, 15], rel=0.05)
    binomial = np.sqrt(30) / 2 * 1.96
    assert (counts["count_high"] - counts["count_low"]).mean() / 2 == pytest.approx(
        binomial, rel=0.15
    )


def test_a_trend_is_found_and_held_and_a_level_is_none():
    rising, level = [2 + 3 * year for year in range(16)], [25] * 16
    located = pd.concat([place(spread(rising), 66.5, 20_000.0), place(spread(level), 67.5, 20_000)])
    span = {"since": "2000-01-01", "until": "2015-12-31"}
    located = located.set_index(pd.RangeIndex(len(located)))
    trends = geosec.count_trends(located, HALVES, "year", **span).trends.set_index("unit_name")
    assert trends["trend"].to_dict() == {"West": "increasing", "East": "no trend"}
    west = trends.loc["West"]
    assert west["slope_per_year_low"] <= 3 <= west["slope_per_year_high"]
    assert west["trend_share"] == 1
    assert pd.isna(west["reason"])


def test_false_alarms_of_the_verb_stay_near_5_percent():
    rng = np.random.default_rng(8)
    shapes = [box(60 + at, 20, 61 + at, 40) for at in range(20)]
    cells = gpd.GeoDataFrame({"name": np.arange(20).astype("str")}, geometry=shapes, crs=4326)
    alarms = 0
    for _ in range(10):
        per_cell = [spread(rng.poisson(8, 15), seed=int(rng.integers(1e6))) for _ in range(20)]
        lon = np.repeat(60.5 + np.arange(20), [len(each) for each in per_cell])
        located = place(np.concatenate(per_cell).tolist(), lon, 40_000.0)
        span = {"since": "2000-01-01", "until": "2014-12-31"}
        trends = geosec.count_trends(located, cells, "year", draws=25, **span).trends
        alarms += (trends["p_value"] <= 0.05).sum()
        assert (trends["q_value"] >= trends["p_value"]).all()
    assert alarms / 200 <= 0.06


def test_a_change_of_level_is_told_with_how_many_draws_have_it():
    located = place(spread([5] * 8 + [40] * 8), 66.9, 5_000.0)
    span = {"since": "2000-01-01", "until": "2015-12-31"}
    changes = geosec.count_trends(located, HALVES, "year", **span).change_points
    assert changes["unit_name"].tolist() == ["West"]
    assert changes["period_start"].tolist() == [pd.Timestamp("2008-01-01")]
    assert changes["count_before"].item() == pytest.approx(5, abs=1)
    assert changes["count_after"].item() == pytest.approx(40, abs=2)
    assert changes["change_share"].item() > 0.95


def test_units_that_tell_no_trend_say_why():
    few = place(["2024-01-05", "2024-11-30"] * 5)
    trends = geosec.count_trends(few, HALVES, "quarter", draws=5).trends
    assert set(trends["reason"]) == {"2 full quarters, and a trend needs 8"}
    assert trends["p_value"].isna().all()
    assert trends["trend"].isna().all()
    span = {"since": "2024-01-01", "until": "2024-12-31"}
    trends = geosec.count_trends(few[:4], HALVES, **span, draws=5).trends
    assert trends["reason"].tolist() == ["fewer than 10 incidents", "no incidents"]


def test_all_incidents_are_one_unit_with_those_without_a_place():
    located = place(["2024-01-05", "2024-02-10", "2024-02-11"])
    located.loc[1, "geometry"] = None
    found = geosec.count_trends(located, None, draws=5)
    assert found.counts["count"].tolist() == [1, 2]
    assert found.trends.index.tolist() == ["all"]
    with pytest.warns(
        GeosecWarning, match="of 3 incidents, 1 without a place were left out of count_trends"
    ):
        found = geosec.count_trends(located, HALVES, draws=5)
    assert found.counts["count"].sum() == 2
    assert found.counts.attrs["left_out"]["unplaced"] == 1


def test_undated_incidents_and_those_outside_the_span_are_told():
    located = place(["2024-01-05", None, "2023-02-11"])
    with pytest.warns(GeosecWarning, match="of 3 incidents, 1 without a date were left out"):
        found = geosec.count_trends(located, None, since="2024-01-01", draws=5)
    left_out = found.trends.attrs["left_out"]
    assert [left_out[name] for name in ("undated", "outside_span")] == [1, 1]
    with pytest.warns(GeosecWarning, match="2 that lie in no unit"):
        geosec.count_trends(place(["2024-01-05", "2024-02-05"], 90.0), HALVES, draws=5)


def test_without_draws_the_best_points_and_middle_days_are_counted():
    located = place(["2024-04-01", "2024-06-01"], 66.99, 50_000.0, date_precision="month")
    found = geosec.count_trends(located, HALVES, draws=0)
    counts = found.counts[found.counts["unit_name"] == "West"]
    assert counts["count"].tolist() == [1, 0, 1]
    assert counts["count_low"].isna().all()


def test_a_row_more_changes_no_other_draw_and_a_seed_repeats():
    located = place(spread([6] * 9), 66.95, 9_000.0, date_precision="month")
    span = {"since": "2000-01-01", "until": "2008-12-31", "draws": 19}
    first = geosec.count_trends(located, HALVES, "year", **span).counts
    again = geosec.count_trends(located, HALVES, "year", **span).counts
    pd.testing.assert_frame_equal(first, again)
    more = pd.concat([located, place(["2003-01-01"], 60.5).set_index(pd.Index([999]))])
    added = geosec.count_trends(more, HALVES, "year", **span).counts["count"] - first["count"]
    assert added.to_numpy().nonzero()[0].size == 1


def test_no_input_is_changed():
    located = place(["2024-01-05", "2024-02-10"], 67.0, 5_000.0)
    before = located.copy(deep=True)
    geosec.count_trends(located, HALVES, draws=5)
    pd.testing.assert_frame_equal(located, before)
    assert located.attrs == {}


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"units": "adm3"}, ParameterError, "did you mean 'adm2' or 'adm1'"),
        ({"period": "fortnight"}, ParameterError, "`period` is 'fortnight'"),
        ({"period": ("2020-01-01", "2020-12-31")}, ParameterError, "`since=` and `until=` say"),
        ({"draws": -1}, ParameterError, "`draws` must be 0 or more"),
        ({"alpha": 5}, ParameterError, "`alpha` is the share of false alarms"),
        ({"since": "x"}, ParameterError, "`since` is a day"),
        ({"units": None, "within": HALVES}, ParameterError, "`within` is the area"),
        ({"draws": 2_000_000}, ParameterError, "more than memory holds"),
    ],
)
def test_what_cannot_be_counted_is_refused(options, error, said):
    with pytest.raises(error, match=said):
        geosec.count_trends(place(["2024-01-05", "2024-02-10"]), **options)


def test_a_table_without_dates_is_refused():
    with pytest.raises(SchemaError, match="'date'"):
        geosec.count_trends(place(["2024-01-05"]).drop(columns="date"), HALVES)
    with pytest.raises(ParameterError, match="no incident has a date"):
        geosec.count_trends(place([]), HALVES)


def test_an_empty_table_has_zeros_in_a_span():
    span = {"since": "2024-01-01", "until": "2024-12-31"}
    found = geosec.count_trends(place([]), HALVES, **span)
    assert found.counts["count"].eq(0).all()
    assert len(found.counts) == 24
    assert set(found.trends["reason"]) == {"no incidents"}
    assert found.change_points.empty
