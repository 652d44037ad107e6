"""Formats that hold geometries: GeoPackage, GeoJSON and GeoParquet.

GeoPandas imports pyogrio when the first GeoPackage is read or a spatial file is written, not
before; every error of pyogrio is a `RuntimeError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq

from geosec.crs import DEGREE_DECIMALS, require_finite, round_degrees, to_storage
from geosec.errors import SchemaError, SourceError
from geosec.storage.files import refuse_broken
from geosec.storage.geojson import name_collection, read_geojson
from geosec.storage.geopackages import list_tables, read_geopackage
from geosec.storage.provenance import ORIGIN, write_origin
from geosec.storage.spreadsheets import flatten_geometries

if TYPE_CHECKING:
    from pathlib import Path

_WHOLE = {"integer_object_nulls": True}  # whole numbers stay so where some are missing
_MANY, _MOST_IN_A_BYTE = 10_000_000, 100  # cells
_LAYER = "incidents"  # what files that hold layers call the table


def read_features(path: Path, layer: str | None = None) -> gpd.GeoDataFrame:
    """Read a GeoPackage or GeoJSON; a `SourceError` says where it is none."""
    if is_geopackage(path):
        return read_geopackage(path, layer)
    return read_geojson(path)


def is_geopackage(path: Path) -> bool:
    """Tell by its name whether a spatial file is a GeoPackage; the others are GeoJSON."""
    return path.suffix.casefold() == ".gpkg"


def is_own_layer(path: Path) -> bool:
    """Tell whether the first layer of a spatial file bears the name that geosec writes."""
    if is_geopackage(path):
        return list_tables(path)[:1] == [_LAYER]
    return name_collection(path) == _LAYER


def read_parquet(path: Path) -> pd.DataFrame:
    """Read a Parquet file, with or without geometries; a `SourceError` says where it is none."""
    with refuse_broken(path, "a Parquet file"):
        _refuse_strewn(path)
        try:
            return gpd.read_parquet(path, to_pandas_kwargs=_WHOLE)
        except ValueError:  # no geometry in it: a plain table
            return pd.read_parquet(path, to_pandas_kwargs=_WHOLE)


def _refuse_strewn(path: Path) -> None:
    """Refuse a file of far more cells than it has bytes for, before they are made."""
    told = pq.read_metadata(path)
    cells = told.num_rows * told.num_columns
    if cells > max(_MANY, _MOST_IN_A_BYTE * path.stat().st_size):
        msg = f"its {path.stat().st_size:,} bytes hold {cells:,} cells, as no table does"
        raise ValueError(msg)


def write_parquet(table: pd.DataFrame, path: Path) -> None:
    """Write a table as Parquet; one with geometries as GeoParquet 1.1, with all of them."""
    try:
        if isinstance(table, gpd.GeoDataFrame):
            table.to_parquet(path, schema_version="1.1.0", write_covering_bbox=_may_cover(table))
        else:
            table.to_parquet(path)
    except (AttributeError, TypeError, ValueError, OverflowError) as error:
        told = ": ".join(str(part) for part in error.args[::-1])
        msg = f"{path.name} cannot hold the table ({told}); a column of it has values of one kind."
        raise SchemaError(msg) from error


def _may_cover(table: gpd.GeoDataFrame) -> bool:
    """Tell whether the bounds of each row may be written beside it, by which readers choose rows.

    GeoPandas writes those of one geometry and calls them the bounds of each other too.
    """
    shapes = [name for name in table.columns if table[name].dtype == "geometry"]
    return len(shapes) == 1 and "bbox" not in table.columns


def write_features(table: pd.DataFrame, path: Path) -> None:
    """Write a table as GeoPackage or GeoJSON; a second geometry becomes text in WKT."""
    if not isinstance(table, gpd.GeoDataFrame):
        msg = f"{path.name} holds features, and the table has no geometry; write .csv or .parquet."
        raise SourceError(msg)
    name = table.active_geometry_name
    if name not in table.columns:
        msg = f"{path.name} holds features, and the table names none; use `set_geometry`."
        raise SourceError(msg)
    require_finite(table.geometry.to_numpy(), "table")
    crs = to_storage(table, "table").crs if table.crs is None else table.crs
    plain = flatten_geometries(table, keep=name)
    halves = plain.select_dtypes("float16").columns  # which no driver has
    plain = plain.astype(dict.fromkeys(halves, "float32"))
    features = gpd.GeoDataFrame(plain, geometry=name, crs=crs)
    features = features.set_axis(_write_names(features.columns, path), axis="columns")
    features = features.set_geometry(str(name))
    origin = write_origin(table)
    options: dict[str, Any] = {"driver": "GPKG"}
    if not is_geopackage(path):
        features = features.set_geometry(round_degrees(features.geometry.to_numpy()))
        options = {"driver": "GeoJSON", "COORDINATE_PRECISION": str(DEGREE_DECIMALS)}
        options |= {"DESCRIPTION": origin} if origin else {}
    elif origin:
        options["layer_metadata"] = {ORIGIN: origin}
    try:
        features.to_file(path, layer=_LAYER, index=False, **options)
    except (RuntimeError, TypeError, ValueError, OverflowError) as error:
        msg = (
            f"{path.name} cannot hold the table ({error}). In a GeoPackage, names that differ in "
            "case only are one, and 'fid' and 'geom' are taken; rename or drop that column."
        )
        raise SchemaError(msg) from error


def _write_names(names: pd.Index, path: Path) -> list[str]:
    """Write the names of columns as texts, numbers and days too; each has one, and none twice."""
    texts = [str(name) for name in names]
    if names.isna().any() or len(set(texts)) < len(texts):
        said = "one is missing" if names.isna().any() else "a number and a text are the same"
        msg = (
            f"{path.name} needs a name of its own for each column, and of {', '.join(texts)} "
            f"{said}; rename the column."
        )
        raise SchemaError(msg)
    return texts
