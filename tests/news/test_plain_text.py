"""Texts made plain by edits, and the offsets in what was given."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geosec.news.plain_text import Edit, PlainText

GIVEN = "<p>A bomb&nbsp;in <b>Ma</b>ch.</p>"
EDITS = [
    Edit(0, 3, "\n\n"),
    Edit(9, 15, " "),
    Edit(18, 21, ""),
    Edit(23, 27, ""),
    Edit(30, 34, "\n\n"),
]


def find(plain, words):
    at = plain.text.index(words)
    return plain.find_span(at, at + len(words))


def test_edits_are_made_in_their_places():
    assert PlainText(GIVEN).edit(EDITS).text == "\n\nA bomb in Mach.\n\n"


@pytest.mark.parametrize(
    ("words", "given"),
    [
        ("A", "A"),
        ("bomb in", "bomb&nbsp;in"),
        ("Mach", "Ma</b>ch"),
        ("Ma", "Ma"),
        ("ch", "ch"),
        (" ", " "),
        (" in", "&nbsp;in"),
        ("bomb ", "bomb&nbsp;"),
        ("ch.\n\n", "ch.</p>"),
        ("\n\nA", "<p>A"),
    ],
)
def test_words_are_found_in_the_text_as_it_was_given(words, given):
    start, end = find(PlainText(GIVEN).edit(EDITS), words)
    assert GIVEN[start:end] == given


def test_edits_of_what_was_edited_count_in_the_first_text_too():
    plain = PlainText(GIVEN).edit(EDITS)
    plain = plain.edit([Edit(0, 2, ""), Edit(plain.text.index("bomb"), plain.text.index("in"), "")])
    assert plain.text == "A in Mach.\n\n"
    assert GIVEN[slice(*find(plain, "Mach"))] == "Ma</b>ch"
    assert GIVEN[slice(*find(plain, "A in"))] == "A bomb&nbsp;in"


@pytest.mark.parametrize("edits", [[], [Edit(0, 1, "<")], [Edit(2, 2, "")]])
def test_edits_that_change_nothing_leave_the_text_as_it_is(edits):
    assert PlainText(GIVEN).edit(edits) == PlainText(GIVEN)


def test_words_are_quoted_as_given_unless_something_stood_among_them():
    plain = PlainText("IN\u00a0MACH, <b>SI</b>BI").edit(
        [Edit(0, 7, "in mach"), Edit(9, 12, ""), Edit(12, 14, "si"), Edit(14, 18, "")]
    )
    assert plain.text == "in mach, siBI"
    assert plain.quote((3, 7), (9, 13)) == [("MACH", 3, 7), ("siBI", 12, 20)]
    assert PlainText("Sibi").quote((0, 2)) == [("Si", 0, 2)]
    assert PlainText("Sibi").quote() == []


def test_nothing_may_be_left():
    plain = PlainText("\n\n").edit([Edit(0, 2, "")])
    assert plain.text == ""
    assert plain.find_span(0, 0) == (0, 0)


def test_offsets_of_a_text_without_edits_are_its_own():
    assert PlainText("Sibi").find_span(1, 3) == (1, 3)


@given(
    st.text("ab ", max_size=30), st.lists(st.tuples(st.integers(0, 30), st.text("xy", max_size=3)))
)
@settings(max_examples=100)
def test_every_letter_that_is_kept_is_found_again(text, cuts):
    places = sorted({min(at, len(text)) for at, _ in cuts})
    words = [word for _, word in cuts]
    ends = places[1::2]
    edits = [Edit(a, b, word) for a, b, word in zip(places[::2], ends, words, strict=False)]
    plain = PlainText(text).edit(edits)
    for at, letter in enumerate(plain.text):
        start, end = plain.find_span(at, at + 1)
        assert 0 <= start <= end <= len(text)
        assert letter in "xy" or text[start:end] == letter
