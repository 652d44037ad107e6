"""Doors in: a file read by what its name says it is, cell by cell and without a meaning."""

from __future__ import annotations

import warnings
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from geosec.errors import GeosecWarning, SourceError, near_misses
from geosec.storage.csv_notes import has_our_marks
from geosec.storage.delimited_tables import read_delimited
from geosec.storage.features import read_features, read_parquet
from geosec.storage.files import refuse_sheet
from geosec.storage.records import read_records
from geosec.storage.spreadsheets import take_marks_off
from geosec.storage.workbooks import read_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    import pandas as pd

    from geosec.storage.rows import Rows

_TEXTS = (".csv", ".tsv", ".txt")
_LIKE = 0.6  # of two names: how much of them is the same
_SHEETS = (".xlsx", ".gpkg")  # endings of what may hold several tables


def read_file(path: Path, encoding: str, sheet: str | None = None) -> Rows | pd.DataFrame:
    """Read a file: rows of cells out of text and workbooks, a table out of the other formats.

    `encoding` is that of text, `sheet` the name of a sheet or layer where there are several. The
    geometry of a table is in the CRS of the file. Raises a `SourceError` if the file is missing,
    empty, or not what its name says.
    """
    readers: dict[str, Callable[[], Rows | pd.DataFrame]] = {
        **dict.fromkeys(_TEXTS, lambda: _read_text(path, encoding)),
        ".xlsx": lambda: read_workbook(path, sheet),
        ".parquet": lambda: read_parquet(path),
        **dict.fromkeys((".geojson", ".gpkg"), lambda: read_features(path, sheet)),
        ".json": lambda: _read_json(path),
    }
    reader = readers.get(path.suffix.casefold())
    if reader is None:
        msg = f"{path} ends in {path.suffix!r}; read_incidents takes {', '.join(readers)}."
        raise SourceError(msg)
    if not path.is_file():
        msg = f"there is no file {path}{_suggest_file(path, readers)}"
        raise SourceError(msg)
    if not path.stat().st_size:
        msg = f"{path} is empty; a table of incidents has a line of column names and rows."
        raise SourceError(msg)
    if encoding != "utf-8" and path.suffix.casefold() not in _TEXTS:
        msg = f"`encoding` is that of text; {path} says its own, and {encoding!r} was not used."
        warnings.warn(msg, GeosecWarning, stacklevel=2)
    if path.suffix.casefold() not in _SHEETS:
        refuse_sheet(path, sheet)
    return reader()


def _read_text(path: Path, encoding: str) -> Rows:
    """Read delimited text, without the apostrophes that geosec put into it when it wrote it."""
    rows = read_delimited(path, encoding)
    return rows._replace(table=take_marks_off(rows.table)) if has_our_marks(path) else rows


def _read_json(path: Path) -> pd.DataFrame:
    """Read the records or the features of a JSON file."""
    records = read_records(path)
    return read_features(path) if records is None else records


def _suggest_file(path: Path, endings: Iterable[str]) -> str:
    """Name files of a kind that is read, if some beside a place have a name like it."""
    if not path.parent.is_dir():
        return f": there is no folder {path.parent}."
    beside = (file for file in path.parent.iterdir() if file.suffix.casefold() in set(endings))
    own = path.stem.casefold()
    names = [
        file.name
        for file in beside
        if file.is_file() and SequenceMatcher(None, own, file.stem.casefold()).ratio() >= _LIKE
    ]
    remedy = near_misses(path.name, names, list_all=False) if names else ""
    return f"; {remedy}" if remedy else "."
