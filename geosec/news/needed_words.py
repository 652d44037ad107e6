"""The words that a regular expression of words cannot do without.

A text without any of them need not be searched. Words are told by their beginnings: the first four
letters; fewer are a whole word, and `DIGIT` stands for a number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geosec.news.notation import find_close, split_options

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_LETTERS = 4  # of a word that are looked at
DIGIT = r"\d"
_COMMON_WORDS = (  # of most sentences; a rarer word is the better to look for
    "the a an in on at of to and was were been had has have is are be by for from with it he his "
    "her she they their who that after as no not one two all"
)
_COMMON = frozenset({DIGIT, *(word[:MOST_LETTERS] for word in _COMMON_WORDS.split())})
_ANYTHING = r"\w"
_PLAIN = re.compile(rf"[^\W\d_]{{{MOST_LETTERS}}}(?![?*+{{])")
_SIGN = re.compile(r"\\.|\[\^?\]?[^]]*\]|.", re.DOTALL)
_REPEAT = re.compile(r"(?:[?*+]|\{[\d,]+\})\??|")
_GAP_AT_END = re.compile(r"(?: |\[[ ,-]+\]\+?)\Z")
#: What a regular expression begins with, and how often that stands there.
_FIRST = re.compile(
    r"(?:(?P<look>\(\?<?[=!])|(?P<group>\(\?:)|(?P<edge>\\b|\^)|(?P<digit>\\d|\d)"
    r"|(?P<letter>[^\W\d_])|(?P<gap>\\[sW.]|[ '’,-]|\[(?:\\[sW]|[ ,'’-])+\]))(?P<repeat>[?*+{]?)"
)


class _AnyWordError(Exception):
    """A regular expression may begin with any word."""


def list_needed_words(regexes: Iterable[str]) -> frozenset[str] | None:
    """List words of which one is in whatever the regular expressions find, by their beginnings.

    For each it is the rarest word that it cannot do without: "town" for "in the town". It is None
    where one of them needs no word.
    """
    needed: set[str] = set()
    for regex in regexes:
        for option in split_options(regex):
            rarest = _find_rarest(option)
            if rarest is None:
                return None
            needed |= rarest
    return frozenset(needed)


def _find_rarest(regex: str) -> frozenset[str] | None:
    """Find the word of a regular expression that begins in the fewest and rarest ways."""
    if _PLAIN.match(regex) and regex[:MOST_LETTERS] not in _COMMON:
        return frozenset({regex[:MOST_LETTERS]})
    words = (_read_word(tail) for tail in _list_tails(regex))
    known = [each for each in words if each is not None]
    return min(known, key=lambda each: (len(each & _COMMON), len(each)), default=None)


def _list_tails(regex: str) -> Iterator[str]:
    """List the ends of a regular expression that begin where a word does."""
    is_start = True
    while regex:
        if is_start:
            yield regex
        end = find_close(regex) + 1 if regex.startswith("(") else len(_read(_SIGN, regex))
        sign, regex = regex[:end], regex[end:]
        repeat = _read(_REPEAT, regex)
        regex = regex[len(repeat) :]
        if sign.startswith("(?:"):
            is_start = is_start and all(map(_GAP_AT_END.search, split_options(sign[3:-1])))
        elif not sign.startswith("("):
            is_start = sign == " " and repeat in {"", "+"}


def _read(pattern: re.Pattern[str], text: str) -> str:
    """Read what a pattern, which finds something in any text, finds at its head."""
    found = pattern.match(text)
    return found.group() if found else ""


def _read_word(regex: str) -> frozenset[str] | None:
    """Read how the word may begin that a regular expression begins with; None if in any way."""
    try:
        return frozenset(_go_on(regex, ""))
    except _AnyWordError:
        return None


def _go_on(regex: str, letters: str) -> Iterator[str]:
    """Read on behind some letters, up to the end of their word."""
    if len(letters) == MOST_LETTERS or (letters and not regex):
        yield letters
        return
    first = _FIRST.match(regex)
    if first is None or (first["gap"] and not letters) or (first["digit"] and letters):
        raise _AnyWordError
    if first["look"]:
        yield from _go_on(regex[find_close(regex) + 1 :], letters)
    elif first["group"]:
        yield from _go_on_in_group(regex, letters)
    else:
        yield from _go_on_by_sign(first, regex[first.end() :], letters)


def _go_on_in_group(regex: str, letters: str) -> Iterator[str]:
    """Read on in the options of a group, and behind it if it may be left out."""
    end = find_close(regex)
    inner, behind = regex[3:end], regex[end + 1 :]
    repeat = _read(_REPEAT, behind)
    behind = behind[len(repeat) :]
    if repeat[:1] in {"?", "*", "{"}:
        yield from _go_on(behind, letters)
    if repeat[:1] in {"*", "+", "{"}:
        behind = _ANYTHING
    for option in split_options(inner):
        yield from _go_on(option + behind, letters)


def _go_on_by_sign(first: re.Match[str], behind: str, letters: str) -> Iterator[str]:
    """Read on behind a letter, or behind what ends the word of the letters before."""
    repeat, letter = first["repeat"], first["letter"]
    if letter and repeat in {"*", "+", "{"}:
        raise _AnyWordError
    if first["digit"]:
        yield DIGIT
    elif letter:
        yield from _go_on(behind, letters + letter)
    elif letters:
        yield letters
    is_edge_before = first["edge"] and not letters
    if is_edge_before or repeat in {"?", "*"}:
        yield from _go_on(behind, letters)
