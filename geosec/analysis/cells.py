"""Cells that cover an area evenly: hexagons of H3, or squares of a grid in metres."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely
from pyproj import CRS

from geosec.analysis.extras import import_extra
from geosec.crs import STORAGE_CRS
from geosec.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Shapes = NDArray[np.object_]

_MOST_CELLS = 100_000
_FINEST, _PIECES = 15, 4  # of H3's resolutions; of the side of a square, which bends in degrees
_EDGE_KM = 10.0  # longest piece of an H3 edge that is taken to be straight in degrees
_DECIMALS = 9  # of degrees: corners that neighbours share are equal


def cover_with_h3(area: shapely.Geometry, resolution: int) -> gpd.GeoDataFrame:
    """Cover an area in EPSG:4326 with H3 cells that touch it; a cell is named by its index.

    Edges are the great circles of H3, in pieces of at most 10 km.
    """
    h3 = import_extra("h3")
    if resolution > _FINEST:
        msg = f"`units` is 'h3:{resolution}', and H3 has the resolutions 0 to {_FINEST}."
        raise ParameterError(msg)
    area_km2 = _measure_extent_km2(area)
    _refuse_many(area_km2 / h3.average_hexagon_area(resolution, "km^2"), f"h3:{resolution}")
    edge_km = h3.average_hexagon_edge_length(resolution, "km")
    beyond = min(3 * edge_km / 111.0 / _shrink(area), 90.0)
    reach = shapely.intersection(area.buffer(beyond), shapely.box(-180, -90, 180, 90))
    cells = sorted(h3.geo_to_cells(reach, resolution))
    pieces = max(1, int(np.ceil(edge_km / _EDGE_KM)))
    shapes = np.array([_draw_h3(h3.cell_to_boundary(cell), pieces) for cell in cells], "object")
    whole = np.diff(shapely.bounds(shapes)[:, ::2], axis=1)[:, 0] < 180  # none across 180 degrees
    return _keep_touching(area, shapes[whole], np.array(cells, "object")[whole])


def _draw_h3(corners: Sequence[tuple[float, float]], pieces: int) -> shapely.Polygon:
    """Draw the cell with such corners, latitude first, its edges as great circles in pieces."""
    lat, lon = np.radians(np.array(corners)).T
    at = np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    share = np.arange(pieces) / pieces
    along = at[:, None] * (1 - share[:, None]) + np.roll(at, -1, axis=0)[:, None] * share[:, None]
    x, y, z = along.reshape(-1, 3).T
    degrees = np.degrees(np.column_stack([np.arctan2(y, x), np.arctan2(z, np.hypot(x, y))]))
    return shapely.Polygon(degrees.round(_DECIMALS))


def cover_with_squares(area: shapely.Geometry, side_m: float) -> gpd.GeoDataFrame:
    """Cover an area in EPSG:4326 with squares that touch it, in metres of equal area.

    The plane is Lambert's azimuthal equal area, round the middle of the area in whole degrees,
    where four squares meet. A square is named by its column and row: ``E0 N0`` lies north-east.
    """
    west, south, east, north = area.bounds
    middle = round((west + east) / 2), round((south + north) / 2)
    plane = CRS.from_proj4(f"+proj=laea +lat_0={middle[1]} +lon_0={middle[0]} +datum=WGS84")
    _refuse_many(_measure_extent_km2(area) * 1e6 / side_m**2, f"grid:{side_m:g}")
    flat = gpd.GeoSeries([shapely.segmentize(area, 0.1)], crs=STORAGE_CRS).to_crs(plane)
    low, high = np.floor(flat.total_bounds / side_m).astype(int).reshape(2, 2)
    along = [np.arange(first, end + 1) for first, end in zip(low, high, strict=True)]
    column, row = (each.ravel() for each in np.meshgrid(*along))
    corner = np.column_stack([column, row]) * side_m
    squares = shapely.box(*corner.T, *(corner + side_m).T)
    bent = gpd.GeoSeries(shapely.segmentize(squares, side_m / _PIECES), crs=plane)
    degrees = shapely.transform(bent.to_crs(STORAGE_CRS).to_numpy(), _round_corners)
    names = [f"{_tell(x, 'EW')} {_tell(y, 'NS')}" for x, y in zip(column, row, strict=True)]
    return _keep_touching(area, degrees, np.array(names, "object"))


def _round_corners(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(degrees.round(_DECIMALS))


def _tell(number: int, sides: str) -> str:
    """Tell a column or row from the middle on: E0 and W0 are the first on either side."""
    return f"{sides[0]}{number}" if number >= 0 else f"{sides[1]}{-number - 1}"


def _keep_touching(area: shapely.Geometry, shapes: Shapes, names: Shapes) -> gpd.GeoDataFrame:
    """Keep the cells that touch an area, as a layer of units."""
    kept = np.unique(shapely.STRtree(shapes).query(shapely.get_parts(area), "intersects")[1])
    columns = {"name": names[kept], "code": names[kept], "accuracy_m": np.zeros(len(kept))}
    return gpd.GeoDataFrame(columns, geometry=shapes[kept], crs=STORAGE_CRS)


def _refuse_many(count: float, asked: str) -> None:
    """Refuse cells so small that more would be needed than anyone counts in."""
    if count > _MOST_CELLS:
        msg = (
            f"`units` is {asked!r}, which makes {count:,.0f} cells of the area, and "
            f"{_MOST_CELLS:,} are the most: take larger cells, or a smaller area with `within=`."
        )
        raise ParameterError(msg)


def _measure_extent_km2(area: shapely.Geometry) -> float:
    """Measure the box that holds an area, roughly."""
    west, south, east, north = area.bounds
    wide = max((east - west) * _shrink(area), 0.01)
    return float(wide * max(north - south, 0.01) * 111.2**2)


def _shrink(area: shapely.Geometry) -> float:
    """Say by what a degree of longitude is less than one of latitude, where the area is widest."""
    _, south, _, north = area.bounds
    nearest = 0.0 if south <= 0 <= north else min(abs(south), abs(north))
    return float(max(np.cos(np.radians(nearest)), 0.05))
