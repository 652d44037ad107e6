"""Draws of where each incident may have happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geosec.arguments import require_whole
from geosec.located import require_coordinates
from geosec.uncertainty.draws import (
    draw_along_lines,
    draw_in_discs,
    draw_in_polygons,
    make_uniforms,
    sum_up,
)
from geosec.uncertainty.table_footprints import Readings, TableFootprints

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    from geosec.uncertainty.draws import Places

_LINES = (1, 5)  # shapely's numbers of LineString and MultiLineString


def sample(located: gpd.GeoDataFrame, draws: int = 199, seed: int = 0) -> NDArray[np.float64]:
    """Draw places where each incident may have happened.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Points in any CRS: geocoded incidents, or a GeoDataFrame of your own, whose points are exact
        where it has no ``uncertainty_m``. A row without a footprint is a disc, filled evenly; a
        polygon is filled evenly over its area, a line over its geodesic length. A row with
        several readings draws each as often as its weight says.
    draws : int, default 199
        How many for each incident.
    seed : int, default 0
        The same seed gives the same draws; those of one incident depend on its identifier, or on
        its row number where identifiers repeat, and not on the other rows. Two incidents at one
        place draw apart.

    Returns
    -------
    numpy.ndarray
        Shape (n, draws, 2): longitude and latitude in degrees. NaN for rows without a place.

    Raises
    ------
    SchemaError
        If the table has no points, or something else than points.
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
    located, lon, lat = require_coordinates(located, "sample")
    require_draws(draws, seed)
    uniform = make_uniforms(make_incident_keys(located.index), draws, seed=seed)
    return draw_places(TableFootprints.of(located, lon, lat), uniform)


def require_draws(draws: int, seed: int, least: int = 1) -> None:
    """Refuse fewer draws than the least, or a seed that is no whole number."""
    require_whole(draws, "draws", least)
    require_whole(seed, "seed", None)


def make_incident_keys(index: pd.Index) -> list[str]:
    """Give each incident the key of its own draws: its identifier, or its row if those repeat."""
    own = [str(identifier) for identifier in index]
    return own if index.is_unique else [str(row) for row in range(len(own))]


def draw_places(footprints: TableFootprints, uniform: NDArray[np.float64]) -> NDArray[np.float64]:
    """Draw n footprints with numbers of shape (n, draws, 3): lon, lat in EPSG:4326.

    The first number of each draw picks a reading where there are several, the others a place.
    """
    is_line = np.isin(shapely.get_type_id(footprints.shapes), _LINES)
    is_one = ~footprints.is_mixed
    kinds = (
        (is_one & ~footprints.is_shaped, _draw_discs),
        (is_one & footprints.is_shaped & ~is_line, _draw_polygons),
        (is_one & is_line, _draw_lines),
        (footprints.is_mixed, _draw_readings),
    )
    places = np.empty((*uniform.shape[:-1], 2))
    for is_own, draw in kinds:
        rows = np.flatnonzero(is_own)
        if rows.size:
            drawn = draw(footprints.take(rows), uniform[rows])
            places[rows, :, 0], places[rows, :, 1] = drawn
    return places


def _draw_discs(discs: TableFootprints, uniform: NDArray[np.float64]) -> Places:
    lon, lat, radius_m = discs.lon[:, None], discs.lat[:, None], discs.radius_m[:, None]
    return draw_in_discs(lon, lat, radius_m, uniform[..., 1:])


def _draw_polygons(polygons: TableFootprints, uniform: NDArray[np.float64]) -> Places:
    return draw_in_polygons(polygons.shapes, uniform[..., 1:])


def _draw_lines(lines: TableFootprints, uniform: NDArray[np.float64]) -> Places:
    return draw_along_lines(lines.shapes, uniform[..., 1])


def _draw_readings(mixed: TableFootprints, uniform: NDArray[np.float64]) -> Places:
    """Draw every reading of each row, and let the first number of each draw pick one of them."""
    readings = Readings.of(mixed.readings)
    drawn = draw_places(readings.footprints, uniform[readings.row])
    firsts = readings.starts[:-1]
    upto = sum_up(readings.share, readings.starts)
    upto[readings.starts[1:] - 1] = np.inf  # nothing goes beyond the last
    is_beyond = uniform[readings.row, :, 0] >= upto[:, None]
    picked = firsts[:, None] + np.add.reduceat(is_beyond, firsts, axis=0, dtype="int64")
    lon, lat = np.take_along_axis(drawn, picked[..., None], axis=0).transpose(2, 0, 1)
    return lon, lat
