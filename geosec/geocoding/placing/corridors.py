"""Footprints of what lies between two places: the ground of a road, or a common border."""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

import shapely
from shapely import LineString

from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.geocoding.placing.places import TOWN_LEAST_M
from geosec.geocoding.placing.readings import Placement
from geosec.geodesy.geodesics import buffer_m, geodesic_distance_m
from geosec.uncertainty.footprints import Footprint, spread_over_shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geosec.geocoding.grammar.phrases import Item
    from geosec.geocoding.placing.ground import Ground
    from geosec.geocoding.placing.matcher import Matcher
    from geosec.geocoding.placing.places import Place
    from geosec.geocoding.placing.scope import Scope

_REMEMBERED = 4096  # corridors whose footprint is kept
_AREAL = frozenset({"Polygon", "MultiPolygon"})


class CorridorPlacer:
    """Place what lies between two named places where no railway says how."""

    def __init__(self, ground: Ground, matcher: Matcher) -> None:
        self._ground = ground
        self._matcher = matcher
        self._spread = lru_cache(maxsize=_REMEMBERED)(self._spread_round)

    def place_corridor(self, items: tuple[Item, ...], scope: Scope) -> list[Placement]:
        """Take the geodesic between the two nearest places of both names, and room beside it."""
        starts, ends = (self._matcher.find_points(item, scope) for item in items)
        pairs = [
            (float(geodesic_distance_m(one.lon, one.lat, two.lon, two.lat)), one, two)
            for one, two in product(starts, ends)
            if one.place_id != two.place_id
        ]
        if not pairs:
            return []
        length_m, one, two = min(pairs, key=lambda pair: (pair[0], pair[1].place_id))
        least_m = max(TOWN_LEAST_M, one.accuracy_m, two.accuracy_m)
        width_m = PARAMETERS.corridor_share * length_m + least_m
        return [
            Placement(
                self._spread(one, two, width_m),
                "route",
                f"{one.name} – {two.name}",
                f"between:{one.place_id}:{two.place_id}",
                told=f"road not known: within {width_m / 1000:.0f} km of the straight way",
            )
        ]

    def _spread_round(self, one: Place, two: Place, width_m: float) -> Footprint:
        """Spread over the dry ground within so many metres of the geodesic between two places."""
        corridor = buffer_m(draw_line(one, two), width_m)
        land = self._ground.land
        dry = corridor if land is None else corridor.intersection(land)
        return spread_over_shape(dry if dry.geom_type in _AREAL and not dry.is_empty else corridor)

    def place_border(self, items: tuple[Item, ...], scope: Scope) -> list[Placement]:
        """Take the border that two districts, or two provinces, share."""
        sides = [list(self._find_units(item, scope)) for item in items]
        for (one, area), (two, other_area) in product(*sides):
            shared = shapely.line_merge(shapely.intersection(area.boundary, other_area.boundary))
            lines = [part for part in shapely.get_parts(shared) if part.length > 0]
            if lines:
                return [
                    Placement(
                        spread_over_shape(shapely.line_merge(shapely.multilinestrings(lines))),
                        "district",
                        f"{one.name} – {two.name} border",
                        f"border:{one.place_id}:{two.place_id}",
                        told="anywhere along the common border",
                    )
                ]
        return []

    def _find_units(self, item: Item, scope: Scope) -> Iterator[tuple[Place, shapely.Geometry]]:
        """Find the districts and provinces of a name, with their areas."""
        for place in self._ground.list_places(item.name.places) if item.name else ():
            if place.feature_class not in {"district", "province"}:
                continue
            district = place.feature_class == "district"
            area = self._ground.find_area(place.adm2_code if district else place.adm1_code)
            allowed = not scope.provinces or place.adm1_code in scope.provinces
            if area is not None and (allowed or not district):
                yield place, area


def draw_line(one: Place, two: Place) -> LineString:
    """Draw the geodesic between two places, in EPSG:4326."""
    return LineString([(one.lon, one.lat), (two.lon, two.lat)])
