"""Footprints that came as text: WKT, EWKT and WKB, as databases and spreadsheets hold shapes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj.exceptions import CRSError as UnknownCRSError
from shapely.errors import ShapelyError

from geosec.arguments import describe_given, is_missing, name_row
from geosec.crs import STORAGE_CRS, require_degrees
from geosec.errors import CRSError, SchemaError

if TYPE_CHECKING:
    from numpy.typing import NDArray

GIVEN = "shape:"  #: what a ``match_id`` begins with where the source of a row gave its footprint
SHAPES = (1, 3, 5, 6)  # of `shapely.get_type_id`: lines and polygons, of one part or several
_STORED = (0, 4326)  # identifiers of the CRS of degrees; 0 says none, as plain WKT does
_EWKT = re.compile(r"\s*SRID\s*=\s*(\d+)\s*;", re.IGNORECASE)
_HEX = re.compile(r"(?:\\x|0x)?((?:[0-9a-f]{2})+)", re.IGNORECASE)


class _Shape(NamedTuple):
    """A shape, and the number of its CRS; 0 where none is told."""

    shape: shapely.Geometry | None
    srid: int = 0


def read_footprints(footprints: pd.Series) -> pd.Series:
    """Read the footprints of a table: polygons and lines, None for every missing or empty one.

    What is text is parsed, in EPSG:4326 unless it says another CRS. A cell that is neither raises a
    `SchemaError` that names its row, and coordinates that are no degrees a `CRSError`.
    """
    is_layer = footprints.dtype == "geometry"
    shapes = footprints.to_numpy() if is_layer else _parse_cells(footprints)
    missing = shapely.is_missing(shapes)
    wrong = np.flatnonzero(~missing & ~np.isin(shapely.get_type_id(shapes), SHAPES))
    if wrong.size:
        raise _explain_refusal(footprints, int(wrong[0]))
    empty = ~missing & shapely.is_empty(shapes)
    if is_layer and not empty.any():
        return footprints
    kept: NDArray[np.object_] = shapes.copy()
    kept[empty] = None
    if is_layer:
        return gpd.GeoSeries(kept, footprints.index, crs=footprints.array.crs)
    return pd.Series(kept, index=footprints.index, dtype="object")


def _parse_cells(footprints: pd.Series) -> NDArray[np.object_]:
    """Parse what is text in a column of Python's own values, each distinct text once."""
    cells = footprints.to_numpy(dtype="object")
    shapes: NDArray[np.object_] = cells.copy()
    shapes[~shapely.is_geometry(cells)] = None
    known: dict[Any, shapely.Geometry | None] = {}
    for row in np.flatnonzero(shapely.is_missing(shapes)).tolist():
        cell = cells[row]
        key = bytes(cell) if isinstance(cell, bytearray | memoryview) else cell
        if is_missing(key):
            continue
        if not isinstance(key, str | bytes):
            raise _explain_refusal(footprints, row)
        if key not in known:
            known[key] = _parse_text(footprints, row, key)
        shapes[row] = known[key]
    return shapes


def parse_shape(text: str | bytes) -> shapely.Geometry | None:
    """Parse WKT, EWKT or WKB, and bring the shape to EPSG:4326; blank and empty ones are None.

    Raises a `ShapelyError` or `ValueError` where it is none of them, and a `CRSError` where it
    tells a CRS that there is not.
    """
    shape, srid = _parse_wkb(text) if isinstance(text, bytes) else _parse_wkt(text.strip())
    if shape is None or shape.is_empty:
        return None
    if srid in _STORED:
        return shape
    try:
        return gpd.GeoSeries([shape], crs=srid).to_crs(STORAGE_CRS).iloc[0]
    except UnknownCRSError as error:
        msg = f"is in EPSG:{srid}, which is none."
        raise CRSError(msg) from error


def _parse_text(footprints: pd.Series, row: int, text: str | bytes) -> shapely.Geometry | None:
    """Parse one text and bring its shape to EPSG:4326; a blank one holds no shape."""
    try:
        shape = parse_shape(text)
    except CRSError as error:
        msg = f"`footprint` of row {name_row(footprints.index, row)} {error}"
        raise CRSError(msg) from error
    except (ShapelyError, ValueError):
        raise _explain_refusal(footprints, row) from None
    if shape is None:
        return None
    corners = shapely.get_coordinates(shape)
    where = f'located["footprint"].loc[{name_row(footprints.index, row)}]'
    require_degrees(corners[:, 0], corners[:, 1], where)
    return shape


def _parse_wkt(text: str) -> _Shape:
    """Parse WKT with or without the CRS before it, or the digits of WKB; blank is no shape."""
    if not text:
        return _Shape(None)
    if digits := _HEX.fullmatch(text):
        return _parse_wkb(bytes.fromhex(digits[1]))
    told = _EWKT.match(text)
    if told is None:
        return _Shape(shapely.from_wkt(text))
    return _Shape(shapely.from_wkt(text[told.end() :]), int(told[1]))


def _parse_wkb(data: bytes) -> _Shape:
    shape = shapely.from_wkb(data)
    return _Shape(shape, int(shapely.get_srid(shape)))


def _explain_refusal(footprints: pd.Series, row: int) -> SchemaError:
    """Say which row has a footprint that is neither a polygon nor a line."""
    said, named = describe_given(footprints.iloc[row]), name_row(footprints.index, row)
    return SchemaError(
        f"`footprint` holds polygons and lines, and {said} in row {named}; text "
        "is read as WKT, EWKT or WKB, also in hexadecimal digits, and an empty cell is a disc."
    )
