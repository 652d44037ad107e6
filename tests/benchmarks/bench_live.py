"""Inserts, moves and questions a second of the live index, against two peers in one run.

The peers: the batch index built anew after each change, and an R-tree in plain degrees, which is
wrong; its wrong answers are counted. Run it by hand: ``python tests/benchmarks/bench_live.py
[points] [updates]``. One process, one core.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
from rtree import index

import geosec
from geosec.geodesy.segments import SegmentIndex

if TYPE_CHECKING:
    from collections.abc import Callable

WITHIN_M = 10_000.0
BATCH = 10_000
K = 10
TOWNS = 2_000  # geocoded incidents share places
TOWN = (67.0, 30.18)


def points(random: np.random.Generator, count: int) -> gpd.GeoSeries:
    """Incidents spread evenly over a box round Pakistan."""
    lon, lat = random.uniform(61, 77, count), random.uniform(24, 37, count)
    return gpd.GeoSeries.from_xy(lon, lat, index=[f"i{row}" for row in range(count)], crs=4326)


def resident_mb() -> float:
    """Memory of this process now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def timed(what: str, count: int, work: Callable[[], Any]) -> Any:
    """Print how many times a second, and what one costs."""
    started = time.perf_counter()
    done = work()
    each_s = (time.perf_counter() - started) / count
    print(f"{what:40}{1 / each_s:12,.0f} a second{each_s * 1e6:14,.1f} us")
    return done


def degrees_peer(first: gpd.GeoSeries, moved: gpd.GeoSeries) -> index.Index:
    """Do the same changes in an R-tree of longitudes and latitudes, with its own settings."""
    tree = index.Index()
    old = np.column_stack([first.x, first.y, first.x, first.y]).tolist()
    new = np.column_stack([moved.x, moved.y, moved.x, moved.y]).tolist()

    def insert() -> None:
        for row, box in enumerate(old):
            tree.insert(row, box)

    def update() -> None:
        for row, box in enumerate(new):
            tree.delete(row, old[row])
            tree.insert(row, box)

    timed("rtree in degrees: insert", len(old), insert)
    timed("rtree in degrees: update", len(new), update)
    return tree


def batch_peer(now: gpd.GeoSeries, asked: list[tuple[float, float]]) -> SegmentIndex:
    """Build the batch index anew, as each change needs before the next question."""
    batch = timed("batch index: update (built anew)", 1, lambda: SegmentIndex(now))
    lon, lat = np.array(asked).T
    timed(
        "batch index: nearest, one point a call",
        200,
        lambda: [batch.nearest(lon[row : row + 1], lat[row : row + 1]) for row in range(200)],
    )
    timed(f"batch index: nearest, {len(lon):,} a call", len(lon), lambda: batch.nearest(lon, lat))
    return batch


def main(count: int = 100_000, updates: int = 10_000) -> None:
    """Print rates and memory, and the peers' beside them."""
    random = np.random.default_rng(0)
    first, moved, asking = points(random, count), points(random, updates), points(random, BATCH)
    asked = list(zip(asking.x, asking.y, strict=True))
    rows = list(zip(first.index, first.x, first.y, strict=True))
    print(f"{count:,} points, {updates:,} moved, {len(asked):,} questions")

    before_mb = resident_mb()
    live = timed("geosec: from_points", count, lambda: geosec.LiveIndex.from_points(first))
    memory_mb = resident_mb() - before_mb
    grown = geosec.LiveIndex()
    timed("geosec: insert", count, lambda: [grown.insert(*row) for row in rows])
    timed("geosec: delete", updates, lambda: [grown.delete(row[0]) for row in rows[:updates]])
    moves = list(zip(moved.index, moved.x, moved.y, strict=True))
    timed("geosec: update", updates, lambda: [live.update(*move) for move in moves])
    nearest = timed("geosec: nearest", BATCH, lambda: [live.nearest(*each) for each in asked])
    timed(f"geosec: nearest {K}", BATCH, lambda: [live.nearest(*each, K) for each in asked])
    timed("geosec: within 10 km", BATCH, lambda: [live.within(*each, WITHIN_M) for each in asked])
    print(f"geosec: {memory_mb:.0f} MB, {memory_mb / count * 1e6:.0f} bytes a point")

    towns = points(random, TOWNS)
    shared = gpd.GeoSeries(towns.to_numpy()[random.integers(0, TOWNS, count)], first.index, 4326)
    crowd = timed(
        f"geosec: from_points, {TOWNS:,} places",
        count,
        lambda: geosec.LiveIndex.from_points(shared),
    )
    timed(
        "geosec: update, to one place",
        updates,
        lambda: [crowd.update(name, *TOWN) for name in shared.index[:updates]],
    )
    timed(f"geosec: nearest {K}", BATCH, lambda: [crowd.nearest(*each, K) for each in asked])

    now = gpd.GeoSeries([*moved, *first[updates:]], index=first.index, crs=4326)
    batch = batch_peer(now, asked)
    exact = batch.nearest(asking.x, asking.y)
    right = first.index[exact.target_idx]
    wrong = sum(found[0].id != name for found, name in zip(nearest, right, strict=True))
    print(f"geosec: {wrong} of {BATCH:,} nearest are not those of the batch index")

    tree = degrees_peer(first, moved)
    flat = timed(
        "rtree in degrees: nearest", BATCH, lambda: [next(tree.nearest(each * 2)) for each in asked]
    )
    wrong = int((np.array(flat) != exact.target_idx).sum())
    print(f"rtree in degrees: {wrong:,} of {BATCH:,} nearest are wrong")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
