"""Workbooks (.xlsx), read row by row and written so that no cell of theirs is run.

pandas imports openpyxl when the first workbook is read or written, not before.
"""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import TYPE_CHECKING

import pandas as pd

from geosec.storage.files import refuse_broken
from geosec.storage.rows import Rows, refuse_double_names
from geosec.storage.spreadsheets import change_texts, flatten_geometries, neutralise_texts

if TYPE_CHECKING:
    from pathlib import Path

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # what XML 1.0 cannot hold


def read_workbook(path: Path) -> Rows:
    """Read the first sheet of a workbook; a `SourceError` says where it is none.

    A row bears its number in the sheet, and empty rows are left out.
    """
    with refuse_broken(path, "an Excel workbook"), pd.ExcelFile(path, engine="openpyxl") as book:
        table = pd.read_excel(book, dtype="object", keep_default_na=False)
        head = pd.read_excel(book, header=None, nrows=1, keep_default_na=False)
    # pandas renames the second of two columns of one name, so the names are looked at as they are
    refuse_double_names(str(name) for name in head.to_numpy().ravel() if name != "")
    table = table.replace("", None).dropna(how="all")
    return Rows.from_table(table, [int(number) + 2 for number in table.index])


def write_workbook(table: pd.DataFrame, path: Path) -> None:
    """Write a table as a workbook; text that would be run gets an apostrophe."""
    plain = flatten_geometries(table)
    zoned = plain.select_dtypes("datetimetz").columns  # a sheet has no zones
    plain = plain.astype(dict.fromkeys(zoned, "object"))
    plain = neutralise_texts(change_texts(plain, _fit_sheet))
    plain.to_excel(path, index=False, engine="openpyxl")


def _fit_sheet(value: object) -> object:
    """Write a time with a zone in ISO 8601, and control characters as U+FFFD."""
    if isinstance(value, (datetime, time)) and value.tzinfo is not None:
        return value.isoformat()
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value
