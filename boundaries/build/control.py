"""Control points: where borders as drawn truly lie, and drawn lines carried between them.

The table ``control_points.csv`` has a row for each point of each border, in the order of the line:
``border``, ``left`` and ``right`` (P-codes of the districts on either side, seen along it),
``point`` (a junction bears the same number in each of its borders), ``longitude`` and ``latitude``
read off COD-AB, ``drawn_longitude`` and ``drawn_latitude`` of the same point on the drawing after
its first fit, empty where the drawing shows no such line, and ``onward``: whether to the next point
the drawn line is carried, moved by what the displacements at both ends are in the share of the way
(``drawn``), or the border is straight, where that fits better or nothing is drawn (``straight``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.ops import substring

from boundaries.build.borders import OUTSIDE, Border, find_borders, join_pairs
from boundaries.build.georeference import METRIC

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from boundaries.build.borders import Pair

TABLE = Path(__file__).with_name("control_points.csv")
_GRID_DEG = 1e-5
_NEAR_DEG = 3e-5  # a noded edge lies so near the border that it was


def read_control(path: Path = TABLE) -> pd.DataFrame:
    """Read the table of control points."""
    return pd.read_csv(path).fillna(dict.fromkeys(("left", "right", "onward"), ""))


@dataclass(frozen=True, eq=False)
class Located:
    """The control points of one border in metres, in its order; see the columns of the table."""

    places: NDArray[np.float64]
    sources: NDArray[np.float64]
    onward: NDArray[np.bool_]


def locate_control(control: pd.DataFrame) -> Iterator[tuple[Border, Located]]:
    """Give each border of the table, without a line yet, and its points in metres."""
    places = _to_metric(control, "longitude", "latitude")
    sources = _to_metric(control, "drawn_longitude", "drawn_latitude")
    onward = (control["onward"] == "drawn").to_numpy()
    for _, rows in control.groupby("border", sort=True):
        at = control.index.get_indexer(rows.index)
        left, right = rows[["left", "right"]].iloc[0]
        border = Border(left, right, shapely.LineString())
        yield border, Located(places[at], sources[at], onward[at])


def carry_borders(
    control: pd.DataFrame, drawn: gpd.GeoSeries, parents: dict[str, str]
) -> list[Border]:
    """Carry the borders of a drawn coverage over their control points, all in EPSG:4326.

    The drawing is indexed by district; `parents` says to which of them each unit of the table
    belongs.
    """
    drawn_lines = find_lines(drawn)
    carried = []
    for border, own in locate_control(control):
        source = drawn_lines.get(border.pair_of(parents))
        line = carry_line(source, own.sources, own.places, own.onward)
        carried.append(replace(border, line=line))
    back = gpd.GeoSeries([each.line for each in carried], crs=METRIC).to_crs("EPSG:4326")
    return [Border(each.left, each.right, line) for each, line in zip(carried, back, strict=True)]


def find_lines(layer: gpd.GeoSeries) -> dict[Pair, shapely.Geometry]:
    """Give the lines that each two neighbours of a coverage in EPSG:4326 share, in metres."""
    lines = join_pairs(find_borders(layer))
    metric = gpd.GeoSeries(list(lines.values()), crs="EPSG:4326").to_crs(METRIC)
    return dict(zip(lines, metric, strict=True))


def _to_metric(control: pd.DataFrame, x: str, y: str) -> NDArray[np.float64]:
    points = gpd.GeoSeries.from_xy(control[x].fillna(0), control[y].fillna(0), crs="EPSG:4326")
    xy = shapely.get_coordinates(points.to_crs(METRIC).to_numpy())
    xy[control[x].isna().to_numpy()] = np.nan
    return xy


def carry_line(
    drawn: shapely.Geometry | None,
    sources: NDArray[np.float64],
    places: NDArray[np.float64],
    onward: NDArray[np.bool_],
) -> shapely.LineString:
    """Carry a drawn line so that it passes from place to place, all in metres.

    Each source is where the place of the same row is on the drawn line; from a place whose `onward`
    is false to the next the line is straight.
    """
    pieces = [places[:1]]
    for number in range(len(places) - 1):
        ends = slice(number, number + 2)
        if drawn is not None and onward[number]:
            pieces.append(_carry_between(drawn, sources[ends], places[ends]))
        pieces.append(places[number + 1 : number + 2])
    return shapely.LineString(np.concatenate(pieces))


def _carry_between(
    drawn: shapely.Geometry, sources: NDArray[np.float64], places: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give the inner vertices between two places."""
    parts = shapely.get_parts(drawn)
    ends = shapely.points(sources)
    away = [shapely.distance(part, ends).sum() for part in parts]
    part = parts[int(np.argmin(away))]
    start, end = shapely.line_locate_point(part, ends)
    piece = substring(part, start, end)
    xy = shapely.get_coordinates(piece)
    if len(xy) < 3 or start == end:
        return np.empty((0, 2))
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])
    share = (along / along[-1])[:, None]
    moved = xy + (1 - share) * (places[0] - xy[0]) + share * (places[1] - xy[-1])
    return moved[1:-1]


def lay_borders(
    borders: list[Border], drawn: gpd.GeoSeries, parents: dict[str, str]
) -> gpd.GeoSeries:
    """Make the coverage that borders divide, on a grid of 1e-5 degrees, in EPSG:4326.

    Islands of the drawing, which no border reaches, stay; each is its nearest unit's.
    """
    lines = [border.line for border in borders]
    noded = shapely.union_all(lines, grid_size=_GRID_DEG)
    faces = shapely.get_parts(shapely.polygonize([noded]))
    owners = _name_faces(shapely.orient_polygons(faces), borders)
    rings = [each.line for each in find_borders(drawn) if each.line.is_ring]
    islands = [shapely.Polygon(ring) for ring in rings if not _is_inland(ring, faces)]
    tree = shapely.STRtree(faces[owners != OUTSIDE])
    own = [owners[owners != OUTSIDE][tree.nearest(island)] for island in islands]
    faces, owners = np.append(faces, islands), np.append(owners, own)
    shapes = {
        name: shapely.normalize(shapely.coverage_union_all(faces[owners == name]))
        for name in sorted(parents)
    }
    return gpd.GeoSeries(shapes, crs="EPSG:4326")


def _is_inland(ring: shapely.LineString, faces: NDArray[np.object_]) -> bool:
    return bool(shapely.intersects(faces, ring).any())


def _name_faces(faces: NDArray[np.object_], borders: list[Border]) -> NDArray[np.object_]:
    """Name the unit of each face by the borders round it."""
    tree = shapely.STRtree([border.line for border in borders])
    return np.array([_name_face(face, borders, tree) for face in faces], dtype="object")


def _name_face(face: shapely.Polygon, borders: list[Border], tree: shapely.STRtree) -> str:
    """Ask each edge on which side of which border it has the face; the longest sum wins."""
    votes: dict[str, float] = {}
    for ring in shapely.get_rings(face):
        xy = shapely.get_coordinates(ring)
        steps = np.diff(xy, axis=0)
        middles = shapely.points(xy[:-1] + steps / 2)
        (edges, found), _ = tree.query_nearest(
            middles, max_distance=_NEAR_DEG, return_distance=True, all_matches=False
        )
        for edge, number in zip(edges, found, strict=True):
            border = borders[number]
            along = _direction(border.line, middles[edge]) @ steps[edge]
            name = border.left if along > 0 else border.right
            votes[name] = votes.get(name, 0.0) + abs(along)
    return max(sorted(votes), key=lambda name: votes[name], default=OUTSIDE)


def _direction(line: shapely.LineString, point: shapely.Point) -> NDArray[np.float64]:
    """Give the direction of a line, of length 1, near a point."""
    at = shapely.line_locate_point(line, point)
    ends = shapely.line_interpolate_point(line, [max(at - _GRID_DEG, 0.0), at + _GRID_DEG])
    step = np.diff(shapely.get_coordinates(ends), axis=0)[0]
    return np.asarray(step / max(float(np.hypot(*step)), 1e-12))
