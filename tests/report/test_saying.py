"""Figures as people say them."""

from __future__ import annotations

import pytest

from geosec.report.saying import Teller, clean_cell, round_up


@pytest.fixture(scope="module")
def tell():
    return Teller("en")


def plain(text):
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("metres", "said"),
    [
        (0, "0 m"),
        (7, "7 m"),
        (643, "640 m"),
        (994, "990 m"),
        (996, "1 km"),
        (1_240, "1.2 km"),
        (24_367, "24 km"),
        (1_234_567, "1,200 km"),
        (float("nan"), "not known"),
    ],
)
def test_distances(tell, metres, said):
    assert plain(tell.distance(metres)) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0, "0 %"),
        (0.002, "less than 1 %"),
        (0.734, "73 %"),
        (0.9999, "more than 99 %"),
        (1, "100 %"),
    ],
)
def test_shares(tell, share, said):
    assert plain(tell.share(share)) == said


@pytest.mark.parametrize(
    ("probability", "said"),
    [
        (0.0004, "fewer than 1 time in 1,000"),
        (0.001, "about 1 time in 1,000"),
        (0.049, "about 1 time in 20"),
        (0.3, "about 1 time in 3"),
        (0.9, "almost always"),
    ],
)
def test_chances(tell, probability, said):
    assert tell.chance(probability) == said


def test_intervals(tell):
    assert tell.between(13.2, 11.4, 15.1) == "13 (11 to 15)"
    assert tell.between(13, 13, 13) == "13"
    assert tell.between(1.13, 0.42, 2.38) == "1.1 (0.4 to 2.4)"
    assert tell.between(0.07, 2e-20, 0.8) == "0.1 (0 to 0.8)"
    assert tell.expect(6.8, 6, 8) == "7 (6 to 8)"
    assert tell.expect(0.3, 0, 1) == "less than 1 (0 to 1)"
    assert tell.signed(0.0, -5.3, 2.2) == "0 (−5.3 to +2.2)"
    assert tell.part(1.0) == "all"
    assert tell.between(0.42, 0, 1.6) == "0.4 (0 to 1.6)"


def test_days_and_lists(tell):
    assert plain(tell.day("2025-03-11")) == "11 March 2025"
    assert tell.day(None) == "date not reported"
    assert tell.days("2025-03-01", "2025-03-31") == "March 2025"
    assert tell.join(["a", "b", "c"]) == "a, b and c"


def test_one_thing_has_its_own_wording(tell):
    assert tell.say_many("others", 1) == "1 other"
    assert tell.say_many("others", 1_200) == "1,200 others"


def test_a_cell_is_one_line_without_letters_that_direct():
    assert clean_cell("a\n\u202eb\x00 c") == "a b c"
    assert clean_cell(None) == clean_cell(float("nan")) == ""
    assert clean_cell("\ud800x") == "\ufffdx"
    assert len(clean_cell("word " * 200)) <= 240


@pytest.mark.parametrize(("number", "end"), [(0, 1), (7, 10), (12, 20), (0.3, 0.5), (100, 100)])
def test_an_axis_ends_at_a_round_number(number, end):
    assert round_up(number) == pytest.approx(end)
