"""Counts and tolls: their arithmetic, and how two tellings of the same are joined."""

from __future__ import annotations

import pytest

from geosec.news.tolls import Count, Toll

COUNTS = [Count(0, 0), Count(2, 2), Count(2, 5), Count(3), Count(0, 9), Count(5, 5)]


def test_an_open_end_stays_open_in_a_sum():
    assert Count(26) + Count(5, 5) == Count(31)


@pytest.mark.parametrize("one", COUNTS, ids=str)
@pytest.mark.parametrize("two", COUNTS, ids=str)
def test_sums_and_the_greater_do_not_ask_for_the_order(one, two):
    assert one + two == two + one
    assert one.take_larger(two) == two.take_larger(one)
    assert one.take_larger(two) in {one, two}
    assert (one + two).low == one.low + two.low


@pytest.mark.parametrize(
    ("one", "two", "greater"),
    [
        (Count(2, 2), Count(5, 5), Count(5, 5)),
        (Count(5, 5), Count(5), Count(5)),
        (Count(2, 5), Count(2, 9), Count(2, 9)),
        (Count(3), Count(4, 4), Count(4, 4)),
    ],
)
def test_the_greater_has_the_higher_low_and_then_the_higher_end(one, two, greater):
    assert one.take_larger(two) == greater


def test_nought_changes_no_sum():
    assert all(each + Count(0, 0) == each for each in COUNTS)


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        (Toll(Count(2, 2)), Toll(Count(3, 3)), Toll(Count(3, 3))),
        (Toll(Count(3, 3)), Toll(Count(2, 2)), Toll(Count(3, 3))),
        (Toll(Count(2, 2)), Toll(None, Count(5, 5)), Toll(Count(2, 2), Count(5, 5))),
        (Toll(Count(2, 2)), Toll(Count(2)), Toll(Count(2))),
        (Toll(Count(0, 0), Count(0, 0)), Toll(Count(1, 1)), Toll(Count(1, 1), Count(0, 0))),
        (Toll(), Toll(), Toll()),
        (Toll(), Toll(Count(4, 4)), Toll(Count(4, 4))),
    ],
)
def test_of_two_tellings_of_the_same_the_greater_counts(one, two, expected):
    assert one.take_larger(two) == expected


def test_merging_does_not_ask_which_was_told_first():
    tolls = [Toll(), Toll(Count(2, 2)), Toll(Count(2)), Toll(Count(1, 9), Count(3, 3))]
    assert all(a.take_larger(b) == b.take_larger(a) for a in tolls for b in tolls)
    assert all(a.take_larger(a) == a for a in tolls)


TOLLS = [Toll(), Toll(Count(2, 2)), Toll(Count(2)), Toll(Count(0, 0)), Toll(None, Count(3, 3))]


@pytest.mark.parametrize("one", TOLLS, ids=str)
@pytest.mark.parametrize("two", TOLLS, ids=str)
def test_the_killed_and_hurt_of_two_groups_are_added_each_for_itself(one, two):
    assert one + two == two + one
    assert one + Toll() == one
    assert (one + two).dead == (
        one.dead + two.dead if one.dead and two.dead else one.dead or two.dead
    )


@pytest.mark.parametrize(
    ("count", "share"),
    [
        (Count(9, 9), Count(0, 9)),
        (Count(2, 5), Count(0, 5)),
        (Count(26), Count(0)),
        (Count(0, 0), Count(0, 0)),
        (Count(0, 30), Count(0, 30)),
    ],
)
def test_each_of_several_places_has_none_to_all(count, share):
    assert count.share() == share
    assert Toll(count, count).share() == Toll(share, share)
    assert Toll(count).share() == Toll(share)


@pytest.mark.parametrize(
    ("toll", "deadly", "bloody"),
    [
        (Toll(), False, False),
        (Toll(Count(0, 0), Count(0, 0)), False, False),
        (Toll(None, Count(4, 4)), False, True),
        (Toll(Count(0, 30)), False, False),
        (Toll(Count(2)), True, True),
    ],
)
def test_a_toll_is_deadly_where_somebody_was_surely_killed(toll, deadly, bloody):
    assert (toll.is_deadly, toll.is_bloody) == (deadly, bloody)
