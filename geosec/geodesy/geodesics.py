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

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray
    from shapely.geometry.base import BaseGeometry

_GEOD = Geod(ellps="WGS84")
_MEAN_RADIUS_M = 6_371_008.8  # IUGG mean radius R1 of WGS84 (Moritz 2000)
DEGREE_M = 111_320.0  # of latitude, mean over the ellipsoid (111.1 to 111.7 km, GRS 80)
_ROUNDS = 12
_CLOSE_M = 1e-5


class Foot(NamedTuple):
    """Nearest points of geodesic segments.

    Attributes
    ----------
    distance_m : numpy.ndarray
        Distance from each point to its segment, metres.
    along_m : numpy.ndarray
        Length from the segment's start to the foot, metres.
    lon, lat : numpy.ndarray
        The foot, degrees in EPSG:4326.

    Examples
    --------
    >>> Foot(*np.zeros((4, 1))).distance_m
    array([0.])
    """

    distance_m: NDArray[np.float64]
    along_m: NDArray[np.float64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]


def geodesic_inverse(
    lon1: ArrayLike, lat1: ArrayLike, lon2: ArrayLike, lat2: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give direction and distance from one point to another.

    Parameters
    ----------
    lon1, lat1 : array of float
        Start, degrees in EPSG:4326.
    lon2, lat2 : array of float
        End, degrees in EPSG:4326.

    Returns
    -------
    azimuth_deg : numpy.ndarray
        Direction at the start, degrees clockwise from north, 0 to 360.
    distance_m : numpy.ndarray
        Length of the geodesic, metres.

    Examples
    --------
    >>> azimuth_deg, distance_m = geodesic_inverse(67.0, 30.0, 67.0, 31.0)
    >>> float(azimuth_deg), round(float(distance_m))
    (0.0, 110861)
    """
    lon1, lat1, lon2, lat2 = _broadcast(lon1, lat1, lon2, lat2)
    azimuth_deg, _, distance_m = _GEOD.inv(lon1, lat1, lon2, lat2)
    missing = np.isnan(lon1 + lat1 + lon2 + lat2)
    azimuth_deg = np.where(missing, np.nan, np.asarray(azimuth_deg) % 360.0)
    return azimuth_deg, np.where(missing, np.nan, distance_m)


def geodesic_distance_m(
    lon1: ArrayLike, lat1: ArrayLike, lon2: ArrayLike, lat2: ArrayLike
) -> NDArray[np.float64]:
    """Give the distance between points.

    Parameters
    ----------
    lon1, lat1, lon2, lat2 : array of float
        Degrees in EPSG:4326.

    Returns
    -------
    numpy.ndarray
        Length of the geodesic, metres.

    Examples
    --------
    >>> round(float(geodesic_distance_m(67.0, 30.0, 68.0, 30.0)))
    96486
    """
    return geodesic_inverse(lon1, lat1, lon2, lat2)[1]


def distance_between_m(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Give the distance between two points, without the cost of arrays.

    Parameters
    ----------
    lon1, lat1, lon2, lat2 : float
        Degrees in EPSG:4326, none missing.

    Returns
    -------
    float
        Length of the geodesic, metres.

    Examples
    --------
    >>> round(distance_between_m(67.0, 30.0, 68.0, 30.0))
    96486
    """
    return float(_GEOD.inv(lon1, lat1, lon2, lat2)[2])


def geodesic_direct(
    lon: ArrayLike, lat: ArrayLike, azimuth_deg: ArrayLike, distance_m: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Go a distance in a direction.

    Parameters
    ----------
    lon, lat : array of float
        Start, degrees in EPSG:4326.
    azimuth_deg : array of float
        Direction, degrees clockwise from north.
    distance_m : array of float
        Metres along the geodesic.

    Returns
    -------
    lon, lat : numpy.ndarray
        End, degrees; longitude between -180 and 180.

    Examples
    --------
    >>> lon, lat = geodesic_direct(67.877, 29.543, 180.0, 12_000.0)
    >>> round(float(lon), 3), round(float(lat), 3)
    (67.877, 29.435)
    """
    lon, lat, azimuth_deg, distance_m = _broadcast(lon, lat, azimuth_deg, distance_m)
    missing = np.isnan(lon + lat + azimuth_deg + distance_m)
    away_m = np.where(missing, 0.0, distance_m)
    end_lon, end_lat, _ = _GEOD.fwd(np.nan_to_num(lon), np.nan_to_num(lat), azimuth_deg, away_m)
    return np.where(missing, np.nan, end_lon), np.where(missing, np.nan, end_lat)


def point_towards(
    lon: float, lat: float, azimuth_deg: float, distance_m: float
) -> tuple[float, float]:
    """Go a distance in a direction from one point, without the cost of arrays.

    Parameters
    ----------
    lon, lat : float
        Start, degrees in EPSG:4326, none missing.
    azimuth_deg : float
        Direction, degrees clockwise from north.
    distance_m : float
        Metres along the geodesic.

    Returns
    -------
    lon, lat : float
        End, degrees.

    Examples
    --------
    >>> lon, lat = point_towards(67.877, 29.543, 180.0, 12_000.0)
    >>> round(lon, 3), round(lat, 3)
    (67.877, 29.435)
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
    """Find the nearest point of a geodesic segment to each point.

    The foot is approached along the segment: at the current place the triangle to the point is
    solved on the sphere (Napier, ``tan s = tan d cos A``), the step taken on the ellipsoid, until
    steps are shorter than 0.01 mm.

    Parameters
    ----------
    lon, lat : array of float
        Points, degrees in EPSG:4326.
    lon_a, lat_a, lon_b, lat_b : array of float
        Ends of the segments, degrees in EPSG:4326.

    Returns
    -------
    Foot
        Distances and lengths in metres, foot points in degrees.

    Examples
    --------
    >>> foot = foot_on_segment(67.5, 0.1, 67.0, 0.0, 68.0, 0.0)
    >>> float(foot.lon.round(6)), float(foot.distance_m.round())
    (67.5, 11057.0)
    """
    lon, lat, lon_a, lat_a, lon_b, lat_b = _broadcast(lon, lat, lon_a, lat_a, lon_b, lat_b)
    azimuth_a, length_m = geodesic_inverse(lon_a, lat_a, lon_b, lat_b)
    along_m = np.zeros_like(length_m)
    at_lon, at_lat, heading = lon_a, lat_a, azimuth_a
    for _ in range(_ROUNDS):
        toward, away_m = geodesic_inverse(at_lon, at_lat, lon, lat)
        angle = np.radians(toward - heading)
        arc = away_m / _MEAN_RADIUS_M
        step_m = _MEAN_RADIUS_M * np.arctan2(np.sin(arc) * np.cos(angle), np.cos(arc))
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
    """Give geocentric Cartesian coordinates of points on the ellipsoid.

    Parameters
    ----------
    lon, lat : array of float, shape (n,)
        Degrees in EPSG:4326.

    Returns
    -------
    numpy.ndarray
        Shape (n, 3), metres (EPSG:4978; IOGP Guidance Note 7-2, 2019, section 4.1.1).

    Examples
    --------
    >>> to_cartesian([0.0], [0.0]).tolist()
    [[6378137.0, 0.0, 0.0]]
    """
    lam, phi = np.radians(lon), np.radians(lat)
    normal = _GEOD.a / np.sqrt(1.0 - _GEOD.es * np.sin(phi) ** 2)
    z = normal * (1.0 - _GEOD.es) * np.sin(phi)
    return np.stack(
        [normal * np.cos(phi) * np.cos(lam), normal * np.cos(phi) * np.sin(lam), z], axis=-1
    )


def geodesic_circle(lon: float, lat: float, radius_m: float, vertices: int = 64) -> Polygon:
    """Draw the circle of points at one geodesic distance.

    Parameters
    ----------
    lon, lat : float
        Centre, degrees in EPSG:4326.
    radius_m : float
        Metres.
    vertices : int, default 64
        Corners of the polygon.

    Returns
    -------
    shapely.Polygon
        In EPSG:4326.

    Examples
    --------
    >>> len(geodesic_circle(67.0, 30.0, 5_000).exterior.coords)
    65
    """
    azimuth_deg = np.linspace(0.0, 360.0, vertices, endpoint=False)
    return Polygon(np.column_stack(geodesic_direct(lon, lat, azimuth_deg, radius_m)))


def buffer_m(shape: BaseGeometry, radius_m: float) -> BaseGeometry:
    """Widen a shape, in an azimuthal equidistant plane round its middle.

    Parameters
    ----------
    shape : shapely geometry
        In EPSG:4326.
    radius_m : float
        Metres.

    Returns
    -------
    shapely geometry
        In EPSG:4326. The plane's scale is off by 0.1 % at 500 km from the middle.

    Examples
    --------
    >>> from shapely import LineString
    >>> line = LineString([(67.0, 30.0), (67.5, 30.0)])
    >>> [round(edge, 2) for edge in buffer_m(line, 10_000).bounds]
    [66.9, 29.91, 67.6, 30.09]
    """
    middle = shape.centroid
    plane = Proj(proj="aeqd", lat_0=middle.y, lon_0=middle.x, ellps="WGS84")
    fine = shapely.segmentize(shape, 0.1) if shape.length > 0 else middle
    flat = shapely.transform(fine, plane, interleaved=False)
    back = partial(plane, inverse=True)
    return shapely.transform(flat.buffer(radius_m), back, interleaved=False)


def _broadcast(*values: ArrayLike) -> list[NDArray[np.float64]]:
    return list(np.broadcast_arrays(*(np.asarray(value, dtype="float64") for value in values)))
