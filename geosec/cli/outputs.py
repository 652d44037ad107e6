"""Files that a command is to write, looked at before its work begins."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geosec.cli.printing.page import say, show
from geosec.errors import SourceError
from geosec.exports import write_table
from geosec.storage.addresses import is_address

if TYPE_CHECKING:
    import pandas as pd

TABLES = (".parquet", ".gpkg", ".geojson", ".csv", ".xlsx")


def check_table(place: str | Path | None, source: str | Path | None = None) -> None:
    """Refuse a place that no table can be written to, or from which it is read."""
    if place is not None and not is_address(place):
        check_file(Path(place), "a table", TABLES)
        refuse_source(source, Path(place))


def refuse_source(source: str | Path | None, *places: Path) -> None:
    """Refuse to write over the file that is read, with a `SourceError`."""
    if source is None or is_address(source) or not Path(source).exists():
        return
    for place in places:
        if place.exists() and place.samefile(source):
            msg = f"{place} is the file that is read, and would be lost; write to another."
            raise SourceError(msg)


def check_file(path: Path, what: str, endings: tuple[str, ...]) -> None:
    """Refuse a file of another ending, or in a folder that is not there, with a `SourceError`."""
    if path.is_dir():
        msg = f"{path} is a folder, where a file is to be written; give the name of a file in it."
        raise SourceError(msg)
    if path.suffix.casefold() not in endings:
        msg = f"{path} ends in {path.suffix!r}; {what} is written as {', '.join(endings)}."
        raise SourceError(msg)
    if not path.parent.is_dir():
        msg = f"there is no folder {path.parent} to write {path.name} in; make it first."
        raise SourceError(msg)


def write_if_asked(table: pd.DataFrame, place: str | None) -> None:
    """Write a table if a file or a database is named, and say so."""
    if place is not None:
        show([""])
        say(f"written to {write_table(table, place)}")
