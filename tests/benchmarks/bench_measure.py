"""How fast, how right and how large geosec is, and the tools that do the same job (`peers`).

Run it by hand: ``python tests/benchmarks/bench_measure.py [rows ...]``, by default 10,000, 100,000
and 1,000,000. Every run is a process of its own: it loads the layers, does the job on 5,000 rows
to be warm, and then once on all, indexes built anew. A run of geosec stands before one of each
peer, and figures are medians of three rounds. What the server of PostGIS uses is not counted.

``--vs REV [rows]`` does the job on a million rows with the geosec of here and of a commit in turns.
"""

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import median

import geopandas as gpd
import numpy as np
from alone import alone, cost_of, head, machine, tell
from peers import PEERS, load_layers, make_incidents, why_not
from truth import Comparison, Truth, brute_force, compare, find_truth, minimised
from versus import in_turns

SIZES = (10_000, 100_000, 1_000_000)
OURS, ONE_CORE = "geosec", "geosec, one core"
SLOW = ("geopandas_degrees", "postgis", "balltree")  # not beyond 100,000
SLOW_ROWS = 100_000
ROUNDS = 3
WARM = 5_000
CHECKED, CHECKED_PEERS = 10_000, 2_000

Runs = dict[str, list[dict[str, float]]]


def run(peer: str, rows: int, folder: Path) -> None:
    """Do the job in this process; tell what it cost and leave the first answers in a folder."""
    layers, incidents = load_layers(), make_incidents(rows)
    PEERS[peer](incidents.iloc[:WARM], layers)
    cost, answer = cost_of(lambda: PEERS[peer](incidents, layers))
    missing = int(answer["rail_line"].reindex(incidents.index).isna().sum())
    answer.loc[incidents.index[:CHECKED]].to_parquet(folder / "answer.parquet")
    tell(cost | {"missing": missing})


def the_job(rows: int) -> None:
    """Do the job of geosec in this process and tell what it cost."""
    layers, incidents = load_layers(), make_incidents(rows)
    PEERS[OURS](incidents.iloc[:WARM], layers)
    tell(cost_of(lambda: PEERS[OURS](incidents, layers))[0])


def order_of(rows: int) -> list[str]:
    """Put geosec before every other, so that a drift of the machine meets both."""
    others = [ONE_CORE, *(peer for peer in PEERS if peer != OURS and not why_not(peer))]
    others = [peer for peer in others if rows <= SLOW_ROWS or peer not in SLOW]
    return [each for peer in others for each in (OURS, peer)]


def rounds(rows: int, truth: Truth) -> tuple[list[Runs], dict[str, Comparison]]:
    """Run everybody three times: the runs of each round, and what is wrong in the answers."""
    done, found = [], {}
    for _ in range(ROUNDS):
        own: Runs = defaultdict(list)
        for peer in order_of(rows):
            with tempfile.TemporaryDirectory() as folder:
                settings = {"GEOSEC_THREADS": "1"} if peer == ONE_CORE else {}
                tool = OURS if peer == ONE_CORE else peer
                own[peer].append(alone(__file__, "--run", tool, rows, folder, **settings))
                if peer not in found:
                    answer = gpd.read_parquet(Path(folder) / "answer.parquet")
                    checked = CHECKED if tool == OURS else CHECKED_PEERS
                    found[peer] = compare(answer, truth.head(checked), load_layers().edges)
        done.append(own)
    return done, found


def of(runs: Runs, peer: str, figure: str) -> float:
    return median(each[figure] for each in runs[peer])


def row_of(peer: str, rows: int, done: list[Runs], found: Comparison) -> str:
    """Write a row of the table; ratios are taken within each round."""

    def overall(figure: str) -> float:
        return median(each[figure] for own in done for each in own[peer])

    def times(other: str, figure: str) -> float:
        return median(of(own, other, figure) / of(own, peer, figure) for own in done)

    memory = of_geopandas = "not known"
    if peer != "postgis":
        memory = f"{overall('peak_mb'):,.0f}"
        of_geopandas = f"{1 / times('geopandas', 'peak_mb'):.2f}"
    cells = [
        f"{overall('seconds') / rows * 1e9:,.0f}",
        *(f"{times(other, 'seconds'):.2f}" for other in ("geopandas", "expert")),
        "not known" if peer == "postgis" else f"{overall('cpu_s') / rows * 1e9:,.0f}",
        *(memory, of_geopandas),
        f"{found.wrong_neighbours + int(overall('missing')):,} of {found.checked:,}",
        f"{found.worst_distance_error_m:,.4f}",
        f"{found.worst_place_error_m:,.4f}",
        f"{found.wrong_districts:,}",
    ]
    return f"| {peer} | {' | '.join(cells)} |"


def agreement_m(incidents: gpd.GeoDataFrame) -> float:
    """Say how far two independent ways of measuring the truth differ at worst, metres."""
    points, edges = incidents.geometry.iloc[:20], load_layers().edges
    lon, lat = points.x.to_numpy(), points.y.to_numpy()
    return float(np.abs(brute_force(lon, lat, edges) - minimised(lon, lat, edges)).max())


def main(*sizes: int) -> None:
    """Print one table for each size, in Markdown."""
    print(machine())
    incidents, layers = make_incidents(CHECKED), load_layers()
    print(f"{len(layers.adm1)} provinces, {len(layers.adm2)} districts, {len(layers.edges)} edges.")
    print(f"Two ways of measuring the truth agree to {agreement_m(incidents):.0e} m.")
    for peer in PEERS:
        if why_not(peer):
            print(f"{peer} was not run: {why_not(peer)}.")
    truth = find_truth(incidents, layers)
    for rows in sizes or SIZES:
        done, found = rounds(rows, truth)
        head(
            f"{rows:,} incidents",
            *(
                "ns an incident",
                "times as fast as geopandas",
                "as expert",
                "processor ns an incident",
            ),
            *("peak memory, MB", "of geopandas'", "wrong lines", "worst distance error, m"),
            *("worst place error, m", "wrong districts"),
        )
        for peer in dict.fromkeys(order_of(rows)):
            print(row_of(peer, rows, done, found[peer]), flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        run(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
    elif sys.argv[1:2] == ["--job"]:
        the_job(int(sys.argv[2]))
    elif sys.argv[1:2] == ["--vs"]:
        commit, rows = (*sys.argv[2:], str(SIZES[-1]))[:2]
        in_turns(commit, __file__, "--job", rows)
    else:
        main(*map(int, sys.argv[1:]))
