"""Columns of a table as a database takes them: a name, a type, and cells of that type."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, NamedTuple

import geopandas as gpd
import pandas as pd
import shapely

from geosec.crs import to_storage
from geosec.errors import GeosecWarning, SchemaError
from geosec.footprint_texts import read_footprints
from geosec.schema import COLUMNS, INDEX
from geosec.storage.addresses import require_name

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Types of PostgreSQL by what `pandas.api.types.infer_dtype` finds in a column.
_TYPES = {
    **dict.fromkeys(("string", "empty"), "text"),
    **dict.fromkeys(("floating", "mixed-integer-float"), "double precision"),
    **dict.fromkeys(("timedelta", "timedelta64"), "interval"),
    **{name: name for name in ("timestamp", "timestamptz", "boolean", "date", "time")},
    "integer": "bigint",
    "decimal": "numeric",
    "bytes": "bytea",
}
_DAYS = {column.name for column in COLUMNS if column.dtype.startswith("datetime")}
_POINT = 0  # of `shapely.get_type_id`
_MOST, _LEAST = 2**63 - 1, -(2**63)  # of a bigint


class Field(NamedTuple):
    """A column of a table in a database; `shape` is the kind of its geometries, empty if none."""

    name: str
    kind: str
    cells: list[Any]
    shape: str = ""


class Fields(NamedTuple):
    """The columns of a table, and which of them are its key.

    `is_known` says that the key identifies a row wherever it stands, and is no count of the rows.
    """

    fields: list[Field]
    key: list[str]
    is_known: bool


def list_fields(table: pd.DataFrame) -> Fields:
    """List the columns of a table as PostgreSQL takes them, the index before them as their key.

    Geometries are brought to EPSG:4326 and written as EWKB, a footprint of text too; NUL in a text
    becomes U+FFFD, with a warning. Raises a `SchemaError` where a column has values of several
    kinds or identifiers are missing or double, a `SourceError` where a name cannot be one, and a
    `CRSError` where geometries have no CRS.
    """
    plain, key, is_known = _take_key(table)
    _warn_of_nul(plain)
    fields = [_make_field(str(name), plain.iloc[:, at]) for at, name in enumerate(plain.columns)]
    _refuse_names([field.name for field in fields])
    _refuse_double_keys(plain, key)
    return Fields(fields, [str(name) for name in key], is_known)


def _take_key(table: pd.DataFrame) -> tuple[pd.DataFrame, Sequence[Any], bool]:
    """Make columns of the index; one without a name is that of incidents where rows are places."""
    levels = table.index.nlevels
    is_named = any(name is not None for name in table.index.names)
    is_count = levels == 1 and table.index.equals(pd.RangeIndex(len(table)))
    if not is_named:
        if not isinstance(table, gpd.GeoDataFrame) or INDEX in table.columns or levels > 1:
            return pd.DataFrame(table), (), False
        table = table.rename_axis(INDEX)
    plain = pd.DataFrame(table.reset_index())
    return plain, list(plain.columns[:levels]), is_named or not is_count


def _make_field(name: str, values: pd.Series) -> Field:
    if name == "footprint" and values.dtype != "geometry":
        values = gpd.GeoSeries(read_footprints(values), crs=4326)
    if values.dtype == "geometry":
        return _make_shapes(name, gpd.GeoSeries(values))
    kind = _name_kind(name, values)
    if kind == "date" and values.dtype.kind == "M":
        values = values.dt.date
    plain = values.astype("object")
    return Field(name, kind, plain.where(values.notna(), None).tolist())


def _name_kind(name: str, values: pd.Series) -> str:
    """Name the type of PostgreSQL that holds a column."""
    if name in _DAYS and values.dtype.kind == "M":
        return "date"
    if isinstance(values.dtype, pd.CategoricalDtype):
        values = values.astype("object")
    found = pd.api.types.infer_dtype(values, skipna=True)
    there = values.dropna()
    if found in {"datetime", "datetime64"}:
        zones = {value.tzinfo is not None for value in there}
        kinds = {frozenset({True}): "timestamptz", frozenset({False}): "timestamp"}
        found = kinds.get(frozenset(zones), "mixed")
    if found == "integer" and not there.between(_LEAST, _MOST).all():
        return "numeric"
    if found in _TYPES:
        return _TYPES[found]
    said = ", ".join(sorted({type(value).__name__ for value in there})[:4])
    msg = (
        f"the column {name!r} holds values that no column of a database does ({said}); give it "
        "values of one kind, or make text of them."
    )
    raise SchemaError(msg)


def _make_shapes(name: str, values: gpd.GeoSeries) -> Field:
    values = values if values.isna().all() and values.crs is None else to_storage(values, name)
    shapes = values.to_numpy()
    there = shapes[~shapely.is_missing(shapes)]
    deep = shapely.has_z(there)
    if deep.any() and not deep.all():
        msg = (
            f"some shapes of {name!r} have heights and others have none; "
            "take them off with `.force_2d()`, or give them to all with `.force_3d()`."
        )
        raise SchemaError(msg)
    is_point = name != "footprint" and bool((shapely.get_type_id(there) == _POINT).all())
    kind = f"{'Point' if is_point else 'Geometry'}{'Z' if deep.any() else ''}"
    written = shapely.to_wkb(shapely.set_srid(shapes, 4326), hex=True, include_srid=True)
    return Field(name, "geometry", list(written), kind)


def _warn_of_nul(table: pd.DataFrame) -> None:
    """Put U+FFFD for NUL, which no text of PostgreSQL can hold, and say where it stood."""
    told = []
    for at, name in enumerate(table.columns):
        values = table.iloc[:, at]
        if values.dtype.kind not in "OUT" and not pd.api.types.is_string_dtype(values.dtype):
            continue
        if any(isinstance(value, str) and "\0" in value for value in values):
            table.isetitem(at, values.map(_replace_nul))
            told.append(repr(str(name)))
    if told:
        msg = f"in {', '.join(told)}, NUL, which no database can hold, was written as \ufffd."
        warnings.warn(msg, GeosecWarning, stacklevel=6)


def _replace_nul(value: object) -> object:
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value


def _refuse_names(names: list[str]) -> None:
    for name in names:
        require_name(name, "a column")
    twice = pd.Index(names, dtype="object")
    if twice.has_duplicates:
        msg = f"two columns of the table are called {twice[twice.duplicated()][0]!r}; rename one."
        raise SchemaError(msg)


def _refuse_double_keys(table: pd.DataFrame, key: Sequence[Any]) -> None:
    """Refuse identifiers that are missing or stand twice, as one row would take another's place."""
    keys = table[list(key)]
    if len(key) and keys.isna().to_numpy().any():
        row = int(keys.isna().any(axis=1).to_numpy().argmax())
        msg = f"row {row + 1} of the table has no {' or '.join(map(repr, key))}; give it one."
        raise SchemaError(msg)
    twice = keys.duplicated() if len(key) else pd.Series(dtype="bool")
    if twice.any():
        first = keys[twice].iloc[0].tolist()
        msg = (
            f"two rows of the table are called {', '.join(map(repr, first))}, and a database keeps "
            f"one of each {', '.join(map(repr, key))}; give each row its own."
        )
        raise SchemaError(msg)
