"""Lines joined to paragraphs."""

from __future__ import annotations

import textwrap

import pytest

from geosec.news.plain_text import PlainText
from geosec.news.wrapping import find_wrapping

LONG = (
    "Gunmen in a van fired on a post of the Levies near the bridge, and two of the men who stood "
    "on guard there were killed before help came from the Quetta-Karachi highway in the morning."
)


def read(text):
    return PlainText(text).edit(find_wrapping(text)).text.split("\n\n")


@pytest.mark.parametrize("width", range(30, 90, 7))
def test_lines_cut_at_any_width_are_joined(width):
    assert read(textwrap.fill(LONG, width)) == [LONG]
    assert read(textwrap.fill(LONG.upper(), width)) == [LONG.upper()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One.\n \t\n\nTwo.", ["One.", "Two."]),
        ("One.\r\n\r\nTwo.", ["One.", "Two."]),
        ("> One\n> and\n>\n> Two.", ["One and", "Two."]),
        ("> > One\n>> and", ["One and"]),
        ("One\nand two", ["One and two"]),
        ("We know:\n• one\n• two", ["We know:", "• one", "• two"]),
        ("We know:\n- one\n- two", ["We know:", "- one", "- two"]),
        ("We know:\n1. one\n2. two", ["We know:", "1. one", "2. two"]),
        ("He died on May\n12. It was", ["He died on May 12. It was"]),
        ("He died there.\nQUETTA: It was", ["He died there.", "QUETTA: It was"]),
        ("One\n\n---\n\nTwo", ["One", "Two"]),
        ("Heading\n=======\n\nTwo", ["Heading", "Two"]),
        ("Heading\n=======\nTwo", ["Heading", "Two"]),
        ("# Heading\nand two", ["# Heading", "and two"]),
        ("| A | B |\n|---|---|\n| c | d |", ["", "A", "B", "", "", "c", "d", ""]),
        ("a | b\n| c", ["a | b", "| c"]),
        ("One-\nTwo", ["One-Two"]),
        ("One -\nTwo", ["One - Two"]),
        ("  One\t\ttwo\u00a0three \u2009four  ", ["One two three four"]),
        ("so\u00adft \u200bze\u2060ro \u202aright\u202c\ufeff", ["soft zero right"]),
        ("**One** two __three__ *four* _five_ ***six***", ["One two three four five six"]),
        ("2 * 3 * 4, a*b*c, snake_case_word", ["2 * 3 * 4, a*b*c, snake_case_word"]),
        ("see [the map](https://example.org/m_a_p) here", ["see the map here"]),
        ("see [the map] (below)", ["see [the map] (below)"]),
        ("", [""]),
        (" \n\t\n ", [""]),
        ("\u06d4", ["\u06d4"]),
    ],
)
def test_lines_and_marks(text, expected):
    assert read(text) == expected


def test_a_short_line_above_a_long_one_is_a_line_of_its_own():
    assert read(f"Two killed in Mach\n{LONG}\n{LONG}") == ["Two killed in Mach", LONG, LONG]
    assert read(f"two killed in Mach near the\n{LONG}") == [f"two killed in Mach near the {LONG}"]


def test_a_plain_text_is_left_as_it_is():
    text = f"{LONG}\n\n{LONG}"
    assert PlainText(text).edit(find_wrapping(text)) == PlainText(text)
