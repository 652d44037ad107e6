"""Targets cut into pieces so short that the compiled loops can measure them by their chords."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from geosec.geodesy.geodesics import geodesic_direct, geodesic_inverse, to_cartesian

if TYPE_CHECKING:
    from numpy.typing import NDArray

PIECE_M = 12_500.0
BORDER_DEG = 0.1
# A piece keeps within its sagitta of its chord. That of an arc of 12.5 km is L^2 / (8 R) = 3.1 m;
# an edge of 0.1 degrees, 11.2 km at the most, bulges 2.5 m up and, as a parallel, 2.5 m aside.
SAGITTA_M = 4.0
POLYGON = (3, 6)  # of the type ids of shapely


class Pieces(NamedTuple):
    """Short geodesics, or edges straight in degrees, ordered by target.

    Attributes
    ----------
    ends : numpy.ndarray, shape (n, 10)
        Vector of the start, of the chord, 1 / length^2 of the chord (0 for a point), vector of
        the end; metres from the Earth's centre (EPSG:4978).
    corners : numpy.ndarray, shape (n, 4)
        Longitude and latitude of the start and the steps to the end, degrees, of an edge that is
        straight in them; NaN for a geodesic.
    target : numpy.ndarray of int, shape (n,)
        Position of the target.
    along_m : numpy.ndarray, shape (n, 2)
        Metres of the target before the piece, and of the piece.
    degrees : numpy.ndarray, shape (n, 4)
        Longitude and latitude of start and end (EPSG:4326).
    """

    ends: NDArray[np.float64]
    corners: NDArray[np.float64]
    target: NDArray[np.int64]
    along_m: NDArray[np.float64]
    degrees: NDArray[np.float64]


def cut_pieces(shapes: NDArray[np.object_]) -> Pieces:
    """Cut points, lines and polygons in EPSG:4326 into pieces; a point is one without length.

    The edges of lines are geodesics, those of polygons straight in longitude and latitude.
    """
    polygons = np.isin(shapely.get_type_id(shapes), POLYGON)
    lines = shapes.copy()
    lines[polygons] = shapely.boundary(shapely.segmentize(shapes[polygons], BORDER_DEG))
    parts, owner = shapely.get_parts(lines, return_index=True)
    xy, part = shapely.get_coordinates(parts, return_index=True)
    same = part[1:] == part[:-1]
    single = np.flatnonzero(np.bincount(part, minlength=len(parts))[part] == 1)
    start = np.sort(np.concatenate([np.flatnonzero(same), single]))
    stop = np.where(np.isin(start, single), start, start + 1)
    target = owner[part[start]].astype("int64")
    return _cut_edges(np.hstack([xy[start], xy[stop]]), target, fine=polygons[target])


def _cut_edges(
    edges: NDArray[np.float64], target: NDArray[np.int64], *, fine: NDArray[np.bool_]
) -> Pieces:
    """Cut edges, each a longitude and latitude of its two ends, at equal lengths."""
    azimuth_deg, length_m = geodesic_inverse(*edges.T)
    count = np.where(fine, 1, np.maximum(1, np.ceil(length_m / PIECE_M))).astype("int64")
    edge = np.repeat(np.arange(len(edges)), count)
    number = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
    step_m = (length_m / count)[edge]
    lon_a, lat_a = geodesic_direct(
        edges[edge, 0], edges[edge, 1], azimuth_deg[edge], number * step_m
    )
    first, last = number == 0, number == count[edge] - 1
    degrees = np.empty((len(edge), 4))
    degrees[:, 0] = np.where(first, edges[edge, 0], lon_a)
    degrees[:, 1] = np.where(first, edges[edge, 1], lat_a)
    degrees[:, 2] = np.where(last, edges[edge, 2], np.roll(degrees[:, 0], -1))
    degrees[:, 3] = np.where(last, edges[edge, 3], np.roll(degrees[:, 1], -1))
    corners = np.full((len(edge), 4), np.nan)
    straight = fine[edge]
    corners[straight, :2] = degrees[straight, :2]
    corners[straight, 2:] = degrees[straight, 2:] - degrees[straight, :2]
    before_m = np.cumsum(step_m) - step_m
    owner = target[edge]
    fresh = np.flatnonzero(np.diff(owner, prepend=-1))
    before_m -= np.repeat(before_m[fresh], np.diff(np.append(fresh, len(owner))))
    return Pieces(
        _join_vectors(degrees), corners, owner, np.column_stack([before_m, step_m]), degrees
    )


def _join_vectors(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    """Put the vectors of starts, chords and ends side by side, as `Pieces.ends` holds them."""
    start = to_cartesian(degrees[:, 0], degrees[:, 1])
    stop = to_cartesian(degrees[:, 2], degrees[:, 3])
    chord = stop - start
    square = np.einsum("ij,ij->i", chord, chord)
    inverse = np.divide(1.0, square, out=np.zeros_like(square), where=square > 0)
    return np.ascontiguousarray(np.column_stack([start, chord, inverse, stop]))
