"""What stands behind a name: the footprint of each place of the gazetteer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import shapely
from shapely import LineString

from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.geocoding.placing.places import Place, make_places, measure_extent_m
from geosec.geodesy.geodesics import buffer_m, geodesic_circle
from geosec.geodesy.wgs84 import DEGREE_M
from geosec.railway.network import RailNetwork, load_rail_network
from geosec.railway.route import Route
from geosec.railway.stops import find_train
from geosec.reference.boundaries import LEVELS, load_boundaries, load_seas
from geosec.reference.feature_classes import UNITS, WAYS
from geosec.reference.gazetteer import Gazetteer, load_gazetteer, load_roads, make_place_id
from geosec.reference.memo import Memo
from geosec.reference.names import NameIndex
from geosec.shared import BUILDS, build_once_each, prepare_copy
from geosec.uncertainty.footprints import (
    SHARE_95,
    Footprint,
    full_radius_m,
    make_disc,
    spread_over_shape,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from shapely.geometry.base import BaseGeometry

_DIVISION_NOTE = "districts "
_PARTS = " and parts of "  # districts that are not whole in a division follow
_CUT = frozenset({"Polygon", "LineString"})


def comes_within(shape: BaseGeometry, other: BaseGeometry, reach_m: float) -> bool:
    """Whether two shapes in EPSG:4326 come within so many metres of each other, and not much more.

    Degrees are taken to be those of latitude: towards east and west the reach is the cosine of the
    latitude of what is asked, 0.8 to 0.9 in Pakistan, so that nothing farther is taken in.
    """
    with BUILDS.shapes:
        return bool(shapely.dwithin(shape, other, reach_m / DEGREE_M))


class Ground:
    """The gazetteer, the boundaries and the railway, as geocoding sees them, in EPSG:4326.

    The gazetteer and the railway that ship with geosec are taken by default.
    """

    def __init__(
        self, gazetteer: Gazetteer | None = None, network: RailNetwork | None = None
    ) -> None:
        self.gazetteer = gazetteer or load_gazetteer()
        self._network = network
        self.names = NameIndex(self.gazetteer)
        self._places: dict[str, Place] = {}
        self._footprints: dict[Place, Footprint | None] = {}
        self._cuts = Memo(self._cut_way, 4096)
        self._held = Memo(self._cut_disc)
        self._stated = Memo(self._unite_areas, 4096)
        self._trains = Memo(self._route_of, 256)

    # ------------------------------------------------------------------ places

    def find_place(self, place_id: str) -> Place:
        """Give the place of an identifier of the gazetteer."""
        return self._places.get(place_id) or self.list_places((place_id,))[0]

    def list_places(self, ids: Collection[str]) -> list[Place]:
        """List the places of identifiers, in their order."""
        places = self._places
        try:
            return [places[each] for each in ids]
        except KeyError:  # not all of them were asked for before
            rows = {each: self._rows[each] for each in ids if each not in places}
            places.update(make_places(rows, self.gazetteer.home))
            return [places[each] for each in ids]

    @build_once_each
    def _rows(self) -> Mapping[str, dict[str, Any]]:
        places = self.gazetteer.places
        names = list(places.columns)
        rows = zip(*(places[name].to_numpy(dtype="object") for name in names), strict=True)
        made = (dict(zip(names, row, strict=True)) for row in rows)
        return dict(zip(places.index, made, strict=True))

    @build_once_each
    def land(self) -> BaseGeometry | None:
        """The countries that are answered, EPSG:4326; None where a border is not known."""
        shapes = [self.find_area(code) for code in sorted(self.gazetteer.home)]
        known = [shape for shape in shapes if shape is not None]
        if not known or len(known) < len(shapes):
            return None
        return prepare_copy(shapely.union_all(known))

    def is_at_sea(self, lon: float, lat: float) -> bool:
        """Whether a point that is on no land lies off the coast of a country that is answered."""
        return any(shapely.intersects_xy(sea, lon, lat) for sea in self._seas)

    @build_once_each
    def _seas(self) -> list[BaseGeometry]:
        seas = load_seas()
        return list(seas[seas.index.isin(list(self.gazetteer.home))])

    def name_country(self, code: str) -> str:
        """Name a country by its ISO 3166-1 code; one that is not known by the code itself."""
        return self._countries.get(code, code)

    @build_once_each
    def _countries(self) -> dict[str, str]:
        places = self.gazetteer.places
        countries = places[places["feature_class"] == "country"]
        return dict(zip(countries["country_code"][::-1], countries["name"][::-1], strict=True))

    def find_area(self, code: str) -> BaseGeometry | None:
        """Give the polygon of a district, province or country, by its code."""
        unit = self._units.get(code)
        return None if unit is None else unit.shape

    @build_once_each
    def _units(self) -> dict[str, Footprint]:
        """Footprints of all provinces and districts, as the layers give them."""
        layers = [load_boundaries(level) for level in LEVELS]
        columns = ["longitude", "latitude", "uncertainty_m", "geometry"]
        return {
            code: Footprint(*unit)
            for layer in layers
            for code, *unit in layer[columns].itertuples(name=None)
        }

    # -------------------------------------------------------------- footprints

    def find_footprint(self, place: Place) -> Footprint | None:
        """Say where something at a place may have happened; None where nothing is known of it."""
        footprints = self._footprints
        if place not in footprints:
            footprints[place] = self._draw(place)
        return footprints[place]

    def find_footprint_within(self, way: Place, codes: frozenset[str]) -> Footprint | None:
        """Say where a road or line runs within the districts or provinces of `codes`."""
        return self._cuts[way, codes]

    def cut_way(self, footprint: Footprint, codes: frozenset[str]) -> Footprint | None:
        """Cut a road or line to districts or provinces; None where it runs in none of them."""
        around = self._stated[codes]
        if around is None or footprint.shape is None:
            return footprint
        inside = footprint.shape.intersection(around)
        kinds = (part for part in shapely.get_parts(inside) if part.geom_type in _CUT)
        parts = [part for part in kinds if not part.is_empty]
        return spread_over_shape(shapely.union_all(parts)) if parts else None

    def _cut_way(self, asked: tuple[Place, frozenset[str]]) -> Footprint | None:
        way, codes = asked
        whole = self.find_footprint(way)
        return None if whole is None else self.cut_way(whole, codes)

    def hold_disc(self, disc: Footprint, codes: frozenset[str]) -> Footprint:
        """Cut a disc to the districts that its place is said to be in, if it crosses their border.

        Point and radius stay as they are: no more is promised, but what is drawn lies inside.
        """
        return disc if disc.shape is not None else self._held[disc, codes]

    def is_near(self, footprint: Footprint, codes: frozenset[str], reach_m: float = 0.0) -> bool:
        """Whether a footprint comes within a distance of one of the districts or provinces."""
        around = self._stated[codes]
        if around is None:
            return True
        if footprint.shape is not None:
            return comes_within(around, footprint.shape, reach_m)
        point = shapely.Point(footprint.lon, footprint.lat)
        return comes_within(around, point, reach_m + footprint.uncertainty_m / SHARE_95)

    def is_at_home(self, lon: float, lat: float, reach_m: float = 0.0) -> bool:
        """Whether a point lies in a country that is answered, or a little beyond its border."""
        land = self.land
        if land is None:
            return True
        return comes_within(land, shapely.Point(lon, lat), max(PARAMETERS.border_m, reach_m))

    def _cut_disc(self, asked: tuple[Footprint, frozenset[str]]) -> Footprint:
        disc, codes = asked
        around = self._stated[codes]
        radius_m = full_radius_m(disc.uncertainty_m)
        if around is None or not radius_m:
            return disc
        circle = geodesic_circle(disc.lon, disc.lat, radius_m)
        with BUILDS.shapes:
            if not shapely.intersects(around, circle) or shapely.contains(around, circle):
                return disc
        parts = shapely.get_parts(shapely.intersection(around, circle))
        inside = shapely.union_all([part for part in parts if part.geom_type == "Polygon"])
        return disc if inside.is_empty else replace(disc, shape=inside)

    def _unite_areas(self, codes: frozenset[str]) -> BaseGeometry | None:
        """Unite districts or provinces; None where the area of none is known."""
        areas = [area for code in sorted(codes) if (area := self.find_area(code)) is not None]
        if not areas:
            return None
        return prepare_copy(areas[0] if len(areas) == 1 else shapely.union_all(areas))

    def _draw(self, place: Place) -> Footprint | None:
        areal = place.feature_class in WAYS or place.feature_class in UNITS
        if place.has_point and not areal:
            return make_disc(place.lon, place.lat, measure_extent_m(place) + place.accuracy_m)
        if place.feature_class in WAYS:
            shape = self._draw_way(place)
        elif place.feature_class == "division":
            shape = self._unite_districts(place)
        else:
            return self._draw_unit(place)
        return None if shape is None else spread_over_shape(shape)

    def list_districts(self, unit: Place) -> frozenset[str]:
        """List the codes of the districts that a division is in, or of the one of a place."""
        if unit.feature_class == "division":
            return frozenset(unit.note.removeprefix(_DIVISION_NOTE).replace(_PARTS, ";").split(";"))
        return frozenset({unit.adm2_code} if unit.adm2_code else ())

    def list_whole_districts(self, division: Place) -> list[str]:
        """List the codes of the districts that are whole in a division."""
        return division.note.removeprefix(_DIVISION_NOTE).split(_PARTS)[0].split(";")

    def _unite_districts(self, division: Place) -> BaseGeometry | None:
        codes = self.list_whole_districts(division)
        parts = [area for code in codes if (area := self.find_area(code)) is not None]
        return shapely.coverage_union_all(parts) if parts else None

    def _draw_unit(self, unit: Place) -> Footprint | None:
        drawn = self._units.get(unit.adm2_code or unit.adm1_code or unit.country_code)
        newer = unit.feature_class == "district" and unit.place_id != make_place_id(
            "adm2", unit.adm2_code
        )
        if newer and unit.has_point and drawn is not None and drawn.shape is not None:
            return spread_over_shape(drawn.shape, (unit.lon, unit.lat))  # its parent's polygon
        if drawn is None and unit.has_point and unit.row.undrawn_m:
            return make_disc(unit.lon, unit.lat, unit.row.undrawn_m)
        return drawn

    def _draw_way(self, way: Place) -> BaseGeometry | None:
        """Draw a railway line, or the ground round the geodesics between the towns of a highway."""
        if way.feature_class == "rail_line":
            return self.network.lines.geometry[self._lines[way.place_id]]
        towns = self.list_places([each for each in self._roads[way.place_id] if each in self._rows])
        ends = [(town.lon, town.lat) for town in towns if town.has_point]
        return buffer_m(LineString(ends), PARAMETERS.road_m) if len(ends) > 1 else None

    @build_once_each
    def _roads(self) -> dict[str, list[str]]:
        """Map each highway's identifier to those of the places that it joins."""
        via = load_roads()["via"]
        return {make_place_id("road", road): places.split(";") for road, places in via.items()}

    # ----------------------------------------------------------------- railway

    @build_once_each
    def network(self) -> RailNetwork:
        """Lines, stations and km posts, in EPSG:4326."""
        return self._network or load_rail_network()

    @build_once_each
    def stations(self) -> dict[str, list[tuple[str, float]]]:
        """Lines and official km (kilometres) of each station."""
        found: dict[str, list[tuple[str, float]]] = {}
        posts = self.network.posts
        for station, line, km in zip(
            posts["station_id"], posts["line_id"], posts["km"], strict=True
        ):
            found.setdefault(station, []).append((line, km))
        return found

    def find_lines(self, ids: Iterable[str]) -> list[str]:
        """Find the railway lines among places of the gazetteer."""
        return [self._lines[each] for each in ids if each in self._lines]

    def find_stations(self, ids: Collection[str]) -> list[str]:
        """Find the railway stations among places of the gazetteer."""
        places = self.list_places(ids)
        named = [each.place_id for each in places if each.feature_class == "rail_station"]
        return [self._stations[each] for each in named if each in self._stations] if named else []

    @build_once_each
    def _lines(self) -> dict[str, str]:
        return {make_place_id("line", each): each for each in self.network.lines.index}

    @build_once_each
    def _stations(self) -> dict[str, str]:
        return {make_place_id("station", each): each for each in self.network.stations.index}

    def find_train(self, name: str) -> Route | None:
        """Find the route of a train, in EPSG:4326; None if no timetable lists the train."""
        return self._trains[name]

    def _route_of(self, name: str) -> Route | None:
        listed = find_train(name)
        return None if listed is None else Route.named(listed, network=self.network)

    def find_railway_within(self, shape: BaseGeometry) -> BaseGeometry | None:
        """Give the lines that still stand inside an area; None where no railway runs in it."""
        lines = self.network.standing().lines.geometry.to_numpy()
        inside = shapely.union_all(shapely.intersection(lines, shape))
        return inside if shapely.length(inside) > 0 else None
