"""Trends of counts: how fast, how often they are false, and how many are found.

Run it by hand: ``python tests/benchmarks/bench_analyses_trends.py [incidents [draws]]``. Times are
of the processor, with the loops compiled. `pymannkendall` is asked for the trend of each series of
each draw, as a loop over its functions would be; 200 of them are timed and the time is scaled up.
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
from geosec.analysis.series_trends import find_trends

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


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    asked = [int(each) for each in sys.argv[1:]]
    measure_speed(*(asked + [100_000, 199][len(asked) :]))
    measure_alarms()
