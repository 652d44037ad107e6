"""Which of the places of a text something happened at, and which are only context."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from geosec.geocoding.grammar import tags
from geosec.news.containment import lies_in_next, owns_next

if TYPE_CHECKING:
    from geosec.news.mentions import Mention
    from geosec.news.vocabulary import Pattern, ReportWords

_LEAD_LETTERS = 60  # of one word that changes nothing before a place
_ROLE_LETTERS = 90  # of the words before a place that make it where something happened, or not
_PHRASE_LETTERS = 60  # of a noun phrase that ends in "of" before a place
_SELF_LOCATING = frozenset({"offset", "toward", "side", "between", "near_both", "pair", "km_post"})
_LIST = re.compile(r"\s*(?:,|,?\s+and|,?\s+or|&)\s*(?:(?:in|at|near)\s+)?")
_TELLS_WHERE = re.compile(
    r"(?:,|\b(?:is|are|was|were|lies|lay|lying|located|situated|heard|felt|seen))\s*(?:\w+\s*)?$"
)
_NEXT_NOUN = re.compile(r"\s+(?:[\w-]+\s+)?(\w+)")
_BOUND = re.compile(r"[ -]bound\b")
_NOUN_PHRASE = re.compile(
    r"\b(?:the|a|an|its|their|his|her|some|several|two|both)\s+(?:[\w'’-]+\s+){0,4}(?P<head>[\w'’-]+)$"
)


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
        if neighbour and lies_in_next(text, mentions, last):
            continue
        listed = neighbour and _LIST.fullmatch(text[mentions[last].end : each.start].lower())
        if listed and role and groups:
            groups[-1].append(number)
            continue
        start = _find_start(text, mentions, number)
        role = _is_scene(text, (part[0], start, part[1]), each, words)
        if role:
            groups.append([number])
    if len(groups) > 1:
        groups = [group for group in groups if not _is_way(mentions[group[0]])] or groups
    return groups or _find_by_distance(text, part, inside, mentions)


def _is_way(mention: Mention) -> bool:
    """Whether a mention is a whole road, which any other place of the sentence is finer than."""
    clause = mention.phrase.clause
    return mention.kind == "between" and clause is not None and bool(tags.TRACK & set(clause.nouns))


def _find_by_distance(
    text: str, part: tuple[int, int], inside: list[int], mentions: list[Mention]
) -> list[list[int]]:
    """Take "went off 3 km short of Mach" where nothing else says where.

    Behind a comma or "lies" the distance only says where another place is.
    """
    for number in inside:
        before = text[part[0] : mentions[number].start]
        if mentions[number].kind == "distance" and _TELLS_WHERE.search(before) is None:
            return [[number]]
    return []


def _find_start(text: str, mentions: list[Mention], number: int) -> int:
    owned = number > 0 and owns_next(text, mentions, number - 1)
    return mentions[number - 1 if owned else number].start


def _is_scene(text: str, ends: tuple[int, int, int], mention: Mention, words: ReportWords) -> bool:
    """Whether the words round a place make it where something happened."""
    before = text[ends[0] : ends[1]].lower().rstrip("\"“'‘( ")
    behind = text[mention.end : ends[2]].lower()
    if mention.kind == "journey" or _BOUND.match(behind):
        return False
    leads = _list_leads(before, words)
    if any(_ends_with(words.scenes.away, lead) for lead in leads):
        return False
    if words.scenes.distance_away.match(behind):
        return False
    if mention.kind in _SELF_LOCATING or _is_off_coast(mention):
        return True
    noun = _NEXT_NOUN.match(behind)
    if noun and leads[0].endswith(" the") and words.scenes.attack_nouns.match(noun[1]):
        return True
    here = next((lead for lead in leads if _ends_with(words.scenes.here, lead)), None)
    return here is not None and not _is_told_there(here, behind, words)


def _is_off_coast(mention: Mention) -> bool:
    """Whether a mention is "off Gwadar"."""
    items = mention.phrase.items
    return bool(items) and items[0].relation == tags.OFF


def _list_leads(before: str, words: ReportWords) -> list[str]:
    """Strip from the right what changes nothing: "through the waiting hall of" is "through"."""
    leads = [before]
    while True:
        found = _find_last(words.scenes.between, leads[-1])
        if found is None and len(leads) > 1:
            phrase = _NOUN_PHRASE.search(leads[-1], max(0, len(leads[-1]) - _PHRASE_LETTERS))
            is_site = phrase and not words.scenes.not_sites.fullmatch(phrase["head"])
            found = phrase.start() if phrase and is_site else None
        if found is None:
            return leads
        leads.append(leads[-1][:found].rstrip())


def _find_last(pattern: Pattern, text: str) -> int | None:
    """Find where a match that ends the text begins, among its last words."""
    found = pattern.finditer(text, max(0, len(text) - _LEAD_LETTERS))
    return next((each.start() for each in found if each.end() == len(text)), None)


def _ends_with(pattern: Pattern, text: str) -> bool:
    found = pattern.finditer(text, max(0, len(text) - _ROLE_LETTERS))
    return any(each.end() == len(text) for each in found)


def _is_told_there(here: str, behind: str, words: ReportWords) -> bool:
    """Whether somebody speaks at the place, as in "a spokesman in Quetta said"."""
    if _compile_speaking(words).match(behind) is None:
        return False
    lead = here.rsplit(" ", 1)[0] if " " in here else ""
    return _ends_with(words.scenes.speakers, lead)


@cache
def _compile_speaking(words: ReportWords) -> Pattern:
    return re.compile(rf"(?:[,\s]+\w+){{0,2}}?[,\s]+{words.scenes.saying.pattern}")
