"""Linear referencing: from a km post to a point, and back.

Chainage is the railway's own: stations carry official km posts, and between two posts a place is
interpolated by its share of the geodesic length. ``interpolate`` and ``locate`` are the
standard verbs of linear referencing, and inverse to each other.
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely import LineString

from geosec.crs import STORAGE_CRS, points_at
from geosec.errors import ParameterError
from geosec.geodesy.geodesics import geodesic_direct, geodesic_inverse
from geosec.railway.breaks import require_on_line
from geosec.railway.edges import edges_between, index_edges
from geosec.railway.network import RailNetwork, load_rail_network

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def interpolate(
    line_id: str, km: ArrayLike, *, network: RailNetwork | None = None
) -> gpd.GeoSeries:
    """Find the points that stand at given km posts of a line.

    Parameters
    ----------
    line_id : str
        Such as ``"ML-3"``.
    km : float or array of float
        Official km posts, in kilometres.
    network : RailNetwork, optional
        The railway; the one that ships with geosec by default.

    Returns
    -------
    geopandas.GeoSeries
        One point per km, in EPSG:4326; missing where the km is missing.

    Raises
    ------
    UnknownNameError
        If there is no such line.
    ParameterError
        If a km lies beyond the ends of the line; where another count of posts has it, the
        message says so.

    See Also
    --------
    geosec.km_interval : What a quoted post may mean where chainage breaks, as at Sibi.

    Examples
    --------
    >>> interpolate("ML-3", 275.5).to_wkt(rounding_precision=3).tolist()
    ['POINT (67.607 29.647)']
    """
    network = network or load_rail_network()
    posts = network.posts_of(line_id)
    wanted = np.atleast_1d(np.asarray(km, dtype="float64"))
    require_on_line(line_id, wanted, network=network)
    lon, lat = _point_at(posts, np.nan_to_num(wanted, nan=posts["km"].iloc[0]))
    points = gpd.points_from_xy(lon, lat, crs=STORAGE_CRS)
    return gpd.GeoSeries(points, name="geometry").where(~np.isnan(wanted), None)


def locate(
    points: gpd.GeoSeries, *, line_id: str | None = None, network: RailNetwork | None = None
) -> pd.DataFrame:
    """Find the km post of the place on the railway that is nearest to each point.

    Parameters
    ----------
    points : geopandas.GeoSeries
        Points in any CRS.
    line_id : str, optional
        The line to stay on; by default the nearest of all, in their listed order where two
        are equally near, as at a junction.
    network : RailNetwork, optional
        The railway; the one that ships with geosec by default.

    Returns
    -------
    pandas.DataFrame
        On the index of `points`: ``rail_line``, ``rail_km`` (official, kilometres) and
        ``rail_offset_m`` (geodesic distance to the line, metres); missing where the point is.

    Raises
    ------
    UnknownNameError
        If there is no such line.
    SchemaError
        If one of them is no point.
    CRSError
        If the points have no CRS, or coordinates that it cannot have.

    Examples
    --------
    >>> mach = gpd.GeoSeries.from_xy([67.325], [29.865], crs="EPSG:4326")
    >>> locate(mach).round(1)
      rail_line  rail_km  rail_offset_m
    0      ML-3    318.1          ...
    """
    points, lon, lat = points_at(points, "points")
    network = network or load_rail_network()
    table = pd.DataFrame(index=points.index)
    locator = RailLocator.of_posts(network.posts_of(line_id) if line_id else network.posts)
    line, km, offset_m = locator(lon, lat)
    table["rail_line"] = pd.Series(line, index=points.index, dtype="str")
    table["rail_km"] = km
    table["rail_offset_m"] = offset_m
    return table


def stretch(
    line_id: str, km_from: float, km_to: float, *, network: RailNetwork | None = None
) -> LineString:
    """Cut the part of a line between two km posts.

    Parameters
    ----------
    line_id : str
        Such as ``"ML-3"``.
    km_from, km_to : float
        Official km posts of its ends, in kilometres, in either order.
    network : RailNetwork, optional
        The railway; the one that ships with geosec by default.

    Returns
    -------
    shapely.LineString
        From the lower post to the higher, in EPSG:4326, edges are geodesics.

    Raises
    ------
    UnknownNameError
        If there is no such line.
    ParameterError
        If the posts are the same, one is missing, or one lies beyond the ends of the line.

    Examples
    --------
    >>> stretch("ML-3", 268, 283).coords[0]
    (67.66695, 29.61745)
    """
    if math.isnan(km_from) or math.isnan(km_to):
        msg = f"a stretch needs two km posts, and got km {km_from:g} and km {km_to:g}."
        raise ParameterError(msg)
    low, high = sorted((km_from, km_to))
    if low == high:
        msg = f"a stretch needs two different posts, and got km {low:g} twice."
        raise ParameterError(msg)
    network = network or load_rail_network()
    posts = network.posts_of(line_id)
    ends_km = np.array([low, high], dtype="float64")
    require_on_line(line_id, ends_km, network=network)
    lon, lat = _point_at(posts, ends_km)
    km = posts["km"].to_numpy()
    inner = shapely.get_coordinates(posts.geometry.to_numpy()[(km > low) & (km < high)])
    first, last = np.column_stack([lon, lat])
    return LineString(np.vstack([first, inner, last]))


class RailLocator:
    """Project many points onto chosen lines of a railway.

    Parameters
    ----------
    edges : pandas.DataFrame
        Geodesics between neighbouring posts; use `of_posts` to build them.

    Examples
    --------
    >>> locator = RailLocator.of_posts(load_rail_network().posts_of("ML-3"))
    >>> line, km, offset_m = locator([67.007], [30.431])
    >>> line[0], round(float(km[0]), 1)
    ('ML-3', 417.0)
    """

    def __init__(self, edges: pd.DataFrame) -> None:
        self._edges = edges
        self._index = index_edges(edges)

    @classmethod
    def of_posts(cls, posts: gpd.GeoDataFrame) -> RailLocator:
        """Build the locator from km posts.

        Parameters
        ----------
        posts : geopandas.GeoDataFrame
            Rows of ``RailNetwork.posts`` (EPSG:4326, ``km`` in kilometres) of one or more
            lines; where two lines are equally near, the one that comes first is answered.

        Returns
        -------
        RailLocator

        Examples
        --------
        >>> locator = RailLocator.of_posts(load_rail_network().posts)
        >>> locator([66.44], [30.92])[0].tolist()
        ['ML-3']
        """
        return cls(edges_between(posts))

    def __call__(
        self, lon: ArrayLike, lat: ArrayLike
    ) -> tuple[NDArray[np.object_], NDArray[np.float64], NDArray[np.float64]]:
        """Project points given as degrees.

        Parameters
        ----------
        lon, lat : array of float
            Degrees in EPSG:4326; NaN for no point.

        Returns
        -------
        line_id : array of str
            Nearest line, None where there is no point.
        km : array of float
            Official km post of the foot point, in kilometres.
        offset_m : array of float
            Geodesic distance to the foot point, in metres.

        Examples
        --------
        >>> locator = RailLocator.of_posts(load_rail_network().posts_of("ML-1"))
        >>> locator([float("nan")], [24.8])[0].tolist()
        [None]
        """
        edge, km, offset_m = self.on_edges(lon, lat)
        line = np.full(edge.shape, None, dtype="object")
        line[edge >= 0] = self.line_id[edge[edge >= 0]]
        return line, km, offset_m

    @property
    def line_id(self) -> NDArray[np.object_]:
        """Line of each edge."""
        lines: NDArray[np.object_] = self._edges["line_id"].to_numpy(dtype="object")
        return lines

    def on_edges(
        self, lon: ArrayLike, lat: ArrayLike
    ) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
        """Project points given as degrees, and tell the edge instead of the line.

        Parameters
        ----------
        lon, lat : array of float, shape (n,)
            Degrees in EPSG:4326; NaN for no point.

        Returns
        -------
        edge : array of int, shape (n,)
            Position of the nearest edge, -1 where there is no point.
        km, offset_m : array of float, shape (n,)
            Official km post of the foot point (kilometres), geodesic distance to it (metres).

        Examples
        --------
        >>> locator = RailLocator.of_posts(load_rail_network().posts_of("ML-3"))
        >>> edge, km, offset_m = locator.on_edges([67.007], [30.431])
        >>> locator.line_id[edge[0]]
        'ML-3'
        """
        edge, offset_m, along_m = self._index.project(lon, lat)
        km_a, km_b, per_m = self._scale
        return edge, np.minimum(km_a[edge] + along_m * per_m[edge], km_b[edge]), offset_m

    @cached_property
    def _scale(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """First and last km of each edge, and kilometres of chainage in a metre of it."""
        km_a, km_b = self._edges["km_a"].to_numpy(), self._edges["km_b"].to_numpy()
        return km_a, km_b, (km_b - km_a) / (self._edges["chord_km"].to_numpy() * 1000)


def _point_at(
    posts: gpd.GeoDataFrame, km: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    posts_km = posts["km"].to_numpy()
    lon, lat = posts.geometry.x.to_numpy(), posts.geometry.y.to_numpy()
    edge = np.clip(np.searchsorted(posts_km, km, side="right") - 1, 0, len(posts_km) - 2)
    azimuth_deg, length_m = geodesic_inverse(lon[edge], lat[edge], lon[edge + 1], lat[edge + 1])
    share = (km - posts_km[edge]) / (posts_km[edge + 1] - posts_km[edge])
    at_lon, at_lat = geodesic_direct(lon[edge], lat[edge], azimuth_deg, share * length_m)
    return np.where(share == 0, lon[edge], at_lon), np.where(share == 0, lat[edge], at_lat)
