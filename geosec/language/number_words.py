"""The words of a number, as lexemes of a text have them."""

from __future__ import annotations

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
_GROUP = 3  # digits of a group of thousands
_GAPS = frozenset({" ", "\u00a0", "\u2009", "\u202f"})


def sign_lexeme(lexeme: Lexeme, language: Language) -> NumberWord | None:
    """Say what a lexeme is in a number; None for one that is in none."""
    word = language.measures.sign_word(lexeme.key)
    if word is None and lexeme.tag == tags.NUMBER:
        return language.measures.sign_number(lexeme.key, lexeme.text)
    known = _SIGNS.get(lexeme.tag)
    return NumberWord(known, UNREAD) if word is None and known is not None else word


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
