"""Near repeats and clusters: how fast, in how much memory, beside pointpats and scikit-learn.

Run it by hand: ``python tests/benchmarks/bench_analyses_repeats.py [incidents]``. Times are of the
processor, with the loops compiled. `pointpats` permutes the dates for one cell, nine times, which
is scaled up; the Knox test here has all 16 cells.
"""

from __future__ import annotations

import resource
import sys
import time
import warnings
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
from sklearn.cluster import DBSCAN

import geosec
from geosec.geodesy.geodesics import to_cartesian

if TYPE_CHECKING:
    from collections.abc import Callable

PERMUTATIONS = 999


def make_incidents(count: int, radius_m: float) -> gpd.GeoDataFrame:
    """Put half of the incidents about twenty towns and half anywhere, on days of ten years."""
    random = np.random.default_rng(0)
    towns = random.uniform([62, 25], [74, 36], (20, 2))
    near = towns[random.integers(0, 20, count // 2)] + random.normal(0, 0.06, (count // 2, 2))
    anywhere = random.uniform([62, 25], [74, 36], (count - count // 2, 2))
    days = pd.Timestamp("2010-01-01") + pd.to_timedelta(random.integers(0, 3_652, count), "D")
    points = gpd.points_from_xy(*np.vstack([near, anywhere]).T)
    incidents = gpd.GeoDataFrame({"date": days}, geometry=points, crs=4326)
    return geosec.with_uncertainty(incidents, uncertainty_m=radius_m)


def measure(call: Callable[[], Any]) -> tuple[Any, float, float]:
    """Give what a call gives, its seconds of the processor, and those on the clock."""
    clock, spent = time.perf_counter(), time.process_time()
    found = call()
    return found, time.process_time() - spent, time.perf_counter() - clock


def measure_repeats(count: int) -> None:
    """Print the time of the Knox test of exact incidents, and of some known to 5 km."""
    for radius_m in (0, 5_000):
        incidents = make_incidents(count, radius_m)
        geosec.find_near_repeats(incidents[:200], permutations=19, draws=3)
        found, spent, clock = measure(
            lambda table=incidents: geosec.find_near_repeats(table, permutations=PERMUTATIONS)
        )
        told = found.table.attrs["geosec_steps"]["find_near_repeats"]
        print(
            f"find_near_repeats, {count:,} incidents known to {radius_m:,} m x {PERMUTATIONS} "
            f"permutations, 16 cells, {told['tested_draws']} draws tested: {spent:.1f} s of the "
            f"processor, {clock:.1f} s on the clock, {len(found.pairs):,} pairs"
        )
    measure_pointpats(make_incidents(count, 0))


def measure_pointpats(incidents: gpd.GeoDataFrame) -> None:
    """Print the time of pointpats for one cell, where it is installed."""
    try:
        from pointpats.spacetime import Knox  # noqa: PLC0415 - not in any extra
    except ImportError:
        print("pointpats is not installed")
        return
    flat = incidents.to_crs(geosec.metric_crs(incidents)).get_coordinates().to_numpy()
    days = incidents["date"].to_numpy().astype("datetime64[D]").astype(float)[:, None]
    spent = [
        measure(lambda times=times: Knox(flat, days, 10_000, 28, permutations=times))[1]
        for times in (1, 10)
    ]
    each = (spent[1] - spent[0]) / 9
    whole = spent[0] + each * (PERMUTATIONS - 1)
    print(
        f"pointpats.Knox, one cell: {spent[0]:.1f} s and {each:.1f} s a permutation: {whole:.0f} s"
    )


def measure_clusters(count: int) -> None:
    """Print the time of clusters of incidents known to 2 km, and of scikit-learn."""
    incidents = make_incidents(count, 2_000)
    geosec.find_clusters(incidents[:200], draws=3)
    found, spent, clock = measure(lambda: geosec.find_clusters(incidents, distance_m=3_000))
    points = to_cartesian(*incidents.get_coordinates().to_numpy().T)
    _, theirs, _ = measure(lambda: DBSCAN(eps=3_000, min_samples=5).fit(points))
    print(
        f"find_clusters, {count:,} incidents x 199 draws: {spent:.1f} s of the processor, "
        f"{clock:.1f} s on the clock, {len(found.clusters)} clusters; scikit-learn's DBSCAN "
        f"{theirs:.1f} s a draw, {200 * theirs:.0f} s for all"
    )


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    measure_clusters(asked or 100_000)
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")
    measure_repeats(asked or 20_000)
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")
