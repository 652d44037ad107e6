"""Lengths, kilometre posts, bearings and coordinates of a text, each made one lexeme.

Numbers may be written in any way that `numbers` reads. What stands where a number should, and is
none, becomes an amount that is not a number, so that a phrase with it is refused.
"""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from geosec.language import tags
from geosec.language.kilometres import join_kilometres
from geosec.language.lexemes import Lexeme, write_tags
from geosec.language.number_words import find_gap, find_spoilt, join_spaced_thousands, sign_lexeme
from geosec.numerals import numbers
from geosec.numerals.coordinates import find_all_coordinates
from geosec.numerals.numbers import UNREAD, Amount, NumberWord, read_amount

if TYPE_CHECKING:
    from geosec.language.languages import Language

MEASURED = frozenset({tags.NUMBER, tags.UNIT, tags.POST})
"""Tags of what measures are made of."""
_LENGTH, _DIRECTION, _POINT = str(tags.LENGTH), str(tags.DIRECTION), str(tags.POINT)
_JOINS = frozenset({tags.AND, tags.COMMA})
_MARKS = frozenset({tags.HYPHEN, tags.COMMA})  # behind a magnitude
_RANGES = frozenset({numbers.RANGE, numbers.HYPHEN})  # signs between the ends of a range
_MOST_WORDS = 12  # of one number
_BEARING_WORDS = 6  # between a length and the bearing that belongs to it
_BOUND_WORDS = 4  # of a bound behind a length
_PARTS = frozenset({numbers.FRACTION, numbers.HALF, numbers.PART})
_WITHIN = re.compile(r"[\s.'’()]*")  # what may stand between a number and its unit
_UNIT_LETTERS = 7  # of a unit that may be misspelt
_UNIT_EDITS = 2
_FULL_TURN_DEG = 360.0
_AGREEING = 0.15  # share by which a length may differ from itself in another unit
_OF_LENGTHS = frozenset({str(tags.UNIT), str(tags.LENGTH)})
_BESIDE_MEASURES = (frozenset({tags.POST, tags.UNIT, tags.NUMBER}), frozenset({tags.UNIT}))
_hold_four_digits = re.compile(r"(?:\D*\d){4}").match  # no coordinates have fewer


def join_measures(phrase: str, lexemes: list[Lexeme], language: Language) -> list[Lexeme]:
    """Make one lexeme of each measure among the lexemes of a text."""
    letters = write_tags(lexemes)
    if letters.count(tags.NUMBER) > 1:
        lexemes = join_spaced_thousands(phrase, lexemes)
    if _hold_four_digits(phrase):
        lexemes = _join_coordinates(phrase, lexemes)
    if tags.NUMBER + tags.UNKNOWN in letters:
        lexemes = _respell_units(lexemes, language)
    lexemes = _drop_magnitude(lexemes, language)
    if any(lexeme.tag in _OF_LENGTHS for lexeme in lexemes):
        lexemes = _join_lengths(phrase, lexemes, language)
    lexemes = join_kilometres(phrase, lexemes, language)
    return _join_bearings(phrase, lexemes, language)


def _join(phrase: str, parts: list[Lexeme], tag: str, key: str, amount: Amount) -> Lexeme:
    """Make one lexeme of several that stand one behind the other."""
    start, end = parts[0].start, parts[-1].end
    return Lexeme(tag, phrase[start:end], key, None, start, end, amount)


def _join_lengths(phrase: str, lexemes: list[Lexeme], language: Language) -> list[Lexeme]:
    """Make lengths of numbers and the units behind them, and one length of those that belong."""
    roles, parts = language.measures.roles, language.measures.parts
    read: list[Lexeme] = []
    for lexeme in lexemes:
        if lexeme.tag == tags.UNIT:
            _add_length(phrase, read, lexeme, language)
        elif lexeme.key in roles and _is_manner(lexeme, read, language):
            read[-1] = _join(
                phrase, [read[-1], lexeme], _LENGTH, read[-1].key, read[-1].amount or UNREAD
            )
        elif lexeme.tag == tags.CLOSE:
            read.append(lexeme)
            _drop_other_unit(phrase, read)
        else:
            read.append(lexeme)
            _bound_last_length(phrase, read, language)
            if lexeme.key in parts:
                _add_half(phrase, read, language)
    return read


def _bound_last_length(phrase: str, read: list[Lexeme], language: Language) -> None:
    """Make one length of the last and the bound right behind it: 12 km or more."""
    last = len(read) - 1
    for at in range(last - 1, max(last - 1 - _BOUND_WORDS, -1), -1):
        if read[at].tag == tags.LENGTH:
            key = " ".join(lexeme.key for lexeme in read[at + 1 :])
            bound, metres = language.measures.bounds_behind.get(key), read[at].amount or UNREAD
            if bound is not None:
                amount = Amount(metres.low * bound.low, metres.high * bound.high)
                read[at:] = [_join(phrase, read[at:], _LENGTH, read[at].key, amount)]
            return


def _respell_units(lexemes: list[Lexeme], language: Language) -> list[Lexeme]:
    """Read "12 kilomters" as kilometres: a long unit misspelt behind a number."""
    respelt = list(lexemes)
    for at, (number, word) in enumerate(pairwise(lexemes), 1):
        if number.tag != tags.NUMBER or word.tag != tags.UNKNOWN:
            continue
        if word.key == "k":  # 12K
            respelt[at] = word._replace(tag=str(tags.UNIT), key="km")
        elif len(word.key) >= _UNIT_LETTERS:
            near = process.extractOne(
                word.key,
                language.measures.long_units,
                scorer=OSA.distance,
                score_cutoff=_UNIT_EDITS,
            )
            if near is not None:
                respelt[at] = word._replace(tag=str(tags.UNIT), key=near[0])
    return respelt


def _drop_magnitude(lexemes: list[Lexeme], language: Language) -> list[Lexeme]:
    """Leave out the magnitude of a bulletin of earthquakes: "M 4.5 - 12 km ENE of Quetta"."""
    first = lexemes[0]
    if language.measures.roles.get(first.key) != "magnitude" or len(lexemes) == 1:
        return lexemes
    if lexemes[1].tag != tags.NUMBER:
        return lexemes
    return lexemes[3:] if write_tags(lexemes[2:3]) in _MARKS else lexemes[2:]


def _is_manner(lexeme: Lexeme, read: list[Lexeme], language: Language) -> bool:
    """Whether a lexeme only says how a length goes: "12 km by road", "12 km due south"."""
    behind = bool(read) and read[-1].tag == tags.LENGTH
    return behind and language.measures.roles[lexeme.key] == "manner"


def _add_length(phrase: str, read: list[Lexeme], unit: Lexeme, language: Language) -> None:
    """Put a unit behind the lexemes read, as a length with the number that stands before it."""
    end = len(read)
    if read and read[-1].tag == tags.HYPHEN and read[-1].end == unit.start:  # 12-km
        end -= 1
    words = _sign_backwards(read[:end], language)
    start, amount = next(
        (
            (end - len(words) + at, amount)
            for at in range(len(words))
            if words[at].sign != numbers.ABOUT and (amount := read_amount(words[at:])) is not None
        ),
        (end, None),
    )
    if amount is None and end and read[end - 1].tag == tags.NUMBER:
        start, amount = end - 1, UNREAD
    if amount is None:
        read.append(unit)
        return
    metres = amount.scale(language.measures.measure_unit(unit.key))
    if not _is_whole(phrase, [*read[start:], unit]):
        metres = UNREAD
    elif read[start].start:
        start, metres = _look_before(phrase, read, start, metres, language)
    read[start:] = [_join(phrase, [*read[start:], unit], _LENGTH, unit.key, metres)]
    _join_last_lengths(phrase, read, language)


def _is_whole(phrase: str, parts: list[Lexeme]) -> bool:
    """Whether the words of a length belong together, unlike those of "3½½ km" and "12% km"."""
    return all(
        _WITHIN.fullmatch(phrase, one.end, two.start) is not None
        and (one.end < two.start or one.tag != two.tag)
        for one, two in pairwise(parts)
    )


def _look_before(
    phrase: str, read: list[Lexeme], start: int, metres: Amount, language: Language
) -> tuple[int, Amount]:
    """Give where a length begins, and what it is by the words before: less than 12 km, -12 km."""
    bounds = language.measures.bounds
    first = read[start].start
    gap = phrase[find_gap(phrase, read, start) : first]
    if (bound := bounds.get(gap.strip())) is not None:
        read[start] = read[start]._replace(start=first - len(gap.lstrip()))
        return start, Amount(metres.low * bound.low, metres.high * bound.high)
    for size in (3, 2, 1):
        words = read[max(start - size, 0) : start]
        bound = bounds.get(" ".join(word.key for word in words))
        if bound is not None and words[-1].tag != tags.IN:
            return start - len(words), Amount(metres.low * bound.low, metres.high * bound.high)
    spoilt = find_spoilt(phrase, read, start, language)
    if spoilt is None:
        return start, metres
    if spoilt == start:
        read[start] = read[start]._replace(start=first - len(gap.lstrip()))
    return spoilt, UNREAD


def _sign_backwards(lexemes: list[Lexeme], language: Language) -> list[NumberWord]:
    """Sign the words at the end that may be of a number, in their order."""
    words: list[NumberWord] = []
    for lexeme in reversed(lexemes[-_MOST_WORDS:]):
        word = sign_lexeme(lexeme, language)
        if word is None:
            break
        words.insert(0, word)
    return words


def _join_last_lengths(phrase: str, read: list[Lexeme], language: Language) -> None:
    """Make one length of the last two where they are one: 1 km 500 m, 10 km to 15 km."""
    size = 2 if len(read) > 1 and read[-2].tag == tags.LENGTH else 3
    if len(read) < size or read[-size].tag != tags.LENGTH:
        return
    first, *between, last = read[-size:]
    amount = _add_up(first, between, last, language)
    if amount is None and between:
        size = _range_size(read, language)
        amount = _span(first, last) if size else None
    if amount is not None:
        read[-size:] = [_join(phrase, read[-size:], _LENGTH, last.key, amount)]


def _add_up(
    first: Lexeme, between: list[Lexeme], last: Lexeme, language: Language
) -> Amount | None:
    """Give what two lengths are together, or each of them in its own unit; None if neither."""
    amount = None
    if not between or between[0].tag in _JOINS:
        amount = _compound(first, last, language)
    if amount is None and not between and _agree(first, last):
        amount = first.amount
    return amount


def _range_size(read: list[Lexeme], language: Language) -> int:
    """Count the lexemes at the end that are a range: "10 km to 15 km", or "between" and two."""
    sign = _sign(read[-2], language)
    led = len(read) > 3 and _sign(read[-4], language) == numbers.LEAD
    if sign in _RANGES or (led and sign == numbers.AND):
        return 3 + led
    return 0


def _sign(lexeme: Lexeme, language: Language) -> str:
    word = sign_lexeme(lexeme, language)
    return "" if word is None else word.sign


def _compound(first: Lexeme, last: Lexeme, language: Language) -> Amount | None:
    """Add a whole number of one unit and what a smaller unit gives of one more."""
    one, two = first.amount, last.amount
    if one is None or two is None or not one.is_known or one.low not in {0, one.high}:
        return None
    unit_m, part_m = (
        language.measures.measure_unit(first.key),
        language.measures.measure_unit(last.key),
    )
    whole = abs(one.high / unit_m - round(one.high / unit_m)) < 1e-9
    if part_m < unit_m and two.high < unit_m and whole:
        low = two.low + one.low if one.low == one.high else 0.0  # less than 1 km 500 m
        return Amount(low, one.high + two.high)
    return None


def _agree(first: Lexeme, last: Lexeme) -> bool:
    """Whether two lengths are the same, in two units."""
    one, two = first.amount, last.amount
    if one is None or two is None or first.key == last.key or one.low < one.high:
        return False
    return abs(one.middle - two.middle) <= _AGREEING * max(one.middle, two.middle)


def _span(first: Lexeme, last: Lexeme) -> Amount:
    ends = [end for lexeme in (first, last) for end in lexeme.amount or UNREAD]
    known = not any(map(math.isnan, ends))
    return Amount(min(ends), max(ends)) if known else UNREAD


def _drop_other_unit(phrase: str, read: list[Lexeme]) -> None:
    """Read "7 km (about four miles)" as one length; as a band where the two do not agree."""
    at = len(read) - 2
    if at < 2 or read[at].tag != tags.LENGTH:
        return
    opened = at - 1
    while opened > 0 and read[opened].tag == tags.ABOUT:
        opened -= 1
    if read[opened].tag != tags.OPEN or not opened or read[opened - 1].tag != tags.LENGTH:
        return
    first, last = read[opened - 1], read[at]
    amount = (first.amount or UNREAD) if _agree(first, last) else _span(first, last)
    read[opened - 1 :] = [_join(phrase, read[opened - 1 :], _LENGTH, first.key, amount)]


def _add_half(phrase: str, read: list[Lexeme], language: Language) -> None:
    """Read "a mile and a half": a part that stands behind the unit."""
    words = [_sign(lexeme, language) for lexeme in read[-3:]]
    size = 3 if words[-3:-1] == [numbers.AND, numbers.ONE] else 2
    behind = words[-size:]
    if behind[:1] != [numbers.AND] or behind[-1] not in _PARTS or len(read) <= size:
        return
    length, part = read[-size - 1], sign_lexeme(read[-1], language)
    if length.tag != tags.LENGTH or length.amount is None or part is None:
        return
    more_m = part.amount.low * language.measures.measure_unit(length.key)
    amount = Amount(length.amount.low + more_m, length.amount.high + more_m)
    read[-size - 1 :] = [_join(phrase, read[-size - 1 :], _LENGTH, length.key, amount)]


def _join_bearings(phrase: str, lexemes: list[Lexeme], language: Language) -> list[Lexeme]:
    """Make a direction of "190 degrees" behind a length."""
    found = {lexeme.tag for lexeme in lexemes}
    if tags.NUMBER not in found or tags.LENGTH not in found:
        return lexemes
    read: list[Lexeme] = []
    for lexeme in lexemes:
        read.append(lexeme)
        size = _bearing_size(read, language)
        if size and any(each.tag == tags.LENGTH for each in read[-_BEARING_WORDS:]):
            degrees, parts = _read_degrees(phrase, read, size, language), read[-size:]
            read[-size:] = [_join(phrase, parts, _DIRECTION, lexeme.key, degrees)]
    return read


def _read_degrees(phrase: str, read: list[Lexeme], size: int, language: Language) -> Amount:
    """Read the degrees of the last lexemes, more than a full turn of which are none."""
    number = sign_lexeme(read[-size], language)
    degrees = UNREAD if number is None else number.amount
    spoilt = find_spoilt(phrase, read, len(read) - size, language) is not None
    return UNREAD if spoilt or not degrees.high <= _FULL_TURN_DEG else degrees


def _bearing_size(read: list[Lexeme], language: Language) -> int:
    """Count the lexemes at the end that are a bearing: "190°" or "190 degrees"."""
    last = read[-1]
    if last.tag == tags.NUMBER:
        return int(last.text.endswith("°"))
    degrees = language.measures.roles.get(last.key) == "degree"
    return 2 * (degrees and len(read) > 1 and read[-2].tag == tags.NUMBER)


def _join_coordinates(phrase: str, lexemes: list[Lexeme]) -> list[Lexeme]:
    """Make one lexeme of each coordinates in a text; of two coarse numbers if nothing measures."""
    for found in reversed(find_all_coordinates(phrase)):
        before = [lexeme for lexeme in lexemes if lexeme.end <= found.start]
        behind = [lexeme for lexeme in lexemes if lexeme.start >= found.end]
        listed = write_tags(behind[:2]) == tags.AND + tags.NUMBER  # 1.5, 2.5 and 3.5 km
        sides = zip((before[-1:], behind[:1]), _BESIDE_MEASURES, strict=True)
        alone = all(measures.isdisjoint(write_tags(side)) for side, measures in sides)
        if found.is_sure or (alone and not listed):
            point = Lexeme(
                _POINT, found.said, found.said, None, found.start, found.end, None, found
            )
            lexemes = [*before, point, *behind]
    return lexemes
