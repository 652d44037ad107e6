"""Shapes that a source gives with its rows: footprints that need no words to be known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geosec.crs import require_degrees, to_storage
from geosec.footprint_texts import GIVEN, read_footprints
from geosec.geocoding.placing.readings import Placement
from geosec.uncertainty.footprints import Footprint, find_best_points, spread_over_shape

if TYPE_CHECKING:
    from numpy.typing import NDArray

_UNUSED = "; its precision code not used"


class GivenShapes(NamedTuple):
    """The distinct shapes of a table, the first of them None, and which of them each row has."""

    shapes: list[shapely.Geometry | None]
    which: NDArray[np.intp]


def read_given_shapes(table: pd.DataFrame) -> GivenShapes:
    """Read the shapes that came with rows, in EPSG:4326.

    Those of a column ``footprint``; in a table that was geocoded, only where its source gave them.
    Raises a `SchemaError` where a cell is no shape, and a `CRSError` where its CRS is not known or
    its coordinates are on no globe.
    """
    which = np.zeros(len(table), "intp")
    if "footprint" not in table.columns:
        return GivenShapes([None], which)
    footprints = read_footprints(_keep_given(table, "footprint"))
    there = np.flatnonzero(~shapely.is_missing(footprints.to_numpy()))
    if not there.size:
        return GivenShapes([None], which)
    if footprints.dtype == "geometry":
        footprints = to_storage(gpd.GeoSeries(footprints), 'incidents["footprint"]')
    shapes = footprints.to_numpy()[there]
    west, south, east, north = shapely.bounds(shapes).T
    for lon, lat in ((west, south), (east, north)):
        require_degrees(lon, lat, 'incidents["footprint"]')
    codes, texts = pd.factorize(shapely.to_wkb(shapes))
    which[there] = codes + 1
    return GivenShapes([None, *shapely.from_wkb(texts)], which)


def take_given_radii(table: pd.DataFrame) -> pd.DataFrame:
    """Keep the radii that came with rows; of a table that was geocoded, those of its source."""
    if "uncertainty_m" not in table.columns:
        return table
    return table.assign(uncertainty_m=_keep_given(table, "uncertainty_m"))


def _keep_given(table: pd.DataFrame, name: str) -> pd.Series:
    column = table[name]
    if "match_status" not in table.columns:
        return column
    ids = table.get("match_id", pd.Series("", table.index)).astype("object")
    return column.where(ids.str.startswith(GIVEN).eq(True).to_numpy("bool"), None)


def fill_coordinates(table: pd.DataFrame, given: GivenShapes) -> pd.DataFrame:
    """Put the point that stands for a given shape where its row has no coordinates."""
    gaps = pd.Series(None, table.index, dtype="object")
    columns = {name: table.get(name, gaps) for name in ("longitude", "latitude")}
    bare = (given.which > 0) & np.all([column.isna() for column in columns.values()], axis=0)
    if not bare.any():
        return table
    best = find_best_points(np.array([given.shapes[at] for at in given.which[bare]]))
    for column, degrees in zip(columns, best, strict=True):
        filled = columns[column].astype("object").copy()
        filled[bare] = degrees
        columns[column] = filled
    return table.assign(**columns)


def place_shape(lon: float, lat: float, shape: shapely.Geometry, *, is_coded: bool) -> Placement:
    """Place a row anywhere in the shape that its source gives, degrees in EPSG:4326.

    The coordinates stay the best point. A code of precision says less than the shape, and its
    reason says that it was not used.
    """
    told = "the shape that the source gives" + (_UNUSED if is_coded else "")
    footprint = spread_over_shape(shape, best=(lon, lat))
    place_id = f"{GIVEN}{lat:.5f},{lon:.5f}"
    return Placement(footprint, "coordinates", f"{lat:.4f}, {lon:.4f}", place_id, told=told)


def place_disc(lon: float, lat: float, radius_m: float, *, is_coded: bool) -> Placement:
    """Place a row within the 95 % radius that its source gives, metres; degrees in EPSG:4326."""
    told = "the radius that the source gives" + (_UNUSED if is_coded else "")
    place_id = f"{GIVEN}{lat:.5f},{lon:.5f}"
    name = f"{lat:.4f}, {lon:.4f}"
    return Placement(Footprint(lon, lat, radius_m), "coordinates", name, place_id, told=told)
