"""Numbers in digits and words: every way of writing one reads as that one, or as none."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geosec.numerals import numbers
from geosec.numerals.numbers import (
    UNREAD,
    Amount,
    NumberWord,
    read_amount,
    read_digits,
    read_number,
    read_word,
)

ONES = [
    *("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
VALUES = {word: value for value, word in enumerate(ONES) if word}
VALUES |= {word: 10 * value for value, word in enumerate(TENS) if word}
VALUES |= {"hundred": 100, "thousand": 1000}
SIGNS = {"and": numbers.AND, "-": numbers.HYPHEN, "a": numbers.ONE, "point": numbers.POINT}
SIGNS |= {"to": numbers.RANGE, "or": numbers.RANGE, "between": numbers.LEAD, "of": numbers.OF}


def word_of(text):
    if text in VALUES:
        return read_word(VALUES[text])
    if text in SIGNS:
        return NumberWord(SIGNS[text], UNREAD)
    if text in {"half", "quarters", "quarter"}:
        sign = numbers.HALF if text == "half" else numbers.PART
        value = 0.5 if text == "half" else 0.25
        return NumberWord(sign, Amount(value, value))
    return read_digits(text)


def words_of(text):
    return [word_of(each) for each in text.replace("-", " - ").split()]


def spell(number, *, joint="-", between=" and "):
    """Write a whole number below a million in English words."""
    if number >= 1000:
        rest = number % 1000
        behind = f" {spell(rest, joint=joint, between=between)}" if rest else ""
        return f"{spell(number // 1000, joint=joint, between=between)} thousand{behind}"
    if number >= 100:
        rest = number % 100
        behind = f"{between}{spell(rest, joint=joint)}" if rest else ""
        return f"{ONES[number // 100]} hundred{behind}"
    if number < 20:
        return ONES[number]
    return TENS[number // 10] + (joint + ONES[number % 10] if number % 10 else "")


@given(st.integers(1, 999_999), st.sampled_from(["-", " "]), st.sampled_from([" and ", " "]))
def test_a_number_in_words_is_that_number(number, joint, between):
    assert read_number(words_of(spell(number, joint=joint, between=between))) == number


@given(st.integers(1, 999_999), st.integers(0, 9))
def test_a_number_in_digits_is_that_number(number, tenth):
    for text, value in (
        (f"{number}", number),
        (f"{number:,}", number),
        (f"{number}.{tenth}", number + tenth / 10),
        (f"{number},{tenth}", number + tenth / 10),
        (f"{number:,}.{tenth}5", number + tenth / 10 + 0.05),
    ):
        assert read_digits(text).amount.middle == pytest.approx(value), text


@given(st.integers(1, 99), st.sampled_from(["1/2", "1/4", "3/4", "1/3", "2/3", "1/8"]))
def test_a_fraction_is_added_to_the_number_before_it(number, fraction):
    above, below = map(int, fraction.split("/"))
    for text in (f"{number} {fraction}", f"{number}-{fraction}", f"{number} and {fraction}"):
        assert read_number(words_of(text)) == pytest.approx(number + above / below)


@given(st.integers(1, 99))
def test_and_a_half_is_half_more(number):
    for text in (f"{number}½", f"{number} and a half", f"{spell(number)} and a half"):
        assert read_number(words_of(text)) == number + 0.5


@given(st.integers(1, 500), st.integers(1, 500), st.sampled_from([" to ", " or ", "-"]))
def test_a_range_has_both_its_ends(one, two, joint):
    found = read_amount(words_of(f"{one}{joint}{two}"))
    assert found == (min(one, two), max(one, two))
    assert read_amount(words_of(f"between {one} and {two}")) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "and",
        "2 5",
        "twenty two hundred",
        "one two",
        "ten five",
        "12 and 15",
        "half half",
        "5 - ",
        "12.5.3",
        "1,23,45",
        "7/3",
        "20-25-30",
        "10/12",
        "4/6",
        "half and a half",
        "3 half",
        "two and a half and a half",
        "one half half",
        "quarter half",
    ],
)
def test_what_is_no_number_is_none(text):
    found = read_amount(words_of(text))
    assert found is None or not found.is_known


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a hundred", 100),
        ("three quarters", 0.75),
        ("two and three quarters", 2.75),
        ("a quarter of a", 0.25),
        ("two point five", 2.5),
        ("5 hundred", 500),
        ("1.5 thousand", 1_500),
        ("a", 1),
        ("one half", 0.5),
        ("1 half", 0.5),
        ("two and one half", 2.5),
        ("half", 0.5),
    ],
)
def test_other_ways_to_say_a_number(text, value):
    assert read_number(words_of(text)) == value


@pytest.mark.parametrize(
    ("text", "value"), [("26+900", 26.9), ("26.0+100", 26.1), ("1,00,000", 100_000), (".5", 0.5)]
)
def test_digits_of_posts_and_lakhs(text, value):
    assert read_digits(text).amount.middle == pytest.approx(value)


def test_an_amount_has_a_middle_and_may_be_unknown():
    assert Amount(10, 15).middle == 12.5
    assert Amount(10, 15).scale(2) == (20, 30)
    assert Amount(1, 1).is_known
    assert not UNREAD.is_known
    assert math.isnan(UNREAD.middle)
