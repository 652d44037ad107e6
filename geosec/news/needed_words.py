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

Words = frozenset[str]
MOST_LETTERS = 4  # of a word that are looked at
DIGIT = r"\d"
_ANY_SHARE = 1  # of 100 sentences, those with a word that is not listed here
_SHARES = {  # of 100 sentences of reports, those with each of these words
    63: "the",
    43: "a",
    40: "in",
    35: "of",
    33: "and",
    31: "on",
    21: "were to",
    18: "said",
    16: "was",
    15: "kill",
    13: "two",
    12: "at",
    11: "poli had",
    10: "for",
    9: "from offi atta with",
    8: "an that peop",
    7: "fire thei dist by when no been thre",
    6: "afte inju",
    5: "bomb four dead it one mili near men have",
    4: "them pass area has woun road clai who up hour",
    3: (
        "othe repo over five nigh expl not his whic seve year died as hosp trai same last "
        "off sold six more gunm shot they comm grou open abou driv all are is he her she "
        "be"
    ),
}
_RARE = 2  # a share that is low enough
_SHARE = {DIGIT: 31, **{word: n for n, words in _SHARES.items() for word in words.split()}}
_REPEATS = frozenset("?*+{")
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


def find_rarest_words(option: str) -> Words | None:
    """Find words of which one is in whatever a regular expression finds, by their beginnings.

    It has no bar outside of a group. Of the places where it needs a word it is the one whose words
    the fewest sentences have: "town" for "in the town". It is None where it needs no word.
    """
    if _PLAIN.match(option) and option[:MOST_LETTERS] not in _SHARE:
        return frozenset({option[:MOST_LETTERS]})
    rarest, least = None, 0
    for words in _list_needs(option):
        share = _add_shares(words)
        if rarest is None or share < least:
            rarest, least = words, share
        if least <= _RARE:
            break
    return rarest


def find_other_words(lists: Iterable[Iterable[tuple[str, Words]]]) -> list[Words | None]:
    """Find for each list words of which one is there beside the rarest of each of its entries.

    Beside "town" it is "in" for "in the town". It is None where an entry needs no other.
    """
    return [_find_others(entries) for entries in lists]


def _find_others(entries: Iterable[tuple[str, Words]]) -> Words | None:
    every: set[str] = set()
    for option, rarest in entries:
        others = (words for words in _list_needs(option) if not rarest <= words)
        least = min(others, key=_add_shares, default=None)
        if least is None:
            return None
        every |= least
    return frozenset(every)


def _list_needs(option: str) -> Iterator[Words]:
    """List the words that each place of a regular expression needs where a word begins."""
    each_read = map(_read_word, _list_tails(option))
    return (words for words in each_read if words is not None)


def _add_shares(words: Words) -> int:
    return sum(_SHARE.get(each, _ANY_SHARE) for each in words)


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


def _read_word(regex: str) -> Words | None:
    """Read how the word may begin that a regular expression begins with; None if in any way."""
    try:
        return frozenset(_go_on(regex, ""))
    except _AnyWordError:
        return None


def _go_on(regex: str, letters: str) -> Iterator[str]:
    """Read on behind some letters, up to the end of their word."""
    missing = MOST_LETTERS - len(letters)
    if _is_plain(regex, missing) or (letters and not regex):
        yield letters + regex[:missing]
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


def _is_plain(regex: str, most: int) -> bool:
    """Whether a regular expression begins with as many plain letters."""
    letters = regex[:most]
    is_whole = len(letters) == most and regex[most : most + 1] not in _REPEATS
    return is_whole and (letters.isalpha() or not most)


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
