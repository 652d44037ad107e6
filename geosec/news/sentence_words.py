"""The words of a language that one sentence may have: its other lists find nothing, at no cost.

A sentence has the words of few lists. How its words begin is looked up once, and a list that needs
others finds nothing in it; it is compiled only when a sentence first has its words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from geosec.news.needed_words import DIGIT, MOST_LETTERS, list_needed_words
from geosec.news.vocabulary import COUNTING
from geosec.shared import build_once

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geosec.news.vocabulary import ReportWords

_SECTIONS = ("scenes", "signs", "asides", "people", "tolls")
_BEGINNING = re.compile(rf"\b\w{{1,{MOST_LETTERS}}}")
_DIGIT = re.compile(r"\d")
_NOTHING = re.compile("\0")  # stands in no plain text

#: A section, and the name of a list in it.
_List = tuple[str, str]
_Kind = TypeVar("_Kind")


@dataclass(frozen=True, eq=False)
class _Index:
    """In which sentences a list may find anything."""

    #: The lists that need a word, by how it begins.
    lists: Mapping[str, frozenset[_List]]
    #: Those that need none.
    anywhere: frozenset[_List]
    #: For each section lists that find nothing.
    nothing: Mapping[str, dict[str, re.Pattern[str]]]
    #: The patterns that a text has needed.
    compiled: dict[_List, re.Pattern[str]] = field(default_factory=dict)


@build_once
def _load_index(words: ReportWords) -> _Index:
    """Index the lists of a language by the words that they need, once."""
    lists: dict[str, frozenset[_List]] = {}
    nothing: dict[str, dict[str, re.Pattern[str]]] = {}
    anywhere: set[_List] = set()
    for section, entries in _list_sections(words).items():
        nothing[section] = dict.fromkeys(entries, _NOTHING)
        for name, regexes in entries.items():
            needed = list_needed_words(regexes)
            if needed is None:
                anywhere.add((section, name))
            for each in needed or ():
                lists[each] = lists.get(each, frozenset()) | {(section, name)}
    return _Index(lists, frozenset(anywhere), nothing)


def _list_sections(words: ReportWords) -> dict[str, Mapping[str, Sequence[str]]]:
    """List what is asked of a sentence, each list with its regular expressions."""
    sections: dict[str, Mapping[str, Sequence[str]]] = {
        name: getattr(words, name).entries for name in _SECTIONS
    }
    return {**sections, "types": words.type_entries, "": {"days": words.day_entries}}


def narrow_words(words: ReportWords, texts: Iterable[str]) -> list[ReportWords]:
    """Leave of the words of a language for each text those of which it may have any.

    The texts are in lower case. What is left may be asked of all parts of a text, also where some
    of its words are left out.
    """
    index, narrowed = _load_index(words), []
    for text in texts:
        beginnings = set(_BEGINNING.findall(text))
        if _DIGIT.search(text):
            beginnings.add(DIGIT)
        found = [index.lists[each] for each in beginnings & index.lists.keys()]
        narrowed.append(_keep(words, index.anywhere.union(*found), index))
    return narrowed


def _keep(words: ReportWords, there: Iterable[_List], index: _Index) -> ReportWords:
    """Keep some lists; the others find nothing."""
    lists = {name: each.copy() for name, each in index.nothing.items()}
    for each in there:
        section, name = each
        lists[section][name] = index.compiled.get(each) or _compile(words, each, index)
    known: dict[str, Any] = {name: _copy(getattr(words, name), lists[name]) for name in _SECTIONS}
    tolls, asides = lists["tolls"], lists["asides"]
    known["types"], known["days"] = lists["types"], lists[""]["days"]
    known["beginning_asides"] = [each for each in asides.values() if each is not _NOTHING]
    known["counting"] = [tolls[name] for name in COUNTING if tolls[name] is not _NOTHING]
    return _copy(words, {**vars(words), **known})


def _compile(words: ReportWords, told: _List, index: _Index) -> re.Pattern[str]:
    """Give the pattern of a list, compiled when it is first asked for, and keep it."""
    section, name = told
    if section == "types":
        found = words.types[name]
    elif not section:
        found = words.days
    else:
        known = vars(getattr(words, section))
        found = known.setdefault(name, re.compile(known["written"][name]))
    return index.compiled.setdefault(told, found)


def _copy(whole: _Kind, known: dict[str, Any]) -> _Kind:
    """Make another object of a class, which knows what it is given."""
    copy: _Kind = object.__new__(type(whole))
    vars(copy).update(known)
    return copy
