"""Draws of where each incident may have happened."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geosec.errors import ParameterError
from geosec.location.draws import in_disc, uniforms
from geosec.location.footprints import LEVEL, Footprint, draw_from
from geosec.schema import require_located

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray


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
    if draws < 1:
        msg = f"`draws` must be 1 or more, and is {draws}."
        raise ParameterError(msg)
    uniform = uniforms([str(each) for each in located.index], draws, seed=seed)
    places = _from_discs(located, uniform[..., 1:])
    shaped = np.flatnonzero(located["footprint"].notna())
    for row in shaped.tolist():
        footprint = _footprint(located, row)
        places[row] = np.stack(draw_from(footprint, uniform[row, :, 1:]), axis=-1)
    if "match_candidates" in located.columns:
        texts = located["match_candidates"]
        for row in np.flatnonzero(texts.notna()).tolist():
            readings = json.loads(texts.iloc[row])
            places[row] = _from_readings(readings, uniform[row], places[row])
    return places


def _from_discs(located: gpd.GeoDataFrame, uniform: NDArray[np.float64]) -> NDArray[np.float64]:
    points = located.geometry
    lon, lat = points.x.to_numpy()[:, None], points.y.to_numpy()[:, None]
    radius_m = located["uncertainty_m"].to_numpy(dtype="float64")[:, None] / np.sqrt(LEVEL)
    return np.stack(in_disc(lon, lat, radius_m, uniform), axis=-1)


def _footprint(located: gpd.GeoDataFrame, row: int) -> Footprint:
    point = located.geometry.iloc[row]
    radius_m = float(located["uncertainty_m"].iloc[row])
    return Footprint(point.x, point.y, radius_m, located["footprint"].iloc[row])


def _from_readings(
    readings: list[dict[str, Any]], uniform: NDArray[np.float64], fallback: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Mix the draws of several readings; the first number of each draw picks the reading."""
    weights = np.array([reading["weight"] for reading in readings])
    which = np.searchsorted(np.cumsum(weights / weights.sum()), uniform[:, 0], side="right")
    mixed = fallback.copy()
    for number, reading in enumerate(readings):
        chosen = which == number
        footprint = reading_footprint(reading)
        mixed[chosen] = np.stack(draw_from(footprint, uniform[chosen, 1:]), axis=-1)
    return mixed


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
