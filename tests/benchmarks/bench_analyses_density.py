"""100,000 incidents x 199 draws along the railway, beside FastNSA on the same events.

Run it by hand: ``python tests/benchmarks/bench_analyses_density.py [incidents]``. Two tables: the
places of `bench_open_rows`, discs, districts and stretches as they are reported; and discs of 2 to
25 km round points of the railway, every one of which has to be drawn. Each run is a process of its
own; the memory is the most that it held. FastNSA (`pip install fastnsa`) snaps one draw of the
discs and spreads it, which is what it can do of the job: its time is given for a draw and for 199,
and how much more, or less, than all its events its densities sum up to.
"""

from __future__ import annotations

import sys
import time
import warnings
from typing import TYPE_CHECKING

import geopandas as gpd
import networkx as nx
import numpy as np
from alone import alone, cost_of, head, machine, memory_mb, tell
from bench_open_rows import make_places, make_rows

import geosec
from geosec.geodesy.geodesics import geodesic_direct

if TYPE_CHECKING:
    from collections.abc import Callable

INCIDENTS, DRAWS = 100_000, 199
BANDWIDTH_M, STEP_M, MAX_OFFSET_M = 10_000.0, 1_000.0, 5_000.0
EPANECHNIKOV = np.sqrt(5.0)  # its reach, in standard deviations
METRIC = "EPSG:32642"
LIMITS = {"seconds": 15.0, "whole_mb": 2_000.0}


def make_reported(count: int) -> gpd.GeoDataFrame:
    return make_rows(make_places(10_000), count)


def make_discs(count: int) -> gpd.GeoDataFrame:
    """Scatter discs up to 5 km beside the railway."""
    numbers = np.random.default_rng(0)
    posts = geosec.load_rail_network().standing().posts
    at = posts.geometry.iloc[numbers.integers(0, len(posts), count)]
    away_m, azimuth_deg = numbers.uniform(0, 5_000, count), numbers.uniform(0, 360, count)
    lon, lat = geodesic_direct(at.x.to_numpy(), at.y.to_numpy(), azimuth_deg, away_m)
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)
    return geosec.with_uncertainty(points, numbers.choice([2_000.0, 5_000.0, 25_000.0], count))


TABLES: dict[str, Callable[[int], gpd.GeoDataFrame]] = {
    "as reported": make_reported,
    "discs by the railway": make_discs,
}


def run(table: str, count: int) -> None:
    """Estimate once in this process; tell what it cost."""
    rows = TABLES[table](count)
    options = {"bandwidth_m": BANDWIDTH_M, "step_m": STEP_M, "max_offset_m": MAX_OFFSET_M}
    geosec.estimate_network_density(rows.iloc[:100], **options)
    cost, density = cost_of(lambda: geosec.estimate_network_density(rows, **options))
    total = float((density["density_per_km"] * density["length_km"]).sum())
    told = density.attrs["geosec_steps"]["estimate_network_density"]
    tell(cost | {"whole_mb": memory_mb("VmHWM"), "mass": total / told["on_track"] - 1})


def run_peer(count: int) -> None:
    """Let FastNSA snap and spread one draw of the discs."""
    from fastnsa import Network, PointEvents, network_kde  # noqa: PLC0415 - only where it is asked

    network = geosec.load_rail_network().standing()
    graph = nx.MultiGraph(crs=METRIC)
    at = network.stations.geometry.to_crs(METRIC)
    for name, point in at.items():
        graph.add_node(name, x=point.x, y=point.y)
    graph.add_edges_from(network.edges[["from_station", "to_station"]].to_numpy().tolist())
    places = geosec.sample(make_discs(count), draws=1)[:, 0]
    events = gpd.GeoSeries.from_xy(*places.T, crs=4326)
    lines = network.lines.geometry
    near = geosec.within(gpd.GeoDataFrame(geometry=events), lines, distance_m=MAX_OFFSET_M, draws=0)
    events = events[(near["distance_m"] <= MAX_OFFSET_M).to_numpy()].to_crs(METRIC)
    peer = Network(graph)
    started, started_cpu = time.perf_counter(), time.process_time()
    mapped = PointEvents(gpd.GeoDataFrame(geometry=events), peer)
    found = network_kde(
        network=peer, points=mapped, bandwidth=BANDWIDTH_M * EPANECHNIKOV, lixel_length=STEP_M
    )
    cost = {"seconds": time.perf_counter() - started, "cpu_s": time.process_time() - started_cpu}
    first_m = np.floor(found.offsets_n1 / STEP_M) * STEP_M
    length_m = np.minimum(STEP_M, found.offsets_n1 + found.offsets_n2 - first_m)
    kernel = found.density * 0.75 / (BANDWIDTH_M * EPANECHNIKOV)  # theirs is 1 at no distance
    mass = float((kernel * length_m).sum()) / len(events) - 1
    tell(cost | {"whole_mb": memory_mb("VmHWM"), "mass": mass})


def main(count: int = INCIDENTS) -> None:
    """Print a table in Markdown, and whether the lines are reached."""
    print(machine())
    head(f"{count:,} incidents", "draws", "seconds", "processor, s", "peak, MB", "mass made")
    most: dict[str, float] = {}
    for table in TABLES:
        cost = alone(__file__, "--run", table, count)
        show(table, DRAWS, cost)
        most = {figure: max(cost[figure], most.get(figure, 0.0)) for figure in LIMITS}
    own = cost
    peer = alone(__file__, "--peer", count)
    show("FastNSA, discs", 1, peer)
    show(
        "FastNSA, discs", DRAWS, peer | {name: peer[name] * DRAWS for name in ("seconds", "cpu_s")}
    )
    ratio = peer["cpu_s"] * DRAWS / own["cpu_s"]
    print(f"\nOf processor time FastNSA takes {ratio:.1f} times as much for as many draws.")
    for figure, limit in LIMITS.items():
        print(f"{figure}: at most {most[figure]:,.4g}, and {limit:,.4g} is the line")


def show(name: str, draws: int, cost: dict[str, float]) -> None:
    figures = f"{cost['seconds']:.2f} | {cost['cpu_s']:.2f} | {cost['whole_mb']:,.0f}"
    print(f"| {name} | {draws} | {figures} | {cost['mass']:+.1%} |", flush=True)


if __name__ == "__main__":
    warnings.simplefilter("ignore", geosec.GeosecWarning)
    if sys.argv[1:2] == ["--run"]:
        run(sys.argv[2], int(sys.argv[3]))
    elif sys.argv[1:2] == ["--peer"]:
        run_peer(int(sys.argv[2]))
    else:
        main(*map(int, sys.argv[1:]))
