"""What speaks for and against an answer, beside the rule by which it was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geosec.geocoding.placing.assumptions import is_known_elsewhere
from geosec.language import tags
from geosec.match_rules import EVIDENCE, MATCH_RULES
from geosec.reference.feature_classes import SETTLEMENTS, UNITS, WAYS, WIDE_UNITS
from geosec.reference.names import SIMILARITY_SOUND

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geosec.geocoding.grammar.phrases import Item
    from geosec.geocoding.placing.heads import Head
    from geosec.geocoding.placing.matcher import Candidate
    from geosec.geocoding.placing.places import Place
    from geosec.geocoding.placing.readings import Placement
    from geosec.geocoding.placing.scope import Scope
    from geosec.match_rules import EvidenceName, MatchRule

_WIDE = UNITS | {"tehsil"}
_UNBOUND = WAYS | WIDE_UNITS
_UNBOUND_STANDING = _UNBOUND | _WIDE
_CALLED: dict[str, EvidenceName] = {
    "rail_station": "bare_station",
    **dict.fromkeys(UNITS, "bare_unit"),
}
_ONE_OF_MANY = _UNBOUND_STANDING | {"union_council"}  # what namesakes make no less probable
# What says already how far a place may be trusted that coded events alone tell of.
_SAID_MORE = frozenset({"in_district", "unknown_beside", "short", "leftover"})
_UNIT_NOUNS = frozenset({tags.DISTRICT, tags.PROVINCE})
_SHORT = 4  # letters of a name that many places have
_TOWN = 20_000.0  # people of a town that nobody calls a village
_LARGE = 100_000.0  # people of a town that reports need not explain
_OFTEN = 10.0  # coded events of a place that reports need not explain either
_VAGUE_M = 20_000.0  # 95 % radius of a distance that is long, or begins in something wide
_WEIGHTS: dict[tuple[MatchRule, tuple[EvidenceName, ...]], float] = {}  # what was weighed before


def weigh_placement(
    placement: Placement, scope: Scope, *, leftover: bool, station_ends: tuple[str, ...] = ()
) -> tuple[float, tuple[EvidenceName, ...]]:
    """Weigh what speaks for and against a placement: its probability, and what was found.

    `station_ends` are the words that only the name of a station ends with, in any language.
    """
    candidate, head = placement.candidate, placement.head
    found: list[EvidenceName] = []
    if candidate is not None:
        standing = False
        if head is not None and (head.skipped or not candidate.place.has_point):
            standing = stands_in(head, candidate.place)
        found = _list_stated(placement, candidate, scope, standing=standing)
        if head is not None:
            found += _list_said(head, candidate.place, station_ends, standing=standing)
    if leftover:
        found.append("leftover")
    if candidate is not None and (doubt := _find_doubt(placement, candidate, found)):
        found.append(doubt)
    known = placement.rule, tuple(found)
    score = _WEIGHTS.get(known)
    if score is None:
        score = _WEIGHTS[known] = weigh_evidence(*known)
    return score, known[1]


def _list_stated(
    placement: Placement, candidate: Candidate, scope: Scope, *, standing: bool
) -> list[EvidenceName]:
    """Tell what phrase and row state of the place, and how its name is spelt.

    That a district is stated does not bear it out where it stands for something in it.
    """
    found: list[EvidenceName] = []
    place = candidate.place
    kind = place.feature_class
    if (scope.districts or scope.provinces) and kind not in (
        _UNBOUND_STANDING if standing else _UNBOUND
    ):
        found += _name_bound(place, scope, placement.head)
    if kind == "union_council":
        found.append("council" if found else "bare_council")
    if placement.beside:
        found.append("beside")
    if candidate.similarity == SIMILARITY_SOUND:
        found.append("sound")
    return found


def _name_bound(place: Place, scope: Scope, head: Head | None) -> tuple[EvidenceName, ...]:
    """Tell whether the place lies in the district, or else the province, that is stated.

    What is only near it, and where a construction starts, may well lie beside the district.
    """
    if scope.districts and place.adm2_code:
        if place.adm2_code in scope.districts:
            return ("in_province",) if scope.is_wide else ("in_district",)
        if head is not None and head.item.relation not in tags.CLOSE_BY:
            return ("by_district",)
    return ("in_province",) if scope.provinces else ()


def _list_said(
    head: Head, place: Place, station_ends: tuple[str, ...], *, standing: bool
) -> list[EvidenceName]:
    """Tell what the name, the nouns beside it and the place itself say."""
    found: list[EvidenceName] = ["stand_in"] if standing else []
    if head.skipped:
        found += _list_unknown(head, standing=standing)
    if head.item.nouns:
        found += _list_nouns(head, place)
    if place.population >= _LARGE:
        found.append("large")
    elif len(place.name) <= _SHORT and not place.population and place.feature_class not in UNITS:
        found.append("short")
    if place.feature_class in _CALLED and not _is_called(head, place, station_ends):
        found.append(_CALLED[place.feature_class])
    return found


def _find_doubt(
    placement: Placement, candidate: Candidate, found: Sequence[EvidenceName]
) -> EvidenceName | None:
    """Tell what makes a place doubtful that little else is said of, and a distance too long."""
    if placement.rule == "offset":
        return "vague" if placement.footprint.uncertainty_m > _VAGUE_M else None
    if placement.head is None:
        return None
    place = candidate.place
    if candidate.has_rival and place.feature_class not in _ONE_OF_MANY:
        return "namesake"
    if not place.is_reported or place.mentions >= _OFTEN or candidate.is_near:
        return None
    return "reported" if _SAID_MORE.isdisjoint(found) else None


def _list_unknown(head: Head, *, standing: bool) -> list[EvidenceName]:
    """Tell what of the phrase is not known, or known elsewhere only."""
    found: list[EvidenceName] = []
    if not standing and _has_name(head.skipped):
        found.append("unknown_beside")
    for item in head.skipped:
        if is_known_elsewhere(item):
            found.append("elsewhere")
            break
    return found


def _list_nouns(head: Head, place: Place) -> list[EvidenceName]:
    """Tell what the nouns beside the name say of the place."""
    found: list[EvidenceName] = []
    if is_road_to(head, place):
        found.append("road_to" if tags.ROAD in head.item.nouns else "named_after")
    if tags.VILLAGE in head.item.nouns and _is_no_village(place):
        found.append("no_village")
    if tags.TOWN in head.item.nouns and place.feature_class in SETTLEMENTS:
        found.append("called_town")
    return found


def _is_no_village(place: Place) -> bool:
    """Whether what is called a village is a town, or a unit: it has a namesake nobody listed."""
    if place.feature_class in UNITS:
        return True
    return place.population >= _TOWN or (place.feature_class == "tehsil" and not place.has_point)


def _is_called(head: Head, place: Place, station_ends: tuple[str, ...]) -> bool:
    """Whether the phrase calls a station or a unit one, so that it does not mean its town."""
    item = head.item
    if place.feature_class == "rail_station":
        return tags.STATION in item.nouns or item.text.casefold().endswith(station_ends)
    if head.skipped or not _UNIT_NOUNS.isdisjoint(item.nouns):
        return True
    return item.text.count(" ") > place.name.count(" ")  # "Kech district" is a name of Kech


def is_road_to(head: Head, place: Place) -> bool:
    """Whether a place is only what a road is named after: "Faisalabad Road" is in other towns.

    Or a colony or gate; one whose name no town of 20,000 bears is that of the village itself.
    """
    nouns = head.item.nouns
    if head.skipped:
        return False
    if tags.ROAD in nouns:
        return place.feature_class in SETTLEMENTS
    is_known = place.population >= _TOWN or place.feature_class in _WIDE
    return tags.COLONY in nouns and tags.BORDER not in nouns and is_known


def stands_in(head: Head, place: Place) -> bool:
    """Whether an area stands for something in it whose own point is not known."""
    if place.feature_class in UNITS or (place.feature_class == "tehsil" and head.item.name is None):
        return _has_name(head.skipped)
    return not place.has_point and place.feature_class not in WAYS


def _has_name(items: Sequence[Item]) -> bool:
    """Whether any of some things has a name of its own, unlike "a mosque"."""
    return False in [item.generic for item in items]


def weigh_evidence(rule: MatchRule, found: Iterable[EvidenceName]) -> float:
    """Give the probability that odds of a rule make, multiplied by those of the evidence."""
    score = MATCH_RULES[rule].score
    odds = score / (1 - score)
    for name in found:
        odds *= EVIDENCE[name].odds
    return odds / (1 + odds)
