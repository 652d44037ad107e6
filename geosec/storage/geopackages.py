"""GeoPackages read: what a database says it is, is looked at before GDAL opens it."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from importlib import import_module
from typing import TYPE_CHECKING, Any

import geopandas as gpd

from geosec.errors import SourceError, near_misses
from geosec.storage.files import refuse_broken
from geosec.storage.provenance import ORIGIN

if TYPE_CHECKING:
    from pathlib import Path

_MAGIC = b"SQLite format 3\x00"
_TABLES = (
    "SELECT table_name FROM gpkg_contents "
    "WHERE data_type IN ('features', 'attributes', 'aspatial') ORDER BY rowid"
)
_KEYS = ("", "fid", "ogc_fid")  # of no meaning to who made the table
_ASIDES = ("layer_styles", "qgis_projects")  # what QGIS keeps beside its layers
_PLAIN_MODULES = ("rtree", "fts3", "fts4", "fts5")  # virtual tables that stay in the file
_VIRTUAL = re.compile(r"create\s+virtual\s+table\s.*?\busing\s+(\w+)", re.IGNORECASE | re.DOTALL)
_OUTWARD = re.compile(
    r"\b(?:ogr|gdal)_|/vsi\w+/|load_extension|readfile|writefile|https?:",
    re.IGNORECASE,
)


def read_geopackage(path: Path, layer: str | None) -> gpd.GeoDataFrame:
    """Read the layer of a GeoPackage that is named, or the only one.

    Raises a `SourceError` where it is no GeoPackage, holds what reads other files or the network,
    has several layers and none is named, or not the one that is. Whole numbers stay whole where
    some are missing, and a key with a name of its own is a column.
    """
    with refuse_broken(path, "a spatial file"):
        names = list_tables(path)
        chosen = _choose_layer(path, names, layer)
        table = gpd.read_file(
            path,
            engine="pyogrio",
            layer=chosen,
            use_arrow=True,
            fid_as_index=True,
            arrow_to_pandas_kwargs={"integer_object_nulls": True},
        )
        key = _name_key(path, chosen)
    is_own = key.casefold() not in _KEYS and key not in table.columns
    return table.rename_axis(key or None).reset_index(drop=not is_own)


def list_tables(path: Path) -> list[str]:
    """List the tables of rows that a GeoPackage presents, before GDAL opens it."""
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            msg = "it does not begin as a database of SQLite does"
            raise ValueError(msg)
    if (whole := _ask(path, "PRAGMA quick_check(1)")) != [("ok",)]:  # else rows are left out
        msg = f"the database is broken: {whole[0][0]}"
        raise ValueError(msg)
    for kind, name, text in _ask(path, "SELECT type, name, sql FROM sqlite_master"):
        _refuse_outward(str(kind), str(name), str(text or ""))
    return [str(name) for (name,) in _ask(path, _TABLES) if name not in _ASIDES]


def read_notes(path: Path) -> str:
    """Read what geosec noted on the first layer of a GeoPackage, empty where it did not."""
    with refuse_broken(path, "a spatial file"):
        names = list_tables(path)
        told = import_module("pyogrio").read_info(path, layer=names[0] if names else None)
        return str((told["layer_metadata"] or {}).get(ORIGIN, ""))


def _name_key(path: Path, layer: str) -> str:
    """Name the column that numbers the rows of a layer, empty where none does."""
    keys = _ask(path, "SELECT name FROM pragma_table_info(?) WHERE pk", layer)
    return str(keys[0][0]) if len(keys) == 1 else ""


def _ask(path: Path, question: str, *given: str) -> list[Any]:
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as base:
            return base.execute(question, given).fetchall()
    except sqlite3.Error as error:
        raise ValueError(error) from error


def _refuse_outward(kind: str, name: str, text: str) -> None:
    """Refuse what would run or open something else when the database is read."""
    module = _VIRTUAL.match(text)
    if module is not None and module[1].casefold() not in _PLAIN_MODULES:
        msg = f"its table {name!r} is made by {module[1]}, which reads elsewhere"
        raise ValueError(msg)
    if _OUTWARD.search(text):
        msg = f"its {kind} {name!r} calls what reads other files or the network"
        raise ValueError(msg)


def _choose_layer(path: Path, names: list[str], layer: str | None) -> str:
    if not names:
        msg = "it presents no table of rows"
        raise ValueError(msg)
    if layer is not None and layer not in names:
        msg = f"{path} has no layer {layer!r}; {near_misses(layer, names)}"
        raise SourceError(msg)
    if layer is None and len(names) > 1:
        msg = (
            f"{path} holds {len(names)} layers ({', '.join(map(repr, names))}), and one is read; "
            f"name it with `sheet={names[0]!r}`."
        )
        raise SourceError(msg)
    return layer or names[0]
