"""Rows of cells out of a table, and double names."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from geosec.errors import SchemaError
from geosec.storage.rows import Rows, refuse_double_names


def test_gaps_of_every_kind_are_none_and_values_stay():
    table = pd.DataFrame({"a": [1.5, np.nan], "b": ["x", None], "c": [pd.NaT, pd.Timestamp(2025)]})
    rows = Rows.from_table(table, [4, 7])
    first, second = rows.list_rows()
    assert first == {"a": 1.5, "b": "x", "c": None}
    assert second["a"] is second["b"] is None
    assert (rows.columns, rows.table.index.tolist()) == (["a", "b", "c"], [4, 7])
    assert rows.unreadable == []


def test_few_rows_are_listed():
    rows = Rows.from_table(pd.DataFrame({"a": [5, 6, 7]}), range(1, 4))
    assert rows.list_rows([2, 0]) == [{"a": 7}, {"a": 5}]


def test_names_that_are_no_text_become_text():
    assert Rows.from_table(pd.DataFrame({2024: [1]}), [1]).list_rows() == [{"2024": 1}]


@pytest.mark.parametrize("names", [["a", "a"], ["x", "a", "y", "a"], [1, "1"]])
def test_double_names_are_refused(names):
    with pytest.raises(SchemaError, match=f"two columns are called '{names[-1]}'; rename one"):
        refuse_double_names(map(str, names))


def test_names_that_differ_are_taken():
    refuse_double_names(["a", "A", " a"])
    refuse_double_names([])


def test_columns_are_dropped_and_renamed_in_their_place():
    rows = Rows.from_table(pd.DataFrame({"a": [1], "b": [2], "c": [3]}), [2])
    assert rows.drop({"a", "x"}).list_rows() == [{"b": 2, "c": 3}]
    renamed = rows.rename("b", "z")
    assert list(renamed.list_rows()[0].items()) == [("a", 1), ("z", 2), ("c", 3)]
    assert renamed.table.index.tolist() == [2]
    assert rows.columns == ["a", "b", "c"]


def test_rows_without_columns_are_as_many():
    assert Rows.from_table(pd.DataFrame(index=range(3)), [1, 2, 3]).list_rows(slice(2)) == [{}, {}]
