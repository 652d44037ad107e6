"""100,000 incidents x 199 draws: hot spots and comparisons of districts, beside esda per draw.

Run it by hand: ``python tests/benchmarks/bench_analyses_spots.py [incidents]``. The places are
discs of 2 to 25 km over Pakistan, half of them round 50 points, so that there are hot spots. Each
run is a process of its own; the memory is the most that it held. esda is given the counts of the
draws, one after the other, with neither the drawing nor the counting: what it takes to test them
with 999 shuffles each, and how far its z is from ours.
"""

from __future__ import annotations

import sys
import time
import warnings
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
from alone import alone, cost_of, head, machine, memory_mb, tell
from esda import G_Local
from libpysal.graph import Graph

import geosec
from geosec.analysis.incident_draws import IncidentDraws
from geosec.analysis.local_statistics import find_pseudo_p, measure_gi_star
from geosec.analysis.neighbours import Neighbours
from geosec.analysis.units import Units, count_in_units

if TYPE_CHECKING:
    from collections.abc import Callable

INCIDENTS, DRAWS, PEER_DRAWS, PEER_SHUFFLES = 100_000, 199, 20, 999


def make_discs(count: int, seed: int = 0) -> gpd.GeoDataFrame:
    """Scatter discs over the districts."""
    numbers = np.random.default_rng(seed)
    shapes = geosec.load_boundaries("adm2").geometry
    even = shapes.sample_points(count // (2 * len(shapes)) + 1, rng=numbers).explode().iloc
    points = even[: count - count // 2]
    towns = points.iloc[numbers.integers(0, len(points), 50)]
    at = towns.iloc[numbers.integers(0, 50, count // 2)]
    lon = np.append(points.x, at.x + numbers.normal(0, 0.2, len(at)))
    lat = np.append(points.y, at.y + numbers.normal(0, 0.2, len(at)))
    table = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)
    return geosec.with_uncertainty(table, numbers.choice([2_000.0, 5_000.0, 25_000.0], len(table)))


VERBS: dict[str, Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame]] = {
    "find_hot_spots": geosec.find_hot_spots,
    "find_hot_spots, local Moran": lambda rows: geosec.find_hot_spots(
        rows, statistic="local_moran"
    ),
    "find_hot_spots, h3:5": lambda rows: geosec.find_hot_spots(rows, "h3:5"),
    "compare_rates": lambda rows: geosec.compare_rates(rows.iloc[::2], rows.iloc[1::2]),
}


def run(verb: str, count: int) -> None:
    """Ask once in this process; tell what it cost."""
    rows = make_discs(count)
    VERBS[verb](rows.iloc[::100])
    cost, _ = cost_of(lambda: VERBS[verb](rows))
    tell(cost | {"whole_mb": memory_mb("VmHWM")})


def run_peer(count: int) -> None:
    """Let esda test the counts of some draws, and test all of them."""
    draws = IncidentDraws.of(make_discs(count), "bench", draws=DRAWS)
    units = Units.read("adm2", draws)
    values = np.ascontiguousarray(count_in_units(draws, units).T, dtype="float64")
    neighbours = Neighbours.read("queen", units)
    graph = Graph.build_contiguity(units.geometry.reset_index(drop=True), rook=False)
    options = {"transform": "B", "star": True, "permutations": PEER_SHUFFLES, "n_jobs": 1}
    G_Local(values[0], graph, **options)
    find_pseudo_p(values[:2], neighbours, "gi_star", (99, 20), 0)
    started = time.process_time()
    theirs = [G_Local(each, graph, **options).Zs for each in values[:PEER_DRAWS]]
    peer_s = (time.process_time() - started) / PEER_DRAWS * DRAWS
    started = time.process_time()
    ours = measure_gi_star(values, neighbours).z
    find_pseudo_p(values, neighbours, "gi_star", (PEER_SHUFFLES, 20), 0)
    own_s = time.process_time() - started
    tell({"peer_s": peer_s, "own_s": own_s, "apart": np.abs(ours[:PEER_DRAWS] - theirs).max()})


def main(count: int) -> None:
    """Run each verb in turns, and the peer."""
    print(machine())
    head(f"{count:,} incidents x {DRAWS} draws", "seconds", "processor s", "most MB")
    for verb in VERBS:
        cost = alone(__file__, verb, count)
        figures = cost["seconds"], cost["cpu_s"], cost["whole_mb"]
        print(f"| {verb} | {' | '.join(f'{figure:,.1f}' for figure in figures)} |")
    peer = alone(__file__, "peer", count)
    print(
        f"\nGi* of {DRAWS} draws, {PEER_SHUFFLES} shuffles, processor seconds: "
        f"esda.G_Local one by one {peer['peer_s']:.1f}, geosec {peer['own_s']:.2f} "
        f"({peer['peer_s'] / peer['own_s']:.0f} x); z differs by {peer['apart']:.0e} at most"
    )


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    asked = sys.argv[1:]
    if asked and asked[0] == "peer":
        run_peer(int(asked[1]))
    elif asked and asked[0] in VERBS:
        run(asked[0], int(asked[1]))
    else:
        main(int(asked[0]) if asked else INCIDENTS)
