"""Footprints along the railway: between two stations, round a km post, the way of a train."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import pairwise, product
from typing import TYPE_CHECKING, Literal

import numpy as np

from geosec.geocoding.grammar.explaining import write_km
from geosec.geocoding.placing.matcher import Candidate
from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.geocoding.placing.places import make_point
from geosec.geocoding.placing.readings import Placement
from geosec.geodesy.geodesics import geodesic_distance_m
from geosec.language import tags
from geosec.numerals.numbers import UNREAD
from geosec.railway.linear_referencing import stretch
from geosec.railway.route import describe_route
from geosec.reference.feature_classes import UNITS
from geosec.reference.toponyms import normalise
from geosec.schema import write_stretch_id
from geosec.shared import build_once_each
from geosec.uncertainty.footprints import Footprint, spread_over_shape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geosec.geocoding.grammar.phrases import Clause, Item, Phrase
    from geosec.geocoding.placing.ground import Ground
    from geosec.geocoding.placing.matcher import Matcher
    from geosec.geocoding.placing.places import Place
    from geosec.geocoding.placing.scope import Scope
    from geosec.numerals.numbers import Amount

_POST_KM = 2.0  # a quoted post may be off by so many km: diagrams of one line differ by up to 3
_REMEMBERED = 4096  # stretches whose footprint is kept
_LINE_NOUNS = ("line", "railway", "railway line", "branch line", "")
_JOINED = frozenset({tags.HYPHEN, tags.AND})


class StretchPlacer:
    """Place what lies on the railway."""

    def __init__(self, ground: Ground, matcher: Matcher) -> None:
        self._ground = ground
        self._matcher = matcher
        self._spread = lru_cache(maxsize=_REMEMBERED)(self._spread_along)

    def place_stretch(self, one: Item, two: Item, scope: Scope) -> list[Placement]:
        """Take the shortest stretch of one line between stations of both names."""
        for _, line, *ends_km in self._list_spans(one, two, scope):
            name = f"{one.text} – {two.text}"
            found = self._place_along(line, (min(ends_km), max(ends_km)), name, "rail_between")
            if self._is_in_provinces(found.footprint, scope):
                return [found]
        return []

    def _list_spans(
        self, one: Item, two: Item, scope: Scope
    ) -> list[tuple[float, str, float, float]]:
        """List the stretches between stations of both names, the shortest first.

        Each is its km, its line, and the km of the one and of the other station.
        """
        posts = self._ground.stations
        starts, ends = self._find_stations(one, scope), self._find_stations(two, scope)
        return sorted(
            (abs(km_b - km_a), line_a, km_a, km_b)
            for start, end in product(starts, ends)
            for (line_a, km_a), (line_b, km_b) in product(posts[start], posts[end])
            if line_a == line_b and km_a != km_b
        )

    def place_km_post(
        self, clause: Clause, items: tuple[Item, ...], scope: Scope
    ) -> list[Placement]:
        """Take the track round a quoted post of a line that the items name, or are near.

        Where they name several lines that have such a post, each of them has a share.
        """
        named = self._list_named(items)
        found = [
            placement
            for lines in named or [self._list_near(items, scope)]
            for placement in self._place_first(lines, clause, items, scope, named=bool(named))
        ]
        return [each._replace(share=1 / len(found)) for each in found] if found[1:] else found

    def _place_first(
        self,
        lines: list[str],
        clause: Clause,
        items: tuple[Item, ...],
        scope: Scope,
        *,
        named: bool,
    ) -> list[Placement]:
        """Take the track round a post on the first of some lines that has one where it may be."""
        posts_km = clause.post_km or UNREAD
        for line in lines:
            first, last = self._ends_km[line]
            wide_km = (posts_km.low - _POST_KM, posts_km.high + _POST_KM)
            low, high = max(wide_km[0], first), min(wide_km[1], last)
            both = posts_km.low >= first - _POST_KM and posts_km.high <= last + _POST_KM
            if low >= high or not both:
                continue
            name = f"km {posts_km.write(1)}"
            found = self._place_along(line, (low, high), name, "rail_km")
            near = named or self._is_near(line, posts_km, items, scope)
            if near and self._is_in_provinces(found.footprint, scope):
                return [found]
        return []

    def _is_near(self, line: str, posts_km: Amount, items: tuple[Item, ...], scope: Scope) -> bool:
        """Whether a post is near a station on its line that is named beside it, or by a place."""
        reach_km = PARAMETERS.report_m / 1000
        return any(
            posts_km.low - reach_km <= km <= posts_km.high + reach_km
            for item in items
            for station in self._find_stations(item, scope)
            for at, km in self._ground.stations[station]
            if at == line
        )

    def find_posts(self, clause: Clause, items: tuple[Item, ...], scope: Scope) -> list[Candidate]:
        """Find the posts that a distance is given from, with what a quoted post may be off."""
        posts_km = clause.post_km or UNREAD
        accuracy_m = (_POST_KM + (posts_km.high - posts_km.low) / 2) * 1000
        posts = []
        for found in self.place_km_post(clause, items, scope):
            lon, lat = found.footprint.lon, found.footprint.lat
            place = make_point(found.place_id, found.name, lon, lat, accuracy_m)
            posts.append(Candidate(place, found.share, 1.0))
        return posts

    def place_far_along(self, clause: Clause, scope: Scope) -> list[Placement]:
        """Go so far from a station along the line to another: its post, and so many more."""
        one, two = clause.items
        length_m = clause.length_m or UNREAD
        for _, line, from_km, to_km in self._list_spans(one, two, scope):
            sign = 1 if to_km > from_km else -1
            ends = sorted(from_km + sign * metres / 1000 for metres in length_m)
            first, last = self._ends_km[line]
            low, high = max(ends[0] - _POST_KM, first), min(ends[1] + _POST_KM, last)
            if first <= ends[0] and ends[1] <= last and low < high:
                name = f"{write_km(length_m)} from {one.text} towards {two.text}"
                found = self._place_along(line, (low, high), name, "rail_km")
                if self._is_in_provinces(found.footprint, scope):
                    return [found]
        return []

    def place_route(self, phrase: Phrase, scope: Scope) -> list[Placement]:
        """Read "the Jaffar Express route toward Peshawar" as the line the train runs on."""
        asked = any(tags.ROUTE in item.nouns for item in phrase.items)
        elsewhere = any(
            item.relation not in tags.ENDS and self._is_finer_than_units(item, scope)
            for item in phrase.items
        )
        if not asked or elsewhere:
            return []
        train = self._ground.find_train(phrase.trains[0])
        if train is None:
            return []
        units = scope.districts or scope.provinces
        footprint = self._ground.cut_way(spread_over_shape(train.shape()), units)
        if footprint is None:
            return []
        place_id = f"train:{normalise(train.name).replace(' ', '-')}"
        told = describe_route(train)
        return [Placement(footprint, "route", f"{train.name} route", place_id, told=told)]

    def name_stations(self, item: Item) -> list[str]:
        """List the stations that bear the name of an item, or one that sounds like it."""
        return self._ground.find_stations(item.name.places + item.name.alike) if item.name else []

    def _is_finer_than_units(self, item: Item, scope: Scope) -> bool:
        found = self._matcher.find_candidates(item, scope)
        return any(each.place.feature_class not in UNITS for each in found)

    def _find_stations(self, item: Item, scope: Scope) -> list[str]:
        """Find the stations an item names, or those nearest to the places it names."""
        named = self.name_stations(item)
        if named:
            return named
        places = self._matcher.find_points(item, scope)
        return [near for near in map(self._nearest_station, places) if near]

    def _nearest_station(self, place: Place) -> str:
        points = self._ground.network.stations.geometry
        away_m = geodesic_distance_m(place.lon, place.lat, points.x.to_numpy(), points.y.to_numpy())
        at = int(np.argmin(away_m))
        return str(points.index[at]) if away_m[at] <= PARAMETERS.bring_up_m else ""

    def _place_along(
        self,
        line: str,
        span_km: tuple[float, float],
        name: str,
        rule: Literal["rail_between", "rail_km"],
    ) -> Placement:
        low, high = span_km
        return Placement(
            self._spread(line, low, high),
            rule,
            f"{name} ({line})",
            write_stretch_id(line, low, high),
            told=f"on {line} between km {low:g} and km {high:g}",
            rail_line=line,
        )

    def _spread_along(self, line: str, low: float, high: float) -> Footprint:
        return spread_over_shape(stretch(line, low, high, network=self._ground.network))

    def _is_in_provinces(self, footprint: Footprint, scope: Scope) -> bool:
        """Whether a stretch of line touches the provinces that it must be in."""
        near_m = PARAMETERS.rail_border_m
        return footprint.shape is None or self._ground.is_near(footprint, scope.provinces, near_m)

    @build_once_each
    def _ends_km(self) -> dict[str, tuple[float, float]]:
        """Map each line to the km posts of its ends."""
        lines = self._ground.network.lines
        ends = zip(lines["km_from"], lines["km_to"], strict=True)
        return dict(zip(lines.index, ends, strict=True))

    def _list_near(self, items: tuple[Item, ...], scope: Scope) -> list[str]:
        """List the lines near the places that items name, those near most of them first."""
        beside = [self._lines_at(self._find_stations(item, scope)) for item in items]
        near = Counter(line for lines in beside for line in sorted(lines))
        return [line for line, _ in near.most_common()]

    def _list_named(self, items: tuple[Item, ...]) -> list[list[str]]:
        """List the lines that each item names, by itself or with the next as what they join."""
        named = [lines for item in items if item.name for lines in self._list_in(item)]
        for one, two in pairwise(items):
            if two.relation in _JOINED:
                named.append(self._find_called(f"{one.text}-{two.text}"))
        seen: set[str] = set()
        fresh = []
        for lines in named:
            fresh.append([line for line in lines if line not in seen])
            seen.update(lines)
        return [lines for lines in fresh if lines]

    def _list_in(self, item: Item) -> list[list[str]]:
        """List the lines of an item, those of each of its words before: "ML-1 or ML-3"."""
        words = item.text.split()
        names = [self._ground.names.find(word) for word in words if len(words) > 1]
        return [self._ground.find_lines(name.places) for name in (*names, item.name) if name]

    def _find_called(self, name: str) -> list[str]:
        """Find the lines called "Rohri-Chaman line", with any word for a line."""
        for noun in _LINE_NOUNS:
            found = self._ground.names.find(f"{name} {noun}")
            if found and (lines := self._ground.find_lines(found.places)):
                return lines
        return []

    def _lines_at(self, stations: Iterable[str]) -> set[str]:
        return {line for each in stations for line, _ in self._ground.stations[each]}
