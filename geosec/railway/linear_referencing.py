"""Linear referencing: from a km post to a point, and back.

Chainage is the railway's own: stations carry official km posts, and between two posts a place is
interpolated by its share of the geodesic length. ``interpolate`` and ``locate`` are the
standard verbs of linear referencing, and inverse to each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely import LineString

from geosec.arguments import describe_given, require_numbers
from geosec.crs import STORAGE_CRS, require_lon_lat
from geosec.errors import ParameterError
from geosec.geodesy.geodesics import geodesic_direct, geodesic_inverse
from geosec.railway.locator import RailLocator
from geosec.railway.network import RailNetwork, take_network
from geosec.railway.quoted_posts import require_on_line

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
    network = take_network(network)
    posts = network.track_of(line_id)
    wanted = require_numbers(km, "km")
    require_on_line(line_id, wanted, network=network)
    lon, lat = _find_points(posts, np.nan_to_num(wanted, nan=posts["km"].iloc[0]))
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
    points, lon, lat = require_lon_lat(points, "points")
    network = take_network(network)
    table = pd.DataFrame(index=points.index)
    posts = network.track if line_id is None else network.track_of(line_id)
    locator = RailLocator.from_posts(posts)
    line, km, offset_m = locator.find_posts(lon, lat)
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
    ends = [*require_numbers(km_from, "km_from"), *require_numbers(km_to, "km_to")]
    if len(ends) != 2 or np.isnan(ends).any():
        said = f"km {describe_given(km_from)} and km {describe_given(km_to)}"
        msg = f"a stretch needs two km posts, and got {said}."
        raise ParameterError(msg)
    low, high = sorted(ends)
    if low == high:
        msg = f"a stretch needs two different posts, and got km {low:g} twice."
        raise ParameterError(msg)
    network = take_network(network)
    posts = network.track_of(line_id)
    ends_km = np.array([low, high], dtype="float64")
    require_on_line(line_id, ends_km, network=network)
    lon, lat = _find_points(posts, ends_km)
    km = posts["km"].to_numpy()
    inner = shapely.get_coordinates(posts.geometry.to_numpy()[(km > low) & (km < high)])
    first, last = np.column_stack([lon, lat])
    return LineString(np.vstack([first, inner, last]))


def _find_points(
    posts: gpd.GeoDataFrame, km: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    posts_km = posts["km"].to_numpy()
    lon, lat = posts.geometry.x.to_numpy(), posts.geometry.y.to_numpy()
    edge = np.clip(np.searchsorted(posts_km, km, side="right") - 1, 0, len(posts_km) - 2)
    azimuth_deg, length_m = geodesic_inverse(lon[edge], lat[edge], lon[edge + 1], lat[edge + 1])
    share = (km - posts_km[edge]) / (posts_km[edge + 1] - posts_km[edge])
    at_lon, at_lat = geodesic_direct(lon[edge], lat[edge], azimuth_deg, share * length_m)
    return np.where(share == 0, lon[edge], at_lon), np.where(share == 0, lat[edge], at_lat)
