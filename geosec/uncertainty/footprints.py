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
import shapely
from shapely import Point

from geosec.errors import ParameterError
from geosec.geodesy.geodesics import distance_between_m, geodesic_distance_m, to_cartesian
from geosec.uncertainty.draws import (
    draw_along_line,
    draw_along_lines,
    draw_in_discs,
    draw_in_polygon,
    make_uniforms,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

LEVEL = 0.95
_SHAPES = {"Polygon", "MultiPolygon", "LineString", "MultiLineString"}
_AREAS = (3, 6)  # of `shapely.get_type_id`
_DRAWS = 999
SHARE_95 = math.sqrt(LEVEL)
_MIXED_DRAWS = 249  # for each reading of several


@dataclass(frozen=True)
class Footprint:
    """Where a place may lie."""

    lon: float  #: of the best point, degrees in EPSG:4326
    lat: float
    uncertainty_m: float  #: radius round it that holds the place with 95 % probability
    shape: BaseGeometry | None = None  #: polygon or line that holds the place; None for a disc

    @property
    def point(self) -> Point:
        """The best point, in EPSG:4326."""
        return Point(self.lon, self.lat)


def make_disc(lon: float, lat: float, full_radius_m: float) -> Footprint:
    """Make the footprint of a place that certainly lies within so many metres of a point.

    That share of an evenly filled disc which holds 95 % of its area has ``sqrt(0.95)`` of its
    radius.
    """
    if not full_radius_m >= 0:
        msg = f"a disc needs a radius of 0 m or more, and got {full_radius_m}."
        raise ParameterError(msg)
    return Footprint(lon, lat, full_radius_m * SHARE_95)


def full_radius_m(uncertainty_m: float) -> float:
    """Give the radius of the whole disc, metres, whose 95 % radius is known."""
    return uncertainty_m / SHARE_95


def spread_over_shape(shape: BaseGeometry, best: tuple[float, float] | None = None) -> Footprint:
    """Make the footprint of a place that lies anywhere in a polygon or along a line (EPSG:4326).

    It is spread evenly over the area of a polygon, or the geodesic length of a line; the radius is
    the 95 % quantile of the distance from the best point. That is by default the centroid of a
    polygon, or a point inside where the centroid is not, and the middle of a line.
    """
    if shape.is_empty or shape.geom_type not in _SHAPES:
        found = "an empty" if shape.is_empty else "a"
        msg = (
            f"a footprint is a polygon or a line, and got {found} {shape.geom_type}. "
            "For a place within a distance of a point use `make_disc`."
        )
        raise ParameterError(msg)
    uniform = _make_even_numbers("shape", _DRAWS)
    if "Polygon" in shape.geom_type:
        lon, lat = draw_in_polygon(shape, uniform)
        at = best or _find_middle(shape)
    else:
        lon, lat = draw_along_line(shape, np.append(uniform[:, 0], 0.5))
        at = best or (float(lon[-1]), float(lat[-1]))
        lon, lat = lon[:-1], lat[:-1]
    rank = LEVEL * (_DRAWS - 1)
    around = _order_outwards(at, lon, lat)[[math.floor(rank), math.ceil(rank)]]
    inner_m, outer_m = geodesic_distance_m(*at, lon[around], lat[around])
    return Footprint(*at, float(inner_m + (outer_m - inner_m) * (rank % 1)), shape)


@lru_cache(maxsize=4)
def _make_even_numbers(name: str, draws: int) -> NDArray[np.float64]:
    """Give the numbers, shape (draws, 2), that every footprint of a kind is measured with."""
    return make_uniforms([name], draws, seed=0)[0, :, 1:]


def _order_outwards(
    at: tuple[float, float], lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> NDArray[np.intp]:
    """Order places by their distance from a point; their chords have the order of the geodesics.

    Two places whose geodesics differ by a millionth may change places.
    """
    away = to_cartesian(lon, lat) - to_cartesian(*at)
    return np.argsort(np.einsum("...i,...i->...", away, away), kind="stable")


def _find_middle(polygon: BaseGeometry) -> tuple[float, float]:
    """Find the centroid of a polygon, or a point inside where the centroid is not."""
    centre = polygon.centroid if polygon.contains(polygon.centroid) else polygon.point_on_surface()
    return centre.x, centre.y


def find_best_points(
    shapes: NDArray[np.object_],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Find the points that stand for polygons and lines, as `spread_over_shape` does, in EPSG:4326.

    Gives longitudes and latitudes.
    """
    lon, lat = np.full(len(shapes), np.nan), np.full(len(shapes), np.nan)
    is_area = np.isin(shapely.get_type_id(shapes), _AREAS)
    areas = shapes[is_area]
    middles = shapely.centroid(areas)
    aside = ~shapely.contains(areas, middles)
    middles[aside] = shapely.point_on_surface(areas[aside])
    lon[is_area], lat[is_area] = shapely.get_x(middles), shapely.get_y(middles)
    if not is_area.all():
        half = np.full((len(shapes) - len(areas), 1), 0.5)
        along = draw_along_lines(shapes[~is_area], half)
        lon[~is_area], lat[~is_area] = (degrees[:, 0] for degrees in along)
    return lon, lat


def draw_footprint(
    footprint: Footprint, uniform: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Draw one footprint with numbers of shape (draws, 2); lon and lat in EPSG:4326."""
    if footprint.shape is None:
        centre = np.array([[footprint.lon]]), np.array([[footprint.lat]])
        radius_m = np.array([[full_radius_m(footprint.uncertainty_m)]])
        lon, lat = draw_in_discs(*centre, radius_m, uniform[None])
        return lon[0], lat[0]
    if "Polygon" in footprint.shape.geom_type:
        return draw_in_polygon(footprint.shape, uniform)
    return draw_along_line(footprint.shape, uniform[:, 0])


def mixture_radius_m(parts: list[tuple[Footprint, float]]) -> float:
    """Give the 95 % radius in metres round the best point of the first of several readings.

    Readings come with weights that sum to 1 or less, the most probable first; the radius holds the
    place given that one of them is right.
    """
    best = parts[0][0]
    uniform = _make_even_numbers("mixture", _MIXED_DRAWS)
    drawn = [draw_footprint(part, uniform) for part, _ in parts]
    lon, lat = (np.concatenate(axis) for axis in zip(*drawn, strict=True))
    share = np.repeat([weight for _, weight in parts], _MIXED_DRAWS)
    order = _order_outwards((best.lon, best.lat), lon, lat)
    covered = np.cumsum(share[order]) / share.sum()
    last = order[np.searchsorted(covered, LEVEL)]
    return distance_between_m(best.lon, best.lat, float(lon[last]), float(lat[last]))
