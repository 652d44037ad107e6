"""What is printed of a news report."""

from __future__ import annotations

import pytest

import geosec
from geosec.cli.printing.news import describe_news_report


def report(text, published="2025-03-12"):
    return describe_news_report(geosec.parse_report(text, published=published)).splitlines()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A blast in Mach killed two.", "2 killed  Mach"),
        ("A blast in Mach killed two and injured five.", "2 killed, 5 hurt  Mach"),
        ("A blast in Mach killed at least seven.", "7+ killed  Mach"),
        ("On 5 March, a blast in Mach killed two.", "2025-03-05  "),
    ],
)
def test_an_event_is_told_with_its_toll_and_day(text, told):
    assert any(told in line for line in report(text))


def test_events_come_before_places_and_none_is_said():
    assert report("") == ["Events", "", "  none", "", "Places", "", "  none"]


def test_each_place_is_told_with_its_role():
    lines = report("A blast in Mach killed two, officials in Quetta said.")
    places = lines[lines.index("Places") :]
    assert any(line.startswith("  event    Mach ") for line in places)
    assert any("Quetta " in line and not line.startswith("  event") for line in places)
