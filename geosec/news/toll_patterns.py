"""The words round numbers of killed and hurt of a language, made patterns."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from geosec.news.vocabulary import Pattern, ReportWords


class Verbs(NamedTuple):
    """What stands before its people, "killing", and what stands behind them, "were killed"."""

    after: Pattern
    before: Pattern


@cache
def compile_calendar(words: ReportWords) -> Pattern:
    """Compile the days of a calendar, whose numbers count nobody: "March 3, 2025"."""
    months = "|".join(words.dates.months)
    day = rf"(?:{months}) \d{{1,2}}|\d{{1,2}} (?:{months})"
    return re.compile(rf"\b(?:{day})\b,?(?: \d{{4}}\b,?)?")


@cache
def compile_victims(words: ReportWords) -> Pattern:
    """Compile "the sixth victim": six in all."""
    return re.compile(
        rf"\bthe ({'|'.join(words.ordinals)}) (?:victim|fatality|death|person to die)\b"
    )


@cache
def compile_ordinals(words: ReportWords) -> Pattern:
    """Compile "a sixth", of whom a verb tells behind it."""
    return re.compile(rf"(?:a|the) ({'|'.join(words.ordinals)})\b")
