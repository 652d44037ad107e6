"""Footprints of "between A and B", "12 km south of C", "km 268 of line D" and their kin."""

from __future__ import annotations

import math
from collections import Counter
from functools import cached_property, lru_cache
from itertools import pairwise, product
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import affinity

from geosec.geocoding.placing.ground import Ground, line_between
from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.geocoding.placing.places import TOWN_LEAST_M, Place, extent_m
from geosec.geocoding.placing.readings import Reading, reading_of
from geosec.geodesy.geodesics import (
    buffer_m,
    geodesic_distance_m,
    geodesic_inverse,
    point_towards,
)
from geosec.geodesy.wgs84 import DEGREE_M
from geosec.match_rules import MATCH_RULES
from geosec.railway.linear_referencing import stretch
from geosec.uncertainty.footprints import Footprint, disc, full_radius_m, spread_over

if TYPE_CHECKING:
    from geosec.geocoding.grammar.phrases import Item, Phrase
    from geosec.geocoding.placing.matcher import Candidate, Context, Matcher

_POST_KM = 2.0  # a quoted post may be off by so many km: diagrams of one line differ by up to 3
_REMEMBERED = 4096  # stretches and corridors whose footprint is kept
_LINE_NOUNS = ("line", "railway", "railway line", "branch line", "")
_STATION = "station:"
_LINE = "line:"
_FAR_DEG = 60.0
_COMPASS = (
    "N",
    "NNE",
    "NE",
    "ENE",
    "E",
    "ESE",
    "SE",
    "SSE",
    "S",
    "SSW",
    "SW",
    "WSW",
    "W",
    "WNW",
    "NW",
    "NNW",
)


class ClauseReader:
    """Read the relative construction of a phrase.

    Parameters
    ----------
    ground : Ground
        Places, boundaries and railway in EPSG:4326.
    matcher : Matcher
        Of the same ground.

    Examples
    --------
    >>> from geosec.geocoding.placing.ground import Ground
    >>> from geosec.geocoding.grammar.language import load_language
    >>> from geosec.geocoding.placing.matcher import Context, Matcher
    >>> from geosec.geocoding.grammar.parsing import parse_phrase
    >>> ground, words = Ground(), load_language()
    >>> phrase = parse_phrase("12 km south of Sibi", ground.names, words)
    >>> ClauseReader(ground, Matcher(ground, words.wants)).read(phrase, Context())[0].name
    '12 km S of Sibi'
    """

    def __init__(self, ground: Ground, matcher: Matcher) -> None:
        self._ground = ground
        self._matcher = matcher
        self._along = lru_cache(maxsize=_REMEMBERED)(self._spread_along)
        self._round = lru_cache(maxsize=_REMEMBERED)(self._spread_round)

    def read(self, phrase: Phrase, context: Context) -> list[Reading]:
        """Give the readings of a phrase's clause.

        Parameters
        ----------
        phrase : Phrase
            With a clause.
        context : Context
            Province and district round it.

        Returns
        -------
        list of Reading
            Footprints in EPSG:4326; empty where the places it starts from are not known.

        Examples
        --------
        >>> from geosec.geocoding.placing.ground import Ground
        >>> from geosec.geocoding.placing.matcher import Context, Matcher
        >>> from geosec.geocoding.grammar.phrases import Phrase
        >>> ground = Ground()
        >>> ClauseReader(ground, Matcher(ground, {})).read(Phrase("Sibi"), Context())
        []
        """
        if phrase.clause is None:
            return []
        readers = {
            "km_post": self._km_post,
            "between": self._between,
            "near_both": self._between,
            "pair": self._pair,
            "offset": self._offset,
            "distance": self._offset,
            "toward": self._toward,
            "side": self._side,
        }
        return readers[phrase.clause.kind](phrase, context)

    def _candidates(self, item: Item, context: Context) -> list[Candidate]:
        found = self._matcher.candidates(item, context)
        return [each for each in found if self._ground.is_home(each.place)]

    # ------------------------------------------------------------------ between

    def _pair(self, phrase: Phrase, context: Context) -> list[Reading]:
        clause = phrase.clause
        if clause is not None and "B" in clause.nouns:
            return self._border(clause.items, context)
        return self._between(phrase, context)

    def _between(self, phrase: Phrase, context: Context) -> list[Reading]:
        clause = phrase.clause
        if clause is None:
            return []
        a, b = clause.items
        nouns = clause.nouns + a.nouns + b.nouns + "".join(item.nouns for item in phrase.items)
        if "B" in nouns and (shared := self._border(clause.items, context)):
            return shared
        stations = all(self._stations_named(item) for item in (a, b))
        if phrase.rail or (stations and "H" not in nouns):
            found = self._on_one_line(a, b, context)
            if found:
                return found
        return self._corridor(a, b, context)

    def _stations_named(self, item: Item) -> list[str]:
        return _bare(_STATION, (*item.name.places, *item.name.alike)) if item.name else []

    def _stations_of(self, item: Item, context: Context) -> list[str]:
        """Give the stations an item names, or the one nearest to the place it names."""
        named = self._stations_named(item)
        if named:
            return named
        places = [each.place for each in self._candidates(item, context) if each.place.has_point]
        return [near for near in map(self._station_near, places) if near]

    def _station_near(self, place: Place) -> str:
        points = self._ground.network.stations.geometry
        away_m = geodesic_distance_m(place.lon, place.lat, points.x.to_numpy(), points.y.to_numpy())
        at = int(np.argmin(away_m))
        return str(points.index[at]) if away_m[at] <= PARAMETERS.bring_up_m else ""

    def _on_one_line(self, a: Item, b: Item, context: Context) -> list[Reading]:
        """Find the shortest stretch of one line between stations of both names."""
        posts = self._ground.stations
        spans = [
            (abs(km_b - km_a), line_a, km_a, km_b)
            for one, two in product(self._stations_of(a, context), self._stations_of(b, context))
            for (line_a, km_a), (line_b, km_b) in product(posts[one], posts[two])
            if line_a == line_b and km_a != km_b
        ]
        if not spans:
            return []
        for _, line, km_a, km_b in sorted(spans):
            name = f"{a.text} – {b.text}"
            reading = self._rail_reading(line, km_a, km_b, name, "rail_between")
            if self._is_in_provinces(reading, context):
                return [reading]
        return []

    def _is_in_provinces(self, reading: Reading, context: Context) -> bool:
        """Whether a stretch of line touches the provinces that it must be in."""
        areas = [self._ground.area(code) for code in context.provinces]
        shape, reach_deg = reading.footprint.shape, PARAMETERS.border_m / DEGREE_M
        known = [area for area in areas if area is not None and shape is not None]
        return not known or any(shapely.dwithin(area, shape, reach_deg) for area in known)

    def _rail_reading(self, line: str, km_a: float, km_b: float, name: str, rule: str) -> Reading:
        low, high = sorted((km_a, km_b))
        return Reading(
            self._along(line, low, high),
            "rail_km" if rule == "rail_km" else "rail_between",
            f"{name} ({line})",
            f"rail:{line}:{low:g}-{high:g}",
            1.0,
            MATCH_RULES[rule].score,
            f"on {line} between km {low:g} and km {high:g}",
        )

    def _spread_along(self, line: str, low: float, high: float) -> Footprint:
        return spread_over(stretch(line, low, high, network=self._ground.network))

    def _corridor(self, a: Item, b: Item, context: Context) -> list[Reading]:
        """Take the geodesic between the two nearest places of both names, and room beside it."""
        pairs = [
            (float(geodesic_distance_m(one.lon, one.lat, two.lon, two.lat)), one, two)
            for one, two in product(self._pointed(a, context), self._pointed(b, context))
            if one.place_id != two.place_id
        ]
        if not pairs:
            return []
        length_m, one, two = min(pairs, key=lambda each: (each[0], each[1].place_id))
        least_m = max(TOWN_LEAST_M, one.accuracy_m, two.accuracy_m)
        width_m = PARAMETERS.corridor_share * length_m + least_m
        reason = f"road not known: within {width_m / 1000:.0f} km of the straight way"
        return [
            Reading(
                self._round(one, two, width_m),
                "route",
                f"{one.name} – {two.name}",
                f"between:{one.place_id}:{two.place_id}",
                1.0,
                MATCH_RULES["route"].score,
                reason,
            )
        ]

    def _spread_round(self, one: Place, two: Place, width_m: float) -> Footprint:
        return spread_over(self._on_land(buffer_m(line_between(one, two), width_m)))

    def _on_land(self, corridor: shapely.Geometry) -> shapely.Geometry:
        land = self._ground.land
        dry = corridor if land is None else corridor.intersection(land)
        return (
            dry if dry.geom_type in {"Polygon", "MultiPolygon"} and not dry.is_empty else corridor
        )

    def _pointed(self, item: Item, context: Context) -> list[Place]:
        return [each.place for each in self._candidates(item, context) if each.place.has_point]

    def _border(self, items: tuple[Item, ...], context: Context) -> list[Reading]:
        """Take the border that two districts, or two provinces, share."""
        sides = [self._units(item, context) for item in items]
        for one, two in product(*sides):
            shared = shapely.line_merge(shapely.intersection(one[1].boundary, two[1].boundary))
            lines = [part for part in shapely.get_parts(shared) if part.length > 0]
            if lines:
                shape = shapely.line_merge(shapely.multilinestrings(lines))
                name = f"{one[0].name} – {two[0].name} border"
                return [
                    Reading(
                        spread_over(shape),
                        "district",
                        name,
                        f"border:{one[0].place_id}:{two[0].place_id}",
                        1.0,
                        MATCH_RULES["district"].score,
                        "anywhere along the common border",
                    )
                ]
        return []

    def _units(self, item: Item, context: Context) -> list[tuple[Place, shapely.Geometry]]:
        ids = item.name.places if item.name else ()
        places = [self._ground.place(each) for each in ids]
        found = []
        for place in places:
            district = place.feature_class == "district"
            shape = self._ground.area(place.adm2_code if district else place.adm1_code)
            if place.feature_class in {"district", "province"} and shape is not None:
                allowed = not context.provinces or place.adm1_code in context.provinces
                found += [(place, shape)] if allowed or not district else []
        return found

    # ------------------------------------------------------------------ offset

    def _offset(self, phrase: Phrase, context: Context) -> list[Reading]:
        clause = phrase.clause
        if clause is None:
            return []
        directed = clause.kind == "offset"
        readings = []
        for candidate in self._candidates(clause.items[0], context):
            place = candidate.place
            if not place.has_point:
                continue
            km = f"{round(clause.number / 1000, 1):g} km"
            if directed:
                name = f"{km} {_compass(clause.azimuth_deg)} of {place.name}"
                footprint = _offset_disc(place, clause.number, clause.azimuth_deg)
                reason = ""
            else:
                name = f"within {km} of {place.name}"
                reach_m = clause.number * (1 + PARAMETERS.distance_share)
                footprint = disc(place.lon, place.lat, reach_m + place.accuracy_m)
                reason = "no direction given: all round"
            readings.append(reading_of(candidate, footprint, "offset", reason, name=name))
        return readings

    def _toward(self, phrase: Phrase, context: Context) -> list[Reading]:
        """Read "six km from Bela towards Uthal": so far along the geodesic to the other place."""
        clause = phrase.clause
        if clause is None:
            return []
        goals = self._pointed(clause.items[1], context)
        readings = []
        for candidate in self._candidates(clause.items[0], context) if goals else ():
            place = candidate.place
            ways = [way_to(place, goal) for goal in goals if goal.place_id != place.place_id]
            if not place.has_point or not ways:
                continue
            azimuth_deg, goal_name = min(ways)[1:]
            name = f"{round(clause.number / 1000, 1):g} km from {place.name} towards {goal_name}"
            footprint = _offset_disc(place, clause.number, azimuth_deg)
            readings.append(reading_of(candidate, footprint, "offset", "", name=name))
        return readings or self._offset(phrase, context)

    def _side(self, phrase: Phrase, context: Context) -> list[Reading]:
        """Read "to the west of Quetta": some way from a place, or that half of an area."""
        clause = phrase.clause
        if clause is None:
            return []
        readings = []
        for candidate in self._candidates(clause.items[0], context):
            footprint = self._ground.footprint(candidate.place)
            if footprint is None:
                continue
            side = _compass(clause.azimuth_deg)
            name = f"{side} of {candidate.place.name}"
            reason = (
                f"no distance given: within {2 * PARAMETERS.near_m / 1000:.0f} km to the {side}"
            )
            if footprint.shape is not None:
                half = _half(footprint.shape, clause.azimuth_deg)
                footprint, reason = spread_over(half), f"the half to the {side}"
            else:
                lon, lat = point_towards(
                    footprint.lon, footprint.lat, clause.azimuth_deg, PARAMETERS.near_m
                )
                full_m = full_radius_m(footprint.uncertainty_m) + PARAMETERS.near_m
                footprint = disc(lon, lat, full_m)
            readings.append(reading_of(candidate, footprint, "offset", reason, name=name))
        return readings

    # ------------------------------------------------------------------ km post

    def _km_post(self, phrase: Phrase, context: Context) -> list[Reading]:
        if phrase.clause is None:
            return []
        km = phrase.clause.number
        for line in self._lines_of(phrase.items, context):
            first, last = self._ends_km[line]
            low, high = max(km - _POST_KM, first), min(km + _POST_KM, last)
            if low < high:
                reading = self._rail_reading(line, low, high, f"km {km:g}", "rail_km")
                if self._is_in_provinces(reading, context):
                    return [reading]
        return []

    @cached_property
    def _ends_km(self) -> dict[str, tuple[float, float]]:
        lines = self._ground.network.lines
        return dict(
            zip(lines.index, zip(lines["km_from"], lines["km_to"], strict=True), strict=True)
        )

    def _lines_of(self, items: tuple[Item, ...], context: Context) -> list[str]:
        """List the lines a phrase may speak of: named, between two places, near one."""
        named: list[str] = []
        for item in items:
            named += _bare(_LINE, item.name.places) if item.name else []
        for one, two in pairwise(items):
            if two.relation in {"-", "&"}:
                named += self._lines_called(f"{one.text}-{two.text}")
        beside = [set(self._lines_at(self._stations_of(item, context))) for item in items]
        near = Counter(line for lines in beside for line in sorted(lines))
        return list(dict.fromkeys([*named, *(line for line, _ in near.most_common())]))

    def _lines_called(self, name: str) -> list[str]:
        for noun in _LINE_NOUNS:
            found = self._ground.names.find(f"{name} {noun}")
            if found and (lines := _bare(_LINE, found.places)):
                return lines
        return []

    def _lines_at(self, stations: list[str]) -> list[str]:
        return [line for each in stations for line, _ in self._ground.stations[each]]


def _bare(kind: str, ids: tuple[str, ...]) -> list[str]:
    return [each.removeprefix(kind) for each in ids if each.startswith(kind)]


def way_to(place: Place, goal: Place) -> tuple[float, float, str]:
    """Give distance and direction from one place to another.

    Parameters
    ----------
    place, goal : Place
        With coordinates, degrees in EPSG:4326.

    Returns
    -------
    tuple of (float, float, str)
        Metres, degrees clockwise from north, and the name of the goal.

    Examples
    --------
    >>> a = Place("a", "A", "town", "PK", "", "", 67.0, 30.0, 0, 0, 0)
    >>> b = Place("b", "B", "town", "PK", "", "", 67.0, 31.0, 0, 0, 0)
    >>> [round(each) for each in way_to(a, b)[:2]]
    [110861, 0]
    """
    azimuth_deg, distance_m = geodesic_inverse(place.lon, place.lat, goal.lon, goal.lat)
    return float(distance_m), float(azimuth_deg), goal.name


def _offset_disc(place: Place, distance_m: float, azimuth_deg: float) -> Footprint:
    """Go so far in a direction; errors of start, distance and direction add as squares."""
    lon, lat = point_towards(place.lon, place.lat, azimuth_deg, distance_m)
    sixteenth = azimuth_deg % 45 != 0 and azimuth_deg % 22.5 == 0
    sector_deg = PARAMETERS.compass_16_deg if sixteenth else PARAMETERS.compass_8_deg
    return disc(
        lon,
        lat,
        math.hypot(
            extent_m(place) / 2 + place.accuracy_m,
            max(distance_m * PARAMETERS.distance_share, 500.0),
            distance_m * math.sin(math.radians(sector_deg)),
        ),
    )


def _half(shape: shapely.Geometry, azimuth_deg: float) -> shapely.Geometry:
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


def _compass(azimuth_deg: float) -> str:
    return _COMPASS[round(azimuth_deg / 22.5) % 16]
