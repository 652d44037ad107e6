"""When a phrase speaks of a place abroad, and when a name abroad only happens to be the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geosec.geocoding.placing.containers import ABROAD
from geosec.geocoding.placing.ground import comes_within
from geosec.language import tags

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from geosec.geocoding.grammar.phrases import Item
    from geosec.geocoding.placing.containers import Container
    from geosec.geocoding.placing.ground import Ground
    from geosec.geocoding.placing.places import Place

# A town abroad is known here if it is at the border, large and near, or very large: of other such
# names in real reports of Pakistan (UCDP GED) four of five are villages at home in no gazetteer.
_AT_BORDER_M = 120_000.0
_NEAR_M = 300_000.0
_KNOWN_PEOPLE = 45_000.0
_METROPOLIS = 1_000_000.0
# Provinces share their names across a border: Punjab, Balochistan. What is that near to one is
# meant in the other.
_ACROSS_M = 150_000.0
_SETTLED = frozenset({tags.TOWN, tags.VILLAGE, tags.TEHSIL, tags.AREA, tags.QUARTER})
_LOCAL = _SETTLED | tags.BUILT


def is_local(nouns: str) -> bool:
    """Whether the nouns beside a name are of something small: "Bahrain valley" is no country."""
    return not _LOCAL.isdisjoint(nouns)


def is_known_abroad(place: Place, ground: Ground, nouns: str = "") -> bool:
    """Whether a place is a country or province abroad, or a town there that is known here.

    Where `nouns` beside the name are of something local it must be near, and large for a
    settlement: "Ilam area" is not in Iran, nor "Dubai chowk" in Dubai.
    """
    if place.is_home:
        return False
    if place.feature_class != "town" or ground.land is None:
        return True
    is_large = place.population >= _KNOWN_PEOPLE
    if not is_large and not _SETTLED.isdisjoint(nouns):
        return False
    if place.population >= _METROPOLIS and not is_local(nouns):
        return True
    reach_m = _NEAR_M if is_large else _AT_BORDER_M
    town = shapely.Point(place.lon, place.lat)
    return comes_within(ground.land, town, reach_m)


def drop_namesakes(
    named: Sequence[Container], numbers: Sequence[int], items: Sequence[Item]
) -> list[Container]:
    """Drop the countries abroad that stand in a unit at home: "Bahrain, Swat".

    `numbers` are those of the items that name each of the containers.
    """
    both = list(zip(numbers, named, strict=True))
    holding = [
        number
        for number, container in both
        if container.kind not in ABROAD and number and items[number].relation in tags.HOLDS
    ]
    last = max(holding, default=-1)
    return [each for number, each in both if each.kind not in ABROAD or number > last]


def find_across(items: Sequence[Item], ground: Ground) -> str:
    """Find the country of "Amritsar, Punjab": a town abroad, near the province named behind it.

    ISO 3166-1 code; empty where there is none. The first item bears a name of places abroad only.
    """
    towns = ground.list_places(items[0].name.places if items[0].name is not None else ())
    areas = _list_province_areas(items[1:], ground)
    near = [
        town.country_code
        for town in towns
        if town.has_point and is_known_abroad(town, ground)
        for area in areas
        if comes_within(area, shapely.Point(town.lon, town.lat), _ACROSS_M)
    ]
    return near[0] if near else ""


def _list_province_areas(items: Sequence[Item], ground: Ground) -> list[BaseGeometry]:
    """List the areas of the provinces at home that hold what stands before them."""
    codes = [
        place.adm1_code
        for item in items
        if item.name is not None and item.relation in tags.HOLDS
        for place in ground.list_places(item.name.places)
        if place.feature_class == "province" and place.is_home
    ]
    return [area for code in codes if (area := ground.find_area(code)) is not None]
