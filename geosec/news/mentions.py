"""The places a running text names, each with its offsets and the phrase that says where."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from geosec.geocoding.grammar.constructions import MENTION_KINDS, mention_pattern
from geosec.geocoding.grammar.parsing import parse_phrase
from geosec.language import tags
from geosec.news.anaphora import find_offsets, find_round
from geosec.news.cutting import ARTICLES, CutSentence, cut_sentences, join_wholes
from geosec.news.mention import MEASURED_KINDS, REMARK, Mention, Part
from geosec.news.place_names import is_part_of_name, is_place, is_placeless
from geosec.news.unlisted import find_unlisted
from geosec.reference.feature_classes import IN_TOWN, WAYS, WIDE_UNITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geosec.geocoding.grammar.constructions import ClauseKind, ThingKind
    from geosec.geocoding.grammar.phrases import Phrase
    from geosec.geocoding.placing.interpreter import Interpreter
    from geosec.geocoding.placing.places import Place
    from geosec.language.lexemes import Lexeme
    from geosec.news.vocabulary import ReportWords
    from geosec.reference.names import Name

_WIDE = WIDE_UNITS | {"district"}
_NAMED = frozenset({"name", "inside"})  # kinds that are a name, and no way to say where
_SITES = _NAMED | {"facility"}  # kinds of what may be a part of a town
_LOOSE = frozenset(
    {"between", "distance", "journey"}
)  # kinds that may stand for the places in them
_PARTS = IN_TOWN | {"neighbourhood"}
_PART_NOUNS = frozenset({tags.AREA, tags.QUARTER, tags.ROAD})
_BY_RAIL = frozenset({tags.RAILWAY, tags.VEHICLE, tags.STATION, tags.TRAIN})
# Without any of these, "between Shiite and Sunni groups" is no place.
_ENDLESS = frozenset({tags.NAME, tags.STATION, tags.RAILWAY, tags.POINT})
_THINGS_THERE = frozenset({tags.TOWN, tags.FACILITY, tags.COLONY, tags.QUARTER, tags.BORDER})
_BEFORE_SIDE = frozenset({tags.TO, tags.IN, tags.IGNORED})
_INSIDE = re.compile(r",?\s*(?:in\s+|of\s+)?(?:the\s+)?(?:(?!and\b|or\b)\w+\s+)?")
# Not "a man from Zhob in Panjgur".
_WITHIN = re.compile(
    r"\b(?:in|at|near|on|inside|outside|around|(?:limits|jurisdiction|vicinity|remit) of)"
    r"\s+(?:the\s+)?(?:[\w-]+\s+)?$"
)
_LEAD_LETTERS = 40
_OWNS = re.compile(r"['’]s\s+(?:\w+\s+)?")
_IN = re.compile(r"\s*(?:,|\bin|\bof|\bat)\s+(?:the\s+)?")


def find_mentions(
    text: str, sentences: Sequence[tuple[int, int]], reader: Interpreter, words: ReportWords
) -> list[Mention]:
    """Find the places that a text names, in their order and without overlap.

    Persons, groups, trains and teams whose name holds a place's name are left out. Each sentence
    is cut into lexemes once, and the phrase of each mention is made of those.
    """
    mentions: list[Mention] = []
    cuts = cut_sentences(text, sentences, reader, words)
    for cut in cuts:
        mentions += _find_in_sentence(text, cut, reader, words)
    mentions = _link_mentions(text, _join_parts_to_towns(mentions, text, words), words)
    mentions = [
        mention._replace(phrase=_parse_mention(text, mentions, number, cuts, (reader, words)))
        for number, mention in enumerate(mentions)
    ]
    mentions = _bind_parts(text, mentions, cuts, (reader, words))
    return _add_offsets(text, mentions, cuts, (reader, words))


def _bind_parts(
    text: str,
    mentions: list[Mention],
    cuts: list[CutSentence],
    knows: tuple[Interpreter, ReportWords],
) -> list[Mention]:
    """Give "The blast took place in the Saddar bazaar" the town where it was said to be."""
    reader, words = knows
    bound = list(mentions)
    for number, mention in enumerate(mentions):
        if not mention.is_part or mention.lies_in_next or mention.start == 0:
            continue
        head = cuts[mention.sentence].text.lower()
        owned = mentions[number - 1].owns_next if number else False
        if owned or not words.signs.again.match(head):
            continue
        round_it = find_round(text, mentions, (mention.start, mention.sentence), words)
        if round_it:
            phrase = parse_phrase(
                f"{mention.text}, {round_it}", reader.ground.names, reader.language
            )
            bound[number] = mention._replace(phrase=phrase)
    return bound


def _add_offsets(
    text: str,
    mentions: list[Mention],
    cuts: list[CutSentence],
    knows: tuple[Interpreter, ReportWords],
) -> list[Mention]:
    """Add the places that are told by their way from one named before, or beside it."""
    added: list[Mention] = []
    held: set[int] = set()
    for cut in cuts:
        if tags.LENGTH not in cut.letters:
            continue
        for found in find_offsets(text, cut, mentions, *knows):
            span = (found.first, found.last)
            offset = _make_mention(text, cut, found.kind, span)._replace(phrase=found.phrase)
            behind = bisect_left(mentions, offset.start, key=lambda each: each.start)
            if behind and mentions[behind - 1].end > offset.start:
                continue
            added.append(offset)
            held |= {
                each.start for each in mentions[behind : behind + 1] if each.start < offset.end
            }
    if not added:
        return mentions
    kept = [each for each in mentions if each.start not in held]
    return sorted([*kept, *added], key=lambda each: each.start)


def _find_in_sentence(
    text: str, cut: CutSentence, reader: Interpreter, words: ReportWords
) -> list[Mention]:
    mentions = []
    for found in mention_pattern().finditer(cut.letters):
        kind = MENTION_KINDS[str(found.lastgroup)]
        name = _find_name(cut, found)
        places = reader.ground.list_places(name.places if name is not None else ())
        if _is_mention(kind, found, cut, places, (reader, words)):
            mention = _make_mention(text, cut, kind, _trim_span(cut, found, kind))
            mention = mention._replace(parts=_find_parts(kind, found, cut, reader))
            mentions.append(mention)
            if kind == "name":
                mentions[-1] = _add_classes(text, cut, mention, places, found.group())
            elif kind in MEASURED_KINDS:
                mentions[-1] = _grow(text, cut, mentions[-1])
    return mentions


def _make_mention(
    text: str, cut: CutSentence, kind: ClauseKind | ThingKind, span: tuple[int, int]
) -> Mention:
    first, last = span
    start, end = cut.start + cut.lexemes[first].start, cut.start + cut.lexemes[last - 1].end
    return Mention(text[start:end], start, end, kind, cut.number, lexemes=span)


def _add_classes(
    text: str, cut: CutSentence, name: Mention, places: list[Place], letters: str
) -> Mention:
    """Say what a name can only be; a unit grows over the name of an unlisted place in it."""
    classes = {place.feature_class for place in places}
    named = name._replace(
        wide=tags.DISTRICT in letters or classes <= _WIDE,
        widest=bool(classes) and classes <= WIDE_UNITS,
        in_town=tags.ROAD in letters or (bool(classes) and classes <= IN_TOWN),
        is_part=not _PART_NOUNS.isdisjoint(letters) or (bool(classes) and classes <= _PARTS),
        is_way=bool(classes) and classes <= WAYS,
    )
    return _grow(text, cut, named)


def _grow(text: str, cut: CutSentence, mention: Mention) -> Mention:
    """Let a mention begin at the name of the unlisted place that it says more about."""
    first, last = mention.lexemes
    if tags.UNKNOWN not in cut.letters[:first]:
        return mention
    unlisted = find_unlisted(cut, wide=mention.wide, known=first)
    if unlisted == first:
        return mention
    opened = tags.OPEN in cut.letters[unlisted:first]
    closed = opened and cut.letters[last:].startswith(tags.CLOSE)
    grown = _make_mention(text, cut, mention.kind, (unlisted, last + closed))
    return grown._replace(parts=mention.parts)


def _find_name(cut: CutSentence, found: re.Match[str]) -> Name | None:
    """Find the first name of a match."""
    return cut.lexemes[found.start() + max(found.group().find(tags.NAME), 0)].name


def _is_mention(
    kind: ClauseKind | ThingKind,
    found: re.Match[str],
    cut: CutSentence,
    places: list[Place],
    knows: tuple[Interpreter, ReportWords],
) -> bool:
    """Whether what the pattern found is a place, of which `places` bear the name."""
    if kind in _NAMED:
        return is_place(found, cut, places, *knows)
    if kind == "side":
        return not (is_placeless(places) or is_part_of_name(found))
    return kind != "between" or not _ENDLESS.isdisjoint(found.group())


def _trim_span(cut: CutSentence, found: re.Match[str], kind: str) -> tuple[int, int]:
    """Leave out articles, and a noun that is only a thing at the place."""
    first, last = found.span()
    while kind == "name" and last - first > 1 and _is_thing_there(cut.lexemes[last - 1]):
        last -= 1
    while kind == "side" and cut.letters[first] in _BEFORE_SIDE:
        first += 1
    while last - first > 1 and cut.lexemes[first].key in ARTICLES:
        first += 1
    return first, last


def _is_thing_there(lexeme: Lexeme) -> bool:
    junction = lexeme.tag == tags.STATION and lexeme.key.endswith("junction")
    return lexeme.text[:1].islower() and (lexeme.tag in _THINGS_THERE or junction)


def _find_parts(
    kind: str, found: re.Match[str], cut: CutSentence, reader: Interpreter
) -> tuple[Part, ...]:
    """Give the places in "about 60 km from Parachinar"; a stretch of railway stands for none."""
    if kind not in _LOOSE or (kind == "between" and not _BY_RAIL.isdisjoint(found.string)):
        return ()
    lexemes = cut.lexemes[found.start() : found.end()]
    return tuple(
        Part(cut.start + name.start, cut.start + name.end, _parse(name.text, [name], reader))
        for name in lexemes
        if name.tag == tags.NAME
    )


def _join_parts_to_towns(mentions: list[Mention], text: str, words: ReportWords) -> list[Mention]:
    """Make one mention of a street or a quarter and its town: "Sariab Road in Quetta"."""
    joined: list[Mention] = []
    for mention in mentions:
        if joined and _is_its_town(joined[-1], mention, text, words):
            street = joined.pop()
            joined.append(
                Mention(
                    text[street.start : mention.end],
                    street.start,
                    mention.end,
                    "facility",
                    street.sentence,
                    lexemes=(street.lexemes[0], mention.lexemes[1]),
                )
            )
        else:
            joined.append(mention)
    return joined


def _is_its_town(part: Mention, town: Mention, text: str, words: ReportWords) -> bool:
    if part.kind != "name" or not _are_place_and_town(part, town):
        return False
    pattern = _IN if part.in_town else words.names.parts
    return pattern.fullmatch(text[part.end : town.start].lower()) is not None


def _are_place_and_town(part: Mention, town: Mention) -> bool:
    """Whether two mentions may be a part of a town and the town."""
    if town.kind != "name" or town.wide or town.in_town or town.is_way:
        return False
    if part.kind not in _SITES or part.wide or part.is_way:
        return False
    return part.sentence == town.sentence


def _link_mentions(text: str, mentions: list[Mention], words: ReportWords) -> list[Mention]:
    """Say of each mention whether it owns the next, or lies in the next."""
    linked = [
        one._replace(owns_next=_owns(text, one, two), lies_in_next=_lies_in(text, one, two, words))
        for one, two in pairwise(mentions)
    ]
    return linked + mentions[-1:]


def _owns(text: str, one: Mention, two: Mention) -> bool:
    """Whether a place owns the one behind it, as in "North Waziristan's Shawal area"."""
    return _OWNS.fullmatch(text, one.end, two.start) is not None


def _lies_in(text: str, one: Mention, two: Mention, words: ReportWords) -> bool:
    """Whether the next mention says where this one is: in what, or how far from what."""
    if one.sentence != two.sentence:
        return False
    between = text[one.end : two.start].lower()
    is_round = words.names.rounds.fullmatch(between) is not None
    if two.wide:
        if one.widest and not two.widest:
            return False  # "shelling from Afghanistan in Kurram"
        return is_round or _INSIDE.fullmatch(between) is not None
    if two.kind in MEASURED_KINDS:
        return one.kind == "name" and REMARK.fullmatch(between) is not None
    if not is_round or not _are_place_and_town(one, two):
        return False
    before = text[max(one.start - _LEAD_LETTERS, 0) : one.start].lower()
    return _WITHIN.search(before) is not None


def _parse_mention(
    text: str,
    mentions: list[Mention],
    number: int,
    cuts: list[CutSentence],
    knows: tuple[Interpreter, ReportWords],
) -> Phrase:
    """Parse a mention with the "near" before it, its owner, and the unit named behind it."""
    mention = mentions[number]
    cut = cuts[mention.sentence]
    reader, words = knows
    first = _find_approach(cut, mention.lexemes[0], words)
    owner = mentions[number - 1] if number else mention
    if owner.sentence == mention.sentence and owner.owns_next:
        first = owner.lexemes[0]
    while mentions[number].lies_in_next:
        number += 1
    last = mentions[number].lexemes[1]
    lexemes = cut.lexemes[first:last]
    if cut.wholes:
        lexemes = join_wholes(lexemes, cut.wholes)
    start, end = cut.start + lexemes[0].start, cut.start + lexemes[-1].end
    return _parse(text[start:end], lexemes, reader)


def _find_approach(cut: CutSentence, first: int, words: ReportWords) -> int:
    """Find where a phrase begins: at "near" before its place, or "off" before a coast."""
    at = first - 1
    if at >= 0 and cut.lexemes[at].key == "the":
        at -= 1
    if at < 0 or cut.letters[at] not in tags.CLOSE_BY:
        return first
    verb = cut.lexemes[at - 1].key if at and cut.letters[at] == tags.OFF else ""
    return first if words.names.off_verbs.fullmatch(verb) else at


def _parse(words: str, lexemes: list[Lexeme], reader: Interpreter) -> Phrase:
    plain = [lexeme for lexeme in lexemes if lexeme.tag != tags.BREAK]
    return parse_phrase(words, reader.ground.names, reader.language, lexemes=plain)
