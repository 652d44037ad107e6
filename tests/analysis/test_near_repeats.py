"""The verb: its two tables, what it leaves out and tells, and tables that are hostile."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from geosec import find_near_repeats
from geosec.errors import GeosecWarning, ParameterError, SchemaError
from geosec.storage.provenance import STEPS

DAYS = pd.to_datetime(["2025-03-01", "2025-03-02", "2025-03-09", "2025-06-01"])


@pytest.fixture
def attacks() -> gpd.GeoDataFrame:
    """Two attacks 96 m apart on days in a row, one 2 km off a week later, one months later."""
    points = gpd.points_from_xy([67.00, 67.001, 67.02, 67.01], [30.19, 30.19, 30.19, 30.2])
    return gpd.GeoDataFrame({"date": DAYS}, geometry=points, index=list("abcd"), crs=4326)


def tell(table: pd.DataFrame) -> dict:
    return table.attrs[STEPS]["find_near_repeats"]


def test_pairs_stand_in_their_cells(attacks):
    table, pairs = find_near_repeats(attacks)
    assert table["pairs"].sum() == len(pairs) == 3
    first = table.iloc[0]
    assert first[["distance_to_m", "days_to", "pairs"]].tolist() == [1_000, 1, 1]
    assert first["expected"] == pytest.approx(1 / 6)
    assert first["ratio"] == first["ratio_low"] == first["ratio_high"] == pytest.approx(6)
    nearest = pairs.iloc[0]
    assert nearest[["first_id", "second_id", "days_apart", "probability"]].tolist() == [
        *("a", "b", 1, 1)
    ]
    assert nearest["distance_m"] == pytest.approx(96.35, abs=0.1)
    assert pairs[["first_id", "days_apart", "days_to"]].to_numpy().tolist() == [
        ["a", 1, 1],
        ["b", 7, 7],
        ["a", 8, 14],
    ]


def test_cells_tell_their_ends_without_gaps(attacks):
    table = find_near_repeats(attacks, distances_m=[500, 3_000], days=[0, 3]).table
    ends = table[["distance_from_m", "distance_to_m", "days_from", "days_to"]]
    assert ends.to_numpy().tolist() == [
        [0, 500, 0, 0],
        [0, 500, 1, 3],
        [500, 3_000, 0, 0],
        [500, 3_000, 1, 3],
    ]


def test_two_incidents_of_one_town_are_no_repeat_at_0_m(attacks):
    town = attacks.iloc[[0, 1]].assign(uncertainty_m=10_000.0)
    town = town.set_geometry(gpd.points_from_xy([67.0, 67.0], [30.0, 30.0]), crs=4326)
    table, pairs = find_near_repeats(town, draws=1_999)
    assert table["pairs"].iloc[0] < 0.02  # discs of 10.26 km: 0.9 % come within 1 km
    pair = pairs.iloc[0]
    assert pair["distance_m"] == pytest.approx(9_100, rel=0.05)
    assert pair["distance_low_m"] > 1_000
    assert pair["probability"] == pytest.approx(0.58, abs=0.05)
    assert tell(table)["stacked"] == 2
    assert tell(table)["stacked_exact"] == 0


def test_exact_incidents_on_one_point_are_told(attacks):
    stacked = attacks.set_geometry(gpd.points_from_xy([67.0] * 4, [30.0] * 4), crs=4326)
    with pytest.warns(GeosecWarning, match="4 are taken to be exact and share their point"):
        table = find_near_repeats(stacked).table
    assert tell(table)["stacked_exact"] == 4


def test_days_that_are_not_known_are_drawn(attacks):
    months = attacks.assign(date_precision=["month", "day", "day", "day"])
    pairs = find_near_repeats(months).pairs.set_index(["first_id", "second_id"])
    low, apart, high = pairs.loc[("a", "b"), ["days_apart_low", "days_apart", "days_apart_high"]]
    assert low <= 1
    assert 10 < apart < high <= 29


def test_rows_without_a_place_or_a_date_are_left_out_and_told(attacks):
    holes = attacks.copy()
    holes.loc["c", "date"] = pd.NaT
    holes.loc["d", "geometry"] = None
    told = "of 4 incidents, 1 without a place and 1 without a date were left out"
    with pytest.warns(GeosecWarning, match=told):
        table, pairs = find_near_repeats(holes)
    assert len(pairs) == 1
    assert [tell(table)[name] for name in ("incidents", "unplaced", "undated")] == [4, 1, 1]


def test_the_same_seed_gives_the_same_tables_and_the_input_stays(attacks):
    vague = attacks.assign(uncertainty_m=2_000.0)
    before = vague.copy()
    once, again = (find_near_repeats(vague, draws=19) for _ in range(2))
    assert_frame_equal(once.table, again.table)
    assert_frame_equal(once.pairs, again.pairs)
    assert_frame_equal(vague, before)


def test_a_row_more_changes_no_other_pair(attacks):
    vague = attacks.assign(uncertainty_m=2_000.0)
    all_pairs = find_near_repeats(vague).pairs
    less = find_near_repeats(vague.iloc[:3]).pairs
    assert len(less) == 3
    kept = all_pairs[all_pairs["second_id"] != "d"].reset_index(drop=True)
    assert_frame_equal(kept, less)


def test_without_draws_the_best_points_are_taken(attacks):
    vague = attacks.assign(uncertainty_m=2_000.0)
    table, pairs = find_near_repeats(vague, draws=0)
    exact_table, exact_pairs = find_near_repeats(attacks)
    assert (table["p_value"] == exact_table["p_value"]).all()
    assert (pairs["distance_m"] == exact_pairs["distance_m"]).all()
    assert table[["ratio_low", "significant_share"]].isna().all(axis=None)
    assert pairs[["distance_low_m", "probability"]].isna().all(axis=None)


def test_more_pairs_than_can_be_listed_are_only_counted(attacks, monkeypatch):
    monkeypatch.setattr("geosec.analysis.repeat_pairs._MOST_PAIRS", 2)
    told = "more than 2 pairs may be within 10,000 m and 28 days, and none is listed"
    with pytest.warns(GeosecWarning, match=told):
        table, pairs = find_near_repeats(attacks)
    assert table["pairs"].sum() == 3
    assert len(pairs) == 0


@pytest.mark.parametrize("rows", [0, 1])
def test_too_few_incidents_make_no_pairs(attacks, rows):
    table, pairs = find_near_repeats(attacks.iloc[:rows])
    assert (table["pairs"] == 0).all()
    assert (table["p_value"] == 1).all()
    assert table["ratio"].isna().all()
    assert len(pairs) == 0


def test_metres_repeated_identifiers_and_other_countries_are_taken(attacks):
    metres = attacks.to_crs(32642).set_axis(["a"] * 4, axis="index")
    table = find_near_repeats(metres).table
    assert_frame_equal(table.round(3), find_near_repeats(attacks).table.round(3))
    chile = attacks.set_geometry(attacks.translate(-137, -60).to_numpy(), crs=4326)
    assert find_near_repeats(chile).table["pairs"].sum() == 3


def test_footprints_that_are_shapes_are_drawn_in(attacks):
    shapes = gpd.GeoSeries(attacks.to_crs(32642).buffer(3_000).to_crs(4326))
    table, pairs = find_near_repeats(attacks.assign(footprint=shapes, uncertainty_m=2_900.0))
    assert 0 < table["pairs"].iloc[0] < 1
    assert (pairs["distance_low_m"] > 0).all()


def test_settings_stand_in_the_attrs(attacks):
    attacks.attrs["source_kind"] = "ucdp"
    for table in find_near_repeats(attacks, permutations=99, seed=5):
        assert table.attrs["source_kind"] == "ucdp"
        told = tell(table)
        assert (told["permutations"], told["seed"], told["tested_draws"]) == (99, 5, 1)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"distances_m": [2_000, 1_000]}, "`distances_m` says where bands end: numbers that rise"),
        ({"distances_m": []}, "`distances_m` says where bands end"),
        ({"distances_m": [1e7]}, "from 0 to 1,000,000"),
        ({"distances_m": 1_000}, "`distances_m` takes a list, and was given 1000"),
        ({"distances_m": ["near"]}, "`distances_m` must be 0 or more, and is 'near'"),
        ({"distances_m": [np.nan]}, "`distances_m` must be 0 or more, and is nan"),
        ({"days": [1.5]}, "`days` must be a whole number"),
        ({"days": [7, 7]}, "`days` says where bands end"),
        ({"days": [-1]}, "`days` must be 0 or more"),
        ({"permutations": 0}, "`permutations` must be 1 or more"),
        ({"draws": -1}, "`draws` must be 0 or more"),
        ({"seed": 1.5}, "`seed` must be a whole number"),
    ],
)
def test_parameters_that_make_no_sense_are_refused(attacks, options, told):
    with pytest.raises(ParameterError, match=told):
        find_near_repeats(attacks, **options)


def test_tables_that_are_none_are_refused(attacks):
    with pytest.raises(SchemaError, match="`find_near_repeats` needs the column 'date'"):
        find_near_repeats(attacks.drop(columns="date"))
    with pytest.raises(SchemaError, match="takes a table"):
        find_near_repeats([1, 2])
    with pytest.raises(SchemaError, match="Points of your own go in as a GeoDataFrame"):
        find_near_repeats(pd.DataFrame({"date": DAYS}))
