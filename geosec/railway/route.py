"""The way of a train across lines, measured from its origin.

A route is one line more: its posts are the stations on the way, and its chainage is the
timetable's. Between two stops a place is measured by the chainage of the line the train runs on,
scaled to what the timetable says from stop to stop.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import shapely
from shapely import LineString

from geosec.arguments import require_number, require_text
from geosec.errors import ParameterError, UnknownNameError
from geosec.railway.linear_referencing import interpolate, locate, stretch
from geosec.railway.network import RailNetwork, take_network
from geosec.railway.sections import Stop, draw_way, list_sections
from geosec.railway.stops import load_route

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd
    import pandas as pd
    from numpy.typing import ArrayLike

    Waypoint = str | tuple[str, float] | float  # a station, a line and a km post, or a measure


@dataclass(frozen=True, eq=False)
class Route:
    """The way of a named train, with the distance from its origin as measure.

    Attributes
    ----------
    name : str
        As asked for; `named` builds the route.
    sections : pandas.DataFrame
        From station to station in the order of travel: ``line_id``, ``from_station``,
        ``to_station``, ``km_a`` and ``km_b`` (posts of the line, which may fall), ``measure_a_km``
        and ``measure_b_km`` (kilometres from the origin).
    way : RailNetwork
        One line, in EPSG:4326, whose km posts are the measures.

    Examples
    --------
    >>> train = Route.named("Jaffar Express")
    >>> train.measure_km("Sibi"), train.measure_km(("ML-1", 481.0))
    (141.0, 383.0)
    """

    name: str
    sections: pd.DataFrame = field(repr=False)
    way: RailNetwork = field(repr=False)

    @classmethod
    def named(cls, name: str, *, network: RailNetwork | None = None) -> Route:
        """Build the route of a train from its stops.

        Parameters
        ----------
        name : str
            Name, number or identifier of the train, as for `geosec.load_route`.
        network : RailNetwork, optional
            The railway; the one that ships with geosec by default. Measures are in kilometres.

        Returns
        -------
        Route

        Raises
        ------
        UnknownNameError
            If no train has that name.
        SourceError
            If two stops that follow each other stand on no common line.

        Examples
        --------
        >>> Route.named("39UP").sections["line_id"].drop_duplicates().tolist()
        ['ML-3', 'ML-1', 'LODHRAN-MULTAN-KHANEWAL']
        """
        stops = load_route(name)
        calls = map(Stop, stops["station_id"], stops["km_from_origin"])
        return build_route(name, calls, take_network(network))

    @property
    def length_km(self) -> float:
        """Distance from the origin to the end.

        Returns
        -------
        float
            Kilometres.

        Examples
        --------
        >>> Route.named("Jaffar Express").length_km
        1632.0
        """
        return float(self.sections["measure_b_km"].iloc[-1])

    @property
    def ends(self) -> tuple[str, str]:
        """Names of the stations where the train starts and ends.

        Returns
        -------
        tuple of (str, str)

        Examples
        --------
        >>> Route.named("Jaffar Express").ends
        ('Quetta', 'Peshawar Cantonment')
        """
        first, last = self.way.posts["name"].iloc[[0, -1]]
        return str(first), str(last)

    def measure_km(self, place: Waypoint) -> float:
        """Say how far from the origin a place on the way is.

        Parameters
        ----------
        place : str, or tuple of str and float, or float
            A station by name or identifier; a line and a km post on it; or a measure, which is
            returned as it is. Kilometres.

        Returns
        -------
        float
            Kilometres from the origin; the first time where the train passes twice.

        Raises
        ------
        UnknownNameError
            If the train does not pass a station of that name.
        ParameterError
            If the train does not run by that post of that line.

        Examples
        --------
        >>> round(Route.named("Jaffar Express").measure_km(("ML-3", 268.0)), 1)
        116.4
        """
        if isinstance(place, str):
            return self._measure_of_station(place)
        if isinstance(place, tuple) and len(place) == 2:
            line_id = require_text(place[0], "place", "the name of a line before its km post")
            return self._measure_of_post(line_id, require_number(place[1], "place", "km"))
        return require_number(place, "place", "km")

    def interpolate(self, measure_km: ArrayLike) -> gpd.GeoSeries:
        """Find the points at given distances from the origin.

        Parameters
        ----------
        measure_km : float or array of float
            Kilometres from the origin.

        Returns
        -------
        geopandas.GeoSeries
            One point for each, in EPSG:4326; missing where the measure is.

        Raises
        ------
        ParameterError
            If one lies beyond the end of the route.

        Examples
        --------
        >>> Route.named("Jaffar Express").interpolate(141).to_wkt(rounding_precision=2).tolist()
        ['POINT (67.87 29.55)']
        """
        return interpolate(self.name, measure_km, network=self.way)

    def locate(self, points: gpd.GeoSeries) -> pd.DataFrame:
        """Find the place on the way that is nearest to each point.

        Parameters
        ----------
        points : geopandas.GeoSeries
            Points in any CRS.

        Returns
        -------
        pandas.DataFrame
            On the index of `points`: ``measure_km`` from the origin, and ``offset_m``, the
            geodesic distance to the way in metres; missing where the point is.

        Raises
        ------
        SchemaError
            If one of them is no point.
        CRSError
            If the points have no CRS, or coordinates that it cannot have.

        Examples
        --------
        >>> import geopandas as gpd
        >>> mach = gpd.GeoSeries.from_xy([67.325], [29.865], crs="EPSG:4326")
        >>> Route.named("Jaffar Express").locate(mach)["measure_km"].round(1).tolist()
        [65.9]
        """
        found = locate(points, line_id=self.name, network=self.way)
        return found.drop(columns="rail_line").rename(
            columns={"rail_km": "measure_km", "rail_offset_m": "offset_m"}
        )

    def shape(self, start: Waypoint = 0.0, end: Waypoint | None = None) -> LineString:
        """Cut the way between two places; the whole way by default.

        Parameters
        ----------
        start, end : str, or tuple of str and float, or float
            Places as for `measure_km`, in either order, kilometres; the origin and the end of the
            route by default.

        Returns
        -------
        shapely.LineString
            From `start` to `end`, in EPSG:4326, edges are geodesics.

        Raises
        ------
        UnknownNameError
            If the train does not pass a station of that name.
        ParameterError
            If both are the same place, or one is not on the way.

        Examples
        --------
        >>> len(Route.named("Jaffar Express").shape("Mach", "Sibi").coords)
        10
        """
        start_km = self.measure_km(start)
        end_km = self.length_km if end is None else self.measure_km(end)
        line = stretch(self.name, start_km, end_km, network=self.way)
        return line if start_km < end_km else shapely.reverse(line)

    def _measure_of_station(self, name: str) -> float:
        """Give the km from the origin at which the train first passes a station."""
        try:
            station_id = self.way.station_id(name)
        except UnknownNameError as error:
            msg = f"{self.name} does not pass {name!r}: on its way {error}"
            raise UnknownNameError(msg) from None
        posts = self.way.posts
        return float(posts.loc[posts["station_id"] == station_id, "km"].iloc[0])

    def _measure_of_post(self, line_id: str, km: float) -> float:
        """Give the km from the origin at which the train first runs by a km post of a line."""
        sections = self.sections
        low, high = sections[["km_a", "km_b"]].min(axis=1), sections[["km_a", "km_b"]].max(axis=1)
        there = sections[(sections["line_id"] == line_id) & (low <= km) & (km <= high)]
        if there.empty:
            taken = self._list_lines()
            msg = f"{self.name} does not run by km {km:g} of {line_id}; it takes {taken}."
            raise ParameterError(msg)
        section = there.iloc[0]
        share = (km - section["km_a"]) / (section["km_b"] - section["km_a"])
        span_km = section["measure_b_km"] - section["measure_a_km"]
        return float(section["measure_a_km"] + share * span_km)

    def _list_lines(self) -> str:
        """Name the parts of lines that the train takes, in the order of travel."""
        fresh = self.sections["line_id"] != self.sections["line_id"].shift()
        runs = self.sections.groupby(fresh.cumsum())
        parts = runs.agg(
            line_id=("line_id", "first"), km_a=("km_a", "first"), km_b=("km_b", "last")
        )
        return ", ".join(
            f"{run.line_id} from km {run.km_a:g} to {run.km_b:g}" for run in parts.itertuples()
        )


def build_route(name: str, stops: Iterable[Stop], network: RailNetwork) -> Route:
    """Build the route of a train that calls at `stops`, at least two, in the order of travel."""
    sections = list_sections(stops, network)
    return Route(name, sections, draw_way(name, sections, network))


def describe_route(route: Route) -> str:
    """Say between which stations a train runs."""
    first, last = route.ends
    return f"the {route.name} runs between {first} and {last}"
