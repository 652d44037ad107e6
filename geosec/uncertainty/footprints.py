"""Footprints: where a place may lie, and the point and radius that stand for it.

A footprint is a disc, a polygon or a line. Its *best point* is what a table shows as geometry;
its ``uncertainty_m`` is the radius round that point which holds the place with 95 % probability.
A disc is sampled evenly over its area, so the disc that holds everything is larger than the one
that holds 95 % by ``1 / sqrt(0.95)``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from shapely import Point

from geosec.errors import ParameterError
from geosec.geodesy.geodesics import distance_between_m, geodesic_distance_m, to_cartesian
from geosec.uncertainty.draws import (
    draw_along_line,
    draw_in_discs,
    draw_in_polygon,
    make_uniforms,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

LEVEL = 0.95
_SHAPES = {"Polygon", "MultiPolygon", "LineString", "MultiLineString"}
_DRAWS = 999
_SHARE_95 = math.sqrt(LEVEL)
_MIXED_DRAWS = 249  # for each reading of several


@dataclass(frozen=True)
class Footprint:
    """Where a place may lie.

    Attributes
    ----------
    lon, lat : float
        The best point, degrees in EPSG:4326.
    uncertainty_m : float
        Radius in metres round the best point that holds the place with 95 % probability.
    shape : shapely geometry, optional
        Polygon or line (EPSG:4326) that holds the place; None for a disc round the best point.

    Examples
    --------
    >>> Footprint(67.0, 30.18, 3_000).point.wkt
    'POINT (67 30.18)'
    """

    lon: float
    lat: float
    uncertainty_m: float
    shape: BaseGeometry | None = None

    @property
    def point(self) -> Point:
        """The best point, in EPSG:4326."""
        return Point(self.lon, self.lat)


def disc(lon: float, lat: float, full_radius_m: float) -> Footprint:
    """Make the footprint of a place known to lie within a distance of a point.

    Parameters
    ----------
    lon, lat : float
        Degrees in EPSG:4326.
    full_radius_m : float
        Metres within which it certainly lies.

    Returns
    -------
    Footprint
        Its ``uncertainty_m`` is ``full_radius_m * sqrt(0.95)``: that share of an evenly filled
        disc holds 95 % of its area.

    Raises
    ------
    ParameterError
        If the radius is negative or no number.

    Examples
    --------
    >>> round(disc(67.0, 30.18, 25_000).uncertainty_m)
    24367
    """
    if not full_radius_m >= 0:
        msg = f"a disc needs a radius of 0 m or more, and got {full_radius_m}."
        raise ParameterError(msg)
    return Footprint(lon, lat, full_radius_m * _SHARE_95)


def full_radius_m(uncertainty_m: float) -> float:
    """Give the radius of the whole disc whose 95 % radius is known.

    Parameters
    ----------
    uncertainty_m : float
        Metres that hold the place with 95 %.

    Returns
    -------
    float
        Metres that hold it always, for a place spread evenly over a disc.

    Examples
    --------
    >>> round(full_radius_m(24_367))
    25000
    """
    return uncertainty_m / _SHARE_95


def spread_over(shape: BaseGeometry, best: tuple[float, float] | None = None) -> Footprint:
    """Make the footprint of a place that lies anywhere in a polygon or along a line.

    Parameters
    ----------
    shape : shapely Polygon, MultiPolygon, LineString or MultiLineString
        In EPSG:4326. A place in a polygon is spread evenly over its area, on a line evenly
        over its geodesic length.
    best : tuple of float, optional
        Longitude and latitude of the point to stand for it. By default the centroid of a
        polygon, or a point inside where the centroid is not, and the middle of a line.

    Returns
    -------
    Footprint
        Its radius is the 95 % quantile of the geodesic distance from the best point.

    Raises
    ------
    ParameterError
        If the shape is empty or of another kind.

    Examples
    --------
    >>> from shapely import LineString
    >>> line = LineString([(67.67, 29.62), (67.55, 29.68)])
    >>> round(spread_over(line).uncertainty_m)
    6351
    """
    if shape.is_empty or shape.geom_type not in _SHAPES:
        found = "an empty" if shape.is_empty else "a"
        msg = (
            f"a footprint is a polygon or a line, and got {found} {shape.geom_type}. "
            "For a place within a distance of a point use `disc`."
        )
        raise ParameterError(msg)
    uniform = _evenly("shape", _DRAWS)
    if "Polygon" in shape.geom_type:
        lon, lat = draw_in_polygon(shape, uniform)
    else:
        lon, lat = draw_along_line(shape, uniform[:, 0])
    at = best or _middle(shape)
    rank = LEVEL * (_DRAWS - 1)
    around = _outwards(at, lon, lat)[[math.floor(rank), math.ceil(rank)]]
    inner_m, outer_m = geodesic_distance_m(*at, lon[around], lat[around])
    return Footprint(*at, float(inner_m + (outer_m - inner_m) * (rank % 1)), shape)


@lru_cache(maxsize=4)
def _evenly(name: str, draws: int) -> NDArray[np.float64]:
    """Give the numbers, shape (draws, 2), that every footprint of a kind is measured with."""
    return make_uniforms([name], draws, seed=0)[0, :, 1:]


def _outwards(
    at: tuple[float, float], lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> NDArray[np.intp]:
    """Order places by their distance from a point; their chords have the order of the geodesics.

    Two places whose geodesics differ by a millionth may change places.
    """
    away = to_cartesian(lon, lat) - to_cartesian(*at)
    return np.argsort(np.einsum("...i,...i->...", away, away), kind="stable")


def _middle(shape: BaseGeometry) -> tuple[float, float]:
    if "Polygon" in shape.geom_type:
        centre = shape.centroid if shape.contains(shape.centroid) else shape.point_on_surface()
        return centre.x, centre.y
    lon, lat = draw_along_line(shape, np.array([0.5]))
    return float(lon[0]), float(lat[0])


def draw_from(
    footprint: Footprint, uniform: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Draw places from one footprint.

    Parameters
    ----------
    footprint : Footprint
        A disc, a polygon or a line in EPSG:4326.
    uniform : array of float, shape (draws, 2)
        Numbers between 0 and 1.

    Returns
    -------
    lon, lat : array of float, shape (draws,)
        Degrees.

    Examples
    --------
    >>> lon, lat = draw_from(disc(67.0, 30.0, 1_000), np.array([[1.0, 0.0]]))
    >>> round(float(geodesic_distance_m(67.0, 30.0, lon[0], lat[0])))
    1000
    """
    if footprint.shape is None:
        centre = np.array([[footprint.lon]]), np.array([[footprint.lat]])
        radius_m = np.array([[full_radius_m(footprint.uncertainty_m)]])
        lon, lat = draw_in_discs(*centre, radius_m, uniform[None])
        return lon[0], lat[0]
    if "Polygon" in footprint.shape.geom_type:
        return draw_in_polygon(footprint.shape, uniform)
    return draw_along_line(footprint.shape, uniform[:, 0])


def mixture_radius_m(parts: list[tuple[Footprint, float]]) -> float:
    """Give the 95 % radius round the best point of the first of several weighted readings.

    Parameters
    ----------
    parts : list of (Footprint, float)
        Readings with weights that sum to 1 or less, the most probable first.

    Returns
    -------
    float
        Metres round the first footprint's best point that hold the place with 95 %, given that
        one of the readings is right.

    Examples
    --------
    >>> near, far = Footprint(67.0, 30.0, 2_000), Footprint(68.0, 30.0, 2_000)
    >>> mixture_radius_m([(near, 0.99), (far, 0.01)]) < 2_100
    True
    >>> mixture_radius_m([(near, 0.6), (far, 0.4)]) > 90_000
    True
    """
    best = parts[0][0]
    uniform = _evenly("mixture", _MIXED_DRAWS)
    drawn = [draw_from(part, uniform) for part, _ in parts]
    lon, lat = (np.concatenate(axis) for axis in zip(*drawn, strict=True))
    share = np.repeat([weight for _, weight in parts], _MIXED_DRAWS)
    order = _outwards((best.lon, best.lat), lon, lat)
    covered = np.cumsum(share[order]) / share.sum()
    last = order[np.searchsorted(covered, LEVEL)]
    return distance_between_m(best.lon, best.lat, float(lon[last]), float(lat[last]))
