"""Doors out: tables written whole or not at all."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, overload

import geopandas as gpd
import pandas as pd

from geosec.arguments import clean_texts, describe_given, require_kind, require_path
from geosec.errors import ParameterError, SchemaError, SourceError, near_misses
from geosec.located import require_located
from geosec.schema import refuse_levels
from geosec.storage.addresses import is_address
from geosec.storage.csv_notes import write_beside
from geosec.storage.csv_writing import write_csv
from geosec.storage.darwin_core import write_terms
from geosec.storage.features import write_features, write_parquet
from geosec.storage.files import write_whole
from geosec.storage.hxl_tags import fill_coordinates, insert_tags, prepend_tags
from geosec.storage.postgis import load_driver
from geosec.storage.provenance import describe_origin, stamp
from geosec.storage.workbooks import write_workbook

if TYPE_CHECKING:
    from collections.abc import Callable

_PROFILES, _SPOKEN = ("darwin-core", "hxl"), (".csv", ".xlsx")


@overload
def write_table(table: pd.DataFrame, path: Path, *, profile: str | None = None) -> Path: ...
@overload
def write_table(table: pd.DataFrame, path: str, *, profile: str | None = None) -> Path | str: ...
def write_table(table: pd.DataFrame, path: str | Path, *, profile: str | None = None) -> Path | str:
    """Write a table to a file, in the format its ending names, or to a database.

    Parameters
    ----------
    table : pandas.DataFrame
        Incidents, or any table geosec gives. Geometries are in EPSG:4326.
    path : path, or address of a table in a database
        ``.parquet`` (GeoParquet; all geometry columns stay), ``.gpkg`` and ``.geojson``
        (``geometry`` stays, a second geometry becomes text in WKT), ``.csv`` and ``.xlsx`` (all
        geometries become WKT). Degrees in text have five decimals, about 1 m.
        ``"postgresql://user@host/base/table"`` or ``.../schema.table`` (PostGIS; needs
        ``geosec[postgis]``): all geometry columns stay, with SRID 4326.
    profile : {"darwin-core", "hxl"}, optional
        Whose names a ``.csv`` or ``.xlsx`` speaks. ``"hxl"``: a row of tags stands under the names,
        and latitude and longitude (degrees) are those of the best point. ``"darwin-core"``: the
        columns are its terms, ``coordinateUncertaintyInMeters`` the radius in metres that holds all
        of a disc or footprint, empty where it is not known or 0.

    Returns
    -------
    pathlib.Path or str
        The file written. It is written beside its place and then moved there, so that a run that
        is stopped leaves the old file or none. Of a database, the address without user and
        password; it is written in one transaction.

    Raises
    ------
    SourceError
        If the ending is unknown or the folder is not there; or the database cannot be used.
    SchemaError
        If two columns have one name, or the format cannot hold a column; in a database, if two
        rows have one identifier, or one of its own rules is broken.
    ParameterError
        If it is no table, the path no path, or the profile none or not for such a file.

    Notes
    -----
    A spreadsheet takes a text that begins with ``=``, ``+``, ``-`` or ``@``, also in their full
    width, for a formula. Such
    text gets a leading apostrophe in ``.csv`` and ``.xlsx`` (OWASP, *CSV Injection*), and its line
    ends become LF, as a bare CR would begin a row. In ``.xlsx``, control characters become U+FFFD
    and times with a zone text in ISO 8601. The other formats keep all of it as it is, but for half
    a character (a lone surrogate), which no file can hold: it becomes U+FFFD everywhere.

    How the table came about is written with it, and `geosec.describe_file` tells it: version and
    day, the verbs with their draws, seeds and layers, credit and terms of the source. Beside a
    ``.csv``, which has no room for it, lies ``NAME.csv-metadata.json`` (W3C, *CSV on the Web*),
    with the meaning of the columns.

    A table in a database is made where there is none: its key is the index, and each geometry has
    an index. In one that is there, rows of the same identifier are brought up to date, new ones
    are added and others stay, as do columns of others; where places are new, what later verbs said
    of the old ones is emptied. Rows that are only counted (a bare index 0, 1, 2...) have no
    identifiers: they replace rows that were written so, and are refused elsewhere. NUL in a text
    becomes U+FFFD, with a warning. How the table came about stands in the comment on it.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = write_table(pd.DataFrame({"summary": ["=1+1"]}), Path(folder) / "table.csv")
    ...     print(path.read_text())
    summary
    '=1+1
    """
    require_kind(table, pd.DataFrame, "table")
    _refuse_profile(profile, path)
    if is_address(path):
        return _write_database(table, str(path))
    path = Path(require_path(path, "path"))
    writers: dict[str, Callable[[pd.DataFrame, Path], None]] = {
        ".parquet": write_parquet,
        ".gpkg": write_features,
        ".geojson": write_features,
        ".csv": write_csv,
        ".xlsx": write_workbook,
    }
    writer = writers.get(path.suffix.casefold())
    if writer is None:
        msg = f"{path} ends in {path.suffix!r}; a table is written as {', '.join(writers)}."
        raise SourceError(msg)
    refuse_levels(table.columns, "write_table")
    _refuse_double_names(table)
    table, _ = clean_texts(table)
    table = _take_profile(stamp(table), profile, path)
    with write_whole(path) as partial:
        writer(table, partial)
        if profile == "hxl" and writer is write_csv:
            insert_tags(partial)
    if writer is write_csv:
        write_beside(table, path)
    return path


def _refuse_profile(profile: str | None, path: str | Path) -> None:
    """Refuse a profile that is none, or a file that cannot speak it."""
    if profile is None:
        return
    if profile not in _PROFILES:
        known = near_misses(str(profile), _PROFILES)
        msg = f"`profile` is {describe_given(profile)}, and there is none such; {known}"
        raise ParameterError(msg)
    if is_address(path) or Path(require_path(path, "path")).suffix.casefold() not in _SPOKEN:
        msg = f"the profile {profile!r} is for {' and '.join(_SPOKEN)}; write one, or leave it out."
        raise ParameterError(msg)


def _take_profile(table: pd.DataFrame, profile: str | None, path: Path) -> pd.DataFrame:
    """Bring a stamped table to the names of a profile, which take points alone."""
    if profile is not None and isinstance(table, gpd.GeoDataFrame):
        table = require_located(table, "write_table")
    if profile == "darwin-core":
        return write_terms(table)
    if profile == "hxl":
        table = fill_coordinates(table)
        return prepend_tags(table) if path.suffix.casefold() == ".xlsx" else table
    return table


def _write_database(table: pd.DataFrame, place: str) -> str:
    load_driver()
    _refuse_double_names(table)
    table, _ = clean_texts(table)
    writer = import_module("geosec.storage.postgis_writing")
    return str(writer.write_postgis(table, place, describe_origin(table)))


def _refuse_double_names(table: pd.DataFrame) -> None:
    names = pd.Index([*filter(None, table.index.names), *table.columns], dtype="object")
    if names.has_duplicates:
        twice = names[names.duplicated()][0]
        msg = f"two columns of the table are called {twice!r}; rename one before it is written."
        raise SchemaError(msg)
