"""A report of 72 to 10,000 incidents: processor seconds of each part, and bytes of the page.

Run it by hand: ``python tests/benchmarks/bench_analyses_report.py [rows ...]``. The incidents are
those that come with geosec, repeated with days and places moved at random; a first report compiles
the loops and is not counted. Seconds are of the processor, all threads together.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from alone import head

import geosec
from geosec.report.outline import WRITERS

SIZES = (72, 1_000, 10_000)


def make_located(count: int) -> gpd.GeoDataFrame:
    """Repeat the incidents that come with geosec, each as another place on another day."""
    incidents, _ = geosec.read_incidents(geosec.example_path())
    located = geosec.geocode(incidents)
    if count > len(located):
        random = np.random.default_rng(0)
        rows = random.integers(0, len(located), count)
        located = located.iloc[rows].reset_index(drop=True)
        at = located.geometry
        lon, lat = (each + random.normal(0, 0.1, count) for each in (at.x, at.y))
        located["geometry"] = gpd.points_from_xy(lon, lat, crs=4326)
        days = pd.to_timedelta(random.integers(-400, 400, count), unit="D")
        located["date"] = located["date"] + days
        located = located.assign(footprint=gpd.GeoSeries([None] * count, crs=4326))
    return geosec.locate_on_rail(geosec.assign_boundaries(located))


def write(located: gpd.GeoDataFrame, sections: list[str]) -> tuple[float, int]:
    """Write a report, and give its seconds and bytes."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.process_time()
        path = geosec.write_report(located, Path(folder) / "report.html", sections=sections)
        return time.process_time() - started, path.stat().st_size


def main(sizes: list[int]) -> None:
    """Print the table."""
    write(make_located(72), list(WRITERS))
    head("rows", *WRITERS, "all", "MB")
    for count in sizes:
        located = make_located(count)
        parts = [write(located, [name])[0] for name in WRITERS]
        seconds, size = write(located, list(WRITERS))
        cells = [f"{each:.1f}" for each in (*parts, seconds)]
        print(f"| {count:,} | {' | '.join(cells)} | {size / 1e6:.2f} |", flush=True)


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or list(SIZES))
