"""What is right: geodesics to every edge, and how far an answer is from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Geod
from versus import inner

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from peers import Layers
    from shapely.geometry.base import BaseGeometry

foot_on_segment = inner(  # where it is now, and where it was
    "foot_on_segment", "geosec.geodesy.geodesics", "geosec.geodesy.kernels"
)
_GEOD = Geod(ellps="WGS84")
_GOLDEN = (5**0.5 - 1) / 2
_ROUNDS = 60
_SAME_M = 1e-3
_CHUNK = 500
_CUT_M, _CUT_DEG = 100_000, 0.5


@dataclass(frozen=True)
class Truth:
    """Right answers of some incidents.

    `line_m` has a row for each incident and a column for each line: the geodesic distance, metres.
    """

    line_m: pd.DataFrame
    adm1_code: pd.Series
    adm2_code: pd.Series

    def head(self, count: int) -> Truth:
        """Keep that of the first incidents."""
        return Truth(*(each.iloc[:count] for each in vars(self).values()))


class Comparison(NamedTuple):
    """How many answers are wrong, and by how much at worst.

    A neighbour is wrong if the line answered is farther than the nearest by more than 1 mm. The
    km error is that of the place at the answered km: how much farther it is than the nearest.
    """

    checked: int
    wrong_neighbours: int
    worst_distance_error_m: float
    worst_place_error_m: float
    wrong_districts: int


def _ends(edges: gpd.GeoDataFrame) -> NDArray[np.float64]:
    return shapely.get_coordinates(edges.geometry.to_numpy()).reshape(-1, 4).T


def brute_force(
    lon: NDArray[np.float64], lat: NDArray[np.float64], edges: gpd.GeoDataFrame
) -> NDArray[np.float64]:
    """Measure from each point to each edge, metres, by the foot on the geodesic."""
    ends = _ends(edges)
    rows = [
        foot_on_segment(lon[some, None], lat[some, None], *ends).distance_m
        for some in np.array_split(np.arange(len(lon)), max(1, len(lon) // _CHUNK))
    ]
    return np.concatenate(rows)


def minimised(
    lon: NDArray[np.float64], lat: NDArray[np.float64], edges: gpd.GeoDataFrame
) -> NDArray[np.float64]:
    """Measure the same by golden section of the distance along each geodesic, and nothing else."""
    lon_a, lat_a, lon_b, lat_b = (each[None] + 0 * lon[:, None] for each in _ends(edges))
    azimuth_deg, _, length_m = _GEOD.inv(lon_a, lat_a, lon_b, lat_b)
    lon, lat = lon[:, None] + 0 * lon_a, lat[:, None] + 0 * lat_a

    def away_m(along_m: NDArray[np.float64]) -> NDArray[np.float64]:
        at_lon, at_lat, _ = _GEOD.fwd(lon_a, lat_a, azimuth_deg, along_m)
        return np.asarray(_GEOD.inv(at_lon, at_lat, lon, lat)[2])

    return _least(away_m, length_m)


def line_m(
    lon: NDArray[np.float64], lat: NDArray[np.float64], line: BaseGeometry
) -> NDArray[np.float64]:
    """Measure from each point to a line of any length, metres: to its cuts, each minimised."""
    starts, stops = [], []
    for part in shapely.get_parts(line):
        xy = np.asarray(part.coords)
        azimuth_deg, _, length_m = _GEOD.inv(*xy[:-1].T, *xy[1:].T)
        for start, stop, azimuth, length in zip(
            xy[:-1], xy[1:], azimuth_deg, length_m, strict=True
        ):
            between = np.linspace(0, length, int(length // _CUT_M) + 2)[1:-1]
            cuts = _GEOD.fwd(*(np.full(len(between), each) for each in (*start, azimuth)), between)
            corners = np.vstack([start, np.column_stack(cuts[:2]), stop])
            starts.append(corners[:-1])
            stops.append(corners[1:])
    ends = np.stack([np.concatenate(starts), np.concatenate(stops)], axis=1)
    return minimised(lon, lat, gpd.GeoDataFrame(geometry=shapely.linestrings(ends))).min(axis=1)


def border_m(
    lon: NDArray[np.float64], lat: NDArray[np.float64], polygon: BaseGeometry
) -> NDArray[np.float64]:
    """Measure from each point to a border, straight in degrees, by the same golden section."""
    fine = shapely.get_parts(shapely.segmentize(polygon, _CUT_DEG).boundary)
    xy = [np.asarray(ring.coords) for ring in fine]
    start = np.concatenate([each[:-1] for each in xy]) + 0 * lon[:, None, None]
    step = np.concatenate([np.diff(each, axis=0) for each in xy])
    lon, lat = lon[:, None] + 0 * start[..., 0], lat[:, None] + 0 * start[..., 0]

    def away_m(share: NDArray[np.float64]) -> NDArray[np.float64]:
        at = start + share[..., None] * step
        return np.asarray(_GEOD.inv(at[..., 0], at[..., 1], lon, lat)[2])

    return _least(away_m, np.ones_like(lon)).min(axis=1)


def _least(
    away_m: Callable[[NDArray[np.float64]], NDArray[np.float64]], high: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give the least of distances between 0 and `high`, which fall and then rise."""
    low, most = np.zeros_like(high), high
    for _ in range(_ROUNDS):
        one, two = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
        left = away_m(one) < away_m(two)
        low, high = np.where(left, low, one), np.where(left, two, high)
    ends_m = np.minimum(away_m(np.zeros_like(most)), away_m(most))
    return np.minimum(away_m((low + high) / 2), ends_m)


def _inside(points: gpd.GeoSeries, districts: gpd.GeoDataFrame, code: str) -> pd.Series:
    """Ask every polygon for every point, without an index."""
    found = pd.Series(None, index=points.index, dtype="object", name=code)
    for own, shape in zip(districts[code], districts.geometry, strict=True):
        shapely.prepare(shape)
        found[shapely.intersects_xy(shape, points.x, points.y)] = own
    return found


def find_truth(incidents: gpd.GeoDataFrame, layers: Layers) -> Truth:
    """Measure incidents against every edge and every polygon."""
    points = incidents.geometry
    away_m = brute_force(points.x.to_numpy(), points.y.to_numpy(), layers.edges)
    lines = layers.edges["rail_line"].to_numpy()
    by_line = {line: away_m[:, lines == line].min(axis=1) for line in dict.fromkeys(lines)}
    return Truth(
        pd.DataFrame(by_line, index=incidents.index),
        _inside(points, layers.adm1, "adm1_code"),
        _inside(points, layers.adm2, "adm2_code"),
    )


def _place_m(answer: gpd.GeoDataFrame, edges: gpd.GeoDataFrame) -> NDArray[np.float64]:
    """Measure from each incident to the place at the km it was given."""
    away_m = np.full(len(answer), np.nan)
    lon_a, lat_a, lon_b, lat_b = _ends(edges)
    answer = answer.reset_index(drop=True)
    for line, here in edges.reset_index(drop=True).groupby("rail_line").indices.items():
        own = answer[answer["rail_line"] == line]
        km_a, km_b = edges["km_a"].to_numpy()[here], edges["km_b"].to_numpy()[here]
        at = np.clip(np.searchsorted(km_b, own["rail_km"]), 0, len(here) - 1)
        edge = here[at]
        azimuth_deg, _, length_m = _GEOD.inv(lon_a[edge], lat_a[edge], lon_b[edge], lat_b[edge])
        share = (own["rail_km"] - km_a[at]) / (km_b - km_a)[at]
        lon, lat, _ = _GEOD.fwd(lon_a[edge], lat_a[edge], azimuth_deg, share * length_m)
        away_m[own.index] = _GEOD.inv(own.geometry.x, own.geometry.y, lon, lat)[2]
    return away_m


def compare(answer: gpd.GeoDataFrame, truth: Truth, edges: gpd.GeoDataFrame) -> Comparison:
    """Count what is wrong in the rows of an answer whose truth is known."""
    answer = answer.loc[truth.line_m.index]
    nearest_m = truth.line_m.min(axis=1).to_numpy()
    column = truth.line_m.columns.get_indexer(answer["rail_line"])
    own_m = truth.line_m.to_numpy()[np.arange(len(answer)), column]
    codes = pd.DataFrame({"adm1_code": truth.adm1_code, "adm2_code": truth.adm2_code})
    same = (answer[codes.columns] == codes) | (answer[codes.columns].isna() & codes.isna())
    return Comparison(
        len(answer),
        int(((own_m > nearest_m + _SAME_M) | (column < 0)).sum()),
        float(np.abs(answer["rail_offset_m"].to_numpy() - nearest_m).max()),
        float(np.nanmax(_place_m(answer, edges) - nearest_m)),
        int((~same.all(axis=1)).sum()),
    )
