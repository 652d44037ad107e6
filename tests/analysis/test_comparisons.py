"""Two tables compared, unit by unit."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from pandas.testing import assert_frame_equal
from shapely import box

from geosec.analysis.comparisons import compare_rates
from geosec.errors import GeosecWarning, ParameterError, SchemaError

RATIO = ["ratio_b_to_a", "ratio_b_to_a_low", "ratio_b_to_a_high"]
pytestmark = pytest.mark.filterwarnings("ignore:of [0-9,]+ incidents, [0-9,]+ that lie in no unit")


@pytest.fixture(scope="module")
def squares() -> gpd.GeoDataFrame:
    """Four squares of half a degree."""
    corners = [(66 + x / 2, 28 + y / 2) for y in (0, 1) for x in (0, 1)]
    shapes = [box(lon, lat, lon + 0.5, lat + 0.5) for lon, lat in corners]
    return gpd.GeoDataFrame({"name": list("pqrs")}, geometry=shapes, crs=4326)


def scatter(rng, count: int, radius_m: float = 0.0) -> gpd.GeoDataFrame:
    """Scatter incidents over the squares and a margin, reported within a radius of the truth."""
    turn, away = rng.uniform(0, 2 * np.pi, count), np.sqrt(rng.uniform(0, 1, count) / 0.95)
    lon = rng.uniform(65.5, 67.5, count) + radius_m * away * np.cos(turn) / 98_000
    lat = rng.uniform(27.5, 29.5, count) + radius_m * away * np.sin(turn) / 111_000
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)
    return points.assign(uncertainty_m=radius_m)


def at(counts: list[int], **columns) -> gpd.GeoDataFrame:
    """Put so many exact incidents into the middle of each square."""
    middles = [(66.25, 28.25), (66.75, 28.25), (66.25, 28.75), (66.75, 28.75)]
    lon, lat = np.repeat(np.array(middles), counts, axis=0).reshape(-1, 2).T
    return gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(lon, lat), crs=4326)


def test_intervals_hold_the_true_ratio_where_places_are_not_known():
    """In 368 of 400 at least, and of equal rates no more than 20 have p <= 0.05."""
    west, south = (66 + np.arange(16) % 4 / 4, 28 + np.arange(16) // 4 / 4)
    shapes = shapely.box(west, south, west + 0.25, south + 0.25)
    layer = gpd.GeoDataFrame({"name": list("abcdefghijklmnop")}, geometry=shapes, crs=4326)
    held = alarms = 0
    for seed in range(25):
        rng = np.random.default_rng(seed)
        a, b = (scatter(rng, rng.poisson(64 * mean), 7_500.0) for mean in (8, 20))
        table = compare_rates(a, b, layer, draws=29)
        held += (table[RATIO[1]].le(2.5) & table[RATIO[2]].ge(2.5)).sum()
        equal = compare_rates(a, b, layer, draws=29, exposures=(8, 20))
        alarms += (equal["p_value"] <= 0.05).sum()
    assert held >= 368
    assert alarms <= 20


def test_zero_counts_are_answered(squares):
    table = compare_rates(at([5, 0, 0, 2]), at([0, 5, 0, 2]), squares)
    assert table[RATIO[0]].tolist()[:2] == [0.0, np.inf]
    assert table.loc["p", RATIO[1:]].tolist() == pytest.approx([0.0, 1.09127911])
    assert table.loc["q", RATIO[1:]].tolist() == pytest.approx([0.91635586, np.inf])
    assert table.loc["r", [*RATIO, "p_value", "q_value"]].isna().all()
    assert table["reason"].fillna("").tolist() == ["", "", "no incidents in either", ""]
    assert table.loc["s", "p_value"] == 1.0


def test_two_periods_of_one_table_are_rates_per_day(squares):
    days = pd.to_datetime(["2023-06-01"] * 10 + ["2024-02-01"] * 10)
    table = at([20, 0, 0, 0], date=days)
    periods = ("2023-01-01", "2023-12-31"), ("2024-01-01", "2024-03-31")
    told = compare_rates(table, table, squares, periods=periods).loc["p"]
    assert told["exposure_b_to_a"] == pytest.approx(91 / 365)
    assert told["ratio_b_to_a"] == pytest.approx(365 / 91)
    assert (told["count_a"], told["count_b"]) == (10, 10)
    assert told["p_value"] < 0.01


def test_one_table_is_drawn_once_and_two_apart(squares):
    located = scatter(np.random.default_rng(1), 100, 20_000.0)
    located["date"], located["date_precision"] = "2024-01-01", "year"
    halves = ("2024-01-01", "2024-06-30"), ("2024-07-01", "2024-12-31")
    told = compare_rates(located, located, squares, periods=halves)
    whole = compare_rates(located, located, squares, periods=(("2024-01-01", "2024-12-31"),) * 2)
    assert (told["count_a"] + told["count_b"]).to_numpy() == pytest.approx(whole["count_a"])
    assert (whole["count_a"] == whole["count_b"]).all()
    apart = compare_rates(located, located.copy(), squares)
    assert (apart["count_a"] != apart["count_b"]).any()


def test_exposures_are_numbers_or_series(squares):
    a, b = at([10, 10, 10, 10]), at([20, 20, 20, 20])
    people = pd.Series({"s": 0.0, "p": 1_000.0, "q": 3_000.0})
    told = compare_rates(a, b, squares, exposures=(people, people * 2))
    assert told["ratio_b_to_a"].tolist()[:2] == pytest.approx([1.0, 1.0])
    assert told["reason"].tolist()[2:] == ["`exposures` has no number above 0"] * 2
    days = compare_rates(a, b, squares, exposures=(100, 200))
    assert days["ratio_b_to_a"].tolist() == pytest.approx([1.0] * 4)


def test_the_same_seed_gives_the_same_table_and_the_input_stays(squares):
    a, b = (scatter(np.random.default_rng(seed), 50, 10_000.0) for seed in (1, 2))
    before = a.copy()
    first, second = (compare_rates(a, b, squares) for _ in range(2))
    assert_frame_equal(pd.DataFrame(first), pd.DataFrame(second))
    assert_frame_equal(pd.DataFrame(a), pd.DataFrame(before))
    without = compare_rates(a, b, squares, draws=0)
    assert without[["count_a_low", "count_b_high"]].isna().all(axis=None)
    assert without[RATIO].notna().all(axis=None)


def test_cells_are_laid_round_both_tables():
    a, b = at([3, 0, 0, 0]), at([0, 0, 0, 3])
    told = compare_rates(a.translate(-40, 20).to_frame("geometry"), at([0, 0, 0, 3]), "h3:4")
    assert told.attrs["left_out"]["a"]["in_no_unit"] == 3
    both = [table.set_geometry(table.translate(-40, 20)) for table in (a, b)]
    cells = compare_rates(*both, "grid:20000")
    assert cells["count_a"].sum() == cells["count_b"].sum() == 3


def test_empty_tables_and_rows_without_a_place(squares):
    a, b = at([2, 2, 0, 0]), at([2, 2, 0, 0])
    empty = compare_rates(a.iloc[:0], b, squares)
    assert empty["ratio_b_to_a"].tolist()[:2] == [np.inf, np.inf]
    none = compare_rates(a.iloc[:0], b.iloc[:0], squares)
    assert set(none["reason"]) == {"no incidents in either"}
    b.loc[0, "geometry"] = None
    with pytest.warns(GeosecWarning, match="1 without a place were left out of `b`"):
        compare_rates(a, b, squares)


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"periods": ("2024-01-01", "2024-12-31")}, "`periods` is a first and a last day"),
        ({"periods": 3}, "two pairs of a first and a last day"),
        ({"exposures": 3}, "`exposures` is a pair"),
        ({"exposures": (1, -1)}, "`exposures` must be 0 or more"),
        ({"exposures": (1, pd.Series({"x": 1.0}))}, "for none of the units"),
        ({"draws": -1}, "`draws` must be"),
    ],
)
def test_an_argument_that_cannot_be_is_refused(squares, options, match):
    with pytest.raises(ParameterError, match=match):
        compare_rates(at([1, 1, 1, 1]), at([1, 1, 1, 1]), squares, **options)


def test_what_cannot_be_compared_is_refused(squares):
    one = at([1, 1, 1, 1])
    with pytest.raises(ParameterError, match="are one table; give `periods`"):
        compare_rates(one, one, squares)
    year = ("2024-01-01", "2024-12-31")
    with pytest.raises(SchemaError, match="date"):
        compare_rates(one, one, squares, periods=(year, year))
