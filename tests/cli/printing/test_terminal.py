"""Text from anyone on a line of a terminal."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geosec.cli.printing.terminal import escape_line, format_cell, format_figure


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("Mach\n\x1b[2J", "Mach ?[2J"),
        ("  two \t words ", "two words"),
        (pd.NA, ""),
        (7, "7"),
        ("می\u200cرود", "می\u200cرود"),
        ("left\u202eright", "left?right"),
    ],
)
def test_a_cell_is_one_line_that_is_not_obeyed(value, line):
    assert escape_line(value) == line


@given(st.text(max_size=60))
@settings(deadline=None, max_examples=50)
def test_whatever_comes_is_printable_and_escaped_once(text):
    line = escape_line(text)
    assert all(letter.isprintable() or letter in "\u200c\u200d" for letter in line)
    assert escape_line(line) == line


@pytest.mark.parametrize(("value", "told"), [(1.25, "1.2"), (float("nan"), "-"), (0.0, "0.0")])
def test_a_missing_figure_is_a_dash(value, told):
    assert format_figure(value, ".1f") == told


@pytest.mark.parametrize("gap", [None, pd.NA, pd.NaT, float("nan"), np.nan, "", "  "])
def test_a_gap_is_no_text(gap):
    assert format_cell(gap) == ""


@pytest.mark.parametrize(("value", "told"), [(0, "0"), (" a ", "a"), (np.int64(7), "7")])
def test_a_value_is_its_text(value, told):
    assert format_cell(value) == told
