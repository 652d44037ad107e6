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
    """List the geodesics between neighbouring posts of each line, line by line.

    `posts` are rows of ``RailNetwork.posts``, each line in the order of its track. An edge has
    ``line_id``, ``from_station``, ``to_station``, ``km_a`` and ``km_b`` (official km), ``lon_a``,
    ``lat_a``, ``lon_b``, ``lat_b`` (degrees in EPSG:4326) and ``chord_km`` (geodesic km).
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
    """Build the index over edges: a target is the position of a row, distances are metres."""
    ends = edges[["lon_a", "lat_a", "lon_b", "lat_b"]].to_numpy().reshape(-1, 2, 2)
    return SegmentIndex(gpd.GeoSeries(shapely.linestrings(ends), crs=STORAGE_CRS))


def share_along(edges: pd.DataFrame, found: NearestPairs) -> NDArray[np.float64]:
    """Give the share of its edge that lies before each foot, 0 to 1 of the geodesic's length."""
    chord_km = edges["chord_km"].to_numpy()[found.target_idx]
    return np.asarray(np.clip(found.along_m / 1000 / chord_km, 0.0, 1.0))
