"""The search for the nearest targets of many points, a cell of points at a time, in threads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geosec.geodesy.compiled import load_loops
from geosec.geodesy.threads import run_in_parts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Targets = tuple[
        NDArray[np.float64], NDArray[np.float64], NDArray[np.int64], NDArray[np.float64], float
    ]

FAR = -2  # stands for the targets of a point that is too far from them for the loops
_POINTS_PER_CELL = 8
_MOST_DEPTH, _TASK_DEPTH = 5, 2  # how often the whole is divided, and how often for the threads


def search_cells(
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    targets: Targets,
    query: tuple[int, float, bool],
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Find the nearest targets of points in degrees, and what is measured of each.

    `targets` are those of `geosec.geodesy.loops.search`; `query` is how many targets a point gets,
    how many metres off they may be, and whether feet are measured. Positions (n, k) come out, -1
    where there is no target and `FAR` for a far point, and measures: metres to the target and
    along it, and for feet longitude, latitude, azimuth in degrees and side.
    """
    k, _, feet = query
    found = np.full((len(lon), k), -1, dtype="int64"), np.empty((len(lon), k, 6 if feet else 2))
    if not len(lon):
        return found
    search, cells = load_loops("geodesy.loops.search"), load_loops("geodesy.loops.cells")
    depths = min(max(int(np.ceil(np.log2(len(lon) / _POINTS_PER_CELL) / 4)), 0), _MOST_DEPTH)
    order, starts = cells.order_cells(lon, lat, 2 * depths)
    xyz = np.empty((len(lon), 3))

    def fill_vectors(first: int, last: int) -> None:
        cells.fill_vectors(lon[first:last], lat[first:last], xyz[first:last])

    run_in_parts(fill_vectors, len(lon))
    points = xyz[order], order
    depth = min(depths, _TASK_DEPTH)

    def search_nodes(first: int, last: int) -> None:
        for code in range(first, last):
            search.search(points, (starts, depths), (depth, code), targets, query, found)

    run_in_parts(search_nodes, search.FAN**depth, rows=len(lon))
    return found
