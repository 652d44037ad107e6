"""Tables of a caller's railway, read: which column holds what, and what is missing or no use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geosec.arguments import clean_labels, describe_given, name_row
from geosec.crs import STORAGE_CRS, require_degrees, require_lon_lat, to_storage
from geosec.errors import SchemaError, near_misses

if TYPE_CHECKING:
    from collections.abc import Mapping

_STATION_COLUMNS = {
    "name": ("name", "station", "station_name"),
    "line_id": ("line_id", "line", "rail_line", "lines"),
    "km": ("km", "rail_km"),
    "station_id": ("station_id",),
    "lon": ("longitude", "lon"),
    "lat": ("latitude", "lat"),
}
_LINE_COLUMNS = {"line_id": ("line_id", "line", "rail_line"), "name": ("name", "ref")}
_NEEDED = {
    "name": "the name of each station",
    "line_id": "the line that each station stands on; one on two lines has a row for each",
    "km": "the km post of each station, which only the geometry of a line can stand in for",
}
_LINES = (1, 5)  # of `shapely.get_type_id`: line, several lines


def read_stations(stations: Any, lines: gpd.GeoDataFrame | None) -> gpd.GeoDataFrame:
    """Read the stations: ``name``, ``line_id``, ``km`` (NaN where there is none), ``station_id``.

    Points in EPSG:4326, other columns of the caller behind; a row for each line of a station.
    """
    table, found = _find_columns(stations, "stations", _STATION_COLUMNS)
    points = _take_points(table, found)
    own = {key: clean_labels(table[column]) for key, column in found.items() if key != "km"}
    if "line_id" not in own and lines is not None and len(lines) == 1:
        own["line_id"] = pd.Series(lines.index[0], index=table.index)
    for key in ("name", "line_id"):
        if key not in own:
            _refuse_missing(table, "stations", key)
        own[key] = _write_texts(own[key], f"stations[{found.get(key, key)!r}]")
    km = (
        pd.Series(np.nan, index=table.index)
        if "km" not in found
        else _read_numbers(table[found["km"]])
    )
    others = table.drop(columns=[*found.values(), _name_geometry(table)], errors="ignore")
    columns = {**own, "km": km}
    for name in ("lon", "lat"):
        columns.pop(name, None)
    kept = others[[name for name in others.columns if name not in columns]]
    read = gpd.GeoDataFrame({**columns, **kept}, geometry=points.to_numpy(), crs=STORAGE_CRS)
    if km.isna().all():
        read["line_id"] = read["line_id"].str.split(";")
        read = read.explode("line_id", ignore_index=True)
        read["line_id"] = read["line_id"].str.strip()
    return read.reset_index(drop=True)


def read_lines(lines: Any) -> gpd.GeoDataFrame | None:
    """Read the lines: one geometry in EPSG:4326 for each ``line_id``, which is the index.

    Parts of one line are joined. A table without geometry has empty ones; None stays None.
    """
    if lines is None:
        return None
    table, found = _find_columns(_name_by_index(lines), "lines", _LINE_COLUMNS)
    key = found.get("line_id") or found.get("name")
    if key is None:
        have = ", ".join(map(repr, table.columns)) or "none"
        msg = (
            "`lines` needs a column `line` or `name` that says which line a row is, as the "
            f"stations call it, and has {have}; rename one."
        )
        raise SchemaError(msg)
    shapes = np.full(len(table), None, dtype="object")
    if isinstance(table, gpd.GeoDataFrame):
        table = to_storage(table, "lines")
        shapes = table.geometry.to_numpy()
        _require_lines(shapes, table.index)
    line_id = _write_texts(clean_labels(table[key]), f"lines[{key!r}]").to_numpy()
    rest = table.drop(columns=[found.get("line_id"), _name_geometry(table)], errors="ignore")
    rest = rest.rename(columns={found.get("name"): "name"}).set_axis(line_id)
    first = rest[~rest.index.duplicated()]
    if "name" not in first.columns:
        first = first.assign(name=first.index)
    joined = [_join_parts(str(own), shapes[line_id == own]) for own in first.index]
    read = gpd.GeoDataFrame(first, geometry=joined, crs=STORAGE_CRS)
    return read.rename_axis("line_id")


def _name_by_index(lines: Any) -> Any:
    """Take the index of lines as their names, where it is called so or no column is."""
    if isinstance(lines, gpd.GeoSeries):
        lines = lines.to_frame("geometry")
    if not isinstance(lines, pd.DataFrame) or isinstance(lines.index, pd.RangeIndex):
        return lines
    spelt = {str(column).strip().lower() for column in lines.columns}
    keys = {*_LINE_COLUMNS["line_id"]}
    bare = not spelt & {*keys, *_LINE_COLUMNS["name"]}
    named = str(lines.index.name).lower() in keys
    return lines.assign(line_id=lines.index) if bare or (named and not spelt & keys) else lines


def _find_columns(
    table: Any, name: str, known: Mapping[str, tuple[str, ...]]
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Find the columns of a table by their known spellings, in any case."""
    if not isinstance(table, pd.DataFrame) or not len(table) or not table.columns.is_unique:
        said = describe_given(table)
        msg = f"`{name}` takes a table (GeoDataFrame) of rows and named columns, and is {said}."
        raise SchemaError(msg)
    spelt = {str(column).strip().lower(): column for column in table.columns}
    found = {}
    for key, forms in known.items():
        hits = [spelt[form] for form in forms if form in spelt]
        if hits:
            found[key] = hits[0]
    return table, found


def _name_geometry(table: pd.DataFrame) -> str:
    return str(getattr(table, "active_geometry_name", None) or "geometry")


def _refuse_missing(table: pd.DataFrame, name: str, key: str) -> None:
    spelt = key.removesuffix("_id")
    have = [str(column) for column in table.columns]
    msg = f"`{name}` needs a column `{spelt}` with {_NEEDED[key]}; it has {', '.join(have)}. "
    raise SchemaError(msg + near_misses(spelt, have, list_all=False).capitalize())


def _write_texts(column: pd.Series, name: str) -> pd.Series:
    """Write names as texts; an empty one is refused."""
    if pd.api.types.is_float_dtype(column.dtype) and (column.dropna() % 1 == 0).all():
        column = column.astype("Int64")
    texts = column.astype("object").where(column.notna(), "").astype("str").str.strip()
    bare = np.flatnonzero((texts == "").to_numpy())
    if bare.size:
        msg = f"`{name}` is empty in row {name_row(column.index, bare[0])}; fill it in or drop it."
        raise SchemaError(msg)
    return texts


def _read_numbers(column: pd.Series) -> pd.Series:
    """Read km posts or degrees; text that is no number is refused with its row."""
    numbers = pd.to_numeric(column, errors="coerce").astype("float64")
    blank = column.isna() | (column.astype("str").str.strip() == "")
    wrong = np.flatnonzero((numbers.isna() & ~blank) | np.isinf(numbers))
    if wrong.size:
        row, said = name_row(column.index, wrong[0]), describe_given(column.iloc[wrong[0]])
        msg = f"`stations[{column.name!r}]` holds numbers, and {said} in row {row}; mend the cell."
        raise SchemaError(msg)
    return numbers


def _take_points(table: pd.DataFrame, found: Mapping[str, str]) -> gpd.GeoSeries:
    """Take the points of stations, from their geometry or from longitude and latitude."""
    if isinstance(table, gpd.GeoDataFrame) and table.active_geometry_name in table.columns:
        points = table.geometry
    elif "lon" in found and "lat" in found:
        lon, lat = (_read_numbers(table[found[key]]) for key in ("lon", "lat"))
        points = gpd.GeoSeries.from_xy(lon, lat, index=table.index, crs=STORAGE_CRS)
    else:
        have = ", ".join(map(str, table.columns))
        msg = (
            "`stations` needs the point of each station, as the geometry of a GeoDataFrame or in "
            f"columns `longitude` and `latitude`; it has {have}."
        )
        raise SchemaError(msg)
    moved, lon, _ = require_lon_lat(points, "stations")
    bare = np.flatnonzero(np.isnan(lon))
    if bare.size:
        row = name_row(table.index, bare[0])
        msg = f"`stations` has no point in row {row}; give one, or drop the row."
        raise SchemaError(msg)
    return gpd.GeoSeries(shapely.force_2d(moved.to_numpy()), table.index, crs=STORAGE_CRS)


def _require_lines(shapes: Any, index: pd.Index) -> None:
    wrong = np.flatnonzero(~np.isin(shapely.get_type_id(shapes), (-1, *_LINES)))
    if wrong.size:
        row, kind = name_row(index, wrong[0]), shapes[wrong[0]].geom_type
        msg = f"`lines` takes lines, and row {row} is a {kind}."
        raise SchemaError(msg)
    xy, holder = shapely.get_coordinates(shapes, return_index=True)
    odd = holder[~np.isfinite(xy).all(axis=1)]
    if odd.size:
        msg = f"`lines` has a coordinate that is no number in row {name_row(index, odd[0])}."
        raise SchemaError(msg)
    require_degrees(xy[:, 0], xy[:, 1], "lines")


def _join_parts(line_id: str, shapes: Any) -> Any:
    """Join the parts of a line to one; parts that do not meet are refused."""
    parts = shapely.get_parts(shapes[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))])
    if not len(parts):
        return None
    parts = parts[shapely.length(parts) > 0]
    if not len(parts):
        msg = f"line {line_id!r} has no length; give its track, or leave out its geometry."
        raise SchemaError(msg)
    merged = shapely.line_merge(shapely.multilinestrings(shapely.force_2d(parts)))
    if merged.geom_type == "MultiLineString" and len(merged.geoms) == 1:
        merged = merged.geoms[0]
    if merged.geom_type != "LineString":
        at = " ".join(f"{degrees:.4f}" for degrees in merged.geoms[0].coords[-1])
        msg = (
            f"line {line_id!r} is in {len(merged.geoms)} parts that do not join end to end (one "
            f"ends at {at}); join them, give branches a `line` of their own, or leave out the "
            "geometry and let it be drawn through its stations."
        )
        raise SchemaError(msg)
    return merged
