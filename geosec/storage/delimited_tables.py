"""Delimited text read by columns: plain lines at once, the odd ones record by record."""

from __future__ import annotations

import codecs
from codecs import BOM_UTF8
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import csv

from geosec.storage.delimited import (
    TextLines,
    read_content,
    read_records,
    take_header,
    take_record,
)
from geosec.storage.plain_lines import Layout, Lines, find_plain, is_known_encoding, split_lines
from geosec.storage.rows import Rows, refuse_double_names
from geosec.storage.text_encodings import LONGEST_LINE

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from geosec.storage.rows import Record

_TEXT = pd.StringDtype("pyarrow", na_value=np.nan)
_AT_ONCE = 1 << 22  # bytes that the reader cuts into cells together


def read_delimited(path: Path, encoding: str) -> Rows:
    """Read a delimited text file whole; two columns of one name are refused.

    It says of each line what `read_records` says, and raises what that does.
    """
    content, encoding = read_content(path, encoding)
    lines = split_lines(content)
    if not is_known_encoding(encoding) or lines.longest() >= LONGEST_LINE:
        return _read_records(path, encoding)
    source = TextLines(lines.number(0), encoding)
    header, delimiter = take_header(path, source)
    refuse_double_names(header)
    layout, first = Layout(encoding, delimiter, len(header)), source.taken
    is_plain = find_plain(lines, first, layout)
    odd = _read_odd(lines, is_plain, first, layout)
    plain = _read_plain(lines, is_plain, first, layout)
    numbers = np.flatnonzero(is_plain) + first + 1
    return _join(header, plain, numbers, odd)


def _read_records(path: Path, encoding: str) -> Rows:
    header, records = read_records(path, encoding)
    refuse_double_names(header)
    return _join(header, _tabulate([], len(header)), np.zeros(0, "int64"), [*records])


def _read_odd(
    lines: Lines, is_plain: NDArray[np.bool_], first: int, layout: Layout
) -> list[Record]:
    """Read the records of odd lines; the plain ones that they take with them are plain no more."""
    records, end = [], 0
    for at in np.flatnonzero(~is_plain).tolist():
        if at < end:
            continue
        source = TextLines(lines.number(first + at), layout.encoding)
        line = source.take()
        record = line and take_record(line, source, layout.delimiter, layout.width)
        end = source.taken - first
        is_plain[at:end] = False
        if record is not None:
            records.append(record)
    return records


def _read_plain(lines: Lines, is_plain: NDArray[np.bool_], first: int, layout: Layout) -> pa.Table:
    """Read all plain lines at once."""
    if not is_plain.any():
        return _tabulate([], layout.width)
    edges = np.flatnonzero(np.diff(is_plain, prepend=False, append=False)) + first
    view = memoryview(lines.content)
    runs = [view[start:end] for start, end in lines.ends[edges].reshape(-1, 2)]
    content = runs[0] if len(runs) == 1 else b"".join(runs)
    if codecs.lookup(layout.encoding).name not in {"utf-8", "ascii"}:
        content = bytes(content).decode(layout.encoding).encode()
    if content[: len(BOM_UTF8)] == BOM_UTF8:  # of which the reader takes one away
        content = BOM_UTF8 + content
    names = [*map(str, range(layout.width))]
    return csv.read_csv(
        pa.BufferReader(content),
        read_options=csv.ReadOptions(column_names=names, use_threads=False, block_size=_AT_ONCE),
        parse_options=csv.ParseOptions(delimiter=layout.delimiter),
        convert_options=csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.large_string()),
            check_utf8=False,  # no plain line is anything else
        ),
    )


def _tabulate(records: list[Record], width: int) -> pa.Table:
    """Make a table of the cells of records."""
    cells = zip(*(record.cells for record in records), strict=True) if records else [()] * width
    arrays = [pa.array(column, pa.large_string()) for column in cells]
    return pa.table(arrays, names=[*map(str, range(width))])


def _join(
    header: tuple[str, ...], plain: pa.Table, numbers: NDArray[np.int64], records: list[Record]
) -> Rows:
    """Join plain lines and odd records in the order of their lines."""
    good = [record for record in records if not record.problem]
    if good:
        plain = pa.concat_tables([plain, _tabulate(good, len(header))]).combine_chunks()
        numbers = np.concatenate([numbers, [record.line for record in good]])
        order = np.argsort(numbers)
        plain, numbers = plain.take(pa.array(order)), numbers[order]
    columns = {at: _TEXT.__from_arrow__(column) for at, column in enumerate(plain.columns)}
    table = pd.DataFrame(columns, index=range(len(numbers)), copy=False)
    rows = Rows.from_table(table.set_axis(list(header), axis="columns"), numbers)
    return rows._replace(unreadable=[record for record in records if record.problem])
