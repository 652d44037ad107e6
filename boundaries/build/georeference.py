"""Lay a drawing over the country: its outline is fitted to a known one, step by step.

The iterative closest point method (Besl and McKay 1992, doi:10.1109/34.121791) with the worst
part of the pairs trimmed, and a polynomial of growing degree as the transformation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

METRIC = "+proj=lcc +lat_1=26 +lat_2=35 +lat_0=30 +lon_0=69.5 +datum=WGS84 +units=m"
_ROUNDS = 60
_TRIMMED = 0.15
_DEGREES = (1, 2, 3)


@dataclass(frozen=True)
class Fit:
    """A polynomial from the pixels of a drawing to metres.

    Attributes
    ----------
    bounds : tuple of float
        West, north, east and south of the drawing in pixels, y downwards.
    degree : int
        Of the polynomial.
    coefficients : numpy.ndarray
        One row a term, one column a coordinate.
    residual_m : numpy.ndarray
        Distance of every outline vertex to the known outline after the fit, metres.
    """

    bounds: tuple[float, float, float, float]
    degree: int
    coefficients: NDArray[np.float64]
    residual_m: NDArray[np.float64]

    def apply(self, shape: BaseGeometry) -> BaseGeometry:
        """Bring a shape from pixels to metres.

        Parameters
        ----------
        shape : shapely geometry
            In pixels.

        Returns
        -------
        shapely geometry
            In the metric CRS `METRIC`.
        """

        def metres(xy: NDArray[np.float64]) -> NDArray[np.float64]:
            return _terms(xy, self.bounds, self.degree) @ self.coefficients

        return shapely.transform(shape, metres)


def fit_outline(drawn: BaseGeometry, known: BaseGeometry) -> Fit:
    """Fit the outline of a drawing to the known outline of the same country.

    Parameters
    ----------
    drawn : shapely Polygon
        Outline in pixels, y downwards.
    known : shapely Polygon or MultiPolygon
        Outline in the metric CRS `METRIC`.

    Returns
    -------
    Fit
    """
    points = shapely.get_coordinates(shapely.segmentize(drawn.exterior, 1.0))
    outline = _Outline(known)
    bounds = drawn.bounds
    moved = _first_guess(points, bounds, known.bounds)
    for degree in _DEGREES:
        terms = _terms(points, bounds, degree)
        for _ in range(_ROUNDS):
            nearest, away_m = outline.nearest(moved)
            kept = away_m <= np.quantile(away_m, 1 - _TRIMMED)
            fitted = np.linalg.lstsq(terms[kept], nearest[kept], rcond=None)[0]
            coefficients = np.asarray(fitted, dtype=np.float64)
            moved = terms @ coefficients
    return Fit(bounds, _DEGREES[-1], coefficients, outline.nearest(moved)[1])


class _Outline:
    """The edges of an outline, searched for the nearest point."""

    def __init__(self, shape: BaseGeometry) -> None:
        xy, ring = shapely.get_coordinates(
            shapely.get_parts(shapely.boundary(shape)), return_index=True
        )
        same = ring[1:] == ring[:-1]
        self._edges = shapely.linestrings(np.stack([xy[:-1][same], xy[1:][same]], axis=1))
        self._tree = shapely.STRtree(self._edges)

    def nearest(self, xy: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        points = shapely.points(xy)
        edges = self._edges[self._tree.nearest(points)]
        feet = shapely.line_interpolate_point(edges, shapely.line_locate_point(edges, points))
        return shapely.get_coordinates(feet), shapely.distance(points, feet)


def _terms(
    xy: NDArray[np.float64], bounds: tuple[float, float, float, float], degree: int
) -> NDArray[np.float64]:
    """Give the terms x^i y^j of a polynomial, coordinates scaled to about -1..1, y upwards."""
    west, north, east, south = bounds
    half = max(east - west, south - north) / 2
    x = (xy[:, 0] - (west + east) / 2) / half
    y = -(xy[:, 1] - (north + south) / 2) / half
    powers = [(i, j) for i in range(degree + 1) for j in range(degree + 1 - i)]
    return np.column_stack([x**i * y**j for i, j in powers])


def _first_guess(
    xy: NDArray[np.float64],
    bounds: tuple[float, float, float, float],
    known: tuple[float, float, float, float],
) -> NDArray[np.float64]:
    """Stretch the drawing's frame over the country's."""
    share = (xy - bounds[:2]) / (np.array(bounds[2:]) - bounds[:2])
    share[:, 1] = 1 - share[:, 1]
    corner, size = np.array(known[:2]), np.array(known[2:]) - known[:2]
    return np.asarray(corner + share * size, dtype=np.float64)
