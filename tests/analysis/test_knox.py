"""The Knox test: counts, expectations and p-values, against brute force, papers and programs."""

from __future__ import annotations

import geopandas as gpd
import libpysal
import numpy as np
import pandas as pd
import pytest
import shapely

from geosec.analysis.incident_draws import IncidentDraws
from geosec.analysis.knox import Bands, DrawnIncidents, KnoxCounts, count_knox
from geosec.geodesy.geodesics import geodesic_distance_m, to_cartesian

BANDS = Bands((1_000.0, 2_000.0, 5_000.0, 10_000.0), (1, 7, 14, 28))
RUNS, LEAST, MOST = 1_000, 33, 69  # p <= 0.05 in so many runs: 95 % of the binomial, and a little


def scatter(seed: int, count: int = 300) -> gpd.GeoDataFrame:
    """Put incidents into a square of 12 km and 40 days, places and days apart from each other."""
    rng = np.random.default_rng(seed)
    east_m, north_m = rng.uniform(0, 12_000, (2, count))
    days = np.datetime64("2025-01-01") + rng.integers(0, 40, count)
    points = gpd.points_from_xy(67 + east_m / 96_486, 30 + north_m / 110_850)
    return gpd.GeoDataFrame({"date": days}, geometry=points, crs=4326)


def find_p(table: gpd.GeoDataFrame, seed: int, draws: int = 1, permutations: int = 99) -> float:
    """Find the p-value of the nearest and soonest cell."""
    source = IncidentDraws.of(table, "test", draws=draws, seed=seed)
    drawn = DrawnIncidents.of(source, np.arange(len(table)))
    counts = count_knox(drawn, BANDS, permutations, np.random.default_rng(seed))
    return float(counts.find_p_values()[0][0, 0])


def make_drawn(lon: np.ndarray, lat: np.ndarray, days: np.ndarray) -> DrawnIncidents:
    return DrawnIncidents(to_cartesian(lon, lat)[None], np.asarray(days, dtype="int32")[None])


def test_independent_places_and_days_are_significant_as_often_as_the_level_says():
    significant = sum(find_p(scatter(seed), seed) <= 0.05 for seed in range(RUNS))
    assert LEAST <= significant <= MOST


def test_places_rounded_to_points_of_a_gazetteer_keep_the_level():
    """Some 30 incidents stand on each point, with 10 km of error: no repeats because of that."""
    significant = 0
    for seed in range(400):
        table = scatter(seed)
        towns = shapely.set_precision(table.geometry.to_numpy(), 0.05)
        table = table.set_geometry(towns, crs=4326).assign(uncertainty_m=10_000.0)
        significant += find_p(table, seed, draws=9) <= 0.05
    assert 9 <= significant <= 33  # 20 are expected


def test_repeats_are_found():
    """Every fourth incident is followed by another within 500 m and a day."""
    table = scatter(0)
    after = table.iloc[::4].copy()
    after["date"] += pd.Timedelta(days=1)
    after = after.set_geometry(after.translate(0.002, 0.002))
    assert find_p(pd.concat([table, after], ignore_index=True), 0, permutations=999) == 0.001


@pytest.mark.parametrize(
    ("lon", "lat"), [(67.0, 30.0), (179.99, -17.0), (25.0, 89.96), (-70.0, -89.97), (0.0, 0.0)]
)
def test_every_pair_is_in_its_cell_anywhere_on_the_globe(lon, lat):
    rng = np.random.default_rng(1)
    lon = (lon + rng.uniform(-0.06, 0.06, 250) / np.cos(np.radians(lat)) + 180) % 360 - 180
    lat = np.clip(lat + rng.uniform(-0.06, 0.06, 250), -90, 90)
    days = rng.integers(0, 60, 250)
    counts = count_knox(make_drawn(lon, lat, days), BANDS, 1, rng)
    one, other = np.triu_indices(250, 1)
    away_m = geodesic_distance_m(lon[one], lat[one], lon[other], lat[other])
    edges = [-1, *BANDS.distances_m], [-1, *BANDS.days]
    expected, *_ = np.histogram2d(
        np.nextafter(away_m, 0), abs(days[one] - days[other]) - 0.5, bins=edges
    )
    assert (counts.observed[0] == expected).all()


def test_the_expected_pairs_are_those_of_independence():
    """Pairs near in space times the share of pairs near in time: the mean of all permutations."""
    rng = np.random.default_rng(3)
    lon, lat = rng.uniform(67, 67.2, 200), rng.uniform(30, 30.2, 200)
    counts = count_knox(make_drawn(lon, lat, rng.integers(0, 90, 200)), BANDS, 2_000, rng)
    permuted = counts.tested[0]
    error = permuted.std(axis=0) / np.sqrt(len(permuted))
    assert (abs(permuted.mean(axis=0) - counts.expected[0]) < 4 * error).all()


def test_expected_pairs_are_those_of_the_near_repeat_calculator():
    """522 arsons of Chicago in 2016: what the calculator (version 1.3, J. H. Ratcliffe) observed,
    and the means of its 99 permutations, as printed in ``inst/extdata`` of NearRepeat (W.
    Steenbeek, R package version 0.1.1).

    The columns are 0, 1, 2 and more days, the rows 0, up to 200, 400, 600 and more metres.
    """
    observed = np.array(
        [
            [0, 2, 0, 8],
            [9, 1, 1, 45],
            [4, 0, 0, 140],
            [6, 0, 0, 234],
            [393, 710, 770, 133_658],
        ]
    )
    means = np.array(
        [
            [0.0101, 0.0707, 0.0909, 9.8283],
            [0.1212, 0.2727, 0.2525, 55.3535],
            [0.3434, 0.7677, 0.8384, 142.0505],
            [0.7778, 1.1616, 1.3535, 236.7071],
            [410.7475, 710.7273, 768.4646, 133_641.0606],
        ]
    )
    expected = observed.sum(axis=1, keepdims=True) * observed.sum(axis=0) / observed.sum()
    assert observed.sum() == 522 * 521 / 2
    near = expected[:4, :3]  # where counts are nearly those of Poisson
    assert (abs(means[:4, :3] - near) < 3 * np.sqrt(near / 99)).all()
    assert means == pytest.approx(expected, rel=0.002, abs=0.25)


def test_the_lymphomas_of_uganda_come_out_as_pointpats_documents_them():
    """188 cases of Burkitt's lymphoma (Williams et al. 1978), 20 units and 5 days: 13 pairs, 10.14
    expected, and a p-value of 0.17 to 0.21, as documented by ``pointpats.Knox``.

    A unit stands for a metre here, near the equator.
    """
    cases = gpd.read_file(libpysal.examples.get_path("burkitt.shp"))
    east_m, north_m = (cases[name] - cases[name].mean() for name in ("X", "Y"))
    lon, lat = (east_m / 111_319.49).to_numpy(), (north_m / 110_574.28).to_numpy()
    bands = Bands((20.01,), (5,))  # a little more, for pairs at 20 exactly
    drawn = make_drawn(lon, lat, cases["T"].to_numpy())
    counts = count_knox(drawn, bands, 999, np.random.default_rng(0))
    assert counts.observed.item() == 13
    assert counts.expected.item() == pytest.approx(10.1438161)
    assert counts.find_p_values()[0].item() == pytest.approx(0.19, abs=0.04)


def test_p_values_count_ties_and_the_observed_itself():
    tested = np.array([3, 5, 2, 9]).reshape(1, 4, 1, 1)
    counts = KnoxCounts(np.full((1, 1, 1), 5), np.ones((1, 1, 1)), tested)
    assert counts.find_p_values()[0].item() == 3 / 5
    assert counts.find_significant_share().item() == 0


def test_an_adjusted_p_value_is_that_of_the_least_of_all_cells():
    """Independent cells: 1 - (1 - p) to the power of their number."""
    rng = np.random.default_rng(2)
    tested = rng.normal(size=(1, 9_999, 4, 4))
    observed = np.full((1, 4, 4), 3.0)
    each, adjusted = KnoxCounts(observed, observed, tested).find_p_values()
    assert adjusted == pytest.approx(1 - (1 - each) ** 16, rel=0.25)
    assert (adjusted >= each).all()


def test_exact_incidents_are_drawn_once():
    source = IncidentDraws.of(scatter(0), "test", draws=199)
    assert DrawnIncidents.of(source, np.arange(300)).days.shape == (1, 300)


def test_a_large_table_is_tested_in_fewer_draws(monkeypatch):
    """Pairs and expected pairs are those of all draws, p-values those of the first."""
    monkeypatch.setattr("geosec.analysis.knox._MOST_WORK", 1.0)
    rng = np.random.default_rng(0)
    points = to_cartesian(rng.uniform(67, 67.1, (9, 50)), rng.uniform(30, 30.1, (9, 50)))
    days = rng.integers(0, 30, (9, 50)).astype("int32")
    counts = count_knox(DrawnIncidents(points, days), BANDS, 19, rng)
    assert (len(counts.observed), len(counts.expected), len(counts.tested)) == (9, 9, 5)
