"""Points in the order of a curve that fills the plane, a cell of them at a time."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from geosec.geodesy.loops.ellipsoid import surface

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


@njit(cache=True, nogil=True)
def order_cells(lon: Floats, lat: Floats, bits: int) -> tuple[Ints, Ints]:
    """Order points by cell, neighbours next to neighbours, along Morton's curve.

    Parameters
    ----------
    lon, lat : array of float, shape (n,)
        Degrees in EPSG:4326.
    bits : int
        A side of the box round the points is cut into ``2^bits`` cells.

    Returns
    -------
    order : array of int, shape (n,)
        Positions of the points.
    starts : array of int
        Where each cell starts in the order.

    Examples
    --------
    >>> order, starts = order_cells(np.array([1.0, 0.0]), np.array([1.0, 0.0]), 1)
    >>> order.tolist(), starts.tolist()
    ([1, 0], [0, 1, 1, 1, 2])
    """
    count = len(lon)
    side = 1 << bits
    west, east = lon.min(), lon.max()
    south, north = lat.min(), lat.max()
    per_lon = side / max(east - west, 1e-9) * (1.0 - 1e-9)
    per_lat = side / max(north - south, 1e-9) * (1.0 - 1e-9)
    codes = np.empty(count, dtype=np.int32)
    starts = np.zeros((1 << (2 * bits)) + 1, dtype=np.int64)
    for i in range(count):
        column, row = int((lon[i] - west) * per_lon), int((lat[i] - south) * per_lat)
        code = 0
        for bit in range(bits):
            code |= ((column >> bit) & 1) << (2 * bit) | ((row >> bit) & 1) << (2 * bit + 1)
        codes[i] = code
        starts[code + 1] += 1
    for cell in range(len(starts) - 1):
        starts[cell + 1] += starts[cell]
    fill = starts[:-1].copy()
    order = np.empty(count, dtype=np.int64)
    for i in range(count):
        order[fill[codes[i]]] = i
        fill[codes[i]] += 1
    return order, starts


@njit(cache=True, nogil=True)
def fill_vectors(lon: Floats, lat: Floats, xyz: Floats) -> None:
    """Fill in the vectors of points.

    Parameters
    ----------
    lon, lat : array of float, shape (n,)
        Degrees in EPSG:4326.
    xyz : array of float, shape (n, 3)
        Filled in, metres from the Earth's centre.

    Examples
    --------
    >>> xyz = np.empty((1, 3))
    >>> fill_vectors(np.zeros(1), np.zeros(1), xyz)
    >>> xyz.tolist()
    [[6378137.0, 0.0, 0.0]]
    """
    for i in range(len(lon)):
        xyz[i, 0], xyz[i, 1], xyz[i, 2] = surface(lon[i], lat[i])


@njit(cache=True, nogil=True)
def ball(xyz: Floats, first: int, last: int) -> tuple[float, float, float, float]:
    """Give the middle and the radius of a ball that holds points.

    Parameters
    ----------
    xyz : array of float, shape (n, 3)
        Metres.
    first, last : int
        The range of points.

    Returns
    -------
    x, y, z, radius_m : float
        Metres.

    Examples
    --------
    >>> ball(np.array([[0.0, 0.0, 0.0], [2.0, 0.0, 0.0]]), 0, 2)
    (1.0, 0.0, 0.0, 1.0)
    """
    low_x = high_x = xyz[first, 0]
    low_y = high_y = xyz[first, 1]
    low_z = high_z = xyz[first, 2]
    for i in range(first + 1, last):
        low_x, high_x = min(low_x, xyz[i, 0]), max(high_x, xyz[i, 0])
        low_y, high_y = min(low_y, xyz[i, 1]), max(high_y, xyz[i, 1])
        low_z, high_z = min(low_z, xyz[i, 2]), max(high_z, xyz[i, 2])
    x, y, z = (low_x + high_x) / 2, (low_y + high_y) / 2, (low_z + high_z) / 2
    dx, dy, dz = high_x - x, high_y - y, high_z - z
    return x, y, z, math.sqrt(dx * dx + dy * dy + dz * dz)
