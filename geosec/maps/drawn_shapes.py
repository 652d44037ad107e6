"""Shapes of a caller's as a map can draw them: areas or lines, out of collections, none missing."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geosec.arguments import name_row
from geosec.crs import to_storage
from geosec.errors import GeosecWarning, ParameterError

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    Shapes = NDArray[np.object_]

KINDS = ("points", "lines", "areas")  #: by dimension
_COLLECTION = 7  # of `shapely.get_type_id`


def read_shapes(table: gpd.GeoDataFrame, name: str, dimension: int) -> Shapes:
    """Read the shape of each row in EPSG:4326, empty where it is missing, which is warned of.

    Lines have the dimension 1, areas 2; a table of other shapes is refused.
    """
    shapes = to_storage(table, name).geometry
    held = shapes.to_numpy().copy()
    nothing = np.asarray(shapes.isna() | shapes.is_empty)
    wrong = np.flatnonzero(~nothing & (shapely.get_dimensions(held) != dimension))
    if len(wrong):
        kind = shapes.iloc[wrong[0]].geom_type
        msg = (
            f"`{name}` takes {KINDS[dimension]}, and {len(wrong)} of its {len(held)} shapes are "
            f"none: row {name_row(table.index, wrong[0])} is a {kind}."
        )
        raise ParameterError(msg)
    if nothing.any():
        held[nothing] = shapely.Polygon() if dimension == 2 else shapely.LineString()
        first = name_row(table.index, int(nothing.argmax()))
        msg = (
            f"`{name}` has no shape in {nothing.sum()} of its {len(held)} rows, where nothing is "
            f"drawn; the first is row {first}."
        )
        warnings.warn(msg, GeosecWarning, stacklevel=4)
    return take_parts(held, dimension)


def take_areas(shapes: Shapes) -> Shapes:
    """Take the valid area of each shape, None where it has none: it is missing, empty or flat."""
    held = take_parts(shapely.make_valid(shapes), 2)
    held[(shapely.get_dimensions(held) != 2) | shapely.is_empty(held)] = None
    return held


def take_parts(shapes: Shapes, dimension: int) -> Shapes:
    """Take the lines, or the areas, out of collections of shapes; other shapes stay."""
    held = shapes.copy()
    build = shapely.multipolygons if dimension == 2 else shapely.multilinestrings
    for place in np.flatnonzero(shapely.get_type_id(held) == _COLLECTION):
        parts = open_collections(held[place : place + 1])
        held[place] = build(parts[shapely.get_dimensions(parts) == dimension])
    return held


def open_collections(shapes: Any) -> Shapes:
    """Give shapes with those in collections one by one, also of collections in collections."""
    parts = np.array(shapes, dtype="object")
    while (is_mixed := shapely.get_type_id(parts) == _COLLECTION).any():
        parts = np.concatenate([parts[~is_mixed], shapely.get_parts(parts[is_mixed])])
    singles: Shapes = shapely.get_parts(parts)
    return singles
