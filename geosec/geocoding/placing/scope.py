"""The first step: what phrase and row say about where the place must lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geosec.geocoding.grammar import tags
from geosec.geocoding.placing.abroad import (
    ABROAD,
    Container,
    ContainerKind,
    drop_namesakes,
    find_across,
    is_known_abroad,
    is_local,
)
from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.reference.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geosec.geocoding.grammar.phrases import Item, Phrase
    from geosec.geocoding.placing.ground import Ground
    from geosec.geocoding.placing.places import Place

_BORDER = "border_crossing"


@dataclass(frozen=True, eq=False)
class Scope:
    """Where a place must lie, known before any place is looked for.

    Scopes are compared by identity, for a reader makes each of them once: so they are cheap keys.
    """

    provinces: frozenset[str] = frozenset()  #: `adm1_code` of those it must be in; empty for any
    districts: frozenset[str] = frozenset()  #: `adm2_code` of those that the phrase names
    country: str = ""  #: ISO 3166-1 code of a country abroad that the phrase names
    is_place: bool = False  #: the words round the phrase say that a place is meant
    admin1: str = ""  #: the province that the row gives, as written
    contradiction: str = ""  #: why phrase and row cannot both be right


ANYWHERE = Scope()


class ScopeReader:
    """Read the scope off a phrase and its row."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._containers: dict[tuple[str, ...], tuple[Container, ...]] = {}
        self._scopes = Memo(self._make_scope)

    def read(self, phrase: Phrase, admin1: str = "", *, is_place: bool = False) -> Scope:
        """Read off the provinces, districts and countries named round the place of a phrase.

        A bare district name counts where it stands behind another item; `admin1` is the province
        that the row gives.
        """
        items = phrase.items
        named: list[tuple[int, Container]] = []
        for number, item in enumerate(items):
            if item.name is None or item.compound or item.relation == tags.NEAR:
                continue
            if item.name.similarity < PARAMETERS.clear_weight:
                continue  # too unsure a guess to bind anything
            ids = item.name.places
            containers = self._containers.get(ids)
            if containers is None:
                containers = self._containers[ids] = self._find_containers(ids)
            if containers:
                around = [each for each in containers if self._is_around(each[0], items, number)]
                named += [(number, each) for each in around]
        meant = [container for _, container in named]
        if len(items) > 1:
            meant = drop_namesakes(named, items)
            if across := find_across(items, self._ground):
                meant.append(("country", across))
        return self._scopes[tuple(meant), admin1, is_place]

    def _make_scope(self, asked: tuple[tuple[Container, ...], str, bool]) -> Scope:
        named, admin1, is_place = asked
        provinces = frozenset(code for kind, code in named if kind == "province")
        given = self._find_provinces(admin1)
        contradiction = ""
        if given and provinces and not given & provinces:
            told = ", ".join(sorted(provinces))
            contradiction = f"the phrase says {told}, the report's province is {admin1!r}"
        return Scope(
            given or provinces,
            frozenset(code for kind, code in named if kind == "district"),
            min((code for kind, code in named if kind in ABROAD), default=""),
            is_place,
            admin1,
            contradiction,
        )

    def _find_provinces(self, admin1: str) -> frozenset[str]:
        """Find the provinces at home that bear the name which the row gives."""
        name = self._ground.names.find(admin1) if admin1.strip() else None
        places = self._ground.list_places(name.places) if name is not None else []
        return frozenset(
            place.adm1_code
            for place in places
            if place.feature_class == "province" and place.is_home
        )

    def _find_containers(self, ids: tuple[str, ...]) -> tuple[Container, ...]:
        """List the provinces, districts and countries abroad among places.

        A town abroad, where no place at home bears the name, says in which country the rest is.
        """
        places = self._ground.list_places(ids)
        if all(place.feature_class == "town" and not place.is_home for place in places):
            known = [place for place in places if is_known_abroad(place, self._ground, tags.AREA)]
            named: list[Container] = [("town abroad", place.country_code) for place in known]
        else:
            named = [found for place in places if (found := _find_container(place)) is not None]
        return tuple(found for found in named if found[1])

    def _is_around(self, kind: ContainerKind, items: Sequence[Item], number: int) -> bool:
        """Whether a phrase says that its place lies in the container that an item names."""
        item = items[number]
        if kind == "district":
            return tags.DISTRICT in item.nouns or (number > 0 and item.relation in tags.HOLDS)
        if kind == "town abroad" and not _is_behind(item, number):
            return False
        if kind in ABROAD and is_local(item.nouns):
            return False
        if kind in ABROAD and item.relation != tags.OWNER:
            return not self._is_across(items, number)
        return True

    def _is_across(self, items: Sequence[Item], number: int) -> bool:
        """Whether a country is only across the border: "the border gate with Iran" is at home."""
        if number > 0 and self._is_border(items[number - 1]):
            return True
        return tags.BORDER in items[number].nouns and sum(map(_has_name, items)) > 1

    def _is_border(self, item: Item) -> bool:
        if tags.BORDER in item.nouns:
            return True
        places = self._ground.list_places(item.name.places) if item.name is not None else []
        return any(place.feature_class == _BORDER for place in places)


def _is_behind(item: Item, number: int) -> bool:
    """Whether an item is round the one before, and is no part of its name: "Gat Agra"."""
    return number > 0 and item.relation in tags.HOLDS and not item.beside


def _has_name(item: Item) -> bool:
    return item.name is not None


def _find_container(place: Place) -> Container | None:
    """Say what container a place is, with its code; None for what contains nothing."""
    if place.feature_class in {"country", "province"} and not place.is_home:
        return "country", place.country_code
    if place.feature_class == "province":
        return "province", place.adm1_code
    return ("district", place.adm2_code) if place.feature_class == "district" else None
