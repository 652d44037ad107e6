"""What is printed of a news report."""

from __future__ import annotations

import re

import pytest

import geosec
from geosec.cli.printing.news import describe_news_report
from geosec.cli.printing.page import write_plain


def report(text, published="2025-03-12"):
    told = geosec.parse_report(text, published=published)
    return write_plain(describe_news_report(told)).splitlines()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A blast in Mach killed two.", ["2", "-", "Mach"]),
        ("A blast in Mach killed two and injured five.", ["2", "5", "Mach"]),
        ("A blast in Mach killed at least seven.", ["7+", "-", "Mach"]),
    ],
)
def test_an_event_is_told_with_its_day_toll_and_place(text, told):
    event = re.split("  +", report(text)[3])
    assert event[:2] == ["2025-03-12", "Explosions/Remote violence"]
    assert event[2:5] == told


def test_a_day_that_is_told_is_the_event_s():
    assert report("On 5 March, a blast in Mach killed two.")[3].startswith("2025-03-05  ")


def test_events_come_before_places_and_none_is_said():
    assert report("") == ["Events", "", "none", "", "Places", "", "none"]


def test_each_place_is_told_with_its_role():
    lines = report("A blast in Mach killed two, officials in Quetta said.")
    places = lines[lines.index("Places") + 3 :]
    assert [line.split()[:2] for line in places] == [["event", "Mach"], ["context", "Quetta"]]
