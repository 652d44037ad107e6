"""The nearest point of a piece."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geosec.geodesy.loops.caching import compile_loop
from geosec.geodesy.loops.ellipsoid import pace, to_vector
from geosec.geodesy.wgs84 import E2, EQUATOR_M

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_PER_A2, _PER_B2 = 1 / EQUATOR_M**2, 1 / (EQUATOR_M**2 * (1 - E2))
_ROUNDS = 12
_CLOSE = 1e-7  # of a piece's length


@compile_loop
def measure_gap(x: float, y: float, z: float, ends: Floats, piece: int) -> tuple[float, float]:
    """Give the straight metres from a vector to the chord of a piece, and the share along it.

    `ends` is that of `geosec.geodesy.pieces.Pieces`; the share runs from 0 to 1.
    """
    ax, ay, az = ends[piece, 0], ends[piece, 1], ends[piece, 2]
    dx, dy, dz = ends[piece, 3], ends[piece, 4], ends[piece, 5]
    px, py, pz = x - ax, y - ay, z - az
    share = (px * dx + py * dy + pz * dz) * ends[piece, 6]
    share = min(max(share, 0.0), 1.0)
    px, py, pz = px - share * dx, py - share * dy, pz - share * dz
    return math.sqrt(px * px + py * py + pz * pz), share


@compile_loop
def find_foot(
    point: tuple[float, float, float], ends: Floats, corners: Floats, piece: int, share: float
) -> tuple[float, float, float, float]:
    """Give the nearest point of a piece as a vector, and the share along it, from a first guess.

    A piece is a geodesic (its chord lifted onto the ellipsoid) or, where `corners` holds its ends
    in degrees, straight in longitude and latitude. What is made least is the chord.
    """
    x, y, z = point
    straight = corners[piece, 0] == corners[piece, 0]
    fx, fy, fz = x, y, z
    for _ in range(_ROUNDS):
        if straight:
            fx, fy, fz, tx, ty, tz, inverse = _follow_edge(corners, piece, share)
        else:
            fx, fy, fz, tx, ty, tz, inverse = _follow_geodesic(ends, piece, share)
        moved = share + ((x - fx) * tx + (y - fy) * ty + (z - fz) * tz) * inverse
        moved = min(max(moved, 0.0), 1.0)
        step = moved - share
        share = moved
        if abs(step) < _CLOSE:
            fx, fy, fz = fx + step * tx, fy + step * ty, fz + step * tz
            break
    if share <= 0.0:
        return ends[piece, 0], ends[piece, 1], ends[piece, 2], share
    if share >= 1.0:
        return ends[piece, 7], ends[piece, 8], ends[piece, 9], share
    return fx, fy, fz, share


@compile_loop
def _follow_geodesic(ends: Floats, piece: int, share: float) -> tuple[float, ...]:
    """Give a point of a geodesic, its pace as the share grows, and 1 / pace^2.

    The chord's point is moved onto the ellipsoid along the normal, in one step of Newton's: it is
    3 m off at the most, and comes to lie within a micrometre.
    """
    dx, dy, dz = ends[piece, 3], ends[piece, 4], ends[piece, 5]
    x, y, z = ends[piece, 0] + share * dx, ends[piece, 1] + share * dy, ends[piece, 2] + share * dz
    p, q, r = x * _PER_A2, y * _PER_A2, z * _PER_B2
    rise = (x * p + y * q + z * r - 1.0) / (2.0 * (p * p + q * q + r * r))
    square = dx * dx + dy * dy + dz * dz
    bulge = square * (0.5 - share)  # of the pace, along the normal (p, q, r) * A
    return (
        *(x - rise * p, y - rise * q, z - rise * r),
        *(dx + bulge * p, dy + bulge * q, dz + bulge * r),
        ends[piece, 6],
    )


@compile_loop
def _follow_edge(corners: Floats, piece: int, share: float) -> tuple[float, ...]:
    """Give a point of an edge straight in degrees, its pace as the share grows, and 1 / pace^2."""
    lon = corners[piece, 0] + share * corners[piece, 2]
    lat = corners[piece, 1] + share * corners[piece, 3]
    x, y, z = to_vector(lon, lat)
    tx, ty, tz = pace(lon, lat, corners[piece, 2], corners[piece, 3])
    square = tx * tx + ty * ty + tz * tz
    return x, y, z, tx, ty, tz, 1.0 / square if square > 0.0 else 0.0
