"""What a row gives beside its phrase: a province, a district, a tehsil or town, as people write."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geosec.geocoding.grammar.parsing import parse_phrase
from geosec.reference.feature_classes import SETTLEMENTS
from geosec.reference.memo import Memo
from geosec.shared import build_once_each

if TYPE_CHECKING:
    from geosec.geocoding.placing.ground import Ground
    from geosec.geocoding.placing.places import Place
    from geosec.language.languages import Language
    from geosec.reference.names import Name

_FIRST = frozenset({"province", "division"})
_SECOND = frozenset({"district"})
_THIRD = SETTLEMENTS | {"tehsil"}


class Hints(NamedTuple):
    """What a row gives beside its phrase, as people write it; empty where it gives nothing."""

    admin1: str = ""  #: a province
    admin2: str = ""  #: a district
    admin3: str = ""  #: a tehsil or a town


NO_HINTS = Hints()


class Given(NamedTuple):
    """What the hints of a row are known to mean."""

    provinces: frozenset[str] = frozenset()  #: `adm1_code` of those it must be in; empty for any
    districts: frozenset[str] = frozenset()  #: `adm2_code` of those it must be in; empty for any
    unit: Place | None = None  #: the finest unit; None where the hints mean none, or several
    unknown: tuple[str, ...] = ()  #: the hints that are not known: ``admin1``, ``admin2``

    @property
    def is_loose(self) -> bool:
        """Whether the districts are those of a division, which a phrase may say better."""
        return self.unit is not None and self.unit.feature_class == "division"


NOTHING_GIVEN = Given()


class HintReader:
    """Read the hints of rows; the same hints are read once."""

    def __init__(self, ground: Ground, language: Language) -> None:
        self._ground = ground
        self._language = language
        self._first = Memo(self._find_first, 4096)
        self._why = Memo(self._find_why, 4096)
        self._given = Memo(self._make_given, 65_536)

    def read(self, hints: Hints) -> Given:
        """Read what the hints of a row mean, each within what the one before it gives."""
        return self._given[hints]

    def explain_unknown(self, hints: Hints) -> dict[str, str]:
        """Say of each hint that cannot be used why: ``not known``, or known but not there."""
        return {name: self._why[name, hints] for name in self.read(hints).unknown}

    def _find_why(self, asked: tuple[str, Hints]) -> str:
        name, hints = asked
        level = Hints._fields.index(name)
        classes = (_FIRST, _SECOND, _THIRD)[level]
        places = [each for each in self._list_named(hints[level]) if each.feature_class in classes]
        if not level or not places:
            return "not known"
        around = self.read(Hints(*hints[:level]))
        if any(_may_hold(around, each) for each in places):
            return "known, but of several it is not clear which"
        before = zip(Hints._fields, hints[:level], strict=False)
        used = [said for name, said in before if said.strip() and name not in around.unknown]
        return f"known, but not in {used[-1]!r}"

    def _make_given(self, hints: Hints) -> Given:
        levels = [self._first[hints.admin1]]
        for said, classes in ((hints.admin2, _SECOND), (hints.admin3, _THIRD)):
            provinces, districts = _narrow(levels, self._ground)
            if len(levels) == 1:
                districts = frozenset()  # a division is no firm border: its districts change
            levels.append(
                [
                    place
                    for place in self._list_named(said)
                    if place.feature_class in classes
                    and (not provinces or place.adm1_code in provinces)
                    and (not districts or place.adm2_code in districts)
                ]
            )
        levels[2] = _keep_sure(levels[2])
        said_unknown = zip(Hints._fields, hints, levels, strict=True)
        unknown = tuple(name for name, said, found in said_unknown if said.strip() and not found)
        finest = next((found for found in reversed(levels) if found), [])
        return Given(*_narrow(levels, self._ground), _choose_unit(finest), unknown)

    def _find_first(self, admin1: str) -> list[Place]:
        """Find the provinces at home that a row means: by name, nearly, or by ISO 3166-2 code."""
        code = admin1.strip().upper().replace("_", "-")
        if code in self._provinces:
            return [self._provinces[code]]
        places = self._list_named(admin1)
        if any(
            not place.is_home for place in places if place.feature_class in _FIRST | {"country"}
        ):
            return []
        return [place for place in places if place.feature_class in _FIRST]

    def _list_named(self, said: str) -> list[Place]:
        """List the places that a hint names, without nouns and near spellings put right."""
        if not said.strip():
            return []
        ids = [each for name in self._read_names(said) for each in name.places]
        return self._ground.list_places(dict.fromkeys(ids))

    def _read_names(self, said: str) -> list[Name]:
        whole = self._ground.names.find(said)
        if whole is not None:
            return [whole]
        phrase = parse_phrase(said, self._ground.names, self._language)
        return [item.name for item in phrase.items if item.name is not None and not item.compound]

    @build_once_each
    def _provinces(self) -> dict[str, Place]:
        places = self._ground.gazetteer.places
        at_home = places["country_code"].isin(self._ground.gazetteer.home)
        ids = places.index[at_home & (places["feature_class"] == "province")]
        return {place.adm1_code: place for place in self._ground.list_places(ids)}


def _may_hold(given: Given, place: Place) -> bool:
    """Whether a place lies in what hints give."""
    districts = frozenset() if given.is_loose else given.districts
    if given.provinces and place.adm1_code not in given.provinces:
        return False
    return not districts or place.adm2_code in districts


def _narrow(levels: list[list[Place]], ground: Ground) -> tuple[frozenset[str], frozenset[str]]:
    """Give the codes of the provinces and of the districts that the finest known level is in."""
    for found in reversed(levels):
        provinces = frozenset(place.adm1_code for place in found if place.adm1_code)
        whole = any(place.feature_class == "province" for place in found)
        parts = [ground.list_districts(place) for place in found]
        if found:
            return provinces, frozenset() if whole else frozenset().union(*parts)
    return frozenset(), frozenset()


def _keep_sure(towns: list[Place]) -> list[Place]:
    """Keep towns and tehsils that all lie in one district: of namesakes none is sure."""
    return towns if len({place.adm2_code for place in towns}) == 1 else []


def _choose_unit(found: list[Place]) -> Place | None:
    """Choose the one unit that a hint means, a tehsil before its town."""
    if not found or len({(place.adm1_code, place.adm2_code) for place in found}) > 1:
        return None
    return max(found, key=lambda place: place.row.rank)
