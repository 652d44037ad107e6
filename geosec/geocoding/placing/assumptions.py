"""What a phrase leaves open about its place, and what is assumed instead, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geosec.reference.feature_classes import UNITS, WAYS
from geosec.reference.names import SIMILARITY_SOUND

if TYPE_CHECKING:
    from collections.abc import Container

    from geosec.geocoding.grammar.phrases import Item
    from geosec.geocoding.placing.heads import Head
    from geosec.geocoding.placing.matcher import Candidate
    from geosec.geocoding.placing.places import Place
    from geosec.match_rules import EvidenceName

SPELT_ALIKE = 0.95  # similarity from which a spelling is not worth a word


def list_assumptions(head: Head, place: Place, found: Container[EvidenceName]) -> list[str]:
    """Say what of a phrase was not known, and what stands for it."""
    told = []
    if head.skipped and (missing := _name_missing(head.skipped)):
        told.append(f"{missing}: placed in {place.name}")
    if "road_to" in found:
        told.append(f"a road named after {place.name}: placed there")
    if "named_after" in found:
        told.append(f"named after {place.name}, and perhaps in another town: placed there")
    if "by_district" in found:
        told.append("it lies beside the district that is stated, and not in it")
    if "namesake" in found:
        told.append("a place of that name lies in another district, too")
    if not place.has_point and place.feature_class not in UNITS | WAYS:
        told.append(f"no coordinate is known for {place.name}: its district is used")
    return told


def list_notes(candidate: Candidate) -> list[str]:
    """Say what the gazetteer says of a place: another spelling, a note on its district."""
    place, told = candidate.place, []
    if candidate.similarity < SPELT_ALIKE:
        share = f"{candidate.similarity:.0%} probable"
        told.append(f"read as {place.name}, which is spelt otherwise ({share})")
    if place.note and place.feature_class == "district":
        told.append(place.note)
    return told


def _name_missing(items: tuple[Item, ...]) -> str:
    """Tell names that no place bears from those that a place elsewhere bears."""
    names: dict[str, list[str]] = {}
    for item in items:
        if not item.generic:
            told = "known elsewhere only" if is_known_elsewhere(item) else "not in the gazetteer"
            listed = names.setdefault(told, [])
            if (name := repr(item.whole or item.text)) not in listed:
                listed.append(name)
    return ", ".join([f"{', '.join(listed)} {told}" for told, listed in names.items()])


def is_known_elsewhere(item: Item) -> bool:
    """Whether an item that is not the place names one that is known, but not here."""
    if item.name is None or item.compound or item.generic or item.whole:
        return False
    return item.name.similarity >= SIMILARITY_SOUND
