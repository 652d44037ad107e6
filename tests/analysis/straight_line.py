"""A railway that runs straight north for 400 km, and incidents strewn along it with known rates."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

import geosec
from geosec.geodesy.geodesics import geodesic_direct

HALF_WIDTH_M, LENGTH_KM, STATION_KM = 10_000.0, 400.0, 50.0
PERIOD = ("2020-01-01", "2020-12-31")
YEARS = 366 / 365.25
_BESIDE_M = 30_000.0  # how far around there are incidents


def place(north_m: np.ndarray, east_m: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give longitudes and latitudes of places along the line and beside it."""
    start = np.full(len(north_m), 70.0), np.full(len(north_m), 30.0)
    on_line = geodesic_direct(*start, np.where(north_m < 0, 180.0, 0.0), np.abs(north_m))
    return geodesic_direct(*on_line, np.where(east_m < 0, 270.0, 90.0), np.abs(east_m))


def make_network() -> geosec.RailNetwork:
    km = np.arange(0.0, LENGTH_KM + 1, STATION_KM)
    lon, lat = place(km * 1000, np.zeros(len(km)))
    names = list("ABCDEFGHI")
    stations = {"name": names, "line": "North", "km": km, "longitude": lon, "latitude": lat}
    return geosec.RailNetwork.from_table(pd.DataFrame(stations))


def strew(seed: int, *, reported_m: float, per_section: float, hot: float) -> gpd.GeoDataFrame:
    """Strew incidents evenly, more of them from km 150 to 200, and report them with an error.

    So many are expected in each 50 km of the corridor; a report is anywhere within so many metres.
    """
    random = np.random.default_rng(seed)
    south_m, north_m = -_BESIDE_M, LENGTH_KM * 1000 + _BESIDE_M
    strips = (north_m - south_m) / 50_000 * (HALF_WIDTH_M + _BESIDE_M) / HALF_WIDTH_M
    count, more = random.poisson(per_section * strips), random.poisson(hot - per_section)
    wide_m = np.repeat([HALF_WIDTH_M + _BESIDE_M, HALF_WIDTH_M], [count, more])
    along_m = np.append(random.uniform(south_m, north_m, count), random.uniform(150e3, 200e3, more))
    beside_m = random.uniform(-wide_m, wide_m)
    away_m = reported_m * np.sqrt(random.uniform(size=count + more))
    turn = random.uniform(0, 2 * np.pi, count + more)
    lon, lat = place(along_m + away_m * np.cos(turn), beside_m + away_m * np.sin(turn))
    points = gpd.GeoSeries(gpd.points_from_xy(lon, lat), crs=4326)
    return geosec.with_uncertainty(points, uncertainty_m=reported_m * np.sqrt(0.95))
