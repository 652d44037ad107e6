"""Workbooks (.xlsx), read row by row and written so that no cell of theirs is run.

pandas imports openpyxl when the first workbook is read or written, not before.
"""

from __future__ import annotations

import re
import warnings
from datetime import datetime, time
from itertools import zip_longest
from string import ascii_letters
from typing import TYPE_CHECKING, Any

import pandas as pd

from geosec.errors import GeosecWarning, SchemaError, SourceError, near_misses
from geosec.shared import hold_collector
from geosec.storage.files import refuse_broken
from geosec.storage.provenance import write_origin
from geosec.storage.rows import Rows
from geosec.storage.spreadsheets import change_texts, flatten_geometries, neutralise_texts
from geosec.storage.workbook_parts import refuse_bombs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what XML 1.0 cannot hold

_EMPTY = ("", "#N/A")
_MOST_LETTERS = 32_767  # of a cell
_EXACT = 2.0**53  # from here on, floats are not each whole number


def read_workbook(path: Path, sheet: str | None = None) -> Rows:
    """Read the sheet of a workbook that is named, or the only one with rows.

    The first row that is not empty holds the names of the columns. A row bears its number in the
    sheet, and empty rows are left out. Raises a `SourceError` where it is no workbook, several
    sheets have rows and none is named, or there is none of that name. Warns of cells that are
    merged over several rows: all but the first are empty.
    """
    with refuse_broken(path, "an Excel workbook"):
        merged = refuse_bombs(path)
        with pd.ExcelFile(path, engine="openpyxl") as excel:
            sheets = excel.book.worksheets
            for one in sheets:
                one.reset_dimensions()  # a sheet may state another size than it has
            chosen = _choose_sheet(path, sheets, sheet)
            rows = _take_rows(chosen)
            _warn_of_merged(path, merged.get(_name_part(chosen), []), rows)
            return rows


def _choose_sheet(path: Path, sheets: list[Any], named: str | None) -> Any:
    titles = [sheet.title for sheet in sheets]
    if named is not None:
        if named not in titles:
            msg = f"{path} has no sheet {named!r}; {near_misses(named, titles)}"
            raise SourceError(msg)
        return sheets[titles.index(named)]
    if not sheets:
        msg = "it has no sheet of cells"
        raise ValueError(msg)
    filled = [sheet for sheet in sheets if next(_iterate_rows(sheet), None)]
    if len(filled) > 1:
        told = [f"{sheet.title!r}{_tell_state(sheet)}" for sheet in filled]
        msg = (
            f"{path} holds {len(filled)} sheets with rows ({', '.join(told)}), and one is read; "
            f"name it with `sheet={filled[0].title!r}`."
        )
        raise SourceError(msg)
    return (filled or sheets)[0]


def _name_part(sheet: Any) -> str:
    """Name the part of the archive in which a sheet stands."""
    return str(getattr(sheet, "_worksheet_path", "")).lstrip("/")


def _warn_of_merged(path: Path, merged: list[str], rows: Rows) -> None:
    """Warn of merged cells that reach below the names of the columns."""
    first = min(rows.table.index, default=0)
    below = [each for each in merged if int(each.rpartition(":")[2].lstrip(ascii_letters)) > first]
    if below:
        shown = ", ".join(below[:3]) + (", ..." if len(below) > len(below[:3]) else "")
        msg = (
            f"in {path.name}, cells are merged over several rows ({shown}): the first row has what "
            "stands there, and the others nothing. Unmerge them and fill them where it holds for "
            "all."
        )
        warnings.warn(msg, GeosecWarning, stacklevel=3)


def _tell_state(sheet: Any) -> str:
    return "" if sheet.sheet_state == "visible" else ", hidden"


def _iterate_rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """Give the rows that are not empty, each with its number; missing cells are None."""
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        cells = [*map(_read_cell, row)]
        if any(cell is not None for cell in cells):
            yield number, cells


def _read_cell(value: Any) -> Any:
    """Read a cell: numbers are floats in a sheet, and whole ones are written without a point."""
    if isinstance(value, str) and value in _EMPTY:
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    return value


def _take_rows(sheet: Any) -> Rows:
    """Take the rows below the names; a column without a name is kept if it holds anything."""
    rows = _iterate_rows(sheet)
    _, head = next(rows, (0, []))
    with hold_collector():
        below = [*rows]
    lines = [number for number, _ in below]
    names: list[str] = []
    columns: dict[int, pd.Series] = {}
    for at, (name, *cells) in enumerate(zip_longest(head, *(row for _, row in below))):
        if name is not None or any(cell is not None for cell in cells):
            names.append(f"Unnamed: {at}" if name is None else str(name).strip())
            columns[at] = pd.Series(cells, dtype="object")
    table = pd.DataFrame(columns, index=range(len(lines)))
    return Rows.from_table(table.set_axis(names, axis="columns"), lines)


def read_description(path: Path) -> str:
    """Read the description among the properties of a workbook, empty where it has none."""
    with refuse_broken(path, "an Excel workbook"):
        refuse_bombs(path)
        with pd.ExcelFile(path, engine="openpyxl") as excel:
            return str(excel.book.properties.description or "")


def write_workbook(table: pd.DataFrame, path: Path) -> None:
    """Write a table as a workbook; text that would be run gets an apostrophe."""
    plain = flatten_geometries(table)
    zoned = plain.select_dtypes("datetimetz").columns  # a sheet has no zones
    plain = plain.astype(dict.fromkeys(zoned, "object"))
    _warn_of_signs(plain)
    plain = neutralise_texts(change_texts(plain, _fit_sheet))
    _refuse_long_texts(plain, path)
    with pd.ExcelWriter(path, engine="openpyxl") as excel:
        plain.to_excel(excel, index=False)
        excel.book.properties.description = _ILLEGAL.sub("", write_origin(table))


def _warn_of_signs(plain: pd.DataFrame) -> None:
    """Say in which columns stand signs that a sheet cannot hold."""
    texts = plain.select_dtypes(["object", "str"])
    told = [
        repr(name)
        for name in texts.columns
        if any(isinstance(cell, str) and _ILLEGAL.search(cell) for cell in texts[name])
    ]
    if told:
        names = _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", ", ".join(told))
        msg = f"in {names}, control characters are written as U+FFFD: a sheet has none."
        warnings.warn(msg, GeosecWarning, stacklevel=4)


def _refuse_long_texts(plain: pd.DataFrame, path: Path) -> None:
    """Refuse texts that a cell of a sheet cannot hold: their end would be lost."""
    for name in plain.columns:
        if pd.api.types.is_numeric_dtype(plain[name].dtype) or plain[name].dtype.kind == "M":
            continue
        lengths = plain[name].map(lambda cell: len(cell) if isinstance(cell, str) else 0)
        if (lengths > _MOST_LETTERS).any():
            row = int(lengths.to_numpy(dtype="int64", na_value=0).argmax())
            msg = (
                f"{path.name} cannot hold the {lengths.iloc[row]:,} letters of {name!r} in row "
                f"{row + 1}: a cell of a sheet has {_MOST_LETTERS:,} at most. Write .csv or "
                ".parquet, or shorten the text."
            )
            raise SchemaError(msg)


def _fit_sheet(value: object) -> object:
    """Write a time with a zone in ISO 8601, control characters as U+FFFD, and digits exactly."""
    if isinstance(value, int) and abs(value) >= _EXACT:
        return str(value)
    if isinstance(value, (datetime, time)) and value.tzinfo is not None:
        return value.isoformat()
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value
