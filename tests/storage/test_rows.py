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
    assert rows.cells[0] == {"a": 1.5, "b": "x", "c": None}
    assert rows.cells[1]["a"] is rows.cells[1]["b"] is None
    assert (rows.columns, rows.lines, rows.unreadable) == (["a", "b", "c"], [4, 7], [])


def test_names_that_are_no_text_become_text():
    assert Rows.from_table(pd.DataFrame({2024: [1]}), [1]).cells == [{"2024": 1}]


@pytest.mark.parametrize("names", [["a", "a"], ["x", "a", "y", "a"], [1, "1"]])
def test_double_names_are_refused(names):
    with pytest.raises(SchemaError, match=f"two columns are called '{names[-1]}'; rename one"):
        refuse_double_names(map(str, names))


def test_names_that_differ_are_taken():
    refuse_double_names(["a", "A", " a"])
    refuse_double_names([])


def test_columns_are_dropped_and_renamed_in_their_place():
    rows = Rows(["a", "b", "c"], [{"a": 1, "b": 2, "c": 3}], [2], [])
    assert rows.drop({"a", "x"}) == Rows(["b", "c"], [{"b": 2, "c": 3}], [2], [])
    assert rows.rename("b", "z") == Rows(["a", "z", "c"], [{"a": 1, "z": 2, "c": 3}], [2], [])
    assert rows.columns == ["a", "b", "c"]
