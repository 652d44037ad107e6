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

from geosec.errors import CRSError, SchemaError

if TYPE_CHECKING:
    from numpy.typing import NDArray

STORAGE_CRS = "EPSG:4326"


def to_storage(
    layer: gpd.GeoDataFrame | gpd.GeoSeries, name: str = "layer"
) -> gpd.GeoDataFrame | gpd.GeoSeries:
    """Bring a layer to longitude and latitude on WGS84 (EPSG:4326).

    Parameters
    ----------
    layer : geopandas.GeoDataFrame or GeoSeries
        Any layer with a CRS. Of a table, the active geometry is moved.
    name : str
        What to call the layer in an error.

    Returns
    -------
    geopandas.GeoDataFrame or GeoSeries
        The same rows in EPSG:4326, in degrees; the input itself if it already was.

    Raises
    ------
    CRSError
        If the layer does not say which CRS its coordinates are in.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import Point
    >>> utm = gpd.GeoDataFrame(geometry=[Point(307_512, 3_340_642)], crs="EPSG:32642")
    >>> round(to_storage(utm, "stations").geometry.iloc[0].x, 3)
    67.001
    """
    if layer.crs is None:
        msg = (
            f"`{name}` has no CRS, so its coordinates may be degrees or metres. "
            f"Say which with `{name}.set_crs(...)`, for longitude and latitude "
            f'`{name}.set_crs("{STORAGE_CRS}")`.'
        )
        raise CRSError(msg)
    if layer.crs == CRS(STORAGE_CRS):
        return layer
    return layer.to_crs(STORAGE_CRS)


def require_degrees(
    lon: NDArray[np.float64], lat: NDArray[np.float64], name: str = "layer"
) -> None:
    """Refuse coordinates that are on no globe, as metres labelled EPSG:4326 are.

    Parameters
    ----------
    lon, lat : numpy.ndarray of float
        What should be degrees in EPSG:4326; NaN for no point.
    name : str
        What to call them in the error.

    Raises
    ------
    CRSError
        If a latitude is beyond 90 degrees, or a longitude beyond 360 (some count 0 to 360); the
        message names the first.

    Examples
    --------
    >>> require_degrees(np.array([67.0]), np.array([3_340_642.0]), "towns")
    Traceback (most recent call last):
    ...
    geosec.errors.CRSError: `towns` has longitude 67 and latitude 3.34064e+06 at position 0, ...
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


def require_metric(layer: gpd.GeoDataFrame, name: str = "layer") -> None:
    """Refuse a layer whose coordinates are not metres.

    Parameters
    ----------
    layer : geopandas.GeoDataFrame
        The layer to be measured on the plane.
    name : str
        What to call it in the error.

    Raises
    ------
    CRSError
        If the CRS is missing, geographic (degrees), or in another unit than metres.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import Point
    >>> require_metric(gpd.GeoDataFrame(geometry=[Point(67, 30)], crs=4326), "towns")
    Traceback (most recent call last):
    ...
    geosec.errors.CRSError: `towns` is in EPSG:4326 (WGS 84, degrees); measuring on the plane ...
    """
    crs = layer.crs
    if crs is not None and crs.is_projected and _unit(crs) == "metre":
        return
    found = "no CRS" if crs is None else f"{_label(crs)} ({crs.name}, {_unit(crs)}s)"
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
    if west != west:  # noqa: PLR0124 - NaN bounds mean that no row has a geometry
        msg = "`layer` has no geometry, so there is no middle to build a metric CRS round."
        raise CRSError(msg)
    lat, lon = (south + north) / 2, (west + east) / 2
    return CRS.from_proj4(f"+proj=aeqd +lat_0={lat:.6f} +lon_0={lon:.6f} +datum=WGS84 +units=m")


def _unit(crs: CRS) -> str:
    return str(crs.axis_info[0].unit_name) if crs.axis_info else "unknown unit"


def _label(crs: CRS) -> str:
    authority = crs.to_authority()
    return ":".join(authority) if authority else "a CRS without a code"


def require_points(points: gpd.GeoSeries, name: str) -> gpd.GeoSeries:
    """Check at a door that what came are points, and bring them to EPSG:4326.

    Parameters
    ----------
    points : geopandas.GeoSeries
        Points in any CRS; some may be missing.
    name : str
        What to call them in the error.

    Returns
    -------
    geopandas.GeoSeries
        The same points in EPSG:4326, in degrees.

    Raises
    ------
    SchemaError
        If they are no series of geometries, or one of them is no point.
    CRSError
        If they have no CRS, or coordinates that it cannot have.

    Examples
    --------
    >>> lines = gpd.GeoSeries.from_wkt(["LINESTRING (67 30, 68 30)"], index=["a"], crs=4326)
    >>> require_points(lines, "points")
    Traceback (most recent call last):
    ...
    geosec.errors.SchemaError: `points` must hold points, and row 'a' is a LineString. ...
    """
    return require_lon_lat(points, name)[0]


def require_lon_lat(
    points: gpd.GeoSeries, name: str
) -> tuple[gpd.GeoSeries, NDArray[np.float64], NDArray[np.float64]]:
    """Check points as `require_points` does, and give their coordinates with them.

    Parameters
    ----------
    points : geopandas.GeoSeries
        Points in any CRS; some may be missing.
    name : str
        What to call them in the error.

    Returns
    -------
    points : geopandas.GeoSeries
        In EPSG:4326.
    lon, lat : numpy.ndarray, shape (n,)
        Degrees, NaN where there is no point.

    Raises
    ------
    SchemaError
        If they are no series of geometries, or one of them is no point.
    CRSError
        If they have no CRS, or coordinates that it cannot have.

    Examples
    --------
    >>> require_lon_lat(gpd.GeoSeries.from_xy([67.0], [30.2], crs=STORAGE_CRS), "towns")[2]
    array([30.2])
    """
    if not isinstance(points, gpd.GeoSeries):
        msg = (
            f"`{name}` must hold points as a GeoSeries, and holds a {type(points).__name__}. "
            f'Make one with `geopandas.GeoSeries(..., crs="{STORAGE_CRS}")`.'
        )
        raise SchemaError(msg)
    wrong = np.flatnonzero(shapely.get_type_id(points.to_numpy()) > 0)
    if wrong.size:
        row, kind = points.index[wrong[0]], points.iloc[wrong[0]].geom_type
        msg = (
            f"`{name}` must hold points, and row {row!r} is a {kind}. Give a point that stands "
            "for it, such as that of `representative_point()`."
        )
        raise SchemaError(msg)
    moved = to_storage(points, name)
    lon, lat = lon_lat(moved)
    require_degrees(lon, lat, name)
    return moved, lon, lat


def lon_lat(points: gpd.GeoSeries) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the coordinates of points.

    Parameters
    ----------
    points : geopandas.GeoSeries
        Points in EPSG:4326; some may be missing.

    Returns
    -------
    lon, lat : numpy.ndarray, shape (n,)
        Degrees, NaN where there is no point.

    Examples
    --------
    >>> lon_lat(gpd.GeoSeries.from_xy([67.0], [30.2], crs=STORAGE_CRS))[1]
    array([30.2])
    """
    values = points.to_numpy()
    both = shapely.get_coordinates(values)
    if len(both) < len(values):
        sparse = np.full((len(values), 2), np.nan)
        sparse[~(shapely.is_missing(values) | shapely.is_empty(values))] = both
        both = sparse
    return both[:, 0].copy(), both[:, 1].copy()
