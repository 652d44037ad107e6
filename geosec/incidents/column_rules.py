"""Columns judged whole: what their cells are read as, and in which rows one cannot be used.

Each distinct cell is read once by the rule for one cell; degrees as programs write them at once.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geosec.incidents.cells import Rejected, read_label
from geosec.incidents.clean import LABELS, READERS, TOLLS, read_date_precision
from geosec.incidents.dates import parse_date
from geosec.incidents.text_columns import (
    TEXT,
    encode,
    encode_texts,
    find_distinct,
    keep_type,
    read_texts,
    take_texts,
)
from geosec.reference.codebooks import PRECISION_RULES
from geosec.schema import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from geosec.incidents.text_columns import Distinct

_DEGREES = {"latitude": 90.0, "longitude": 180.0}
_PLAIN = r"^-?[0-9]{1,3}(?:\.[0-9]+)?$"  # degrees as programs write them
_TIMED = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9:.]+(?:[Zz]|[+-][0-9:]+)?$"
_DAY = len("2025-03-11")
_DTYPES = {column.name: column.dtype for column in COLUMNS if column.stage == "read"}


class Judged(NamedTuple):
    """Columns, missing where a cell is or cannot be used; and where it cannot.

    Those of the contract are series, and others may be arrays, of which there may be thousands.
    """

    columns: dict[str, Any]
    is_bad: NDArray[np.bool_]


def judge_columns(columns: Mapping[str, pd.Series], *, day_first: bool | None) -> Judged:
    """Judge the columns of rows, each by what it means, and then what they say together.

    The words of a toll stand behind in a column of their own, if no column has its name.
    """
    days = _judge_dates(columns["date"], day_first=day_first)
    done: dict[str, Any] = {name: days.columns.get(name) for name in columns}
    extra: dict[str, Any] = {}
    is_bad = days.is_bad
    for name, column in columns.items():
        if name == "date":
            continue
        judged = _judge_column(name, column)
        done[name] = judged.columns.pop(name)
        extra |= {new: cells for new, cells in judged.columns.items() if new not in columns}
        is_bad = is_bad | judged.is_bad
    known = days.columns["date_precision"]
    if "date_precision" in columns:
        stated = done["date_precision"]
        known = stated.where(stated.notna(), known)
    done["date_precision"] = known
    is_bad = is_bad | _is_nowhere(done) | _is_uncoded(done) | _ends_early(done)
    return Judged(done | extra, is_bad)


def _judge_column(name: str, column: pd.Series) -> Judged:
    if name in _DEGREES:
        return _judge_degrees(name, column)
    if name == "date_precision":
        return _judge_cells(name, column, read_date_precision)
    if name in TOLLS:
        return _judge_tolls(name, column)
    if name in READERS:
        return _judge_cells(name, column, partial(READERS[name], name))
    if name in LABELS:
        texts = take_texts(column)
        if texts is None:
            return _judge_cells(name, column, partial(read_label, name))
        known = pd.Series(TEXT.__from_arrow__(texts))
    else:
        known = keep_type(column)
        if known is None:
            known = TEXT.__from_arrow__(read_texts(column))
    return Judged({name: known}, np.zeros(len(column), "bool"))


def _judge_cells(name: str, column: pd.Series, read: Callable[[Any], Any]) -> Judged:
    found = find_distinct(column)
    values, is_bad = _read_each(found, read)
    return Judged({name: _spread(values, found, _DTYPES[name])}, is_bad[found.codes])


def _judge_dates(column: pd.Series, *, day_first: bool | None) -> Judged:
    """Judge dates, with how far each is known; the time of a day tells nothing of it."""
    texts = take_texts(column)
    if texts is None:
        found = find_distinct(column)
    else:
        distinct, codes = encode_texts(texts)
        is_timed = pc.match_substring_regex(distinct, _TIMED)
        days = pc.if_else(is_timed, pc.utf8_slice_codeunits(distinct, 0, _DAY), distinct)
        found = encode(days)
        found = found._replace(codes=found.codes[codes])
    values, is_bad = _read_each(found, partial(parse_date, day_first=day_first))
    days = np.array([None if value is None else value.day for value in values], "datetime64[D]")
    precision = [None if value is None else value.precision for value in values]
    columns = {
        "date": pd.Series(days.astype("datetime64[s]")[found.codes]),
        "date_precision": _spread(precision, found, "str"),
    }
    return Judged(columns, is_bad[found.codes])


def _judge_tolls(name: str, column: pd.Series) -> Judged:
    found = find_distinct(column)
    values, is_bad = _read_each(found, partial(READERS[name], name))
    lows = [None if toll is None else toll.low for toll in values]
    columns = {name: _spread(lows, found, _DTYPES[name])}
    words = [None if toll is None else toll.text for toll in values]
    if any(words):
        columns[f"{name}_text"] = _spread(words, found, "str")
    return Judged(columns, is_bad[found.codes])


def _judge_degrees(name: str, column: pd.Series) -> Judged:
    texts = take_texts(column)
    if texts is not None:
        degrees, is_bad = _read_degrees(texts, partial(READERS[name], name))
    elif isinstance(column.dtype, np.dtype) and column.dtype.kind in "iuf":
        degrees = column.to_numpy("float64")
        is_bad = np.abs(degrees) > _DEGREES[name]
    else:
        return _judge_cells(name, column, partial(READERS[name], name))
    return Judged({name: pd.Series(degrees)}, is_bad | (np.abs(degrees) > _DEGREES[name]))


def _read_degrees(
    texts: pa.ChunkedArray, read: Callable[[Any], Any]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Read degrees written plainly at once, and the others one by one."""
    try:
        plain = pc.cast(texts, pa.float64())
    except pa.ArrowInvalid:
        plain = pc.if_else(pc.match_substring_regex(texts, _PLAIN), texts, None).cast(pa.float64())
    degrees = plain.to_numpy().copy()
    is_bad = np.zeros(len(degrees), "bool")
    odd = np.flatnonzero(~np.isfinite(degrees) & texts.is_valid().to_numpy())
    if odd.size:
        found = encode(texts.take(pa.array(odd)))
        values, bad = _read_each(found, read)
        degrees[odd] = np.array(values, "float64")[found.codes]
        is_bad[odd] = bad[found.codes]
    return degrees, is_bad


def _read_each(found: Distinct, read: Callable[[Any], Any]) -> tuple[list[Any], NDArray[np.bool_]]:
    """Read each distinct cell, and tell which cannot be used."""
    values, is_bad = [], np.zeros(len(found.cells), "bool")
    for at, cell in enumerate(found.cells):
        try:
            values.append(read(cell))
        except Rejected:
            values.append(None)
            is_bad[at] = True
    return values, is_bad


def _spread(values: list[Any], found: Distinct, dtype: str) -> pd.Series:
    """Give each row what its distinct cell was read as."""
    return pd.Series(pd.array(values, TEXT if dtype == "str" else dtype).take(found.codes))


def _is_nowhere(columns: Mapping[str, pd.Series]) -> NDArray[np.bool_]:
    """Tell which rows have half a point, the point 0, 0, or neither a point nor a phrase."""
    gaps = pd.Series(np.nan, range(len(columns["date"])))
    latitude, longitude = (columns.get(name, gaps).to_numpy("float64") for name in _DEGREES)
    is_gone = np.isnan(latitude)
    is_unsaid = columns.get("location", gaps).isna().to_numpy()
    is_nought = (latitude == 0) & (longitude == 0)
    is_half = is_gone != np.isnan(longitude)
    return np.asarray(is_half | is_nought | (is_gone & is_unsaid))


def _is_uncoded(columns: Mapping[str, pd.Series]) -> NDArray[np.bool_]:
    """Tell which rows have a code of precision without a code book, or that theirs has not."""
    if "precision_code" not in columns:
        return np.zeros(len(columns["date"]), "bool")
    code = columns["precision_code"]
    scheme = columns.get("precision_scheme", code.where(code.isna()))
    is_uncoded = np.array(code.notna() & scheme.isna())
    coded = np.flatnonzero(code.notna() & scheme.notna())
    pairs = pd.DataFrame({"book": scheme.iloc[coded], "code": code.iloc[coded]})
    for (book, number), rows in pairs.groupby(["book", "code"]).indices.items():
        is_uncoded[coded[rows]] = (book, number) not in PRECISION_RULES
    return is_uncoded


def _ends_early(columns: Mapping[str, pd.Series]) -> NDArray[np.bool_]:
    """Tell which rows have a span of days that ends before it begins."""
    if "date_to" not in columns:
        return np.zeros(len(columns["date"]), "bool")
    first = columns["date"]
    if "date_from" in columns:
        first = columns["date_from"].where(columns["date_from"].notna(), first)
    return np.asarray(columns["date_to"] < first)
