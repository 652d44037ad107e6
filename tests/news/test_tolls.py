"""Tolls of sentences, as ranges."""

from __future__ import annotations

import pytest

from geosec.news.tolls import Count, count_casualties
from geosec.news.vocabulary import load_report_words


@pytest.mark.parametrize(
    ("text", "dead", "hurt"),
    [
        ("Three labourers were shot dead", (3, 3), None),
        ("killing one constable and injuring six people, four of them boys", (1, 1), (6, 6)),
        ("At least 26 people, including a woman, were killed", (26, None), None),
        ("more than 60 were injured", None, (61, None)),
        ("dozens were hurt", None, (24, None)),
        ("up to 30 people died", (0, 30), None),
        ("about 50 were wounded", None, (45, 55)),
        ("Two policemen and a passer-by were killed", (3, 3), None),
        ("gunmen killed at least 21 passengers and four soldiers", (25, None), None),
        ("killed two guards and three others were hurt", (2, 2), (3, 3)),
        ("injured six people and two were killed", (2, 2), (6, 6)),
        ("Sixty-four people died", (64, 64), None),
        ("On March 20, 2024, eight gunmen were killed", (8, 8), None),
        ("police said no one was hurt", (0, 0), (0, 0)),
        ("more than 100 passengers were held", None, None),
        ("a 25-year-old man crossed 12 km of hills in two hours", None, None),
    ],
)
def test_people_are_counted_as_they_are_told(text, dead, hurt):
    toll = count_casualties(text, load_report_words())
    assert toll.dead == (Count(*dead) if dead else None)
    assert toll.hurt == (Count(*hurt) if hurt else None)


def test_an_open_end_stays_open_in_a_sum():
    assert Count(26) + Count(5, 5) == Count(31)
