"""Trends of counts and emerging hot spots: how fast, how often they are false, how many are found.

Run it by hand: ``python tests/benchmarks/bench_analyses_trends.py [incidents [draws]]``. Times are
of the processor, with the loops compiled. `pymannkendall` is asked for the trend of each series of
each draw, as a loop over its functions would be; 200 of them are timed and the time is scaled up.
The peer of emerging hot spots is 999 shuffles of the bins of each draw, of which two are timed.
"""

from __future__ import annotations

import sys
import time
import warnings

import geopandas as gpd
import numpy as np
import pandas as pd
import pymannkendall

import geosec
from geosec.analysis.incident_draws import IncidentDraws
from geosec.analysis.local_statistics import adjust_p, find_normal_p, find_pseudo_p
from geosec.analysis.neighbours import Neighbours
from geosec.analysis.series_trends import find_trends
from geosec.analysis.space_time_gi_star import Windows, measure_bins
from geosec.analysis.units import Units

ROUNDS = 1_000
SPAN = {"since": "2010-01-01", "until": "2024-12-31"}
TESTS = {
    "plain": pymannkendall.original_test,
    "pre-whitening": pymannkendall.pre_whitening_modification_test,
    "trend-free": pymannkendall.trend_free_pre_whitening_modification_test,
    "Hamed-Rao": pymannkendall.hamed_rao_modification_test,
    "Yue-Wang": pymannkendall.yue_wang_modification_test,
}


def make_incidents(count: int) -> gpd.GeoDataFrame:
    """Put incidents about the middles of districts, on days of fifteen years."""
    random = np.random.default_rng(0)
    districts = geosec.load_boundaries("adm2")
    middle = districts.geometry.representative_point().sample(count, replace=True, random_state=0)
    lon, lat = (each.to_numpy() + random.normal(0, 0.1, count) for each in (middle.x, middle.y))
    days = pd.Timestamp("2010-01-01") + pd.to_timedelta(random.integers(0, 5_479, count), "D")
    points = gpd.GeoDataFrame({"date": days}, geometry=gpd.points_from_xy(lon, lat), crs=4326)
    return geosec.with_uncertainty(points, uncertainty_m=random.choice([2e3, 5e3, 25e3], count))


def simulate(runs: int, periods: int, correlation: float, slope: float) -> np.ndarray:
    """Simulate counts about a line, each period like the one before as far as it says."""
    random = np.random.default_rng(0)
    noise = random.standard_normal((runs, periods + 50))
    for at in range(1, periods + 50):
        noise[:, at] += correlation * noise[:, at - 1]
    line = 10 + slope * np.arange(periods)
    noise = noise[:, 50:] * np.sqrt((1 - correlation**2) * line)
    return np.maximum(np.round(line + noise), 0)


def measure_alarms() -> None:
    """Print how many of the series are said to have a trend."""
    print("share of series with a trend:", *["geosec", *TESTS], sep="\t")
    for slope in (0.0, 0.3):
        for periods in (8, 12, 20, 36, 72):
            for correlation in (0.0, 0.3, 0.6):
                series = simulate(ROUNDS, periods, correlation, slope)
                shares = [(find_trends(series).p_value <= 0.05).mean()]
                shares += [
                    np.mean([test(values).h for values in series]) for test in TESTS.values()
                ]
                told = f"slope {slope}, {periods} periods, correlation {correlation}"
                print(told, *(f"{share:.3f}" for share in shares), sep="\t")


def measure_speed(count: int, draws: int) -> None:
    """Print the time of the verb by district and month, and of the peer."""
    incidents = make_incidents(count)
    geosec.count_trends(incidents[:100], draws=9, **SPAN)
    for period in ("year", "month"):
        begin = time.process_time()
        found = geosec.count_trends(incidents, "adm2", period, draws=draws, **SPAN)
        seconds = time.process_time() - begin
        tested = int(found.trends["reason"].isna().sum())
        periods = len(found.counts) // len(found.trends)
        series = np.random.default_rng(1).poisson(5, (200, periods)).astype(float)
        begin = time.process_time()
        for values in series:
            pymannkendall.pre_whitening_modification_test(values)
        peer = (time.process_time() - begin) / len(series) * tested * draws
        print(
            f"{count:,} incidents x {draws} draws, {tested} districts, {periods} {period}s: "
            f"{seconds:.1f} s; pymannkendall for the tests alone {peer:.0f} s "
            f"({peer / seconds:.0f}x)"
        )


def make_bins(neighbours: Neighbours, periods: int) -> Neighbours:
    """Make the neighbours of each unit in each period: those of it, and of the period before."""
    own = neighbours.with_self()
    focal = np.repeat(np.arange(len(neighbours)), np.diff(own.starts))
    at = np.arange(periods)
    now = (focal[:, None] * periods + at).ravel(), (own.members[:, None] * periods + at).ravel()
    first, second = now[0][now[0] % periods > 0], now[1][now[1] % periods > 0] - 1
    pairs = np.append(now[0], first), np.append(now[1], second)
    return Neighbours.of(*pairs, np.ones(len(pairs[0])), len(neighbours) * periods)


def measure_emerging(count: int, draws: int) -> None:
    """Print the time of emerging hot spots, and how often nothing is said to be hot."""
    incidents = make_incidents(count)
    geosec.classify_emerging_hot_spots(incidents[:200], draws=9, **SPAN)
    begin = time.process_time()
    spots = geosec.classify_emerging_hot_spots(incidents, draws=draws, **SPAN)
    seconds = time.process_time() - begin
    units = Units.read("adm2", IncidentDraws.of(incidents[:1], "bench"))
    neighbours = Neighbours.read("queen", units)
    bins = make_bins(neighbours, 180)
    random = np.random.default_rng(2)
    values = random.poisson(count / bins.starts.size, (2, len(bins))).astype(float)
    begin = time.process_time()
    find_pseudo_p(values, bins, "gi_star", (999, 20), 0)
    peer = (time.process_time() - begin) / 2 * draws
    print(
        f"{count:,} incidents x {draws} draws, {len(spots)} districts, 180 months: emerging hot "
        f"spots {seconds:.1f} s; shuffles for p alone {peer:.0f} s ({peer / seconds:.0f}x)"
    )
    windows = Windows.of(neighbours, 24, 1)
    for mean in (0.02, 0.1, 0.5, 3.0):
        told = [measure_bins(random.poisson(mean, (len(units), 24)), windows) for _ in range(200)]
        p = np.array([each.p.ravel() for each in told])
        normal = find_normal_p(np.array([each.z.ravel() for each in told]))
        shares = [(adjust_p(each) <= 0.05).any(axis=1).mean() for each in (p, normal)]
        print(
            f"tables without a hot spot, {mean} a bin: hot {shares[0]:.3f}, normal {shares[1]:.3f}"
        )


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    asked = [int(each) for each in sys.argv[1:]]
    size = asked + [100_000, 199][len(asked) :]
    measure_speed(*size)
    measure_emerging(*size)
    measure_alarms()
