"""How the time and the memory of geosec grow with the rows, and with the targets.

Run it by hand: ``python tests/benchmarks/bench_growth.py [rows]``, up to 10,000,000 rows, which
take several GB, or as many as are said. Every figure is the median of three processes.
"""

from __future__ import annotations

import sys
from statistics import median

import geopandas as gpd
import numpy as np
import peers
import shapely
from alone import alone, cost_of, head, machine, tell

from geosec.geodesy.segments import SegmentIndex

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
TARGETS = (10, 100, 1_000, 10_000, 100_000)
ROWS = 100_000
ROUNDS = 3
WARM = 5_000
LINE_DEG = 0.2  # the four edges of a random line


def points(count: int) -> gpd.GeoSeries:
    """Spread points over the same ground."""
    return peers.make_incidents(count, seed=1).geometry


def lines(count: int) -> gpd.GeoSeries:
    """Walk from each of as many points in four random steps."""
    start = shapely.get_coordinates(points(count).to_numpy())[:, None]
    steps = np.random.default_rng(2).normal(0, LINE_DEG / 2, (count, 4, 2)).cumsum(axis=1)
    return gpd.GeoSeries(shapely.linestrings(np.hstack([start, start + steps])), crs=4326)


MAKERS = {each.__name__: each for each in (points, lines)}


def the_job(rows: int) -> None:
    """Tell what the whole job of `peers` costs, table to table."""
    layers, incidents = peers.load_layers(), peers.make_incidents(rows)
    peers.geosec(incidents.iloc[:WARM], layers)
    tell(cost_of(lambda: peers.geosec(incidents, layers))[0])


def a_search(targets: gpd.GeoSeries, rows: int) -> None:
    """Tell what the nearest of targets costs, arrays to arrays, and the index before it."""
    incidents = peers.make_incidents(rows).geometry
    lon, lat = incidents.x.to_numpy(), incidents.y.to_numpy()
    SegmentIndex(targets.iloc[:10]).project(lon[:WARM], lat[:WARM])
    build, index = cost_of(lambda: SegmentIndex(targets))
    search, _ = cost_of(lambda: index.project(lon, lat))
    tell(search | {"build_s": build["seconds"], "build_mb": build["peak_mb"]})


def medians(*words: object) -> dict[str, float]:
    """Run three processes and take the median of each figure."""
    runs = [alone(__file__, *words) for _ in range(ROUNDS)]
    return {figure: median(run[figure] for run in runs) for figure in runs[0]}


def cells(cost: dict[str, float], rows: int) -> str:
    """Write seconds, nanoseconds a row and peak memory."""
    each_ns = cost["seconds"] / rows * 1e9
    return f"{cost['seconds']:.3f} | {each_ns:,.0f} | {cost['peak_mb']:,.0f}"


def main(most: int = SIZES[-1]) -> None:
    """Print both tables, in Markdown."""
    print(machine())
    each = ("seconds", "ns a row", "peak memory, MB")
    head("rows", *each, *(f"nearest edge alone, {what}" for what in each))
    for rows in (size for size in SIZES if size <= most):
        job, search = medians("--job", rows), medians("--search", "edges", 0, rows)
        print(f"| {rows:,} | {cells(job, rows)} | {cells(search, rows)} |", flush=True)
    head(f"targets, {ROWS:,} rows", "index, s", "index, MB", *(f"search, {what}" for what in each))
    for kind in MAKERS:
        for count in TARGETS:
            cost = medians("--search", kind, count, ROWS)
            built = f"{cost['build_s']:.3f} | {cost['build_mb']:,.0f}"
            print(f"| {count:,} {kind} | {built} | {cells(cost, ROWS)} |", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--job"]:
        the_job(int(sys.argv[2]))
    elif sys.argv[1:2] == ["--search"]:
        kind, count, rows = sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
        here = MAKERS[kind](count) if kind in MAKERS else peers.load_layers().edges.geometry
        a_search(here, rows)
    else:
        main(*map(int, sys.argv[1:]))
