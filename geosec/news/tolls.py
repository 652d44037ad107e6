"""How many people a report says were killed or hurt, kept as ranges."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geosec.news.vocabulary import ReportWords

_NUMBER = r"\d{1,3}(?:,\d{3}){1,2}|\d{1,7}"  # nobody counts ten million
_SHARE = 0.1  # how far "about 50" may be off, as a share
_NEAR = 24  # letters between an active verb and its people: "killed at least five"
_JOINED = re.compile(
    r"(?: (?!aged )[\w'-]+){0,3} and (?:(?:his|her|their) (?=\d|two|three|four|five))?"
)
_AGE = re.compile(r"(?<=[a-z]), \d{1,2}(?=[,.)])")  # "Naseeb Ullah, 19, and"
_BREAKS = re.compile(r"[;:]| while | but | when | where | after ")
_ADVERBIAL = re.compile(r"\b(?:in|at|of|for|on|by|(?<!up )to) $")


@dataclass(frozen=True)
class Count:
    """A number of people, from the lowest to the highest that is said.

    Attributes
    ----------
    low : int
        At least so many.
    high : int, optional
        At most so many; None where the report leaves it open.

    Examples
    --------
    >>> Count(2, 2) + Count(3)
    Count(low=5, high=None)
    """

    low: int
    high: int | None = None

    def __add__(self, other: Count) -> Count:
        """Add the people of two groups."""
        open_end = self.high is None or other.high is None
        return Count(
            self.low + other.low, None if open_end else (self.high or 0) + (other.high or 0)
        )

    def larger(self, other: Count) -> Count:
        """Take the greater of two tellings of the same people.

        Parameters
        ----------
        other : Count
            Another telling, in people.

        Returns
        -------
        Count

        Examples
        --------
        >>> Count(2, 2).larger(Count(5, 5)).low
        5
        """
        return max(self, other, key=lambda each: (each.low, each.high is None, each.high or 0))


_ONE = Count(1, 1)


@dataclass(frozen=True)
class Toll:
    """Killed and hurt; None where nothing is said.

    Attributes
    ----------
    dead, hurt : Count or None
        People.

    Examples
    --------
    >>> Toll().dead is None
    True
    """

    dead: Count | None = None
    hurt: Count | None = None


def count_casualties(text: str, words: ReportWords) -> Toll:
    """Count the killed and hurt of a sentence or a part of one.

    Parameters
    ----------
    text : str
        A sentence or clause.
    words : ReportWords
        Verbs of dying, and words for numbers.

    Returns
    -------
    Toll
        People, as ranges.

    Examples
    --------
    >>> from geosec.news.vocabulary import load_report_words
    >>> count_casualties("killing one constable and injuring six people", load_report_words())
    Toll(dead=Count(low=1, high=1), hurt=Count(low=6, high=6))
    >>> count_casualties("At least 12 died and dozens were hurt", load_report_words()).hurt
    Count(low=24, high=None)
    """
    low = text.lower().replace("’", "'")
    low = _AGE.sub(_blank, _calendar_days(words).sub(_blank, low))
    low, nobody = words.casualties["nobody"].subn(_blank, low)
    low = words.triggers["never"].sub(_blank, low)
    behind = {what: _behind_verbs(low, what, words) for what in ("dead", "hurt")}
    taken = behind["dead"] | behind["hurt"]
    dead, hurt = (
        _total((behind[what] | _before_verbs(low, what, words, taken)).values())
        for what in ("dead", "hurt")
    )
    risen = _risen(low, words)
    dead = risen or dead
    if nobody:
        dead = dead or Count(0, 0)
        hurt = hurt or Count(0, 0)
    return Toll(dead, hurt)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _calendar_days(words: ReportWords) -> re.Pattern[str]:
    month = rf"(?:{'|'.join(words.dates['months'])})"
    return re.compile(rf"\b(?:{month} \d{{1,2}}|\d{{1,2}} {month})\b,?(?: \d{{4}}\b,?)?")


def _risen(low: str, words: ReportWords) -> Count | None:
    """Read "the death toll from Monday's bombing rose to 100"."""
    found = words.casualties["toll"].search(low)
    if found is None:
        return None
    people = _quantity(words).match(low, found.end() + 1)
    return None if people is None else _read(people["n"], "", words)


def _behind_verbs(low: str, what: str, words: ReportWords) -> dict[int, Count]:
    """Count the people behind "killing", by where their number stands."""
    taken: dict[int, Count] = {}
    for verb in words.casualties[f"{what}_after"].finditer(low):
        if verb.group() in {"left", "leaving"} or _is_passive(low, verb):
            continue
        found = _behind(low, verb.end(), words)
        if found is not None:
            taken[found[0]] = found[1]
    return taken


def _before_verbs(
    low: str, what: str, words: ReportWords, taken: dict[int, Count]
) -> dict[int, Count]:
    """Count the people before "were killed", without those that another verb has taken."""
    found: dict[int, Count] = {}
    for verb in words.casualties[f"{what}_before"].finditer(low):
        if not _is_active(low, verb, taken):
            people = _before(low, verb.start(), what, words, taken)
            found |= {people[0]: people[1]} if people is not None else {}
    return found


def _total(counts: Iterable[Count]) -> Count | None:
    total = None
    for each in counts:
        total = each if total is None else total + each
    return total


def _is_passive(low: str, verb: re.Match[str]) -> bool:
    return bool(
        re.search(r"\b(?:was|were|been|being|is|are|get|got)\s+(?:\w+ly\s+)?$", low[: verb.start()])
    )


def _is_active(low: str, verb: re.Match[str], taken: dict[int, Count]) -> bool:
    """Whether the verb already has the people behind it."""
    near = [at for at in taken if verb.end() <= at <= verb.end() + _NEAR]
    return bool(near) and not _is_passive(low, verb)


def _quantity(words: ReportWords) -> re.Pattern[str]:
    entries = "|".join(sorted(map(re.escape, words.quantities), key=len, reverse=True))
    owned = rf"(?:his|her|their|him|both) (?:\d|(?:{entries})\b)"  # "her two sons" are two
    return re.compile(
        rf"(?<![\w.,(-])(?!{owned})"
        rf"(?P<n>{_NUMBER}|(?:{entries})(?:-(?:{entries}))?)(?![\w]|[.,]\d|-year)"
    )


def _title(words: ReportWords) -> re.Pattern[str]:
    return re.compile(rf"{words.people['titled'].pattern} \w")


def _titled(words: ReportWords) -> re.Pattern[str]:
    titled, single = words.people["titled"].pattern, words.people["single"].pattern
    return re.compile(rf"\s*({titled} \w|{single})")


def _behind(low: str, at: int, words: ReportWords) -> tuple[int, Count] | None:
    """Read the quantity that follows a verb, before another clause begins."""
    stop = _BREAKS.search(low, at)
    piece = low[at : min(stop.start() if stop else len(low), at + 60)]
    found = _quantity(words).search(piece)
    titled = _titled(words).match(piece)
    if titled and (found is None or found.start() > titled.end()):
        return at + titled.start(1), _ONE
    if found is None or _is_thing(piece[found.end() :], words):
        return None
    lead = piece[: found.start()]
    if len(lead.split()) > 4 or words.casualties["part"].search(lead) or "," in lead:
        return None
    count = _read(found["n"], lead, words)
    also = _also(low, at, piece, found.end(), words)
    return at + found.start(), count if also is None else count + also


def _also(low: str, at: int, piece: str, end: int, words: ReportWords) -> Count | None:
    """Read "and two guards" behind a quantity, unless they have a verb of their own."""
    joint = _JOINED.match(piece, end)
    found = _quantity(words).match(piece, joint.end()) if joint else None
    if found is None:
        return None
    own_verb = words.casualties["verbs"].search(low, at + found.end(), at + found.end() + 30)
    return None if own_verb else _read(found["n"], "", words)


def _before(
    low: str, at: int, what: str, words: ReportWords, taken: dict[int, Count]
) -> tuple[int, Count] | None:
    """Read the quantity nearest before a verb, in the same clause."""
    start = _clause_start(low, at, what, words)
    piece = low[start:at]
    hits = _groups_of_people(piece, words, {place - start for place in taken})
    if not hits:
        named = len(_title(words).findall(piece)) if _is_one(low, at) else 0
        return (start, Count(named, named)) if named else None
    joined = _joined(hits, piece)
    counts = (_read(found["n"], piece[: found.start()][-28:], words) for found in joined)
    total = _total(counts)
    return None if total is None else (start + joined[0].start(), total)


def _clause_start(low: str, at: int, what: str, words: ReportWords) -> int:
    """Find where the clause of a verb starts: behind a break, or behind the other verb."""
    other = "hurt" if what == "dead" else "dead"
    cuts = [cut.end() for cut in _BREAKS.finditer(low, 0, at)]
    ends = [verb.end() for verb in words.casualties[f"{other}_before"].finditer(low, 0, at)]
    return max([0, *cuts, *(end for end in ends if " and " in low[end:at] or "," in low[end:at])])


def _groups_of_people(piece: str, words: ReportWords, taken: set[int]) -> list[re.Match[str]]:
    """Find the quantities of people in a clause, up to one that is part of another."""
    hits: list[re.Match[str]] = []
    for found in _quantity(words).finditer(piece):
        lead, behind = piece[: found.start()], piece[found.end() :]
        if found.start() in taken:
            hits = []
        elif not (_is_thing(behind, words) or _ADVERBIAL.search(lead[-9:])):
            if words.casualties["part"].search(lead[-24:]):
                whole = lead.endswith("among ") and not behind.strip()
                return [found] if whole else hits  # "a guard was among four injured": four
            hits.append(found)
    return hits


def _is_one(low: str, at: int) -> bool:
    """Whether a verb of dying is said of one who is named: "was killed", "died"."""
    return not re.search(r"\b(?:were|are|who|had)\s+(?:\w+ly\s+)?$", low[:at])


def _joined(hits: list[re.Match[str]], piece: str) -> list[re.Match[str]]:
    """Take the last quantity, and those it is joined to by "and": two soldiers and a guard."""
    first = hits[0]
    if len(hits) == 1:
        return hits
    between = piece[first.end() : hits[1].start()]
    if (
        len(hits) == 2
        and re.fullmatch(r"(?:[ \w'-]+?,)? ?[ \w'-]* and ", between)
        and "," not in between
    ):
        return hits
    return [first] if "," in between else [hits[-1]]


def _is_thing(behind: str, words: ReportWords) -> bool:
    """Whether a quantity counts hours, kilometres or vehicles, not people."""
    return bool(words.casualties["units_not_people"].match(behind.lstrip(" -")))


def _read(text: str, lead: str, words: ReportWords) -> Count:
    if text[0].isdigit():
        low: int = int(text.replace(",", ""))
        high: int | None = low
    else:
        first, *rest = text.split("-")
        low, high = words.quantities[first]
        low += sum(words.quantities[each][0] for each in rest)
        high = low if rest else high
    ahead = lead.rstrip()[-24:]
    if _ends_with(ahead, "at_least", words):
        return Count(low, None)
    if _ends_with(ahead, "more_than", words):
        return Count(low + 1, None)
    if _ends_with(ahead, "at_most", words):
        return Count(0, high)
    if _ends_with(ahead, "about", words) and low > 2:
        return Count(round(low * (1 - _SHARE)), round((high or low) * (1 + _SHARE)))
    return Count(low, high)


def _ends_with(ahead: str, name: str, words: ReportWords) -> bool:
    return any(found.end() == len(ahead) for found in words.casualties[name].finditer(ahead))
