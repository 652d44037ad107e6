"""What speaks for and against an answer, beside the rule by which it was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geosec.geocoding.grammar import tags
from geosec.geocoding.placing.assumptions import is_known_elsewhere
from geosec.match_rules import EVIDENCE, MATCH_RULES
from geosec.reference.feature_classes import SETTLEMENTS, UNITS, WAYS, WIDE_UNITS
from geosec.reference.names import SIMILARITY_SOUND

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geosec.geocoding.placing.heads import Head
    from geosec.geocoding.placing.places import Place
    from geosec.geocoding.placing.readings import Placement
    from geosec.geocoding.placing.scope import Scope
    from geosec.match_rules import EvidenceName, MatchRule

_STATED = UNITS | {"tehsil"}
_UNBOUND = WAYS | WIDE_UNITS
_UNIT_NOUNS = frozenset({tags.DISTRICT, tags.PROVINCE})
_SMALL = frozenset({"village", "area"})
_SHORT = 4  # letters of a name that many places have
_LARGE = 100_000.0  # people of a town that reports need not explain


def weigh_placement(
    placement: Placement, scope: Scope, *, leftover: bool
) -> tuple[float, tuple[EvidenceName, ...]]:
    """Weigh what speaks for and against a placement: its probability, and what was found."""
    found = _list_evidence(placement, scope, leftover=leftover)
    return weigh_evidence(placement.rule, found), found


def _list_evidence(
    placement: Placement, scope: Scope, *, leftover: bool
) -> tuple[EvidenceName, ...]:
    """List what speaks for or against a placement that comes of a place of the gazetteer."""
    unread: tuple[EvidenceName, ...] = ("leftover",) if leftover else ()
    if placement.candidate is None:
        return unread
    place, head = placement.candidate.place, placement.head
    found: list[EvidenceName] = []
    standing = head is not None and stands_in(head, place)
    if not (
        standing and place.feature_class in _STATED
    ):  # that a district is stated does not bear it out
        found += _list_bounds(place, scope)
    if not found and place.feature_class in _SMALL:
        found.append("small")
    if placement.beside:
        found.append("beside")
    if placement.candidate.similarity == SIMILARITY_SOUND:
        found.append("sound")
    if head is not None:
        found += _list_unknown(head, stands_in=standing)
        found += _list_nouns(head, place)
        found += _list_own(place)
        found += _list_bare(head, place)
    return (*found, *unread)


def _list_bounds(place: Place, scope: Scope) -> Iterator[EvidenceName]:
    """Tell whether phrase or row say in which district or province the place lies."""
    if place.feature_class in _UNBOUND:
        return
    if place.adm2_code in scope.districts:
        yield "in_district"
    elif scope.provinces:
        yield "in_province"


def _list_unknown(head: Head, *, stands_in: bool) -> list[EvidenceName]:
    """Tell what of the phrase is not known, or known elsewhere only."""
    found: list[EvidenceName] = ["stand_in"] if stands_in else []
    if not head.skipped:
        return found
    if not found and any(not item.generic for item in head.skipped):
        found.append("unknown_beside")
    if any(is_known_elsewhere(item) for item in head.skipped):
        found.append("elsewhere")
    return found


def _list_nouns(head: Head, place: Place) -> list[EvidenceName]:
    """Tell what the nouns beside the name say of the place."""
    found: list[EvidenceName] = []
    if not head.item.nouns:
        return found
    if is_road_to(head, place):
        found.append("road_to")
    if tags.TOWN in head.item.nouns and place.feature_class in SETTLEMENTS:
        found.append("called_town")
    return found


def _list_own(place: Place) -> list[EvidenceName]:
    """Tell what the place itself says: many have a short name, and a large town is meant."""
    if place.population >= _LARGE:
        return ["large"]
    short = len(place.name) <= _SHORT and place.feature_class not in UNITS
    return ["short"] if short and not place.population else []


def _list_bare(head: Head, place: Place) -> list[EvidenceName]:
    """Tell that a station or a unit is not called one, and may be the town of its name."""
    item = head.item
    if place.feature_class == "rail_station":
        return [] if tags.STATION in item.nouns else ["bare_station"]
    if place.feature_class not in UNITS or head.skipped:
        return []
    longer = item.text.count(" ") > place.name.count(" ")  # "Kech district" is a name of Kech
    said = longer or not _UNIT_NOUNS.isdisjoint(item.nouns)
    return [] if said else ["bare_unit"]


def is_road_to(head: Head, place: Place) -> bool:
    """Whether a place is only what a road is named after: "Faisalabad Road" is in other towns."""
    road = tags.ROAD in head.item.nouns and not head.skipped
    return road and place.feature_class in SETTLEMENTS


def stands_in(head: Head, place: Place) -> bool:
    """Whether an area stands for something in it whose own point is not known."""
    if place.feature_class in UNITS or (place.feature_class == "tehsil" and head.item.name is None):
        return any(not item.generic for item in head.skipped)
    return not place.has_point and place.feature_class not in WAYS


def weigh_evidence(rule: MatchRule, found: Iterable[EvidenceName]) -> float:
    """Give the probability that odds of a rule make, multiplied by those of the evidence."""
    score = MATCH_RULES[rule].score
    odds = score / (1 - score)
    for name in found:
        odds *= EVIDENCE[name].odds
    return odds / (1 + odds)
