"""Ways along the railway: from station to station, and from point to point."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely
from shapely import LineString

from geosec.crs import require_points
from geosec.errors import ParameterError
from geosec.railway.network import RailNetwork, take_network
from geosec.railway.track_graph import TrackGraph

if TYPE_CHECKING:
    import geopandas as gpd


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
    network = take_network(network, standing=True)
    start, stop = network.station_id(from_station), network.station_id(to_station)
    if start == stop:
        msg = f"a stretch needs two different stations, and got {start!r} twice."
        raise ParameterError(msg)
    graph = TrackGraph(network)
    path = graph.find_path(graph.node[start], graph.node[stop])
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
    >>> import geosec
    >>> stations = geosec.load_rail_network().stations.geometry
    >>> way = rail_distance(stations.loc[["sibi-junction"]], stations.loc[["quetta"]])
    >>> way["rail_distance_km"].item(), way["rail_lines"].item()
    (141.0, 'ML-3')
    """
    starts = require_points(from_points, "from_points")
    ends = require_points(to_points, "to_points")
    if len(ends) not in {1, len(starts)}:
        msg = (
            f"`to_points` must be one point or as many as `from_points`, and there are {len(ends)} "
            f"for {len(starts)}."
        )
        raise ParameterError(msg)
    graph = TrackGraph(take_network(network, standing=True))
    one, two = graph.attach(starts), graph.attach(ends)
    two = two * len(one) if len(two) == 1 else two
    ways = [graph.find_way(*pair) for pair in zip(one, two, strict=True)]
    table = pd.DataFrame(index=from_points.index)
    table["rail_distance_km"] = np.array([way.length_km for way in ways], dtype="float64")
    for name, places in (("from_offset_m", one), ("to_offset_m", two)):
        table[name] = np.array([place.offset_m for place in places], dtype="float64")
    lines = [";".join(way.line_ids) or None for way in ways]
    table["rail_lines"] = pd.Series(lines, index=table.index, dtype="str")
    return table
