"""Which of the places of a text something happened at, and which are only context."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from geosec.language import tags
from geosec.news.mention import MEASURED_KINDS, REMARK
from geosec.news.notation import anchor_pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geosec.news.mention import Mention
    from geosec.news.vocabulary import Pattern, ReportWords

_LEAD_LETTERS = 60  # of one word that changes nothing before a place
_ROLE_LETTERS = 90  # of the words before a place that make it where something happened, or not
_WINDOW = 120  # letters on either side of a place that tell whether something happened there
_PHRASE_LETTERS = 60  # of a noun phrase that ends in "of" before a place
_SELF_LOCATING = frozenset({"offset", "toward", "side", "between", "near_both", "pair", "km_post"})
_LIST = re.compile(r"\s*(?:,|,?\s+and|,?\s+or|&)\s*(?:(?:in|at|near)\s+)?")
_SITE_IN = re.compile(r".*\b(?:at|in|near)\s+")
_BESIDE = re.compile(r",\s*(?:(?:very |quite )?(?:near|close to|not far from))\s+(?:the\s+)?")
_TELLS_WHERE = re.compile(
    r"(?:,|\b(?:is|are|was|were|lies|lay|lying|located|situated|heard|felt|seen))\s*(?:\w+\s*)?$"
)
_TELLS_WHICH = re.compile(r" the$|(?:day|week|month|night|morning|evening)['’]s$")
_NEXT_WORDS = re.compile(r"\s+(?P<one>[\w-]+)(?:\s+(?P<two>\w+))?")
_BOUND = re.compile(r"[ -]bound\b")
_NOUN_PHRASE = re.compile(
    r"\b(?:the|a|an|its|their|his|her|some|several|two|both)\s+"
    r"(?:(?!(?:the|an?|in|at|on|of|over|near|from|to|for|by|with|and)\b)[\w'’-]+\s+){0,4}"
    r"(?P<head>[\w'’-]+)$"
)


def find_scenes(
    text: str,
    part: tuple[int, int],
    inside: list[int],
    mentions: list[Mention],
    words: ReportWords,
) -> list[list[int]]:
    """List the places where it happened; those named on a par stand together."""
    scenes = _list_scenes(text, part, inside, mentions, words, weak=False)
    if (
        not scenes
        and _may_be_there(text[slice(*part)], words)
        and _is_whole_sentence(inside, mentions)
    ):
        scenes = _list_scenes(text, part, inside, mentions, words, weak=True)
    return _keep_finer(scenes, mentions) or _find_by_distance(text, part, inside, mentions)


def _may_be_there(text: str, words: ReportWords) -> bool:
    """Whether a part tells of who serves somewhere, or of the people of a place."""
    low, scenes = text.lower(), words.scenes
    return (scenes.stationed.search(low) or scenes.people_of.search(low)) is not None


def _is_whole_sentence(inside: list[int], mentions: list[Mention]) -> bool:
    """Whether the places of a part are all that its sentence names."""
    beside = {each for number in inside for each in (number - 1, number + 1)} - {*inside, -1}
    sentences = {mentions[number].sentence for number in inside}
    return all(mentions[n].sentence not in sentences for n in beside if n < len(mentions))


def _list_scenes(
    text: str,
    part: tuple[int, int],
    inside: list[int],
    mentions: list[Mention],
    words: ReportWords,
    *,
    weak: bool,
) -> list[list[int]]:
    """List the places where it happened; ``weak`` also where only somebody serves."""
    scenes: list[list[int]] = []
    is_scene = False
    for number in inside:
        if _says_where_another_is(text, part, mentions, number):
            continue
        if is_scene and _is_beside(text, part, mentions, number):
            continue
        if is_scene and _is_on_a_par(text, part, mentions, number):
            scenes[-1].append(number)
            continue
        start = _find_start(mentions, number)
        ends = (part[0], start, part[1])
        is_scene = _is_scene(text, ends, mentions[number], words, weak=weak)
        if is_scene:
            scenes.append([number])
    return [_leave_out_units(text, scene, mentions) for scene in scenes]


def _leave_out_units(text: str, scene: list[int], mentions: list[Mention]) -> list[int]:
    """Leave out what only a comma joins to one place: "in Naurang, Lakki" is Naurang."""
    between = text[mentions[scene[0]].end : mentions[scene[-1]].start]
    return scene[:1] if len(scene) == 2 and between.strip() == "," else scene


def is_scene_of_sentence(
    text: str, mentions: Sequence[Mention], number: int, words: ReportWords
) -> bool:
    """Whether something happened at a place, as the words of its sentence near it say."""
    start, end = mentions[number].start, mentions[number].end
    around = (max(start - _WINDOW, 0), start, end + _WINDOW)
    return _is_scene(text, around, mentions[number], words, weak=False)


def _find_start(mentions: list[Mention], number: int) -> int:
    """Find where a place begins, with the one that owns it; "camp at Jandola" at Jandola."""
    mention = mentions[number]
    if number > 0 and mentions[number - 1].owns_next:
        return mentions[number - 1].start
    within = _SITE_IN.match(mention.text) if mention.kind == "facility" else None
    return mention.start + (within.end() if within else 0)


def _keep_finer(scenes: list[list[int]], mentions: list[Mention]) -> list[list[int]]:
    """Leave out a whole road, or a way between two places, where another place is finer."""
    if len(scenes) < 2:
        return scenes
    finer = [scene for scene in scenes if not _is_way(mentions[scene[0]])]
    if all(mentions[scene[0]].wide for scene in finer):
        return [scene for scene in scenes if not mentions[scene[0]].is_way] or scenes
    return finer


def _says_where_another_is(
    text: str, part: tuple[int, int], mentions: list[Mention], number: int
) -> bool:
    """Whether a place only says where another is: "Kech's Tump", "Tump, 9 km from Mand"."""
    if mentions[number].owns_next:
        return True
    if not _has_neighbour(part, mentions, number):
        return False
    before = mentions[number - 1]
    is_way = mentions[number].kind in MEASURED_KINDS
    gap = text[before.end : mentions[number].start]
    return before.lies_in_next or (is_way and REMARK.fullmatch(gap) is not None)


def _is_on_a_par(text: str, part: tuple[int, int], mentions: list[Mention], number: int) -> bool:
    """Whether a place is named in one list with that before it: "in Mach, Sibi and Kalat"."""
    if not _has_neighbour(part, mentions, number) or _is_way(mentions[number - 1]):
        return False
    between = text[mentions[number - 1].end : mentions[number].start]
    return _LIST.fullmatch(between.lower()) is not None


def _is_beside(text: str, part: tuple[int, int], mentions: list[Mention], number: int) -> bool:
    """Whether a place only says what the one before it is near to: "in Panjpai, near Quetta"."""
    if not _has_neighbour(part, mentions, number) or _is_way(mentions[number - 1]):
        return False
    return _BESIDE.fullmatch(text, mentions[number - 1].end, mentions[number].start) is not None


def _has_neighbour(part: tuple[int, int], mentions: list[Mention], number: int) -> bool:
    return number > 0 and mentions[number - 1].start >= part[0]


def _is_way(mention: Mention) -> bool:
    """Whether a mention is a whole road, or what lies between two places."""
    return mention.is_way or mention.kind in {"between", "pair"}


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


def _is_scene(
    text: str, ends: tuple[int, int, int], mention: Mention, words: ReportWords, *, weak: bool
) -> bool:
    """Whether the words round a place make it where something happened."""
    before = text[ends[0] : ends[1]].lower().rstrip("\"“'‘( ")
    behind = text[mention.end : ends[2]].lower()
    leads = _list_leads(before, words)
    if weak and _do_people(leads, behind, words):
        return True
    if mention.kind == "journey" or _is_elsewhere(leads, behind, words, weak=weak):
        return False
    if mention.kind in _SELF_LOCATING or _is_off_coast(mention):
        return True
    if _is_of_attack(before, behind, words):
        return True
    here = next((lead for lead in leads if _ends_with(words.scenes.here, lead)), None)
    return here is not None and not _is_told_there(here, behind, words)


def _is_of_attack(before: str, behind: str, words: ReportWords) -> bool:
    """Whether an attack is told apart by its place: "the Hangu suicide attack"."""
    if _TELLS_WHICH.search(before) is None:
        return False
    found = _NEXT_WORDS.match(behind)
    nouns = () if found is None else filter(None, found.groups())
    return any(words.scenes.attack_nouns.match(noun) for noun in nouns)


def _do_people(leads: list[str], behind: str, words: ReportWords) -> bool:
    """Whether the people of a place do something there: "residents of Moro blocked the road"."""
    if words.scenes.people_do.match(behind.lstrip()) is None:
        return False
    return any(_ends_with(words.scenes.people_of, lead) for lead in leads)


def _is_elsewhere(leads: list[str], behind: str, words: ReportWords, *, weak: bool) -> bool:
    """Whether somebody comes from a place, goes to it or serves there, or it is far away."""
    away, stationed = words.scenes.away, words.scenes.stationed
    if _BOUND.match(behind) or any(_ends_with(away, lead) for lead in leads):
        return True
    if not weak and any(_ends_with(stationed, lead) for lead in leads):
        return True
    is_far = words.scenes.distance_away.match(behind) is not None
    return is_far and not any(_ends_with(words.scenes.here, lead) for lead in leads)


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
    found = anchor_pattern(pattern).search(text, max(0, len(text) - _LEAD_LETTERS))
    return None if found is None else found.start()


def _ends_with(pattern: Pattern, text: str) -> bool:
    start = max(0, len(text) - _ROLE_LETTERS)
    return anchor_pattern(pattern).search(text, start) is not None


def _is_told_there(here: str, behind: str, words: ReportWords) -> bool:
    """Whether somebody speaks at the place, as in "a spokesman in Quetta said"."""
    if _compile_speaking(words.every).match(behind) is None:
        return False
    lead = here.rsplit(" ", 1)[0] if " " in here else ""
    return _ends_with(words.scenes.speakers, lead)


@cache
def _compile_speaking(words: ReportWords) -> Pattern:
    others = words.scenes.speakers.pattern
    away = rf"(?:{words.scenes.distance_away.pattern})?"
    return re.compile(
        rf"{away}(?:[,\s]+(?!{others})\w+){{0,2}}?[,\s]+{words.scenes.saying.pattern}"
    )
