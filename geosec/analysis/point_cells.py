"""Points sorted into cubes of space, so that those near each other are found without the others.

A cube is found by the vector from the Earth's centre, so that neither the poles nor the 180th
meridian are special. Distances are chords of the WGS84 ellipsoid, turned into geodesics on a sphere
of its mean radius: off by less than 1 cm at 100 km, and by less than 10 m at 1,000 km.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geosec.geodesy.wgs84 import MEAN_RADIUS_M

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

MOST_M = 1_000_000.0  #: the longest distance that a chord stands for well enough
_LEAST_SIDE_M = 1e-3
_MOST_NUMBER = 2.0**62


class PointCells(NamedTuple):
    """Points in the order of their cubes, as the loops take them."""

    order: NDArray[np.intp]  #: positions of the points as they were given
    points: Floats  #: (n, 3) metres from the Earth's centre
    starts: NDArray[np.int64]  #: first point of each cube, and one behind the last of all
    keys: NDArray[np.int64]  #: the number of each cube
    sides: NDArray[np.int64]  #: how many cubes there are along the second and the third axis


def sort_into_cells(points: Floats, side_m: float, around: int = 1) -> PointCells:
    """Sort points (n, 3) into cubes with sides of so many metres, 1 mm or more.

    `around` is how many cubes off in each direction will be looked at.
    """
    cell = np.floor(points / max(side_m, _LEAST_SIDE_M)).astype("int64")
    if len(cell):
        cell -= cell.min(axis=0) - around
    sides = cell.max(axis=0, initial=0) + around + 1
    if np.prod(sides, dtype="float64") > _MOST_NUMBER:
        cell = np.stack([_close_gaps(along, around) for along in cell.T], axis=1)
        sides = cell.max(axis=0) + around + 1
    number = (cell[:, 0] * sides[1] + cell[:, 1]) * sides[2] + cell[:, 2]
    order = np.argsort(number, kind="stable")
    keys, starts = np.unique(number[order], return_index=True)
    return PointCells(order, points[order], np.append(starts, len(points)), keys, sides[1:])


def _close_gaps(along: NDArray[np.int64], around: int) -> NDArray[np.int64]:
    """Give cubes along an axis numbers with no gap longer than is needed to keep them apart."""
    distinct, which = np.unique(along, return_inverse=True)
    steps = np.minimum(np.diff(distinct, prepend=distinct[:1] - around), around + 1)
    return np.asarray(np.cumsum(steps)[which])


def to_chord_m(distance_m: ArrayLike) -> Floats:
    """Give the chord of a geodesic, both in metres."""
    away_m = np.asarray(distance_m, dtype="float64")
    return np.asarray(2 * MEAN_RADIUS_M * np.sin(away_m / (2 * MEAN_RADIUS_M)))


def to_distance_m(chord_m: ArrayLike) -> Floats:
    """Give the geodesic of a chord, both in metres."""
    half = np.asarray(chord_m, dtype="float64") / (2 * MEAN_RADIUS_M)
    return np.asarray(2 * MEAN_RADIUS_M * np.arcsin(np.minimum(half, 1.0)))
