"""Tables made fit for spreadsheets: shapes become text, and no text is run as a formula."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geosec.crs import DEGREE_DECIMALS, round_degrees
from geosec.schema import INDEX

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_ODD = r"^[^\pL\pN]|[\x00-\x1f\x{fffe}\x{ffff}]"  # whatever a change may be about
_NUMBER = re.compile(r"[+-](?:\d+(?:[.,]\d+)*|[.,]\d+)(?:[eE][+-]?\d+)?%?")  # runs nothing
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "\n")


def flatten_geometries(table: pd.DataFrame, keep: str = "") -> pd.DataFrame:
    """Turn geometry columns into WKT, but for the one to keep, and identifiers into columns.

    Those are a named index, and in a table of places one that is more than a count of the rows.
    """
    named = any(name is not None for name in table.index.names)
    if not named and isinstance(table, gpd.GeoDataFrame) and not _is_count(table.index):
        table, named = table.rename_axis(INDEX), INDEX not in table.columns
    plain = pd.DataFrame(table.reset_index() if named else table)
    for name in plain.columns:
        if name != keep and isinstance(plain[name].dtype, gpd.array.GeometryDtype):
            rounded = gpd.GeoSeries(round_degrees(plain[name].to_numpy()), plain.index)
            text = rounded.to_wkt(rounding_precision=DEGREE_DECIMALS)
            plain[name] = text.where(plain[name].notna(), None)
        elif plain[name].dtype == "object":
            plain[name] = _list_arrays(plain[name])
    return plain


def _list_arrays(cells: pd.Series) -> pd.Series:
    """Make lists of arrays, whose own text leaves out the middle of a long one."""
    if not any(isinstance(cell, np.ndarray) for cell in cells):
        return cells
    lists = [cell.tolist() if isinstance(cell, np.ndarray) else cell for cell in cells]
    return pd.Series(lists, cells.index, dtype="object")


def _is_count(index: pd.Index) -> bool:
    return index.nlevels > 1 or bool(index.equals(pd.RangeIndex(len(index))))


def neutralise_texts(table: pd.DataFrame) -> pd.DataFrame:
    """Put an apostrophe before text that a spreadsheet would run, and end its lines with LF."""
    return change_texts(table, _neutralise)


def has_own_marks(table: pd.DataFrame) -> bool:
    """Tell whether a text begins with an apostrophe as `neutralise_texts` would put it."""
    names = [*table.columns, *table.index.names]
    columns = [column for each in (table.index.to_frame(), table) for _, column in each.items()]
    return any(isinstance(name, str) and _is_marked(name) for name in names) or any(
        any(map(_is_marked, _find_quoted(column))) for column in columns
    )


def take_marks_off(table: pd.DataFrame) -> pd.DataFrame:
    """Take the apostrophes off the texts and names that `neutralise_texts` put them before."""
    bare = table.copy(deep=False)
    for name in bare.columns:
        if any(map(_is_marked, _find_quoted(bare[name]))):
            bare[name] = bare[name].map(_take_mark_off, na_action="ignore").astype(bare[name].dtype)
    return bare.rename(columns=_take_mark_off)


def _find_quoted(cells: pd.Series) -> list[str]:
    """Find the texts that begin with an apostrophe."""
    if isinstance(cells.dtype, pd.StringDtype):
        texts = pa.array(cells, from_pandas=True)
        found: list[str] = texts.filter(pc.starts_with(texts, "'")).to_pylist()
        return found
    if pd.api.types.is_numeric_dtype(cells.dtype) or cells.dtype.kind == "M":
        return []
    return [cell for cell in cells if isinstance(cell, str) and cell.startswith("'")]


def _is_marked(text: str) -> bool:
    return text.startswith("'") and _is_formula(text[1:])


def _take_mark_off(value: object) -> object:
    return value[1:] if isinstance(value, str) and _is_marked(value) else value


def change_texts(table: pd.DataFrame, change: Callable[[object], object]) -> pd.DataFrame:
    """Change the names of columns, and every value that is no plain number or time.

    Of a column of texts, only those are touched that may need it: that begin with what is no letter
    or digit, or hold what is no text of one line.
    """
    changed = table.copy()
    for name in changed.columns:
        kind = changed[name].dtype
        if pd.api.types.is_numeric_dtype(kind) or kind.kind == "M":
            continue
        if not isinstance(kind, pd.StringDtype):
            changed[name] = changed[name].astype("object").map(change, na_action="ignore")
        elif len(odd := np.flatnonzero(_find_odd(changed[name]))):
            cells = changed[name].astype("object").to_numpy(copy=True)
            cells[odd] = [change(cell) for cell in cells[odd]]
            changed[name] = pd.Series(cells, changed.index, dtype=kind)
    return changed.rename(columns=change)


def _find_odd(texts: pd.Series) -> NDArray[np.bool_]:
    """Tell which texts begin with a sign, or hold control characters or what no file can hold."""
    found = pc.match_substring_regex(pa.array(texts, from_pandas=True), _ODD)
    return np.asarray(pc.fill_null(found, fill_value=False).to_numpy(zero_copy_only=False))


def _neutralise(value: object) -> object:
    if not isinstance(value, str):
        return value
    return ("'" if _is_formula(value) else "") + re.sub("\r\n?", "\n", value)


def _is_formula(text: str) -> bool:
    return text.startswith(_FORMULA) and not _NUMBER.fullmatch(text)
