"""What a sentence denies, plans, remembers or only supposes: none of it is news."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from geosec.news.vocabulary import ReportWords

_STOP = re.compile(
    r"[;,.!?:](?!\d)|[-–—]{1,2} | but | while | and (?=(?:two|three|four|five|six|were|was|\d+) )"
    r"| (?=(?:held|staged|blocked|gathered|marched|protested) )"
)
_GOES_ON = re.compile(
    r", (?:which|who|whose|that|where|when|in which|in whom|killing|leaving|injuring|wounding)\b"
)
_MOST_STOPS = 20


class Aside(NamedTuple):
    """A part of a sentence that is no news; the offsets count in the sentence."""

    start: int
    end: int
    #: Whether nothing happened at the places that it names.
    hides_places: bool


def find_asides(low: str, words: ReportWords) -> list[Aside]:
    """Find the parts of a sentence in lower case that are no news, kind by kind."""
    kinds = (
        (words.asides.denied, True),
        (words.asides.planned, False),
        (words.asides.remembered, True),
        (words.asides.spoken, True),
        (words.asides.supposed, True),
    )
    return [
        Aside(begin.start(), _find_end(low, begin.end()), hides)
        for pattern, hides in kinds
        for begin in pattern.finditer(low)
    ]


def leave_out_asides(low: str, words: ReportWords) -> tuple[str, list[Aside]]:
    """Put spaces in place of what is no news in a sentence in lower case, and list it."""
    asides = find_asides(low, words)
    for each in asides:
        low = low[: each.start] + " " * (each.end - each.start) + low[each.end :]
    return low, asides


def write_cased(text: str, low: str) -> str:
    """Write a text as it is, with spaces where its lower case has them."""
    return "".join(" " if letter == " " else own for own, letter in zip(text, low, strict=True))


def _find_end(low: str, at: int) -> int:
    """Find the end of a clause, with the relative clauses that hang on it."""
    for _ in range(_MOST_STOPS):
        stop = _STOP.search(low, at)
        if stop is None:
            return len(low)
        on = _GOES_ON.match(low, stop.start())
        if on is None:
            return stop.start()
        at = on.end()
    return at
