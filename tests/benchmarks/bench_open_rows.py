"""A million rows that name ten thousand places, through the three verbs that draw.

Run it by hand: ``python tests/benchmarks/bench_open_rows.py [rows [places]]``. The places are the
72 incidents of the example and copies of them moved by up to a quarter of a degree, so that discs,
districts and stretches are mixed as there and every footprint differs; stretches are cut anew out
of the railway. Rows name them at random, each under an identifier of its own. The table is asked
twice: as `geocode` leaves it, rows of one place sharing its shape, and as it comes back from
Parquet, every row with a copy. Every run is a process of its own; figures are medians of three.
The memory is the most that the whole process held while the verb ran: libraries, layers, the
table with all its columns, and its copy with the answers; beside it, how much of that came with
the verb.
"""

from __future__ import annotations

import json
import sys
import tempfile
from itertools import product
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from alone import alone, cost_of, head, machine, memory_mb, tell

import geosec

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS, PLACES = 1_000_000, 10_000
WITHIN_M = 10_000.0
MOVED_DEG = 0.25
ROUNDS = 3
CORES = (1, 2)
LIMITS = {"seconds": 3.0, "cpu_s": 3.0, "whole_mb": 1_500.0}  # of a shared table on two cores
STRETCH_KM = 5.0, 60.0


def make_places(count: int) -> gpd.GeoDataFrame:
    """Geocode the example, and move copies of it until there are as many places as asked."""
    located = geosec.geocode(geosec.read_incidents(geosec.example_path())[0])
    random = np.random.default_rng(0)
    rows = np.arange(count) % len(located)
    step = np.round(random.uniform(-MOVED_DEG, MOVED_DEG, (count, 2)), 5)
    step[: len(located)] = 0.0
    many = located.iloc[rows].copy()
    many["geometry"] = gpd.GeoSeries(
        [move_shape(shape, by) for shape, by in zip(many["geometry"], step, strict=True)],
        many.index,
        4326,
    )
    shapes = [move_shape(shape, by) for shape, by in zip(many["footprint"], step, strict=True)]
    lines = [number for number, shape in enumerate(shapes) if shape and "Line" in shape.geom_type]
    for number in lines[sum(line < len(located) for line in lines) :]:
        start, length = random.uniform(20.0, 200.0), random.uniform(*STRETCH_KM)
        shapes[number] = geosec.stretch("ML-3", start, start + length)
    many["footprint"] = gpd.GeoSeries(shapes, many.index, 4326)
    texts = zip(many["match_candidates"], step, strict=True)
    many["match_candidates"] = pd.array([move_readings(text, by) for text, by in texts], "str")
    return many


def move_shape(shape: Any, step: np.ndarray) -> Any:
    return None if shape is None else shapely.transform(shape, lambda at: np.round(at + step, 5))


def move_readings(text: Any, step: np.ndarray) -> str | None:
    if not isinstance(text, str):
        return None
    readings = json.loads(text)
    for reading in readings:
        reading["longitude"] = round(reading["longitude"] + step[0], 5)
        reading["latitude"] = round(reading["latitude"] + step[1], 5)
    return json.dumps(readings)


def make_rows(places: gpd.GeoDataFrame, count: int) -> gpd.GeoDataFrame:
    """Let rows name the places at random."""
    rows = places.iloc[np.random.default_rng(1).integers(0, len(places), count)]
    return rows.set_axis(pd.Index([f"i{row}" for row in range(count)], name="incident_id"))


def assign(table: gpd.GeoDataFrame) -> pd.DataFrame:
    return pd.DataFrame(geosec.assign_boundaries(table)[["adm2_code", "adm2_prob"]])


def locate(table: gpd.GeoDataFrame) -> pd.DataFrame:
    return pd.DataFrame(geosec.locate_on_rail(table)[["rail_line", "rail_km", "rail_prob"]])


def near_railway(table: gpd.GeoDataFrame) -> pd.DataFrame:
    return geosec.within(table, geosec.load_rail_lines(), distance_m=WITHIN_M)


VERBS: dict[str, Callable[[gpd.GeoDataFrame], pd.DataFrame]] = {
    "assign_boundaries": assign,
    "locate_on_rail": locate,
    "within": near_railway,
}


def run(verb: str, table: Path, answer: Path) -> None:
    """Ask one verb in this process; tell what it cost and leave its answers."""
    if table.suffix == ".parquet":
        rows = gpd.read_parquet(table)
    else:
        places, count = pd.read_pickle(table)  # noqa: S301 - written by this benchmark
        rows = make_rows(places, count)
    VERBS[verb](rows.iloc[:500])
    cost, answers = cost_of(lambda: VERBS[verb](rows))
    cost["whole_mb"] = memory_mb("VmHWM")
    answers.to_parquet(answer)
    tell(cost)


def main(rows: int = ROWS, count: int = PLACES) -> None:
    """Print a table in Markdown, and whether the line is reached."""
    print(machine())
    places = make_places(count)
    kinds = places["footprint"].map(lambda shape: shape.geom_type if shape else "disc")
    print(f"{rows:,} rows, {count:,} places: {kinds.value_counts().to_dict()}")
    head("199 draws", "table", "cores", "seconds", "processor, s", "peak, MB", "of the verb, MB")
    with tempfile.TemporaryDirectory() as folder:
        tables = {
            "shared": Path(folder) / "places.pickle",
            "from Parquet": Path(folder) / "rows.parquet",
        }
        pd.to_pickle((places, rows), tables["shared"])
        make_rows(places, rows).to_parquet(tables["from Parquet"])
        most: dict[str, float] = {}
        for verb in VERBS:
            runs: dict[tuple[str, int], list[dict[str, float]]] = {}
            files = {
                key: Path(folder) / f"{number}.parquet"
                for number, key in enumerate(product(tables, CORES))
            }
            for _, key in product(range(ROUNDS), files):
                settings = {"GEOSEC_THREADS": str(key[1])}
                words = "--run", verb, tables[key[0]], files[key]
                runs.setdefault(key, []).append(alone(__file__, *words, **settings))
            for (table, cores), own in runs.items():
                cost = {figure: median(each[figure] for each in own) for figure in own[0]}
                print(
                    f"| {verb} | {table} | {cores} | {cost['seconds']:.2f} "
                    f"| {cost['cpu_s']:.2f} | {cost['whole_mb']:,.0f} | {cost['peak_mb']:,.0f} |",
                    flush=True,
                )
                if (table, cores) == ("shared", 2):
                    most = {figure: max(cost[figure], most.get(figure, 0.0)) for figure in cost}
            first, *others = (pd.read_parquet(file) for file in files.values())
            for other in others:
                pd.testing.assert_frame_equal(first, other, check_exact=True)
    print("\nShared or copied shapes, one core and two give identical answers.")
    for figure, limit in LIMITS.items():
        print(f"{figure}: at most {most[figure]:,.4g}, and {limit:,.4g} is the line")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        run(sys.argv[2], *map(Path, sys.argv[3:]))
    else:
        main(*map(int, sys.argv[1:]))
