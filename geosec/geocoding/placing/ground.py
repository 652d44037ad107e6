"""What stands behind a name: the footprint of each place of the gazetteer."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import shapely
from shapely import LineString

from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.geocoding.placing.places import Place, extent_m, make_place
from geosec.geodesy.geodesics import buffer_m
from geosec.railway.network import RailNetwork, load_rail_network
from geosec.railway.route import Route
from geosec.railway.stops import find_train
from geosec.reference.boundaries import LEVELS, load_boundaries
from geosec.reference.feature_classes import UNITS, WAYS, find_class
from geosec.reference.gazetteer import Gazetteer, load_gazetteer, load_roads
from geosec.reference.memo import Memo
from geosec.reference.names import NameIndex
from geosec.uncertainty.footprints import Footprint, disc, spread_over

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

_DIVISION_NOTE = "districts "


class Ground:
    """The gazetteer, the boundaries and the railway, as the geocoder sees them.

    Parameters
    ----------
    gazetteer : Gazetteer, optional
        The one that ships with geosec by default.
    network : RailNetwork, optional
        The one that ships with geosec by default.

    Examples
    --------
    >>> ground = Ground()
    >>> ground.place("gn:1164896").name
    'Sibi'
    """

    def __init__(
        self, gazetteer: Gazetteer | None = None, network: RailNetwork | None = None
    ) -> None:
        self.gazetteer = gazetteer or load_gazetteer()
        self._network = network
        self.names = NameIndex(self.gazetteer)
        self._places: dict[str, Place] = {}
        self._shapes: dict[str, Footprint | None] = {}
        self._trains = Memo(self._route_of, 256)

    @cached_property
    def network(self) -> RailNetwork:
        """Lines, stations and km posts, in EPSG:4326."""
        return self._network or load_rail_network()

    def place(self, place_id: str) -> Place:
        """Give one place.

        Parameters
        ----------
        place_id : str
            As in the gazetteer (coordinates in EPSG:4326).

        Returns
        -------
        Place

        Examples
        --------
        >>> Ground().place("adm1:PK-BA").feature_class
        'province'
        """
        if place_id not in self._places:
            self._places[place_id] = make_place(place_id, self._rows[place_id])
        return self._places[place_id]

    @cached_property
    def _rows(self) -> Mapping[str, dict[str, Any]]:
        rows: Mapping[str, dict[str, Any]] = self.gazetteer.places.to_dict("index")
        return rows

    def is_home(self, place: Place) -> bool:
        """Say whether a place lies in a country that is answered.

        Parameters
        ----------
        place : Place
            A place of the gazetteer. No unit or CRS is involved.

        Returns
        -------
        bool
            Also true where its country is not known.

        Examples
        --------
        >>> ground = Ground()
        >>> ground.is_home(ground.place("gn:1167528"))
        True
        """
        return not place.country_code or place.country_code in self.gazetteer.home

    @cached_property
    def land(self) -> BaseGeometry | None:
        """The countries that are answered, EPSG:4326; None where a border is not known."""
        shapes = [self.area(code) for code in sorted(self.gazetteer.home)]
        known = [shape for shape in shapes if shape is not None]
        return shapely.union_all(known) if known and len(known) == len(shapes) else None

    def country_name(self, code: str) -> str:
        """Name a country.

        Parameters
        ----------
        code : str
            ISO 3166-1, two letters. No unit or CRS is involved.

        Returns
        -------
        str
            Its name in the gazetteer, else the code itself.

        Examples
        --------
        >>> Ground().country_name("AF")
        'Afghanistan'
        """
        return self._countries.get(code, code)

    @cached_property
    def _countries(self) -> dict[str, str]:
        places = self.gazetteer.places
        countries = places[places["feature_class"] == "country"]
        return dict(zip(countries["country_code"][::-1], countries["name"][::-1], strict=True))

    @cached_property
    def stations(self) -> dict[str, list[tuple[str, float]]]:
        """Lines and official km (kilometres) of each station."""
        found: dict[str, list[tuple[str, float]]] = {}
        posts = self.network.posts
        for station, line, km in zip(
            posts["station_id"], posts["line_id"], posts["km"], strict=True
        ):
            found.setdefault(station, []).append((line, km))
        return found

    def area(self, code: str) -> BaseGeometry | None:
        """Give the polygon of a district, province or country, EPSG:4326.

        Parameters
        ----------
        code : str
            ``adm2_code``, ``adm1_code`` or ``adm0_code``.

        Returns
        -------
        shapely geometry or None
            None where there is no such unit.

        Examples
        --------
        >>> Ground().area("PK-IS").geom_type
        'Polygon'
        """
        unit = self._units.get(code)
        return None if unit is None else unit.shape

    @cached_property
    def _units(self) -> dict[str, Footprint]:
        """Footprints of all provinces and districts, as the layers give them."""
        layers = [load_boundaries(level) for level in LEVELS]
        columns = ["longitude", "latitude", "uncertainty_m", "geometry"]
        return {
            code: Footprint(*unit)
            for layer in layers
            for code, *unit in layer[columns].itertuples(name=None)
        }

    def footprint(self, place: Place) -> Footprint | None:
        """Say where something that happened at a place may have happened.

        Parameters
        ----------
        place : Place
            A place of the gazetteer.

        Returns
        -------
        Footprint or None
            In EPSG:4326, radius in metres; None where neither a point nor an area is known.

        Examples
        --------
        >>> ground = Ground()
        >>> ground.footprint(ground.place("station:mach")).uncertainty_m < 2_000
        True
        """
        known = self._shapes.get(place.place_id)
        if known is None and place.place_id not in self._shapes:
            areal = place.feature_class in WAYS or place.feature_class in UNITS
            if place.has_point and not areal:
                known = disc(place.lon, place.lat, extent_m(place) + place.accuracy_m)
            else:
                known = self._spread_of(place)
            self._shapes[place.place_id] = known
        return known

    def _spread_of(self, place: Place) -> Footprint | None:
        if place.feature_class == "rail_line":
            shape = self.network.lines.geometry[place.place_id.removeprefix("line:")]
        elif place.feature_class == "road":
            shape = self.road_corridor(place)
        elif place.feature_class == "division":
            shape = self._division(place)
        else:
            return self._spread_of_unit(place)
        return None if shape is None else spread_over(shape)

    def _division(self, place: Place) -> BaseGeometry | None:
        codes = place.note.removeprefix(_DIVISION_NOTE).split(";")
        parts = [area for code in codes if (area := self.area(code)) is not None]
        return shapely.coverage_union_all(parts) if parts else None

    def _spread_of_unit(self, unit: Place) -> Footprint | None:
        spread = self._units.get(unit.adm2_code or unit.adm1_code or unit.country_code)
        newer = unit.feature_class == "district" and not unit.place_id.endswith(unit.adm2_code)
        if newer and unit.has_point and spread is not None and spread.shape is not None:
            return spread_over(spread.shape, (unit.lon, unit.lat))  # its parent's polygon
        undrawn_m = find_class(unit.feature_class).undrawn_m
        if spread is None and unit.has_point and undrawn_m:
            return disc(unit.lon, unit.lat, undrawn_m)
        return spread

    def road_corridor(self, road: Place) -> BaseGeometry | None:
        """Give the ground a highway runs in: round the geodesics between the towns it joins.

        Parameters
        ----------
        road : Place
            A highway of the gazetteer.

        Returns
        -------
        shapely Polygon or None
            In EPSG:4326, within `Parameters.road_m` metres of the geodesics; None where fewer
            than two of its towns are known.

        Examples
        --------
        >>> ground = Ground()
        >>> ground.road_corridor(ground.place("road:N-25")).geom_type
        'Polygon'
        """
        via = self._roads[road.place_id.removeprefix("road:")].split(";")
        towns = [self.place(each) for each in via if each in self._rows]
        ends = [(town.lon, town.lat) for town in towns if town.has_point]
        return buffer_m(LineString(ends), PARAMETERS.road_m) if len(ends) > 1 else None

    @cached_property
    def _roads(self) -> Mapping[str, str]:
        roads: Mapping[str, str] = load_roads()["via"].to_dict()
        return roads

    def find_train(self, name: str) -> Route | None:
        """Find the route of a train, in EPSG:4326; None if no timetable lists the train."""
        return self._trains[name]

    def _route_of(self, name: str) -> Route | None:
        listed = find_train(name)
        return None if listed is None else Route.named(listed, network=self.network)

    def stretch_within(self, shape: BaseGeometry) -> BaseGeometry | None:
        """Give the railway inside an area.

        Parameters
        ----------
        shape : shapely Polygon or MultiPolygon
            In EPSG:4326.

        Returns
        -------
        shapely LineString or MultiLineString, or None
            None where no railway runs in it.

        Examples
        --------
        >>> ground = Ground()
        >>> ground.stretch_within(ground.area("PK-BA-kech")) is None
        True
        """
        lines = self.network.standing().lines.geometry.to_numpy()
        inside = shapely.union_all(shapely.intersection(lines, shape))
        return inside if shapely.length(inside) > 0 else None


def line_between(a: Place, b: Place) -> LineString:
    """Draw the geodesic between two places.

    Parameters
    ----------
    a, b : Place
        Places with coordinates (EPSG:4326).

    Returns
    -------
    shapely.LineString

    Examples
    --------
    >>> sibi = Place("x", "Sibi", "town", "PK", "", "", 67.9, 29.5, 0, 0, 0)
    >>> mach = Place("y", "Mach", "town", "PK", "", "", 67.3, 29.9, 0, 0, 0)
    >>> line_between(sibi, mach).wkt
    'LINESTRING (67.9 29.5, 67.3 29.9)'
    """
    return LineString([(a.lon, a.lat), (b.lon, b.lat)])
