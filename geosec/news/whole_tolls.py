"""Tolls that a report tells in all: how far they have risen, and which one died last."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from geosec.news.head_counts import find_head_counts
from geosec.news.toll_patterns import compile_ordinals, compile_victims
from geosec.news.tolls import Count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geosec.news.vocabulary import ReportWords

_LATER = re.compile(  # "seven died on the spot and two later in hospital"
    r"\b(?:died|killed)\b[^,.;]{0,30} and (?P<n>[\w-]+) (?:others? |more )?later\b"
    r"(?! (?:died|succumbed))"
)


def read_risen(low: str, words: ReportWords) -> Count | None:
    """Read "the death toll from Monday's bombing rose to 100", "rose from 7 to 9"."""
    found = words.tolls.risen.search(low)
    if found is None:
        return None
    people = next(iter(find_head_counts(low[found.end() :], words)), None)
    if people is None or people.start > 1 + len("at least from "):
        return None
    end = found.end() + people.end
    high = people.people.high if people.is_range else None
    count = people.people if high is None else Count(high, high)
    return replace(count, told=((found.start(), end),))


def add_later(dead: Count, low: str, words: ReportWords) -> Count:
    """Add "and two later in hospital" to those who died on the spot."""
    found = _LATER.search(low)
    more = find_head_counts(found["n"], words) if found else []
    return dead + replace(more[0].people, told=(found.span(),)) if found and more else dead


def read_ordinal(before: Mapping[int, Count], low: str, words: ReportWords) -> Count | None:
    """Read "a sixth passenger died": six in all."""
    victim = compile_victims(words.every).search(low)
    if victim is not None:
        number = words.ordinals[victim[1]]
        return Count(number, number, (victim.span(),))
    for count in before.values():
        for start, end in count.told:
            found = compile_ordinals(words.every).match(low, start, end)
            if found is not None and count.high == 1:
                number = words.ordinals[found[1]]
                return Count(number, number, count.told)
    return None
