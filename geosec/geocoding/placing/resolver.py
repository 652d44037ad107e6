"""The second step: which item of a phrase is the place, and which places it may mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geosec.geocoding.grammar.phrases import Item
from geosec.geocoding.placing.heads import Head, HeadFinder, share_abroad
from geosec.geocoding.placing.matcher import Candidate
from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.geocoding.placing.places import measure_extent_m
from geosec.geodesy.geodesics import distance_between_m
from geosec.language import tags
from geosec.reference.feature_classes import SURE_NAMES, UNITS, WAYS
from geosec.reference.names import SIMILARITY_SOUND
from geosec.reference.toponyms import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geosec.geocoding.grammar.phrases import Phrase
    from geosec.geocoding.placing.ground import Ground
    from geosec.geocoding.placing.matcher import Matcher
    from geosec.geocoding.placing.places import Place
    from geosec.geocoding.placing.scope import Scope
    from geosec.language.languages import Language
    from geosec.reference.names import Name

_TOO_WIDE = UNITS - {"district"}  # units that stand for nothing in them
_AROUND = UNITS | WAYS  # what says no more of a road than its ends do
_FAR = frozenset({tags.OF, tags.FROM, tags.OFF, tags.OWNER})  # "400 km east of Quetta" is far
_NOWHERE = _TOO_WIDE | WAYS  # what is near everything along it, or in it


class Resolution(NamedTuple):
    """The item that is the place, and the items named on a par with it."""

    heads: tuple[Head, ...] = ()
    leftover: str = ""  #: what stands behind them and was not understood


class Miss(NamedTuple):
    """What kept a known name from being the place."""

    abroad: Sequence[Candidate] = ()  #: it most probably lies abroad
    word: Head | None = None  #: it is also a word


NOTHING = Resolution()


class Resolver:
    """Find the item of a phrase that is the place."""

    def __init__(self, ground: Ground, matcher: Matcher, language: Language) -> None:
        self._ground = ground
        self._matcher = matcher
        self._heads = HeadFinder(ground, matcher)
        self._away_km: dict[tuple[Place, Name], int] = {}
        self._language = language

    def resolve(self, phrase: Phrase, scope: Scope) -> Resolution:
        """Find the item that is the place: of all, or of those that stand before a construction.

        Before a construction an area does not count, for it is only what lies round the place.
        """
        if phrase.clause is None:
            return self._resolve_items(phrase, phrase.items, scope)
        at_post = phrase.clause.post_km is not None  # the names beside a post are of its line
        behind = () if at_post else phrase.items[phrase.position :]
        nothing = Resolution(leftover=_name_unread(phrase, behind))
        if not phrase.position or phrase.clause.post_km is not None:
            return nothing
        found = self._resolve_items(phrase, phrase.items[: phrase.position], scope)
        if not found.heads or all(
            each.place.feature_class in UNITS for each in found.heads[0].candidates
        ):
            return nothing
        return found

    def resolve_along(self, phrase: Phrase, scope: Scope) -> Resolution:
        """Find the item behind a road that says where on it: "Quetta-Sibi road, Mach"."""
        behind = phrase.items[phrase.position :]
        found = self._resolve_items(phrase, behind, scope) if behind else NOTHING
        names = [head.item.name for head in found.heads if head.item.name is not None]
        places = self._ground.list_places([each for name in names for each in name.places])
        return NOTHING if any(each.feature_class in _AROUND for each in places) else found

    def name_unused(self, along: Resolution, resolution: Resolution) -> Resolution:
        """Name the places behind a road that lie elsewhere, and so do not say where on it."""
        told = [f"{head.item.text!r} does not lie there, and is not used" for head in along.heads]
        leftover = "; ".join(filter(None, [*told, resolution.leftover]))
        return resolution._replace(leftover=leftover)

    def resolve_beside(self, phrase: Phrase, scope: Scope) -> Resolution:
        """Find an item beside a construction that may stand for it: all of them count."""
        return self._resolve_items(phrase, phrase.items, scope)

    def resolve_unit(self, phrase: Phrase, scope: Scope) -> Resolution:
        """Let the district or tehsil that the row gives stand for what is not known in it."""
        unit, clause = scope.unit, phrase.clause
        named = (*(clause.items if clause is not None else ()), *phrase.items)
        if unit is None or not named or unit.feature_class in _TOO_WIDE:
            return NOTHING
        if clause is not None and clause.kind == "km_post":
            return NOTHING
        items = tuple(item for item in named if not self._is_round(item, unit, scope))
        noun = tags.DISTRICT if unit.feature_class == "district" else ""
        item = Item(unit.name, nouns=noun, relation=str(tags.IN))
        return Resolution((Head(item, (Candidate(unit, 1.0, 1.0),), items),))

    def find_miss(self, phrase: Phrase, scope: Scope) -> Miss:
        """Find what kept a known name from being the place."""
        for item in phrase.items:
            found = self._matcher.find_candidates(item, scope)
            if found and share_abroad(found) > PARAMETERS.abroad_share:
                return Miss(abroad=found)
        head = self._heads.find(phrase.items, scope)
        if head is not None and self._is_word(head, phrase, scope):
            return Miss(word=head)
        return Miss()

    def _resolve_items(self, phrase: Phrase, items: tuple[Item, ...], scope: Scope) -> Resolution:
        head = self._heads.find(items, scope)
        if (
            head is None
            or (scope.unit is not None and self._is_round(head.item, scope.unit, scope))
            or head.abroad > PARAMETERS.abroad_share
            or self._is_word(head, phrase, scope)
        ):
            return NOTHING
        if head.item is phrase.items[-1] and not phrase.unread:  # nothing stands behind it
            return Resolution((head,))
        heads = (head, *self._heads.find_twins(head, items, scope))
        behind = list_behind(phrase, heads)
        leftover = [self._name_apart(head, behind), _name_unread(phrase, behind)]
        return Resolution(heads, "; ".join(filter(None, leftover)))

    def _name_apart(self, head: Head, behind: Sequence[Item]) -> str:
        """Name the places behind the one that is taken that lie too far away to be told of it."""
        place = head.candidates[0].place
        told = []
        for item in behind:
            name = item.name
            if name is None or item.compound or item.relation in _FAR:
                continue
            away_km = self._away_km.get((place, name))
            if away_km is None:
                away_km = self._away_km[place, name] = self._measure_away_km(place, name)
            if away_km:
                told.append(f"{item.text!r} is {away_km} km from there, and not used")
        return "; ".join(told)

    def _measure_away_km(self, place: Place, name: Name) -> int:
        """Measure how far a place lies from all that a name may mean; 0 if it may lie there."""
        others = self._ground.list_places(name.places)
        pointed = [each for each in others if each.has_point and each.is_home]
        if name.similarity < SIMILARITY_SOUND or not (pointed and place.has_point):
            return 0
        if not _NOWHERE.isdisjoint([place.feature_class, *(each.feature_class for each in others)]):
            return 0
        nearest = min(pointed, key=lambda each: _measure_between_m(place, each))
        reach_m = PARAMETERS.agreed_m + measure_extent_m(place) + measure_extent_m(nearest)
        if self._heads.is_near_any(place, others, reach_m):
            return 0
        return round(_measure_between_m(place, nearest) / 1_000)

    def _is_round(self, item: Item, unit: Place, scope: Scope) -> bool:
        """Whether an item names no more than what the unit of its row is in: Balochistan."""
        found = self._matcher.find_everywhere(item, scope)
        return bool(found) and all(
            each.place.feature_class in UNITS and each.place.row.rank > unit.row.rank
            for each in found
        )

    def _is_word(self, head: Head, phrase: Phrase, scope: Scope) -> bool:
        """Whether a name is also a word, and nothing beside it says that the place is meant."""
        item = head.item
        beside = len(phrase.items) > 1 or item.nouns or item.relation
        if item.name is None or beside or scope.is_place or scope.is_hinted:
            return False
        if len(item.text) > self._language.longest_also_word:
            return False
        key = normalise(item.text)
        if key in self._language.also_words:
            return not (scope.provinces and _is_settled(head))
        is_short = len(key) <= PARAMETERS.word_letters and key.isascii() and key.isalpha()
        return is_short and not _is_settled(head)


def _measure_between_m(place: Place, other: Place) -> float:
    return distance_between_m(place.lon, place.lat, other.lon, other.lat)


def _is_settled(head: Head) -> bool:
    """Whether an item may mean a place that nobody would take for the word."""
    return any(each.place.feature_class in SURE_NAMES for each in head.candidates)


def list_behind(phrase: Phrase, heads: Sequence[Head]) -> Sequence[Item]:
    """List what stands behind the places of a phrase."""
    return phrase.items[phrase.items.index(heads[-1].item) + 1 :]


def _name_unread(phrase: Phrase, behind: Sequence[Item]) -> str:
    """Name the measures and, of some items, the names that were not understood, or only in part."""
    names = [
        repr(item.text)
        for item in behind
        if (item.name is None or item.compound) and not item.generic
    ]
    names += [phrase.unread] if phrase.unread else []
    return f"{', '.join(names)} not understood" if names else ""
