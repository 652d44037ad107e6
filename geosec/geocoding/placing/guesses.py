"""How probable a guess at a spelling is, and what it may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.language import tags
from geosec.reference.feature_classes import UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geosec.geocoding.placing.places import Place
    from geosec.geocoding.placing.scope import Scope

_TEHSIL = frozenset({"tehsil"})
_TOWNS = _TEHSIL | {"town"}
_CLASSED = tags.AREAL | {tags.STATION}  # nouns that say for certain what a guess must be
_SMALL = tags.THINGS | tags.LOCALITY | {tags.TOWN, tags.ROAD}  # nouns of what is no unit


def keep_fitting(
    places: list[Place], nouns: str, wants: Mapping[str, tuple[str, ...]]
) -> list[Place]:
    """Keep what a guess may be: of the class that is asked for, and no unit for a village."""
    if not nouns:
        return places
    asked = {each for noun in nouns if noun in _CLASSED for each in wants.get(noun, ())}
    if asked:
        return [place for place in places if place.feature_class in asked]
    if _SMALL.isdisjoint(nouns):
        return places
    return [place for place in places if place.feature_class not in UNITS]


def rate_guess(
    similarity: float, places: list[Place], bearers: Iterable[Place], scope: Scope
) -> float:
    """Say how probable it is that a misspelt name means one of some places, in what is stated.

    `bearers` are all that bear the name there: a town's tehsil bears its name, too.
    """
    odds, most = similarity / (1 - similarity), PARAMETERS.guess_most
    if scope.districts or scope.provinces:
        odds *= _weigh_agreement(places, scope)
    if not _TOWNS.isdisjoint([each.feature_class for each in bearers]):
        odds *= PARAMETERS.guess_town
    if _TEHSIL.issuperset([each.feature_class for each in places]):
        odds *= PARAMETERS.guess_tehsil
        most = PARAMETERS.guess_tehsil_most
    return min(odds / (1 + odds), most)


def _weigh_agreement(places: list[Place], scope: Scope) -> float:
    """Give the odds that what is said of province and district lends to a guess."""
    smaller = (place.adm2_code for place in places if place.feature_class not in UNITS)
    inside = not scope.districts.isdisjoint(smaller)
    if inside and not scope.is_wide:
        return PARAMETERS.guess_in_district
    if inside or any(place.adm1_code in scope.provinces for place in places):
        return PARAMETERS.guess_in_province
    return 1.0
