"""The railway as a graph, and the shortest ways in it.

Stations are the nodes, and the track between neighbouring posts the edges, as long as the posts
say or, where those contradict it, as measured.
"""

from __future__ import annotations

import heapq
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from geosec.crs import lon_lat
from geosec.railway.breaks import measure_track_km
from geosec.railway.edges import index_edges, share_along
from geosec.shared import build_once_each

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from geosec.geodesy.segments import SegmentIndex
    from geosec.railway.network import RailNetwork

_AT_STATION_KM = 0.001


class Step(NamedTuple):
    """From one node to the next along a line."""

    start: int
    stop: int
    line_id: str


class _TrackPoint(NamedTuple):
    """A point of the track: its edge, and how much track leads to either end of that."""

    edge: int = -1  # there is no such point
    reach_km: tuple[float, float] = (np.nan, np.nan)
    offset_m: float = np.nan


class _Way(NamedTuple):
    """Kilometres of track, and the lines used in order; nothing where no railway leads there."""

    length_km: float = np.nan
    line_ids: tuple[str, ...] = ()


class TrackGraph:
    """Stations joined by track; of two lines that share a track, the one listed first counts."""

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
        self._trees: dict[int, tuple[NDArray[np.float64], list[Step | None]]] = {}

    @build_once_each
    def _index(self) -> SegmentIndex:
        return index_edges(self._edges)

    def attach(self, points: gpd.GeoSeries) -> list[_TrackPoint]:
        """Put points on the nearest edge."""
        lon, lat = lon_lat(points)
        found = self._index.nearest(lon, lat)
        length_km = self._edges["track_km"].to_numpy()[found.target_idx]
        walked_km = share_along(self._edges, found) * length_km
        reach_km = zip(walked_km.tolist(), (length_km - walked_km).tolist(), strict=True)
        attached = [_TrackPoint()] * len(points)
        rows = found.point_idx.tolist()
        columns = found.target_idx.tolist(), reach_km, found.distance_m.tolist()
        for row, *point in zip(rows, *columns, strict=True):
            attached[row] = _TrackPoint(*point)
        return attached

    def find_way(self, one: _TrackPoint, two: _TrackPoint) -> _Way:
        """Find the shortest way from one point of the track to another."""
        if one.edge < 0 or two.edge < 0:
            return _Way()
        length_km, i, j = self._go_by_ends(one, two)
        straight_km = abs(one.reach_km[0] - two.reach_km[0])
        if one.edge == two.edge and straight_km <= length_km:
            return _Way(straight_km, (self._lines[one.edge],))
        if np.isinf(length_km):
            return _Way()
        steps = self.find_path(self._ends[one.edge, i], self._ends[two.edge, j])
        between = [step.line_id for step in steps]
        used = [*self._name_line(one, i), *between, *self._name_line(two, j)]
        used = used or [self._lines[one.edge]]  # two points at one station
        return _Way(length_km, tuple(line_id for line_id, _ in groupby(used)))

    def _go_by_ends(self, one: _TrackPoint, two: _TrackPoint) -> tuple[float, int, int]:
        """Give the length of the shortest way by an end of each edge, and which ends."""
        return min(
            (one.reach_km[i] + float(self._grow_tree(a)[0][b]) + two.reach_km[j], i, j)
            for i, a in enumerate(self._ends[one.edge].tolist())
            for j, b in enumerate(self._ends[two.edge].tolist())
        )

    def _name_line(self, point: _TrackPoint, end: int) -> list[str]:
        """Name the line that leads from a point to an end of its edge; none if it stands there."""
        return [self._lines[point.edge]] if point.reach_km[end] > _AT_STATION_KM else []

    def find_path(self, start: int, stop: int) -> list[Step]:
        """List the steps from one node to another; none where no way leads there."""
        steps, before = [], self._grow_tree(start)[1]
        while (step := before[stop]) is not None:
            steps.append(step)
            stop = step.start
        return steps[::-1]

    def _grow_tree(self, source: int) -> tuple[NDArray[np.float64], list[Step | None]]:
        """Give the shortest way from a node to every other (E. W. Dijkstra 1959).

        *A note on two problems in connexion with graphs*, Numerische Mathematik 1:269-271,
        doi:10.1007/BF01386390.
        """
        if source in self._trees:
            return self._trees[source]
        distance_km = [np.inf] * len(self.names)
        before: list[Step | None] = [None] * len(self.names)
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
                    before[other] = Step(node, other, self._lines[edge])
                    heapq.heappush(queue, (there_km, other))
        self._trees[source] = np.array(distance_km), before
        return self._trees[source]
