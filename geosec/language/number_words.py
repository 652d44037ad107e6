"""The words of a number, as lexemes of a text have them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geosec.language import tags
from geosec.numerals import numbers
from geosec.numerals.numbers import UNREAD, NumberWord

if TYPE_CHECKING:
    from geosec.language.languages import Language
    from geosec.language.lexemes import Lexeme

_SIGNS = {
    str(tags.AND): numbers.AND,
    str(tags.OF): numbers.OF,
    str(tags.HYPHEN): numbers.HYPHEN,
    str(tags.BETWEEN): numbers.LEAD,
    str(tags.FROM): numbers.LEAD,
    str(tags.ABOUT): numbers.ABOUT,
}
_RUN_ON = frozenset({tags.UNKNOWN, tags.NUMBER, tags.UNIT, tags.DIRECTION, tags.IGNORED})
_LINKS = frozenset({numbers.AND, numbers.ONE, numbers.OF})
SPOILING = frozenset(
    {numbers.NONE, numbers.FRACTION, numbers.HALF, numbers.PART, numbers.VAGUE, numbers.MORE}
)
"""Signs that make no number with what stands behind them, and no post alone."""
_MINUS = frozenset("-–")
_LEADING = re.compile(r"[\s~≈@*•·→+=:.,'\"“”‘’…/|!?()\[\]«»،#№]*")  # what may stand before a number
_GROUP = 3  # digits of a group of thousands
_GAPS = frozenset({" ", "\u00a0", "\u2009", "\u202f"})


def sign_lexeme(lexeme: Lexeme, language: Language) -> NumberWord | None:
    """Say what a lexeme is in a number; None for one that is in none."""
    word = language.measures.sign_word(lexeme.key)
    if word is None and lexeme.tag == tags.NUMBER:
        return language.measures.sign_number(lexeme.key, lexeme.text)
    known = _SIGNS.get(lexeme.tag)
    return NumberWord(known, UNREAD) if word is None and known is not None else word


def find_spoilt(phrase: str, lexemes: list[Lexeme], at: int, language: Language) -> int | None:
    """Find where that begins which makes the number at `at` none: -12, x12, $12, half half.

    Gives the number of a lexeme, or None where the number stands there for itself.
    """
    first = at
    while first and _runs_on(lexemes[first - 1], lexemes[first]):
        first -= 1
    if first < at:
        return first
    start = lexemes[at].start
    if _LEADING.fullmatch(phrase, find_gap(phrase, lexemes, at), start) is None:
        return at
    if at and is_minus(phrase, lexemes[at - 1], lexemes[at]):
        return at - 1
    return _find_spoiling(lexemes, at, language)


def _find_spoiling(lexemes: list[Lexeme], at: int, language: Language) -> int | None:
    """Find the word before a number, or before what joins it on, that spoils it."""
    first = at - 1
    while first >= 0 and _is_link(lexemes, first, language):
        first -= 1
    return first if first >= 0 and _spoils(lexemes, first, language) else None


def find_gap(phrase: str, lexemes: list[Lexeme], at: int) -> int:
    """Find where the marks begin that are no lexemes and stand right before one."""
    if at:
        return lexemes[at - 1].end
    start = lexemes[0].start
    while start and not (phrase[start - 1].isalnum() or phrase[start - 1] in _MINUS):
        start -= 1
    return start


def is_minus(phrase: str, sign: Lexeme, number: Lexeme) -> bool:
    """Whether a hyphen is the sign of a number: nothing is between, and it hangs on nothing."""
    if sign.text not in _MINUS or sign.end != number.start:
        return False
    before = phrase[sign.start - 1 : sign.start]
    return not before or not (before.isalnum() or before in "½.°)")


def _runs_on(before: Lexeme, lexeme: Lexeme) -> bool:
    """Whether a lexeme is written in one with a number or a word before it, as in 1e309."""
    glued = before.end == lexeme.start and before.tag in _RUN_ON
    return glued and (before.text.isascii() or before.tag == tags.NUMBER)


def _is_link(lexemes: list[Lexeme], at: int, language: Language) -> bool:
    """Whether a lexeme joins two words of a number; a hyphen does that where it touches both."""
    lexeme = lexemes[at]
    if lexeme.tag == tags.HYPHEN:
        return at > 0 and lexemes[at - 1].end == lexeme.start
    word = sign_lexeme(lexeme, language)
    return word is not None and word.sign in _LINKS


def _spoils(lexemes: list[Lexeme], at: int, language: Language) -> bool:
    """Whether a word before a number makes one with it that cannot be read."""
    word = sign_lexeme(lexemes[at], language)
    if word is None:
        return False
    counted = at > 0 and lexemes[at - 1].tag == tags.NUMBER
    return word.sign in SPOILING or (word.sign == numbers.POINT and counted)


def join_spaced_thousands(phrase: str, lexemes: list[Lexeme]) -> list[Lexeme]:
    """Make one number of "12 000", but not of "Chak 12 500"."""
    joined: list[Lexeme] = []
    for lexeme in lexemes:
        joined.append(lexeme)
        if len(joined) > 1 and _is_group(phrase, joined):
            first, last = joined[-2:]
            text = phrase[first.start : last.end]
            digits = "".join(text.split())
            whole = first._replace(text=digits, key=digits, end=last.end)
            joined[-2:] = [whole]
    return joined


def _is_group(phrase: str, lexemes: list[Lexeme]) -> bool:
    """Whether the last lexeme is three digits that go on a number."""
    first, last = lexemes[-2:]
    if (
        first.tag != tags.NUMBER
        or last.tag != tags.NUMBER
        or len(last.text.partition(".")[0]) != _GROUP
    ):
        return False
    if not (first.text.isdecimal() and last.text[:_GROUP].isdecimal()):
        return False
    before = lexemes[-3:-2]
    named = any(each.tag in tags.NOUNS or each.text[:1].isupper() for each in before)
    joined = first.end - first.start > len(first.text)
    spaced = phrase[first.end : last.start] in _GAPS
    return spaced and (joined or len(first.text) <= _GROUP) and not named
