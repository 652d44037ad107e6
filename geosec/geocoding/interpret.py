"""From the grammar of a phrase to an answer: which of its items is the place, and where it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import shapely

from geosec.geocoding.clauses import ClauseReader
from geosec.geocoding.coordinates import WrittenCoordinates, find_coordinates
from geosec.geocoding.ground import AREAS, SETTLEMENTS, Ground, Place
from geosec.geocoding.match import Candidate, Context, candidates_of, containers
from geosec.geocoding.parameters import PARAMETERS, RULE_SCORES
from geosec.geocoding.phrases import parse_phrase
from geosec.geocoding.readings import Answer, Reading, reading_of, rule_of, weighed
from geosec.geocoding.refusals import refusal
from geosec.geodesy.kernels import geodesic_circle
from geosec.location.footprints import Footprint, disc, full_radius_m, spread_over

if TYPE_CHECKING:
    from geosec.geocoding.language import Language
    from geosec.geocoding.phrases import Item, Phrase
    from geosec.schema import MatchRule

_ROAMING = frozenset({"road", "rail_line"})
_CUT = frozenset({"Polygon", "LineString"})
_FACILITY = set("FH")
_LOCALITY = set("AVK")
_QUARTER = set("AVKNH")


@dataclass(frozen=True)
class _Head:
    """The item that is the place, and what of the phrase stands before it unresolved."""

    item: Item
    candidates: list[Candidate]
    skipped: tuple[Item, ...]


class Interpreter:
    """Answer location phrases.

    Parameters
    ----------
    ground : Ground
        Places, boundaries and railway in EPSG:4326.
    language : Language
        Words between the names.

    Examples
    --------
    >>> from geosec.geocoding.language import load_language
    >>> answer = Interpreter(Ground(), load_language()).answer("Kalat town")
    >>> answer.status, answer.readings[0].place_id
    ('matched', 'gn:1175296')
    """

    def __init__(self, ground: Ground, language: Language) -> None:
        self.ground = self._ground = ground
        self.language = self._language = language
        self._wants = language.wants
        self._clauses = ClauseReader(ground, language.wants)

    def answer(self, text: str, admin1: str = "") -> Answer:
        """Say where a phrase means.

        Parameters
        ----------
        text : str
            The phrase; distances in any unit, coordinates in degrees.
        admin1 : str, default ""
            Province the report gives; a place outside it is not answered.

        Returns
        -------
        Answer
            Footprints in EPSG:4326.

        Examples
        --------
        >>> from geosec.geocoding.language import load_language
        >>> Interpreter(Ground(), load_language()).answer("Jaffar Express").reason
        "names a train ('Jaffar Express') and no place"
        """
        written = find_coordinates(text)
        if written is not None:
            return self._written(written)
        phrase = parse_phrase(text, self._ground.names, self._language)
        around = containers(phrase.items, self._ground)
        if around.country:
            where = self._ground.country_name(around.country)
            return Answer("outside", reason=f"the phrase places it in {where}")
        hint = self._provinces(admin1)
        if hint and around.provinces and not hint & around.provinces:
            said = ", ".join(sorted(around.provinces))
            return Answer(
                "unmatched", reason=f"the phrase says {said}, the report's province is {admin1!r}"
            )
        context = replace(around, provinces=hint or around.provinces)
        readings = self._readings(phrase, context)
        if not readings:
            return refusal(phrase, context, admin1, self._ground)
        return weighed(readings)

    def _written(self, written: WrittenCoordinates) -> Answer:
        footprint = disc(written.lon, written.lat, max(written.resolution_m, 100.0))
        name = f"{written.lat:.5f}, {written.lon:.5f}"
        score = RULE_SCORES["coordinates"]
        reading = Reading(footprint, "coordinates", name, f"at:{name}", 1.0, score)
        return Answer("matched", (reading,))

    def _provinces(self, admin1: str) -> frozenset[str]:
        name = self._ground.names.find(admin1) if admin1.strip() else None
        places = [self._ground.place(each) for each in name.places] if name else []
        return frozenset(
            place.adm1_code
            for place in places
            if place.feature_class == "province" and self._ground.is_home(place)
        )

    # ------------------------------------------------------------------ readings

    def _readings(self, phrase: Phrase, context: Context) -> list[Reading]:
        if phrase.clause is None:
            return self._of_items(phrase, phrase.items, context)
        if phrase.clause.kind != "km_post":
            before = self._of_items(phrase, phrase.items[: phrase.position], context, narrow=True)
            if before:
                return before
        found = self._clauses.read(phrase, context)
        if found or phrase.clause.kind == "km_post":
            return found
        return self._of_items(phrase, phrase.items, context)

    def _of_items(
        self, phrase: Phrase, items: tuple[Item, ...], context: Context, *, narrow: bool = False
    ) -> list[Reading]:
        """Read the first item that is known; in front of a clause an area does not count."""
        head = self._head(items, context)
        if head is None or not any(self._ground.is_home(each.place) for each in head.candidates):
            return []
        if narrow and all(each.place.feature_class in AREAS for each in head.candidates):
            return []
        heads = [head, *self._twins(head, items, context)]
        return [
            replace(reading, weight=reading.weight / len(heads))
            for each in heads
            for candidate in each.candidates
            if (reading := self._reading(phrase, each, candidate, context)) is not None
        ]

    def _twins(self, head: _Head, items: tuple[Item, ...], context: Context) -> list[_Head]:
        """Find the other places of "Mach and Kolpur": named on a par with the first."""
        twins = []
        for item in items[items.index(head.item) + 1 :]:
            if item.relation != "&":
                break
            found = candidates_of(item, context, self._ground, self._wants)
            if any(each.place.feature_class in AREAS | _ROAMING for each in found):
                break
            twins += [_Head(item, found, ())] if found else []
        return twins

    def _head(self, items: tuple[Item, ...], context: Context) -> _Head | None:
        skipped: list[Item] = []
        roaming: _Head | None = None
        for item in items:
            wanted = self._with_district(item, skipped)
            found = candidates_of(wanted, context, self._ground, self._wants)
            if not found:
                skipped.append(item)
            elif all(each.place.feature_class in _ROAMING for each in found):
                roaming = roaming or _Head(item, found, tuple(skipped))
            elif roaming is not None and all(each.place.feature_class in AREAS for each in found):
                return roaming
            else:
                return _Head(item, found, tuple(skipped))
        return roaming

    def _with_district(self, item: Item, skipped: list[Item]) -> Item:
        """Read "X village, Lakki Marwat" as the district: the village is not in the town."""
        nouns = set("".join(each.nouns for each in skipped))
        bare = not set(item.nouns) & set("TDS")
        rural = nouns & set("VK") or (nouns & _LOCALITY and not nouns & _FACILITY)
        if skipped and bare and rural:
            places = [self._ground.place(each) for each in (item.name.places if item.name else ())]
            if any(place.feature_class == "district" for place in places):
                return replace(item, nouns=item.nouns + "D")
        return item

    def _reading(
        self, phrase: Phrase, head: _Head, candidate: Candidate, context: Context
    ) -> Reading | None:
        place = candidate.place
        footprint = self._ground.footprint(place)
        if footprint is not None and place.feature_class in _ROAMING:
            footprint = self._within(footprint, context)
        if footprint is None:
            return None
        rule = self._rule(head, place)
        reasons = _assumed(head, place)
        footprint = self._widened(footprint, head, place)
        if phrase.track and place.feature_class not in _ROAMING:
            on_track = self._on_track(footprint)
            if on_track is not None:
                footprint, rule = on_track, "rail_between"
                reasons.append(f"on the railway at {place.name}")
        return reading_of(candidate, footprint, rule, "; ".join(reasons))

    def _rule(self, head: _Head, place: Place) -> MatchRule:
        nouns = set(head.item.nouns + "".join(each.nouns for each in head.skipped))
        if place.feature_class in SETTLEMENTS and nouns & _FACILITY:
            return "facility"
        return rule_of(place.feature_class)

    def _widened(self, footprint: Footprint, head: _Head, place: Place) -> Footprint:
        """Add the vagueness of "near", of an unknown quarter, of a village known by its station."""
        if footprint.shape is not None:
            return footprint
        skipped = set("".join(each.nouns for each in head.skipped))
        station = place.feature_class == "rail_station"
        more_m = 0.0
        if head.item.relation == "m":
            wide = place.feature_class in SETTLEMENTS | {"tehsil"}
            bare_station = station and "S" not in head.item.nouns
            more_m = PARAMETERS.near_m if wide or bare_station else PARAMETERS.near_station_m
        elif skipped & _QUARTER or (station and "S" not in head.item.nouns):
            more_m = PARAMETERS.area_m
        return disc(footprint.lon, footprint.lat, full_radius_m(footprint.uncertainty_m) + more_m)

    def _within(self, footprint: Footprint, context: Context) -> Footprint:
        """Cut a road or line to the districts, or provinces, that the phrase is about."""
        codes = sorted(context.districts or context.provinces)
        areas = [area for code in codes if (area := self._ground.area(code)) is not None]
        if not areas or footprint.shape is None:
            return footprint
        inside = footprint.shape.intersection(shapely.union_all(areas))
        parts = [part for part in shapely.get_parts(inside) if part.geom_type in _CUT]
        return spread_over(shapely.union_all(parts)) if parts else footprint

    def _on_track(self, footprint: Footprint) -> Footprint | None:
        shape = footprint.shape
        if shape is None:
            radius_m = full_radius_m(footprint.uncertainty_m)
            shape = geodesic_circle(footprint.lon, footprint.lat, radius_m)
        stretch = self._ground.stretch_within(shape)
        return None if stretch is None else spread_over(stretch)


def _assumed(head: _Head, place: Place) -> list[str]:
    """Say what of the phrase was not known, and what stands for it."""
    told = []
    names = ", ".join(repr(item.text) for item in head.skipped if not item.generic)
    if names:
        told.append(f"{names} not in the gazetteer: placed in {place.name}")
    if not place.has_point and place.feature_class not in AREAS | _ROAMING:
        told.append(f"no coordinate is known for {place.name}: its district is used")
    return told
