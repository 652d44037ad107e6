"""Draws of where each incident may have happened."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from geosec.crs import lon_lat
from geosec.errors import ParameterError
from geosec.geodesy.geodesics import geodesic_distance_m
from geosec.schema import require_located
from geosec.uncertainty.draws import in_disc, uniforms
from geosec.uncertainty.footprints import LEVEL, Footprint, draw_from, full_radius_m

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd
    from numpy.typing import NDArray

_CHUNK_DRAWS = 2_000_000  # made at a time
_BULGE_M = 500.0  # an edge of 200 km, straight in degrees, leaves its geodesic by less


def sample(located: gpd.GeoDataFrame, draws: int = 199, seed: int = 0) -> NDArray[np.float64]:
    """Draw places where each incident may have happened.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Geocoded incidents in any CRS. A row without a footprint is a disc, filled evenly; a
        polygon is filled evenly over its area, a line over its geodesic length. A row with
        several readings draws each as often as its weight says.
    draws : int, default 199
        How many for each incident.
    seed : int, default 0
        The same seed gives the same draws; those of one incident do not depend on the others.

    Returns
    -------
    numpy.ndarray
        Shape (n, draws, 2): longitude and latitude in degrees. NaN for rows without a place.

    Raises
    ------
    SchemaError
        If the table has not been geocoded, or ``geometry`` holds something else than points.
    ParameterError
        If `draws` is less than 1.
    CRSError
        If the table has no CRS, or coordinates that it cannot have.

    Examples
    --------
    >>> import geosec
    >>> places = geosec.sample(geosec.geocode(["12 km south of Sibi"]), draws=50)
    >>> places.shape
    (1, 50, 2)
    """
    located = require_located(located, "sample")
    require_draws(draws)
    uniform = uniforms([str(each) for each in located.index], draws, seed=seed)
    places = _from_discs(located, uniform[..., 1:])
    for rows, footprint in _shaped(located):
        places[rows] = _drawn(footprint, uniform[rows, :, 1:])
    for rows, readings in _mixed(located):
        places[rows] = _from_readings(readings, uniform[rows])
    return places


def require_draws(draws: int) -> None:
    """Refuse to draw nothing.

    Parameters
    ----------
    draws : int
        How many for each incident. No unit or CRS is involved.

    Raises
    ------
    ParameterError
        If they are less than 1.

    Examples
    --------
    >>> require_draws(0)
    Traceback (most recent call last):
    ...
    geosec.errors.ParameterError: `draws` must be 1 or more, and is 0.
    """
    if draws < 1:
        msg = f"`draws` must be 1 or more, and is {draws}."
        raise ParameterError(msg)


def in_chunks(rows: NDArray[np.intp], draws: int) -> Iterator[NDArray[np.intp]]:
    """Cut rows into parts whose draws fit into memory.

    Parameters
    ----------
    rows : array of int, shape (n,)
        Positions of incidents. No unit or CRS is involved.
    draws : int
        How many for each.

    Yields
    ------
    numpy.ndarray of int

    Examples
    --------
    >>> [len(part) for part in in_chunks(np.arange(3), 1_000_000)]
    [2, 1]
    """
    step = max(1, _CHUNK_DRAWS // draws)
    for first in range(0, len(rows), step):
        yield rows[first : first + step]


def _from_discs(located: gpd.GeoDataFrame, uniform: NDArray[np.float64]) -> NDArray[np.float64]:
    lon, lat = (each[:, None] for each in lon_lat(located.geometry))
    return np.stack(in_disc(lon, lat, _disc_m(located)[:, None], uniform), axis=-1)


def _disc_m(located: gpd.GeoDataFrame) -> NDArray[np.float64]:
    """Give the full radius of each disc, metres; 0 for what is drawn from something else."""
    radius_m: NDArray[np.float64] = located["uncertainty_m"].to_numpy(dtype="float64") / np.sqrt(
        LEVEL
    )
    radius_m[is_shaped(located)] = 0.0
    if "match_candidates" in located.columns:
        radius_m[located["match_candidates"].notna().to_numpy()] = 0.0
    return radius_m


def _drawn(footprint: Footprint, uniform: NDArray[np.float64]) -> NDArray[np.float64]:
    """Draw places, with numbers of any shape (..., 2)."""
    flat = np.stack(draw_from(footprint, uniform.reshape(-1, 2)), axis=-1)
    return flat.reshape(uniform.shape)


def _shaped(located: gpd.GeoDataFrame) -> Iterator[tuple[NDArray[np.intp], Footprint]]:
    """Group the rows whose footprint is a shape, by the shape; many share a district."""
    shapes = located["footprint"].to_numpy()
    rows = np.flatnonzero(~shapely.is_missing(shapes))
    shapes = shapes[rows]
    _, one, which = np.unique(list(map(id, shapes)), return_index=True, return_inverse=True)
    alike, _ = pd.factorize(np.array(shapely.to_wkb(shapes[one]), dtype="object"))
    group = alike[which]
    for number in range(int(group.max(initial=-1)) + 1):
        own = rows[group == number]
        yield own, Footprint(np.nan, np.nan, np.nan, shapes[group == number][0])


def _mixed(located: gpd.GeoDataFrame) -> Iterator[tuple[NDArray[np.intp], list[dict[str, Any]]]]:
    """Group the rows that have several readings, by the readings."""
    if "match_candidates" in located.columns:
        codes, texts = pd.factorize(located["match_candidates"])
        for number, text in enumerate(texts):
            yield np.flatnonzero(codes == number), json.loads(text)


def _from_readings(
    readings: list[dict[str, Any]], uniform: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Mix the draws of several readings; the first number of each draw picks the reading."""
    weights = np.array([reading["weight"] for reading in readings])
    which = np.searchsorted(np.cumsum(weights / weights.sum())[:-1], uniform[..., 0], side="right")
    mixed = np.empty((*uniform.shape[:-1], 2))
    for number, reading in enumerate(readings):
        chosen = which == number
        mixed[chosen] = _drawn(reading_footprint(reading), uniform[chosen][:, 1:])
    return mixed


def is_shaped(located: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Say which footprints are shapes: made of the layers, or cut by them, and off as much.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Geocoded incidents, EPSG:4326.

    Returns
    -------
    numpy.ndarray of bool, shape (n,)

    Examples
    --------
    >>> import geosec
    >>> is_shaped(geosec.geocode(["Kech district", "Turbat"])).tolist()
    [True, False]
    """
    return ~np.asarray(shapely.is_missing(located["footprint"].to_numpy()))


def reach_m(
    located: gpd.GeoDataFrame, lon: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """Give the distance from the best point within which each incident certainly lies.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Geocoded incidents, EPSG:4326.
    lon : array of float, shape (n,), optional
        Longitudes of the best points, degrees, where they are known already.

    Returns
    -------
    numpy.ndarray, shape (n,)
        Metres: the full radius of a disc, the farthest corner of a shape, the farthest end of
        several readings; NaN for rows without a place.

    Examples
    --------
    >>> import geosec
    >>> sibi = geosec.geocode(["12 km south of Sibi"])
    >>> bool(reach_m(sibi)[0] > sibi["uncertainty_m"].iloc[0])
    True
    """
    reach = _disc_m(located)
    reach[np.isnan(lon_lat(located.geometry)[0] if lon is None else lon)] = np.nan
    for rows, footprint in _shaped(located):
        reach[rows] = _farthest_m(*lon_lat(located.geometry.iloc[rows]), footprint)
    for rows, readings in _mixed(located):
        at = lon_lat(located.geometry.iloc[rows])
        parts = [reading_footprint(reading) for reading in readings]
        reach[rows] = np.max([_farthest_m(*at, part) for part in parts], axis=0)
    return reach


def _farthest_m(
    lon: NDArray[np.float64], lat: NDArray[np.float64], footprint: Footprint
) -> NDArray[np.float64]:
    """Bound how far from points a footprint reaches: its farthest corner, or its disc's rim."""
    if footprint.shape is None:
        away_m = geodesic_distance_m(lon, lat, footprint.lon, footprint.lat)
        return away_m + full_radius_m(footprint.uncertainty_m)
    corners = shapely.get_coordinates(footprint.shape.convex_hull)
    away_m = geodesic_distance_m(lon[:, None], lat[:, None], corners[:, 0], corners[:, 1])
    return np.asarray(away_m.max(axis=1) + _BULGE_M)


def reading_footprint(reading: dict[str, Any]) -> Footprint:
    """Rebuild the footprint of one reading stored in ``match_candidates``.

    Parameters
    ----------
    reading : dict
        With ``longitude``, ``latitude`` (degrees, EPSG:4326), ``uncertainty_m`` and
        ``footprint`` (WKT or None).

    Returns
    -------
    Footprint

    Examples
    --------
    >>> disc = {"longitude": 67.0, "latitude": 30.0, "uncertainty_m": 2000, "footprint": None}
    >>> reading_footprint(disc).uncertainty_m
    2000.0
    """
    shape = shapely.from_wkt(reading["footprint"]) if reading["footprint"] else None
    return Footprint(
        float(reading["longitude"]),
        float(reading["latitude"]),
        float(reading["uncertainty_m"]),
        shape,
    )
