"""Columns of cells as texts, and their distinct cells: what is said once is read once."""

from __future__ import annotations

import sys
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geosec.incidents.cells import read_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

TEXT = pd.StringDtype("pyarrow", na_value=np.nan)  #: the texts of a table
_HASHED = (str, int, bool, type(None))


class Distinct(NamedTuple):
    """The distinct cells of a column, and which of them stands in each row."""

    cells: list[Any]
    codes: NDArray[np.intp]


def read_texts(column: pd.Series) -> pa.Array:
    """Read every cell of a column as `read_text` does: trimmed, missing where nothing is left."""
    texts = take_texts(column)
    if texts is not None:
        return texts
    found = _find_cells(column)
    return pa.array([read_text(cell) for cell in found.cells], pa.large_string()).take(
        pa.array(found.codes)
    )


def take_texts(column: pd.Series) -> pa.Array | None:
    """Take a column that holds texts and gaps alone, trimmed; None where there is anything else."""
    is_plain = isinstance(column.dtype, pd.StringDtype)
    if not is_plain and (column.dtype != "object" or {*map(type, column)} - {str, type(None)}):
        return None
    texts = pa.array(column, None if is_plain else pa.large_string(), from_pandas=True)
    whole = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    trimmed = pc.utf8_trim(whole.cast(pa.large_string()), characters=_list_blanks())
    return pc.if_else(pc.equal(pc.binary_length(trimmed), 0), None, trimmed)


def find_distinct(column: pd.Series) -> Distinct:
    """Find the distinct cells of a column; those of a text are trimmed, gaps are None."""
    texts = take_texts(column)
    return _find_cells(column) if texts is None else encode(texts)


def encode(texts: pa.Array) -> Distinct:
    """Find the distinct texts of a column; a gap is one of them."""
    encoded = pc.dictionary_encode(texts, null_encoding="encode")
    return Distinct(encoded.dictionary.to_pylist(), encoded.indices.to_numpy().astype(np.intp))


def _find_cells(column: pd.Series) -> Distinct:
    """Find the distinct cells of a column that holds more than texts."""
    seen: dict[Any, int] = {}
    cells: list[Any] = []
    codes = np.empty(len(column), "intp")
    for row, cell in enumerate(column.astype("object").where(column.notna(), None)):
        codes[row] = seen.setdefault(_tell_apart(cell), len(cells))
        if codes[row] == len(cells):
            cells.append(cell)
    return Distinct(cells, codes)


def _tell_apart(cell: Any) -> Any:
    """Give what tells a cell from others: 1, 1.0 and True are three, and so are 0.0 and -0.0."""
    kind = type(cell)
    if kind in _HASHED:
        return kind, cell
    return (kind, cell, cell.tzinfo) if isinstance(cell, datetime) else (kind, repr(cell))


@cache
def _list_blanks() -> str:
    """List the letters that `str.strip` takes away."""
    return "".join(letter for letter in map(chr, range(sys.maxunicode + 1)) if letter.isspace())
