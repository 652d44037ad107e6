from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geosec.disclosure.suppression import roll_up

ALONE = 11
ROWS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 3)), min_size=1, max_size=60)


def make_paths(districts: list[int], finest: list[int] | None = None) -> np.ndarray:
    """Twelve districts in a country, `finest` says how finely each is known.

    But for the last, which lies in none, they are in three provinces.
    """
    district = np.array(districts)
    province = np.where(district == ALONE, -1, district // 4)
    paths = np.column_stack([district, province, np.zeros_like(district)])
    for row, level in enumerate(finest or []):
        paths[row, : min(level, 2)] = -1
    return paths


def list_classes(paths: np.ndarray, level: np.ndarray) -> Counter:
    return Counter(zip(level.tolist(), paths[np.arange(len(paths)), level].tolist(), strict=True))


def test_large_units_are_told_and_small_ones_joined():
    paths = make_paths([0] * 5 + [1] * 3 + [2] * 2 + [4] * 5)
    assert list_classes(paths, roll_up(paths, 5)) == {(0, 0): 5, (0, 4): 5, (1, 0): 5}


def test_a_single_small_unit_takes_another_with_it():
    """Else a province's total, less the districts that are told, would be the small one's count."""
    paths = make_paths([0] * 9 + [1] * 6 + [2] * 3)
    assert list_classes(paths, roll_up(paths, 5)) == {(0, 0): 9, (1, 0): 9}


def test_rows_known_to_the_province_alone_hide_a_small_district():
    paths = make_paths([0] * 6 + [1] * 2 + [0] * 3, [0] * 8 + [1] * 3)
    assert list_classes(paths, roll_up(paths, 5)) == {(0, 0): 6, (1, 0): 5}


def test_a_small_province_takes_the_smallest_unit_of_another_with_it():
    paths = make_paths([0] * 2 + [4] * 6 + [5] * 8)
    assert list_classes(paths, roll_up(paths, 5)) == {(0, 5): 8, (2, 0): 8}


def test_a_small_unit_that_lies_in_no_larger_one_is_joined_too():
    paths = make_paths([0] * 6 + [4] * 7 + [ALONE] * 2)
    assert list_classes(paths, roll_up(paths, 5)) == {(0, 4): 7, (2, 0): 8}


def test_rows_known_to_the_country_alone_are_not_told_alone():
    paths = make_paths([0] * 6 + [4] * 7 + [0], [0] * 13 + [2])
    assert list_classes(paths, roll_up(paths, 5)) == {(0, 4): 7, (2, 0): 7}


@given(ROWS, st.integers(2, 7))
def test_no_unit_is_told_of_fewer_than_k_and_none_can_be_worked_out(rows, k):
    if len(rows) < k:
        return
    paths = make_paths([district for district, _ in rows], [level for _, level in rows])
    level = roll_up(paths, k)
    classes = list_classes(paths, level)
    assert min(classes.values()) >= k
    known = (paths >= 0).argmax(axis=1)
    assert (level >= known).all()
    for upper, unit in classes:
        if upper == 0:
            continue
        joined = np.flatnonzero((level == upper) & (paths[:, upper] == unit))
        own = paths[joined, known[joined]]
        sources = set(zip(known[joined].tolist(), own.tolist(), strict=True))
        told = (level < upper) & (paths[:, upper] == unit)
        assert len(sources) > 1 or not told.any() or (known[joined] == upper).all()


@given(ROWS, st.integers(2, 7), st.randoms())
def test_the_order_of_rows_has_no_part_in_it(rows, k, random):
    paths = make_paths([district for district, _ in rows], [level for _, level in rows])
    order = list(range(len(rows)))
    random.shuffle(order)
    assert roll_up(paths, k)[order].tolist() == roll_up(paths[order], k).tolist()


@pytest.mark.parametrize("rows", [0, 1])
def test_no_rows_and_one_row_are_answered(rows):
    assert len(roll_up(make_paths([3] * rows).reshape(-1, 3), 5)) == rows
