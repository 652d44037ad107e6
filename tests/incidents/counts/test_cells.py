"""The cells of tables of counts, each distinct one read once."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geosec.incidents.cells import Rejected
from geosec.incidents.counts.cells import (
    Faults,
    judge_distinct,
    read_measures,
    read_texts,
    read_types,
)


def test_cells_become_texts_and_gaps_are_empty():
    table = pd.DataFrame(
        {"a": ["x ", None, "N/A"], "b": [1, 2.5, np.nan], "c": [True, [1], pd.NaT], "d": "y"}
    )
    roles = {"a": "admin2", "b": "events", "c": "breakdown", "d": "breakdown"}
    texts = read_texts(table, roles)
    assert texts["admin2"].tolist() == ["x", "", ""]
    assert texts["events"].tolist() == ["1.0", "2.5", ""]
    assert texts["breakdown"].tolist() == ["True | y", "[1] | y", " | y"]


@settings(deadline=None)
@given(st.lists(st.sampled_from("abc"), max_size=30))
def test_each_distinct_combination_is_judged_once(cells):
    texts = pd.DataFrame({"a": cells, "b": cells[::-1]}, dtype="object")
    faults, asked = Faults(texts), []

    def judge(row):
        asked.append(row)
        if row["a"] == "c":
            msg = "no c"
            raise Rejected(msg)
        return row["a"] + row["b"]

    which, made = judge_distinct(texts, ["a", "b", "gone"], judge, faults)
    assert len(asked) == len(set(zip(cells, cells[::-1], strict=True)))
    expected = [None if a == "c" else a + b for a, b in zip(cells, cells[::-1], strict=True)]
    assert [made[number] for number in which] == expected
    assert [row for row, _ in faults.list_rows()] == [i for i, a in enumerate(cells) if a == "c"]


@settings(deadline=None)
@given(st.lists(st.one_of(st.integers(-5, 10**10), st.floats(0, 9), st.none()), min_size=1))
def test_counts_are_whole_or_missing_or_rejected(cells):
    table = pd.DataFrame({"n": pd.Series(cells, dtype="object")})
    texts, faults = read_texts(table, {"n": "events"}), Faults(table)
    counts = read_measures(texts, faults)["events"]
    whole = faults.find_whole()
    for cell, count, fits in zip(cells, counts, whole, strict=True):
        assert fits == (cell is not None and cell >= 0 and cell == int(cell))
        assert not fits or count == cell


def test_one_count_is_enough_and_a_missing_one_stays_missing():
    table = pd.DataFrame({"events": ["3", "", ""], "deaths": ["", "0", ""]})
    faults = Faults(table)
    texts = read_texts(table, {"events": "events", "deaths": "fatalities"})
    counts = read_measures(texts, faults)
    assert counts.iloc[:2].isna().to_numpy().tolist() == [[False, True], [True, False]]
    assert faults.list_rows() == [(2, "no count")]


def test_several_faults_of_a_row_are_all_told():
    faults = Faults(pd.DataFrame(index=range(3)))
    faults.add([1], "one")
    faults.add([0, 1], "two")
    assert faults.list_rows() == [(0, "two"), (1, "one; two")]
    assert faults.find_whole().tolist() == [False, False, True]


@pytest.mark.parametrize("texts", [pd.DataFrame({"event_type": ["Riots", ""]}), pd.DataFrame([1])])
def test_event_types_are_missing_where_none_is_given(texts):
    types = read_types(texts)["event_type"]
    assert types.dtype == "str"
    assert types.isna().iloc[-1]
