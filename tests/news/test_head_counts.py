"""Numbers of people, in figures and in words."""

from __future__ import annotations

import pytest

from geosec.news.head_counts import find_head_counts
from geosec.news.vocabulary import load_report_words

WORDS = load_report_words()
PLAIN = [word for word, value in WORDS.numbers.items() if 1 < value < 100]


def counts(text):
    found = find_head_counts(text, WORDS)
    return [(text[each.start : each.end], each.people.low, each.people.high) for each in found]


@pytest.mark.parametrize("word", PLAIN)
def test_every_word_for_a_number_is_found_within_a_text(word):
    value = WORDS.numbers[word]
    assert counts(f"police said {word} men came") == [(word, value, value)]


@pytest.mark.parametrize(
    ("text", "words", "low", "high"),
    [
        ("they said a hundred and ten men", "a hundred and ten", 110, 110),
        ("they said between two and four men", "between two and four", 2, 4),
        ("they said from 7 to 9 men", "from 7 to 9", 7, 9),
        ("they said 1,200 men", "1,200", 1200, 1200),
        ("they said 12 000 men", "12 000", 12000, 12000),
        ("they said a dozen men", "a dozen", 12, 12),
        ("they said dozens of men", "dozens", 24, None),
        ("they said at least six men", "six", 6, None),
    ],
)
def test_numbers_of_several_words_and_ranges_are_whole(text, words, low, high):
    assert counts(text) == [(words, low, high)]


@pytest.mark.parametrize("text", ["the tenants of the thirsty fort", "police said nothing", ""])
def test_what_only_begins_as_a_number_is_none(text):
    assert counts(text) == []
