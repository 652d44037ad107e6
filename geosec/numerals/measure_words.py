"""The words of a language by which numbers, lengths and posts are written."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from geosec.numerals import numbers
from geosec.numerals.numbers import Amount, NumberWord, read_digits, read_word
from geosec.reference.toponyms import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_Meaning = TypeVar("_Meaning")
_UNIT_LETTERS = 8  # of a unit that is known when it is misspelt
_HALF, _DOZEN = 0.5, 12.0
_ROLES = {
    "one": (numbers.ONE, 1.0),
    "dozen": (numbers.DOZEN, _DOZEN),
    "point": (numbers.POINT, 1.0),
    "range": (numbers.RANGE, 1.0),
    "senseless": (numbers.NONE, math.nan),
}
_SIZES = ("units", "numbers", "posts")
_ENDS = ("parts", "bands", "added", "bounds", "bounds_behind")


@dataclass(frozen=True, eq=False)
class MeasureWords:
    """How a language writes half, several, 12 km, km 268."""

    units: Mapping[str, float]  #: unit words to metres
    numbers: Mapping[str, float]  #: number words to numbers
    posts: Mapping[str, float]  #: words before the number of a post to kilometres
    parts: Mapping[str, Amount]  #: half, quarter: what part of one they are
    bands: Mapping[str, Amount]  #: several: from how many to how many
    added: Mapping[str, Amount]  #: what stands before a number and is added to it
    bounds: Mapping[str, Amount]  #: less than: from how many times a number to how many
    bounds_behind: Mapping[str, Amount]  #: the same of words behind a length: or more
    roles: Mapping[str, str]  #: what other words do in a measure: one, dozen, range, marker
    unmeasured: frozenset[str] = frozenset()  #: units of no known length: leagues, hours

    def measure_unit(self, unit: str) -> float:
        """Give the metres of a unit; not a number for one that nobody knows the length of."""
        return self.units.get(unit, math.nan)

    @cached_property
    def long_units(self) -> list[str]:
        """Units that are long enough to be known when they are misspelt."""
        return [unit for unit in self.units if len(unit) >= _UNIT_LETTERS and " " not in unit]

    def sign_number(self, key: str, text: str) -> NumberWord:
        """Sign a number that stands there in digits or as a word."""
        value = self.numbers.get(key)
        return read_digits(text.removesuffix("°")) if value is None else read_word(value)

    def sign_word(self, key: str) -> NumberWord | None:
        """Sign a word that is no number by itself, but part of one; None for any other word."""
        if (role := _ROLES.get(self.roles.get(key, ""))) is not None:
            sign, value = role
            return NumberWord(sign, Amount(value, value))
        if (part := self.parts.get(key)) is not None:
            return NumberWord(numbers.HALF if part.low == _HALF else numbers.PART, part)
        if (band := self.bands.get(key)) is not None:
            return NumberWord(numbers.VAGUE, band)
        added = self.added.get(key)
        return None if added is None else NumberWord(numbers.MORE, added)


def read_measure_words(words: Mapping[str, Any]) -> MeasureWords:
    """Read the sections of a language file that measures are made of."""
    sizes = {name: {normalise(each): size for each, size in words[name].items()} for name in _SIZES}
    ends: dict[str, Any] = {
        name: {
            normalise(each) or each: _read_ends(given)
            for each, given in words.get(name, {}).items()
        }
        for name in _ENDS
    }
    roles = {normalise(word): role for role, given in words["roles"].items() for word in given}
    unmeasured = frozenset(map(normalise, words["unmeasured"]["words"]))
    return MeasureWords(**sizes, **ends, roles=roles, unmeasured=unmeasured)


def unite_measure_words(parts: Sequence[MeasureWords]) -> MeasureWords:
    """Join the words of several languages; where two share one, the last has it."""
    shared: dict[str, Any] = {
        name: unite_words(getattr(part, name) for part in parts)
        for name in (*_SIZES, *_ENDS, "roles")
    }
    unmeasured = frozenset[str]().union(*(part.unmeasured for part in parts))
    return MeasureWords(**shared, unmeasured=unmeasured)


def unite_words(mappings: Iterable[Mapping[str, _Meaning]]) -> dict[str, _Meaning]:
    """Join mappings of words; where two share one, the last has it."""
    return {word: meaning for mapping in mappings for word, meaning in mapping.items()}


def _read_ends(given: float | list[float]) -> Amount:
    """Read a number, or the two ends of what a vague word may mean."""
    ends = given if isinstance(given, list) else [given]
    return Amount(ends[0], ends[-1])
