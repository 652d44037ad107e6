"""How long ``geosec.assign_boundaries`` takes with polygons of the user's own, beside ``sjoin``.

Run it by hand: ``python tests/benchmarks/bench_own_layers.py [points [units]]``. Units are cells of
Voronoi round random seeds, their borders roughened to 33 vertices a unit or so; points are exact.
Both start with layers that nobody has asked yet, as in the first call of a session, and then again
with layers that were asked before, whose indexes both keep. Each figure is the least of five
rounds, taken in turns; it ends with 1 where the first call takes more than 1.5 times as long.
"""

from __future__ import annotations

import sys
import time

import geopandas as gpd
import numpy as np
import shapely
from alone import machine

import geosec

POINTS, UNITS = 100_000, 10_000
ROUNDS = 5
MOST = 1.5
BOX = (20.0, 40.0, 40.0, 55.0)


def make_units(count: int) -> gpd.GeoDataFrame:
    """Cut a box into units."""
    numbers = np.random.default_rng(0)
    seeds = shapely.MultiPoint(numbers.uniform(BOX[:2], BOX[2:], (count, 2)))
    cells = shapely.get_parts(shapely.voronoi_polygons(seeds, extend_to=shapely.box(*BOX)))
    cells = shapely.segmentize(shapely.intersection(cells, shapely.box(*BOX)), 0.02)
    return gpd.GeoDataFrame({"name": [f"U{at}" for at in range(count)]}, geometry=cells, crs=4326)


def scatter(count: int) -> gpd.GeoDataFrame:
    numbers = np.random.default_rng(1)
    lon, lat = numbers.uniform(BOX[0] - 1, BOX[2] + 1, count), numbers.uniform(39, 56, count)
    return gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)


def renew(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Make a layer of new polygons, for which neither side has kept anything."""
    shapes = shapely.from_wkb(shapely.to_wkb(layer.geometry.to_numpy()))
    return gpd.GeoDataFrame(layer.drop(columns="geometry"), geometry=shapes, crs=layer.crs)


def main(points: int = POINTS, count: int = UNITS) -> int:
    """Print both times and their ratio, and say whether the answers are the same."""
    print(machine())
    fixes, units = scatter(points), make_units(count)
    ways = {
        "sjoin": lambda layer: gpd.sjoin(fixes, layer, how="left")["name"],
        "assign_boundaries": lambda layer: geosec.assign_boundaries(fixes, boundaries=layer)[
            "adm2_name"
        ],
    }
    answers = {name: ask(units) for name, ask in ways.items()}
    joined = answers["sjoin"][~answers["sjoin"].index.duplicated()]
    same = (joined.fillna("") == answers["assign_boundaries"].fillna("")).mean()
    vertices = shapely.get_num_coordinates(units.geometry.to_numpy()).mean()
    print(f"{points:,} points, {count:,} units of {vertices:.0f} vertices; same answer: {same:.3%}")
    ratios = []
    for kind, give in (("first call", lambda: renew(units)), ("again", lambda: units)):
        spent: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(ROUNDS):
            for name, ask in ways.items():
                layer = give()
                started = time.perf_counter()
                ask(layer)
                spent[name].append(time.perf_counter() - started)
        best = {name: min(seconds) for name, seconds in spent.items()}
        ratios.append(best["assign_boundaries"] / best["sjoin"])
        told = ", ".join(f"{name} {seconds * 1000:.0f} ms" for name, seconds in best.items())
        print(f"{kind}: {told}: {ratios[-1]:.2f} times")
    return int(ratios[0] > MOST or same < 1)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
