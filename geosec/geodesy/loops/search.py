"""The compiled loops behind `geosec.geodesy.segments`: nearest pieces of many points.

Points and pieces are vectors from the Earth's centre. The straight distance between two vectors
is a metric everywhere, so bounds by the triangle inequality hold at the poles and across the
antimeridian. Points are taken in the order of a curve that fills the plane, a cell of them at a
time: a cell keeps the pieces that may be nearest to any of its points, its parts keep theirs of
those, until few are left for each point.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from geosec.geodesy.loops.bounds import bound_own_gap, find_kth_gap, reach
from geosec.geodesy.loops.caching import compile_loop
from geosec.geodesy.loops.cells import bound_ball
from geosec.geodesy.loops.ellipsoid import (
    arc_m,
    azimuth_deg,
    normal_at,
    to_degrees,
    to_vector,
)
from geosec.geodesy.loops.feet import find_foot, measure_gap

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Targets = tuple[Floats, Floats, Ints, Floats, float]
    Query = tuple[int, float, bool]
    Found = tuple[Ints, Floats]

FAR_M = 500_000.0  # chords up to here are measured by the series
NONE, FAR = -1, -2  # in place of a target: there is none, or the point is too far from all
FAN = 16  # parts of a cell
FAN_BITS = 4
FEW_PIECES = 10  # a cell with no more is not divided
_ROUNDING_M = 1e-5  # nearer to a line, rounding would choose the side


@compile_loop
def search(
    points: tuple[Floats, Ints],
    cells: tuple[Ints, int],
    node: tuple[int, int],
    targets: Targets,
    query: Query,
    found: Found,
) -> None:
    """Find the nearest targets of all points in one cell and its parts.

    Parameters
    ----------
    points : tuple
        Vectors, metres, shape (n, 3), in the order of the cells, and that order.
    cells : tuple
        Where each of the finest cells starts, and how often the whole is divided.
    node : tuple of int
        Depth and code of the cell.
    targets : tuple
        Pieces: `ends` (n, 10), `corners` (n, 4), `target` (n,), `along_m` (n, 2); and how far a
        piece may stray from its chord, metres.
    query : tuple
        How many targets, the limit in metres, and whether feet are measured.
    found : tuple
        Filled in at the place of each point: targets (n, k), `NONE`, or `FAR` where the point is
        too far from all for the series; and their measures (n, k, 2 or 6): metres to the target
        and along it, longitude and latitude of the foot, azimuth in degrees, side.
    """
    starts, depths = cells
    pieces = len(targets[2])
    lists = np.empty((depths + 1, pieces), dtype=np.int64)
    lengths = np.zeros(depths + 1, dtype=np.int64)
    scratch = (np.empty(pieces), np.empty(query[0]), np.empty(query[0], dtype=np.int64))
    codes = np.zeros(depths + 1, dtype=np.int64)
    top = depth = node[0]
    codes[depth] = node[1]
    lengths[max(depth - 1, 0)] = pieces
    lists[max(depth - 1, 0)] = np.arange(pieces)
    while True:
        shift = FAN_BITS * (depths - depth)
        first, last = starts[codes[depth] << shift], starts[(codes[depth] + 1) << shift]
        if last > first:
            if depth > 0:
                above = lists[depth - 1, : lengths[depth - 1]]
                round_all = bound_ball(points[0], first, last)
                lengths[depth] = _keep_pieces(
                    round_all, above, lists[depth], targets, query, scratch
                )
            if depth < depths and min(lengths[depth], last - first) > FEW_PIECES:
                depth += 1
                codes[depth] = codes[depth - 1] << FAN_BITS
                continue
            own = lists[depth, : lengths[depth]]
            _measure_cell(points, (first, last), own, targets, query, scratch, found)
        while depth > top and codes[depth] & (FAN - 1) == FAN - 1:
            depth -= 1
        if depth == top:
            return
        codes[depth] += 1


@compile_loop
def _keep_pieces(
    ball: tuple[float, float, float, float],
    above: Ints,
    kept: Ints,
    targets: Targets,
    query: Query,
    scratch: tuple[Floats, Floats, Ints],
) -> int:
    """Keep the pieces that may be nearest to a point of a ball, and give their number."""
    ends, _, target, _, sagitta_m = targets
    k, limit_m, _ = query
    gaps, least, seen = scratch
    x, y, z, radius_m = ball
    for i in range(len(above)):
        gaps[i] = measure_gap(x, y, z, ends, above[i])[0]
    kth = find_kth_gap(gaps, above, target, k, least, seen)
    most = min(reach(kth + radius_m + sagitta_m), limit_m) + radius_m + sagitta_m
    count = 0
    for i in range(len(above)):
        if gaps[i] <= most:
            kept[count] = above[i]
            count += 1
    return count


@compile_loop
def _measure_cell(
    points: tuple[Floats, Ints],
    part: tuple[int, int],
    pieces: Ints,
    targets: Targets,
    query: Query,
    scratch: tuple[Floats, Floats, Ints],
    found: Found,
) -> None:
    """Measure the pieces that are left for the points of a cell, and keep their nearest targets."""
    xyz, order = points
    ends, corners, target, along_m, sagitta_m = targets
    k, limit_m, feet = query
    gaps, least, seen = scratch
    best, measures = found
    for point in range(part[0], part[1]):
        x, y, z = xyz[point, 0], xyz[point, 1], xyz[point, 2]
        row = order[point]
        for i in range(len(pieces)):
            gaps[i] = measure_gap(x, y, z, ends, pieces[i])[0]
        kth = find_kth_gap(gaps, pieces, target, k, least, seen)
        most = min(reach(kth + sagitta_m), limit_m) + sagitta_m
        if min(kth, limit_m) > FAR_M:
            best[row, 0] = FAR
            continue
        for i in range(len(pieces)):
            piece = pieces[i]
            if gaps[i] > min(most, bound_own_gap(target[piece], k, least, seen, sagitta_m)):
                continue
            share = measure_gap(x, y, z, ends, piece)[1]
            fx, fy, fz, share = find_foot((x, y, z), ends, corners, piece, share)
            away_m = arc_m(x, y, z, fx, fy, fz)
            at = -1
            if away_m <= limit_m:
                at = _make_room(target[piece], away_m, best[row], measures[row])
            if at >= 0:
                best[row, at] = target[piece]
                measures[row, at, 0] = away_m
                measures[row, at, 1] = along_m[piece, 0] + share * along_m[piece, 1]
            if at >= 0 and feet:
                measures[row, at, 2], measures[row, at, 3] = to_degrees(fx, fy, fz)
                measures[row, at, 4] = azimuth_deg(x, y, z, fx, fy, fz)
                measures[row, at, 5] = _find_side(x, y, z, fx, fy, fz, ends, piece)


@compile_loop
def _make_room(owner: int, away_m: float, best: Ints, measures: Floats) -> int:
    """Give the rank, from 0, of a target, and move those behind it down; -1 where it has none.

    The nearer comes first, of two as near the earlier; a target has one place.
    """
    last = len(best) - 1
    for rank in range(last + 1):
        if best[rank] == owner and measures[rank, 0] <= away_m:
            return -1
        if best[rank] == owner or best[rank] == NONE:
            last = rank
            break
    at = last
    if (
        best[at] >= 0
        and best[at] != owner
        and not _comes_before(away_m, owner, measures[at, 0], best[at])
    ):
        return -1
    while at > 0 and _comes_before(away_m, owner, measures[at - 1, 0], best[at - 1]):
        best[at] = best[at - 1]
        measures[at] = measures[at - 1]
        at -= 1
    return at


@compile_loop
def _comes_before(one_m: float, one: int, other_m: float, other: int) -> bool:
    """Whether one target comes before another: the nearer, of two as near the earlier."""
    return one_m < other_m or (one_m == other_m and one < other)


@compile_loop
def _find_side(
    x: float, y: float, z: float, fx: float, fy: float, fz: float, ends: Floats, piece: int
) -> float:
    """Say on which side of a piece a point lies: 1 left, -1 right, 0 on it."""
    px, py, pz = x - fx, y - fy, z - fz
    if px * px + py * py + pz * pz < _ROUNDING_M * _ROUNDING_M:
        return 0.0
    dx, dy, dz = ends[piece, 3], ends[piece, 4], ends[piece, 5]
    nx, ny, nz = normal_at(fx, fy, fz)
    turn = nx * (dy * pz - dz * py) + ny * (dz * px - dx * pz) + nz * (dx * py - dy * px)
    return float(np.sign(turn))


@compile_loop
def list_far_pieces(xyz: Floats, rows: Ints, targets: Targets, query: Query) -> tuple[Ints, Ints]:
    """Pair far points with every piece that may be among their nearest, however far it is.

    `xyz` holds their vectors, `rows` what they are called; targets and query are those of `search`.
    Names of points and positions of pieces come out, one entry for each pair.
    """
    ends, _, target, _, sagitta_m = targets
    k, limit_m, _ = query
    pieces = np.arange(len(target))
    gaps = np.empty(len(pieces))
    least, seen = np.empty(k), np.empty(k, dtype=np.int64)
    row_of, piece_of = [np.int64(0) for _ in range(0)], [np.int64(0) for _ in range(0)]
    for i in range(len(rows)):
        x, y, z = xyz[i]
        for piece in range(len(pieces)):
            gaps[piece] = measure_gap(x, y, z, ends, piece)[0]
        kth = find_kth_gap(gaps, pieces, target, k, least, seen)
        most = min(reach(kth + sagitta_m), limit_m) + sagitta_m
        for piece in range(len(pieces)):
            if gaps[piece] <= min(most, bound_own_gap(target[piece], k, least, seen, sagitta_m)):
                row_of.append(rows[i])
                piece_of.append(np.int64(piece))
    return np.array(row_of), np.array(piece_of)


@compile_loop
def fill_distances(
    lon: Floats, lat: Floats, target_of: Ints, firsts: Ints, targets: Targets, away_m: Floats
) -> None:
    """Fill in the metres from each point in degrees to the one target that is asked for.

    `firsts` says where the pieces of each target start, `targets` is that of `search`. A missing
    point gets NaN, one that is too far for the series -1.
    """
    ends, corners, _, _, sagitta_m = targets
    for i in range(len(lon)):
        away_m[i] = math.nan
        if math.isnan(lon[i] + lat[i]):
            continue
        x, y, z = to_vector(lon[i], lat[i])
        first, last = firsts[target_of[i]], firsts[target_of[i] + 1]
        least = math.inf
        for piece in range(first, last):
            least = min(least, measure_gap(x, y, z, ends, piece)[0])
        most = reach(least + sagitta_m) + sagitta_m
        away_m[i] = math.inf
        for piece in range(first, last):
            gap, share = measure_gap(x, y, z, ends, piece)
            if gap > most:
                continue
            if gap > FAR_M:
                away_m[i] = -1.0
                break
            fx, fy, fz, share = find_foot((x, y, z), ends, corners, piece, share)
            away_m[i] = min(away_m[i], arc_m(x, y, z, fx, fy, fz))
