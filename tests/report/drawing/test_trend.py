"""Counts by period: years under their bars, months where there are few, levels in between."""

from __future__ import annotations

import pandas as pd
import pytest

from geosec.report.drawing.canvas import BLUE, ORANGE, SKY
from geosec.report.drawing.trend import draw_trend


@pytest.fixture
def make_counts():
    def make(first, last, freq):
        periods = pd.period_range(first, last, freq=freq)
        count = pd.Series(range(len(periods)), dtype="float64")
        return pd.DataFrame(
            {
                "period_start": periods.start_time,
                "period_end": periods.end_time.normalize(),
                "is_partial": [True] + [False] * (len(periods) - 1),
                "count": count,
                "count_low": count - 0.5,
                "count_high": count + 1,
            }
        )

    return make


def draw(counts, levels=None):
    return draw_trend(counts, name="t", title="A trend", description="Words", levels=levels)


def test_each_year_is_named_under_its_bar_and_partial_ones_are_pale(
    make_counts, list_texts, list_colours
):
    drawn = draw(make_counts("2015", "2024", "Y"))
    assert {"2015", "2024", "0"} <= set(list_texts(drawn))
    assert {BLUE, SKY} <= set(list_colours(drawn))


def test_months_are_named_where_there_are_few(make_counts, list_texts):
    assert "2024-03" in list_texts(draw(make_counts("2024-01", "2024-12", "M")))


def test_levels_are_drawn_over_the_bars(make_counts):
    counts = make_counts("2015", "2024", "Y")
    levels = counts.iloc[[0]].assign(period_end=counts["period_end"].iloc[4])
    assert ORANGE in draw(counts, levels)
    assert ORANGE not in draw(counts)


def test_counts_without_intervals_are_drawn_too(make_counts):
    counts = make_counts("2015", "2024", "Y").assign(
        count_low=float("nan"), count_high=float("nan")
    )
    assert draw(counts).startswith("<svg")
