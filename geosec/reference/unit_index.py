"""Units of a layer found by their code, or by their name within the unit that holds them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from geosec.reference.misspellings import find_nearest
from geosec.reference.toponyms import normalise, skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SOUND_SHORTEST = 4
_NOUNS = re.compile(
    r"\b(?:district|agency|province|division|governorate|oblast|raion|county|state)\b"
)
_SHOWN = 3  # units that a reason names


@dataclass(frozen=True)
class Unit:
    """A unit of a layer, or one of another day that stands for a part of one."""

    code: str  #: of the layer; empty where the unit is none of its own and no part of one
    name: str
    names: tuple[str, ...] = ()  #: other names it goes by
    codes: tuple[str, ...] = ()  #: other codes, such as P-codes
    parents: tuple[str, ...] = ()  #: names and codes of the unit that holds it
    note: str = ""  #: why the code is not its own

    @property
    def parent(self) -> str:
        """The unit that holds it, by its usual name; empty where that is not known."""
        return self.parents[0] if self.parents else ""


class Found(NamedTuple):
    """The unit that is meant, or why none is."""

    code: str = ""
    rule: str = ""  #: by what it was found: ``code``, ``name``, ``sound`` or ``spelling``
    reason: str = ""  #: why none was found, or what was assumed


class UnitIndex:
    """Units of one level, looked up by what a row of a table tells of them."""

    def __init__(self, units: Iterable[Unit], noun: str, parent_noun: str) -> None:
        self._noun, self.parent_noun = noun, parent_noun
        self._by_code: dict[str, Unit] = {}
        self._by_name: dict[str, list[Unit]] = defaultdict(list)
        self._by_sound: dict[str, list[Unit]] = defaultdict(list)
        self._parents: dict[str, set[str]] = defaultdict(set)
        for unit in sorted(units, key=lambda unit: len(unit.codes)):  # a code of one unit first
            self._add(unit)
        self._sounds = {skeleton(key): key for key in self._parents}

    def _add(self, unit: Unit) -> None:
        for code in (unit.code, *unit.codes):
            if code and not (unit.note and code == unit.code):  # that is the code of another
                self._by_code.setdefault(fold_code(code), unit)
        for key in {_fold(name) for name in (unit.name, *unit.names)} - {""}:
            self._by_name[key].append(unit)
            self._by_sound[skeleton(key)].append(unit)
        for parent in unit.parents:
            self._parents[_fold(parent)].add(unit.parent)

    def find(self, name: str, code: str = "", parent: str = "", parent_code: str = "") -> Found:
        """Find a unit by its code, else by its name in its parent; all as a table has them.

        Where code and name are those of two units, or the name is that of several or of none in
        the parent, there is none, and the reason says so.
        """
        parent = parent or parent_code
        by_name = self._find_name(name, parent)
        by_code = self._by_code.get(fold_code(code)) if code else None
        if by_code is not None:
            return self._take_code(by_code, by_name, name, code, parent)
        if not code:
            return by_name
        told = f"the code {code!r} is not known"
        return by_name._replace(reason=_join(told, by_name.reason if name else ""))

    def _take_code(self, unit: Unit, named: Found, name: str, code: str, parent: str) -> Found:
        """Take the unit of a code, unless the name is surely another's; say where it lies."""
        if named.rule in {"name", "sound"} and named.code != unit.code:
            return Found(reason=f"the code {code!r} is that of {unit.name}, and not of {name!r}")
        found = _take(unit, "code")
        if _is_in(unit, self._find_parents(parent)):
            return found
        said = f"it lies in {unit.parent}, and not in {parent!r}"
        return found._replace(reason=_join(found.reason, said))

    def knows(self, name: str) -> bool:
        """Tell whether any unit bears a name, or one that sounds the same."""
        key = _fold(name)
        return key in self._by_name or (len(key) > 0 and skeleton(key) in self._by_sound)

    def holds(self, name: str) -> bool:
        """Tell whether a name is that of what holds units."""
        return self._find_parents(name) is not None

    def _find_parents(self, said: str) -> set[str] | None:
        """Find the units that hold others, by name or code; None where they are not known."""
        key = _fold(said)
        if not key:
            return None
        return self._parents.get(key) or self._parents.get(self._sounds.get(skeleton(key), ""))

    def _find_name(self, name: str, parent: str) -> Found:
        key = _fold(name)
        if not key:
            return Found(reason=f"no {self._noun} is given")
        holding = self._find_parents(parent)
        if parent and holding is None and self._parents:
            return Found(reason=f"{self.parent_noun} {parent!r} is not known")
        like = list(self._list_like(key))
        for rule, units in like:
            within = [each for each in units if _is_in(each, holding)]
            if within:
                return self._choose(within, name, rule)
        elsewhere = {each.parent for _, units in like for each in units}
        if elsewhere:
            where = " and ".join(sorted(elsewhere)[:_SHOWN])
            return Found(reason=f"{self._noun} {name!r} is in {where}, and not in {parent!r}")
        return self._guess(key, name, parent, holding)

    def _list_like(self, key: str) -> Iterator[tuple[str, list[Unit]]]:
        yield "name", self._by_name.get(key, [])
        sound = skeleton(key)
        yield "sound", self._by_sound.get(sound, []) if len(sound) >= _SOUND_SHORTEST else []

    def _choose(self, units: list[Unit], name: str, rule: str) -> Found:
        if len({unit.code for unit in units}) > 1:
            named = ", ".join(sorted({_describe(unit) for unit in units})[:_SHOWN])
            return Found(reason=f"{self._noun} {name!r} may be {named}")
        own = next((unit for unit in units if not unit.note), units[0])
        found = _take(own, rule)
        if rule == "name" or not found.code:
            return found
        return found._replace(reason=_join(f"{name!r} is taken for {own.name}", found.reason))

    def _guess(self, key: str, name: str, parent: str, holding: set[str] | None) -> Found:
        """Guess at a misspelling in the same parent: other vowels, and one unit alone."""
        within = {
            known: own
            for known, units in self._by_name.items()
            if (own := [each for each in units if _is_in(each, holding)])
        }
        letters: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
        for known in within:
            letters[known[0]][known] = (known,)
        guess = find_nearest({key: key}, letters).get(key)
        if guess is None or guess.likeness.unlike or _digits(key) != _digits(guess.places[0]):
            inside = f" in {parent!r}" if parent else ""
            return Found(reason=f"{self._noun} {name!r} is not known{inside}")
        return self._choose(
            [unit for known in guess.places for unit in within[known]], name, "spelling"
        )


def _is_in(unit: Unit, holding: set[str] | None) -> bool:
    """Tell whether one of some units holds another; where none is told, each may be."""
    return holding is None or unit.parent in holding


def _describe(unit: Unit) -> str:
    return f"{unit.name} ({unit.parent or unit.code})"


def _take(unit: Unit, rule: str) -> Found:
    return Found(unit.code, rule if unit.code else "", unit.note)


def fold_code(code: str) -> str:
    """Fold a code: capitals, without blanks and the point of a number."""
    return re.sub(r"\s+", "", code).upper().removesuffix(".0")


def _fold(name: str) -> str:
    """Fold a name; the noun of the unit is no part of it, where it is not all of it."""
    key = normalise(name.replace("&", " and "))
    bare = re.sub(r"\s+", " ", _NOUNS.sub(" ", key)).strip()
    return bare or key


def _digits(key: str) -> str:
    return re.sub(r"\D", "", key)


def _join(*parts: str) -> str:
    return "; ".join(filter(None, parts))
