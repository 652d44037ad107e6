"""Ways along the railway: from station to station, and from point to point.

Stations are the nodes of a graph, and the track between neighbouring posts its edges, as long as
the posts say or, where those contradict it, as measured. Where two lines share a track it is
there once, with the posts of the line listed first.
"""

from __future__ import annotations

import heapq
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
import shapely
from shapely import LineString

from geosec.crs import lon_lat, require_points
from geosec.errors import ParameterError
from geosec.railway.breaks import measure_track_km
from geosec.railway.edges import index_edges, share_along
from geosec.railway.network import RailNetwork, load_rail_network

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from geosec.geodesy.segments import SegmentIndex

_AT_STATION_KM = 0.001


def stretch_between(
    from_station: str, to_station: str, *, network: RailNetwork | None = None
) -> LineString:
    """Cut the shortest way along the railway between two stations.

    Parameters
    ----------
    from_station, to_station : str
        Names or identifiers, on one line or across junctions.
    network : RailNetwork, optional
        The railway; by default the one that ships with geosec, without dismantled lines. Give
        ``load_rail_network().on([...])`` to stay on chosen lines.

    Returns
    -------
    shapely.LineString
        From the one to the other through the stations between, in EPSG:4326 (degrees), edges are
        geodesics.

    Raises
    ------
    UnknownNameError
        If there is no such station.
    ParameterError
        If both are the same station, or no railway joins them.

    See Also
    --------
    geosec.stretch : Between two km posts of one line.

    Examples
    --------
    >>> len(stretch_between("Mach", "Nari").coords)  # by Sibi, on to the Harnai line
    11
    """
    network = network or load_rail_network().standing()
    start, stop = network.station_id(from_station), network.station_id(to_station)
    if start == stop:
        msg = f"a stretch needs two different stations, and got {start!r} twice."
        raise ParameterError(msg)
    graph = _Graph(network)
    path = graph.path(graph.node[start], graph.node[stop])
    if not path:
        msg = f"no railway of this network joins {start!r} to {stop!r}."
        raise ParameterError(msg)
    nodes = [path[0].start, *(step.stop for step in path)]
    points = network.stations.geometry.loc[[graph.names[node] for node in nodes]]
    return LineString(shapely.get_coordinates(points.to_numpy()))


def rail_distance(
    from_points: gpd.GeoSeries, to_points: gpd.GeoSeries, *, network: RailNetwork | None = None
) -> pd.DataFrame:
    """Give the shortest way along the railway from each point to another.

    Each point stands for the place on the railway that is nearest to it.

    Parameters
    ----------
    from_points : geopandas.GeoSeries
        Points in any CRS.
    to_points : geopandas.GeoSeries
        As many, taken in order, or a single one for all; in any CRS.
    network : RailNetwork, optional
        The railway; by default the one that ships with geosec, without dismantled lines. Give
        ``load_rail_network().on([...])`` to stay on chosen lines.

    Returns
    -------
    pandas.DataFrame
        On the index of `from_points`: ``rail_distance_km`` along the track (kilometres),
        ``from_offset_m`` and ``to_offset_m`` (geodesic metres from the points to the railway),
        and ``rail_lines``, those used in order, separated by ``;``. Missing where a point is, or
        where no railway joins the two.

    Raises
    ------
    ParameterError
        If there are neither as many points to go to nor a single one.
    SchemaError
        If one of them is no point.
    CRSError
        If the points have no CRS, or coordinates that it cannot have.

    Examples
    --------
    >>> stations = load_rail_network().stations.geometry
    >>> way = rail_distance(stations.loc[["sibi-junction"]], stations.loc[["quetta"]])
    >>> way["rail_distance_km"].item(), way["rail_lines"].item()
    (141.0, 'ML-3')
    """
    starts, ends = (
        require_points(from_points, "from_points"),
        require_points(to_points, "to_points"),
    )
    if len(ends) not in {1, len(starts)}:
        msg = (
            f"`to_points` must be one point or as many as `from_points`, and there are {len(ends)} "
            f"for {len(starts)}."
        )
        raise ParameterError(msg)
    graph = _Graph(network or load_rail_network().standing())
    one, two = graph.attach(starts), graph.attach(ends)
    two = two * len(one) if len(two) == 1 else two
    ways = [graph.way(*pair) for pair in zip(one, two, strict=True)]
    table = pd.DataFrame(index=from_points.index)
    table["rail_distance_km"] = np.array([way.length_km for way in ways], dtype="float64")
    for name, places in (("from_offset_m", one), ("to_offset_m", two)):
        table[name] = np.array([place.offset_m for place in places], dtype="float64")
    lines = [";".join(way.line_ids) or None for way in ways]
    table["rail_lines"] = pd.Series(lines, index=table.index, dtype="str")
    return table


class _Step(NamedTuple):
    start: int
    stop: int
    line_id: str


class _Place(NamedTuple):
    """A place on the railway: its edge, and how much track leads to either end of that."""

    edge: int = -1  # there is no such place
    reach_km: tuple[float, float] = (np.nan, np.nan)
    offset_m: float = np.nan


class _Way(NamedTuple):
    length_km: float = np.nan
    line_ids: tuple[str, ...] = ()


class _Graph:
    """Stations joined by track."""

    def __init__(self, network: RailNetwork) -> None:
        self.names = network.stations.index.tolist()
        self.node = {name: at for at, name in enumerate(self.names)}
        edges = network.edges.assign(track_km=measure_track_km(network))
        ends = np.column_stack([edges[f"{end}_station"].map(self.node) for end in ("from", "to")])
        shared = pd.DataFrame(np.sort(ends, axis=1)).duplicated().to_numpy()
        self._edges, self._ends = edges[~shared].reset_index(drop=True), ends[~shared]
        self._lines = self._edges["line_id"].tolist()
        self._beside: list[list[tuple[int, float, int]]] = [[] for _ in self.names]
        lengths_km = self._edges["track_km"].tolist()
        for at, ((one, two), length_km) in enumerate(
            zip(self._ends.tolist(), lengths_km, strict=True)
        ):
            self._beside[one].append((two, length_km, at))
            self._beside[two].append((one, length_km, at))
        self._trees: dict[int, tuple[NDArray[np.float64], list[_Step | None]]] = {}

    @cached_property
    def _index(self) -> SegmentIndex:
        return index_edges(self._edges)

    def attach(self, points: gpd.GeoSeries) -> list[_Place]:
        """Put points on the nearest edge."""
        lon, lat = lon_lat(points)
        found = self._index.nearest(lon, lat)
        length_km = self._edges["track_km"].to_numpy()[found.target_idx]
        walked_km = share_along(self._edges, found) * length_km
        reach_km = zip(walked_km.tolist(), (length_km - walked_km).tolist(), strict=True)
        places = [_Place()] * len(points)
        rows = found.point_idx.tolist()
        columns = found.target_idx.tolist(), reach_km, found.distance_m.tolist()
        for row, *place in zip(rows, *columns, strict=True):
            places[row] = _Place(*place)
        return places

    def way(self, one: _Place, two: _Place) -> _Way:
        """Find the shortest way from one place to another."""
        if one.edge < 0 or two.edge < 0:
            return _Way()
        length_km, i, j = self._by_ends(one, two)
        straight_km = abs(one.reach_km[0] - two.reach_km[0])
        if one.edge == two.edge and straight_km <= length_km:
            return _Way(straight_km, (self._lines[one.edge],))
        if np.isinf(length_km):
            return _Way()
        steps = self.path(self._ends[one.edge, i], self._ends[two.edge, j])
        between = [step.line_id for step in steps]
        used = [*self._led(one, i), *between, *self._led(two, j)] or [self._lines[one.edge]]
        return _Way(length_km, tuple(line_id for line_id, _ in groupby(used)))

    def _by_ends(self, one: _Place, two: _Place) -> tuple[float, int, int]:
        """Give the length of the shortest way by an end of each edge, and which ends."""
        return min(
            (one.reach_km[i] + float(self._tree(a)[0][b]) + two.reach_km[j], i, j)
            for i, a in enumerate(self._ends[one.edge].tolist())
            for j, b in enumerate(self._ends[two.edge].tolist())
        )

    def _led(self, place: _Place, end: int) -> list[str]:
        """Name the line that leads from a place to an end of its edge, unless it stands there."""
        return [self._lines[place.edge]] if place.reach_km[end] > _AT_STATION_KM else []

    def path(self, start: int, stop: int) -> list[_Step]:
        """List the steps from one node to another; none where no way leads there."""
        steps, before = [], self._tree(start)[1]
        while (step := before[stop]) is not None:
            steps.append(step)
            stop = step.start
        return steps[::-1]

    def _tree(self, source: int) -> tuple[NDArray[np.float64], list[_Step | None]]:
        """Give the shortest way from a node to every other (E. W. Dijkstra 1959).

        *A note on two problems in connexion with graphs*, Numerische Mathematik 1:269-271,
        doi:10.1007/BF01386390.
        """
        if source in self._trees:
            return self._trees[source]
        distance_km = [np.inf] * len(self.names)
        before: list[_Step | None] = [None] * len(self.names)
        distance_km[source] = 0.0
        queue = [(0.0, source)]
        while queue:
            here_km, node = heapq.heappop(queue)
            if here_km > distance_km[node]:
                continue
            for other, length_km, edge in self._beside[node]:
                there_km = here_km + length_km
                if there_km < distance_km[other]:
                    distance_km[other] = there_km
                    before[other] = _Step(node, other, self._lines[edge])
                    heapq.heappush(queue, (there_km, other))
        self._trees[source] = np.array(distance_km), before
        return self._trees[source]
