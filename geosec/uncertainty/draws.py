"""How one place is drawn: even sequences mapped onto discs, polygons and lines.

The sequence is Roberts' R3, a rank-1 lattice of the generalised golden ratio (M. Roberts 2018,
*The unreasonable effectiveness of quasirandom sequences*), rotated by a shift of its own for each
key (Cranley and Patterson 1976, doi:10.1137/0713071). The shift comes from the seed and the key
alone, the key being an incident's identifier or the text of a footprint, so adding a row changes
no other row's draws. Longitudes and latitudes are degrees in EPSG:4326 throughout.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely
from pyproj import Transformer

from geosec.geodesy.compiled import load_loops
from geosec.geodesy.geodesics import geodesic_direct, geodesic_inverse
from geosec.geodesy.threads import run_in_parts
from geosec.uncertainty.distinct import find_distinct_shapes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Places = tuple[NDArray[np.float64], NDArray[np.float64]]  # longitudes and latitudes

_GOLDEN_3 = 1.2207440846057596  # the real root of x^4 = x + 1
_STEPS = 1 / _GOLDEN_3 ** np.arange(1, 4)
_EQUAL_AREA = "EPSG:6933"  # WGS 84 / NSIDC EASE-Grid 2.0 Global, cylindrical equal area
_SERIES_M = 500_000.0  # radii up to here are walked by the compiled loops
_EDGE_DEG = 0.1  # edges are cut this fine before they are bent into the equal-area plane
_CUT_ROWS = 100  # cutting a polygon into triangles takes as long as so many rows of a loop


class Pieces(NamedTuple):
    """Triangles of polygons or edges of lines, those of one shape behind those of another."""

    ends: NDArray[np.float64]  #: corners of triangles (n, 3, 2); starts and directions (n, 3)
    before: NDArray[np.float64]  #: area or length of the shape up to the start of each piece
    upto: NDArray[np.float64]  #: and up to its end
    starts: NDArray[np.int64]  #: first piece of each shape, and one behind the last of all


def make_uniforms(keys: Sequence[str], draws: int, *, seed: int) -> NDArray[np.float64]:
    """Give each key its own evenly spread numbers between 0 and 1, shape (keys, draws, 3).

    One number chooses a reading, two place a draw.
    """
    shifts = np.array([_hash_shift(key, seed) for key in keys]).reshape(-1, 3)
    numbers = np.empty((len(shifts), draws, 3))
    fill = load_loops("uncertainty.loops").fill_uniforms
    run_in_parts(lambda first, last: fill(shifts, _STEPS, first, last, numbers), len(shifts))
    return numbers


def _hash_shift(key: str, seed: int) -> list[float]:
    digest = hashlib.blake2b(f"{seed}:{key}".encode(), digest_size=24).digest()
    return [int.from_bytes(digest[at : at + 8], "big") / 2**64 for at in (0, 8, 16)]


def draw_in_discs(
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    radius_m: NDArray[np.float64],
    uniform: NDArray[np.float64],
) -> Places:
    """Draw evenly over discs: centres and full radii in metres (n, 1), numbers (n, draws, 2)."""
    away_m = (radius_m * np.sqrt(uniform[..., 0])).ravel()
    shape = uniform.shape[:-1]
    from_lon, from_lat = (np.broadcast_to(angle, shape).ravel() for angle in (lon, lat))
    azimuth_deg = (360.0 * uniform[..., 1]).ravel()
    to_lon, to_lat = np.empty_like(away_m), np.empty_like(away_m)
    move = load_loops("geodesy.loops.ellipsoid").fill_direct

    def move_part(first: int, last: int) -> None:
        part = slice(first, last)
        arguments = (from_lon, from_lat, azimuth_deg, away_m, to_lon, to_lat)
        move(*(argument[part] for argument in arguments))

    run_in_parts(move_part, len(away_m))
    wide = np.broadcast_to(radius_m > _SERIES_M, shape).ravel()
    if wide.any():
        to_lon[wide], to_lat[wide] = geodesic_direct(
            from_lon[wide], from_lat[wide], azimuth_deg[wide], away_m[wide]
        )
    return to_lon.reshape(shape), to_lat.reshape(shape)


def draw_in_polygon(polygon: BaseGeometry, uniform: NDArray[np.float64]) -> Places:
    """Draw evenly over the area of one polygon, with numbers of shape (draws, 2)."""
    lon, lat = _draw_in_triangles(_cut_one_polygon(shapely.to_wkb(polygon)), uniform[None])
    return lon[0], lat[0]


def draw_in_polygons(polygons: NDArray[np.object_], uniform: NDArray[np.float64]) -> Places:
    """Draw evenly over the area of each of n polygons, with numbers of shape (n, draws, 2)."""
    distinct, which = find_distinct_shapes(polygons)
    return _draw_in_triangles(_cut_into_triangles(distinct), uniform, which)


def draw_along_lines(lines: NDArray[np.object_], uniform: NDArray[np.float64]) -> Places:
    """Draw evenly along the geodesic length of each of n lines, with numbers (n, draws)."""
    distinct, which = find_distinct_shapes(lines)
    return _draw_on_edges(_cut_into_edges(distinct), uniform, which)


def draw_along_line(line: BaseGeometry, uniform: NDArray[np.float64]) -> Places:
    """Draw evenly along the geodesic length of one line, with numbers as shares of it (draws,)."""
    lon, lat = _draw_on_edges(_cut_into_edges(np.array([line])), uniform[None])
    return lon[0], lat[0]


def _draw_in_triangles(
    triangles: Pieces, uniform: NDArray[np.float64], which: NDArray[np.int64] | None = None
) -> Places:
    """Place draws in triangles: one number picks the triangle by its share of the area.

    Stretched over that share, it is also one of two barycentric coordinates.
    """
    which = np.zeros(len(uniform), dtype="int64") if which is None else which
    share, turn = uniform[..., 0], uniform[..., 1][..., None]
    piece = _find_pieces(triangles, which, share)
    before = triangles.before[piece]
    root = np.sqrt((share - before) / (triangles.upto[piece] - before))[..., None]
    a, b, c = (triangles.ends[piece, corner] for corner in range(3))
    places = (1 - root) * a + root * (1 - turn) * b + root * turn * c
    lon, lat = _load_projection().transform(places[..., 0], places[..., 1], direction="INVERSE")
    return np.asarray(lon), np.asarray(lat)


def _draw_on_edges(
    edges: Pieces, uniform: NDArray[np.float64], which: NDArray[np.int64] | None = None
) -> Places:
    """Place draws on edges, as far along the whole line as their number says."""
    which = np.zeros(len(uniform), dtype="int64") if which is None else which
    wanted_m = uniform * edges.upto[edges.starts[1:] - 1][which][:, None]
    edge = _find_pieces(edges, which, wanted_m)
    lon, lat, azimuth_deg = edges.ends[edge].transpose(2, 0, 1)
    return geodesic_direct(lon, lat, azimuth_deg, wanted_m - edges.before[edge])


def _find_pieces(
    pieces: Pieces, which: NDArray[np.int64], wanted: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Give the piece of its shape in which each wanted area or length, (n, draws), ends."""
    piece = np.empty(wanted.shape, dtype="int64")
    find = load_loops("uncertainty.loops").find_pieces
    run_in_parts(
        lambda first, last: find(pieces.upto, pieces.starts, which, wanted, (first, last), piece),
        len(wanted),
        rows=wanted.size,
    )
    return piece


@lru_cache(maxsize=512)
def _cut_one_polygon(wkb: bytes) -> Pieces:
    return _cut_into_triangles(np.array([shapely.from_wkb(wkb)]))


def _cut_into_triangles(polygons: NDArray[np.object_]) -> Pieces:
    """Cut polygons into triangles in the equal-area plane; ``upto`` is the share of the area."""
    fine = shapely.segmentize(polygons, _EDGE_DEG)
    move = _load_projection().transform
    plane = shapely.transform(fine, move, interleaved=False)
    cut = np.empty(len(plane), dtype="object")

    def cut_part(first: int, last: int) -> None:
        cut[first:last] = shapely.constrained_delaunay_triangles(plane[first:last])

    run_in_parts(cut_part, len(plane), rows=_CUT_ROWS * len(plane))
    corners = shapely.get_coordinates(cut).reshape(-1, 4, 2)[:, :3]
    owner = np.repeat(np.arange(len(cut)), shapely.get_num_coordinates(cut) // 4)
    (ax, ay), (bx, by) = ((corners[:, end] - corners[:, 0]).T for end in (1, 2))
    area = np.abs(ax * by - ay * bx)  # twice the area, of which only shares are asked
    corners, owner, area = corners[area > 0], owner[area > 0], area[area > 0]
    for flat in np.setdiff1d(np.arange(len(cut)), owner).tolist():  # drawn from end to end
        ends = sorted(zip(*move(*shapely.get_coordinates(polygons[flat]).T), strict=True))
        at = int(np.searchsorted(owner, flat))
        corners = np.insert(corners, at, [ends[0], ends[-1], ends[-1]], axis=0)
        owner, area = np.insert(owner, at, flat), np.insert(area, at, 1.0)
    starts = np.searchsorted(owner, np.arange(len(cut) + 1))
    upto = sum_up(area, starts)
    return _make_pieces(corners, upto / upto[starts[1:] - 1][owner], starts)


def _cut_into_edges(lines: NDArray[np.object_]) -> Pieces:
    """Cut lines into edges; ``ends`` are starts and directions, ``upto`` is in metres."""
    parts, line = shapely.get_parts(lines, return_index=True)
    at, part = shapely.get_coordinates(parts, return_index=True)
    edge = np.flatnonzero(part[1:] == part[:-1])
    azimuth_deg, length_m = geodesic_inverse(*at[edge].T, *at[edge + 1].T)
    starts = np.searchsorted(line[part[edge]], np.arange(len(lines) + 1))
    ends = np.column_stack([at[edge], azimuth_deg])
    return _make_pieces(ends, sum_up(length_m, starts), starts)


def _make_pieces(
    ends: NDArray[np.float64], upto: NDArray[np.float64], starts: NDArray[np.int64]
) -> Pieces:
    """Put pieces together; each begins where the one before it ends, or its shape begins."""
    before = np.append(0.0, upto[:-1])
    before[starts[:-1]] = 0.0
    return Pieces(ends, before, upto, starts)


def sum_up(values: NDArray[np.float64], starts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Add up the values of each shape, so that those of one never touch another's last digit."""
    upto = np.empty(len(values))
    load_loops("uncertainty.loops").sum_up(values, starts, upto)
    return upto


@lru_cache(maxsize=1)
def _load_projection() -> Transformer:
    return Transformer.from_crs("EPSG:4326", _EQUAL_AREA, always_xy=True)
