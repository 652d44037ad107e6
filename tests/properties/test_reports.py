"""What holds for the reading of any report, however it is written."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import geosec
from geosec.geocoding.geocoder import load_interpreter
from geosec.news.casualties import count_casualties
from geosec.news.dates import find_date
from geosec.news.layout import read_layout
from geosec.news.mentions import find_mentions
from geosec.news.sentences import split_sentences
from geosec.news.setting import Setting
from geosec.news.story import read_tellings
from geosec.news.tellings import find_tellings
from geosec.news.tolls import Count
from geosec.news.vocabulary import load_report_words

WORDS = load_report_words()
PUBLISHED = date(2025, 3, 12)
NUMBERS = [*WORDS.quantities, "3", "17", "1,200", "at least", "more than", "up to", "about", "no"]
VICTIMS = ["people", "soldiers", "militants", "others", "of them", "vehicles", "km"]
VERBS = ["killed", "were killed", "were hurt", "died", "injuring", "killing", "was shot dead"]
DEEDS = ["a bomb went off", "gunmen opened fire", "a mob", "a rally", "clashes", "a bus overturned"]
PLACES = [
    "Sibi",
    "Mach",
    "Kalat",
    "Turbat",
    "Kech district",
    "Balochistan",
    "Kabul",
    "سبی",
    "Zzyzx",
]
JOINTS = ["in", "near", "at", "12 km south of", "between", "and", ",", ";", ".", "while", "from"]
DAYS = [
    "on Monday",
    "yesterday",
    "on March 3",
    "last month",
    "a week ago",
    "in June",
    "on the 28th",
    "in 2019",
]
DAYS += ["last Friday", "overnight", "on 31 December", "earlier this year", "two days ago"]
ODD = [
    "\n",
    "\n\n",
    "\x00",
    "\x1b[31m",
    "\u202e",
    "\u200f",
    "\u2028",
    "(",
    '"',
    "İ",
    "🚂",
    "—",
    "QUETTA:",
]
TALK = [*NUMBERS, *VICTIMS, *VERBS, *DEEDS, *PLACES, *JOINTS, *ODD]
SAID = st.lists(st.sampled_from(TALK + DAYS), max_size=25).map(" ".join)
RIGHT_TO_LEFT = st.text(
    st.characters(min_codepoint=0x0590, max_codepoint=0x06FF), max_size=60
) | st.text(st.sampled_from("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2069 سبیمچ."))
CONTROLS = st.text(st.characters(categories=["Cc", "Cf", "Zl", "Zp", "Zs", "Mn"]), max_size=40)
TEXTS = st.one_of(
    SAID,
    st.text(max_size=120),
    st.tuples(RIGHT_TO_LEFT, SAID, RIGHT_TO_LEFT).map("".join),
    st.tuples(CONTROLS, SAID, CONTROLS).map("".join),
)


def read(text, published=PUBLISHED):
    return geosec.parse_report(text, published=published)


def keep_their_order(toll):
    """Say whether no count is below nought or ends below its start."""
    counts = [each for each in (toll.dead, toll.hurt) if each is not None]
    return all(each.low >= 0 and (each.high is None or each.low <= each.high) for each in counts)


def found_in(text):
    reader = load_interpreter(None)
    return find_mentions(text, split_sentences(text, WORDS), reader, WORDS)


def happenings(text, published):
    """Mentions and happenings, before they become tables, which takes longer than the rest."""
    reader = load_interpreter(None)
    mentions = found_in(text)
    sites = [reader.answer(each.text, is_place=True) for each in mentions]
    told = find_tellings(text, split_sentences(text, WORDS), mentions, WORDS)
    return mentions, read_tellings(told, Setting(sites, published, WORDS)).happenings


@given(TEXTS)
@example("between Sibi Sibi")
@settings(deadline=None, max_examples=50)
def test_places_point_at_their_words_in_order_without_overlap(text):
    end = 0
    for each in found_in(text):
        assert text[each.start : each.end] == each.text
        assert end <= each.start < each.end
        assert all(each.start <= a < b <= each.end for a, b, _ in each.parts)
        end = each.end


@given(TEXTS)
@settings(deadline=None, max_examples=8)
def test_any_text_gives_tables_that_keep_to_the_text(text):
    report = read(text)
    ends = [0, *report.places["end"]]
    for row, end in zip(report.places.itertuples(), ends, strict=False):
        assert re.sub(r"\W", "", text[row.start : row.end]) == re.sub(r"\W", "", row.location)
        assert end <= row.start < row.end
    named = set(report.places["match_id"].dropna())
    for row in report.events.itertuples():
        assert row.fatalities == row.fatalities_low
        assert row.date.date() <= PUBLISHED
        assert row.match_reason if row.geometry is None else row.match_id in named


@given(TEXTS)
@settings(deadline=None, max_examples=3)
def test_the_same_text_gives_the_same_tables(text):
    once, again = read(text), read(text)
    for one, two in ((once.places, again.places), (once.events, again.events)):
        pd.testing.assert_frame_equal(pd.DataFrame(one), pd.DataFrame(two))


@given(TEXTS, st.dates(date(1950, 1, 1), date(2100, 1, 1)))
@settings(deadline=None, max_examples=50)
def test_what_happened_has_a_kind_a_place_and_a_toll_and_is_never_later_than_its_report(
    text, published
):
    mentions, told = happenings(text, published)
    for each in told:
        assert each.event_type in {*WORDS.types, "Accident"}
        assert each.place is None or 0 <= each.place < len(mentions)
        assert each.when.day <= published
        assert keep_their_order(each.toll)


@given(st.lists(st.sampled_from(NUMBERS + VICTIMS + VERBS + [",", "and", ";"]), max_size=16))
@settings(deadline=None, max_examples=50)
def test_tolls_of_any_sentence_have_a_low_and_a_high_end(words):
    assert keep_their_order(count_casualties(" ".join(words), WORDS))


@given(st.sampled_from(DAYS), st.dates(date(1950, 1, 1), date(2100, 1, 1)))
@settings(deadline=None, max_examples=50)
def test_a_day_that_needs_the_publication_is_never_after_it(said, published):
    found = find_date(f"Two were killed {said}.", published, None, WORDS)
    if found is not None:  # "on the 28th" is always found, "in 2019" only after that year
        assert found.when.day <= published
    assert found is not None or said == "in 2019"


@given(st.sampled_from(WORDS.dates.weekdays), st.integers(1, 400))
@settings(deadline=None, max_examples=50)
def test_a_weekday_moves_with_the_publication(name, weeks):
    later = PUBLISHED + timedelta(weeks=weeks)
    early, late = (find_date(f"on {name}", day, None, WORDS).when.day for day in (PUBLISHED, later))
    assert late - early == timedelta(weeks=weeks)


@given(TEXTS)
@settings(deadline=None, max_examples=50)
def test_a_layout_keeps_every_offset(text):
    layout = read_layout(text, WORDS)
    plain, (start, end) = layout.text, layout.dateline
    assert 0 <= layout.headline_end <= len(plain)
    assert start == end or layout.headline_end <= start < end
    for found in re.finditer(r"\w+", plain):
        first, last = layout.plain.find_span(*found.span())
        assert re.sub(r"\W", "", text[first:last]) == re.sub(r"\W", "", found.group())


@given(TEXTS)
@settings(deadline=None, max_examples=50)
def test_sentences_are_in_order_and_hold_every_word(text):
    spans = split_sentences(text, WORDS)
    ends = [0, *(end for _, end in spans)]
    for (start, end), before in zip(spans, ends, strict=False):
        assert before <= start < end <= len(text)
        assert not text[before:start].strip()
    assert not text[ends[-1] :].strip()


@given(TEXTS)
@settings(deadline=None, max_examples=50)
def test_tellings_name_only_mentions_that_there_are(text):
    mentions = found_in(text)
    told = find_tellings(text, split_sentences(text, WORDS), mentions, WORDS)
    assert {number for each in told for number in each.places} <= set(range(len(mentions)))
    assert [each.start for each in told] == sorted(each.start for each in told)


COUNTS = st.builds(
    lambda low, more: Count(low, None if more is None else low + more),
    st.integers(0, 500),
    st.none() | st.integers(0, 500),
)


@given(COUNTS, COUNTS, COUNTS)
@settings(deadline=None, max_examples=50)
def test_counts_add_up_in_any_order(one, two, three):
    assert (one + two) + three == three + (two + one)
    assert one.take_larger(two).take_larger(three) == three.take_larger(two.take_larger(one))


@pytest.mark.parametrize("text", ["", "\t \r\n\n\u2028\u00a0"])
def test_blank_text_tells_of_nothing(text):
    report = read(text)
    assert len(report.places) == len(report.events) == 0


@pytest.mark.parametrize("mark", ["\u202e", "\x07"])
def test_marks_that_are_not_seen_before_a_report_take_nothing_away(mark):
    text = f"{mark}Two guards were killed when a bomb went off near Mach on Monday.{mark}"
    [event] = read(text).events.itertuples()
    assert (event.match_name, event.fatalities, event.date.day) == ("Mach", 2, 10)
