"""Geometries of a source: points become coordinates, and lines and polygons footprints too."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.errors import ShapelyError

from geosec.arguments import describe_given, name_row
from geosec.crs import STORAGE_CRS, lon_lat, to_storage
from geosec.errors import CRSError, SchemaError
from geosec.footprint_texts import parse_shape
from geosec.geodesy.geodesics import geodesic_distance_m
from geosec.incidents.cells import MISSING, Rejected, read_latitude, read_longitude
from geosec.incidents.columns import ALIASES, fold_name
from geosec.uncertainty.footprints import find_best_points

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TEXTS = ("geometry", "geometry_wkt", "footprint")  # columns that hold shapes, or text of them
_POINT, _LINE, _RING, _POLYGON = 0, 1, 2, 3  # of `shapely.get_type_id`
_STREWN = (4, 7)  # several points, and collections: the hull holds them
_FOOTPRINTS = (1, 3, 5, 6)
_APART_M = 100.0  # degrees rounded to three decimals are not another place
_READERS = {"latitude": read_latitude, "longitude": read_longitude}


class Placed(NamedTuple):
    """A table with the coordinates of its geometries, the shapes of its rows, and what is told."""

    table: pd.DataFrame
    footprints: NDArray[np.object_]  #: polygons and lines in EPSG:4326, None for points and gaps
    told: list[str]


def place_rows(plain: pd.DataFrame, geometry: gpd.GeoSeries) -> Placed:
    """Put geometries into latitude and longitude where a row has none in columns of its own.

    `geometry` stands in the order of the rows. A line or polygon is a footprint, with a point for
    it in the columns; so is the hull of several points. Where columns and geometry are more than
    100 m apart, the columns are taken, and what is told says so. Raises a `CRSError` where
    geometries are needed that have no CRS.
    """
    names = _find_degrees(plain)
    nothing = np.full(len(plain), None, "object")
    there = ~(geometry.isna() | geometry.is_empty).to_numpy()
    columns = [plain[name] if name in plain.columns else None for name in names]
    if not there.any():
        return Placed(plain, nothing, [])
    blank = [_find_gaps(column, len(plain)) for column in columns]
    needed = there & blank[0] & blank[1]
    if geometry.crs is None and not needed.any():
        told = "the geometry has no CRS and was not used; latitude and longitude were."
        return Placed(plain, nothing, [told])
    shapes = nothing.copy()
    shapes[there] = make_drawable(to_storage(geometry, "incidents").to_numpy()[there])
    lon, lat = _find_places(shapes)
    apart_m = _measure_apart(shapes, (lon, lat), there & ~needed, columns)
    if needed.any():
        filled = {
            name: degrees if column is None else _fill(column, needed, degrees)
            for name, column, degrees in zip(names, columns, (lat, lon), strict=True)
        }
        plain = plain.assign(**filled)
    is_shape = np.isin(shapely.get_type_id(shapes), _FOOTPRINTS)
    shapes[~is_shape | (apart_m > _APART_M)] = None
    return Placed(plain, shapes, _tell_strewn(geometry) + _tell_apart(plain.index, apart_m))


def _find_degrees(plain: pd.DataFrame) -> tuple[str, str]:
    """Name the columns of latitude and longitude, ours where there are none.

    One of the two beside a geometry is refused.
    """
    found: dict[str, str] = {}
    for name in map(str, plain.columns):
        folded = fold_name(name)
        meant = folded if folded in _READERS else ALIASES.get(folded, "")
        if meant in _READERS and (folded == meant or meant not in found):
            found[meant] = name
    if len(found) == len(_READERS):
        return found["latitude"], found["longitude"]
    lone = next((name for meant, name in found.items() if fold_name(name) == meant), None)
    if lone is not None:
        msg = (
            f"the column {lone!r} stands beside a geometry and has no other half; rename it "
            "to read the geometry, or add the other column to read both."
        )
        raise SchemaError(msg)
    return "latitude", "longitude"


def _find_gaps(column: pd.Series | None, rows: int) -> NDArray[np.bool_]:
    """Tell in which rows a column is missing, in a word too."""
    if column is None:
        return np.ones(rows, "bool")
    gaps = np.array(column.isna(), "bool")
    if column.dtype == "object" or isinstance(column.dtype, pd.StringDtype):
        words = column[~gaps].map(lambda cell: str(cell).strip().casefold() in MISSING)
        gaps[~gaps] = words.to_numpy(dtype="bool")
    return gaps


def _fill(column: pd.Series, rows: NDArray[np.bool_], degrees: NDArray[np.float64]) -> pd.Series:
    """Put degrees into some rows of a column."""
    if rows.all() or column[~rows].isna().all():
        return pd.Series(np.where(rows, degrees, np.nan), column.index)
    if column.dtype.kind == "f":
        return column.where(~rows, degrees)
    return column.astype("object").where(~rows, pd.Series(degrees, column.index, dtype="object"))


def make_drawable(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Make points, lines and polygons of shapes that may be flat, crossed, strewn or have heights.

    Several points, and collections, become their hull; what has no extent is a point.
    """
    made = shapely.force_2d(shapes)
    kinds = shapely.get_type_id(made)
    for at in np.flatnonzero(kinds == _RING).tolist():
        made[at] = shapely.LineString(made[at].coords)
    crossed = np.isin(kinds, (_POLYGON, 6)) & ~shapely.is_valid(made)
    made[crossed] = shapely.make_valid(made[crossed])
    kinds = shapely.get_type_id(made)
    strewn = np.isin(kinds, _STREWN) | (np.isin(kinds, (_POLYGON, 6)) & (shapely.area(made) == 0))
    made[strewn] = shapely.convex_hull(made[strewn])
    bare = (shapely.get_type_id(made) > _POINT) & (shapely.length(made) == 0)
    made[bare] = shapely.centroid(made[bare])
    return np.asarray(made)


def _find_places(shapes: NDArray[np.object_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Find longitude and latitude that stand for each shape; of one off the globe, an end off it.

    So that its row is rejected with what stands there.
    """
    lon, lat = np.full(len(shapes), np.nan), np.full(len(shapes), np.nan)
    kinds = shapely.get_type_id(shapes)
    lon[kinds == _POINT], lat[kinds == _POINT] = lon_lat(gpd.GeoSeries(shapes[kinds == _POINT]))
    ends = np.nan_to_num(shapely.bounds(shapes), nan=0.0)
    off = (np.abs(ends) > (180.0, 90.0, 180.0, 90.0)).any(axis=1)
    on = (kinds > _POINT) & ~off
    lon[on], lat[on] = find_best_points(shapes[on])
    for at in np.flatnonzero((kinds > _POINT) & off).tolist():
        west, south, east, north = ends[at].tolist()
        lon[at], lat[at] = max(west, east, key=abs), max(south, north, key=abs)
    return lon, lat


def _measure_apart(
    shapes: NDArray[np.object_],
    best: tuple[NDArray[np.float64], NDArray[np.float64]],
    rows: NDArray[np.bool_],
    columns: list[pd.Series | None],
) -> NDArray[np.float64]:
    """Measure how far, in metres, coordinates in columns lie from the shapes of some rows.

    Or from the best point of a shape, which on a long line lies beside the chord of the plane.
    """
    apart_m = np.zeros(len(shapes))
    lat, lon = (_read_degrees(name, column) for name, column in zip(_READERS, columns, strict=True))
    where = np.flatnonzero(rows & np.isfinite(lat + lon))
    ways = shapely.shortest_line(shapes[where], shapely.points(lon[where], lat[where]))
    ends = shapely.get_coordinates(ways).reshape(-1, 4)
    from_edge_m = geodesic_distance_m(ends[:, 0], ends[:, 1], ends[:, 2], ends[:, 3])
    best_lon, best_lat = (degrees[where] for degrees in best)
    from_best_m = geodesic_distance_m(best_lon, best_lat, lon[where], lat[where])
    apart_m[where] = np.minimum(from_edge_m, from_best_m)
    return apart_m


def _read_degrees(name: str, column: pd.Series | None) -> NDArray[np.float64]:
    """Read the degrees of a column; NaN for what is none."""
    if column is None or column.dtype.kind in "iuf":
        numbers = [np.nan] if column is None else column.to_numpy("float64", na_value=np.nan)
        return np.asarray(numbers, "float64")
    return np.array([_read_one(name, cell) for cell in column], "float64")


def _read_one(name: str, cell: object) -> float | None:
    try:
        return _READERS[name](name, cell)
    except Rejected:
        return None


def _tell_strewn(geometry: gpd.GeoSeries) -> list[str]:
    """Say in how many rows a hull stands for several points, or shapes of several kinds."""
    shapes = geometry.to_numpy()
    is_strewn = np.isin(shapely.get_type_id(shapes), _STREWN)
    rows = int((is_strewn & (shapely.get_num_geometries(shapes) > 1)).sum())
    if not rows:
        return []
    return [f"of {rows:,} rows with several points or kinds of shapes, the hull is the footprint."]


def _tell_apart(index: pd.Index, apart_m: NDArray[np.float64]) -> list[str]:
    """Say in how many rows columns and geometry are two places."""
    rows = int((apart_m > _APART_M).sum())
    if not rows:
        return []
    at = int(apart_m.argmax())
    told = (
        f"latitude and longitude of {rows:,} rows lie more than {_APART_M:.0f} m from the geometry "
        f"beside them (up to {apart_m[at] / 1000:,.1f} km, row {name_row(index, at)}): the columns "
        "were taken; drop them to read the geometry."
    )
    return [told]


def parse_geometry(cells: pd.Series) -> tuple[gpd.GeoSeries, list[str]]:
    """Parse a column of WKT, EWKT or WKB in degrees; what is none is left out, and told."""
    values: NDArray[np.object_] = cells.astype("object").where(cells.notna(), None).to_numpy()
    is_text = np.array([isinstance(value, str) for value in values], "bool")
    shapes = values.copy()
    shapes[~shapely.is_geometry(values)] = None
    shapes[is_text] = shapely.from_wkt(values[is_text], on_invalid="ignore")
    bad = []
    for at in np.flatnonzero(shapely.is_missing(shapes)).tolist():
        try:
            shapes[at] = None if values[at] is None else parse_shape(values[at])
        except (ShapelyError, CRSError, ValueError, TypeError, AttributeError):
            bad.append(at)
    parsed = gpd.GeoSeries(shapes, cells.index, crs=STORAGE_CRS)
    if not bad:
        return parsed, []
    told = (
        f"`{cells.name}` of {len(bad):,} rows is neither WKT, EWKT nor WKB and was not used "
        f"({describe_given(values[bad[0]])} in row {name_row(cells.index, bad[0])})."
    )
    return parsed, [told]


def take_places(plain: pd.DataFrame, geometry: gpd.GeoSeries | None) -> Placed:
    """Take the places of rows out of a geometry, and of columns that hold shapes or their text.

    A column of text that was wholly understood is left out, as its places stand in others.
    """
    footprints, told = np.full(len(plain), None, "object"), []
    given = [] if geometry is None else [geometry]
    for name in [name for name in _TEXTS if name in plain.columns]:
        parsed, missed = _read_shapes(plain[name])
        if shapely.is_missing(parsed.to_numpy()).all():
            continue
        given.append(parsed)
        told += missed
        plain = plain if missed else plain.drop(columns=name)
    for shapes in given:
        placed = place_rows(plain, shapes)
        plain = placed.table
        told += placed.told
        is_shape = ~shapely.is_missing(placed.footprints)
        footprints[is_shape] = placed.footprints[is_shape]
    return Placed(plain, footprints, told)


def _read_shapes(column: pd.Series) -> tuple[gpd.GeoSeries, list[str]]:
    if column.dtype == "geometry":
        return gpd.GeoSeries(column), []
    return parse_geometry(column)
