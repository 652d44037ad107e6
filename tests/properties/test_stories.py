"""What holds for the story of any tellings, in whatever order they come."""

from __future__ import annotations

from datetime import date
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from geosec.geocoding.geocoder import load_interpreter
from geosec.news.acled import EVENT_TYPES
from geosec.news.setting import Setting
from geosec.news.story import NOTHING_READ, read_tellings, take_telling
from geosec.news.tellings import NOTHING_SAID, Telling
from geosec.news.tolls import Count, Toll
from geosec.news.vocabulary import load_report_words

NAMES = ["Sibi", "Kalat", "Turbat", "Kech district", "Balochistan", "near Sibi", "Zzyzx"]
SAID = [
    "a bomb went off",
    "two were killed on Tuesday",
    "it happened on March 3",
    "five died in 2019",
    "officials said on Monday",
    "the second came an hour later",
    "",
]
PLACES = st.lists(st.integers(0, len(NAMES) - 1), max_size=3, unique=True).map(tuple)
COUNTS = st.none() | st.builds(
    lambda low, more: Count(low, None if more is None else low + more),
    st.integers(0, 30),
    st.none() | st.integers(0, 9),
)
TOLLS = st.builds(Toll, COUNTS, COUNTS)


@st.composite
def draw_tellings(draw):
    """A telling of any kind, as the reading of a part makes them."""
    kind = draw(st.sampled_from(["incident", "outcome", "scene", "mishap", "background"]))
    text = draw(st.sampled_from(SAID))
    if kind in {"mishap", "background"}:
        return Telling(kind, text, text, event_type="Accident" if kind == "mishap" else "")
    places = draw(PLACES)
    if kind == "scene":
        return Telling(kind, text, text, places=places or (0,))
    return Telling(
        kind,
        text,
        text,
        places=places,
        event_type=draw(st.sampled_from([*EVENT_TYPES, "Accident"])) if kind == "incident" else "",
        toll=draw(TOLLS),
        side=draw(st.sampled_from(["attackers", "attacked"])),
        more_dead=draw(st.booleans()),
        another=draw(st.booleans()),
        several=draw(st.booleans()),
        here=draw(st.booleans()),
    )


TELLINGS = st.lists(draw_tellings(), max_size=8)
DATELINES = st.none() | st.integers(0, len(NAMES) - 1)


@cache
def find_sites():
    reader = load_interpreter(None)
    return tuple(reader.answer(name, is_place=True) for name in NAMES)


def set_out(dated_from=None):
    return Setting(find_sites(), date(2025, 3, 12), load_report_words(), dated_from)


@given(TELLINGS, DATELINES)
@settings(deadline=None, max_examples=100)
def test_a_happening_has_a_type_and_a_place_that_was_told(tellings, dated_from):
    told = {place for telling in tellings for place in telling.places} | {dated_from, None}
    state = read_tellings(tellings, set_out(dated_from))
    for happening in state.happenings:
        assert happening.event_type in {*EVENT_TYPES, "Accident"}
        assert happening.place in told
        assert happening.when.day <= date(2025, 3, 12)
    assert state.last is None or state.last < len(state.happenings)


@given(TELLINGS)
@settings(deadline=None, max_examples=100)
def test_there_are_no_more_happenings_than_places_told_and_beginnings(tellings):
    most = sum(max(len(telling.places), 1) for telling in tellings)
    assert len(read_tellings(tellings, set_out()).happenings) <= most


@given(TELLINGS, draw_tellings())
@settings(deadline=None, max_examples=100)
def test_a_telling_changes_no_state_and_gives_the_same_one_each_time(tellings, telling):
    setting = set_out()
    state = NOTHING_READ
    for each in tellings:
        state = take_telling(state, each, setting)
    happenings = state.happenings
    one, two = (take_telling(state, telling, setting) for _ in range(2))
    assert one == two
    assert state.happenings is happenings


@given(TELLINGS)
@settings(deadline=None, max_examples=100)
def test_an_accident_behind_everything_takes_no_happening_away(tellings):
    setting = set_out()
    accident = Telling("incident", "a boiler burst", "A boiler burst.", event_type="Accident")
    news = [telling for telling in tellings if telling.kind != "background"]
    state = NOTHING_READ
    for each in news:
        state = take_telling(state, each, setting)
    after = take_telling(state, accident, setting)
    assert after.happenings == state.happenings


@given(TELLINGS)
@settings(deadline=None, max_examples=100)
def test_what_is_told_twice_is_no_story_twice(tellings):
    """Only another one, and more dead, are more than what was told."""
    once = [
        each._replace(places=each.places[:1], toll=NOTHING_SAID)
        for each in tellings
        if each.kind == "incident" and each.places
    ]
    setting = set_out()
    one, two = (read_tellings(told, setting).happenings for told in (once, once + once))
    assert len(two) <= 2 * len(one)
    assert {happening.place for happening in two} <= {each.places[0] for each in once}
