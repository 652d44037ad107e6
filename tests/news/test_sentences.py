from __future__ import annotations

import pytest

from geosec.news.layout import Layout, read_layout
from geosec.news.plain_text import PlainText
from geosec.news.sentences import split_sentences
from geosec.news.vocabulary import load_report_words

WORDS = load_report_words()


def sentences(text, layout=None):
    return [text[a:b] for a, b in split_sentences(text, WORDS, layout)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("He came. He left.", 2),
        ("Who came? He! He left…", 3),
        ('He said: "I came." He left.', 2),
        ("He said “I came.” He left.", 2),
        ("دھماکا ہوا۔ دو ہلاک ہوئے۔", 2),
        ("First line\n\nSecond line", 2),
        ("Told so far:\n• one in Sibi\n• two in Mach", 3),
        ("Told so far:\n1) one in Sibi\n2) two in Mach", 3),
        ("It cost Rs. 5.50 at 3.30 in all", 1),
        ("Maj. Gen. A. B. Khan, Dr. Ali and Mr. Shah came.", 1),
        ("On Nov. 9 he came.", 1),
        ("One line\nbroken in two", 1),
        ("", 0),
        (" \n\n \t ", 0),
    ],
)
def test_sentences_are_counted(text, count):
    assert len(sentences(text)) == count


def test_sentences_have_no_outer_space_and_leave_nothing_out():
    text = "He came.  He left.\n\nShe (Dr. Ali) stayed!   "
    cut = sentences(text)
    assert cut == ["He came.", "He left.", "She (Dr. Ali) stayed!"]


def test_headline_and_dateline_end_a_sentence():
    text = "Two killed in Mach\nQUETTA: A bomb went off."
    layout = read_layout(text, WORDS)
    cut = [each.strip(" :\n") for each in sentences(layout.text, layout)]
    assert cut == ["Two killed in Mach", "QUETTA", "A bomb went off."]
    assert sentences(text, Layout(PlainText(text))) == sentences(text)


def test_a_text_without_stops_is_cut_at_spaces():
    text = "word " * 2_000
    pieces = split_sentences(text, WORDS)
    assert max(b - a for a, b in pieces) <= 2_000
    assert " ".join(text[a:b] for a, b in pieces) == text.strip()


def test_a_word_without_end_is_cut_too():
    text = "x" * 5_000
    assert "".join(sentences(text)) == text
    assert max(map(len, sentences(text))) <= 2_000


def test_abbreviations_end_no_sentence():
    text = "Lt. Gen. A. Khan came with Dr. Ali."
    assert len(split_sentences(text, WORDS)) == 1
    assert len(split_sentences("He came. He left.", WORDS)) == 2
