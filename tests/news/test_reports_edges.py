"""Reports at the edges: texts that once broke the reading, each for its own reason."""

from __future__ import annotations

import json
import time
from datetime import date

import pytest

import geosec
from geosec.errors import SourceError
from geosec.evaluation.news import read_gold_news, score_news, summarise_news
from geosec.news.dates import find_date
from geosec.news.vocabulary import load_report_words

PUBLISHED = date(2025, 3, 12)


def told(text, published=PUBLISHED):
    events = geosec.parse_report(text, published=published).events
    return list(zip(events["location"], events["fatalities"], strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "A bomb killed two in Sibi in March 0000.",
        "A bomb killed two in Sibi 5000000 days ago.",
        "A bomb killed two in Sibi 9999999999999 days ago.",
    ],
)
def test_a_day_that_is_none_leaves_the_event(text):
    assert told(text) == [("Sibi", 2)]


@pytest.mark.parametrize("digits", [20, 5_000])
def test_a_number_beyond_all_people_is_not_counted(digits):
    text = f"A bomb in Sibi killed {'9' * digits} people."
    assert told(text) == [("Sibi", 0)]


@pytest.mark.parametrize(
    ("published", "day"),
    [
        (date(1, 1, 2), "last year"),
        (date(1, 1, 2), "on Monday"),
        (date(9999, 12, 31), "today. The next day a mine near Mach killed one"),
    ],
)
def test_the_ends_of_the_calendar_break_nothing(published, day):
    assert told(f"A bomb killed two in Sibi {day}.", published)[0] == ("Sibi", 2)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("killed two on February 29", date(2024, 2, 29)),
        ("killed two on the 30th", date(2025, 1, 30)),
        ("a day after the raid on Monday", date(2025, 3, 11)),
        ("a day after the raid, on Tuesday", date(2025, 3, 10)),
        ("on Tuesday, a day after the raid", date(2025, 3, 10)),
    ],
)
def test_days_are_the_latest_that_fit(text, day):
    found = find_date(text, PUBLISHED, None, load_report_words())
    assert found.day == day


def test_spaces_behind_a_capital_take_no_longer_than_words():
    geosec.parse_report("A", published=PUBLISHED)
    started = time.perf_counter()
    geosec.parse_report("A" + " " * 40_000 + "B", published=PUBLISHED)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A bomb went off in a mosque in Sibi and the roof collapsed, killing ten.",
            [("Sibi", 10)],
        ),
        ("No one was arrested in Sibi.", []),
        ("Two were killed in Sibi and three in Kalat on Monday.", [("Sibi", 2), ("Kalat", 3)]),
        (
            "İ" * 20 + " said; a bomb in Mach killed two, while gunmen killed one in Sibi.",
            [("Mach", 2), ("Sibi", 1)],
        ),
    ],
)
def test_tolls_stay_with_their_places(text, expected):
    assert told(text) == expected


def test_a_ruler_is_no_place():
    places = geosec.parse_report("Khan of Kalat came to Sibi.", published=PUBLISHED).places
    assert places["location"].tolist() == ["Sibi"]


@pytest.mark.parametrize(("line", "message"), [("7", "'7' is no report"), ("null", "no report")])
def test_a_line_that_is_no_object_is_told(line, message, tmp_path):
    file = tmp_path / "gold.jsonl"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(SourceError, match=message):
        read_gold_news(file)


def test_a_file_in_another_encoding_is_told(tmp_path):
    file = tmp_path / "gold.jsonl"
    file.write_bytes(b'{"id": "\xff"}')
    with pytest.raises(SourceError, match="no text in UTF-8"):
        read_gold_news(file)


def test_a_line_separator_inside_a_report_ends_no_line(tmp_path):
    file = tmp_path / "gold.jsonl"
    report = {"id": "syn-1", "text": "a\u2028b", "published": "2025-03-12"}
    whole = report | {"places": [], "events": []}
    file.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
    assert read_gold_news(file)[0]["text"] == "a\u2028b"


def test_no_reports_score_nothing():
    summary = summarise_news(score_news([]))
    assert all(value != value for value in summary.values())  # noqa: PLR0124 - missing


def test_a_statement_of_the_army_gives_its_dead():
    text = (
        "Security Forces conducted an intelligence based operation in general area Datta Khel on "
        "Monday. After an intense fire exchange six khwarij were sent to hell. In another "
        "engagement in Kulachi, three khwarij were successfully neutralised."
    )
    events = geosec.parse_report(text, published="2025-05-06").events
    assert events["location"].tolist() == ["Datta Khel", "Kulachi"]
    assert events["fatalities"].tolist() == [6, 3]
    assert set(events["event_type"]) == {"Battles"}


def test_between_two_peoples_is_no_place_and_nor_is_a_group():
    text = "Violence between Shiite and Sunni groups, said Lashkar-e-Balochistan, came to Hangu."
    assert geosec.parse_report(text, published="2025-05-06").places["location"].tolist() == [
        "Hangu"
    ]
