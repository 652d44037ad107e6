"""Days against the day of publication."""

from __future__ import annotations

from datetime import date

import pytest

from geosec.news.dates import When, find_date
from geosec.news.vocabulary import load_report_words

PUBLISHED = date(2025, 3, 12)  # a Wednesday
TOLD = When(date(2025, 3, 10))


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
    found = find_date(f"Two were killed {text}.", PUBLISHED, TOLD, load_report_words())
    assert found == When(date.fromisoformat(day), precision)


@pytest.mark.parametrize("text", ["Two may march in.", "February 31", "one of 12 km", ""])
def test_no_day_is_made_up(text):
    assert find_date(text, PUBLISHED, None, load_report_words()) is None
