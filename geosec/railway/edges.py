"""The edges of a railway, and the search among them: which is nearest, and how far along it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geosec.crs import STORAGE_CRS, lon_lat
from geosec.geodesy.geodesics import geodesic_distance_m
from geosec.geodesy.segments import SegmentIndex

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geosec.geodesy.pairs import NearestPairs


def edges_between(posts: gpd.GeoDataFrame) -> pd.DataFrame:
    """List the geodesics between neighbouring posts of each line.

    Parameters
    ----------
    posts : geopandas.GeoDataFrame
        Rows of ``RailNetwork.posts``, points in EPSG:4326, each line in the order of its track.

    Returns
    -------
    pandas.DataFrame
        One row for each pair, line by line: ``line_id``, ``from_station`` and ``to_station``,
        ``km_a`` and ``km_b`` (official, kilometres), ``lon_a``, ``lat_a``, ``lon_b``, ``lat_b``
        (degrees in EPSG:4326) and ``chord_km`` (geodesic, kilometres).

    Examples
    --------
    >>> from geosec.railway.network import load_rail_network
    >>> edges_between(load_rail_network().posts).loc[0, ["from_station", "to_station"]].tolist()
    ['kiamari', 'karachi-city']
    """
    line = pd.factorize(posts["line_id"])[0]
    order = np.argsort(line, kind="stable")
    a = np.flatnonzero(np.diff(line[order]) == 0)
    start, stop = posts.iloc[order[a]], posts.iloc[order[a + 1]]
    (lon_a, lat_a), (lon_b, lat_b) = lon_lat(start.geometry), lon_lat(stop.geometry)
    return pd.DataFrame(
        {
            "line_id": start["line_id"].array,
            "from_station": start["station_id"].array,
            "to_station": stop["station_id"].array,
            "km_a": start["km"].to_numpy(),
            "lon_a": lon_a,
            "lat_a": lat_a,
            "km_b": stop["km"].to_numpy(),
            "lon_b": lon_b,
            "lat_b": lat_b,
            "chord_km": geodesic_distance_m(lon_a, lat_a, lon_b, lat_b) / 1000,
        }
    )


def index_edges(edges: pd.DataFrame) -> SegmentIndex:
    """Build the index over edges.

    Parameters
    ----------
    edges : pandas.DataFrame
        Rows of ``RailNetwork.edges``, degrees in EPSG:4326.

    Returns
    -------
    SegmentIndex
        Targets are the rows, by position; distances are in metres.

    Examples
    --------
    >>> from geosec.railway.network import load_rail_network
    >>> edges = load_rail_network().edges
    >>> found = index_edges(edges).nearest([67.0], [30.2])
    >>> edges.loc[found.target_idx[0], ["from_station", "to_station"]].tolist()
    ['quetta', 'sheikh-mandah']
    """
    ends = edges[["lon_a", "lat_a", "lon_b", "lat_b"]].to_numpy().reshape(-1, 2, 2)
    return SegmentIndex(gpd.GeoSeries(shapely.linestrings(ends), crs=STORAGE_CRS))


def share_along(edges: pd.DataFrame, found: NearestPairs) -> NDArray[np.float64]:
    """Say how far along its edge each foot lies.

    Parameters
    ----------
    edges : pandas.DataFrame
        The rows that were indexed.
    found : NearestPairs
        What the index answered, feet in degrees, EPSG:4326.

    Returns
    -------
    numpy.ndarray
        Shares of the geodesic's length from its first post, 0 to 1.

    Examples
    --------
    >>> from geosec.railway.network import load_rail_network
    >>> edges = load_rail_network().edges.iloc[:1]
    >>> found = index_edges(edges).nearest(edges["lon_b"], edges["lat_b"])
    >>> share_along(edges, found).round(9).tolist()
    [1.0]
    """
    chord_km = edges["chord_km"].to_numpy()[found.target_idx]
    return np.asarray(np.clip(found.along_m / 1000 / chord_km, 0.0, 1.0))
