"""Tolls as ranges: what a source says at least, at best and at most."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geosec.arguments import describe_given, name_row, read_numbers
from geosec.errors import SchemaError

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_NUMBERS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_OPEN = re.compile(
    r"\+|≥|>|\bat least\b|\bmore\b|\bless\b|\bfewer\b|\bover\b|\babove\b|\bminimum\b"
)


_MOST = 1e9  # more is no toll, or no end


class TollRanges(NamedTuple):
    """A toll for each row: NaN where none is told, infinity where there is no upper end."""

    low: Floats
    best: Floats
    high: Floats

    def take(self, rows: NDArray[np.intp]) -> TollRanges:
        """Take some of the rows, by position."""
        return TollRanges(self.low[rows], self.best[rows], self.high[rows])


def read_toll_ranges(table: pd.DataFrame, name: str = "fatalities") -> TollRanges:
    """Read the toll of each row from ``name`` and, where they stand, its ends and its words.

    ``name_low`` and ``name_high`` are the ends; a low end without a high one is open above. Else
    the words in ``name_text`` say: "2-3" ends at 3, "at least 5" and "dozens" do not end.
    A cell that is no number raises a `SchemaError`.
    """
    best, low, high = (_read_counts(table, f"{name}{end}") for end in ("", "_low", "_high"))
    told = ~np.isnan(low) | ~np.isnan(high)
    best = np.where(np.isnan(best), np.where(np.isnan(low), high, low), best)
    if f"{name}_text" in table.columns:
        high = np.where(told, high, _read_high_ends(table[f"{name}_text"], best))
    high = np.where(told & np.isnan(high), np.inf, high)
    return TollRanges(np.fmin(low, best), best, np.fmax(high, best))


def _read_counts(table: pd.DataFrame, name: str) -> Floats:
    if name not in table.columns:
        return np.full(len(table), np.nan)
    counts = read_numbers(table[name]).to_numpy()
    most = np.inf if name.endswith("_high") else _MOST
    is_wrong = np.isnan(counts) & table[name].notna().to_numpy() | (counts < 0) | (counts > most)
    wrong = np.flatnonzero(is_wrong)
    if wrong.size:
        row, said = name_row(table.index, wrong[0]), describe_given(table[name].iloc[wrong[0]])
        msg = (
            f"`{name}` holds numbers of 0 or more, and {said} in row {row}; read the table with "
            "`geosec.read_incidents`, or leave the cell empty."
        )
        raise SchemaError(msg)
    return np.asarray(np.where(counts > _MOST, np.inf, counts))


def _read_high_ends(words: pd.Series, best: Floats) -> Floats:
    """Read the upper end that words give; NaN where there are none, or they are a plain number."""
    ends = np.full(len(words), np.nan)
    for row in np.flatnonzero(words.notna() & ~np.isnan(best)):
        text = str(words.iloc[row]).casefold()
        numbers = [float(each.replace(",", "")) for each in _NUMBERS.findall(text)]
        ends[row] = np.inf if _OPEN.search(text) or not numbers else max(numbers)
    return ends
