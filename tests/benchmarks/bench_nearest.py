"""Nearest railway line, against GeoPandas in UTM, in one run.

Run it by hand: ``python tests/benchmarks/bench_nearest.py [rows]``.
"""

from __future__ import annotations

import sys
import time

import geopandas as gpd
import numpy as np

import geosec
from geosec.geodesy.kernels import foot_on_segment
from geosec.geodesy.segments import SegmentIndex

CHECKED = 500


def main(rows: int = 100_000) -> None:
    """Print seconds, the ratio, and the worst error of each against every edge of every line."""
    random = np.random.default_rng(0)
    lon, lat = random.uniform(61, 77, rows), random.uniform(24, 37, rows)
    lines = geosec.load_rail_lines()

    started = time.perf_counter()
    ours_m = SegmentIndex(lines).distance_m(lon, lat)
    ours_s = time.perf_counter() - started

    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)
    started = time.perf_counter()
    joined = gpd.sjoin_nearest(
        points.to_crs(32642), lines[["geometry"]].to_crs(32642), distance_col="distance_m"
    )
    theirs_s = time.perf_counter() - started
    theirs_m = joined[~joined.index.duplicated()]["distance_m"].to_numpy()

    xy = [np.array(line.coords) for line in lines.geometry]
    start = np.concatenate([each[:-1] for each in xy])
    stop = np.concatenate([each[1:] for each in xy])
    some = slice(0, CHECKED)
    exact_m = foot_on_segment(lon[some, None], lat[some, None], *start.T, *stop.T).distance_m.min(
        axis=1
    )
    print(f"{rows:,} points, {len(lines)} lines of {len(start)} edges")
    print(f"{'':28}{'seconds':>9}{'worst error':>14}")
    for name, seconds, found_m in (
        ("geosec", ours_s, ours_m),
        ("geopandas sjoin_nearest, UTM", theirs_s, theirs_m),
    ):
        print(f"{name:28}{seconds:9.2f}{np.abs(found_m[some] - exact_m).max():12.3f} m")
    print(f"geosec takes {ours_s / theirs_s:.1f} times as long")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
