"""Points in the order of a curve that fills the plane, a cell of them at a time."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from geosec.geodesy.loops.caching import compile_loop
from geosec.geodesy.loops.ellipsoid import to_vector

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


@compile_loop
def order_cells(lon: Floats, lat: Floats, bits: int) -> tuple[Ints, Ints]:
    """Order points in degrees by cell, neighbours next to neighbours, along Morton's curve.

    A side of the box round the points is cut into ``2^bits`` cells. The positions of the points
    come out in that order, and where each cell starts in it.
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


@compile_loop
def fill_vectors(lon: Floats, lat: Floats, xyz: Floats) -> None:
    """Fill in the vectors, in metres from the Earth's centre, of points in degrees."""
    for i in range(len(lon)):
        xyz[i, 0], xyz[i, 1], xyz[i, 2] = to_vector(lon[i], lat[i])


@compile_loop
def bound_ball(xyz: Floats, first: int, last: int) -> tuple[float, float, float, float]:
    """Give the middle (a vector) and the radius in metres of a ball round a range of points."""
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
