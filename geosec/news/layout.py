"""How a report is laid out: its headline, and the line that says where it was written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geosec.news.vocabulary import Pattern, ReportWords

_HEADLINE_LETTERS = 150
_HEADLINES = 3  # lines above the text: a headline, a line below it, an office
_ENDED = (".", "!", "?", "…", "۔", '."', ".”", ":")
_NAME = r"[A-Z][\w'’.]{0,30}(?:[ /-][A-Z][\w'’.]{0,30}){0,4}"
_SEPARATOR = r"\s{0,3}(?:\([^)\n]{1,40}\)\s{0,3})?(?::|—|–|--|-)\s"
_BULLET = re.compile(r"\s*(?:[•●▪*–-]|\d{1,2}[.)])\s")


@dataclass(frozen=True)
class Layout:
    """The parts of a report that are not its text."""

    #: The report, of the same length, without what stands between the place it is dated from and
    #: its first sentence (country, day, agency).
    text: str
    #: Offset where the headline ends; 0 where there is none.
    headline_end: int = 0
    #: Offsets of the place it is dated from; equal where there is none.
    dateline: tuple[int, int] = (0, 0)


def read_layout(text: str, words: ReportWords) -> Layout:
    """Tell the headline and the dateline, "QUETTA, Oct 8 (Reuters) -", from the text."""
    headline_end = _find_headline_end(text)
    found = _compile_dateline(words).match(text, headline_end)
    if found is None:
        return Layout(text, headline_end)
    gap = found.end() - found.end("place")
    plain = f"{text[: found.end('place')]}{':'.rjust(gap - 1)} {text[found.end() :]}"
    return Layout(plain, headline_end, found.span("place"))


def _find_headline_end(text: str) -> int:
    """Walk over the short lines above the text that end as no sentence does."""
    at = end = 0
    for _ in range(_HEADLINES):
        stop = text.find("\n", at)
        line = text[at:stop].strip() if stop >= 0 else ""
        body = text[stop:].strip()
        if not line or len(line) > _HEADLINE_LETTERS or line.endswith(_ENDED) or not body:
            break
        if _BULLET.match(line) or len(body) < len(line):
            break
        end = at + len(text[at:stop].rstrip())
        at = stop + len(text[stop:]) - len(text[stop:].lstrip())
    return end


@cache
def _compile_dateline(words: ReportWords) -> Pattern:
    month = "(?i:" + "|".join(rf"{name[:3]}\w*\.?" for name in words.dates.months) + ")"
    day = rf"(?:,?\s{{0,3}}(?:{month}\s{{1,3}}\d{{1,2}}|\d{{1,2}}\s{{1,3}}{month}))?"
    return re.compile(rf"\s*(?P<place>{_NAME})(?:,\s{{0,3}}{_NAME}){{0,2}}?{day}{_SEPARATOR}")
