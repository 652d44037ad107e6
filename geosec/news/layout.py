"""How a report is laid out: its headline, and the line that says where it was written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geosec.news.markup import find_markup
from geosec.news.plain_text import Edit, PlainText
from geosec.news.wrapping import find_wrapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geosec.news.vocabulary import Pattern, ReportWords

_BREAK = "\n\n"
_HEADLINE_LETTERS = 150
_HEADLINES = 3  # lines above the text: a headline, a line below it, an office
_ENDED = (".", "!", "?", "…", "۔", '."', ".”", ":")
_NAME = r"[A-Z][\w'’.]{0,30}(?:[ /-][A-Z][\w'’.]{0,30}){0,4}"
_SEPARATOR = r"\s{0,3}(?:\([^)\n]{1,40}\)\s{0,3})?(?::|—|–|--|-|\|)\s"
_BULLET = re.compile(r"\s*(?:[•●▪◦■►➤✓*–-]|\d{1,2}[.)])\s")
_HEADING = re.compile(r"#{1,6}\s+")


@dataclass(frozen=True)
class Layout:
    """The parts of a report, all in its plain text."""

    #: The text without what only wraps it: tags, breaks of lines, bylines, and what stands between
    #: the place it is dated from and its first sentence (country, day, agency).
    plain: PlainText
    #: Offset where the headline ends; 0 where there is none.
    headline_end: int = 0
    #: Offsets of the place it is dated from; equal where there is none.
    dateline: tuple[int, int] = (0, 0)

    @property
    def text(self) -> str:
        """The plain text."""
        return self.plain.text


def read_layout(text: str, words: ReportWords) -> Layout:
    """Tell the headline and the dateline, "QUETTA, Oct 8 (Reuters) -", from the text."""
    plain = PlainText(text).edit(find_markup(text))
    plain = plain.edit(find_wrapping(plain.text))
    headings = _count_headings(plain.text)
    plain = plain.edit(list(_find_heading_marks(plain.text)))
    headline_end = _find_headline_end(plain.text, headings)
    found = _compile_dateline(words).match(plain.text, headline_end)
    if found is None:
        return Layout(plain, headline_end)
    plain = plain.edit([Edit(found.end("place"), found.end(), ": ")])
    return Layout(plain, headline_end, found.span("place"))


def _list_blocks(text: str) -> Iterator[tuple[int, int]]:
    """List the offsets of paragraphs."""
    at = 0
    while at < len(text):
        end = text.find(_BREAK, at)
        end = len(text) if end < 0 else end
        yield at, end
        at = end + len(_BREAK)


def _count_headings(text: str) -> int:
    """Count the headings above the text."""
    count = 0
    for start, _ in _list_blocks(text):
        if not _HEADING.match(text, start):
            break
        count += 1
    return count


def _find_heading_marks(text: str) -> Iterator[Edit]:
    if "#" in text:
        for start, _ in _list_blocks(text):
            found = _HEADING.match(text, start)
            if found is not None:
                yield Edit(start, found.end(), "")


def _find_headline_end(text: str, headings: int) -> int:
    """Walk over the headings, or the short lines above the text that end as no sentence does."""
    end = 0
    for number, (start, stop) in enumerate(_list_blocks(text)):
        size, rest = stop - start, len(text) - stop - len(_BREAK)
        if rest <= 0 or number >= max(headings, _HEADLINES):
            break
        if number >= headings and not _is_headline(text[start:stop], rest):
            break
        end = start + size
    return end


def _is_headline(line: str, rest: int) -> bool:
    """Whether a line is short, ends as no sentence does, and is no item of a list."""
    if len(line) > _HEADLINE_LETTERS or line.endswith(_ENDED):
        return False
    return _BULLET.match(line) is None and rest >= len(line)


@cache
def _compile_dateline(words: ReportWords) -> Pattern:
    month = "(?i:" + "|".join(rf"{name[:3]}\w*\.?" for name in words.dates.months) + ")"
    day = rf"(?:,?\s{{0,3}}(?:{month}\s{{1,3}}\d{{1,2}}|\d{{1,2}}\s{{1,3}}{month}))?"
    return re.compile(rf"\s*(?P<place>{_NAME})(?:,\s{{0,3}}{_NAME}){{0,2}}?{day}{_SEPARATOR}")
