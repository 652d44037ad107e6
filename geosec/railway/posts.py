"""A railway built from its km posts: posts placed, lines drawn through them, stations gathered.

Lines are geodesics from one km post to the next. Where the track winds between two posts it
leaves that geodesic, but never by more than half the minor axis of the ellipse whose foci are the
posts and whose string is the track between them.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import LineString

from geosec.crs import STORAGE_CRS
from geosec.geodesy.geodesics import geodesic_direct, geodesic_distance_m, geodesic_inverse

# 95 % radii of a station's coordinate by where it comes from. The two independent sources agree
# within 0.5 km on all but five of the stations both have; a town's point is not its station.
_PUBLISHED_M = 500.0
_TOWN_POINT_M = 3_000.0
_POST_ROUNDING_M = 1_000.0


def place_posts(rows: pd.DataFrame) -> gpd.GeoDataFrame:
    """Place every row of the layer ``rail_stations`` as a point in EPSG:4326, line by line.

    A station without a coordinate stands by its km between the posts before and behind it.
    """
    rows = rows.sort_values(["line_id", "seq"], kind="stable").reset_index(drop=True)
    for column in ("km", "lat", "lon"):
        rows[column] = pd.to_numeric(rows[column].replace("", None))
    town = rows["coord_source"].str.contains("GeoNames|town point", regex=True)
    accuracy_m = np.where(town, _TOWN_POINT_M, _PUBLISHED_M).astype("float64")
    posts = rows[["km", "lon", "lat"]].to_numpy(dtype="float64", copy=True)
    unplaced = np.isnan(posts[:, 1])
    for line in rows.groupby("line_id").indices.values():
        known = posts[line[~unplaced[line]]]
        for at in line[unplaced[line]]:
            ahead = np.flatnonzero(known[:, 0] > posts[at, 0])[0]
            lon, lat, accuracy_m[at] = _place_between(known[ahead - 1], known[ahead], posts[at, 0])
            posts[at, 1:] = lon, lat
    points = gpd.points_from_xy(posts[:, 1], posts[:, 2], crs=STORAGE_CRS)
    rows = rows.drop(columns=["lon", "lat"]).assign(positional_accuracy_m=accuracy_m)
    return gpd.GeoDataFrame(rows, geometry=points)


def _place_between(before: np.ndarray, after: np.ndarray, km: float) -> tuple[float, float, float]:
    """Place a km between two posts, each given as km, longitude and latitude."""
    azimuth_deg, chord_m = geodesic_inverse(before[1], before[2], after[1], after[2])
    share = (km - before[0]) / (after[0] - before[0])
    lon, lat = geodesic_direct(before[1], before[2], azimuth_deg, share * chord_m)
    track_m = (after[0] - before[0]) * 1000
    return float(lon), float(lat), float(_bound_sag_m(track_m, chord_m)) + _POST_ROUNDING_M


def _bound_sag_m(track_m: np.ndarray | float, chord_m: np.ndarray | float) -> np.ndarray:
    """Bound how far a track strays from its chord: the semi-minor axis of the ellipse.

    A curve of length L between two points c apart lies within the ellipse that has them as foci
    and 2a = L, whose semi-minor axis is sqrt(L^2 - c^2) / 2.
    """
    return np.asarray(np.sqrt(np.clip(np.square(track_m) - np.square(chord_m), 0, None)) / 2)


def draw_lines(lines: pd.DataFrame, posts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Draw each line through its posts, and say from which km to which it runs, and how well.

    Lines are in EPSG:4326; 95 % of a line's track lies within ``positional_accuracy_m`` metres.
    """
    by_line = posts.groupby("line_id")
    table = lines.copy()
    table["gauge_mm"] = pd.to_numeric(table["gauge_mm"].replace("", None)).astype("Int64")
    table["km_from"] = by_line["km"].min()
    table["km_to"] = by_line["km"].max()
    geometry, accuracy = {}, {}
    for line_id, own in by_line:
        geometry[line_id] = LineString(own.geometry.tolist())
        accuracy[line_id] = bound_stray_m(own)
    table["positional_accuracy_m"] = pd.Series(accuracy)
    return gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(geometry, crs=STORAGE_CRS))


def bound_stray_m(own: gpd.GeoDataFrame) -> float:
    """Give the distance that 95 % of a line's track keeps from its geodesics, at the most."""
    lon, lat = own.geometry.x.to_numpy(), own.geometry.y.to_numpy()
    chord_m = geodesic_distance_m(lon[:-1], lat[:-1], lon[1:], lat[1:])
    track_m = np.diff(own["km"]) * 1000
    bound_m = _bound_sag_m(track_m, chord_m) + _PUBLISHED_M
    order = np.argsort(bound_m)
    covered = np.cumsum(track_m[order]) / track_m.sum()
    return float(round(bound_m[order][np.searchsorted(covered, 0.95)]))


def gather_stations(posts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """List each physical station once, where its best known post stands (EPSG:4326)."""
    lines = posts.groupby("station_id")["line_id"].agg(";".join)
    best = posts.sort_values("positional_accuracy_m", kind="stable")
    first = best.drop_duplicates("station_id").set_index("station_id")
    first = first.loc[posts["station_id"].drop_duplicates()]
    columns = ["name", "name_ur", "alt_names", "coord_quality", "positional_accuracy_m"]
    table = first[[*columns, "coord_source", "geometry"]].copy()
    table.insert(3, "lines", lines)
    return gpd.GeoDataFrame(table, geometry="geometry", crs=STORAGE_CRS)


def join_bends(posts: gpd.GeoDataFrame, bends: gpd.GeoDataFrame | None) -> gpd.GeoDataFrame:
    """Put bends of the track between the posts of each line, by their km.

    ``post`` is the position of the post there or before.
    """
    columns = ["line_id", "station_id", "km", "geometry"]
    track = posts[columns].assign(post=np.arange(len(posts)))
    if bends is None or not len(bends):
        return track
    both = pd.concat([track, bends.assign(post=-1)], ignore_index=True)
    line = pd.factorize(both["line_id"])[0]
    both = both.iloc[np.lexsort((both["km"], line))].reset_index(drop=True)
    post = both["post"].to_numpy()
    last = np.maximum.accumulate(np.where(post >= 0, np.arange(len(post)), -1))
    return gpd.GeoDataFrame(both.assign(post=post[last]), geometry="geometry", crs=STORAGE_CRS)


def put_computed_last(lines: pd.DataFrame) -> pd.DataFrame:
    """Put lines with published km posts first: theirs name the track that two lines share."""
    computed = lines["km_zero_at"].str.contains("computed|measured")
    return pd.concat([lines[~computed], lines[computed]])
