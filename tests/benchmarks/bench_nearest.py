"""How the time of ``geosec.nearest`` grows with k, to targets beyond the reach of the series.

Run it by hand: ``python tests/benchmarks/bench_nearest.py``. Each figure is the least processor
time of three; it ends with 1 where a pair at the largest k costs four times that of the smallest.
"""

from __future__ import annotations

import sys
import time

import geopandas as gpd
import numpy as np

import geosec

COUNT = 2_048  # of targets, all of them 600 to 2,500 km away
SIZES = (64, 128, 256, 512, 1_024, 2_048)
ROUNDS = 3
MOST = 4.0
PLACES = ("Gwadar", "Turbat", "Pasni", "Jiwani")


def spread_targets() -> gpd.GeoDataFrame:
    """Spread targets over the north-east, far from the coast of Makran."""
    rng = np.random.default_rng(4)
    lon, lat = rng.uniform(70, 85, COUNT), rng.uniform(31, 40, COUNT)
    return gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs="EPSG:4326")


def main() -> int:
    """Print the time by k, and say whether it grows with k and no faster."""
    located, targets = geosec.geocode(PLACES), spread_targets()
    geosec.nearest(located, targets, k=2)
    each_us = []
    for k in SIZES:
        spent = []
        for _ in range(ROUNDS):
            started = time.process_time()
            pairs = len(geosec.nearest(located, targets, k=k))
            spent.append(time.process_time() - started)
        each_us.append(min(spent) / pairs * 1e6)
        print(f"k {k:>5,}: {min(spent):6.2f} s, {pairs:>6,} pairs, {each_us[-1]:6.0f} us each")
    ratio = each_us[-1] / each_us[0]
    print(f"a pair at k {SIZES[-1]:,} costs {ratio:.2f} of one at k {SIZES[0]} (at most {MOST})")
    return int(ratio > MOST)


if __name__ == "__main__":
    sys.exit(main())
