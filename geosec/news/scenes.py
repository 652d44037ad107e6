"""Which of the places of a text something happened at, and which are only context."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geosec.news.mentions import Mention
    from geosec.news.vocabulary import ReportWords

_PHRASE_LETTERS = 60  # of a noun phrase that ends in "of" before a place
_SELF_LOCATING = frozenset({"offset", "between", "pair", "km"})
_LIST = re.compile(r"\s*(?:,|,?\s+and|,?\s+or|&)\s*(?:(?:in|at|near)\s+)?")
_INSIDE = re.compile(r",?\s*(?:in\s+|of\s+)?(?:the\s+)?(?:\w+\s+)?")
_OWNS = re.compile(r"['’]s\s+(?:\w+\s+)?")
_BOUND = re.compile(r"[ -]bound\b")
_NOUN_PHRASE = re.compile(
    r"\b(?:the|a|an|its|their|his|her|some|several|two|both)\s+(?:[\w'’-]+\s+){0,4}(?P<head>[\w'’-]+)$"
)


def location_end(text: str, mentions: list[Mention], number: int) -> int:
    """Find where the phrase for a place ends, with the district or province named behind it.

    Parameters
    ----------
    text : str
        A report.
    mentions : list of Mention
        Places in it, in order, in EPSG:4326.
    number : int
        Which of them.

    Returns
    -------
    int
        Offset in the text.

    Examples
    --------
    >>> from geosec.news.mentions import Mention
    >>> mentions = [Mention("Mach", 0, 4, "name", 0), Mention("Sindh", 6, 11, "name", 0, True)]
    >>> location_end("Mach, Sindh", mentions, 0)
    11
    """
    while number + 1 < len(mentions) and _contains(text, mentions, number):
        number += 1
    return mentions[number].end


def owns_next(text: str, mentions: list[Mention], number: int) -> bool:
    """Say whether a place owns the one behind it, as in "North Waziristan's Shawal area".

    Parameters
    ----------
    text : str
        A report.
    mentions : list of Mention
        Places in it, in order, in EPSG:4326.
    number : int
        Which of them.

    Returns
    -------
    bool

    Examples
    --------
    >>> from geosec.news.mentions import Mention
    >>> mentions = [Mention("Kech", 0, 4, "name", 0), Mention("Tump", 7, 11, "name", 0)]
    >>> owns_next("Kech's Tump", mentions, 0)
    True
    """
    if number + 1 >= len(mentions):
        return False
    gap = text[mentions[number].end : mentions[number + 1].start]
    return _OWNS.fullmatch(gap) is not None


def _contains(text: str, mentions: list[Mention], number: int) -> bool:
    """Whether the next mention is the district, province or country round this one."""
    one, two = mentions[number : number + 2]
    gap = text[one.end : two.start]
    return two.wide and one.sentence == two.sentence and bool(_INSIDE.fullmatch(gap.lower()))


def find_scenes(
    text: str,
    part: tuple[int, int],
    inside: list[int],
    mentions: list[Mention],
    words: ReportWords,
) -> list[list[int]]:
    """List the places where it happened; those named on a par stand together."""
    groups: list[list[int]] = []
    role = False
    for number in inside:
        each, last = mentions[number], number - 1
        if owns_next(text, mentions, number):
            continue
        neighbour = number > 0 and mentions[last].start >= part[0]
        if neighbour and _contains(text, mentions, last):
            continue
        listed = neighbour and _LIST.fullmatch(text[mentions[last].end : each.start].lower())
        if listed and role and groups:
            groups[-1].append(number)
            continue
        start = _start_with_owner(text, mentions, number)
        role = _is_scene(text, (part[0], start, part[1]), each, words)
        if role:
            groups.append([number])
    return groups


def _start_with_owner(text: str, mentions: list[Mention], number: int) -> int:
    owned = number > 0 and owns_next(text, mentions, number - 1)
    return mentions[number - 1 if owned else number].start


def _is_scene(text: str, ends: tuple[int, int, int], mention: Mention, words: ReportWords) -> bool:
    """Whether the words round a place make it where something happened."""
    before = text[ends[0] : ends[1]].lower().rstrip("\"“'‘( ")
    behind = text[mention.end : ends[2]].lower()
    if _BOUND.match(behind):
        return False
    leads = _leads(before, words)
    if any(_ends(words.scenes.away, lead) for lead in leads) or words.scenes.distance_away.match(
        behind
    ):
        return False
    if mention.kind in _SELF_LOCATING:
        return True
    noun = re.match(r"\s+(?:[\w-]+\s+)?(\w+)", behind)
    if noun and leads[0].endswith(" the") and words.scenes.attack_nouns.match(noun[1]):
        return True
    here = next((lead for lead in leads if _ends(words.scenes.here, lead)), None)
    return here is not None and not _is_told_there(here, behind, words)


def _leads(before: str, words: ReportWords) -> list[str]:
    """Strip from the right what changes nothing: "through the waiting hall of" is "through"."""
    leads = [before]
    while True:
        found = _last_match(words.scenes.between, leads[-1])
        if found is None and len(leads) > 1:
            phrase = _NOUN_PHRASE.search(leads[-1], max(0, len(leads[-1]) - _PHRASE_LETTERS))
            is_site = phrase and not words.scenes.not_sites.fullmatch(phrase["head"])
            found = phrase.start() if phrase and is_site else None
        if found is None:
            return leads
        leads.append(leads[-1][:found].rstrip())


def _last_match(pattern: re.Pattern[str], text: str) -> int | None:
    """Find where a match that ends the text begins, among its last words."""
    tail = max(0, len(text) - 60)
    ends = [each.start() for each in pattern.finditer(text, tail) if each.end() == len(text)]
    return ends[0] if ends else None


def _ends(pattern: re.Pattern[str], text: str) -> bool:
    return any(each.end() == len(text) for each in pattern.finditer(text, max(0, len(text) - 90)))


def _is_told_there(here: str, behind: str, words: ReportWords) -> bool:
    """Whether somebody speaks at the place, as in "a spokesman in Quetta said"."""
    lead = here.rsplit(" ", 1)[0] if " " in here else ""
    speaks = re.match(r"(?:[,\s]+\w+){0,2}?[,\s]+" + words.scenes.saying.pattern, behind)
    return bool(speaks) and _ends(words.scenes.speakers, lead)
