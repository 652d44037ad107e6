"""The words of a language that one sentence may have: its other lists find nothing, at no cost.

A sentence has the words of few lists. How its words begin is looked up once, and a list that needs
others finds nothing in it; it is compiled only when a sentence first has its words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from geosec.news.needed_words import (
    DIGIT,
    MOST_LETTERS,
    Words,
    find_other_words,
    find_rarest_words,
)
from geosec.news.notation import split_options
from geosec.news.sections import NOTHING, Section
from geosec.news.vocabulary import COUNTING
from geosec.shared import build_once

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geosec.news.vocabulary import ReportWords

_SECTIONS = ("scenes", "signs", "asides", "people", "tolls")
_ASKED = frozenset({"signs", "asides", "tolls"})  # the others only where something is found
_DAYS = "days"
_EVERY = (*_SECTIONS, "types", _DAYS)
_COUNTING = frozenset(COUNTING)
_BEGINNING = re.compile(rf"\b\w{{1,{MOST_LETTERS}}}")
_DIGIT = re.compile(r"\d")

_MOST_KEPT = 32  # sets of lists, of a few kB each

_List = int  # its number


class _Lists(NamedTuple):
    """The lists that may find anything where a word is."""

    alone: frozenset[_List]
    #: Those that need one of others beside it.
    beside: tuple[tuple[_List, Words], ...]


@dataclass(frozen=True, eq=False)
class _Index:
    """In which sentences a list may find anything."""

    #: The section and the name of each list.
    places: Sequence[tuple[str, str]]
    #: Of each list the entries that need a word, with all of which they need one.
    entries: Mapping[str, Mapping[_List, Sequence[tuple[str, Words]]]]
    #: The lists that need none.
    anywhere: frozenset[_List]
    #: The lists of the words that a text has had.
    lists: dict[str, _Lists] = field(default_factory=dict)
    #: The patterns of types that a text has had.
    types: dict[str, re.Pattern[str]] = field(default_factory=dict)
    #: The words with some lists alone, of the last texts that had these.
    kept: dict[frozenset[_List], ReportWords] = field(default_factory=dict)

    def find_lists(self, text: str) -> set[_List]:
        """Find the lists that may find anything in a text."""
        there = set(_BEGINNING.findall(text))
        if _DIGIT.search(text):
            there.add(DIGIT)
        found, known = set(self.anywhere), there & self.entries.keys()
        new = known - self.lists.keys()
        if new:
            self._read_lists(sorted(new))
        for word in known:
            alone, beside = self.lists[word]
            found |= alone
            for one, others in beside:
                if one not in found and not others.isdisjoint(there):
                    found.add(one)
        return found

    def sort_lists(self, numbers: Iterable[_List]) -> dict[str, list[str]]:
        """Sort lists by their sections."""
        lists: dict[str, list[str]] = {name: [] for name in _EVERY}
        for number in numbers:
            section, name = self.places[number]
            lists[section].append(name)
        return lists

    def _read_lists(self, words: Sequence[str]) -> None:
        """Read what the entries with a word need beside it, when it first stands in a text."""
        places = [(word, one) for word in words for one in self.entries[word]]
        others = find_other_words([self.entries[word][one] for word, one in places])
        of_words: dict[str, list[tuple[_List, Words | None]]] = {word: [] for word in words}
        for (word, one), each in zip(places, others, strict=True):
            of_words[word].append((one, each))
        for word, lists in of_words.items():
            alone = frozenset(one for one, each in lists if each is None)
            beside = tuple((one, each) for one, each in lists if each is not None)
            self.lists.setdefault(word, _Lists(alone, beside))


@build_once
def _load_index(words: ReportWords) -> _Index:
    """Index the lists of a language by the words that they need, once."""
    entries: dict[str, dict[_List, list[tuple[str, Words]]]] = {}
    places: list[tuple[str, str]] = []
    anywhere: set[_List] = set()
    for section, lists in _list_sections(words).items():
        for name, regexes in lists.items():
            number = len(places)
            places.append((section, name))
            for option in [each for regex in regexes for each in split_options(regex)]:
                needed = find_rarest_words(option)
                if needed is None:
                    anywhere.add(number)
                    break
                for word in needed:
                    entries.setdefault(word, {}).setdefault(number, []).append((option, needed))
    return _Index(places, entries, frozenset(anywhere))


def _list_sections(words: ReportWords) -> dict[str, Mapping[str, Sequence[str]]]:
    """List what is asked of a sentence, each list with its regular expressions."""
    sections: dict[str, Mapping[str, Sequence[str]]] = {
        name: getattr(words, name).entries for name in _SECTIONS
    }
    return {**sections, "types": words.type_entries, _DAYS: {_DAYS: words.day_entries}}


def narrow_words(words: ReportWords, texts: Iterable[str]) -> list[ReportWords]:
    """Leave of the words of a language for each text those of which it may have any.

    The texts are in lower case. What is left may be asked of all parts of a text, also where some
    of its words are left out.
    """
    index = _load_index(words)
    return [_narrow(words, frozenset(index.find_lists(text)), index) for text in texts]


def _narrow(words: ReportWords, numbers: frozenset[_List], index: _Index) -> ReportWords:
    """Keep the lists of some numbers; texts with the same ones share what is kept."""
    kept = index.kept.get(numbers)
    if kept is None:
        if len(index.kept) >= _MOST_KEPT:
            index.kept.clear()
        kept = index.kept[numbers] = _keep(words, index.sort_lists(numbers), index)
    return kept


def _keep(words: ReportWords, lists: Mapping[str, list[str]], index: _Index) -> ReportWords:
    """Keep some lists; the others find nothing."""
    kept: ReportWords = object.__new__(type(words))
    known = vars(kept)
    known.update(vars(words))
    for name in _SECTIONS:
        known[name] = _keep_section(known[name], lists[name], is_asked=name in _ASKED)
    types = {name: _compile_type(words, name, index) for name in lists["types"]}
    known["types"] = {**dict.fromkeys(words.type_lists, NOTHING), **types}
    known["days"] = words.days if lists[_DAYS] else NOTHING
    known["beginning_asides"] = [getattr(kept.asides, name) for name in lists["asides"]]
    counting = _COUNTING.intersection(lists["tolls"])
    known["counting"] = [getattr(kept.tolls, name) for name in counting]
    return kept


def _keep_section(section: Section, names: Iterable[str], *, is_asked: bool) -> Section:
    """Keep some lists of a section; they are compiled now if every sentence is asked for them."""
    kept = object.__new__(type(section))
    known = vars(kept)
    known.update(section.blank)
    for name in names:
        found = section.compiled.get(name)
        if found is None and is_asked:
            found = section.compiled.setdefault(name, re.compile(section.written[name]))
        if found is None:
            del known[name]
        else:
            known[name] = found
    return kept


def _compile_type(words: ReportWords, name: str, index: _Index) -> re.Pattern[str]:
    """Give the pattern of an event type, compiled when it is first asked for, and keep it."""
    known = index.types.get(name)
    return known or index.types.setdefault(name, re.compile(words.type_lists[name]))
