"""Lines that say who wrote a report and when: left out, for they tell of no event."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from geosec.news.plain_text import Edit
from geosec.news.wrapping import list_blocks

if TYPE_CHECKING:
    from geosec.news.vocabulary import Pattern, ReportWords

_LONGEST = 120  # characters of a byline
_MOST_WORDS = 16
_LONGEST_CREDIT = 300
_FIRST, _LAST = 8, 4  # paragraphs at either end of a text where bylines stand
_WORD = re.compile(r"[^\W\d_][\w'’./-]*|\d[\d:.,/apmst-]*")
_BREAK = "\n\n"
_OFFICE = re.compile(r"\b[Ii]n (?:[A-Z][\w'’.]{0,30}[ /]?){1,3}")
_SOURCE = re.compile(
    r"\b(?:correspondents?|reporters?|desk|bureau|published|updated|posted|issued|modified)\b"
)
_MOST_NAMES = 6


def find_bylines(text: str, words: ReportWords) -> list[Edit]:
    """Find the paragraphs that only say who wrote a report and when, and agencies at the end."""
    every = list_blocks(text)
    blocks = [*every[:_FIRST], *every[_FIRST:][-_LAST:]]
    edits = []
    for start, end in blocks:
        block = text[start:end]
        if len(blocks) > 1 and (_is_byline(block, words) or _is_credit(block, words)):
            last = min(end + len(_BREAK), len(text))
            edits.append(Edit(start, last, ""))
            continue
        found = _compile_agency(words).search(block, max(0, len(block) - _LONGEST))
        if found is not None and found.start():
            edits.append(Edit(start + found.start(), end, ""))
    return edits


def _is_byline(block: str, words: ReportWords) -> bool:
    """Whether every word is an author's, an agency's, a day's or one that bylines have."""
    if len(block) > _LONGEST or not block:
        return False
    said = _WORD.findall(block)
    if not 0 < len(said) <= _MOST_WORDS:
        return False
    low = block.lower()
    by = words.layout.by.match(low)
    plain = _compile_byline_word(words)
    rest = words.layout.agencies.sub(
        " ", low[by.end() :] if by else _OFFICE.sub(" ", block).lower()
    )
    unknown = [word for word in _WORD.findall(rest) if plain.fullmatch(word) is None]
    if not unknown:
        return _names_source(low, words) or by is not None
    return by is not None and _are_names(said, unknown) and block[-1] not in ".!?"


def _names_source(low: str, words: ReportWords) -> bool:
    """Whether a line names an agency, or says that a report was published."""
    return words.layout.agencies.search(low) is not None or _SOURCE.search(low) is not None


def _are_names(said: list[str], unknown: list[str]) -> bool:
    """Whether words are few, and names by their capitals."""
    names = [word for word in said if word.lower() in unknown]
    return len(unknown) <= _MOST_NAMES and all(word[0].isupper() for word in names)


def _is_credit(block: str, words: ReportWords) -> bool:
    if len(block) > _LONGEST_CREDIT:
        return False
    return words.layout.credits.match(block.lower().lstrip("([*_—–- ")) is not None


@cache
def _compile_byline_word(words: ReportWords) -> Pattern:
    """Compile what a word of a byline may be: of the list, a number, a month or a weekday."""
    names = (*words.dates.months, *words.dates.weekdays)
    days = "|".join(f"{name[:3]}(?:{name[3:]}|[a-z])?" for name in names)
    return re.compile(rf"(?:{words.layout.bylines.pattern}|{days}|\d.*)\.?")


@cache
def _compile_agency(words: ReportWords) -> Pattern:
    """Compile what credits a paragraph to an agency at its end: "— AFP", "(Reuters)"."""
    name = rf"(?i:{words.layout.agencies.pattern})"
    return re.compile(rf"\s*(?:\s[–—-]{{1,3}}\s?|\(){name}(?:\s?[/&,|]\s?{name})*\)?\.?$")
