"""Places that stand side by side put in order: what lies in the other comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.geocoding.placing.places import TEHSIL_M, is_around, measure_extent_m
from geosec.geocoding.placing.scope import is_listed
from geosec.geodesy.geodesics import distance_between_m
from geosec.language import tags
from geosec.reference.feature_classes import IN_TOWN, SMALL_PLACES, UNITS, WAYS
from geosec.reference.memo import Memo
from geosec.reference.names import SIMILARITY_SOUND

if TYPE_CHECKING:
    from geosec.geocoding.grammar.phrases import Item, Phrase
    from geosec.geocoding.placing.ground import Ground
    from geosec.geocoding.placing.places import Place
    from geosec.reference.names import Name

_SIDE_BY_SIDE = frozenset({tags.COMMA, tags.IN, tags.HYPHEN, tags.NEAR})
_HOLDING = frozenset({"district", "tehsil", "town"})
# Nouns of what is no unit or town: "Khuzdar Road", "Khuzdar village".
_NO_LARGER = tags.BUILT | {tags.BORDER, tags.VILLAGE, tags.STATION, tags.RAILWAY, tags.QUARTER}
# Nouns of what is not at the place of its name: "Wadh Road".
_NO_FINER = frozenset(
    {tags.ROAD, tags.COLONY, tags.BORDER, tags.RAILWAY, tags.DISTRICT, tags.PROVINCE, tags.ROUTE}
)
_NEVER_INSIDE = UNITS | WAYS
_PARTS = (IN_TOWN | SMALL_PLACES) - {"area", "tehsil", "union_council"}  # of a tehsil or town
_KNOWN_ELSEWHERE = 50_000.0  # people of a town that is meant wherever its name stands


class Nesting:
    """Read "Khuzdar, Wadh" as "Wadh, Khuzdar": of two places the one in the other is meant."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._holders: Memo[Name, list[Place]] = Memo(self._list_holders)
        self.nested: Memo[tuple[Name, Name], bool] = Memo(self._is_nested)
        """Whether the second of two names means a place in what the first means."""

    def put_finer_first(self, phrase: Phrase) -> Phrase:
        """Put each place of a phrase behind the next one if that lies in it."""
        items = list(phrase.items)
        named = [at for at, item in enumerate(items) if item.name is not None]
        for at, behind in zip(named[-2::-1], named[:0:-1], strict=True):
            larger, finer, between = items[at], items[behind], items[at + 1 : behind]
            if not self._may_nest(larger, finer, phrase.text) or is_listed(items, behind):
                continue
            if any(each.relation not in _SIDE_BY_SIDE for each in between):
                continue
            first, *others = (*between, finer)
            if first.relation not in tags.CLOSE_BY:
                first = first._replace(relation=larger.relation)
            round_it = larger._replace(relation=str(tags.COMMA))
            items[at : behind + 1] = map(_stand_alone, (first, *others, round_it))
        return phrase._replace(items=tuple(items))

    def _may_nest(self, larger: Item, finer: Item, text: str) -> bool:
        """Whether two items are a place and what lies in it, as their names and nouns tell."""
        if larger.name is None or finer.name is None or larger.compound or finer.compound:
            return False
        if larger.relation in tags.ENDS or finer.relation not in _SIDE_BY_SIDE:
            return False
        if not (_NO_LARGER.isdisjoint(larger.nouns) and _NO_FINER.isdisjoint(finer.nouns)):
            return False
        if larger.beside and f"{larger.text} {finer.text}" in text:
            return False  # "Khar Tangi" may be one name
        return self.nested[larger.name, finer.name]

    def _is_nested(self, names: tuple[Name, Name]) -> bool:
        """Whether the second means a place in what the first does, and nothing known elsewhere."""
        larger, finer = names
        holders = self._holders[larger]
        if not holders or larger is finer or finer.similarity < SIMILARITY_SOUND:
            return False
        places = self._ground.list_places(finer.places)
        if not _are_units_of(holders, places + self._holders[finer]):
            return False
        inside = [each for each in places if any(_holds(holder, each) for holder in holders)]
        return bool(inside) and not _is_known_beside(inside, places)

    def _list_holders(self, name: Name) -> list[Place]:
        """List the districts, tehsils and towns of a name, and the districts of its towns."""
        if name.similarity < SIMILARITY_SOUND:
            return []
        places = self._ground.list_places(name.places)
        kept = [each for each in places if each.is_home and each.feature_class in _HOLDING]
        return kept + [unit for town in kept for unit in self._list_namesakes(town, kept)]

    def _list_namesakes(self, town: Place, known: list[Place]) -> list[Place]:
        """List the district that a town lies in, where it bears the town's name."""
        if any(each.feature_class == "district" for each in known):
            return []
        name = self._ground.names.find(town.name)
        alike = self._ground.list_places(name.places) if name is not None else []
        return [
            each for each in alike if each.feature_class == "district" and is_around(each, town)
        ]


def _are_units_of(holders: list[Place], places: list[Place]) -> bool:
    """Whether all units among places are some that hold: two districts, or seats, are a list."""
    return all(each in holders for each in places if each.feature_class in UNITS)


def _is_known_beside(inside: list[Place], places: list[Place]) -> bool:
    """Whether a large town elsewhere bears the name, and is meant wherever the name stands."""
    others = (each.population for each in places if each not in inside)
    return max(others, default=0.0) >= _KNOWN_ELSEWHERE


def _holds(larger: Place, place: Place) -> bool:
    """Whether a place lies in a district, or is a small one in the reach of a tehsil or town."""
    if place.feature_class in _NEVER_INSIDE or not place.is_home:
        return False
    if larger.feature_class == "district":
        return place.adm2_code == larger.adm2_code
    if place.feature_class not in _PARTS or not (place.has_point and larger.has_point):
        return False
    away_m = distance_between_m(place.lon, place.lat, larger.lon, larger.lat)
    if larger.feature_class == "tehsil":
        return place.adm2_code == larger.adm2_code and away_m <= TEHSIL_M
    return away_m <= measure_extent_m(larger) + PARAMETERS.near_m


def _stand_alone(item: Item) -> Item:
    """Take two names apart that a slash or a colon stands between."""
    return item._replace(beside=(), whole="") if item.beside else item
