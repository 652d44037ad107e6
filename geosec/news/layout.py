"""How a report is laid out: its headline, and the line that says where it was written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geosec.news.bylines import find_bylines
from geosec.news.casing import find_casing
from geosec.news.labels import Label, find_labels, is_label
from geosec.news.markup import find_markup
from geosec.news.plain_text import Edit, PlainText
from geosec.news.wrapping import find_wrapping, list_blocks

if TYPE_CHECKING:
    from geosec.geocoding.placing.interpreter import Interpreter
    from geosec.news.vocabulary import Pattern, ReportWords

_BREAK = "\n\n"
_NO_SMALL = re.compile(r"(?:\A|\n\n)[^a-z]+(?:\n\n|\Z)")
_HEADLINE_LETTERS = 150
_HEADLINES = 3  # lines above the text: a headline, a line below it, an office
_ENDED = (".", "!", "?", "…", "۔", '."', ".”", ":")
_NAME = r"[A-Z][\w'’.]{0,30}(?:[ /-][A-Z][\w'’.]{0,30}){0,4}"
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
    #: What may be the day or the place of what stands behind it.
    labels: tuple[Label, ...] = ()

    @property
    def text(self) -> str:
        """The plain text."""
        return self.plain.text


def read_layout(text: str, words: ReportWords, reader: Interpreter | None = None) -> Layout:
    """Tell the headline and the dateline, "QUETTA, Oct 8 (Reuters) -", from the text.

    The reader knows the names that have capitals where the text has only those, or none.
    """
    plain = _edit(PlainText(text), find_markup(text))
    plain = _edit(plain, find_wrapping(plain.text))
    if reader is not None and _may_lack_case(plain.text):
        plain = _edit(plain, find_casing(plain.text, reader))
    plain = _edit(plain, find_bylines(plain.text, words))
    marks, headings = _find_headings(plain.text)
    plain = _edit(plain, marks)
    headline_end = _find_headline_end(plain.text, headings, words)
    plain, dateline = _read_dateline(plain, headline_end, words)
    labels = find_labels(plain.text, words, max(headline_end, dateline[1]))
    if dateline[1]:
        labels = (Label("place", "dateline", *dateline, dateline[1]), *labels)
    return Layout(plain, headline_end, dateline, labels)


def _read_dateline(
    plain: PlainText, begin: int, words: ReportWords
) -> tuple[PlainText, tuple[int, int]]:
    """Find the place the text is dated from, and leave out what stands between it and the text."""
    found = _compile_dateline(words).match(plain.text, begin)
    if found is None or is_label(found["place"] or "", words):
        return plain, (0, 0)
    if not found["place"]:
        return plain.edit([Edit(found.start("agency"), found.end(), "")]), (0, 0)
    return plain.edit([Edit(found.end("place"), found.end(), ": ")]), found.span("place")


def _edit(plain: PlainText, edits: list[Edit]) -> PlainText:
    return plain.edit(edits) if edits else plain


def _may_lack_case(text: str) -> bool:
    """Whether a text may have no capitals, or a paragraph nothing else."""
    return text.islower() or _NO_SMALL.search(text) is not None


def _find_headings(text: str) -> tuple[list[Edit], int]:
    """Find the marks of headings, and how many headings stand above the text."""
    marks: list[Edit] = []
    above = 0
    for number, (start, _) in enumerate(list_blocks(text) if "#" in text else ()):
        found = _HEADING.match(text, start)
        if found is not None:
            marks.append(Edit(start, found.end(), ""))
            above += above == number
    return marks, above


def _find_headline_end(text: str, headings: int, words: ReportWords) -> int:
    """Walk over the headings, or the short lines above the text that end as no sentence does."""
    end = 0
    for number, (start, stop) in enumerate(list_blocks(text)):
        size, rest = stop - start, len(text) - stop - len(_BREAK)
        if rest <= 0 or number >= max(headings, _HEADLINES):
            break
        line = text[start:stop]
        if is_label(line, words) or (number >= headings and not _is_headline(line, rest)):
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
    nth = r"\d{1,2}(?:st|nd|rd|th)?"
    date = rf"(?:{month} {nth}|{nth} {month})(?:,? \d{{4}})?"
    day = rf"(?: ?[,:–—-]? {date})?"
    agency = r"\([^)\n]{1,40}\)"
    unit = rf"(?:, {{0,3}}{_NAME}){{0,2}}?"
    end = rf" {{0,3}}(?::|—|–|--|-|\|)\s+(?!{_BULLET.pattern})"
    behind = rf"(?:[:|] )?(?: ?{agency})?{day}{end}"
    by_agency = rf"(?P<agency>\((?i:{words.layout.agencies.pattern})\)){end}"
    return re.compile(rf"\s*(?:(?P<place>{_NAME}){unit}{day}{behind}|{by_agency})")
