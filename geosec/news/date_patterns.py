"""The words for days of a language, made patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geosec.news.notation import join_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geosec.news.vocabulary import DateWords, Pattern, ReportWords


@dataclass(frozen=True, eq=False)
class DatePatterns:
    """The words for days of a language, made patterns."""

    words: DateWords
    #: How many "three" is.
    counts: dict[str, int]
    night: Pattern
    month_day: Pattern
    day_month: Pattern
    month: Pattern
    #: Days from that of what was told before, and how they are said.
    told: tuple[tuple[int, Pattern], ...]
    weekday: Pattern
    coming: Pattern
    day_after: Pattern
    #: The day of what somebody was hurt in: "died in Monday's fighting".
    hurt_in: Pattern
    ago: Pattern
    unit: Pattern
    #: Days from the publication, and how they are said.
    near: tuple[tuple[int, Pattern], ...]


@cache
def compile_date_patterns(words: ReportWords) -> DatePatterns:
    """Compile the patterns of a language, once."""
    dates = words.dates
    counts = {word: ends[0] for word, ends in words.quantities.items()} | dict(words.numbers)
    days, months = join_words(dates.weekdays), join_words(dates.months)
    short = "|".join(rf"{name[:3]}\.?" for name in dates.months)
    month, day = rf"(?P<month>{months}|{short})", r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    year = r"(?:,?\s+(?P<year>\d{4}))?"
    nth = r"\d{1,2}(?:st|nd|rd|th)?"
    until = rf"(?:\s?(?:-|–|to)\s?{nth}\b)?"
    first = r"(?P<first>\d{1,2})(?:st|nd|rd|th)?"
    since = rf"(?:(?<!night of )(?<!night between ){first}\s?(?:-|–|to|and|&)\s?)?"
    count = rf"(?P<n>\d+|{join_words(counts)})"
    how = join_words((*dates.last, *dates.this))
    told = (dates.same_day, dates.day_before, dates.day_after)
    near = (dates.before_yesterday, dates.yesterday, dates.today)
    short_days = rf"(?:{'|'.join(name[:3] for name in dates.weekdays)})(?:s|r|rs|nes)?"
    leads, parts = join_words(dates.weekday_leads), join_words(dates.day_parts)
    return DatePatterns(
        words=dates,
        counts=counts,
        night=re.compile(rf"\bnight (?:between|of) (?:{days}) (?:and|&) (?P<day>{days})\b"),
        month_day=re.compile(rf"\b{month}\s+{day}\b{until}{year}"),
        day_month=re.compile(rf"\b{since}{day}\s+(?:of\s+)?{month}\b{year}"),
        month=re.compile(
            rf"\b(?:{join_words(dates.in_month)})[ -](?P<month>{months})\b(?:\s+(?P<year>\d{{4}}))?"
        ),
        told=tuple(zip((0, -1, 1), map(_compile_any, told), strict=True)),
        weekday=re.compile(
            rf"\b(?:(?P<day>{days})\b|(?:{leads}) (?P<lead>{short_days})\b"
            rf"|(?P<part>{short_days})(?=\.? (?:{parts})\b)"
            rf"|(?<![\w ])(?<!\w\W)(?P<alone>{short_days})(?=\.?(?:$| \(|,? \d)))"
        ),
        coming=re.compile(rf"\b(?:{join_words(dates.coming)})\s*$"),
        day_after=re.compile(rf"\b(?:{join_words(dates.after_day)}) (?:the |an? )"),
        hurt_in=re.compile(rf"\b(?:{join_words(dates.hurt_in)}) (?P<day>{days})['’]s\b"),
        ago=re.compile(
            rf"\b{count}\s+(?P<unit>day|week|fortnight|month|year)s?\s+(?P<how>{join_words(dates.ago)})\b"
        ),
        unit=re.compile(rf"\b(?P<how>{how})\s+(?P<unit>week|month|year)\b"),
        near=tuple(zip((-2, -1, 0), map(_compile_any, near), strict=True)),
    )


def _compile_any(words: Iterable[str]) -> Pattern:
    return re.compile(rf"\b(?:{join_words(words)})\b")
