"""Days against the day of publication, at the ends of months and years, and against days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from geosec.incidents.dates import RoughDate
from geosec.news.date_patterns import compile_date_patterns
from geosec.news.dates import find_date, find_day_of_event
from geosec.news.vocabulary import load_report_words

WORDS = load_report_words()
WEDNESDAY = date(2025, 3, 12)
NEW_YEAR = date(2025, 1, 1)  # a Wednesday
LEAP = date(2024, 3, 1)  # a Friday
TOLD = RoughDate(date(2025, 3, 10))


def read(text, published=WEDNESDAY, told=None):
    found = find_date(text, published, told, WORDS)
    return None if found is None else found.when


def day(iso, precision="day"):
    return RoughDate(date.fromisoformat(iso), precision)


@pytest.mark.parametrize("name", WORDS.dates.weekdays)
@pytest.mark.parametrize("published", [WEDNESDAY, NEW_YEAR, LEAP])
def test_a_weekday_is_the_latest_up_to_the_publication(name, published):
    found = read(f"killed on {name.title()}", published)
    assert found.day.strftime("%A").lower() == name
    assert timedelta(0) <= published - found.day < timedelta(days=7)


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("yesterday", NEW_YEAR, day("2024-12-31")),
        ("yesterday", LEAP, day("2024-02-29")),
        ("on Tuesday", NEW_YEAR, day("2024-12-31")),
        ("on December 31", NEW_YEAR, day("2024-12-31")),
        ("on January 1", NEW_YEAR, day("2025-01-01")),
        ("on January 2", NEW_YEAR, day("2024-01-02")),
        ("last month", NEW_YEAR, day("2024-12-01", "month")),
        ("last month", LEAP, day("2024-02-01", "month")),
        ("in January", NEW_YEAR, day("2025-01-01", "month")),
        ("in February", NEW_YEAR, day("2024-02-01", "month")),
        ("last year", NEW_YEAR, day("2024-01-01", "year")),
        ("last week", NEW_YEAR, day("2024-12-23", "week")),
        ("on February 29", LEAP, day("2024-02-29")),
        ("on February 29, 2024", WEDNESDAY, day("2024-02-29")),
        ("on the 31st", NEW_YEAR, day("2024-12-31")),
        ("on the 13th", WEDNESDAY, day("2025-02-13")),
        ("on the 12th", WEDNESDAY, day("2025-03-12")),
        ("on Monday last week", WEDNESDAY, day("2025-03-03")),
        ("on Friday last week", WEDNESDAY, day("2025-03-07")),
        ("and buried on Tuesday, a day after the raid", WEDNESDAY, day("2025-03-10")),
        ("two weeks ago", NEW_YEAR, day("2024-12-18", "week")),
        ("three days ago", LEAP, day("2024-02-27")),
    ],
)
def test_months_and_years_turn(text, published, expected):
    assert read(f"Two were killed {text}.", published) == expected


@pytest.mark.parametrize(
    "text",
    [
        "on March 3",
        "on 3 March",
        "on March 3rd",
        "on the 3rd of March",
        "on 3rd March",
        "on Mar. 3",
        "on Mar 3",
        "on March 3, 2025",
        "on 3 March 2025",
        "2025-03-03",
        "ON MARCH 3",
        "on the 3rd",
    ],
)
def test_one_day_written_in_many_ways(text):
    assert read(f"Two were killed {text}, police said.") == day("2025-03-03")


@pytest.mark.parametrize("name", WORDS.dates.months)
def test_every_month_is_read_by_its_name_and_its_first_letters(name):
    number = WORDS.dates.months.index(name) + 1
    for written in (name.title(), name[:3].title()):
        found = read(f"killed on {written} 5", date(2024, 12, 31))
        assert found == RoughDate(date(2024, number, 5))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the same day", day("2025-03-05")),
        ("that night", day("2025-03-05")),
        ("hours later", day("2025-03-05")),
        ("a day earlier", day("2025-03-04")),
        ("the previous day", day("2025-03-04")),
        ("the next day", day("2025-03-06")),
        ("a day later", day("2025-03-06")),
        ("two days earlier", day("2025-03-03")),
    ],
)
def test_days_against_what_was_told_before(text, expected):
    assert read(f"a bomb went off {text}", told=day("2025-03-05")) == expected


@pytest.mark.parametrize("text", ["the same day", "the previous day", "the next day"])
def test_without_anything_told_before_they_say_nothing(text):
    assert read(f"a bomb went off {text}") is None


def test_three_days_ago_counts_from_the_publication_whatever_was_told_before():
    assert read("three days ago", told=day("2025-03-05")) == day("2025-03-09")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in 2014", day("2014-01-01", "year")),
        ("since 2009", day("2009-01-01", "year")),
        ("in March 2019", day("2019-03-01", "month")),
        ("earlier this month", day("2025-03-01", "month")),
        ("earlier this year", day("2025-01-01", "year")),
        ("this week", day("2025-03-10", "week")),
        ("in early March", day("2025-03-01", "month")),
    ],
)
def test_longer_times_begin_with_their_first_day(text, expected):
    assert read(f"Two were killed {text}.") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the night between Monday and Tuesday", day("2025-03-11")),
        ("on the night of Friday and Saturday", day("2025-03-08")),
    ],
)
def test_a_night_between_two_days_is_the_second(text, expected):
    assert read(f"Two were killed on {text}.") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Two were killed.",
        "in 2025",  # the year of publication says nothing
        "2025-13-01",
        "2025-02-30",
        "on the 32nd",
        "They march at noon.",
        "may be 12 km",
        "August 99",
        "room 2019",
        "\u202e\x00",
    ],
)
def test_what_is_no_day_is_none(text):
    assert read(text) is None


def test_what_is_said_in_full_is_kept_even_after_the_publication():
    assert read("planned for 20 March 2026") == day("2026-03-20")


PAST = ["Monday", "Sunday", "March 11", "March 13", "31 December", "the 1st", "the 28th"]
PUBLICATIONS = [WEDNESDAY, NEW_YEAR, LEAP, date(2024, 2, 29), date(2025, 12, 31)]


@pytest.mark.parametrize("text", PAST)
@pytest.mark.parametrize("published", PUBLICATIONS, ids=str)
def test_a_day_without_a_year_is_never_after_the_publication(text, published):
    found = read(f"Two were killed on {text}.", published)
    assert found.day <= published
    assert published - found.day < timedelta(days=366)


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("on Tuesday", "2025-03-11", "day"),
        ("on Wednesday evening", "2025-03-12", "day"),
        ("on Thursday", "2025-03-06", "day"),
        ("last Wednesday", "2025-03-05", "day"),
        ("on March 3", "2025-03-03", "day"),
        ("on December 28", "2024-12-28", "day"),
        ("on 20 March 2024", "2024-03-20", "day"),
        ("2025-03-01", "2025-03-01", "day"),
        ("yesterday", "2025-03-11", "day"),
        ("overnight", "2025-03-11", "day"),
        ("three days ago", "2025-03-09", "day"),
        ("the same day", "2025-03-10", "day"),
        ("a day earlier", "2025-03-09", "day"),
        ("last week", "2025-03-03", "week"),
        ("last month", "2025-02-01", "month"),
        ("in November", "2024-11-01", "month"),
        ("last year", "2024-01-01", "year"),
    ],
)
def test_days_are_read_against_the_publication_or_what_was_told(text, day, precision):
    found = find_date(f"Two were killed {text}.", WEDNESDAY, TOLD, WORDS)
    assert found is not None
    assert found.when == RoughDate(date.fromisoformat(day), precision)
    assert f"Two were killed {text}."[found.start : found.end].strip() in text


@pytest.mark.parametrize("text", ["Two may march in.", "February 32", "one of 12 km", ""])
def test_no_day_is_made_up(text):
    assert find_date(text, WEDNESDAY, None, WORDS) is None


@pytest.mark.parametrize("text", ["on the spot", "a mayor", "marched", "decided", "12", "dayside"])
def test_letters_of_a_date_are_no_date(text):
    """What a date has in it lets a sentence through to the readers, which find none."""
    assert read(text) is None


def test_the_words_of_a_language_are_compiled_once():
    assert compile_date_patterns(WORDS) is compile_date_patterns(load_report_words("en"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("killed two on February 29", date(2024, 2, 29)),
        ("killed two on the 30th", date(2025, 1, 30)),
        ("a day after the raid on Monday", date(2025, 3, 11)),
        ("a day after the raid, on Tuesday", date(2025, 3, 10)),
        ("on Tuesday, a day after the raid", date(2025, 3, 10)),
    ],
)
def test_days_are_the_latest_that_fit(text, expected):
    assert read(text).day == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("on 31 February", "31 february"),
        ("on April 31", "april 31"),
        ("on 30/02/2024", "30/02/2024"),
        ("on 31.11.2024", "31.11.2024"),
        ("31 September 2023", "31 september 2023"),
    ],
)
def test_a_day_that_no_calendar_has_is_none_and_says_so(text, words):
    found = find_date(text, WEDNESDAY, None, WORDS)
    assert found is not None
    assert found.note == f"{words!r} is no day of the calendar"


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("on 11/03/2025", "2025-03-11", "day"),
        ("on 11.03.2025", "2025-03-11", "day"),
        ("on 11-03-25", "2025-03-11", "day"),
        ("on 03/11/2024", "2024-11-03", "day"),
        ("on 03/13/2024", "2024-03-13", "day"),
        ("on Tues", "2025-03-11", "day"),
        ("late on Thur.", "2025-03-06", "day"),
        ("Sat night", "2025-03-08", "day"),
        ("on wed", "2025-03-12", "day"),
        ("the day before yesterday", "2025-03-10", "day"),
        ("a week ago", "2025-03-05", "week"),
        ("a fortnight ago", "2025-02-26", "week"),
        ("two months ago", "2025-01-01", "month"),
        ("14 months ago", "2024-01-01", "month"),
        ("three years ago", "2022-01-01", "year"),
    ],
)
def test_days_are_read_in_every_form(text, day, precision):
    assert read(text) == RoughDate(date.fromisoformat(day), precision)


@pytest.mark.parametrize(
    "text",
    [
        "next Friday",
        "the coming Monday",
        "he sat on the track",
        "the sun set",
        "a mon ami",
        "12.5.3.1",
        "24/7",
        "1/2 km",
        "3.5 kg",
        "M-8 of 9/11",
    ],
)
def test_what_is_to_come_or_only_looks_like_a_day_is_none(text):
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "expected", "said"),
    [
        ("clashes between 1 and 3 March", "2025-03-01", "1 and 3 March"),
        ("clashes from 1st to 3rd March", "2025-03-01", "1st to 3rd March"),
        ("clashes, 20-23 August 2011,", "2011-08-20", "20-23 August 2011"),
        ("from March 4 to 6", "2025-03-04", "March 4 to 6"),
        ("March 4-6, 2019", "2019-03-04", "March 4-6, 2019"),
        ("on March 4 and 5", "2025-03-04", "March 4"),
        ("on the night of 4-5 March", "2025-03-05", "5 March"),
    ],
)
def test_of_several_days_it_is_the_first(text, expected, said):
    found = find_date(text, WEDNESDAY, None, WORDS)
    assert found.when == day(expected)
    assert text[found.start : found.end] == said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Seven died overnight, police said on Tuesday", "2025-03-10"),
        ("Seven died overnight, police said Sunday", "2025-03-08"),
        ("Seven died yesterday, police said", "2025-03-11"),
        ("Seven died overnight in the worst attack this year", "2025-03-11"),
        ("Seven died overnight on Sunday, police said on Tuesday", "2025-03-09"),
        ("Police said on Tuesday", None),
    ],
)
def test_days_count_from_when_somebody_spoke(text, expected):
    found = find_day_of_event(text, WEDNESDAY, None, WORDS)
    assert (found and found.when) == (expected and day(expected))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A man died on Monday of wounds suffered in Sunday's blast", "2025-03-09"),
        ("He died on Monday, raising the toll in Saturday's blast", "2025-03-08"),
        ("Two men were held on Monday over Sunday's blast", "2025-03-10"),
    ],
)
def test_the_day_of_the_blast_stands_before_that_of_the_death(text, expected):
    assert read(text) == day(expected)
