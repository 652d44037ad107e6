"""Lines that say who wrote a report and when."""

from __future__ import annotations

import pytest

import geosec
from geosec.news.bylines import find_bylines
from geosec.news.plain_text import PlainText
from geosec.news.vocabulary import load_report_words

BODY = "A bomb went off near Mach on Monday, killing two guards at a check post."
WORDS = load_report_words()
BYLINES = [
    "By Our Correspondent",
    "BY OUR CORRESPONDENT",
    "By our staff reporter",
    "By Saleem Shahid",
    "By SALEEM SHAHID and MUNAWER AZEEM",
    "By Saleem Shahid in Quetta",
    "By Gul Yusufzai | Reuters",
    "By A. Khan, AFP, March 12, 2025",
    "Staff Report",
    "Staff Reporter",
    "Our Correspondent",
    "Correspondent in Quetta",
    "From Our Correspondent in Quetta",
    "Bureau Report",
    "Monitoring Desk",
    "Web Desk",
    "News Desk March 12, 2025",
    "Published March 12, 2025 08:12am",
    "Published Aug 16, 2023 08:12am",
    "Updated 11 Mar",
    "Last updated: 12 Mar 2025, 09:15 PKT",
    "Published: 12/03/2025",
    "AFP",
    "Reuters",
    "APP | March 11, 2025",
    "Agencies",
    "Dawn.com | 3 min read",
]
CREDITS = [
    "Published in Dawn, March 12th, 2025",
    "(Reporting by Gul Yusufzai in Quetta; Editing by A. Smith)",
    "Additional reporting by Jibran Ahmad in Peshawar.",
    "With input from AFP",
    "___ Associated Press writer Munir Ahmed in Islamabad contributed to this report.",
]
TEXTS = [
    "By night the town was calm again.",
    "By Tuesday, two more had died.",
    "Reuters reported that two were killed in Mach.",
    "Police in Quetta said so on March 11.",
    "The Dawn of Mach saw a blast on March 11",
    "Two killed in Mach",
    "Published reports said two were killed.",
    "In Quetta and Mach",
]


def read(text):
    return PlainText(text).edit(find_bylines(text, WORDS)).text


@pytest.mark.parametrize("line", BYLINES)
def test_a_line_that_only_says_who_wrote_and_when_is_left_out(line):
    assert read(f"Two killed in Mach\n\n{line}\n\n{BODY}") == f"Two killed in Mach\n\n{BODY}"


@pytest.mark.parametrize("line", CREDITS)
def test_a_credit_at_the_end_is_left_out(line):
    assert read(f"{BODY}\n\n{BODY}\n\n{line}").strip() == f"{BODY}\n\n{BODY}"


@pytest.mark.parametrize("credit", [" — AFP", " (Reuters)", " – Agencies", " -- AFP/APP", " (AP)"])
def test_an_agency_behind_a_paragraph_is_left_out(credit):
    assert read(f"{BODY}{credit}\n\n{BODY}{credit}") == f"{BODY}\n\n{BODY}"


@pytest.mark.parametrize("line", TEXTS)
def test_what_tells_something_stays(line):
    text = f"{line}\n\n{BODY}"
    assert read(text) == text


def test_a_text_that_is_nothing_else_stays():
    assert read("Our Correspondent in Quetta") == "Our Correspondent in Quetta"


def test_bylines_stand_at_the_ends_only():
    text = "\n\n".join([BODY] * 10 + ["Staff Report"] + [BODY] * 10)
    assert read(text) == text


@pytest.mark.parametrize("line", [*BYLINES, *CREDITS])
def test_no_byline_is_the_day_or_the_place_of_an_event(line):
    undated = BODY.replace(" on Monday", "")
    text = f"Two killed in Mach\n{line}\n\nQUETTA: {undated}\n\n{undated}\n\n{line}"
    [event] = geosec.parse_report(text, published="2025-03-14").events.itertuples()
    assert (event.match_name, event.date.day, event.fatalities) == ("Mach", 14, 2)
