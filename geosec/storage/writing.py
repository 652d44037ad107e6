"""Doors out: tables written whole or not at all."""

from __future__ import annotations

import re
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import pyogrio
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from geosec.errors import SchemaError, SourceError
from geosec.schema import LAYER
from geosec.storage.files import whole_or_nothing

if TYPE_CHECKING:
    from collections.abc import Callable

_DECIMALS = 5  # of degrees: about 1 m
_ROUNDED = {"_m": 0, "_deg": 1, "km": 2, "km_low": 2, "km_high": 2, "prob": 3, "probability": 3}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_table(table: pd.DataFrame, path: str | Path) -> Path:
    """Write a table, in the format its ending names.

    Parameters
    ----------
    table : pandas.DataFrame
        Incidents, or any table geosec gives. Geometries are in EPSG:4326.
    path : path
        ``.parquet`` (GeoParquet; all geometry columns stay), ``.gpkg`` and ``.geojson``
        (``geometry`` stays, a second geometry becomes text in WKT), ``.csv`` and ``.xlsx`` (all
        geometries become WKT). Degrees in text have five decimals, about 1 m.

    Returns
    -------
    pathlib.Path
        The file written. It is written beside its place and then moved there, so that a run that
        is stopped leaves the old file or none.

    Raises
    ------
    SourceError
        If the ending is unknown or the folder is not there.
    SchemaError
        If two columns have one name, or the format cannot hold a column.

    Notes
    -----
    A spreadsheet takes a text that begins with ``=``, ``+``, ``-`` or ``@`` for a formula. Such
    text gets a leading apostrophe in ``.csv`` and ``.xlsx`` (OWASP, *CSV Injection*), and its line
    ends become LF, as a bare CR would begin a row. In ``.xlsx``, control characters become U+FFFD
    and times with a zone text in ISO 8601. The other formats keep all of it as it is.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = write_table(pd.DataFrame({"summary": ["=1+1"]}), Path(folder) / "table.csv")
    ...     print(path.read_text())
    summary
    '=1+1
    """
    path = Path(path)
    writers: dict[str, Callable[[pd.DataFrame, Path], None]] = {
        ".parquet": _to_parquet,
        ".gpkg": _to_features,
        ".geojson": _to_features,
        ".csv": _to_csv,
        ".xlsx": _to_xlsx,
    }
    writer = writers.get(path.suffix.casefold())
    if writer is None:
        msg = f"{path} ends in {path.suffix!r}; a table is written as {', '.join(writers)}."
        raise SourceError(msg)
    _refuse_twice(table)
    with whole_or_nothing(path) as partial:
        writer(table, partial)
    return path


def _refuse_twice(table: pd.DataFrame) -> None:
    names = pd.Index([*filter(None, table.index.names), *table.columns], dtype="object")
    if names.has_duplicates:
        twice = names[names.duplicated()][0]
        msg = f"two columns of the table are called {twice!r}; rename one before it is written."
        raise SchemaError(msg)


def _to_parquet(table: pd.DataFrame, path: Path) -> None:
    if isinstance(table, gpd.GeoDataFrame):
        table.to_parquet(path, schema_version="1.1.0")
    else:
        table.to_parquet(path)


def _to_features(table: pd.DataFrame, path: Path) -> None:
    if not isinstance(table, gpd.GeoDataFrame):
        msg = f"{path.name} holds features, and the table has no geometry; write .csv or .parquet."
        raise SourceError(msg)
    plain = _as_text(table, keep=str(table.active_geometry_name))
    features = gpd.GeoDataFrame(plain, geometry=table.active_geometry_name, crs=table.crs)
    options = {"driver": "GPKG"}
    if path.suffix.casefold() != ".gpkg":
        options = {"driver": "GeoJSON", "COORDINATE_PRECISION": str(_DECIMALS)}
    try:
        features.to_file(path, layer=LAYER, index=False, **options)
    except pyogrio.errors.DataLayerError as error:
        msg = (
            f"{path.name} cannot hold the table ({error}). In a GeoPackage, names that differ in "
            "case only are one, and 'fid' and 'geom' are taken; rename or drop that column."
        )
        raise SchemaError(msg) from error


def _to_csv(table: pd.DataFrame, path: Path) -> None:
    plain = _neutral(_rounded(_as_text(table)))
    plain.to_csv(
        path,
        index=False,
        lineterminator="\n",
        date_format="%Y-%m-%d",
        float_format=_short_float,
    )


def _to_xlsx(table: pd.DataFrame, path: Path) -> None:
    plain = _as_text(table)
    zoned = plain.select_dtypes("datetimetz").columns  # a sheet has no zones
    plain = _neutral(_changed(plain.astype(dict.fromkeys(zoned, "object")), _sheet_value))
    plain.to_excel(path, index=False, engine="openpyxl")


def _rounded(table: pd.DataFrame) -> pd.DataFrame:
    """Round numbers to what their unit supports: no metre of this data is known to a tenth."""
    decimals = {
        name: places
        for name in table.columns
        if isinstance(name, str) and pd.api.types.is_float_dtype(table[name])
        for ending, places in _ROUNDED.items()
        if name.endswith(ending)
    }
    return table.round(decimals)


def _short_float(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _as_text(table: pd.DataFrame, keep: str = "") -> pd.DataFrame:
    """Turn geometry columns into WKT, but for the one to keep, and a named index into columns."""
    named = any(name is not None for name in table.index.names)
    plain = pd.DataFrame(table.reset_index() if named else table)
    for name in plain.columns:
        if name != keep and isinstance(plain[name].dtype, gpd.array.GeometryDtype):
            text = gpd.GeoSeries(plain[name]).to_wkt(rounding_precision=_DECIMALS)
            plain[name] = text.where(plain[name].notna(), None)
    return plain


def _neutral(table: pd.DataFrame) -> pd.DataFrame:
    """Put an apostrophe before text that a spreadsheet would run, and end its lines with LF."""
    return _changed(table, _neutral_value)


def _changed(table: pd.DataFrame, change: Callable[[object], object]) -> pd.DataFrame:
    """Change the names of columns, and every value that is no plain number or time."""
    done = table.copy()
    for name in done.columns:
        kind = done[name].dtype
        if not pd.api.types.is_numeric_dtype(kind) and kind.kind != "M":
            done[name] = done[name].astype("object").map(change, na_action="ignore")
    return done.rename(columns=change)


def _neutral_value(value: object) -> object:
    if not isinstance(value, str):
        return value
    mark = "'" if value.startswith(_FORMULA) else ""
    return mark + re.sub("\r\n?", "\n", value)


def _sheet_value(value: object) -> object:
    if isinstance(value, (datetime, time)) and value.tzinfo is not None:
        return value.isoformat()
    if isinstance(value, str):
        return ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", value)
    return value
