"""Ways to count along: a line of railway, or the route of a train over several lines.

A way is measured in kilometres of track from its start, which official posts are read off for: they
may fall along a route, and between two of them there may be more posts than track.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from geosec.arguments import describe_given
from geosec.crs import lon_lat
from geosec.errors import ParameterError, UnknownNameError, near_misses
from geosec.railway.breaks import load_chainage_breaks, measure_track_km
from geosec.railway.edges import edges_between
from geosec.railway.network import RailNetwork, take_network
from geosec.railway.route import Route, build_route
from geosec.railway.sections import Stop
from geosec.railway.stops import find_train, load_routes
from geosec.reference.toponyms import normalise
from geosec.uncertainty.layer_error import standard_error_m

_ON_POST_KM = 1e-6
_STOPS = {"station_id", "km_from_origin"}  # columns of `geosec.load_route`


class Way(NamedTuple):
    """A way as edges, geodesics from post to post or bend to bend, in the order of travel."""

    name: str
    edges: pd.DataFrame
    """``line_id``, ``from_station``, ``to_station`` (names, missing at a bend), ``km_a``, ``km_b``
    (official posts), ``lon_a``, ``lat_a``, ``lon_b``, ``lat_b``, ``start_km``, ``end_km`` (track
    from the start of the way), ``is_break`` (posts contradict the track) and ``error_m``, the
    standard error of where the line lies."""
    breaks: pd.DataFrame
    """The rows of `geosec.load_chainage_breaks` of its lines."""


def find_way(wanted: Any, network: RailNetwork | None) -> Way:
    """Find the way that is meant: a `Route`, its stops, or the name of a line or a train.

    A name that is none raises an `UnknownNameError`, what is no way at all a `ParameterError`.
    """
    ground = take_network(network)
    if isinstance(wanted, Route):
        return _follow_route(wanted, ground)
    if isinstance(wanted, pd.DataFrame) and set(wanted.columns) >= _STOPS and len(wanted) > 1:
        stops = map(Stop, wanted["station_id"], wanted["km_from_origin"])
        return _follow_route(build_route("route", stops, ground), ground)
    if isinstance(wanted, pd.DataFrame) and len(wanted) == 1 and wanted.index.name == "line_id":
        wanted = str(wanted.index[0])
    if isinstance(wanted, str):
        line_id = _find_line(wanted, ground)
        if line_id is not None:
            return _follow_line(line_id, ground)
        if find_train(wanted) is not None:
            return _follow_route(Route.named(wanted, network=ground), ground)
        known = [*ground.lines.index, *load_routes()["route_name"].unique()]
        msg = f"there is no railway line or train {wanted!r}; {near_misses(wanted, known)}"
        raise UnknownNameError(msg)
    msg = (
        "`route_or_line` takes a `geosec.Route`, the stops of `geosec.load_route`, one row of "
        "`geosec.load_rail_lines`, or the name of a line or a train, and was given "
        f"{describe_given(wanted)}."
    )
    raise ParameterError(msg)


def _find_line(name: str, network: RailNetwork) -> str | None:
    """Find a line by identifier, name or alternate name, in any case."""
    lines, wanted = network.lines, normalise(name)
    for column in ("name", "alt_names"):
        if column not in lines.columns:
            lines = lines.assign(**{column: ""})
    names: dict[str, str] = {}
    columns = (lines.index, lines["name"], lines["alt_names"])
    for line_id, own, others in zip(*columns, strict=True):
        for spelt in (line_id, own, *str(others).split(";")):
            names.setdefault(normalise(str(spelt)), str(line_id))
    names.pop("", None)
    return names.get(wanted)


def _follow_line(line_id: str, network: RailNetwork) -> Way:
    """Follow a line in the direction of its posts, bends of the track included."""
    edges = edges_between(network.track_of(line_id)).drop(columns="chord_km")
    is_own = (network.edges["line_id"] == line_id).to_numpy()
    posts = network.edges[is_own]
    track_km = np.append(0.0, np.cumsum(measure_track_km(network)[is_own]))
    km = np.append(posts["km_a"].to_numpy(), posts["km_b"].to_numpy()[-1])
    for end, at in (("start_km", "km_a"), ("end_km", "km_b")):
        edges[end] = np.interp(edges[at], km, track_km)
    return _finish_way(line_id, edges, network)


def _follow_route(route: Route, network: RailNetwork) -> Way:
    """Follow a train from its origin."""
    sections = route.sections
    lon, lat = lon_lat(route.way.posts.geometry)
    edges = sections[["line_id", "from_station", "to_station", "km_a", "km_b"]].assign(
        lon_a=lon[:-1],
        lat_a=lat[:-1],
        lon_b=lon[1:],
        lat_b=lat[1:],
        start_km=sections["measure_a_km"] - sections["measure_a_km"].iloc[0],
        end_km=sections["measure_b_km"] - sections["measure_a_km"].iloc[0],
    )
    return _finish_way(route.name, edges.reset_index(drop=True), network)


def _finish_way(name: str, edges: pd.DataFrame, network: RailNetwork) -> Way:
    """Name stations, mark breaks, and say how far each line may be off."""
    names = network.stations["name"]
    for end in ("from_station", "to_station"):
        edges[end] = edges[end].map(names).fillna(edges[end])
    breaks = load_chainage_breaks(network)
    breaks = breaks[breaks["rail_line"].isin(edges["line_id"])]
    edges["is_break"] = _mark_breaks(edges, breaks[breaks["kind"].isin(["gap", "jump"])])
    errors = pd.Series(standard_error_m(network.lines), index=network.lines.index)
    edges["error_m"] = errors.reindex(edges["line_id"]).fillna(0.0).to_numpy()
    return Way(name, edges, breaks)


def _mark_breaks(edges: pd.DataFrame, breaks: pd.DataFrame) -> pd.Series:
    """Mark the edges that lie between two posts which the track contradicts."""
    low, high = edges[["km_a", "km_b"]].min(axis=1), edges[["km_a", "km_b"]].max(axis=1)
    marked = pd.Series(data=False, index=edges.index)
    for line_id, km_low, km_high in breaks[["rail_line", "km_low", "km_high"]].itertuples(
        index=False
    ):
        inside = (low >= km_low - _ON_POST_KM) & (high <= km_high + _ON_POST_KM)
        marked |= (edges["line_id"] == line_id) & inside
    return marked
