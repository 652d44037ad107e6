"""Articles cut into lines with their words marked."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geosec.news.marked_text import Bracket, Underline, mark_text

TEXT = "A blast in Mach killed two on Tuesday."


def mark(text, brackets=(), underlines=(), width=92):
    return mark_text(text, brackets, underlines, width)


def test_words_are_put_in_brackets_and_underlined_below():
    dead, day = Underline(16, 26, "^"), Underline(30, 37, "~")
    assert mark(TEXT, [Bracket(11, 15, "1")], [dead, day]).write() == [
        "1  A blast in [Mach]1 killed two on Tuesday.",
        "                      ^^^^^^^^^^    ~~~~~~~",
    ]


def test_what_is_underlined_goes_on_in_the_next_line():
    assert mark(TEXT, (), [Underline(16, 37, "^")], 22).write() == [
        "1  A blast in Mach killed",
        "                   ^^^^^^",
        "2  two on Tuesday.",
        "   ^^^^^^^^^^^^^^",
    ]


def test_brackets_may_touch():
    assert mark("MachSibi", [Bracket(0, 4, "1"), Bracket(4, 8, "2")]).lines == ["[Mach]1[Sibi]2"]


def test_empty_lines_are_left_out_and_lines_count_from_one():
    marked = mark("One.\n\n\tTwo.\n")
    assert marked.lines == ["One.", "Two."]
    assert [marked.find_line(at) for at in (0, 3, 7, 10)] == [1, 1, 2, 2]


@pytest.mark.parametrize("text", ["", "\n\n", "   "])
def test_of_nothing_there_is_no_line(text):
    assert mark(text).write() == []


def test_a_word_longer_than_a_line_is_cut():
    assert mark("x" * 25, width=10).lines == ["x" * 10, "x" * 10, "x" * 5]


@given(st.text(alphabet="ab \n\t", max_size=80), st.integers(1, 12))
def test_no_letter_is_lost_and_no_line_is_longer(text, width):
    marked = mark(text, width=width)
    assert "".join("".join(marked.lines).split()) == "".join(text.split())
    assert all(len(line) <= width for line in marked.lines)
    assert all(one < two for one, two in pairwise(marked.starts))
