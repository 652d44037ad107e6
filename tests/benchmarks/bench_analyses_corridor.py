"""Rates on the sections of a route, and counts near stations, against GeoPandas' nearest joins.

Run it by hand: ``python tests/benchmarks/bench_analyses_corridor.py [incidents]``. Half of the
incidents lie within tens of kilometres of the Jaffar Express' way, half anywhere in the country;
their radii are those of coded events. The peer joins one draw of all of them at a time in a plane
in metres (EPSG:32642), as a script would, and is timed on few draws: its seconds are those, scaled.
On a machine that others use, processor time is the figure to look at.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
from alone import cost_of, head, machine

import geosec

if TYPE_CHECKING:
    from collections.abc import Callable

INCIDENTS, DRAWS, PEER_DRAWS = 100_000, 199, 5
ROUTE, HALF_WIDTH_M, NEAR_M = "Jaffar Express", 10_000.0, 10_000.0
RADII_M, SHARES = (1_462.0, 4_677.0, 24_367.0), (0.4, 0.35, 0.25)
METRIC = 32642


def make_incidents(count: int) -> gpd.GeoDataFrame:
    random = np.random.default_rng(0)
    route = geosec.Route.named(ROUTE)
    near = route.interpolate(random.uniform(0, route.length_km, count // 2))
    far = count - len(near)
    lon = np.append(near.x + random.normal(0, 0.15, len(near)), random.uniform(62, 74, far))
    lat = np.append(near.y + random.normal(0, 0.15, len(near)), random.uniform(25, 35, far))
    days = pd.to_timedelta(random.integers(0, 5_000, count), unit="D")
    columns = {
        "date": pd.Timestamp("2010-01-01") + days,
        "uncertainty_m": random.choice(RADII_M, count, p=SHARES),
    }
    return gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(lon, lat), crs=4326)


def count_by_joins(
    incidents: gpd.GeoDataFrame, targets: gpd.GeoDataFrame, join: Callable[..., gpd.GeoDataFrame]
) -> pd.DataFrame:
    """Count the incidents of each target in a few draws, with one join for each draw."""
    plane = targets.to_crs(METRIC)
    places = geosec.sample(incidents, draws=PEER_DRAWS)
    counts = {}
    for draw in range(PEER_DRAWS):
        points = gpd.points_from_xy(*places[:, draw].T, crs=4326).to_crs(METRIC)
        joined = join(gpd.GeoDataFrame(geometry=points), plane[["geometry"]])
        counts[draw] = joined["index_right"].value_counts()
    return pd.DataFrame(counts).reindex(targets.index).fillna(0)


def join_nearest(points: gpd.GeoDataFrame, targets: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    plain = targets.rename_axis(None)
    return gpd.sjoin_nearest(points, plain, max_distance=HALF_WIDTH_M)


def join_within(points: gpd.GeoDataFrame, targets: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    plain = targets.rename_axis(None)
    return gpd.sjoin(points, plain, predicate="dwithin", distance=NEAR_M)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else INCIDENTS
    print(machine())
    few, incidents = make_incidents(500), make_incidents(count)
    stations = geosec.load_rail_stations()

    def rate(table: gpd.GeoDataFrame, fill: str = "learned") -> gpd.GeoDataFrame:
        return geosec.corridor_rates(table, ROUTE, by=50_000, fill=fill)

    def near(table: gpd.GeoDataFrame) -> pd.DataFrame:
        return geosec.count_near(table, stations, distance_m=NEAR_M)

    sections = rate(few)
    near(few)
    works: dict[str, Callable[[], pd.DataFrame]] = {
        "corridor_rates": lambda: rate(incidents),
        'corridor_rates(fill="even")': lambda: rate(incidents, "even"),
        "sjoin_nearest": lambda: count_by_joins(incidents, sections, join_nearest),
        "count_near": lambda: near(incidents),
        "sjoin(dwithin)": lambda: count_by_joins(incidents, stations, join_within),
    }
    print(f"{count:,} incidents, {DRAWS} draws; the peers' {PEER_DRAWS} draws scaled to as many.")
    head("", "seconds", "processor s", "MB more", "counted")
    for name, work in works.items():
        cost, done = cost_of(work)
        is_peer = name.startswith("sjoin")
        times = DRAWS / PEER_DRAWS if is_peer else 1
        total = done.mean(axis=1).sum() if is_peer else done["count"].sum()
        told = cost["seconds"] * times, cost["cpu_s"] * times, cost["peak_mb"]
        print(f"| {name} | {told[0]:.1f} | {told[1]:.1f} | {told[2]:.0f} | {total:,.0f} |")


if __name__ == "__main__":
    main()
