"""Whether a name in a running text stands for the place, or is part of another name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geosec.language import tags
from geosec.reference.feature_classes import WIDE_UNITS

if TYPE_CHECKING:
    import re

    from geosec.geocoding.placing.interpreter import Interpreter
    from geosec.geocoding.placing.places import Place
    from geosec.language.lexemes import Lexeme
    from geosec.news.cutting import CutSentence
    from geosec.news.vocabulary import ReportWords

_COURTS = frozenset({"court", "courts"})
_SITE_LEADS = frozenset({tags.IN, tags.NEAR})
_LEADS = tags.JOINING | {tags.COMMA, tags.HYPHEN}  # a name behind one of these is a place's
_PROPER = frozenset({tags.UNKNOWN, tags.TRAIN, tags.CAPITAL, tags.NAME})
_IZAFAT = tags.HYPHEN + tags.DIRECTION + tags.HYPHEN


def is_place(
    found: re.Match[str],
    cut: CutSentence,
    places: list[Place],
    reader: Interpreter,
    words: ReportWords,
) -> bool:
    """Whether a name that `places` bear stands for the place, and is no part of another name."""
    at = found.start()
    if is_placeless(places) or _serves_there(cut.lexemes, found.end(), reader):
        return False
    if is_part_of_name(found) or _is_half_of_name(cut, at, reader):
        return False
    wide = _may_be_wide(places)
    if found.lastgroup == "inside":
        return not wide and _is_site(found, cut.lexemes)
    if wide and cut.letters[found.end() : found.end() + 1] in {tags.FACILITY, tags.COLONY}:
        return False  # the Balochistan Assembly
    if _is_titled(cut.lexemes, at, words):
        return False
    return _is_no_common_word(found, cut.lexemes[at], reader)


def _is_no_common_word(found: re.Match[str], name: Lexeme, reader: Interpreter) -> bool:
    """Whether a name that is also a word has something beside it that says it is a place."""
    before = found.string[max(found.start() - 1, 0) : found.start()]
    alone = len(found.group()) == 1 < len(found.string) and before not in _LEADS
    return not alone or name.key not in reader.language.also_words


def is_part_of_name(found: re.Match[str]) -> bool:
    """Whether what stands round goes on with a name: "Jaffar Express", "Lashkar-e-Balochistan"."""
    before, behind = found.string[: found.start()], found.string[found.end() :]
    if before.endswith((tags.UNKNOWN, tags.TRAIN, _IZAFAT)):
        return True
    return behind[:1] in _PROPER or behind.startswith(tags.HYPHEN + tags.UNKNOWN)


def _is_half_of_name(cut: CutSentence, at: int, reader: Interpreter) -> bool:
    """Whether a name and the one before it are one that is not known: "Khar Tangi"."""
    first, second = cut.lexemes[at - 1], cut.lexemes[at]
    if not at or cut.text[first.end : second.start] != " ":
        return False
    before, name = first.name, second.name
    return not (before is None or name is None or reader.matcher.hang_together(name, before))


def is_placeless(places: list[Place]) -> bool:
    """Whether a name is that of a people or of the country itself, which places nothing."""
    if all(place.feature_class == "demonym" for place in places):
        return True
    return all(place.feature_class == "country" and place.is_home for place in places)


def _may_be_wide(places: list[Place]) -> bool:
    """Whether a name may be of a unit so wide that what is named after it may stand anywhere."""
    return not WIDE_UNITS.isdisjoint([place.feature_class for place in places])


def _is_site(found: re.Match[str], lexemes: list[Lexeme]) -> bool:
    """Whether a thing named after its place is a site; a court only behind "in" or "near"."""
    if lexemes[found.end() - 1].key not in _COURTS:
        return True
    return found.string[: found.start()].rstrip(tags.IGNORED)[-1:] in _SITE_LEADS


def _is_titled(lexemes: list[Lexeme], at: int, words: ReportWords) -> bool:
    """Whether a person stands before a name: "Nawab Bugti", "Khan of Kalat"."""
    before = lexemes[max(at - 2, 0) : at]
    if not before:
        return False
    rules = len(before) == 2 and before[1].tag == tags.OF
    if rules and words.names.rulers.fullmatch(before[0].key):
        return True
    return words.names.titles.fullmatch(before[-1].key) is not None


def _serves_there(lexemes: list[Lexeme], at: int, reader: Interpreter) -> bool:
    """Whether those who serve at a place are named, and not the place: "Punjab police"."""
    return at < len(lexemes) and lexemes[at].key in reader.language.organisations
