"""Hot spots over time: patterns that were put there are found, others are not."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import box

import geosec
from geosec.errors import GeosecWarning, ParameterError

SIDE = 8
SPAN = {"since": "2024-01-01", "until": "2025-12-31"}


@pytest.fixture(scope="module")
def squares() -> gpd.GeoDataFrame:
    at = [(column, row) for row in range(SIDE) for column in range(SIDE)]
    return gpd.GeoDataFrame(
        {"name": [f"{column}-{row}" for column, row in at]},
        geometry=[box(60 + x, 20 + y, 61 + x, 21 + y) for x, y in at],
        crs=4326,
    )


def simulate(means: np.ndarray, seed=0, uncertainty_m=0.0) -> gpd.GeoDataFrame:
    """Simulate incidents: means (rows, columns, months) of squares of a degree."""
    rng = np.random.default_rng(seed)
    row, column, month = np.nonzero(np.ones(means.shape))
    each = np.repeat(np.arange(means.size), rng.poisson(means.ravel()))
    lon = 60 + column[each] + rng.uniform(size=len(each))
    lat = 20 + row[each] + rng.uniform(size=len(each))
    day = np.datetime64("2024-01", "M") + month[each]
    table = gpd.GeoDataFrame(
        {"date": pd.to_datetime(day.astype("datetime64[D]")) + pd.Timedelta(days=14)},
        geometry=gpd.points_from_xy(lon, lat),
        crs=4326,
    )
    return geosec.with_uncertainty(table, uncertainty_m=uncertainty_m)


def quiet(mean=0.3) -> np.ndarray:
    return np.full((SIDE, SIDE, 24), mean)


@pytest.mark.parametrize(
    ("months", "pattern"),
    [
        (slice(20, 24), "consecutive hot spot"),
        (slice(0, 24), "persistent hot spot"),
        (slice(0, 22), "historical hot spot"),
        (slice(6, 14), "no pattern"),
    ],
)
def test_a_pattern_that_was_put_there_is_found(squares, months, pattern):
    means = quiet()
    means[2:4, 2:4, months] = 15.0
    spots = geosec.classify_emerging_hot_spots(simulate(means), squares, draws=1, **SPAN).set_index(
        "unit_name"
    )
    found = spots.loc[["2-2", "2-3", "3-2", "3-3"], "pattern"]
    assert (found == pattern).sum() >= 3
    assert set(spots.loc[["0-0", "7-7", "0-7"], "pattern"]) == {"no pattern"}
    last = pd.Timestamp(f"{2024 + (months.stop - 1) // 12}-{(months.stop - 1) % 12 + 1:02}-01")
    assert last <= spots.loc["2-2", "last_hot_period"] <= last + pd.DateOffset(months=1)


def test_where_nothing_crowds_hardly_a_unit_has_a_pattern(squares):
    tables = [simulate(quiet(), seed, 30_000.0) for seed in range(20)]
    named = [
        (geosec.classify_emerging_hot_spots(table, squares, draws=9, **SPAN)["pattern"])
        .ne("no pattern")
        .sum()
        for table in tables
    ]
    assert sum(named) <= 0.01 * 20 * len(squares)


def test_the_share_of_a_pattern_falls_as_radii_grow(squares):
    means = quiet()
    means[2:4, 2:4, 20:] = 2.0
    shares = []
    for radius_m in (0.0, 60_000.0, 100_000.0):
        located = simulate(means, 1, radius_m)
        spots = geosec.classify_emerging_hot_spots(located, squares, draws=49, **SPAN)
        share = spots["pattern_share"].where(spots["pattern"] == "consecutive hot spot", 0)
        shares.append(share[spots["unit_name"].isin(["2-2", "2-3", "3-2", "3-3"])].mean())
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] < 0.9


def test_few_periods_have_a_reason(squares):
    located = simulate(quiet()[..., :5])
    spots = geosec.classify_emerging_hot_spots(
        located, squares, draws=3, since="2024-01-01", until="2024-05-31"
    )
    assert set(spots["reason"]) == {"5 full months, and a pattern needs 10"}
    assert spots[["pattern", "pattern_share", "hot_periods", "trend_z"]].isna().all(axis=None)
    assert spots["count"].sum() == len(located)


def test_a_table_without_incidents_has_a_reason(squares):
    nothing = simulate(quiet(0.0))
    spots = geosec.classify_emerging_hot_spots(nothing, squares, draws=3, **SPAN)
    assert set(spots["reason"]) == {"all units have the same count in all periods"}


def test_without_draws_there_are_no_shares(squares):
    spots = geosec.classify_emerging_hot_spots(simulate(quiet()), squares, draws=0, **SPAN)
    assert spots[["pattern_share", "hot_periods_low"]].isna().all(axis=None)
    assert spots["pattern"].notna().all()


def test_a_seed_repeats_and_no_input_is_changed(squares):
    located = simulate(quiet(), 2, 50_000.0)
    before = located.copy(deep=True)
    first, second = (
        geosec.classify_emerging_hot_spots(located, squares, draws=9, seed=3, **SPAN)
        for _ in range(2)
    )
    pd.testing.assert_frame_equal(first, second)
    pd.testing.assert_frame_equal(located, before)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"units": None}, "a hot spot is one among units"),
        ({"lags": -1}, "`lags` must be 0 or more"),
        ({"weights": "bishop"}, "names no neighbours"),
        ({"period": "day"}, "`period` is 'day'"),
    ],
)
def test_what_cannot_be_answered_is_refused(squares, options, said):
    with pytest.raises(ParameterError, match=said):
        geosec.classify_emerging_hot_spots(simulate(quiet()), **{"units": squares, **options})


def test_incidents_that_are_left_out_are_told(squares):
    located = simulate(quiet())
    located.loc[located.index[:2], "date"] = pd.NaT
    with pytest.warns(GeosecWarning, match="2 without a date were left out of classify_emerging"):
        spots = geosec.classify_emerging_hot_spots(located, squares, draws=2, **SPAN)
    assert spots.attrs["left_out"]["undated"] == 2
