"""Targets so far away that only Karney's geodesics measure them well enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geosec.geodesy.compiled import load_loops
from geosec.geodesy.geodesics import foot_on_segment, geodesic_inverse, to_cartesian
from geosec.geodesy.pairs import NearestPairs, join_pairs, take_pairs
from geosec.geodesy.pieces import SAGITTA_M

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geosec.geodesy.pieces import Pieces

_CHUNK = 20_000  # points paired at a time


def pair_far_points(
    pieces: Pieces,
    far: NDArray[np.intp],
    at: tuple[NDArray[np.float64], NDArray[np.float64]],
    k: int,
    limit_m: float,
) -> NearestPairs:
    """Measure the pieces that may be among the `k` nearest of points far from any of them.

    `far` holds the positions of those points, `at` longitude and latitude of all points in degrees
    (EPSG:4326). Pairs come out in no order, several of one target among them, none farther than
    `limit_m` metres.
    """
    lon, lat = at
    parts = []
    for rows in np.array_split(far, max(1, -(-len(far) // _CHUNK))):
        xyz = to_cartesian(lon[rows], lat[rows])
        targets = (*pieces[:4], SAGITTA_M)
        point, piece = load_loops("geodesy.loops.search").list_far_pieces(
            xyz, rows, targets, (k, limit_m, True)
        )
        a_lon, a_lat, b_lon, b_lat = pieces.degrees[piece].T
        foot = foot_on_segment(lon[point], lat[point], a_lon, a_lat, b_lon, b_lat)
        azimuth_deg, _ = geodesic_inverse(lon[point], lat[point], foot.lon, foot.lat)
        heading_deg, _ = geodesic_inverse(a_lon, a_lat, b_lon, b_lat)
        toward_deg, _ = geodesic_inverse(a_lon, a_lat, lon[point], lat[point])
        side = np.sign(np.sin(np.radians(heading_deg - toward_deg)))
        along_m = pieces.along_m[piece, 0] + foot.along_m
        measures = foot.distance_m, azimuth_deg, foot.lon, foot.lat, along_m, side
        found = NearestPairs(point, pieces.target[piece], point, *measures)
        parts.append(take_pairs(found, foot.distance_m <= limit_m))
    return join_pairs(parts)


def measure_far_m(
    pieces: Pieces,
    at: tuple[NDArray[np.float64], NDArray[np.float64]],
    target_idx: NDArray[np.int64],
    firsts: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Measure the metres from each point to the nearest piece of its own target.

    `at` holds longitude and latitude in degrees (EPSG:4326); `firsts` says where the pieces of each
    target start, and where those of the last one end.
    """
    list_pieces = load_loops("geodesy.loops.search").list_far_pieces
    xyz = to_cartesian(*at)
    points, held = [], []
    order = np.argsort(target_idx, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(target_idx[order])) + 1):
        first, last = firsts[target_idx[rows[0]]], firsts[target_idx[rows[0]] + 1]
        own = (*(column[first:last] for column in pieces[:4]), SAGITTA_M)
        point, piece = list_pieces(xyz[rows], rows, own, (1, np.inf, False))
        points.append(point)
        held.append(piece + first)
    point = np.concatenate(points)
    lon, lat = (column[point] for column in at)
    foot = foot_on_segment(lon, lat, *pieces.degrees[np.concatenate(held)].T)
    away_m = np.full(len(target_idx), np.inf)
    np.minimum.at(away_m, point, foot.distance_m)
    return away_m
