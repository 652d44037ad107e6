"""The words round numbers of killed and hurt of a language, made patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from geosec.news.notation import join_patterns

if TYPE_CHECKING:
    from geosec.news.vocabulary import Pattern, ReportWords


class Verbs(NamedTuple):
    """What stands before its people, "killing", and what stands behind them, "were killed"."""

    after: Pattern
    before: Pattern


@dataclass(frozen=True, eq=False)
class TollPatterns:
    """Patterns made of several lists of a language."""

    dead: Verbs
    hurt: Verbs
    taken: Verbs
    calendar: Pattern
    any_verb: Pattern


@cache
def compile_toll_patterns(words: ReportWords) -> TollPatterns:
    """Compile what is made of several lists, once for a language."""
    tolls, months = words.tolls, "|".join(words.dates.months)
    every = (tolls.dead_before, tolls.hurt_before, tolls.dead_after, tolls.hurt_after)
    day = rf"(?:{months}) \d{{1,2}}|\d{{1,2}} (?:{months})"
    return TollPatterns(
        dead=Verbs(tolls.dead_after, tolls.dead_before),
        hurt=Verbs(tolls.hurt_after, tolls.hurt_before),
        taken=Verbs(tolls.taken_after, tolls.taken_before),
        calendar=re.compile(rf"\b(?:{day})\b,?(?: \d{{4}}\b,?)?"),
        any_verb=join_patterns(every),
    )


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
