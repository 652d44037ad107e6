"""The railway: lines, stations and official km posts.

The geometry of a line is built from its stations: geodesics from one km post to the next. Where
the track winds between two posts it leaves that geodesic, but never by more than half the minor
axis of the ellipse whose foci are the posts and whose string is the track between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import LineString

from geosec.crs import STORAGE_CRS
from geosec.data.catalogue import layer_path
from geosec.errors import UnknownNameError, near_misses
from geosec.geodesy.geodesics import geodesic_direct, geodesic_distance_m, geodesic_inverse
from geosec.railway.edges import edges_between

if TYPE_CHECKING:
    from collections.abc import Iterable

# 95 % radii of a station's coordinate by where it comes from. The two independent sources agree
# within 0.5 km on all but five of the stations both have; a town's point is not its station.
_PUBLISHED_M = 500.0
_TOWN_POINT_M = 3_000.0
_POST_ROUNDING_M = 1_000.0


@dataclass(frozen=True)
class RailNetwork:
    """Lines, stations and km posts that belong together.

    Attributes
    ----------
    lines : geopandas.GeoDataFrame
        One LineString per line in EPSG:4326, indexed by ``line_id``, in the direction of
        growing km; edges are geodesics.
    stations : geopandas.GeoDataFrame
        One point per physical station in EPSG:4326, indexed by ``station_id``.
    posts : geopandas.GeoDataFrame
        One point per station of each line with its official ``km``, in the order of the line.

    Examples
    --------
    >>> network = load_rail_network()
    >>> len(network.lines), len(network.posts)
    (16, 542)
    """

    lines: gpd.GeoDataFrame
    stations: gpd.GeoDataFrame
    posts: gpd.GeoDataFrame

    def standing(self) -> RailNetwork:
        """Leave out the lines whose track is gone.

        Returns
        -------
        RailNetwork
            Without lines whose ``status`` says that the track was dismantled, and without the
            posts and stations of only those lines.

        Examples
        --------
        >>> network = load_rail_network()
        >>> set(network.lines.index) - set(network.standing().lines.index)
        {'BOSTAN-ZHOB'}
        """
        gone = self.lines["status"].str.contains("dismantled")
        return self.on(self.lines.index[~gone])

    def on(self, line_ids: Iterable[str]) -> RailNetwork:
        """Keep some lines only.

        Parameters
        ----------
        line_ids : iterable of str
            Such as ``["ML-3", "ML-1"]``; the order of the network stays.

        Returns
        -------
        RailNetwork
            Those lines, their posts, and the stations that stand on them.

        Raises
        ------
        UnknownNameError
            If there is no such line.

        Examples
        --------
        >>> len(load_rail_network().on(["ML-3", "SIBI-KHOST"]).stations)
        61
        """
        wanted = list(line_ids)
        for line_id in wanted:
            self._require_line(line_id)
        lines = self.lines[self.lines.index.isin(wanted)]
        posts = self.posts[self.posts["line_id"].isin(lines.index)]
        stations = self.stations[self.stations.index.isin(posts["station_id"])]
        return RailNetwork(lines, stations, posts)

    def posts_of(self, line_id: str) -> gpd.GeoDataFrame:
        """Give the km posts of one line, in order.

        Parameters
        ----------
        line_id : str
            Such as ``"ML-3"``.

        Returns
        -------
        geopandas.GeoDataFrame
            Rows of ``posts`` (EPSG:4326, ``km`` in kilometres) of that line.

        Raises
        ------
        UnknownNameError
            If there is no such line.

        Examples
        --------
        >>> load_rail_network().posts_of("ML-3")["km"].iloc[-1]
        np.float64(526.0)
        """
        self._require_line(line_id)
        return self._by_line[line_id].copy()

    def station_id(self, name: str) -> str:
        """Find a station by its name.

        Parameters
        ----------
        name : str
            Identifier, name, Urdu name or alternate name, in any case. No unit or CRS is
            involved.

        Returns
        -------
        str
            Its ``station_id``.

        Raises
        ------
        UnknownNameError
            If no station of the network has that name.

        Examples
        --------
        >>> load_rail_network().station_id("Sibi")
        'sibi-junction'
        """
        found = self._station_names.get(name.casefold().strip())
        if found is None:
            names = self.stations["name"]
            msg = f"there is no railway station {name!r}; {near_misses(name, names)}"
            raise UnknownNameError(msg)
        return found

    @cached_property
    def edges(self) -> pd.DataFrame:
        """Geodesics between neighbouring posts.

        Returns
        -------
        pandas.DataFrame
            One row for each pair, line by line: ``line_id``, ``from_station`` and ``to_station``,
            ``km_a`` and ``km_b`` (official, kilometres), ``lon_a``, ``lat_a``, ``lon_b``,
            ``lat_b`` (degrees in EPSG:4326) and ``chord_km`` (geodesic, kilometres).

        Examples
        --------
        >>> load_rail_network().edges.loc[0, ["from_station", "to_station"]].tolist()
        ['kiamari', 'karachi-city']
        """
        return edges_between(self.posts)

    def _require_line(self, line_id: str) -> None:
        if line_id not in self.lines.index:
            msg = f"there is no railway line {line_id!r}; {near_misses(line_id, self.lines.index)}"
            raise UnknownNameError(msg)

    @cached_property
    def _station_names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for station_id, row in self.stations.iterrows():
            for spelt in (station_id, row["name"], row["name_ur"], *row["alt_names"].split(";")):
                names.setdefault(spelt.casefold().strip(), str(station_id))
        names.pop("", None)
        return names

    @cached_property
    def _by_line(self) -> dict[str, gpd.GeoDataFrame]:
        return {str(line): own for line, own in self.posts.groupby("line_id", sort=False)}


def load_rail_network() -> RailNetwork:
    """Load lines, stations and km posts of the railway together.

    Returns
    -------
    RailNetwork

    Examples
    --------
    >>> load_rail_network().stations.loc["mach", "lines"]
    'ML-3'
    """
    return _network()


def load_rail_lines() -> gpd.GeoDataFrame:
    """Load the railway lines.

    Returns
    -------
    geopandas.GeoDataFrame
        LineStrings in EPSG:4326 whose edges are geodesics between stations, indexed by
        ``line_id``: ``name``, ``name_ur``, ``alt_names``, ``status``, ``gauge_mm``, ``km_from``
        and ``km_to`` (official km posts of the ends, km), ``positional_accuracy_m`` (95 % of the
        line's track lies within so many metres of the geometry), ``source``.

    Examples
    --------
    >>> load_rail_lines().loc["ML-3", ["km_from", "km_to"]].tolist()
    [0.0, 526.0]
    """
    return _network().lines.copy()


def load_rail_stations() -> gpd.GeoDataFrame:
    """Load the railway stations, each physical station once.

    Returns
    -------
    geopandas.GeoDataFrame
        Points in EPSG:4326 indexed by ``station_id``: ``name``, ``name_ur``, ``alt_names``
        (separated by ``;``), ``lines`` (those it stands on), ``coord_quality`` (``published``,
        ``interpolated`` by km, or ``town`` where the town's point stands for it),
        ``positional_accuracy_m`` (95 % radius in metres), ``coord_source``.

    Examples
    --------
    >>> load_rail_stations().loc["sibi-junction", "lines"]
    'ML-3;SIBI-KHOST'
    """
    return _network().stations.copy()


@cache
def _network() -> RailNetwork:
    rows = pd.read_csv(layer_path("rail_stations"), keep_default_na=False)
    for column in ("km", "lat", "lon"):
        rows[column] = pd.to_numeric(rows[column].replace("", None))
    posts = _with_positions(rows.sort_values(["line_id", "seq"], kind="stable"))
    lines = pd.read_csv(layer_path("rail_lines"), dtype="str", keep_default_na=False)
    lines = lines.set_index("line_id")
    # Where two lines share a track, km posts that are published come before computed ones.
    computed = lines["km_zero_at"].str.contains("computed|measured")
    lines = pd.concat([lines[~computed], lines[computed]])
    posts = posts.set_index("line_id").loc[lines.index].reset_index()
    return RailNetwork(_lines(lines, posts), _stations(posts), posts)


def _with_positions(rows: pd.DataFrame) -> gpd.GeoDataFrame:
    """Place every post; a station without a coordinate stands by its km between neighbours."""
    rows = rows.reset_index(drop=True)
    town = rows["coord_source"].str.contains("GeoNames|town point", regex=True)
    accuracy_m = np.where(town, _TOWN_POINT_M, _PUBLISHED_M).astype("float64")
    posts = rows[["km", "lon", "lat"]].to_numpy(dtype="float64", copy=True)
    unplaced = np.isnan(posts[:, 1])
    for line in rows.groupby("line_id").indices.values():
        known = posts[line[~unplaced[line]]]
        for at in line[unplaced[line]]:
            ahead = np.flatnonzero(known[:, 0] > posts[at, 0])[0]
            lon, lat, accuracy_m[at] = _between(known[ahead - 1], known[ahead], posts[at, 0])
            posts[at, 1:] = lon, lat
    points = gpd.points_from_xy(posts[:, 1], posts[:, 2], crs=STORAGE_CRS)
    rows = rows.drop(columns=["lon", "lat"]).assign(positional_accuracy_m=accuracy_m)
    return gpd.GeoDataFrame(rows, geometry=points)


def _between(before: np.ndarray, after: np.ndarray, km: float) -> tuple[float, float, float]:
    """Place a km between two posts, each given as km, longitude and latitude."""
    azimuth_deg, chord_m = geodesic_inverse(before[1], before[2], after[1], after[2])
    share = (km - before[0]) / (after[0] - before[0])
    lon, lat = geodesic_direct(before[1], before[2], azimuth_deg, share * chord_m)
    track_m = (after[0] - before[0]) * 1000
    return float(lon), float(lat), float(_sag_m(track_m, chord_m)) + _POST_ROUNDING_M


def _sag_m(track_m: np.ndarray | float, chord_m: np.ndarray | float) -> np.ndarray:
    """Bound how far a track strays from its chord: the semi-minor axis of the ellipse.

    A curve of length L between two points c apart lies within the ellipse that has them as foci
    and 2a = L, whose semi-minor axis is sqrt(L^2 - c^2) / 2.
    """
    return np.asarray(np.sqrt(np.clip(np.square(track_m) - np.square(chord_m), 0, None)) / 2)


def _lines(lines: pd.DataFrame, posts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    by_line = posts.groupby("line_id")
    table = lines.copy()
    table["gauge_mm"] = pd.to_numeric(table["gauge_mm"].replace("", None)).astype("Int64")
    table["km_from"] = by_line["km"].min()
    table["km_to"] = by_line["km"].max()
    geometry, accuracy = {}, {}
    for line_id, own in by_line:
        geometry[line_id] = LineString(own.geometry.tolist())
        accuracy[line_id] = _line_accuracy_m(own)
    table["positional_accuracy_m"] = pd.Series(accuracy)
    return gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(geometry, crs=STORAGE_CRS))


def _line_accuracy_m(own: gpd.GeoDataFrame) -> float:
    """Give the distance that 95 % of a line's track keeps from its geodesics, at the most."""
    lon, lat = own.geometry.x.to_numpy(), own.geometry.y.to_numpy()
    chord_m = geodesic_distance_m(lon[:-1], lat[:-1], lon[1:], lat[1:])
    track_m = np.diff(own["km"]) * 1000
    bound_m = _sag_m(track_m, chord_m) + _PUBLISHED_M
    order = np.argsort(bound_m)
    covered = np.cumsum(track_m[order]) / track_m.sum()
    return float(round(bound_m[order][np.searchsorted(covered, 0.95)]))


def _stations(posts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    lines = posts.groupby("station_id")["line_id"].agg(";".join)
    best = posts.sort_values("positional_accuracy_m", kind="stable")
    first = best.drop_duplicates("station_id").set_index("station_id")
    first = first.loc[posts["station_id"].drop_duplicates()]
    columns = ["name", "name_ur", "alt_names", "coord_quality", "positional_accuracy_m"]
    table = first[[*columns, "coord_source", "geometry"]].copy()
    table.insert(3, "lines", lines)
    return gpd.GeoDataFrame(table, geometry="geometry", crs=STORAGE_CRS)
