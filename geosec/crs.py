"""The door check for coordinate reference systems, and the local metric CRS.

Tables travel in EPSG:4326, coordinates in the order longitude, latitude. A function that
measures on the plane refuses degrees here, once; what it calls may trust that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely
from pyproj import CRS
from pyproj.exceptions import ProjError

from geosec.arguments import describe_given, name_row
from geosec.errors import CRSError, SchemaError
from geosec.shared import hold_collector

if TYPE_CHECKING:
    from numpy.typing import NDArray

STORAGE_CRS = "EPSG:4326"
DEGREE_DECIMALS = 5  # of degrees in text: about 1 m


def to_storage(
    layer: gpd.GeoDataFrame | gpd.GeoSeries, name: str = "layer"
) -> gpd.GeoDataFrame | gpd.GeoSeries:
    """Bring a layer to longitude and latitude on WGS84 (EPSG:4326); one that has them is returned.

    Of a table, the active geometry is moved. A layer without a CRS raises a `CRSError` that calls
    it `name`.
    """
    if not isinstance(layer, gpd.GeoDataFrame | gpd.GeoSeries) or not _has_geometry(layer):
        msg = f"`{name}` takes a GeoDataFrame or a GeoSeries, and was given {describe_given(layer)}"
        bare = " without a geometry; name one with `set_geometry`"
        raise SchemaError(msg + (bare if isinstance(layer, gpd.GeoDataFrame) else "") + ".")
    if layer.crs is None:
        msg = (
            f"`{name}` has no CRS, so its coordinates may be degrees or metres. "
            f"Say which with `{name}.set_crs(...)`, for longitude and latitude "
            f'`{name}.set_crs("{STORAGE_CRS}")`.'
        )
        raise CRSError(msg)
    if layer.crs == CRS(STORAGE_CRS):
        return layer
    try:
        return layer.to_crs(STORAGE_CRS)
    except ProjError as error:
        msg = (
            f"`{name}` is in {layer.crs.name!r}, which cannot be brought to {STORAGE_CRS}: a local "
            f"CRS does not say where on Earth it lies. Say in which it is with "
            "`set_crs(..., allow_override=True)`."
        )
        raise CRSError(msg) from error


def _has_geometry(layer: gpd.GeoDataFrame | gpd.GeoSeries) -> bool:
    return isinstance(layer, gpd.GeoSeries) or layer.active_geometry_name in layer.columns


def require_degrees(
    lon: NDArray[np.float64], lat: NDArray[np.float64], name: str = "layer"
) -> None:
    """Refuse coordinates that are on no globe, as metres labelled EPSG:4326 are.

    A latitude beyond 90 degrees, or a longitude beyond 360 (some count 0 to 360), raises a
    `CRSError` that names the first; NaN stands for no point.
    """
    off = np.flatnonzero((np.abs(lon) > 360) | (np.abs(lat) > 90))
    if off.size:
        at = off[0]
        msg = (
            f"`{name}` has longitude {lon[at]:g} and latitude {lat[at]:g} at position {at}, which "
            f"are on no globe; degrees in {STORAGE_CRS} are expected, longitude first. If they "
            "are metres, say in which CRS with `set_crs(..., allow_override=True)`."
        )
        raise CRSError(msg)


def require_finite(shapes: NDArray[np.object_], name: str = "layer") -> NDArray[np.float64]:
    """Refuse shapes with a coordinate that is NaN or infinite, and give the coordinates, (n, 2)."""
    corners, owner = shapely.get_coordinates(shapes, return_index=True)
    lost = np.flatnonzero(~np.isfinite(corners).all(axis=1))
    if lost.size:
        at = owner[lost[0]]
        msg = (
            f"the geometry of `{name}` at position {at} has a coordinate that is NaN or infinite; "
            "mend it, or take the geometry out of the row."
        )
        raise SchemaError(msg)
    return np.asarray(corners)


def require_metric(layer: gpd.GeoDataFrame, name: str = "layer") -> None:
    """Refuse a layer whose CRS is missing, in degrees, or in another unit than metres."""
    crs = layer.crs
    if crs is not None and crs.is_projected and _name_unit(crs) == "metre":
        return
    found = "no CRS" if crs is None else f"{_name_crs(crs)} ({crs.name}, {_name_unit(crs)}s)"
    msg = (
        f"`{name}` is in {found}; measuring on the plane needs a projected CRS in metres. "
        f"Use `{name}.to_crs(geosec.metric_crs({name}))`, or a verb of geosec that measures "
        "geodesics in longitude and latitude."
    )
    raise CRSError(msg)


def metric_crs(layer: gpd.GeoDataFrame) -> CRS:
    """Build a local metric CRS for a layer: azimuthal equidistant round its middle.

    Parameters
    ----------
    layer : geopandas.GeoDataFrame
        A layer with a CRS and at least one geometry.

    Returns
    -------
    pyproj.CRS
        Metres on WGS84, exact in distance and direction from the middle of the layer's
        bounds. Away from it, tangential scale grows as ``c / sin c`` with the angular distance
        ``c`` from the middle (Snyder 1987, *Map Projections: A Working Manual*, p. 195): 0.1 %
        at 500 km.

    Raises
    ------
    CRSError
        If the layer has no CRS, or no geometry to take the middle of.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import Point
    >>> towns = gpd.GeoDataFrame(geometry=[Point(66, 29), Point(68, 31)], crs=4326)
    >>> towns.to_crs(metric_crs(towns)).distance(Point(0, 0)).round(-2).tolist()
    [147300.0, 146600.0]
    """
    west, south, east, north = to_storage(layer, "layer").total_bounds
    if np.isnan(west):  # no row has a geometry
        msg = "`layer` has no geometry, so there is no middle to build a metric CRS round."
        raise CRSError(msg)
    require_degrees(np.array([west, east]), np.array([south, north]), "layer")
    lat, lon = (south + north) / 2, (west + east) / 2
    return CRS.from_proj4(f"+proj=aeqd +lat_0={lat:.6f} +lon_0={lon:.6f} +datum=WGS84 +units=m")


def _name_unit(crs: CRS) -> str:
    return str(crs.axis_info[0].unit_name) if crs.axis_info else "unknown unit"


def _name_crs(crs: CRS) -> str:
    authority = crs.to_authority()
    return ":".join(authority) if authority else "a CRS without a code"


def require_points(points: gpd.GeoSeries, name: str) -> gpd.GeoSeries:
    """Check at a door that what came are points, missing ones too, and bring them to EPSG:4326.

    What is no series, or holds something else than points, raises a `SchemaError`; points without a
    CRS, or with coordinates that it cannot have, a `CRSError`.
    """
    return require_lon_lat(points, name)[0]


def require_lon_lat(
    points: gpd.GeoSeries, name: str
) -> tuple[gpd.GeoSeries, NDArray[np.float64], NDArray[np.float64]]:
    """Check points as `require_points` does, and give longitude and latitude with them.

    Degrees in EPSG:4326, NaN where there is no point.
    """
    if not isinstance(points, gpd.GeoSeries):
        msg = (
            f"`{name}` must hold points as a GeoSeries, and holds a {type(points).__name__}. "
            f'Make one with `geopandas.GeoSeries(..., crs="{STORAGE_CRS}")`.'
        )
        raise SchemaError(msg)
    wrong = np.flatnonzero(shapely.get_type_id(points.to_numpy()) > 0)
    if wrong.size:
        row, kind = name_row(points.index, wrong[0]), points.iloc[wrong[0]].geom_type
        msg = (
            f"`{name}` must hold points, and row {row} is a {kind}. Give a point that stands "
            "for it, such as that of `representative_point()`."
        )
        raise SchemaError(msg)
    moved = to_storage(points, name)
    lon, lat = lon_lat(moved)
    require_degrees(lon, lat, name)
    return moved, lon, lat


def lon_lat(points: gpd.GeoSeries) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give longitude and latitude of points in EPSG:4326, NaN where there is none."""
    values = points.to_numpy()
    both = shapely.get_coordinates(values)
    if len(both) < len(values):
        sparse = np.full((len(values), 2), np.nan)
        sparse[~(shapely.is_missing(values) | shapely.is_empty(values))] = both
        both = sparse
    return both[:, 0].copy(), both[:, 1].copy()


def make_points(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.object_]:
    """Make points of degrees in EPSG:4326, and None where longitude or latitude is missing."""
    degrees = np.column_stack([lon, lat])
    there = ~(np.isnan(lon) | np.isnan(lat))
    with hold_collector():
        if there.all():
            return np.asarray(shapely.points(degrees))
        points = np.full(len(degrees), None, "object")
        points[there] = shapely.points(degrees[there])
    return points


def round_degrees(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Round the coordinates of shapes to five decimals, as all text has them: about 1 m.

    Whoever writes or compares rounded degrees rounds here: the libraries that write text do not
    agree on which way a coordinate exactly between two fifth decimals goes.
    """
    return np.asarray(shapely.transform(shapes, lambda at: np.round(at, DEGREE_DECIMALS) + 0.0))
