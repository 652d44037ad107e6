"""Batch search: the polygon that holds each of many points, edges straight in degrees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geosec.crs import to_storage
from geosec.geodesy.compiled import load_loops
from geosec.geodesy.threads import run_in_parts

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import ArrayLike, NDArray

_LEAST_BITS, _MOST_BITS = 4, 9  # of the grid's side: about a cell for each point


class AreaIndex:
    """Polygons, to be asked which of them holds a point.

    They come in any CRS and may overlap; their edges are straight in longitude and latitude.
    """

    def __init__(self, areas: gpd.GeoSeries | gpd.GeoDataFrame) -> None:
        self._shapes = to_storage(areas, "areas").geometry.to_numpy()
        self._edges, self._owner = _list_edges(self._shapes)
        self._boxes = shapely.bounds(self._shapes)
        self._tree = shapely.STRtree(self._shapes)
        self._grids: dict[int, _Grid] = {}

    def find_holder(self, lon: ArrayLike, lat: ArrayLike) -> NDArray[np.int64]:
        """Give the position of the first polygon that holds each point, -1 for none.

        Points are degrees in EPSG:4326, NaN for no point. The border of a polygon belongs to it.
        """
        x = np.ascontiguousarray(lon, dtype="float64")
        y = np.ascontiguousarray(lat, dtype="float64")
        found = np.full(len(x), -1, dtype="int64")
        if not len(self._edges):
            return found
        grid = self._take_grid(len(x))
        inside = load_loops("geodesy.loops.inside")
        run_in_parts(
            lambda first, last: inside.fill_holders((x, y), grid, (first, last), found), len(x)
        )
        undecided = np.flatnonzero(found == inside.OPEN)
        if undecided.size:
            found[undecided] = self._decide_exactly(x[undecided], y[undecided])
        return found

    def find_other(
        self, lon: ArrayLike, lat: ArrayLike, holder: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Give the position of another polygon that holds each point than its holder, -1 for none.

        Points are degrees in EPSG:4326, `holder` is what `find_holder` gives for them. A point on
        the border of a polygon is not held by it here, so that in a coverage there is no other.
        """
        x = np.ascontiguousarray(lon, dtype="float64")
        y = np.ascontiguousarray(lat, dtype="float64")
        found = holder.copy()
        if len(self._edges):
            grid, inside = self._take_grid(len(x)), load_loops("geodesy.loops.inside")
            second = inside.label_overlaps(*grid)
            run_in_parts(
                lambda first, last: inside.fill_others((x, y), grid, second, (first, last), found),
                len(x),
            )
        return found

    def _take_grid(self, points: int) -> _Grid:
        """Take the grid for so many points, laid when it is first needed."""
        bits = min(max(int(np.log2(points + 1) / 2), _LEAST_BITS), _MOST_BITS)
        if bits not in self._grids:
            self._grids[bits] = self.lay_grid(bits)
        return self._grids[bits]

    def query(
        self, lon: NDArray[np.float64], lat: NDArray[np.float64]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Pair points with all polygons that hold them, by the exact predicate of GEOS.

        Points are degrees in EPSG:4326; positions of points and of polygons come out.
        """
        there = np.flatnonzero(~np.isnan(lon + lat))
        points = shapely.points(lon[there], lat[there])
        point, area = self._tree.query(points, predicate="intersects")
        return there[point], area

    def _decide_exactly(
        self, lon: NDArray[np.float64], lat: NDArray[np.float64]
    ) -> NDArray[np.int64]:
        """Decide by the exact predicate of GEOS; on a shared border the first polygon holds."""
        found = np.full(len(lon), -1, dtype="int64")
        point, unit = self.query(lon, lat)
        order = np.lexsort((-unit, point))
        found[point[order]] = unit[order]  # the last written, the first unit, stays
        return found

    def lay_grid(self, bits: int) -> _Grid:
        """Lay a grid of ``2^bits`` cells a side over the polygons, for the compiled loops.

        It tells the strips of edges by row, and what each cell belongs to, as
        `geosec.geodesy.loops.inside.fill_holders` takes them.
        """
        side = 1 << bits
        west, south = (float(low) for low in np.nanmin(self._boxes[:, :2], axis=0))
        east, north = (float(high) for high in np.nanmax(self._boxes[:, 2:], axis=0))
        per_lon, per_lat = side / max(east - west, 1e-9), side / max(north - south, 1e-9)
        grid = (west, south, per_lon, per_lat, side, side)
        inside = load_loops("geodesy.loops.inside")
        edge, row, x_low, x_high = inside.list_crossed_rows(self._edges, south, per_lat, side)
        owner = self._owner[edge]
        strips, order = _group_keys(owner * side + row, len(self._boxes) * side)
        shapes = (self._edges, strips, edge[order], self._boxes)
        starts, members = _list_crossed_cells(row, x_low, x_high, owner, grid)
        label = np.full(side * side, -1, dtype="int64")
        inside.label_cells(grid, shapes, starts, members, label)
        return grid, shapes, (label, starts, members)


_Grid = tuple[tuple[float, ...], tuple["NDArray[Any]", ...], tuple["NDArray[np.int64]", ...]]


def _list_edges(shapes: NDArray[np.object_]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """List the edges of polygons, by both ends in degrees, and whose they are."""
    there = np.flatnonzero(~(shapely.is_missing(shapes) | shapely.is_empty(shapes)))
    if not there.size:
        return np.empty((0, 4)), np.empty(0, dtype="int64")
    _, xy, offsets = shapely.to_ragged_array(shapes[there], include_z=False)
    corners, rings, *parts = offsets  # where each ring, part and polygon starts, and the last ends
    bounds = rings[parts[0]] if parts else rings
    owner = np.repeat(np.repeat(there, np.diff(bounds)), np.diff(corners))
    goes_on = np.ones(len(xy), dtype="bool")
    goes_on[corners[1:] - 1] = False
    first = np.flatnonzero(goes_on)
    edges = np.ascontiguousarray(np.hstack([xy[first], xy[first + 1]]))
    return edges, owner[first].astype("int64")


def _list_crossed_cells(
    row: NDArray[np.int64],
    x_low: NDArray[np.float64],
    x_high: NDArray[np.float64],
    owner: NDArray[np.int64],
    grid: tuple[float, ...],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """List the polygons with a border in each cell: where each cell starts, and the polygons."""
    west, _, per_lon, _, columns, rows = grid
    side = int(columns)
    first = np.clip(np.floor((x_low - west) * per_lon - 1e-9), 0, side - 1).astype("int64")
    last = np.clip(np.floor((x_high - west) * per_lon + 1e-9), 0, side - 1).astype("int64")
    counts = last - first + 1
    at = np.repeat(np.arange(len(first)), counts)
    column = first[at] + np.arange(len(at)) - np.repeat(np.cumsum(counts) - counts, counts)
    units = int(owner.max()) + 1
    pairs = (row[at] * side + column) * units + owner[at]
    pairs = np.sort(pairs[np.append(pairs[:-1] != pairs[1:], values=True)])  # neighbours first
    pairs = pairs[np.append(pairs[:-1] != pairs[1:], values=True)]
    cell, unit = np.divmod(pairs, units)
    return _count_up(cell, side * int(rows)), unit


def _group_keys(keys: NDArray[np.int64], count: int) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """Give where each key starts among the sorted keys, and the order that sorts them."""
    return _count_up(keys, count), np.argsort(keys, kind="stable")


def _count_up(keys: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Give where each key starts among the sorted keys, and where the last ends."""
    starts = np.zeros(count + 1, dtype="int64")
    np.cumsum(np.bincount(keys, minlength=count), out=starts[1:])
    return starts
