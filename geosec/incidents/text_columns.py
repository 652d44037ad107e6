"""Columns of cells as texts, and their distinct cells: what is said once is read once."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geosec.incidents.cells import read_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

TEXT = pd.StringDtype("pyarrow", na_value=np.nan)  #: the texts of a table
_SPACE, _ASCII, _LAST_BLANK = 0x20, 0x7E, 0x3000
_KEPT = "biufM"  # kinds of dtypes: truths, numbers and times
#: Dtypes by what `pandas.api.types.infer_dtype` finds in a column of Python's own values.
_TYPES = {
    "integer": "Int64",
    "boolean": "boolean",
    "floating": "float64",
    "mixed-integer-float": "float64",
}
_HASHED = (str, int, bool, type(None))


class Distinct(NamedTuple):
    """The distinct cells of a column, and which of them stands in each row."""

    cells: list[Any]
    codes: NDArray[np.intp]


def read_texts(column: pd.Series) -> pa.ChunkedArray:
    """Read every cell of a column as `read_text` does: trimmed, missing where nothing is left."""
    texts = take_texts(column)
    if texts is not None:
        return texts
    found = _find_cells(column)
    return spread_texts([read_text(cell) for cell in found.cells], found.codes)


def take_texts(column: pd.Series) -> pa.ChunkedArray | None:
    """Take a column that holds texts and gaps alone, trimmed; None where there is anything else."""
    is_plain = isinstance(column.dtype, pd.StringDtype)
    if not is_plain and (column.dtype != "object" or {*map(type, column)} - {str, type(None)}):
        return None
    cells = column.array if is_plain else column.to_numpy()
    texts = pa.array(cells, None if is_plain else pa.large_string(), from_pandas=True)
    chunks = texts.chunks if isinstance(texts, pa.ChunkedArray) else [texts]
    trimmed = [_trim(chunk.cast(pa.large_string())) for chunk in chunks]
    return pa.chunked_array(trimmed, pa.large_string())


def keep_type(column: pd.Series) -> pd.api.extensions.ExtensionArray | None:
    """Keep numbers, truths, times and shapes as a source has them; None for what is read as text.

    Python's own whole numbers, truths and floats, among gaps, get their dtype of pandas.
    """
    kind = column.dtype
    if kind == "object":
        typed = _TYPES.get(pd.api.types.infer_dtype(column, skipna=True))
        try:
            return None if typed is None else column.astype(typed).array
        except (TypeError, ValueError, OverflowError):  # too large a number
            return None
    is_kept = kind.kind in _KEPT or kind == "geometry" or isinstance(kind, pd.CategoricalDtype)
    return column.array if is_kept else None


def _trim(texts: pa.Array) -> pa.Array:
    """Take blanks away from both ends of texts, where there may be any; nothing left is a gap."""
    _, offsets, letters = texts.buffers()
    if letters is None or not len(texts):
        return pa.nulls(len(texts), pa.large_string())
    edges = np.frombuffer(offsets, "int64")[texts.offset :][: len(texts) + 1]
    view = np.frombuffer(letters, "uint8")
    is_filled = edges[1:] > edges[:-1]
    if not is_filled.all():
        edges = np.concatenate([edges[:-1][is_filled], edges[1:][is_filled]])
        starts, stops = np.split(edges, 2)
    else:
        starts, stops = edges[:-1], edges[1:]
    if _may_be_blank(view[starts]) or _may_be_blank(view[stops - 1]):
        texts = pc.utf8_trim(texts, characters=_list_blanks())
        is_filled = pc.greater(pc.binary_length(texts), 0)
    elif is_filled.all():
        return texts
    return pc.if_else(pa.array(is_filled), texts, None)


def _may_be_blank(letters: NDArray[np.uint8]) -> bool:
    """Tell whether any of these bytes may be of a blank: those of ASCII are a space or less."""
    return bool(((letters <= _SPACE) | (letters > _ASCII)).any())


def find_distinct(column: pd.Series) -> Distinct:
    """Find the distinct cells of a column; those of a text are trimmed, gaps are None."""
    texts = take_texts(column)
    return _find_cells(column) if texts is None else encode(texts)


def encode(texts: pa.ChunkedArray) -> Distinct:
    """Find the distinct texts of a column; a gap is one of them."""
    distinct, codes = encode_texts(texts)
    return Distinct(distinct.to_pylist(), codes)


def encode_texts(texts: pa.ChunkedArray) -> tuple[pa.ChunkedArray, NDArray[np.intp]]:
    """Find the distinct texts of a column, and which of them stands in each row."""
    encoded = pc.dictionary_encode(texts, null_encoding="encode").combine_chunks()
    return pa.chunked_array([encoded.dictionary]), encoded.indices.to_numpy().astype(np.intp)


def spread_texts(texts: Sequence[str | None], codes: NDArray[np.intp]) -> pa.ChunkedArray:
    """Give each row its text, as `codes` tell."""
    return pa.chunked_array([pa.array(texts, pa.large_string()).take(pa.array(codes))])


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
    return "".join(letter for letter in map(chr, range(_LAST_BLANK + 1)) if letter.isspace())
