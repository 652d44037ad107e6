"""The railway: lines, stations and official km posts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from geosec.arguments import require_kind, require_list, require_text
from geosec.data.catalogue import layer_path
from geosec.errors import UnknownNameError, near_misses
from geosec.railway.edges import edges_between
from geosec.railway.own_network import build_network
from geosec.railway.posts import (
    draw_lines,
    gather_stations,
    join_bends,
    place_posts,
    put_computed_last,
)
from geosec.shared import build_once, build_once_each

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd


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
    bends : geopandas.GeoDataFrame, optional
        Where the track turns between two posts, with ``line_id`` and ``km``; without them it goes
        from post to post.

    Examples
    --------
    >>> network = load_rail_network()
    >>> len(network.lines), len(network.posts)
    (16, 542)
    """

    lines: gpd.GeoDataFrame
    stations: gpd.GeoDataFrame
    posts: gpd.GeoDataFrame
    bends: gpd.GeoDataFrame | None = None

    @classmethod
    def from_table(
        cls,
        stations: pd.DataFrame,
        lines: gpd.GeoDataFrame | gpd.GeoSeries | pd.DataFrame | None = None,
    ) -> RailNetwork:
        """Make a network of your own tables, of any country.

        Parameters
        ----------
        stations : geopandas.GeoDataFrame or pandas.DataFrame
            A row for each station of each line: ``name``, ``line``, ``km`` (the railway's own
            posts, kilometres) and the point, as geometry in any CRS or as ``longitude`` and
            ``latitude`` (degrees in EPSG:4326). A station on two lines has a row for each, and is
            one station where the names are equal and the points within 5 km. ``station_id``,
            ``alt_names`` (separated by ``;``) and ``positional_accuracy_m`` are used if they are
            there.
        lines : geopandas.GeoDataFrame, geopandas.GeoSeries or pandas.DataFrame, optional
            Lines in any CRS with a column ``line``, or ``name``, that names them as the stations
            do; rows of one line are joined. Without geometry a line is drawn from station to
            station. With it, km that are missing are computed from its length, and its direction
            does not matter where km are given; the track ends at the first and the last station.
            ``status`` and ``positional_accuracy_m`` (how far the track may be off, metres) are
            used if they are there.

        Returns
        -------
        RailNetwork
            For ``network=`` of every verb that takes one. ``posts["km_source"]`` says which km
            were given and which computed.

        Raises
        ------
        SchemaError
            If a column is missing, a station has no point or stands on no known line or more than
            10 km beside it, a line has fewer than two stations or parts that do not meet, or km do
            not follow the track.
        CRSError
            If points or lines have no CRS, or coordinates that it cannot have.

        Warns
        -----
        GeosecWarning
            If km were computed or contradict the points, track beyond the last stations was left
            out, or a station stands more than 1 km off.

        Examples
        --------
        Four stations of the line from Colombo to Badulla, with the km that Wikipedia lists:

        >>> stations = pd.DataFrame(
        ...     {
        ...         "name": ["Colombo Fort", "Peradeniya Junction", "Ella", "Badulla"],
        ...         "line": "Main Line",
        ...         "km": [0.0, 115.34, 271.03, 292.3],
        ...         "longitude": [79.85, 80.59, 81.05, 81.06],
        ...         "latitude": [6.93, 7.26, 6.88, 6.98],
        ...     }
        ... )
        >>> RailNetwork.from_table(stations).lines["km_to"].to_dict()
        {'Main Line': 292.3}
        """
        return cls(*build_network(stations, lines))

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
        wanted = list(require_list(line_ids, "line_ids"))
        for line_id in wanted:
            self._require_line(require_text(line_id, "line_ids", "names of lines"))
        lines = self.lines[self.lines.index.isin(wanted)]
        posts = self.posts[self.posts["line_id"].isin(lines.index)]
        stations = self.stations[self.stations.index.isin(posts["station_id"])]
        bends = self.bends
        if bends is not None:
            bends = bends[bends["line_id"].isin(lines.index)]
        return RailNetwork(lines, stations, posts, bends)

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
        self._require_line(require_text(line_id, "line_id"))
        return self._by_line[line_id].copy()

    @build_once_each
    def track(self) -> gpd.GeoDataFrame:
        """Posts and bends (without ``station_id``) by line and km; ``post`` there or before."""
        return join_bends(self.posts, self.bends)

    def track_of(self, line_id: str) -> gpd.GeoDataFrame:
        """Give the posts and bends of one line, in order."""
        self._require_line(require_text(line_id, "line_id"))
        return self.track[self.track["line_id"] == line_id]

    def station_id(self, name: str) -> str:
        """Find a station by its name.

        Parameters
        ----------
        name : str
            Identifier, name, Urdu name or alternate name, in any case.

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
        name = require_text(name, "name", "the name of a station")
        found = self._station_names.get(name.casefold().strip())
        if found is None:
            names = self.stations["name"]
            msg = f"there is no railway station {name!r}; {near_misses(name, names)}"
            raise UnknownNameError(msg)
        return found

    @build_once_each
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

    @build_once_each
    def _station_names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for station_id, row in self.stations.iterrows():
            for spelt in (station_id, row["name"], row["name_ur"], *row["alt_names"].split(";")):
                names.setdefault(spelt.casefold().strip(), str(station_id))
        names.pop("", None)
        return names

    @build_once_each
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


def take_network(network: RailNetwork | None, *, standing: bool = False) -> RailNetwork:
    """Take the network that a caller gives, else the one that ships; refuse what is none."""
    if network is None:
        shipped = load_rail_network()
        return shipped.standing() if standing else shipped
    require_kind(network, RailNetwork, "network", ", and no `geosec.RailNetwork`")
    return network


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


@build_once
def _network() -> RailNetwork:
    rows = pd.read_csv(layer_path("rail_stations"), keep_default_na=False)
    lines = pd.read_csv(layer_path("rail_lines"), dtype="str", keep_default_na=False)
    lines = put_computed_last(lines.set_index("line_id"))
    posts = place_posts(rows)
    posts = posts.set_index("line_id").loc[lines.index].reset_index()
    return RailNetwork(draw_lines(lines, posts), gather_stations(posts), posts)
