"""Reports that nobody wrote: nothing raises, and time grows as the text does."""

from __future__ import annotations

import random
import time

import pytest

import geosec

UNITS = [
    "<",
    "<p>",
    "<!--",
    "<script>",
    '<a href="',
    "<p class=byline>",
    "<td>",
    "&amp;",
    "\n",
    "\r\n",
    "> ",
    "*a *",
    "[a](",
    "# a\n\n",
    "• \n",
    "QUETTA: ",
    "QUETTA: a bomb killed two.\n\n",
    "Sat: a bomb killed one.\n",
    "Date: 8 March. ",
    "Place: Sibi | ",
    "by A ",
    "(AP) ",
    "— AFP\n\n",
    "all incidents took place on ",
    "| 8 March | Sibi | two killed |\n",
    "“he said ‘he said ",
    "\u202e\u200bسبی ",
    "THE BOMB IN MACH KILLED TWO ",
    "two died when",
    "a\u00ad",
]
FEW = 150


def read(text):
    return geosec.parse_report(text, published="2025-03-12")


def measure_time(text):
    """Measure the processor time of reading a text, the best of three."""
    times = []
    for _ in range(3):
        started = time.process_time()
        read(text)
        times.append(time.process_time() - started)
    return min(times)


@pytest.mark.parametrize("unit", UNITS)
def test_what_is_repeated_without_end_takes_time_in_proportion(unit):
    short, long = (measure_time(unit * count) for count in (FEW, 4 * FEW))
    assert long < 10 * short + 0.05


@pytest.mark.parametrize(
    "text", ["<" * 100_000, "\n" * 100_000, "> " * 50_000, "<p>" * 30_000, "A bomb. " * 3_000]
)
def test_long_texts_of_nothing_tell_of_nothing(text):
    assert read(text).events["fatalities"].sum() == 0


def test_a_long_page_is_read():
    """A page of a million letters, nearly all of it marks: its one event is found."""
    filler = '<div class="x"><span style="color: red"></span></div>\n'
    text = filler * 10_000 + "<p>A bomb in <b>Mach</b> killed two on Monday.</p>" + filler * 10_000
    assert len(text) > 1_000_000
    [event] = read(text).events.itertuples()
    assert (event.match_name, event.fatalities) == ("Mach", 2)
    assert text[event.fatalities_start : event.fatalities_end] == "killed two"


@pytest.mark.parametrize("seed", range(40))
def test_any_mix_of_marks_and_halves_of_sentences_is_read(seed):
    chance = random.Random(seed)
    pieces = [*UNITS, "A bomb killed two in Mach", "</p>", "</b>", "**", "- ", "\x00", "on Monday"]
    text = "".join(chance.choice(pieces) + chance.choice(["", " ", "\n"]) for _ in range(60))
    report = read(text)
    for row in report.places.itertuples():
        assert 0 <= row.start < row.end <= len(text)
    for row in report.events.dropna(subset="date_start").itertuples():
        assert 0 <= row.date_start <= row.date_end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "He said: “They told us: ‘A bomb in Mach killed two,’ and then left.”",
        "<p>A bomb in Mach killed two",
        "<p><b>A bomb in <i>Mach killed two.",
        "A bomb in Mach killed two</p></div></b>",
        "| A bomb in Mach killed two |",
        "> > > A bomb in\n> > > Mach killed two",
        "\u202bA bomb in Mach killed two\u202c",
        "- A bomb in Mach killed two",
        "A BOMB IN MACH KILLED TWO",
        "a bomb in mach killed two",
        "«A bomb in Mach killed two»",
        "```\nA bomb in Mach killed two\n```",
        "A bomb in Mach killed two " + "and then " * 400,
    ],
)
def test_odd_texts_keep_their_event(text):
    [event] = read(text).events.itertuples()
    assert (event.match_name, event.fatalities) == ("Mach", 2)
