"""Distances and probabilities are what plain draws and every edge say, each place drawn once."""

from __future__ import annotations

from statistics import NormalDist

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import geosec
from geosec.geodesy.segments import SegmentIndex
from geosec.uncertainty.layer_error import SURE

LINES, STATIONS = geosec.load_rail_lines(), geosec.load_rail_stations()
DISTRICTS = geosec.load_boundaries("adm2")
DRAWS, LIMIT_M = 99, 10_000


def exact(layer):
    return layer.drop(columns="positional_accuracy_m")


@pytest.mark.parametrize("layer", [LINES, STATIONS], ids=["lines", "stations"])
def test_without_layer_accuracy_a_probability_is_the_share_of_the_draws(mixed, draws_of, layer):
    found = geosec.within(mixed, exact(layer), distance_m=LIMIT_M, draws=DRAWS)
    there = found["probability"].notna().to_numpy()
    places = draws_of(mixed, DRAWS)[there]
    near = SegmentIndex(layer).distance_m(*places.reshape(-1, 2).T) <= LIMIT_M
    share = near.reshape(len(places), DRAWS).mean(axis=1)
    assert found["probability"][there].to_numpy() == pytest.approx(share, abs=1e-12)
    assert np.count_nonzero((share > 0) & (share < 1)) > 4


def test_with_layer_accuracy_each_draw_counts_as_the_layer_says(mixed, draws_of):
    found = geosec.within(mixed, LINES, distance_m=LIMIT_M, draws=DRAWS)
    index, places = SegmentIndex(LINES), draws_of(mixed, DRAWS)
    errors_m = LINES["positional_accuracy_m"].to_numpy() / 1.959964
    for number in np.flatnonzero(found["probability_se"] > 0):
        drawn = index.project(*places[number].T)
        error_m = errors_m[drawn.target_idx]
        counts = [
            NormalDist(offset_m, error).cdf(LIMIT_M) if error else float(offset_m <= LIMIT_M)
            for offset_m, error in zip(drawn.offset_m, error_m, strict=True)
        ]
        if mixed["footprint"].iloc[number] is not None:
            counts = (drawn.offset_m <= LIMIT_M).tolist()
        assert found["probability"].iloc[number] == pytest.approx(np.mean(counts), abs=1e-6)


def test_a_place_that_no_draw_could_change_has_no_standard_error(points_at):
    at = STATIONS.geometry.iloc[[0, 0, 0]]
    table = points_at(at.x, at.y)
    table["uncertainty_m"] = [0.0, 100.0, 30_000.0]
    found = geosec.within(table, exact(STATIONS), distance_m=5_000)
    assert found["probability"].tolist()[:2] == [1.0, 1.0]
    assert (found["probability_se"] > 0).tolist() == [False, False, True]


@pytest.mark.parametrize("depth_m", [-8_000, -1_000, 0, 1_000, 8_000])
def test_an_exact_point_beside_a_border_is_inside_as_the_error_says(points_at, depth_m):
    box = gpd.GeoDataFrame(
        {"positional_accuracy_m": [5_000.0]}, geometry=[shapely.box(60, -1, 70, 1)], crs=4326
    )
    found = geosec.within(points_at(65.0, 1 - depth_m / 110_574), box, distance_m=0).iloc[0]
    expected = NormalDist(0, 5_000 / 1.959964).cdf(depth_m)
    assert found["probability"] == pytest.approx(expected, abs=0.01)
    assert found["probability_se"] == 0


@pytest.mark.parametrize("k", [1, 3])
def test_the_interval_of_a_distance_is_that_of_the_draws(mixed, draws_of, k):
    table = geosec.nearest(mixed, exact(STATIONS), k=k, draws=DRAWS)
    places = dict(zip(mixed.index, draws_of(mixed, DRAWS), strict=True))
    index = SegmentIndex(STATIONS)
    position = STATIONS.index.get_indexer(table["target_id"])
    for row, target in zip(table.itertuples(), position, strict=True):
        lon, lat = places[row.incident_id].T
        away_m = index.distance_to_m(lon, lat, np.full(DRAWS, target))
        low_m, high_m = np.quantile(away_m, [0.025, 0.975])
        assert row.distance_low_m == pytest.approx(min(low_m, row.distance_m), abs=1e-6)
        assert row.distance_high_m == pytest.approx(max(high_m, row.distance_m), abs=1e-6)


def test_the_interval_of_an_exact_point_is_that_of_the_layer(points_at):
    table = geosec.nearest(points_at([67.0, 67.0], [29.0, 29.0]), LINES)
    accuracy_m = LINES["positional_accuracy_m"][table["target_id"]].to_numpy()
    assert (table["distance_m"] - table["distance_low_m"]).to_numpy() == pytest.approx(accuracy_m)
    assert (table["distance_high_m"] - table["distance_m"]).to_numpy() == pytest.approx(accuracy_m)


# --------------------------------------------------------------------- rows of one place


def test_incidents_of_one_place_each_have_their_pairs(mixed):
    twice = pd.concat([mixed, mixed.set_axis([f"again {name}" for name in mixed.index])])
    once = geosec.nearest(mixed, STATIONS, k=3, draws=DRAWS)
    both = geosec.nearest(twice.rename_axis("incident_id"), STATIONS, k=3, draws=DRAWS)
    pd.testing.assert_frame_equal(both.iloc[: len(once)], once, check_exact=True)
    again = both.iloc[len(once) :].reset_index(drop=True)
    assert again["incident_id"].tolist() == [f"again {name}" for name in once["incident_id"]]
    pd.testing.assert_frame_equal(
        again.drop(columns="incident_id"), once.drop(columns="incident_id"), check_exact=True
    )


def test_pairs_stand_in_the_order_of_the_rows(mixed):
    rows = mixed.iloc[[4, 0, 4, 5, 9]].set_axis(list("abcde")).rename_axis("incident_id")
    table = geosec.nearest(rows, STATIONS, k=2)
    assert table["incident_id"].tolist() == ["a", "a", "b", "b", "c", "c", "e", "e"]
    assert table["rank"].tolist() == [1, 2] * 4
    assert table.index.tolist() == list(range(8))


@pytest.mark.parametrize("limit_m", [0.0, 1_000.0])
def test_targets_too_far_away_give_no_pairs(points_at, limit_m):
    table = geosec.nearest(
        points_at([62.0] * 3, [26.0] * 3, 9_000), STATIONS, max_distance_m=limit_m
    )
    assert len(table) == 0
    assert {"distance_low_m", "distance_high_m", "target_name"} <= set(table.columns)


@pytest.mark.parametrize("chunk", [99, 1_000])
def test_chunks_and_threads_change_nothing(mixed, chunk, monkeypatch):
    once = geosec.nearest(mixed, STATIONS, k=3, draws=DRAWS)
    hit = geosec.within(mixed, DISTRICTS, distance_m=3_000, draws=DRAWS)
    monkeypatch.setattr("geosec.geodesy.threads._LEAST_ROWS", 100)
    monkeypatch.setattr("geosec.uncertainty.open_rows._CHUNK_DRAWS", chunk)
    monkeypatch.setenv("GEOSEC_THREADS", "3")
    again = geosec.nearest(mixed, STATIONS, k=3, draws=DRAWS)
    pd.testing.assert_frame_equal(again, once, check_exact=True)
    hit_again = geosec.within(mixed, DISTRICTS, distance_m=3_000, draws=DRAWS)
    pd.testing.assert_frame_equal(hit_again, hit, check_exact=True)


def test_no_rows_have_no_pairs_and_no_probability(mixed):
    assert len(geosec.nearest(mixed.iloc[:0], STATIONS)) == 0
    hit = geosec.within(mixed.iloc[:0], LINES, distance_m=1)
    assert (len(hit), list(hit)) == (
        0,
        ["probability", "probability_se", "target_id", "distance_m"],
    )


def test_the_error_decides_nothing_beyond_so_many_standard_errors():
    assert NormalDist().cdf(-SURE) < 0.0003
