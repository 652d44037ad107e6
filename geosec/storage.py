"""Doors out: tables written whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from geosec.errors import SourceError
from geosec.files import whole_or_nothing

if TYPE_CHECKING:
    from collections.abc import Callable

_DECIMALS = 5  # of degrees: about 1 m
_ROUNDED = {"_m": 0, "_deg": 1, "km": 2, "km_low": 2, "km_high": 2, "prob": 3, "probability": 3}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


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

    Notes
    -----
    A spreadsheet takes a text that begins with ``=``, ``+``, ``-`` or ``@`` for a formula. Such
    text gets a leading apostrophe in ``.csv`` and ``.xlsx`` (OWASP, *CSV Injection*); the other
    formats keep it as it is.

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
    with whole_or_nothing(path) as partial:
        writer(table, partial)
    return path


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
    named = features.index.name is not None
    if path.suffix.casefold() == ".gpkg":
        features.to_file(path, layer="incidents", driver="GPKG", index=named)
    else:
        features.to_file(path, driver="GeoJSON", index=named, COORDINATE_PRECISION=_DECIMALS)


def _to_csv(table: pd.DataFrame, path: Path) -> None:
    plain = _neutral(_rounded(_as_text(table)))
    plain.to_csv(
        path,
        index=plain.index.name is not None,
        lineterminator="\n",
        date_format="%Y-%m-%d",
        float_format=_short_float,
    )


def _to_xlsx(table: pd.DataFrame, path: Path) -> None:
    plain = _neutral(_as_text(table))
    plain.to_excel(path, index=plain.index.name is not None, engine="openpyxl")


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
    """Turn geometry columns into WKT, but for the one to keep."""
    plain = pd.DataFrame(table)
    for name in plain.columns:
        if name != keep and isinstance(plain[name].dtype, gpd.array.GeometryDtype):
            text = gpd.GeoSeries(plain[name]).to_wkt(rounding_precision=_DECIMALS)
            plain[name] = text.where(plain[name].notna(), None)
    return plain


def _neutral(table: pd.DataFrame) -> pd.DataFrame:
    """Put an apostrophe before text that a spreadsheet would run."""
    done = table.copy()
    done.index = pd.Index(_neutral_values(done.index.to_series()).to_list(), name=done.index.name)
    for name in done.columns:
        done[name] = _neutral_values(done[name])
    return done.rename(columns=lambda name: _neutral_text(name) if isinstance(name, str) else name)


def _neutral_values(values: pd.Series) -> pd.Series:
    if not (values.dtype == "object" or isinstance(values.dtype, pd.StringDtype)):
        return values
    return values.map(_neutral_text, na_action="ignore")


def _neutral_text(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
