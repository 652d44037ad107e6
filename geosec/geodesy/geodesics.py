"""Distances and directions on the WGS84 ellipsoid, for whole arrays.

All angles are degrees, longitude before latitude (EPSG:4326); all lengths are metres. Arrays
broadcast against each other, and a missing coordinate (NaN) gives a missing result. The geodesics
are Karney's (C. F. F. Karney 2013, *Algorithms for geodesics*, J. Geodesy 87:43-55,
doi:10.1007/s00190-012-0578-z), as pyproj carries them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely
from pyproj import Geod, Proj
from shapely import Polygon

from geosec.geodesy.wgs84 import MEAN_RADIUS_M

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray
    from shapely.geometry.base import BaseGeometry

_GEOD = Geod(ellps="WGS84")
_ROUNDS = 12
_CLOSE_M = 1e-5


class Foot(NamedTuple):
    """Nearest points of geodesic segments: metres, and degrees in EPSG:4326."""

    distance_m: NDArray[np.float64]
    along_m: NDArray[np.float64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]


def geodesic_inverse(
    lon1: ArrayLike, lat1: ArrayLike, lon2: ArrayLike, lat2: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give azimuth (degrees clockwise from north, 0 to 360) and distance in metres between points.

    The azimuth is that at the first point. Coordinates are degrees in EPSG:4326.
    """
    lon1, lat1, lon2, lat2 = _broadcast(lon1, lat1, lon2, lat2)
    azimuth_deg, _, distance_m = _GEOD.inv(lon1, lat1, lon2, lat2)
    missing = np.isnan(lon1 + lat1 + lon2 + lat2)
    azimuth_deg = np.where(missing, np.nan, np.asarray(azimuth_deg) % 360.0)
    return azimuth_deg, np.where(missing, np.nan, distance_m)


def geodesic_distance_m(
    lon1: ArrayLike, lat1: ArrayLike, lon2: ArrayLike, lat2: ArrayLike
) -> NDArray[np.float64]:
    """Give the distance between points in metres; coordinates are degrees in EPSG:4326."""
    return geodesic_inverse(lon1, lat1, lon2, lat2)[1]


def distance_between_m(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Give the distance between two points in metres, without the cost of arrays.

    Coordinates are degrees in EPSG:4326, and none may be missing.
    """
    return float(_GEOD.inv(lon1, lat1, lon2, lat2)[2])


def geodesic_direct(
    lon: ArrayLike, lat: ArrayLike, azimuth_deg: ArrayLike, distance_m: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give longitude and latitude of the points that lie so many metres off in a direction.

    The azimuth is in degrees clockwise from north, coordinates are degrees in EPSG:4326; longitudes
    come out between -180 and 180.
    """
    lon, lat, azimuth_deg, distance_m = _broadcast(lon, lat, azimuth_deg, distance_m)
    missing = np.isnan(lon + lat + azimuth_deg + distance_m)
    away_m = np.where(missing, 0.0, distance_m)
    end_lon, end_lat, _ = _GEOD.fwd(np.nan_to_num(lon), np.nan_to_num(lat), azimuth_deg, away_m)
    return np.where(missing, np.nan, end_lon), np.where(missing, np.nan, end_lat)


def point_towards(
    lon: float, lat: float, azimuth_deg: float, distance_m: float
) -> tuple[float, float]:
    """Give the point that lies so many metres off in a direction, without the cost of arrays.

    As `geodesic_direct`, for one point that is not missing.
    """
    end_lon, end_lat, _ = _GEOD.fwd(lon, lat, azimuth_deg, distance_m)
    return float(end_lon), float(end_lat)


def foot_on_segment(
    lon: ArrayLike,
    lat: ArrayLike,
    lon_a: ArrayLike,
    lat_a: ArrayLike,
    lon_b: ArrayLike,
    lat_b: ArrayLike,
) -> Foot:
    """Find the nearest point of a geodesic segment to each point (degrees in EPSG:4326).

    The foot is approached along the segment: at the current place the triangle to the point is
    solved on the sphere (Napier, ``tan s = tan d cos A``), the step taken on the ellipsoid, until
    steps are shorter than 0.01 mm.
    """
    lon, lat, lon_a, lat_a, lon_b, lat_b = _broadcast(lon, lat, lon_a, lat_a, lon_b, lat_b)
    azimuth_a, length_m = geodesic_inverse(lon_a, lat_a, lon_b, lat_b)
    along_m = np.zeros_like(length_m)
    at_lon, at_lat, heading = lon_a, lat_a, azimuth_a
    for _ in range(_ROUNDS):
        toward, away_m = geodesic_inverse(at_lon, at_lat, lon, lat)
        angle = np.radians(toward - heading)
        arc = away_m / MEAN_RADIUS_M
        step_m = MEAN_RADIUS_M * np.arctan2(np.sin(arc) * np.cos(angle), np.cos(arc))
        moved_m = np.clip(along_m + step_m, 0.0, length_m)
        done = np.nanmax(np.abs(moved_m - along_m), initial=0.0) < _CLOSE_M
        along_m = moved_m
        at_lon, at_lat = geodesic_direct(lon_a, lat_a, azimuth_a, along_m)
        if done:
            break
        _, _, back = _GEOD.fwd(*np.nan_to_num([lon_a, lat_a, azimuth_a, along_m]))
        heading = np.asarray(back) + 180.0
    return Foot(geodesic_distance_m(lon, lat, at_lon, at_lat), along_m, at_lon, at_lat)


def to_cartesian(lon: ArrayLike, lat: ArrayLike) -> NDArray[np.float64]:
    """Give the vectors, shape (n, 3) in metres, from the Earth's centre to points in degrees.

    EPSG:4978; IOGP Guidance Note 7-2, 2019, section 4.1.1.
    """
    lam, phi = np.radians(lon), np.radians(lat)
    normal = _GEOD.a / np.sqrt(1.0 - _GEOD.es * np.sin(phi) ** 2)
    z = normal * (1.0 - _GEOD.es) * np.sin(phi)
    return np.stack(
        [normal * np.cos(phi) * np.cos(lam), normal * np.cos(phi) * np.sin(lam), z], axis=-1
    )


def geodesic_circle(lon: float, lat: float, radius_m: float, vertices: int = 64) -> Polygon:
    """Draw the polygon (EPSG:4326) whose corners all lie `radius_m` metres from a point."""
    azimuth_deg = np.linspace(0.0, 360.0, vertices, endpoint=False)
    return Polygon(np.column_stack(geodesic_direct(lon, lat, azimuth_deg, radius_m)))


def buffer_m(shape: BaseGeometry, radius_m: float) -> BaseGeometry:
    """Widen a shape in EPSG:4326 by so many metres.

    In an azimuthal equidistant plane round its middle, whose scale is off by 0.1 % at 500 km.
    """
    middle = shape.centroid
    plane = Proj(proj="aeqd", lat_0=middle.y, lon_0=middle.x, ellps="WGS84")
    fine = shapely.segmentize(shape, 0.1) if shape.length > 0 else middle
    flat = shapely.transform(fine, plane, interleaved=False)
    back = partial(plane, inverse=True)
    return shapely.transform(flat.buffer(radius_m), back, interleaved=False)


def _broadcast(*values: ArrayLike) -> list[NDArray[np.float64]]:
    return list(np.broadcast_arrays(*(np.asarray(value, dtype="float64") for value in values)))
