"""What is printed of phrases and news reports whose truth is known."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from geosec.cli.printing.page import write_plain
from geosec.cli.printing.scores import (
    describe_fit,
    describe_news_kinds,
    describe_news_scores,
    describe_phrase_scores,
)
from geosec.evaluation.news import score_news, summarise_kinds
from geosec.evaluation.phrases import score_phrases

GOLD = {
    "phrase": ["Sibi", "Quetta", "Jaffar Express", "Xanadu"],
    "context_admin1": "Balochistan",
    "lat": [29.543, 0.0, None, 30.0],
    "lon": [67.877, 0.0, None, 67.0],
    "tolerance_km": 5.0,
    "kind": ["town", "moved", "train", "dream"],
}


@pytest.fixture(scope="module")
def scored():
    return write_plain(describe_phrase_scores(score_phrases(pd.DataFrame(GOLD)))).splitlines()


def test_each_kind_has_a_line_without_nan(scored):
    table = scored[: scored.index("")]
    assert all(any(line.startswith(kind) for line in table) for kind in GOLD["kind"])
    assert not any("nan" in line for line in table)


def test_each_miss_is_told_with_its_error_or_status(scored):
    assert "missed: 2" in scored
    moved = next(line for line in scored if line.startswith("moved  Quetta"))
    away_km = float(moved.split()[2])
    assert (
        7_500 < away_km < 8_500
    )  # from Quetta to where the meridian of Greenwich meets the equator
    assert any(re.match("dream  Xanadu  +unmatched; ", line) for line in scored)
    assert not any("nan" in line for line in scored)


def test_reports_are_summed_up_in_six_lines():
    gold = {
        "id": "a",
        "text": "A blast in Mach killed two.",
        "published": "2025-03-12",
        "places": [{"start": 11, "end": 15, "lat": 29.86, "lon": 67.33}],
        "events": [
            {
                "lat": 29.86,
                "lon": 67.33,
                "date": "2025-03-12",
                "event_type": "Explosions/Remote violence",
                "fatalities": 2,
            }
        ],
    }
    lines = write_plain(describe_news_scores(score_news([gold, {**gold, "id": "b"}]))).splitlines()
    assert len(lines) == 7
    assert lines[1].endswith("2 known, 2 told, 2 the same")
    assert lines[6].split()[:3] == ["fatalities", "right", "1.000"]


def test_what_each_rule_promises_and_should_is_told():
    lines = write_plain(describe_fit(score_phrases(pd.DataFrame(GOLD)))).splitlines()
    assert lines[0].split() == ["rule", "phrases", "right", "now", "fitted"]
    assert lines[1].split()[:3] == ["town", "2", "50.0%"]
    assert lines[-2].startswith("calibration error today 0.")
    assert lines[-1].startswith("left out in turn 0.")


def test_kinds_of_reports_are_told_in_columns_of_one_width():
    gold = {"id": "a", "text": "A blast in Mach killed two.", "published": "2025-03-12"}
    gold |= {"places": [], "events": [], "kind": ["no_event\x1b", "b"]}
    lines = write_plain(
        describe_news_kinds(summarise_kinds(score_news([gold]), [gold], "kind"))
    ).splitlines()
    assert len({len(line) for line in lines[:4]}) == 1
    assert [line.split()[0] for line in lines[:4]] == ["kind", "b", "no_event?", "all"]
    assert lines[-1] == "100.0 spurious events in 100 reports"


def test_a_kind_without_events_has_a_dash_for_f1():
    quiet = {"id": "a", "text": "A quiet day.", "published": "2025-03-12"}
    quiet |= {"places": [], "events": [], "kind": "quiet"}
    lines = write_plain(
        describe_news_kinds(summarise_kinds(score_news([quiet]), [quiet], "kind"))
    ).splitlines()
    assert lines[1].split() == ["quiet", "1", "0", "0", "0", "-", "0", "0", "0", "0"]
