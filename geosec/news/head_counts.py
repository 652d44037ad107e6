"""How many a report's words for a number are: "20 to 25", "a hundred and ten", "about 50"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from geosec.news.notation import anchor_pattern, join_words
from geosec.news.tolls import Count

if TYPE_CHECKING:
    from geosec.news.vocabulary import Pattern, ReportWords

_FIGURES = r"\d{1,3}(?:[, ]\d{3}){1,2}(?![\d,])|\d{1,7}"  # nobody counts ten million
_SHARE = 0.1  # how far "about 50" may be off, as a share
_MAYBE = "(?:possibly|perhaps|maybe) (?:as many as |up to )?"  # "15, and possibly 20"
_NO_NUMBER = "(?:estimated|additional|average|further|unspecified)"  # "an estimated 20"
_BEFORE = 24  # letters before a number in which "at least" stands
_MULTIPLES = (1000, 100)
_BEGINNING = 3  # letters of a number by which most words are seen to be none
_LEADS = ("between ", "from ", "a ")  # before numbers, as a part of them


class HeadCount(NamedTuple):
    """A number of a text, and where it stands there."""

    start: int
    end: int
    people: Count
    #: Whether it is told by both its ends: "20 to 25".
    is_range: bool = False


@dataclass(frozen=True, eq=False)
class _CountPatterns:
    """Patterns made of several lists of a language."""

    #: How many a word is, and how many at most; None where it is open.
    quantities: dict[str, tuple[int, int | None]]
    numbers: dict[str, int]
    quantity: Pattern
    #: Any of those that follow.
    widened: Pattern
    at_least: Pattern
    more_than: Pattern
    at_most: Pattern
    about: Pattern


@cache
def _compile_patterns(words: ReportWords) -> _CountPatterns:
    """Compile what is made of several lists, once for a language."""
    tolls, numbers = words.tolls, dict(words.numbers)
    number = rf"{_FIGURES}|{_write_number(numbers)}"
    small = join_words(word for word, value in numbers.items() if value < min(_MULTIPLES))
    many = join_words(word for word, value in numbers.items() if value in _MULTIPLES)
    entries = join_words(words.quantities)
    begins = join_words({word[:_BEGINNING] for word in (*numbers, *words.quantities, *_LEADS)})
    own = rf"(?:\d|(?:{small}|a (?:{many}))\b)"
    owned = rf"(?:his|her|their|him|both) {own}"  # "her two sons" are two
    to = rf"(?: to | or |,? (?:and |or )?{_MAYBE}|(?(between)(?: and | ?[-–] ?)|(?!)))"
    return _CountPatterns(
        quantities=dict(words.quantities),
        numbers=numbers,
        quantity=re.compile(
            rf"(?<![\w.,(–-])(?=\d|{begins})(?!{owned})(?:"
            rf"(?P<range>(?P<between>between |from )?(?P<a>{number}){to}(?P<b>{number})"
            rf"|(?P<c>{_FIGURES}) ?[-–] ?(?P<d>{_FIGURES}))"
            rf"|(?P<entry>(?<!as )(?:{entries}))(?! {_NO_NUMBER})(?! (?:{join_words(numbers)})\b)"
            rf"|(?P<number>{number})"
            r")(?![\w]|[.,]\d|[ -]years?[ -]old)"
        ),
        widened=re.compile(
            "|".join(
                anchor_pattern(each).pattern
                for each in (tolls.at_least, tolls.more_than, tolls.at_most, tolls.about)
            )
        ),
        at_least=anchor_pattern(tolls.at_least),
        more_than=anchor_pattern(tolls.more_than),
        at_most=anchor_pattern(tolls.at_most),
        about=anchor_pattern(tolls.about),
    )


def _write_number(numbers: dict[str, int]) -> str:
    """Write the pattern of a number in words: "one hundred and twenty-five"."""
    units, teens, tens = (
        join_words(word for word, value in numbers.items() if low <= value < high)
        for low, high in ((1, 10), (10, 20), (20, 100))
    )
    hundred, thousand = (
        join_words(word for word, value in numbers.items() if value == each) for each in (100, 1000)
    )
    small = rf"(?:(?:{tens})(?:[ -](?:{units}))?|{teens}|{units})"
    hundreds = rf"(?:{small}|a(?= (?:{hundred})))(?: (?:{hundred})(?:(?: and)? {small})?)?"
    begin = rf"(?:{hundreds}|(?:a|{_FIGURES})(?= (?:{thousand})))"
    return rf"(?:{begin}(?: (?:{thousand})(?:(?: and)? {hundreds})?)?)"


def find_head_counts(low: str, words: ReportWords) -> list[HeadCount]:
    """Find the numbers of a text in lower case, each with the "at least" before it."""
    patterns = _compile_patterns(words.every)
    return [_read_head_count(found, low, patterns) for found in patterns.quantity.finditer(low)]


def _read_head_count(found: re.Match[str], low: str, patterns: _CountPatterns) -> HeadCount:
    count = _widen(_read_count(found, patterns), low[: found.start()], patterns)
    return HeadCount(found.start(), found.end(), count, found["range"] is not None)


def _read_count(found: re.Match[str], patterns: _CountPatterns) -> Count:
    if found["range"]:
        one, two = (_read_number(found[one] or found[two], patterns) for one, two in ("ac", "bd"))
        return Count(min(one, two), max(one, two))
    if found["entry"]:
        return Count(*patterns.quantities[found["entry"]])
    number = _read_number(found["number"], patterns)
    return Count(number, number)


def _read_number(text: str, patterns: _CountPatterns) -> int:
    """Read a number in figures or in words: what stands before "hundred" is multiplied by it."""
    plain = text.replace(",", "").replace(" ", "")
    if plain.isdigit():
        return int(plain)
    words = [word for word in re.split("[ -]", text.replace(",", "")) if word != "and"]
    total = part = 0
    for word in words:
        value = int(word) if word.isdigit() else patterns.numbers.get(word, 1)  # "a hundred"
        if value in _MULTIPLES:
            part = max(part, 1) * value
            total, part = (total + part, 0) if value == max(_MULTIPLES) else (total, part)
        else:
            part += value
    return total + part


def _widen(count: Count, lead: str, patterns: _CountPatterns) -> Count:
    """Widen a number by the words before it: "at least", "about"."""
    ahead, low = lead.rstrip()[-_BEFORE:], count.low
    if patterns.widened.search(ahead) is None:
        return count
    if patterns.at_least.search(ahead):
        return Count(low)
    if patterns.more_than.search(ahead):
        return Count(low + 1)
    if patterns.at_most.search(ahead):
        return Count(0, count.high)
    if (
        low > 2 and count.low == count.high and patterns.about.search(ahead)
    ):  # none says "about two"
        return Count(round(low * (1 - _SHARE)), round(low * (1 + _SHARE)))
    return count
