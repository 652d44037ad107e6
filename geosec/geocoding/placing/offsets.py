"""Footprints of "12 km south of Sibi", "30 km from Kalat" and "to the west of Quetta"."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import affinity

from geosec.geocoding.grammar.explaining import write_km
from geosec.geocoding.placing.matcher import Candidate
from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.geocoding.placing.places import make_written_point, measure_extent_m
from geosec.geocoding.placing.readings import Placement
from geosec.geodesy.geodesics import geodesic_inverse, point_towards
from geosec.numerals.numbers import UNREAD
from geosec.uncertainty.footprints import Footprint, full_radius_m, make_disc, spread_over_shape

if TYPE_CHECKING:
    from geosec.geocoding.grammar.phrases import Clause
    from geosec.geocoding.placing.ground import Ground
    from geosec.geocoding.placing.matcher import Matcher
    from geosec.geocoding.placing.places import Place
    from geosec.geocoding.placing.scope import Scope
    from geosec.numerals.coordinates import WrittenCoordinates
    from geosec.numerals.numbers import Amount

_FAR_DEG = 60.0
_COMPASS = (
    *("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE"),
    *("S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"),
)


class OffsetPlacer:
    """Place what lies some way from a named place."""

    def __init__(self, ground: Ground, matcher: Matcher) -> None:
        self._ground = ground
        self._matcher = matcher

    def place_offset(self, clause: Clause, scope: Scope) -> list[Placement]:
        """Go so far from a place in one direction."""
        return [self.place_from(start, clause) for start in self._find_starts(clause, scope)]

    def place_distance(self, clause: Clause, scope: Scope) -> list[Placement]:
        """Take all that is so far from a place, where no direction is given."""
        return [self.place_round(start, clause) for start in self._find_starts(clause, scope)]

    def place_from(self, start: Candidate, clause: Clause) -> Placement:
        """Go as far from one place, and in the direction, that a construction says."""
        length_m = clause.length_m or UNREAD
        told = f"{write_km(length_m)} {_name_direction(clause.azimuth_deg)} of"
        footprint = _draw_offset(start.place, length_m, clause.azimuth_deg)
        return _make_placement(start, f"{told} {start.place.name}", footprint)

    def place_round(self, start: Candidate, clause: Clause) -> Placement:
        """Take all that is so far from one place."""
        place, length_m = start.place, clause.length_m or UNREAD
        reach_m = length_m.high * (1 + PARAMETERS.distance_share)
        footprint = make_disc(place.lon, place.lat, reach_m + place.accuracy_m)
        name = f"within {write_km(length_m)} of {place.name}"
        return _make_placement(start, name, footprint, "no direction given: all round")

    def place_toward(self, clause: Clause, scope: Scope) -> list[Placement]:
        """Read "six km from Bela towards Uthal": so far along the geodesic to the other place."""
        goals = self._matcher.find_points(clause.items[1], scope)
        placements = []
        for start in self._find_starts(clause, scope) if goals else ():
            place = start.place
            ways = [_find_way(place, goal) for goal in goals if goal.place_id != place.place_id]
            if ways:
                _, azimuth_deg, goal_name = min(ways)
                length_m = clause.length_m or UNREAD
                name = f"{write_km(length_m)} from {place.name} towards {goal_name}"
                footprint = _draw_offset(place, length_m, azimuth_deg)
                placements.append(_make_placement(start, name, footprint))
        return placements or self.place_distance(clause, scope)

    def place_side(self, clause: Clause, scope: Scope) -> list[Placement]:
        """Read "to the west of Quetta": some way from a place, or that half of an area."""
        side = _name_direction(clause.azimuth_deg)
        reach_km = 2 * PARAMETERS.near_m / 1000
        placements = []
        for start in self._matcher.find_at_home(clause.items[0], scope):
            whole = self._ground.find_footprint(start.place)
            if whole is None:
                continue
            if whole.shape is not None:
                half = spread_over_shape(_cut_half(whole.shape, clause.azimuth_deg))
                footprint, told = half, f"the half to the {side}"
            else:
                footprint = _shift_disc(whole, clause.azimuth_deg)
                told = f"no distance given: within {reach_km:.0f} km to the {side}"
            placements.append(
                _make_placement(start, f"{side} of {start.place.name}", footprint, told)
            )
        return placements

    def _find_starts(self, clause: Clause, scope: Scope) -> list[Candidate]:
        if clause.point is not None:
            return [_make_start(clause.point)]
        found = self._matcher.find_at_home(clause.items[0], scope)
        return [each for each in found if each.place.has_point]


def _make_start(written: WrittenCoordinates) -> Candidate:
    """Take written coordinates for the place that a distance is given from."""
    return Candidate(make_written_point(written), 1.0, 1.0)


def _make_placement(start: Candidate, name: str, footprint: Footprint, told: str = "") -> Placement:
    return Placement(footprint, "offset", name, start.place.place_id, start, told=told)


def _name_direction(azimuth_deg: float) -> str:
    return _COMPASS[round(azimuth_deg / 22.5) % 16]


def _find_way(place: Place, goal: Place) -> tuple[float, float, str]:
    """Give the metres to another place, its direction in degrees from north, and its name."""
    azimuth_deg, distance_m = geodesic_inverse(place.lon, place.lat, goal.lon, goal.lat)
    return float(distance_m), float(azimuth_deg), goal.name


def _draw_offset(place: Place, length_m: Amount, azimuth_deg: float) -> Footprint:
    """Go so far in a direction; errors of start, distance and direction add as squares.

    Between two distances, the disc reaches beyond the middle as far as to either of them.
    """
    lon, lat = point_towards(place.lon, place.lat, azimuth_deg, length_m.middle)
    sector_deg = PARAMETERS.compass_16_deg if azimuth_deg % 45 != 0 else PARAMETERS.compass_8_deg
    error_m = math.hypot(
        measure_extent_m(place) / 2 + place.accuracy_m,
        max(length_m.high * PARAMETERS.distance_share, PARAMETERS.distance_error_m),
        length_m.high * math.sin(math.radians(sector_deg)),
    )
    return make_disc(lon, lat, error_m + (length_m.high - length_m.low) / 2)


def _shift_disc(whole: Footprint, azimuth_deg: float) -> Footprint:
    """Move a disc to one side by what "near" adds, and widen it by as much."""
    lon, lat = point_towards(whole.lon, whole.lat, azimuth_deg, PARAMETERS.near_m)
    return make_disc(lon, lat, full_radius_m(whole.uncertainty_m) + PARAMETERS.near_m)


def _cut_half(shape: shapely.Geometry, azimuth_deg: float) -> shapely.Geometry:
    """Cut an area through its middle, and keep the half on one side (straight in lon, lat)."""
    middle, turn = shape.centroid, np.radians(azimuth_deg)
    wide = shapely.box(middle.x - _FAR_DEG, middle.y, middle.x + _FAR_DEG, middle.y + _FAR_DEG)
    cosine, sine = float(np.cos(turn)), float(np.sin(turn))
    turned = affinity.affine_transform(
        affinity.translate(wide, -middle.x, -middle.y),
        [cosine, sine, -sine, cosine, middle.x, middle.y],
    )
    half = shapely.intersection(shape, turned)
    return shape if half.is_empty else half
