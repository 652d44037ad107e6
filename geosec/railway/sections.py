"""The sections of a train's way: from stop to stop along the lines that join them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import LineString

from geosec.crs import STORAGE_CRS
from geosec.errors import SourceError
from geosec.railway.breaks import measure_track_km
from geosec.railway.network import RailNetwork

if TYPE_CHECKING:
    from collections.abc import Iterable


class Stop(NamedTuple):
    """A station at which a train calls, and its distance from the origin in kilometres."""

    station_id: str
    measure_km: float


def list_sections(stops: Iterable[Stop], network: RailNetwork) -> pd.DataFrame:
    """List the sections from station to station between stops, in the order of travel.

    The columns are those of `geosec.Route.sections`. Between two stops a place is measured by the
    track, scaled to what the timetable says from stop to stop. Two stops that follow each other
    and stand on no common line raise a `SourceError`.
    """
    edges = network.edges.assign(track_km=measure_track_km(network))
    posts = _map_station_km(network)
    legs = [_list_leg(edges, posts, one, two) for one, two in pairwise(stops)]
    return pd.concat(legs, ignore_index=True)


def _map_station_km(network: RailNetwork) -> dict[str, dict[str, float]]:
    """Give the km of each station on each of its lines, lines in the order of the network."""
    posts: dict[str, dict[str, float]] = {}
    columns = (network.posts[name] for name in ("station_id", "line_id", "km"))
    for station_id, line_id, km in zip(*columns, strict=True):
        posts.setdefault(station_id, {})[line_id] = km
    return posts


def _list_leg(
    edges: pd.DataFrame, posts: dict[str, dict[str, float]], one: Stop, two: Stop
) -> pd.DataFrame:
    """List the sections between two stops, on the line that joins them by the shorter way."""
    here, there = posts.get(one.station_id, {}), posts.get(two.station_id, {})
    ends = {line_id: (km, there[line_id]) for line_id, km in here.items() if line_id in there}
    if not ends:
        msg = (
            f"{one.station_id} and {two.station_id} follow each other as stops and stand on no "
            "common line; the table of routes must name the station where the train changes lines."
        )
        raise SourceError(msg)
    line_id = min(ends, key=lambda line: abs(ends[line][1] - ends[line][0]))
    (km_from, km_to), (low, high) = ends[line_id], sorted(ends[line_id])
    leg = edges[(edges["line_id"] == line_id) & (edges["km_a"] >= low) & (edges["km_b"] <= high)]
    if km_to < km_from:
        turned = {"from_station": "to_station", "km_a": "km_b"}
        leg = leg[::-1].rename(columns=turned | {b: a for a, b in turned.items()})
    walked_km = np.append(0.0, np.cumsum(leg["track_km"]))
    span_km = two.measure_km - one.measure_km
    measure_km = one.measure_km + walked_km / walked_km[-1] * span_km
    measure_km[-1] = two.measure_km
    columns = ["line_id", "from_station", "to_station", "km_a", "km_b"]
    return leg[columns].assign(measure_a_km=measure_km[:-1], measure_b_km=measure_km[1:])


def draw_way(name: str, sections: pd.DataFrame, network: RailNetwork) -> RailNetwork:
    """Draw the way of a train as a network of one line, whose km posts are its measures."""
    first = sections.iloc[0]
    passed = pd.concat([pd.Series([first["from_station"]]), sections["to_station"]])
    stations = network.stations.loc[passed.drop_duplicates()]
    points = network.stations.geometry.loc[passed].to_numpy()
    posts = gpd.GeoDataFrame(
        {
            "line_id": name,
            "station_id": passed.to_numpy(),
            "name": network.stations["name"].loc[passed].to_numpy(),
            "km": np.append(first["measure_a_km"], sections["measure_b_km"]),
            "km_source": "timetable",
        },
        geometry=points,
        crs=STORAGE_CRS,
    )
    line = gpd.GeoDataFrame(
        {"status": ["operational"]},
        index=pd.Index([name], name="line_id"),
        geometry=[LineString(list(points))],
        crs=STORAGE_CRS,
    )
    return RailNetwork(line, stations, posts)
