"""The third step: where on the ground what was resolved lies, with what room round it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geosec.geocoding.placing.clauses import ClausePlacer
from geosec.geocoding.placing.ground import comes_within
from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.geocoding.placing.places import TEHSIL_M, make_written_point
from geosec.geocoding.placing.readings import Placement
from geosec.geocoding.placing.scope import is_listed
from geosec.geodesy.geodesics import geodesic_circle
from geosec.language import tags
from geosec.reference.feature_classes import SETTLEMENTS, TOWN_SIZED, WAYS
from geosec.uncertainty.footprints import Footprint, full_radius_m, make_disc, spread_over_shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geosec.geocoding.grammar.phrases import Item, Phrase
    from geosec.geocoding.placing.ground import Ground
    from geosec.geocoding.placing.heads import Head
    from geosec.geocoding.placing.matcher import Candidate, Matcher
    from geosec.geocoding.placing.places import Place
    from geosec.geocoding.placing.scope import Scope
    from geosec.match_rules import MatchRule
    from geosec.numerals.coordinates import WrittenCoordinates

_LEAST_COORDINATE_M = 100.0  # of room round written coordinates, however many digits they have
_OF_SEVERAL = "the first of several places that are named"


class Placer:
    """Draw on the ground what a phrase was resolved to."""

    def __init__(self, ground: Ground, matcher: Matcher) -> None:
        self._ground = ground
        self._clauses = ClausePlacer(ground, matcher)

    def place_coordinates(self, written: WrittenCoordinates) -> Placement:
        """Place what is written as coordinates: within half a unit of their last digit."""
        room_m = max(written.resolution_m, _LEAST_COORDINATE_M)
        disc, point = make_disc(written.lon, written.lat, room_m), make_written_point(written)
        told = _tell_taken(written)
        return Placement(disc, "coordinates", point.name, point.place_id, told=told)

    def place(self, phrase: Phrase, heads: Sequence[Head], scope: Scope) -> list[Placement]:
        """Place the heads of a phrase, or its construction if no more than a road stands before it.

        The route of a train is taken before anything else that the phrase names.
        """
        if phrase.clause is None:
            by_train = self._clauses.stretches.place_route(phrase, scope) if phrase.trains else []
            return by_train or self.place_heads(phrase, heads, scope)
        before = self.place_heads(phrase, heads, scope) if heads else []
        if any(not _is_way(placement) for placement in before):
            return before
        return self._place_clause(phrase, scope) or before

    def place_along(
        self, phrase: Phrase, heads: Sequence[Head], stretches: Sequence[Placement], scope: Scope
    ) -> list[Placement]:
        """Place the heads of a phrase that lie near its stretch: "Quetta-Sibi road, Mach"."""
        shapes = [each.footprint.shape for each in stretches]
        return [
            each
            for each in self.place_heads(phrase, heads, scope)
            if any(
                shape is not None and comes_within(shape, each.footprint.point, PARAMETERS.agreed_m)
                for shape in shapes
            )
        ]

    def place_unit(self, unit: Place) -> Placement | None:
        """Place the unit that a row gives as the whole of it; None where its area is not known."""
        footprint = self._ground.find_footprint(unit)
        if footprint is None:
            return None
        return Placement(footprint, unit.row.rule, unit.name, unit.place_id)

    def _place_clause(self, phrase: Phrase, scope: Scope) -> list[Placement]:
        """Place the construction of a phrase, in or near what is stated."""
        placements = self._clauses.place(phrase, scope)
        if not scope.districts:
            return placements
        codes, reach_m = scope.districts, PARAMETERS.stated_m
        return [
            each._replace(footprint=self._ground.hold_disc(each.footprint, codes))
            for each in placements
            if self._ground.is_near(each.footprint, codes, reach_m)
        ]

    def place_railway_outside(self, phrase: Phrase, scope: Scope) -> list[Placement]:
        """Place a post or a stretch of railway that lies outside the district that is stated."""
        placements = self._clauses.place(phrase, scope) if scope.districts else []
        return [each for each in placements if each.rail_line is not None]

    def place_beside(self, phrase: Phrase, heads: Sequence[Head], scope: Scope) -> list[Placement]:
        """Let a place named beside stand for a construction whose own place is not known."""
        clause = phrase.clause
        if clause is None or clause.post_km is not None or clause.point is not None:
            return []
        unknown = ", ".join(repr(item.text) for item in clause.items)
        placements = []
        for each in self.place_heads(phrase, heads, scope):
            footprint = each.footprint
            if footprint.shape is None:
                length_m = clause.length_m
                reach_m = 0.0 if length_m is None else length_m.high
                footprint = _widen(footprint, TEHSIL_M + reach_m)
            told = f"{unknown} not in the gazetteer: placed at {each.name}"
            placements.append(each._replace(footprint=footprint, beside=told))
        return placements

    def place_heads(self, phrase: Phrase, heads: Sequence[Head], scope: Scope) -> list[Placement]:
        """Place each of the places that the heads of a phrase may mean."""
        return [
            placement
            for head in heads
            for candidate in head.candidates
            if (placement := self._place_candidate(phrase, head, candidate, scope)) is not None
        ]

    def _place_candidate(
        self, phrase: Phrase, head: Head, candidate: Candidate, scope: Scope
    ) -> Placement | None:
        """Place one of the places that an item may mean; None for one abroad or nowhere."""
        place, told = candidate.place, ""
        footprint = self._draw(place, scope) if place.is_home else None
        if footprint is None:
            return None
        if head.skipped:
            footprint = self._spread_round_town(footprint, head, place)
        if footprint.shape is None:
            footprint = self._add_vagueness(footprint, head, place)
            footprint, told = _spread_over_list(footprint, phrase.items, head.item)
        rule = _find_rule(head, place)
        if phrase.track and place.feature_class not in WAYS:
            on_track = self._put_on_track(footprint)
            if on_track is not None:
                footprint, rule = on_track, "rail_between"
                told = f"on the railway at {place.name}"
        if scope.districts and footprint.shape is None:
            footprint = self._ground.hold_disc(footprint, scope.districts)
        return Placement(footprint, rule, place.name, place.place_id, candidate, head, told)

    def _draw(self, place: Place, scope: Scope) -> Footprint | None:
        """Draw a place, a road or line only within the units that the phrase is about."""
        if place.feature_class in WAYS:
            codes = scope.districts or scope.provinces
            if codes:
                return self._ground.find_footprint_within(place, codes)
        return self._ground.find_footprint(place)

    def _spread_round_town(self, footprint: Footprint, head: Head, place: Place) -> Footprint:
        """Let the town stand for a district that is meant only because a village is unknown."""
        item = head.item
        meant = tags.DISTRICT in item.nouns or place.feature_class != "district"
        if meant or footprint.shape is None or item.name is None:
            return footprint
        for town in self._ground.list_places(item.name.places):
            here = town.adm2_code == place.adm2_code and town.has_point
            if here and town.feature_class in SETTLEMENTS:
                return spread_over_shape(footprint.shape, (town.lon, town.lat))
        return footprint

    def _add_vagueness(self, around: Footprint, head: Head, place: Place) -> Footprint:
        """Widen a disc by the vagueness of "near", of an unknown quarter, of a tehsil."""
        item = head.item
        station = place.feature_class == "rail_station"
        if not (item.nouns or item.relation or head.skipped or station):
            return around
        beyond_m = measure_vagueness_m(head, place)
        tehsil = not tags.TEHSIL_OR_AREA.isdisjoint(item.nouns) and self._is_tehsil(item)
        least_m = TEHSIL_M if tehsil else 0.0
        if head.skipped:
            least_m = max(least_m, measure_unknown_m(head))
        if not (beyond_m or least_m):
            return around
        return _widen(around, beyond_m, least_m=least_m)

    def _is_tehsil(self, item: Item) -> bool:
        places = self._ground.list_places(item.name.places) if item.name is not None else []
        return any(place.feature_class == "tehsil" for place in places)

    def _put_on_track(self, footprint: Footprint) -> Footprint | None:
        """Keep the railway that runs within a footprint; None where there is none."""
        shape = footprint.shape
        if shape is None:
            radius_m = full_radius_m(footprint.uncertainty_m)
            shape = geodesic_circle(footprint.lon, footprint.lat, radius_m)
        track = self._ground.find_railway_within(shape)
        return None if track is None else spread_over_shape(track)


def _tell_taken(written: WrittenCoordinates) -> str:
    """Say of two numbers with no more than a decimal that they were taken for coordinates."""
    return "" if written.is_sure else "two bare numbers taken for latitude and longitude"


def _is_way(placement: Placement) -> bool:
    candidate = placement.candidate
    return candidate is not None and candidate.place.feature_class in WAYS


def _widen(around: Footprint, beyond_m: float, *, least_m: float = 0.0) -> Footprint:
    full_m = full_radius_m(around.uncertainty_m) + beyond_m
    return make_disc(around.lon, around.lat, max(full_m, least_m))


def _spread_over_list(
    around: Footprint, items: Sequence[Item], known: Item
) -> tuple[Footprint, str]:
    """Widen a disc where the place is the first of a list, and others are not known, or may be it.

    That is not asked of "Mach and Kolpur", whose places are readings of their own. Gives what is to
    be told of it, too.
    """
    if not items or items[-1] is known:
        return around, ""
    behind = False
    for number, item in enumerate(items):
        if behind and _is_another(items, number):
            wide = _widen(around, 0.0, least_m=full_radius_m(PARAMETERS.listed_m))
            return wide, "" if item.name is None else _OF_SEVERAL
        behind = behind or item is known
    return around, ""


def _is_another(items: Sequence[Item], number: int) -> bool:
    """Whether an item is another of a list: not known, or behind a comma in a list with "and"."""
    item = items[number]
    if item.name is None:
        return not item.generic and item.relation in tags.LISTED
    return is_listed(items, number)


def _find_rule(head: Head, place: Place) -> MatchRule:
    """Find the match rule of a place; a thing in a settlement is a facility."""
    if place.feature_class in SETTLEMENTS:
        nouns = head.item.nouns
        if head.skipped:
            nouns += "".join([item.nouns for item in head.skipped])
        if not tags.BUILT.isdisjoint(nouns):
            return "facility"
    return place.row.rule


def measure_unknown_m(head: Head) -> float:
    """Say how many metres from a place what is told with it, and not known, may be."""
    unknown = [item for item in head.skipped if not item.generic and _may_be_name(item)]
    if not unknown:
        return 0.0
    built = not tags.BUILT.isdisjoint("".join([item.nouns for item in unknown]))
    reach_m = PARAMETERS.unknown_in_town_m if built else PARAMETERS.unknown_beside_m
    return full_radius_m(reach_m)


def _may_be_name(item: Item) -> bool:
    """Whether words are of a place: "Gangi Khel", "gangi khel village", but not "villages"."""
    return bool(item.nouns) or not item.text.islower()


def measure_vagueness_m(head: Head, place: Place) -> float:
    """Say how many metres beyond a place something near it, or in a quarter of it, may be."""
    nouns = head.item.nouns
    vague_station = place.feature_class == "rail_station" and tags.STATION not in nouns
    if head.item.relation in tags.CLOSE_BY:
        wide = vague_station or place.feature_class in TOWN_SIZED
        return PARAMETERS.near_m if wide else PARAMETERS.near_station_m
    if vague_station or not tags.VAGUE.isdisjoint(nouns):
        return PARAMETERS.area_m
    skipped = "".join([item.nouns for item in head.skipped])
    return 0.0 if tags.PART_OF_PLACE.isdisjoint(skipped) else PARAMETERS.area_m
