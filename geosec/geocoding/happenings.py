"""What a running text tells: which of its places something happened at, what, and to how many."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from geosec.geocoding.casualties import Toll, count_casualties

if TYPE_CHECKING:
    from geosec.geocoding.mentions import Mention
    from geosec.geocoding.report_words import ReportWords

_SELF_LOCATING = frozenset({"offset", "between", "pair", "km"})
_PLACE = "§"  # stands for a place's name while the words round it are read
_LIST = re.compile(r"\s*(?:,|,?\s+and|,?\s+or|&)\s*(?:(?:in|at|near)\s+)?")
_INSIDE = re.compile(r",?\s*(?:in\s+|of\s+)?(?:the\s+)?(?:\w+\s+)?")
_OWNS = re.compile(r"['’]s\s+(?:\w+\s+)?")
_AND = re.compile(r",?\s+and\s+|,\s+")
_DATELINE = re.compile(r"\s*(?:\([^)]{1,40}\)\s*)?(?::|—|–|--?\s)")
_DEADLY = ("Explosions/Remote violence", "Battles", "Violence against civilians")
_CALM = "Strategic developments"
NOTHING_SAID = Toll()


@dataclass(frozen=True)
class Telling:
    """What one part of a sentence tells.

    Attributes
    ----------
    text, sentence : str
        The part, and the sentence it stands in.
    places : tuple of int
        Numbers of the mentions where it happened; several where they are named on a par.
    event_type : str
        ACLED event type; empty where only the outcome of something told before is told.
    toll : Toll
        Killed and hurt, in people.
    another : bool
        Whether it says that it is another one.
    summary : bool
        Whether it tells several at once.
    accident : bool
        Whether it tells of something that is no incident: what follows belongs to that.

    Examples
    --------
    >>> Telling("nobody was hurt", "Nobody was hurt.").places
    ()
    """

    text: str
    sentence: str
    places: tuple[int, ...] = ()
    event_type: str = ""
    toll: Toll = NOTHING_SAID
    another: bool = False
    summary: bool = False
    accident: bool = False


def find_tellings(
    text: str, sentences: list[tuple[int, int]], mentions: list[Mention], words: ReportWords
) -> list[Telling]:
    """Find what a text tells, part by part.

    Parameters
    ----------
    text : str
        A report.
    sentences : list of (int, int)
        Offsets of its sentences.
    mentions : list of Mention
        Places in it, in order.
    words : ReportWords
        What reports say, and how.

    Returns
    -------
    list of Telling
        In the order of the text; parts that tell of no incident and no outcome are left out.

    Examples
    --------
    >>> from geosec.geocoding.mentions import Mention
    >>> from geosec.geocoding.report_words import load_report_words
    >>> text = "A bomb in Sibi killed two."
    >>> [told] = find_tellings(text, [(0, 26)], [Mention("Sibi", 10, 14, "name", 0)],
    ...                        load_report_words())
    >>> told.event_type, told.places, told.toll.dead.low
    ('Explosions/Remote violence', (0,), 2)
    """
    tellings = []
    by_sentence: dict[int, list[int]] = {}
    for number, each in enumerate(mentions):
        by_sentence.setdefault(each.sentence, []).append(number)
    for sentence, (start, end) in enumerate(sentences):
        own = by_sentence.get(sentence, [])
        for part in _parts(text, start, end, words):
            inside = [at for at in own if part[0] <= mentions[at].start < part[1]]
            tellings += _read_part(text, text[start:end], part, inside, mentions, words)
    return tellings


def location_end(text: str, mentions: list[Mention], number: int) -> int:
    """Find where the phrase for a place ends, with the district or province named behind it.

    Parameters
    ----------
    text : str
        A report.
    mentions : list of Mention
        Places in it, in order.
    number : int
        Which of them.

    Returns
    -------
    int
        Offset in the text.

    Examples
    --------
    >>> from geosec.geocoding.mentions import Mention
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
        Places in it, in order.
    number : int
        Which of them.

    Returns
    -------
    bool

    Examples
    --------
    >>> from geosec.geocoding.mentions import Mention
    >>> mentions = [Mention("Kech", 0, 4, "name", 0), Mention("Tump", 7, 11, "name", 0)]
    >>> owns_next("Kech's Tump", mentions, 0)
    True
    """
    if number + 1 >= len(mentions):
        return False
    gap = text[mentions[number].end : mentions[number + 1].start]
    return _OWNS.fullmatch(gap) is not None


def dateline(text: str, mentions: list[Mention]) -> int | None:
    """Find the place a wire report is dated from, as in "TURBAT: Three labourers ...".

    Parameters
    ----------
    text : str
        A report.
    mentions : list of Mention
        Places in it, in order.

    Returns
    -------
    int or None
        Number of the mention.

    Examples
    --------
    >>> from geosec.geocoding.mentions import Mention
    >>> dateline("TURBAT: Three ...", [Mention("TURBAT", 0, 6, "name", 0)])
    0
    """
    if not mentions or text[: mentions[0].start].strip():
        return None
    end = location_end(text, mentions, 0)
    return 0 if _DATELINE.match(text, end) else None


def _contains(text: str, mentions: list[Mention], number: int) -> bool:
    """Whether the next mention is the district, province or country round this one."""
    one, two = mentions[number : number + 2]
    gap = text[one.end : two.start]
    return two.wide and one.sentence == two.sentence and bool(_INSIDE.fullmatch(gap.lower()))


def _parts(text: str, start: int, end: int, words: ReportWords) -> list[tuple[int, int]]:
    """Cut a sentence where it turns to something else."""
    cuts = [start]
    low = text[start:end].lower()
    cuts += [start + found.end() for found in words.parts.finditer(low)]
    return list(zip(cuts, [*cuts[1:], end], strict=True))


def _read_part(
    text: str,
    whole: str,
    part: tuple[int, int],
    inside: list[int],
    mentions: list[Mention],
    words: ReportWords,
) -> list[Telling]:
    """Read one part; it makes two tellings where each of its places has its own dead."""
    said = text[slice(*part)]
    places = [mentions[at] for at in inside]
    low = _blanked(said, part, places)
    groups = _scenes(text, part, inside, mentions, words)
    if words.triggers["background"].search(low) and not _is_definite(low, groups, mentions, words):
        return []
    if _is_accident(low, words):
        return [Telling(said, whole, accident=True)]
    another = bool(words.triggers["another"].search(low))
    tellings = []
    pieces = _pieces(text, part, groups, mentions)
    if len(pieces) > 1 and not _are_several(text, pieces, places, words):
        finest = min(groups, key=lambda group: mentions[group[0]].wide)
        pieces = [(part[0], part[1], finest)]
    for a, b, group in pieces:
        low = _blanked(text[a:b], (a, b), places)
        toll = count_casualties(low, words)
        found = event_type(low, toll, words)
        if found is not None:
            summary = bool(words.triggers["summary"].search(low))
            telling = Telling(said, whole, tuple(group), found, toll, another, summary)
            tellings.append(telling)
    return tellings


def _pieces(
    text: str, part: tuple[int, int], groups: list[list[int]], mentions: list[Mention]
) -> list[tuple[int, int, list[int]]]:
    """Cut a part between its scenes, at the last "and" or comma before each."""
    cuts = [part[0]]
    for before, group in pairwise(groups):
        start, end = mentions[before[-1]].end, mentions[group[0]].start
        breaks = list(_AND.finditer(text, start, end))
        cuts.append(breaks[-1].end() if breaks else end)
    return list(zip(cuts, [*cuts[1:], part[1]], groups or [[]], strict=True))


def _are_several(
    text: str,
    pieces: list[tuple[int, int, list[int]]],
    places: list[Mention],
    words: ReportWords,
) -> bool:
    """Whether each piece has its own dead, or is of a kind of its own."""
    lows = [_blanked(text[a:b], (a, b), places) for a, b, _ in pieces]
    tolls = [count_casualties(low, words) for low in lows]
    if all(toll.dead is not None for toll in tolls):
        return True
    kinds = [event_type(low, toll, words) for low, toll in zip(lows, tolls, strict=True)]
    return all(kinds) and len(set(kinds)) == len(kinds)


def _blanked(said: str, part: tuple[int, int], mentions: list[Mention]) -> str:
    """Lower-case a part, with every place's name as one sign: "Strike Colony" is no strike."""
    low, at = "", part[0]
    for each in mentions:
        if part[0] <= each.start and each.end <= part[1] and each.start >= at:
            low += said[at - part[0] : each.start - part[0]].lower() + _PLACE
            at = each.end
    return low + said[at - part[0] :].lower()


def _is_definite(
    low: str, groups: list[list[int]], mentions: list[Mention], words: ReportWords
) -> bool:
    """Whether a part that looks back tells of the dead of one place, and so of one happening."""
    sites = [mentions[number] for group in groups for number in group]
    dead = count_casualties(low, words).dead
    return bool(sites) and not sites[0].wide and dead is not None and dead.low > 0


def _is_accident(low: str, words: ReportWords) -> bool:
    clean = words.triggers["never"].sub(" ", low)
    if words.triggers["accident"].search(clean):
        return True
    violent = any(words.types[kind].search(clean) for kind in _DEADLY)
    return bool(words.triggers["mishap"].search(clean)) and not violent


def event_type(low: str, toll: Toll, words: ReportWords) -> str | None:
    """Name the ACLED event type of a part of a sentence.

    Parameters
    ----------
    low : str
        In lower case.
    toll : Toll
        Killed and hurt in it, in people.
    words : ReportWords
        Words for each type.

    Returns
    -------
    str or None
        Empty where only an outcome is told, None where nothing is.

    Examples
    --------
    >>> from geosec.geocoding.report_words import load_report_words
    >>> event_type("gunmen opened fire on a police van", Toll(), load_report_words())
    'Battles'
    """
    clean = words.triggers["never"].sub(" ", low)
    deaths = toll.dead is not None and toll.dead.low > 0
    found = [kind for kind, pattern in words.types.items() if pattern.search(clean)]
    if deaths or (toll.hurt is not None and toll.hurt.low > 0):
        found = [kind for kind in found if kind != _CALM]
        violent = [kind for kind in found if kind in _DEADLY]
        found = violent if deaths and violent and "Riots" not in found else found
    people = words.people["officers_of"].sub(" ", _without_speakers(clean, words))
    security = bool(words.people["security"].search(people))
    militants = bool(words.people["militants"].search(people))
    if not found:
        outcome = toll.dead is not None or toll.hurt is not None
        if outcome and deaths and security and militants:
            return "Battles"
        return "" if outcome or words.triggers["follow"].search(clean) else None
    if found[0] == "Violence against civilians" and _is_battle(people, toll, words):
        return "Battles"
    return found[0]


def _is_battle(people: str, toll: Toll, words: ReportWords) -> bool:
    """Whether the armed were the target: police hit, or militants killed."""
    if words.people["taken"].search(people):
        return False
    killed = toll.dead is not None and words.people["militants_killed"].search(people)
    return bool(killed) or bool(words.people["security"].search(people))


def _without_speakers(low: str, words: ReportWords) -> str:
    """Take out who speaks: "the police in Sibi said" hit no policeman."""
    speaker = rf"{words.roles['speakers'].pattern}(?:\s+\w+){{0,1}}(?:\s+(?:in|at|of)\s+\S+)?"
    return re.sub(rf"(?:\b\w{{1,40}}\s+)?{speaker},?\s+{words.roles['saying'].pattern}", " ", low)


# ---------------------------------------------------------------------- scenes


def _scenes(
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
        owned = number > 0 and owns_next(text, mentions, last)
        start = mentions[last].start if owned else each.start
        role = _is_scene(text, (part[0], start, part[1]), each, words)
        if role:
            groups.append([number])
    return groups


def _is_scene(text: str, ends: tuple[int, int, int], mention: Mention, words: ReportWords) -> bool:
    """Whether the words round a place make it where something happened."""
    before = text[ends[0] : ends[1]].lower().rstrip("\"“'‘( ")
    behind = text[mention.end : ends[2]].lower()
    leads = _leads(before, words)
    if any(_ends(words.away, lead) for lead in leads) or words.distance_away.match(behind):
        return False
    if mention.kind in _SELF_LOCATING:
        return True
    noun = re.match(r"\s+(?:[\w-]+\s+)?(\w+)", behind)
    if noun and leads[0].endswith(" the") and words.roles["attack_noun"].match(noun[1]):
        return True
    here = next((lead for lead in leads if _ends(words.roles["here"], lead)), None)
    return here is not None and not _is_told_there(here, behind, words)


def _leads(before: str, words: ReportWords) -> list[str]:
    """Strip the words that change nothing from the right, one after another."""
    leads = [before]
    while (found := _last_match(words.roles["between"], leads[-1])) is not None:
        leads.append(leads[-1][:found].rstrip())
    return leads


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
    speaks = re.match(r"(?:[,\s]+\w+){0,2}?[,\s]+" + words.roles["saying"].pattern, behind)
    return bool(speaks) and _ends(words.roles["speakers"], lead)


def merged_toll(one: Toll, two: Toll) -> Toll:
    """Take the greater of two tellings of the same killed and hurt.

    Parameters
    ----------
    one, two : Toll
        People.

    Returns
    -------
    Toll

    Examples
    --------
    >>> from geosec.geocoding.casualties import Count
    >>> merged_toll(Toll(Count(2, 2)), Toll(Count(3, 3), Count(1, 1))).dead.low
    3
    """
    dead = one.dead.larger(two.dead) if one.dead and two.dead else one.dead or two.dead
    hurt = one.hurt.larger(two.hurt) if one.hurt and two.hurt else one.hurt or two.hurt
    return replace(one, dead=dead, hurt=hurt)
