"""The borders of a coverage: which two units lie on either side of which line."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import geopandas as gpd

    Point = tuple[float, float]
    Pair = tuple[str, str]

OUTSIDE = ""  # stands for all that is no unit


@dataclass(frozen=True)
class Border:
    """A line with one unit on its left and another on its right, from junction to junction.

    Attributes
    ----------
    left, right : str
        Whose; `OUTSIDE` for none.
    line : shapely.LineString
        In the layer's CRS.
    """

    left: str
    right: str
    line: shapely.LineString

    @property
    def pair(self) -> Pair:
        """The two units in order."""
        return _order(self.left, self.right)

    def pair_of(self, parents: Mapping[str, str]) -> Pair:
        """Give the two units that those on either side belong to, in order."""
        return _order(*(parents.get(name, OUTSIDE) for name in (self.left, self.right)))


def _order(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def find_borders(layer: gpd.GeoSeries) -> list[Border]:
    """Find the borders of a valid coverage, in the order of their pairs, the outer ones too."""
    holders = _hold_edges(layer)
    edges: dict[Pair, list[tuple[Point, Point]]] = {}
    for (start, end), name in holders.items():
        other = holders.get((end, start), OUTSIDE)
        if other == OUTSIDE or name < other:
            edges.setdefault((min(name, other), max(name, other)), []).append((start, end))
    found = []
    for pair in sorted(edges):
        merged = shapely.line_merge(shapely.multilinestrings(np.array(sorted(edges[pair]))))
        for line in shapely.get_parts(merged):
            (start, end) = (tuple(xy) for xy in shapely.get_coordinates(line)[:2].tolist())
            left, right = holders.get((start, end), OUTSIDE), holders.get((end, start), OUTSIDE)
            found.append(Border(left, right, line))
    return found


def _hold_edges(layer: gpd.GeoSeries) -> dict[tuple[Point, Point], str]:
    """Say which unit lies on the left of each directed edge."""
    holders: dict[tuple[Point, Point], str] = {}
    for name, shape in layer.items():
        parts = shapely.orient_polygons(shapely.get_parts(shape))
        for ring in shapely.get_rings(parts):
            points = [tuple(xy) for xy in shapely.get_coordinates(ring).tolist()]
            holders |= dict.fromkeys(pairwise(points), str(name))
    return holders


def join_pairs(borders: Iterable[Border]) -> dict[Pair, shapely.Geometry]:
    """Join the lines of each two units; closed outer ones, those of islands, are left out."""
    lines: dict[Pair, list[shapely.Geometry]] = {}
    for border in borders:
        if OUTSIDE not in border.pair or not border.line.is_ring:
            lines.setdefault(border.pair, []).append(border.line)
    return {pair: shapely.multilinestrings(own) for pair, own in lines.items()}
