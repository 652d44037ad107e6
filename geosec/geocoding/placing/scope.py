"""The first step: what phrase and row say about where the place must lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geosec.geocoding.placing.abroad import drop_namesakes, find_across, is_known_abroad, is_local
from geosec.geocoding.placing.containers import ABROAD, DISTRICTS, Container, ContainerKind
from geosec.geocoding.placing.hints import NO_HINTS, NOTHING_GIVEN, Given, HintReader, Hints
from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.language import tags
from geosec.reference.feature_classes import UNITS
from geosec.reference.memo import Memo
from geosec.reference.names import SIMILARITY_SOUND
from geosec.reference.toponyms import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geosec.geocoding.grammar.phrases import Item, Phrase
    from geosec.geocoding.placing.ground import Ground
    from geosec.geocoding.placing.places import Place
    from geosec.language.languages import Language
    from geosec.reference.names import Name

_BORDER = "border_crossing"
_SAID_IN = frozenset({tags.COMMA, tags.IN})
_HOLDING = frozenset({"country", "province", "division", "district"})


@dataclass(frozen=True, eq=False)
class Scope:
    """Where a place must lie, known before any place is looked for.

    Scopes are compared by identity, for a reader makes each of them once: so they are cheap keys.
    """

    provinces: frozenset[str] = frozenset()  #: `adm1_code` of those it must be in; empty for any
    districts: frozenset[str] = frozenset()  #: `adm2_code` of those it must be in; empty for any
    country: str = ""  #: ISO 3166-1 code of a country abroad that the phrase names
    is_place: bool = False  #: the words round the phrase say that a place is meant
    hints: Hints = NO_HINTS  #: what the row gives
    unit: Place | None = None  #: the finest unit that the row gives, and that the phrase may mean
    is_hinted: bool = False  #: a hint of the row is known, and holds
    contradiction: str = ""  #: why phrase and row cannot both be right
    is_wide: bool = False  #: its districts are all those of a division, which says less than one


ANYWHERE = Scope()
_A_PLACE = Scope(is_place=True)


class ScopeReader:
    """Read the scope off a phrase and its row."""

    def __init__(self, ground: Ground, language: Language) -> None:
        self._ground = ground
        self._language = language
        self._hints = HintReader(ground, language)
        self._firm = Memo(self._find_firm)
        self._loose: dict[tuple[str, ...], tuple[Container, ...]] = {}
        self._is_far = Memo(self._are_abroad)
        self._scopes = Memo(self._make_scope)

    def read(self, phrase: Phrase, hints: Hints = NO_HINTS, *, is_place: bool = False) -> Scope:
        """Read off the provinces, districts and countries named round the place of a phrase.

        A bare district name counts where it stands behind another item; `hints` are what the row
        gives beside the phrase.
        """
        items = phrase.items
        meant = self._list_around(phrase)
        if len(items) > 1 and items[0].name is not None and not items[0].compound:
            across = self._is_far[items[0].name] and find_across(items, self._ground)
            meant += [Container("country", across)] if across else []
        if not meant and hints == NO_HINTS:  # nothing is stated, as mostly
            return _A_PLACE if is_place else ANYWHERE
        return self._scopes[tuple(meant), hints, is_place]

    def _list_around(self, phrase: Phrase) -> list[Container]:
        """List the units that a phrase says its place is in."""
        items = phrase.items
        meant: list[Container] = []
        numbers: list[int] = []
        for number, item in enumerate(items):
            if item.name is None:
                continue
            ids = item.name.places
            units = self._loose.get(ids)
            if units is None:
                units = self._loose[ids] = self._find_containers(ids, firm=False)
            if not units or not _may_bind(item, is_behind=0 < number == phrase.position):
                continue
            for unit in self._firm[ids] if tags.DISTRICT in item.nouns else units:
                if self._is_around(unit.kind, items, number):
                    meant.append(unit)
                    numbers.append(number)
        return drop_namesakes(meant, numbers, items) if len(meant) > 1 else meant

    def explain_unknown(self, hints: Hints) -> dict[str, str]:
        """Say of the hints of a row that cannot be used why: ``admin1``: ``not known``."""
        return self._hints.explain_unknown(hints)

    def note_unknown(self, hints: Hints) -> str:
        """Say which hints of a row are not known, and were not used; empty if none."""
        why = self.explain_unknown(hints)
        unknown = [f"{name} {getattr(hints, name)!r} {told}" for name, told in why.items()]
        return f"{' and '.join(unknown)}, and not used" if unknown else ""

    def _make_scope(self, asked: tuple[tuple[Container, ...], Hints, bool]) -> Scope:
        named, hints, is_place = asked
        given = self._hints.read(hints) if any(hints) else NOTHING_GIVEN
        named = tuple(each for each in named if not _may_be_rival(each, given))
        provinces = frozenset(each.code for each in named if each.kind == "province")
        stated = [each for each in named if each.kind in DISTRICTS]
        within = _keep_within(stated, given)
        districts = frozenset(each.code for each in within)
        return Scope(
            given.provinces or provinces,
            districts or given.districts,
            min((each.code for each in named if each.kind in ABROAD), default=""),
            is_place,
            hints,
            given.unit,
            bool(given.provinces),
            _find_contradiction(provinces, [] if districts else stated, given, hints),
            _are_wide(within, given),
        )

    def _are_abroad(self, name: Name) -> bool:
        return True not in [place.is_home for place in self._ground.list_places(name.places)]

    def _find_firm(self, ids: tuple[str, ...]) -> tuple[Container, ...]:
        return self._find_containers(ids, firm=True)

    def _find_containers(self, ids: tuple[str, ...], *, firm: bool) -> tuple[Container, ...]:
        """List the provinces, districts and countries abroad among places.

        A town abroad, where no place at home bears the name, says in which country the rest is. A
        name that is not `firm` may as well mean another place that bears it.
        """
        places = self._ground.list_places(ids)
        holding = [place for place in places if place.feature_class in _HOLDING]
        if not holding:
            return self._list_towns_abroad(places)
        found = [each for place in holding for each in self._list_containers(place)]
        codes = {each.code for each in found}
        others = {code for place in places for code in (place.adm1_code, place.adm2_code)}
        rivals = frozenset() if firm else frozenset(others - codes - {""})
        return tuple(each._replace(rivals=rivals) for each in found if each.code)

    def _list_towns_abroad(self, places: list[Place]) -> tuple[Container, ...]:
        if (places and places[0].is_home) or any(
            place.is_home or place.feature_class != "town" for place in places
        ):
            return ()
        return tuple(
            Container("town abroad", place.country_code)
            for place in places
            if place.country_code and is_known_abroad(place, self._ground, tags.AREA)
        )

    def _list_containers(self, place: Place) -> list[Container]:
        """List the containers that a place is: a division is all of its districts."""
        kind, province = place.feature_class, place.adm1_code
        if kind in {"country", "province"} and not place.is_home:
            return [Container("country", place.country_code)]
        if kind == "province":
            return [Container("province", province)]
        if kind == "district":
            return [Container("district", place.adm2_code, province)]
        if kind == "division":
            codes = sorted(self._ground.list_districts(place))
            return [Container("division", code, province) for code in codes]
        return []

    def _is_around(self, kind: ContainerKind, items: Sequence[Item], number: int) -> bool:
        """Whether a phrase says that its place lies in the container that an item names."""
        item = items[number]
        if kind == "province":
            return tags.BUILT.isdisjoint(item.nouns)  # "Punjab Colony" is in Karachi
        if kind in DISTRICTS:
            bare = _holds(items, number) if number else self._is_opening(items)
            on_par = number == 1 and item.relation == tags.AND  # "Kalat and Panjgur district"
            return bare or (tags.DISTRICT in item.nouns and not on_par)
        if kind == "town abroad" and not _is_behind(item, number):
            return False
        return self._is_in_country(items, number)

    def _is_in_country(self, items: Sequence[Item], number: int) -> bool:
        """Whether a phrase says that its place lies in the country abroad that an item names."""
        if is_local(items[number].nouns):
            return False
        return items[number].relation == tags.OWNER or not self._is_across(items, number)

    def _is_opening(self, items: Sequence[Item]) -> bool:
        """Whether a phrase opens with its district, "Kurram agency, Chinarak area", and no list."""
        if len(items) < 2 or items[1].relation != tags.COMMA or items[0].name is None:
            return False
        if items[0].name.similarity < SIMILARITY_SOUND or is_listed(items, 1):
            return False
        places = self._ground.list_places(items[0].name.places)
        return all(place.feature_class in UNITS for place in places)

    def _is_across(self, items: Sequence[Item], number: int) -> bool:
        """Whether a country is only across the border: "the border gate with Iran" is at home.

        "Torkham, Afghanistan" is told to be there.
        """
        if number > 0 and self._is_border(items[number - 1]):
            return not self._is_told_in(items[number - 1], items[number])
        return tags.BORDER in items[number].nouns and sum(map(_has_name, items)) > 1

    def _is_told_in(self, crossing: Item, country: Item) -> bool:
        """Whether a crossing is told to be in a country, and nothing is said of its border."""
        if not _has_name(crossing) or country.relation not in _SAID_IN or country.beside:
            return False
        words = normalise(crossing.text).split()
        said = [self._language.tags.get(word) for word in words]
        return tags.BORDER not in said and tags.BORDER not in crossing.nouns + country.nouns

    def _is_border(self, item: Item) -> bool:
        if tags.BORDER in item.nouns:
            return True
        places = self._ground.list_places(item.name.places) if item.name is not None else []
        return any(place.feature_class == _BORDER for place in places)


def _may_bind(item: Item, *, is_behind: bool) -> bool:
    """Whether an item may say what the rest lies in; one may stand right behind a construction."""
    if item.name is None or item.compound or item.relation == tags.NEAR:
        return False
    if item.name.similarity < PARAMETERS.clear_weight:
        return False  # too unsure a guess to bind anything
    # "180 miles southeast of the provincial capital of Quetta" is in no district
    return not (is_behind and item.relation == tags.OF)


def _is_behind(item: Item, number: int) -> bool:
    """Whether an item is round the one before, and is no part of its name: "Gat Agra"."""
    return number > 0 and item.relation in tags.HOLDS and not item.beside


def _holds(items: Sequence[Item], number: int) -> bool:
    """Whether a bare name holds what stands before it: not in a list, "Mach, Sibi and Kalat"."""
    item = items[number]
    if item.name is None or item.name.similarity < SIMILARITY_SOUND:
        return False  # a guess at a spelling binds nothing
    return item.relation in tags.HOLDS and not is_listed(items, number)


def is_listed(items: Sequence[Item], number: int) -> bool:
    """Whether an item behind a comma is one of a list that ends in "and"."""
    behind = items[number + 1] if number + 1 < len(items) else None
    listed = items[number].relation == tags.COMMA
    return listed and behind is not None and behind.relation == tags.AND


def _has_name(item: Item) -> bool:
    return item.name is not None


def _is_within(stated: Container, given: Given) -> bool:
    """Whether a district that the phrase states is one that the row allows."""
    if given.districts and not given.is_loose:
        return stated.code in given.districts
    return not given.provinces or stated.province in given.provinces


def _keep_within(stated: Sequence[Container], given: Given) -> list[Container]:
    """Keep the districts that a phrase states and that its row allows."""
    return [each for each in stated if _is_within(each, given)]


def _are_wide(stated: Sequence[Container], given: Given) -> bool:
    """Whether districts are those of a division, by the phrase or else by its row."""
    if stated:
        return all(each.kind == "division" for each in stated)
    return bool(given.districts) and given.is_loose


def _may_be_rival(stated: Container, given: Given) -> bool:
    """Whether a name means another place than a district, for the row says where: a village."""
    if stated.kind not in DISTRICTS or _is_within(stated, given):
        return False
    inside = given.provinces if given.is_loose else given.districts or given.provinces
    return not stated.rivals.isdisjoint(inside)


def _find_contradiction(
    provinces: frozenset[str], stated: Sequence[Container], given: Given, hints: Hints
) -> str:
    """Say why phrase and row cannot both be right: `stated` are districts that the row excludes."""
    if given.provinces and provinces and not given.provinces & provinces:
        told = ", ".join(sorted(provinces))
        if given.unit is None or given.unit.feature_class == "province":
            return f"the phrase says {told}, the report's province is {hints.admin1!r}"
        return f"the phrase says {told}, the report gives {given.unit.name}"
    if stated:
        told = ", ".join(sorted({each.code for each in stated}))
        where = given.unit.name if given.unit is not None else ", ".join(filter(None, hints))
        return f"the phrase says {told}, the report gives {where}"
    return ""
