"""One table: how fast, how right and how large the tools are that do the job of `peers`.

Run it by hand: ``python tests/benchmarks/bench_peers.py [rows ...]``, by default 10,000 and
100,000. Each peer runs in a process of its own, once on 1,000 rows to be warm and then on all.
Cores and memory are those of that process; of PostGIS they leave out the server's.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
from peers import PEERS, load_layers, make_incidents, why_not
from truth import brute_force, compare, find_truth, minimised

if TYPE_CHECKING:
    from truth import Truth

CHECKED = 2_000
WARM = 1_000
RUNS = 3
HEADS = (
    *("ns an incident", "cores kept busy", "peak memory, MB", "wrong lines"),
    *("worst distance error, m", "worst place error, m", "wrong districts"),
)


def memory_mb(field: str) -> float:
    """Read ``VmRSS``, resident memory now, or ``VmHWM``, the most it has been."""
    line = next(
        each for each in Path("/proc/self/status").read_text().splitlines() if field in each
    )
    return int(line.split()[1]) * 1024 / 1e6


def measure(peer: str, rows: int, folder: Path) -> None:
    """Run one peer in this process; leave its answer and its figures in a folder."""
    layers, incidents = load_layers(), make_incidents(rows)
    PEERS[peer](incidents.iloc[:WARM], layers)
    Path("/proc/self/clear_refs").write_text("5")  # the peak starts anew (man 5 proc)
    before_mb, took_s = memory_mb("VmRSS"), []
    for _ in range(RUNS):
        started, started_cpu = time.perf_counter(), time.process_time()
        answer = PEERS[peer](incidents, layers)
        took_s.append((time.perf_counter() - started, time.process_time() - started_cpu))
    seconds, cpu_s = min(took_s)
    figures = {
        "ns": seconds / rows * 1e9,
        "cores": cpu_s / seconds,
        "peak_mb": memory_mb("VmHWM") - before_mb,
        "unanswered": int(answer["rail_line"].reindex(incidents.index).isna().sum()),
    }
    (folder / "figures.json").write_text(json.dumps(figures))
    answer.loc[incidents.index[:CHECKED]].to_parquet(folder / "answer.parquet")


def row_of(peer: str, incidents: gpd.GeoDataFrame, truth: Truth) -> str:
    """Run one peer in its own process, compare what it answers, and write a row of the table."""
    if why_not(peer):
        return f"| {peer} | not run: {why_not(peer)} | | | | | | |"
    with tempfile.TemporaryDirectory() as folder:
        words = [__file__, "--peer", peer, str(len(incidents)), folder]
        subprocess.run([sys.executable, *words], check=True)
        own = json.loads((Path(folder) / "figures.json").read_text())
        answer = gpd.read_parquet(Path(folder) / "answer.parquet")
    found = compare(answer, truth, load_layers().edges)
    return (
        f"| {peer} | {own['ns']:,.0f} | {own['cores']:.1f} | {own['peak_mb']:.0f} "
        f"| {found.wrong_neighbours + own['unanswered']:,} | {found.worst_distance_error_m:,.1f} "
        f"| {found.worst_place_error_m:,.1f} | {found.wrong_districts:,} |"
    )


def agreement_m(incidents: gpd.GeoDataFrame) -> float:
    """Say how far two independent ways of measuring the truth differ at worst, metres."""
    points, edges = incidents.geometry.iloc[:20], load_layers().edges
    lon, lat = points.x.to_numpy(), points.y.to_numpy()
    return float(np.abs(brute_force(lon, lat, edges) - minimised(lon, lat, edges)).max())


def main(*sizes: int) -> None:
    """Print one table for each size, in Markdown."""
    edges = load_layers().edges
    print(f"{os.cpu_count()} cores, {len(edges)} edges; the best of {RUNS} runs.")
    print(f"Wrong answers and worst errors are of the first {CHECKED:,} incidents, against every")
    print(f"edge; two ways of measuring them agree to {agreement_m(make_incidents(20)):.0e} m.")
    for rows in sizes or (10_000, 100_000):
        incidents = make_incidents(rows)
        truth = find_truth(incidents.iloc[:CHECKED], load_layers())
        print(f"\n| {rows:,} incidents | {' | '.join(HEADS)} |")
        print("|---" + "|---:" * len(HEADS) + "|")
        for peer in PEERS:
            print(row_of(peer, incidents, truth), flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peer"]:
        measure(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
    else:
        main(*map(int, sys.argv[1:]))
