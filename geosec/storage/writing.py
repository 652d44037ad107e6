"""Doors out: tables written whole or not at all."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

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


def write_file(table: pd.DataFrame, path: str | Path, profile: str | None = None) -> Path | str:
    """Write a table to a file or a database, as `geosec.write_table` says."""
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
