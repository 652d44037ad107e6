"""Releases: how fast, and how near their mean comes to the truth when they are made again.

Run it by hand: ``python tests/benchmarks/bench_analyses_release.py [incidents]``. Times are of the
processor, with the loops compiled. The peer is the donut of `maskmypy`, seeds 0 to 199, where it is
installed; it masks points alone.
"""

from __future__ import annotations

import sys
import time
import warnings
from importlib.util import find_spec

import geopandas as gpd
import numpy as np
import pandas as pd

import geosec
from geosec.geodesy.geodesics import geodesic_distance_m

SECRET = "a secret of the benchmark alone"  # noqa: S105 - of the benchmark
ROUNDS = 200
DONUT_M = (2_000, 10_000)
TRUTH = (67.3317, 29.8646)


def make_incidents(count: int, seed: int = 0) -> gpd.GeoDataFrame:
    """Scatter incidents over Pakistan, on days of four years."""
    random = np.random.default_rng(seed)
    lon, lat = random.uniform(62, 73, count), random.uniform(25, 34, count)
    table = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)
    table["uncertainty_m"] = random.choice([0.0, 1_500, 5_000, 25_000], count)
    table["date"] = pd.Timestamp("2020-01-01") + pd.to_timedelta(
        random.integers(0, 1_500, count), "D"
    )
    return table.set_axis([f"{seed}-{row}" for row in range(count)])


def measure_speed(count: int) -> None:
    """Print the seconds of each kind of release, of an audit, and of the peer."""
    incidents = make_incidents(count)
    geosec.release(incidents[:100], "partner", secret=SECRET)
    kinds = (
        ("partner", {}),
        ("public", {}),
        ("public", {"unit": "h3:5"}),
        ("public", {"mask": "donut"}),
    )
    for audience, options in kinds:
        begin = time.process_time()
        released = geosec.release(incidents, audience, secret=SECRET, **options)
        print(f"{audience} {options}: {time.process_time() - begin:.1f} s, {count:,} incidents")
    begin = time.process_time()
    geosec.audit_release(incidents, released, secret=SECRET)
    print(f"audit: {time.process_time() - begin:.1f} s")
    if find_spec("maskmypy") is not None:
        from maskmypy import donut  # noqa: PLC0415 - the peer, where it is

        plane = incidents.to_crs(32642)
        begin = time.process_time()
        donut(plane, low=DONUT_M[0], high=DONUT_M[1], seed=0)
        print(f"maskmypy, donut: {time.process_time() - begin:.1f} s")


def measure_mean() -> None:
    """Print how far the mean of many releases of one incident lies from it."""
    told = []
    for seed in range(1, ROUNDS + 1):
        own = gpd.GeoDataFrame(geometry=gpd.points_from_xy(*np.transpose([TRUTH])), crs=4326)
        own = own.assign(uncertainty_m=0.0, date=pd.Timestamp("2025-01-01")).set_axis([f"x{seed}"])
        table = pd.concat([make_incidents(9, seed), own])
        released = geosec.release(table, "partner", secret=SECRET)
        told.append(released.geometry[released["date"] == "2025-01-01"].item())
    mean = np.mean([(point.x, point.y) for point in told], axis=0)
    print(f"mean of {ROUNDS} releases: {geodesic_distance_m(*TRUTH, *mean):,.0f} m from the truth")
    if find_spec("maskmypy") is not None:
        from maskmypy import donut  # noqa: PLC0415 - the peer, where it is

        plane = gpd.GeoDataFrame(geometry=gpd.points_from_xy([5e5], [33e5]), crs=32642)
        masked = [
            donut(plane, low=DONUT_M[0], high=DONUT_M[1], seed=seed).geometry.item()
            for seed in range(ROUNDS)
        ]
        mean = np.mean([(point.x - 5e5, point.y - 33e5) for point in masked], axis=0)
        print(f"maskmypy, donut: {np.hypot(*mean):,.0f} m from the truth")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    measure_speed(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    measure_mean()
