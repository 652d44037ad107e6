"""The nearest point of a piece."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from numba import njit

from geosec.geodesy.loops.ellipsoid import A_M, E2, pace, surface

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_PER_A2, _PER_B2 = 1 / A_M**2, 1 / (A_M**2 * (1 - E2))
_ROUNDS = 12
_CLOSE = 1e-7  # of a piece's length


@njit(cache=True, nogil=True)
def chord_gap(x: float, y: float, z: float, ends: Floats, piece: int) -> tuple[float, float]:
    """Give the straight distance from a point to the chord of a piece, and the share along it.

    Parameters
    ----------
    x, y, z : float
        Metres from the Earth's centre.
    ends : array of float, shape (n, 10)
        Of `geosec.geodesy.pieces.Pieces`, metres.
    piece : int
        Which piece.

    Returns
    -------
    gap_m, share : float
        Metres; 0 to 1.

    Examples
    --------
    >>> import numpy as np
    >>> from geosec.geodesy.pieces import cut_pieces
    >>> from shapely import Point
    >>> chord_gap(0.0, 0.0, 0.0, cut_pieces(np.array([Point(0, 0)])).ends, 0)
    (6378137.0, 0.0)
    """
    ax, ay, az = ends[piece, 0], ends[piece, 1], ends[piece, 2]
    dx, dy, dz = ends[piece, 3], ends[piece, 4], ends[piece, 5]
    px, py, pz = x - ax, y - ay, z - az
    share = (px * dx + py * dy + pz * dz) * ends[piece, 6]
    share = min(max(share, 0.0), 1.0)
    px, py, pz = px - share * dx, py - share * dy, pz - share * dz
    return math.sqrt(px * px + py * py + pz * pz), share


@njit(cache=True, nogil=True)
def foot(
    point: tuple[float, float, float], ends: Floats, corners: Floats, piece: int, share: float
) -> tuple[float, float, float, float]:
    """Give the nearest point of a piece, and the share along it, from a first guess.

    A piece is a geodesic (its chord lifted onto the ellipsoid) or, where `corners` holds its ends
    in degrees, straight in longitude and latitude. What is made least is the chord.

    Parameters
    ----------
    point : tuple of float
        Metres from the Earth's centre.
    ends, corners : array of float
        Of `geosec.geodesy.pieces.Pieces`, metres and degrees (EPSG:4326).
    piece : int
        Which piece.
    share : float
        Where to begin, 0 to 1.

    Returns
    -------
    x, y, z, share : float
        Metres from the Earth's centre; 0 to 1.

    Examples
    --------
    >>> import numpy as np
    >>> from geosec.geodesy.pieces import cut_pieces
    >>> from shapely import LineString
    >>> pieces = cut_pieces(np.array([LineString([(0, 0), (0.1, 0)])]))
    >>> round(foot(surface(0.05, 1.0), pieces.ends, pieces.corners, 0, 0.0)[3], 6)
    0.5
    """
    x, y, z = point
    straight = corners[piece, 0] == corners[piece, 0]
    fx, fy, fz = x, y, z
    for _ in range(_ROUNDS):
        if straight:
            fx, fy, fz, tx, ty, tz, pace = _on_edge(corners, piece, share)
        else:
            fx, fy, fz, tx, ty, tz, pace = _on_geodesic(ends, piece, share)
        moved = share + ((x - fx) * tx + (y - fy) * ty + (z - fz) * tz) * pace
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


@njit(cache=True, nogil=True)
def _on_geodesic(ends: Floats, piece: int, share: float) -> tuple[float, ...]:
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


@njit(cache=True, nogil=True)
def _on_edge(corners: Floats, piece: int, share: float) -> tuple[float, ...]:
    """Give a point of an edge straight in degrees, its pace as the share grows, and 1 / pace^2."""
    lon = corners[piece, 0] + share * corners[piece, 2]
    lat = corners[piece, 1] + share * corners[piece, 3]
    x, y, z = surface(lon, lat)
    tx, ty, tz = pace(lon, lat, corners[piece, 2], corners[piece, 3])
    square = tx * tx + ty * ty + tz * tz
    return x, y, z, tx, ty, tz, 1.0 / square if square > 0.0 else 0.0
