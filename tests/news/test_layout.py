"""Headline and dateline of a report."""

from __future__ import annotations

import pytest

from geosec.news.layout import Layout, read_layout
from geosec.news.plain_text import PlainText
from geosec.news.vocabulary import load_report_words

BODY = "A bomb went off near Mach on Monday, killing two guards at a check post."


def read(text):
    return read_layout(text, load_report_words())


def headline(text):
    layout = read(text)
    return layout.text[: layout.headline_end]


def dated_from(text):
    layout = read(text)
    return layout.text[slice(*layout.dateline)]


@pytest.mark.parametrize(
    "dateline",
    [
        "QUETTA: ",
        "QUETTA — ",
        "QUETTA – ",
        "QUETTA -- ",
        "QUETTA - ",
        "QUETTA, Pakistan - ",
        "QUETTA, Oct 8 - ",
        "QUETTA, Oct. 8: ",
        "QUETTA, October 8: ",
        "QUETTA, 8 October: ",
        "QUETTA (Reuters) - ",
        "QUETTA, Pakistan, March 11 (Xinhua) -- ",
        "QUETTA, March 11, 2025 (Xinhua) -- ",
        "QUETTA, Balochistan (AP) — ",
        "QUETTA – Mar 11: ",
        "QUETTA: March 11: ",
        "QUETTA, 11th March: ",
        "QUETTA (Staff Reporter): ",
        "QUETTA | ",
        "QUETTA:\n\n",
    ],
)
def test_the_place_a_report_is_dated_from_is_read_in_any_agency_s_way(dateline):
    assert dated_from(dateline + BODY) == "QUETTA"


@pytest.mark.parametrize("place", ["Quetta", "DERA BUGTI", "Dera Ismail Khan", "D.I. Khan"])
def test_a_dateline_may_be_of_several_words(place):
    assert dated_from(f"{place}: {BODY}") == place


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "",
        "the toll: two",
        "Police said on Monday that two men died: one in Sibi.",
        "A well-known trader was shot.",
        "12 km south of Sibi: a bomb.",
        "Monday: a bomb.",
        "Sun: a bomb.",
        "Location: Mach.",
        "Date: March 3.",
    ],
)
def test_running_text_has_no_dateline(text):
    layout = read(text)
    assert layout.dateline[0] == layout.dateline[1]
    assert layout.text == text


def test_country_day_and_agency_are_taken_out_and_offsets_stay():
    text = f"QUETTA, Pakistan, Oct 8 (Reuters) - {BODY}"
    layout = read(text)
    assert layout.text == f"QUETTA: {BODY}"
    at = layout.text.index("Mach")
    assert text[slice(*layout.plain.find_span(at, at + 4))] == "Mach"


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ("Two killed in Mach blast\n\n", "Two killed in Mach blast"),
        (
            "Two killed in Mach\nOfficials blame rebels\n\n",
            "Two killed in Mach\n\nOfficials blame rebels",
        ),
        (
            "Two killed in Mach\nOfficials blame rebels\nAn explainer\n",
            "Two killed in Mach\n\nOfficials blame rebels\n\nAn explainer",
        ),
        ("# Two killed in Mach, officials say.\n", "Two killed in Mach, officials say."),
        ("<h1>Two killed in Mach: officials</h1>", "Two killed in Mach: officials"),
        (
            "<title>Two killed - The News</title>\n<h1>Two killed.</h1>\n<h2>Sibi calm</h2>",
            "Two killed\n\nTwo killed.\n\nSibi calm",
        ),
        ("Two killed in Mach\r\n\r\n", "Two killed in Mach"),
    ],
)
def test_lines_above_the_text_are_the_headline(above, expected):
    assert headline(above + BODY) == (expected or above.rstrip())


@pytest.mark.parametrize(
    "text",
    [
        f"Two men were killed.\n\n{BODY}",
        f"Who killed them?\n\n{BODY}",
        f"It was near Mach:\n{BODY}",
        f"دھماکا ہوا۔\n{BODY}",
        f"• Two killed in Mach\n{BODY}",
        f"1. Two killed in Mach\n{BODY}",
        f"{'word ' * 40}\n{BODY}",
        "Two killed in a blast at Mach\nSibi calm",
        "Two killed in Mach",
        "Two killed in Mach\n\n",
        "\nTwo killed in Mach\n",
    ],
    ids=[
        "sentence",
        "question",
        "colon",
        "Urdu full stop",
        "bullet",
        "number",
        "longer than 150 letters",
        "longer than what follows",
        "nothing follows",
        "only space follows",
        "empty first line",
    ],
)
def test_sentences_and_lists_are_no_headline(text):
    assert read(text).headline_end == 0


def test_no_more_than_three_lines_are_headline():
    text = f"One line\nTwo lines\nThree lines\nFour lines\n{BODY}"
    assert headline(text) == "One line\n\nTwo lines\n\nThree lines"


def test_headline_and_dateline_stand_together():
    text = f"Two killed in Mach\n\nQUETTA, March 11: {BODY}"
    assert headline(text) == "Two killed in Mach"
    assert dated_from(text) == "QUETTA"


def test_a_layout_without_parts_is_the_text_alone():
    assert read("it is calm.") == Layout(PlainText("it is calm."), 0, (0, 0), ())
    assert read("Sibi").text == "Sibi"


def test_headings_between_paragraphs_are_no_headline():
    text = f"# Two killed\n\n{BODY}\n\n## The background\n\n{BODY}"
    assert headline(text) == "Two killed"
    assert read(text).text == f"Two killed\n\n{BODY}\n\nThe background\n\n{BODY}"


def test_an_agency_without_a_place_is_left_out():
    layout = read(f"(Reuters) - {BODY}")
    assert layout.text == BODY
    assert layout.dateline == (0, 0)


@pytest.mark.parametrize("line", ["Saturday, March 8", "Date: March 8", "Place: Mach", "Sunday"])
def test_a_label_is_no_headline(line):
    assert headline(f"{line}\n\n{BODY}") == ""
    assert headline(f"Two killed\n\n{line}\n\n{BODY}") == "Two killed"
