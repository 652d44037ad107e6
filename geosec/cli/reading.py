"""Files of incidents read for a command, with what was left out said and kept."""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import typer

from geosec.cli.options import Counting, Reading, read_columns
from geosec.cli.outputs import check_table
from geosec.cli.printing.page import complain
from geosec.cli.printing.terminal import escape_line
from geosec.cli.wording import name_options
from geosec.exports import write_table
from geosec.incidents.exports.terms import SOURCE_NOTICES
from geosec.incidents.read import read_incidents
from geosec.storage.addresses import show_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import geopandas as gpd
    import pandas as pd

_SHOWN = 5
_OPTIONS = {each.name for each in fields(Counting)}


def read_file(
    source: str, reading: Reading, kept_in: str = ""
) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Read incidents and the rows that are rejected, of which a few are printed.

    The rows go to a file if one is named; `kept_in` is where else they will be.
    """
    check_table(reading.rejected, source)
    with note_warnings() as warned:
        incidents, rejected = read_incidents(
            source,
            columns=read_columns(reading.columns),
            kind=reading.kind,
            encoding=reading.encoding,
            sheet=reading.sheet,
            day_first=reading.day_first,
            sql=reading.sql,
        )
    tell_notices(incidents, warned)
    if reading.rejected is not None:
        kept_in = str(write_table(rejected, reading.rejected))
    tell_rejected(rejected, kept_in)
    return incidents, rejected


@contextmanager
def note_warnings() -> Iterator[list[str]]:
    """Note what is warned of and so printed already."""
    warned: list[str] = []
    show = warnings.showwarning

    def note(message: Warning | str, *given: Any, **options: Any) -> None:
        warned.append(str(message))
        show(message, *given, **options)

    with warnings.catch_warnings():
        warnings.showwarning = note
        yield warned


def tell_notices(table: pd.DataFrame, warned: Sequence[str] = ()) -> None:
    """Print what was noticed of a table when it was read, but for what was warned of."""
    for notice in table.attrs.get(SOURCE_NOTICES, ()):
        if notice not in warned:
            complain(name_options(escape_line(notice), _OPTIONS))


def tell_rejected(rejected: pd.DataFrame, kept_in: str) -> None:
    """Print why the first rows were rejected, and where all of them are, if anywhere."""
    for row in rejected.head(_SHOWN).itertuples():
        complain(f"line {row.line} rejected: {name_options(escape_line(row.reason), _OPTIONS)}")
    if len(rejected) > _SHOWN:
        where = f"all are in {kept_in}" if kept_in else "--rejected FILE writes them"
        complain(f"and {len(rejected) - _SHOWN:,} more rejected; {where}")


def end_if_nothing(incidents: gpd.GeoDataFrame, source: str) -> None:
    """End the command with 1 if no incident was read."""
    if not len(incidents):
        complain(f"no incident was read from {escape_line(show_place(source))}.")
        raise typer.Exit(1)
