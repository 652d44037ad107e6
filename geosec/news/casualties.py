"""How many people a sentence says were killed or hurt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from geosec.news.tolls import Count, Toll

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geosec.news.vocabulary import Pattern, ReportWords, TollWords

_NUMBER = r"\d{1,3}(?:,\d{3}){1,2}|\d{1,7}"  # nobody counts ten million
_SHARE = 0.1  # how far "about 50" may be off, as a share
_NEAR = 24  # letters between an active verb and its people: "killed at least five"
_BEHIND = 60  # letters behind a verb in which its people stand
_LEAD_WORDS = 4  # words between a verb and its people
_JOINED = re.compile(
    r"(?: (?!aged )[\w'-]+){0,3} and (?:(?:his|her|their) (?=\d|two|three|four|five))?"
)
_AGE = re.compile(r"(?<=[a-z]), \d{1,2}(?=[,.)])")  # "Naseeb Ullah, 19, and"
_BREAKS = re.compile(r"[;:]| while | but | when | where | after ")
_ADVERBIAL = re.compile(r"\b(?:in|at|of|for|on|by|(?<!up )to) $")
_PASSIVE = re.compile(r"\b(?:was|were|been|being|is|are|get|got)\s+(?:\w+ly\s+)?$")
_PLURAL = re.compile(r"\b(?:were|are|who|had)\s+(?:\w+ly\s+)?$")
_ON_A_PAR = re.compile(r"(?:[ \w'-]+?,)? ?[ \w'-]* and ")
_LEFT = frozenset({"left", "leaving"})  # "leaving five dead"
_ONE = Count(1, 1)


class _Verbs(NamedTuple):
    """What stands before its people, "killing", and what stands behind them, "were killed"."""

    after: Pattern
    before: Pattern


@dataclass(frozen=True, eq=False)
class _TollPatterns:
    """Patterns made of several lists of a language."""

    words: TollWords
    quantities: Mapping[str, tuple[int, int | None]]
    dead: _Verbs
    hurt: _Verbs
    never: Pattern
    calendar: Pattern
    quantity: Pattern
    titled: Pattern
    #: One person who is named by a title or by what he does.
    person: Pattern
    any_verb: Pattern
    at_least: Pattern
    more_than: Pattern
    at_most: Pattern
    about: Pattern


@cache
def _compile_patterns(words: ReportWords) -> _TollPatterns:
    """Compile what is made of several lists, once for a language."""
    tolls, months = words.tolls, "|".join(words.dates.months)
    entries = "|".join(sorted(map(re.escape, words.quantities), key=len, reverse=True))
    owned = rf"(?:his|her|their|him|both) (?:\d|(?:{entries})\b)"  # "her two sons" are two
    day = rf"(?:{months}) \d{{1,2}}|\d{{1,2}} (?:{months})"
    title = rf"{words.people.titled.pattern} \w"
    return _TollPatterns(
        words=tolls,
        quantities=words.quantities,
        dead=_Verbs(tolls.dead_after, tolls.dead_before),
        hurt=_Verbs(tolls.hurt_after, tolls.hurt_before),
        never=words.signs.never,
        calendar=re.compile(rf"\b(?:{day})\b,?(?: \d{{4}}\b,?)?"),
        quantity=re.compile(
            rf"(?<![\w.,(-])(?!{owned})"
            rf"(?P<n>{_NUMBER}|(?:{entries})(?:-(?:{entries}))?)(?![\w]|[.,]\d|-year)"
        ),
        titled=re.compile(title),
        person=re.compile(rf"\s*({title}|{words.people.single.pattern})"),
        any_verb=re.compile(f"{tolls.dead_before.pattern}|{tolls.hurt_before.pattern}"),
        at_least=_anchor(tolls.at_least),
        more_than=_anchor(tolls.more_than),
        at_most=_anchor(tolls.at_most),
        about=_anchor(tolls.about),
    )


def _anchor(pattern: Pattern) -> Pattern:
    """Make a pattern find only what ends the text."""
    return re.compile(rf"{pattern.pattern}\Z")


def count_casualties(text: str, words: ReportWords) -> Toll:
    """Count the killed and hurt of a sentence or a part of one, in people."""
    patterns = _compile_patterns(words)
    low = text.lower().replace("’", "'")
    low = _AGE.sub(_blank, patterns.calendar.sub(_blank, low))
    low, nobody = patterns.words.nobody.subn(_blank, low)
    low = patterns.never.sub(_blank, low)
    behind_dead = _count_behind(low, patterns.dead, patterns)
    behind_hurt = _count_behind(low, patterns.hurt, patterns)
    taken = behind_dead | behind_hurt
    before_dead = _count_before(low, patterns.dead, patterns.hurt, patterns, taken)
    before_hurt = _count_before(low, patterns.hurt, patterns.dead, patterns, taken)
    dead = _read_risen(low, patterns) or _add_up((behind_dead | before_dead).values())
    hurt = _add_up((behind_hurt | before_hurt).values())
    if nobody:
        return Toll(dead or Count(0, 0), hurt or Count(0, 0))
    return Toll(dead, hurt)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _add_up(counts: Iterable[Count]) -> Count | None:
    total = None
    for each in counts:
        total = each if total is None else total + each
    return total


def _read_risen(low: str, patterns: _TollPatterns) -> Count | None:
    """Read "the death toll from Monday's bombing rose to 100"."""
    found = patterns.words.risen.search(low)
    if found is None:
        return None
    people = patterns.quantity.match(low, found.end() + 1)
    return None if people is None else _read_count(people["n"], "", patterns)


# ------------------------------------------------------------------------- behind a verb


def _count_behind(low: str, verbs: _Verbs, patterns: _TollPatterns) -> dict[int, Count]:
    """Count the people behind "killing", by where their number stands."""
    counts: dict[int, Count] = {}
    for verb in verbs.after.finditer(low):
        if verb.group() in _LEFT or _is_passive(low, verb):
            continue
        found = _read_behind(low, verb.end(), patterns)
        if found is not None:
            counts[found[0]] = found[1]
    return counts


def _is_passive(low: str, verb: re.Match[str]) -> bool:
    return _PASSIVE.search(low, 0, verb.start()) is not None


def _read_behind(low: str, at: int, patterns: _TollPatterns) -> tuple[int, Count] | None:
    """Read the quantity that follows a verb, before another clause begins."""
    stop = _BREAKS.search(low, at)
    piece = low[at : min(stop.start() if stop else len(low), at + _BEHIND)]
    found = patterns.quantity.search(piece)
    person = patterns.person.match(piece)
    if person and (found is None or found.start() > person.end()):
        return at + person.start(1), _ONE
    if found is None or _is_thing(piece[found.end() :], patterns):
        return None
    lead = piece[: found.start()]
    if "," in lead or len(lead.split()) > _LEAD_WORDS or patterns.words.part.search(lead):
        return None
    count = _read_count(found["n"], lead, patterns)
    others = _read_others(low, at, piece, found.end(), patterns)
    return at + found.start(), count if others is None else count + others


def _read_others(low: str, at: int, piece: str, end: int, patterns: _TollPatterns) -> Count | None:
    """Read "and two guards" behind a quantity, unless they have a verb of their own."""
    joint = _JOINED.match(piece, end)
    found = patterns.quantity.match(piece, joint.end()) if joint else None
    if found is None:
        return None
    own_verb = patterns.any_verb.search(low, at + found.end(), at + found.end() + 30)
    return None if own_verb else _read_count(found["n"], "", patterns)


# ------------------------------------------------------------------------- before a verb


def _count_before(
    low: str, verbs: _Verbs, others: _Verbs, patterns: _TollPatterns, taken: Mapping[int, Count]
) -> dict[int, Count]:
    """Count the people before "were killed", without those that another verb has taken."""
    counts: dict[int, Count] = {}
    for verb in verbs.before.finditer(low):
        if not _is_active(low, verb, taken):
            start = _find_clause(low, verb.start(), others)
            found = _read_before(low, start, verb.start(), patterns, taken)
            counts |= {found[0]: found[1]} if found is not None else {}
    return counts


def _is_active(low: str, verb: re.Match[str], taken: Mapping[int, Count]) -> bool:
    """Whether the verb already has the people behind it."""
    near = any(verb.end() <= at <= verb.end() + _NEAR for at in taken)
    return near and not _is_passive(low, verb)


def _find_clause(low: str, at: int, others: _Verbs) -> int:
    """Find where the clause of a verb starts: behind a break, or behind the other verb."""
    cuts = [cut.end() for cut in _BREAKS.finditer(low, 0, at)]
    ends = [verb.end() for verb in others.before.finditer(low, 0, at)]
    return max([0, *cuts, *(end for end in ends if " and " in low[end:at] or "," in low[end:at])])


def _read_before(
    low: str, start: int, at: int, patterns: _TollPatterns, taken: Mapping[int, Count]
) -> tuple[int, Count] | None:
    """Read the quantity nearest before a verb, in the clause that begins at ``start``."""
    piece = low[start:at]
    hits = _find_people(piece, patterns, {place - start for place in taken})
    if not hits:
        is_one = _PLURAL.search(low, 0, at) is None  # "was killed", "died"
        named = len(patterns.titled.findall(piece)) if is_one else 0
        return (start, Count(named, named)) if named else None
    groups = _choose_groups(hits, piece)
    total = _add_up(
        _read_count(each["n"], piece[: each.start()][-28:], patterns) for each in groups
    )
    return None if total is None else (start + groups[0].start(), total)


def _find_people(piece: str, patterns: _TollPatterns, taken: set[int]) -> list[re.Match[str]]:
    """Find the quantities of people in a clause, up to one that is part of another."""
    hits: list[re.Match[str]] = []
    for found in patterns.quantity.finditer(piece):
        lead, behind = piece[: found.start()], piece[found.end() :]
        if found.start() in taken:
            hits = []
        elif not (_is_thing(behind, patterns) or _ADVERBIAL.search(lead[-9:])):
            if patterns.words.part.search(lead[-24:]):
                whole = lead.endswith("among ") and not behind.strip()
                return [found] if whole else hits  # "a guard was among four injured": four
            hits.append(found)
    return hits


def _choose_groups(hits: list[re.Match[str]], piece: str) -> list[re.Match[str]]:
    """Take the last quantity, and those it is joined to by "and": two soldiers and a guard."""
    first = hits[0]
    if len(hits) == 1:
        return hits
    between = piece[first.end() : hits[1].start()]
    if "," in between:
        return [first]
    on_a_par = len(hits) == 2 and _ON_A_PAR.fullmatch(between)
    return hits if on_a_par else [hits[-1]]


# ------------------------------------------------------------------------- quantities


def _is_thing(behind: str, patterns: _TollPatterns) -> bool:
    """Whether a quantity counts hours, kilometres or vehicles, not people."""
    return patterns.words.things.match(behind.lstrip(" -")) is not None


def _read_count(text: str, lead: str, patterns: _TollPatterns) -> Count:
    """Read a number in figures or words, with the "at least" before it."""
    low, high = _read_number(text, patterns.quantities)
    ahead = lead.rstrip()[-24:]
    if patterns.at_least.search(ahead):
        return Count(low, None)
    if patterns.more_than.search(ahead):
        return Count(low + 1, None)
    if patterns.at_most.search(ahead):
        return Count(0, high)
    if low > 2 and patterns.about.search(ahead):  # nobody says "about two"
        return Count(round(low * (1 - _SHARE)), round((high or low) * (1 + _SHARE)))
    return Count(low, high)


def _read_number(
    text: str, quantities: Mapping[str, tuple[int, int | None]]
) -> tuple[int, int | None]:
    if text[0].isdigit():
        number = int(text.replace(",", ""))
        return number, number
    first, *rest = text.split("-")
    low, high = quantities[first]
    low += sum(quantities[each][0] for each in rest)
    return low, low if rest else high
