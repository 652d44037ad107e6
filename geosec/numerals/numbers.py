"""Numbers as people write them: in digits, in words, as fractions, as ranges.

A run of words is written as a string of signs, one a word, and is a number only if the whole
string is one: "two hundred sixty-eight" is, "twenty two hundred" is not, and nothing is guessed.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

# the signs: what a word of a number is
DIGITS: Final = "D"
SMALL: Final = "1"  #: one to nine
TEEN: Final = "t"
TENS: Final = "T"
BELOW_HUNDRED: Final = "B"  #: a word of its own for 21 to 99, as Urdu has
HUNDRED: Final = "H"
THOUSAND: Final = "K"
DOZEN: Final = "Z"
FRACTION: Final = "F"  #: 1/2, ½
HALF: Final = "h"
PART: Final = "Q"  #: what is counted: three quarters
ONE: Final = "a"  #: a, an
OF: Final = "o"
AND: Final = "&"
POINT: Final = "p"
MORE: Final = "P"  #: what stands before a number and is added to it, as in Urdu
VAGUE: Final = "V"  #: several
OVER: Final = "+"  #: 26+900 of a km post
RANGE: Final = "r"  #: to, or
HYPHEN: Final = "-"
LEAD: Final = "b"  #: between, from
ABOUT: Final = "~"
NONE: Final = "?"  #: what makes a number none: minus, 12.5.3

_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d+)?")
_DECIMAL = re.compile(r"\d*[.,]?\d+")
_OVER = re.compile(r"(\d+(?:[.,]\d+)?)\+(\d{1,4}(?:\.\d+)?)")  # a post, and metres behind it
_SLASHED = re.compile(r"(\d{1,2})[/⁄](\d{1,2})")
_MOST_ABOVE = 3  # of a fraction one part short of the whole
_MOST_PARTS = 16  # of one mile, or of whatever a fraction is of
_TEN, _HUNDRED, _THOUSAND = 10.0, 100.0, 1000.0
_WHOLE_WORDS = frozenset({DIGITS, SMALL, TEEN, TENS, BELOW_HUNDRED})
_ONES = frozenset({DIGITS, SMALL})
_MANY = frozenset({HUNDRED, THOUSAND, DOZEN})
_ADDED = frozenset({DIGITS, SMALL, TEEN, TENS, BELOW_HUNDRED, FRACTION, HALF, PART, MORE})

_BELOW_100 = "(?:T1?|t|1|B)"
_BELOW_1000 = f"(?:[1aDB]?H(?:&?{_BELOW_100})?|{_BELOW_100})"
_WHOLE = f"(?:(?:{_BELOW_1000}|a|D)?K(?:&?{_BELOW_1000})?|{_BELOW_1000}|[1aDtTB]?Z|D)"
_PARTS = "(?:F|h|Q|[1D]Q)"
_NUMBER = re.compile(f"a|{_WHOLE}p1+|{_WHOLE}(?:F|&a?{_PARTS})?|P{_WHOLE}|P|a?{_PARTS}(?:o?a)?Z?")
_VAGUE = re.compile("a?Vo?[HKZ]?")


class Amount(NamedTuple):
    """A number, or the two ends of a range of which it is one."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        """The number, or the middle of the range."""
        return (self.low + self.high) / 2

    @property
    def is_known(self) -> bool:
        """Whether what was written could be read as a number."""
        return not math.isnan(self.low + self.high)

    def write(self, decimals: int = 3) -> str:
        """Write the number, or the two ends with a hyphen between."""
        return "-".join(dict.fromkeys(f"{round(end, decimals):g}" for end in self))

    def scale(self, size: float) -> Amount:
        """Give so many times the amount."""
        return Amount(self.low * size, self.high * size)


UNREAD = Amount(math.nan, math.nan)
"""What is written where a number should stand, and is none."""


class NumberWord(NamedTuple):
    """A word of a number: the sign that it is written as, and what it counts."""

    sign: str
    amount: Amount


NO_NUMBER = NumberWord(NONE, UNREAD)
"""Digits that make no number, as in 12.5.3."""


def read_amount(words: Sequence[NumberWord]) -> Amount | None:
    """Read a number, a vague word or a range; None where the words are neither."""
    if len(words) == 1 and words[0].sign in _WHOLE_WORDS:
        return words[0].amount
    words = [word for word in words if word.sign != ABOUT]
    signs = "".join(word.sign for word in words)
    if _VAGUE.fullmatch(signs):
        many = math.prod(word.amount.low for word in words if word.sign in _MANY)
        return next(word.amount for word in words if word.sign == VAGUE).scale(many)
    number = read_number(words)
    return _read_range(words, signs) if number is None else Amount(number, number)


def read_number(words: Sequence[NumberWord]) -> float | None:
    """Read one number, hyphens within it left out: "twenty-five"; None where it is none."""
    plain = _drop_ones([word for word in words if word.sign != HYPHEN])
    loose = not words or HYPHEN in {words[0].sign, words[-1].sign}
    if loose or _NUMBER.fullmatch("".join(word.sign for word in plain)) is None:
        return None
    if POINT in (word.sign for word in plain):
        return _add_decimals(plain)
    return _add_words(plain)


def _drop_ones(words: list[NumberWord]) -> list[NumberWord]:
    """Leave out the one of "one half", which adds nothing to a half."""
    ones = [
        at
        for at in range(len(words) - 1)
        if words[at + 1].sign == HALF and words[at].amount.low == 1 and words[at].sign in _ONES
    ]
    return [word for at, word in enumerate(words) if at not in ones] if ones else words


def _read_range(words: Sequence[NumberWord], signs: str) -> Amount | None:
    """Read "10 to 15", "ten or twelve", "between 10 and 15": both ends are numbers."""
    led = signs.startswith(LEAD)
    for at in range(1 + led, len(signs) - 1):
        if signs[at] in {RANGE, HYPHEN} or (led and signs[at] == AND):
            low, high = read_number(words[led:at]), read_number(words[at + 1 :])
            bare = [word.sign for word in words[at + 1 :]] == [ONE]  # 268-A
            if low is not None and high is not None and not bare:
                return Amount(min(low, high), max(low, high))
    return None


def _add_words(words: Sequence[NumberWord]) -> float:
    """Add up the words of a number that `_NUMBER` has found to be one."""
    total, group, before = 0.0, 0.0, ""
    for sign, (value, _) in words:
        if sign in _MANY:
            group = (group + (before == MORE) or 1.0) * value  # a quarter more than 100: 125
        if sign == THOUSAND:
            total, group = total + group, 0.0
        elif sign == PART and before in {SMALL, DIGITS}:  # three quarters
            count = _last_count(words, before)
            group += count * value - count
        elif sign in _ADDED:
            group += value
        before = sign
    only = words[-1].sign
    return total + group + (len(words) == 1 and only in {ONE, MORE})


def _last_count(words: Sequence[NumberWord], sign: str) -> float:
    return [word.amount.low for word in words if word.sign == sign][-1]


def _add_decimals(words: Sequence[NumberWord]) -> float:
    """Read "two point five": the words behind the point are decimals."""
    at = [word.sign for word in words].index(POINT)
    decimals = "".join(f"{word.amount.low:g}" for word in words[at + 1 :])
    return _add_words(words[:at]) + float(f"0.{decimals}")


@lru_cache(maxsize=4096)
def read_digits(text: str) -> NumberWord:
    """Read digits: 12, 1,500, 1,00,000, 12.5, 12,5, .5, 1/2, 2½, and 26+900 of a post."""
    text = _write_plainly(text)
    if (over := _OVER.fullmatch(text)) is not None:
        km, metres = (float(part.replace(",", ".")) for part in over.groups())
        return _make_word(OVER, km + metres / 1000)
    if (slashed := _SLASHED.fullmatch(text)) is not None:
        return _read_fraction(*map(int, slashed.groups()))
    whole, last = text[:-1], unicodedata.numeric(text[-1], math.nan)
    if 0 < last < 1:
        return _make_word(DIGITS, float(whole) + last) if whole else _make_word(FRACTION, last)
    if _GROUPED.fullmatch(text):
        return _make_word(DIGITS, float(text.replace(",", "")))
    if _DECIMAL.fullmatch(text):
        return _make_word(DIGITS, float(text.replace(",", ".")))
    return NO_NUMBER


def _write_plainly(text: str) -> str:
    """Write the digits and marks of any script as 0 to 9, comma and point; marks amiss stay."""
    if text.isascii():
        return text
    plain = "".join(str(int(letter)) if letter.isdecimal() else letter for letter in text)
    grouped = plain.replace("٬", ",").replace("٫", ".")
    return grouped if "٬" not in plain or _GROUPED.fullmatch(grouped) else plain


def _read_fraction(above: int, below: int) -> NumberWord:
    """Read 3/4, but neither 7/3 nor what is rather two numbers: 10/12 km, 5/6 km."""
    proper = above < below <= _MOST_PARTS and math.gcd(above, below) == 1
    clear = below - above > 1 or above <= _MOST_ABOVE
    return _make_word(FRACTION, above / below) if proper and clear else NO_NUMBER


def read_word(value: float) -> NumberWord:
    """Read a number word by what it counts: its sign is that of its size."""
    if value >= _THOUSAND:
        sign = THOUSAND
    elif value == _HUNDRED:
        sign = HUNDRED
    elif value < _TEN and value % 1 == 0:
        sign = SMALL
    elif value < 2 * _TEN and value % 1 == 0:
        sign = TEEN
    else:
        sign = TENS if value % _TEN == 0 else BELOW_HUNDRED
    return _make_word(sign, value)


def _make_word(sign: str, value: float) -> NumberWord:
    return NumberWord(sign, Amount(value, value))
