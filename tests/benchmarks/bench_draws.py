"""Draws for 100,000 places as phrases give them, no two alike, on one core and on two.

Run it by hand: ``python tests/benchmarks/bench_draws.py [rows]``. The phrases are those of the
example and of ``tests/data/gold_places_dev.csv``, over and over, each time a step of 11 m farther
north, so that nothing is drawn once for several rows. Every run is a process of its own, one core
and two in turns; figures are medians of three. ``--vs REV [rows]`` asks the geosec of here and of
a commit in turns.
"""

from __future__ import annotations

import sys
import tempfile
from itertools import product
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
from alone import alone, cost_of, head, machine, tell
from versus import in_turns

import geosec

if TYPE_CHECKING:
    from collections.abc import Callable

GOLD = Path(__file__).parents[1] / "data" / "gold_places_dev.csv"
WITHIN_M = 10_000.0
ROUNDS = 3
CORES = (1, 2)
WARM = 500
STEP_DEG = 1e-4


def located(rows: int) -> gpd.GeoDataFrame:
    """Geocode the phrases and repeat them."""
    incidents, _ = geosec.read_incidents(geosec.example_path())
    gold = pd.read_csv(GOLD).rename(columns={"phrase": "location", "context_admin1": "admin1"})
    said = ["location", "admin1"]
    places = geosec.geocode(pd.concat([incidents[said], gold[said]], ignore_index=True))
    many = places.iloc[np.arange(rows) % len(places)].copy()
    step = np.arange(rows) // len(places) * STEP_DEG
    points = gpd.GeoSeries.from_xy(many.geometry.x, many.geometry.y + step, crs=4326)
    many["geometry"] = points.where(many.geometry.notna().to_numpy(), None)
    return many.set_axis(pd.Index([f"i{row}" for row in range(rows)], name="incident_id"))


def near_railway(places: gpd.GeoDataFrame) -> pd.DataFrame:
    return geosec.within(places, geosec.load_rail_lines(), distance_m=WITHIN_M)


def in_districts(places: gpd.GeoDataFrame) -> pd.DataFrame:
    added = ["adm1_code", "adm1_prob", "adm2_code", "adm2_prob"]
    return pd.DataFrame(geosec.assign_boundaries(places)[added])


VERBS: dict[str, Callable[[gpd.GeoDataFrame], pd.DataFrame]] = {
    "within": near_railway,
    "assign_boundaries": in_districts,
}


def run(verb: str, rows: int, answer: Path) -> None:
    """Ask one verb in this process; tell what it cost and leave its table."""
    places = located(rows)
    VERBS[verb](places.iloc[:WARM])
    cost, table = cost_of(lambda: VERBS[verb](places))
    table.to_parquet(answer)
    tell(cost)


def ask_all(rows: int) -> None:
    """Ask every verb in this process; tell what each cost."""
    places = located(rows)
    costs = {}
    for verb, ask in VERBS.items():
        ask(places.iloc[:WARM])
        costs |= {
            f"{verb}, {figure}": cost
            for figure, cost in cost_of(lambda ask=ask: ask(places))[0].items()
        }
    tell(costs)


def shared(answers: pd.DataFrame) -> float:
    """Say of how many rows a probability lies between 0 and 1."""
    probabilities = answers[[name for name in answers if name.endswith(("prob", "probability"))]]
    return float(((probabilities > 0) & (probabilities < 1)).any(axis=1).mean())


def main(rows: int = 100_000) -> None:
    """Print what the rows are, and a table in Markdown."""
    print(machine())
    places = located(rows)
    shaped = places["footprint"].notna().mean()
    readings = places["match_candidates"].notna().mean()
    print(f"{rows:,} rows, {places.geometry.isna().mean():.0%} without a place, ", end="")
    print(f"{shaped:.0%} with a shape, {readings:.1%} with several readings")
    head(
        "199 draws",
        "rows with a share",
        "cores",
        "seconds",
        "us a row",
        "cores kept busy",
        "peak, MB",
    )
    with tempfile.TemporaryDirectory() as folder:
        for verb in VERBS:
            runs: dict[int, list[dict[str, float]]] = {cores: [] for cores in CORES}
            files = {cores: Path(folder) / f"{verb}-{cores}.parquet" for cores in CORES}
            for _, cores in product(range(ROUNDS), CORES):
                settings = {"GEOSEC_THREADS": str(cores)}
                runs[cores].append(alone(__file__, "--run", verb, rows, files[cores], **settings))
            one, two = (pd.read_parquet(files[cores]) for cores in CORES)
            pd.testing.assert_frame_equal(one, two, check_exact=True)
            for cores, own in runs.items():
                cost = {figure: median(each[figure] for each in own) for figure in own[0]}
                busy = cost["cpu_s"] / cost["seconds"]
                print(
                    f"| {verb} | {shared(one):.0%} | {cores} | {cost['seconds']:.2f} "
                    f"| {cost['seconds'] / rows * 1e6:,.0f} | {busy:.1f} "
                    f"| {cost['peak_mb']:,.0f} |",
                    flush=True,
                )
    print("\nOne core and two give identical tables.")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        run(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
    elif sys.argv[1:2] == ["--all"]:
        ask_all(int(sys.argv[2]))
    elif sys.argv[1:2] == ["--vs"]:
        commit, number = (*sys.argv[2:], "100000")[:2]
        in_turns(commit, __file__, "--all", number)
    else:
        main(*map(int, sys.argv[1:]))
