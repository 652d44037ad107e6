"""The compiled loops behind `geosec.geodesy.areas`: which polygon holds each of many points.

A grid lies over the polygons. A cell that no border crosses belongs to one polygon, or to none,
as a whole. In the others the edges to the east of a point, in its row of cells, are counted for
each polygon whose border is there. A point so near an edge that rounding might decide is left to
an exact predicate.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from geosec.geodesy.loops.caching import compile_loop

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Grid = tuple[float, float, float, float, int, int]
    Shapes = tuple[Floats, Ints, Ints, Floats]
    Index = tuple[Grid, Shapes, tuple[Ints, Ints, Ints]]

NOWHERE = -1
OPEN = -2  # a point for the exact predicate
INSIDE, OUTSIDE = 1, 0
_ROUNDING = 1e-14  # of the products in a determinant, and of degrees


@compile_loop
def list_crossed_rows(
    edges: Floats, south: float, per_lat: float, rows: int
) -> tuple[Ints, Ints, Floats, Floats]:
    """List the rows of cells that each edge crosses.

    Edges are longitude and latitude of both ends in degrees; the first row begins at `south`, and
    `per_lat` rows make a degree. Positions of edges and rows come out, and the two longitudes
    between which the edge lies inside the row.
    """
    edge_of, row_of = [np.int64(0) for _ in range(0)], [np.int64(0) for _ in range(0)]
    west_of, east_of = [0.0 for _ in range(0)], [0.0 for _ in range(0)]
    for edge in range(len(edges)):
        x0, y0, x1, y1 = edges[edge]
        low, high = min(y0, y1), max(y0, y1)
        first = max(math.floor((low - south) * per_lat - 1e-9), 0)
        last = min(math.floor((high - south) * per_lat + 1e-9), rows - 1)
        for row in range(first, last + 1):
            bottom = max(south + (row - 1e-9) / per_lat, low)
            top = min(south + (row + 1 + 1e-9) / per_lat, high)
            xa, xb = x0, x1
            if high > low:
                xa = x0 + (x1 - x0) * ((bottom - y0) / (y1 - y0))
                xb = x0 + (x1 - x0) * ((top - y0) / (y1 - y0))
            edge_of.append(np.int64(edge))
            row_of.append(np.int64(row))
            west_of.append(min(xa, xb))
            east_of.append(max(xa, xb))
    return np.array(edge_of), np.array(row_of), np.array(west_of), np.array(east_of)


@compile_loop
def _judge_point(
    x: float, y: float, edges: Floats, strip: tuple[int, int], strip_edges: Ints
) -> int:
    """Say whether a point is in the polygon whose edges in its row these are, or it is open."""
    inside = False
    for at in range(strip[0], strip[1]):
        edge = strip_edges[at]
        x0, y0, x1, y1 = edges[edge, 0], edges[edge, 1], edges[edge, 2], edges[edge, 3]
        left, right = (x1 - x0) * (y - y0), (x - x0) * (y1 - y0)
        turn = left - right
        if abs(turn) <= _ROUNDING * (abs(left) + abs(right) + 1.0):
            pad = _ROUNDING * 360.0
            if (
                min(x0, x1) - pad <= x <= max(x0, x1) + pad
                and min(y0, y1) - pad <= y <= max(y0, y1) + pad
            ):
                return OPEN
        if (y0 > y) != (y1 > y) and (turn > 0.0) == (y1 > y0):
            inside = not inside
    return INSIDE if inside else OUTSIDE


@compile_loop
def fill_holders(
    points: tuple[Floats, Floats], index: Index, part: tuple[int, int], found: Ints
) -> None:
    """Fill in the first polygon that holds each point of a range, -1 for none, -2 for open.

    Points are longitudes and latitudes in degrees. `index` holds the grid: west, south, cells per
    degree of longitude and of latitude, columns, rows; the shapes: edges (n, 4), starts of the
    strips of edges by polygon and row, the edges in them, boxes of the polygons (n, 4); and the
    labels: what each cell belongs to, where the polygons with a border in each cell start, and
    those polygons.
    """
    grid, shapes, labels = index
    west, south, per_lon, per_lat, columns, rows = grid
    label, starts, _ = labels
    for i in range(part[0], part[1]):
        x, y = points[0][i], points[1][i]
        column, row = (x - west) * per_lon, (y - south) * per_lat
        found[i] = NOWHERE
        if 0.0 <= column <= columns and 0.0 <= row <= rows:  # and neither is missing
            at_row = min(int(row), rows - 1)
            cell = at_row * columns + min(int(column), columns - 1)
            if starts[cell] == starts[cell + 1]:
                found[i] = label[cell]
            else:
                found[i] = _find_holder(x, y, cell, at_row, rows, shapes, labels)


@compile_loop
def _find_holder(
    x: float,
    y: float,
    cell: int,
    row: int,
    rows: int,
    shapes: Shapes,
    labels: tuple[Ints, Ints, Ints],
) -> int:
    """Give the first polygon that holds a point of a cell."""
    edges, strips, strip_edges, _ = shapes
    label, starts, members = labels
    whole = label[cell]
    for member in range(starts[cell], starts[cell + 1]):
        unit = members[member]
        if whole != NOWHERE and whole < unit:
            break
        strip = unit * rows + row
        side = _judge_point(x, y, edges, (strips[strip], strips[strip + 1]), strip_edges)
        if side == OPEN:
            return OPEN
        if side == INSIDE:
            return int(unit)
    return int(whole)


@compile_loop
def fill_others(
    points: tuple[Floats, Floats], index: Index, second: Ints, part: tuple[int, int], found: Ints
) -> None:
    """Put in the place of each polygon that was found another that holds the point, -1 for none.

    A point on a border is in no other. `index` is that of `fill_holders`, `second` that of
    `label_overlaps`.
    """
    grid, shapes, labels = index
    west, south, per_lon, per_lat, columns, rows = grid
    edges, strips, strip_edges, _ = shapes
    label, starts, members = labels
    for i in range(part[0], part[1]):
        known = found[i]
        found[i] = NOWHERE
        if known < 0:
            continue
        x, y = points[0][i], points[1][i]
        row = min(max(int((y - south) * per_lat), 0), rows - 1)
        cell = row * columns + min(max(int((x - west) * per_lon), 0), columns - 1)
        whole = second[cell] if label[cell] == known else label[cell]
        if whole != NOWHERE:
            found[i] = whole
            continue
        for member in range(starts[cell], starts[cell + 1]):
            unit = members[member]
            if unit == known:
                continue
            strip = unit * rows + row
            side = _judge_point(x, y, edges, (strips[strip], strips[strip + 1]), strip_edges)
            if side == INSIDE:
                found[i] = unit
                break


@compile_loop
def label_cells(grid: Grid, shapes: Shapes, starts: Ints, members: Ints, label: Ints) -> None:
    """Fill in which polygon holds each cell as a whole, the first of those with no border in it.

    Grid and shapes are those of `fill_holders`; a cell in no polygon is labelled -1.
    """
    _label_after(grid, shapes, (starts, members), np.full(len(label), NOWHERE), label)


@compile_loop
def label_overlaps(grid: Grid, shapes: Shapes, labels: tuple[Ints, Ints, Ints]) -> Ints:
    """Give a second polygon that holds each cell as a whole, -1 for none; see `label_cells`."""
    label, starts, members = labels
    second = label.copy()
    _label_after(grid, shapes, (starts, members), label, second)
    return np.where(label == NOWHERE, NOWHERE, second)


@compile_loop
def _label_after(
    grid: Grid, shapes: Shapes, borders: tuple[Ints, Ints], known: Ints, label: Ints
) -> None:
    """Label each cell with the first polygon behind a known one that holds it as a whole."""
    west, south, per_lon, per_lat, columns, rows = grid
    edges, strips, strip_edges, boxes = shapes
    starts, members = borders
    for row in range(rows):
        y = south + (row + 0.5) / per_lat
        level = np.flatnonzero((boxes[:, 1] <= y) & (y <= boxes[:, 3]))
        before = False
        for column in range(columns):
            cell = row * columns + column
            crossed = starts[cell + 1] > starts[cell]
            if before and not crossed:
                label[cell] = label[cell - 1]
                continue
            x = west + (column + 0.5) / per_lon
            label[cell] = NOWHERE
            for unit in level:
                if unit <= known[cell] or not boxes[unit, 0] <= x <= boxes[unit, 2]:
                    continue
                if _is_member(int(unit), members, starts[cell], starts[cell + 1]):
                    continue
                strip = unit * rows + row
                if (
                    _judge_point(x, y, edges, (strips[strip], strips[strip + 1]), strip_edges)
                    == INSIDE
                ):
                    label[cell] = unit
                    break
            before = not crossed


@compile_loop
def _is_member(unit: int, members: Ints, first: int, last: int) -> bool:
    """Say whether a polygon is among those with a border in a cell."""
    for at in range(first, last):
        if members[at] == unit:
            return True
    return False
