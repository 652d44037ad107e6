"""Batch search: the nearest of many points, lines or polygons, in metres on the ellipsoid.

Every target is cut into short pieces, and the compiled loops of `geosec.geodesy.loops.search`
measure only those that may be nearest. What is farther than 500 km is measured with Karney's
geodesics.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geosec.crs import to_storage
from geosec.errors import ParameterError
from geosec.geodesy.areas import AreaIndex
from geosec.geodesy.compiled import load_loops
from geosec.geodesy.far_pairs import far_pairs
from geosec.geodesy.geodesics import foot_on_segment
from geosec.geodesy.pairs import (
    NearestPairs,
    Projection,
    check_query,
    join_pairs,
    rank_pairs,
    take_pairs,
)
from geosec.geodesy.pieces import SAGITTA_M, cut_pieces
from geosec.geodesy.threads import run_in_parts

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import ArrayLike, NDArray

_CHUNK = 250_000  # points searched at a time: what they need stays in memory that is reused
_TIES, _TIE_M = 3, 1e-6  # targets looked at beyond the k-th, and what counts as equally near
_PER_CELL, _MOST_DEPTH, _TASK_DEPTH = 8, 5, 2  # points of a cell; times cut, for threads too
_POLYGON = (3, 6)


class SegmentIndex:
    """Targets cut into pieces, to be asked for the nearest of many points.

    Parameters
    ----------
    targets : geopandas.GeoSeries or geopandas.GeoDataFrame
        Points, lines or polygons in any CRS. The edges of lines are geodesics, those of polygons
        are straight in longitude and latitude.

    Raises
    ------
    CRSError
        If the targets have no CRS.
    ParameterError
        If there are none, or one of them is empty or missing.

    Notes
    -----
    Up to 200 km distances agree with Karney's geodesics to 0.01 mm, to 500 km within 1 mm; beyond
    they are Karney's, and edges of polygons count as geodesics, less than 3 m away.

    Examples
    --------
    >>> import geopandas as gpd
    >>> towns = gpd.GeoSeries.from_xy([67.0, 68.0], [30.0, 30.0], crs="EPSG:4326")
    >>> SegmentIndex(towns).nearest([67.2], [30.0]).target_idx.tolist()
    [0]
    """

    def __init__(self, targets: gpd.GeoSeries | gpd.GeoDataFrame) -> None:
        layer = to_storage(targets, "targets").geometry
        shapes = layer.to_numpy()
        bare = np.flatnonzero(shapely.is_missing(shapes) | shapely.is_empty(shapes))
        if not len(shapes) or bare.size:
            found = f"the one at position {bare[0]} has none" if len(shapes) else "there are none"
            msg = f"targets need a geometry each, and {found}."
            raise ParameterError(msg)
        self._count = len(shapes)
        self._pieces = cut_pieces(shapes)
        ends, corners, target, along_m, _ = self._pieces
        self._targets = (ends, corners, target, along_m, SAGITTA_M)
        self._firsts = np.searchsorted(target, np.arange(self._count + 1)).astype("int64")
        kinds = shapely.get_type_id(shapes)
        self._directed = ~np.isin(kinds, (0, 4, *_POLYGON))
        polygons = np.isin(kinds, _POLYGON)
        self._area_idx = np.flatnonzero(polygons)
        self._areas = AreaIndex(layer[polygons]) if polygons.any() else None

    def nearest(
        self,
        lon: ArrayLike,
        lat: ArrayLike,
        k: int = 1,
        max_distance_m: float = np.inf,
        *,
        ties: bool = False,
    ) -> NearestPairs:
        """Find the nearest targets of each point.

        Parameters
        ----------
        lon, lat : array of float
            Points, degrees in EPSG:4326; a point with a NaN has no nearest target.
        k : int, default 1
            How many different targets for each point; of two equally near the earlier comes first.
        max_distance_m : float, default infinity
            Targets farther than so many metres are left out.
        ties : bool, default False
            Whether to keep all targets as near as the k-th, to a micrometre; they share its rank.

        Returns
        -------
        NearestPairs
            Pairs ordered by point and rank, distances in metres.

        Raises
        ------
        ParameterError
            If `k` is less than 1, or `max_distance_m` is negative or NaN.
        CRSError
            If a point is on no globe.

        Examples
        --------
        >>> import geopandas as gpd
        >>> towns = gpd.GeoSeries.from_xy([67.0, 68.0], [30.0, 30.0], crs="EPSG:4326")
        >>> SegmentIndex(towns).nearest([67.2], [30.0], k=2).distance_m.round().tolist()
        [19297.0, 77189.0]
        """
        lon, lat = check_query(lon, lat, k, max_distance_m)
        there = np.flatnonzero(~np.isnan(lon + lat))
        search = self._tied if ties else self._pairs
        parts = [
            search(chunk, lon[chunk], lat[chunk], min(k, self._count), max_distance_m)
            for chunk in np.array_split(there, max(1, -(-len(there) // _CHUNK)))
        ]
        return join_pairs(parts)

    def project(self, lon: ArrayLike, lat: ArrayLike, max_distance_m: float = np.inf) -> Projection:
        """Find the nearest target of each point and how far along it that is, and no more.

        Parameters
        ----------
        lon, lat : array of float, shape (n,)
            Points, degrees in EPSG:4326; NaN for no point.
        max_distance_m : float, default infinity
            Targets farther than so many metres are left out.

        Returns
        -------
        Projection
            One entry for each point, lengths in metres.

        Raises
        ------
        ParameterError
            If `max_distance_m` is negative or NaN.
        CRSError
            If a point is on no globe.

        Examples
        --------
        >>> import geopandas as gpd
        >>> line = gpd.GeoSeries([shapely.LineString([(67, 30), (68, 30)])], crs="EPSG:4326")
        >>> SegmentIndex(line).project([67.5], [30.1]).along_m.round()
        array([48243.])
        """
        return self._projection(lon, lat, max_distance_m, solid=True)

    def border_m(
        self, lon: ArrayLike, lat: ArrayLike, max_distance_m: float = np.inf
    ) -> NDArray[np.float64]:
        """Give the distance from each point to the nearest edge of any target, from inside too.

        Parameters
        ----------
        lon, lat : array of float, shape (n,)
            Points, degrees in EPSG:4326; NaN for no point.
        max_distance_m : float, default infinity
            Edges farther than so many metres are not looked for.

        Returns
        -------
        numpy.ndarray, shape (n,)
            Metres; NaN where there is no point, or no edge so near.

        Raises
        ------
        ParameterError
            If `max_distance_m` is negative or NaN.
        CRSError
            If a point is on no globe.

        Examples
        --------
        >>> import geopandas as gpd
        >>> box = gpd.GeoSeries([shapely.box(66, 29, 68, 31)], crs="EPSG:4326")
        >>> SegmentIndex(box).border_m([67.0], [30.0]).round(-2).tolist()
        [96500.0]
        """
        return self._projection(lon, lat, max_distance_m, solid=False).offset_m

    def distance_m(self, lon: ArrayLike, lat: ArrayLike) -> NDArray[np.float64]:
        """Give the distance from each point to the nearest target.

        Parameters
        ----------
        lon, lat : array of float
            Points, degrees in EPSG:4326.

        Returns
        -------
        numpy.ndarray
            Metres; NaN where the point is missing, 0 inside a polygon.

        Examples
        --------
        >>> import geopandas as gpd
        >>> town = gpd.GeoSeries.from_xy([67.0], [30.0], crs="EPSG:4326")
        >>> SegmentIndex(town).distance_m([67.0, float("nan")], [30.0, 30.0])
        array([ 0., nan])
        """
        return self.project(lon, lat).offset_m

    def distance_to_m(
        self, lon: ArrayLike, lat: ArrayLike, target_idx: ArrayLike
    ) -> NDArray[np.float64]:
        """Give the distance from each point to a target of its own.

        Parameters
        ----------
        lon, lat : array of float, shape (n,)
            Points, degrees in EPSG:4326; NaN for no point.
        target_idx : array of int, shape (n,)
            Positions of the targets.

        Returns
        -------
        numpy.ndarray, shape (n,)
            Metres; NaN where the point is missing, 0 inside a polygon.

        Raises
        ------
        CRSError
            If a point is on no globe.

        Examples
        --------
        >>> import geopandas as gpd
        >>> towns = gpd.GeoSeries.from_xy([67.0, 68.0], [30.0, 30.0], crs="EPSG:4326")
        >>> SegmentIndex(towns).distance_to_m([67.2], [30.0], [1]).round()
        array([77189.])
        """
        lon, lat = check_query(lon, lat, 1, np.inf)
        target = np.ascontiguousarray(target_idx, dtype="int64")
        away_m = np.full(len(lon), np.nan)
        search = load_loops("geodesy.loops.search")
        run_in_parts(
            lambda first, last: search.measure(
                lon[first:last],
                lat[first:last],
                target[first:last],
                self._firsts,
                self._targets,
                away_m[first:last],
            ),
            len(lon),
        )
        for row in np.flatnonzero(away_m < 0):
            ends = self._pieces.degrees[self._firsts[target[row]] : self._firsts[target[row] + 1]]
            away_m[row] = foot_on_segment(lon[row], lat[row], *ends.T).distance_m.min()
        if self._areas is not None:
            point, area = self._areas.query(lon, lat)
            own = self._area_idx[area] == target[point]
            away_m[point[own]] = 0.0
        return away_m

    def within(self, lon: ArrayLike, lat: ArrayLike, distance_m: float) -> NDArray[np.bool_]:
        """Say which points lie within a distance of any target.

        Parameters
        ----------
        lon, lat : array of float
            Points, degrees in EPSG:4326; False where missing.
        distance_m : float
            Metres.

        Returns
        -------
        numpy.ndarray of bool

        Raises
        ------
        ParameterError
            If `distance_m` is negative or NaN.

        Examples
        --------
        >>> import geopandas as gpd
        >>> town = gpd.GeoSeries.from_xy([67.0], [30.0], crs="EPSG:4326")
        >>> SegmentIndex(town).within([67.1, 67.2], [30.0, 30.0], 10_000).tolist()
        [True, False]
        """
        return np.asarray(self.project(lon, lat, distance_m).target_idx >= 0)

    def _searched(
        self, lon: NDArray[np.float64], lat: NDArray[np.float64], ask: tuple[int, float, bool]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Run the loops: targets (n, k), with -1 for none and -2 for far, and what is told of them.

        Metres to a target, metres along it; if asked for, longitude and latitude of the foot, the
        azimuth and the side.
        """
        k, _, feet = ask
        target = np.full((len(lon), k), -1, dtype="int64")
        told = np.empty((len(lon), k, 6 if feet else 2))
        if not len(lon):
            return target, told
        search, cells = load_loops("geodesy.loops.search"), load_loops("geodesy.loops.cells")
        depths = min(max(int(np.ceil(np.log2(len(lon) / _PER_CELL) / 4)), 0), _MOST_DEPTH)
        order, starts = cells.order_cells(lon, lat, 2 * depths)
        xyz = np.empty((len(lon), 3))
        run_in_parts(
            lambda first, last: cells.fill_vectors(
                lon[first:last], lat[first:last], xyz[first:last]
            ),
            len(lon),
        )
        xyz = xyz[order]
        depth = min(depths, _TASK_DEPTH)
        found = target, told

        def search_cells(first: int, last: int) -> None:
            for code in range(first, last):
                node = depth, code
                search.search((xyz, order), (starts, depths), node, self._targets, ask, found)

        run_in_parts(search_cells, search.FAN**depth, rows=len(lon))
        return found

    def _projection(
        self, lon: ArrayLike, lat: ArrayLike, limit_m: float, *, solid: bool
    ) -> Projection:
        """Project in chunks; points that are missing are left out on the way."""
        lon, lat = check_query(lon, lat, 1, limit_m)
        there = np.flatnonzero(~np.isnan(lon + lat))
        whole = len(there) == len(lon)
        found = Projection(
            np.full(len(lon), -1, dtype="int64"), *(np.full(len(lon), np.nan) for _ in range(2))
        )
        for first in range(0, len(there), _CHUNK):
            part = slice(first, first + _CHUNK) if whole else there[first : first + _CHUNK]
            target, offset_m, along_m = self._projected(lon[part], lat[part], limit_m)
            if solid and self._areas is not None:
                inside = self._areas.find_holder(lon[part], lat[part])
                held = inside >= 0
                target[held], offset_m[held] = self._area_idx[inside[held]], 0.0
                along_m[held] = np.nan
            for out, column in zip(found, (target, offset_m, along_m), strict=True):
                out[part] = column
        return found

    def _projected(
        self, lon: NDArray[np.float64], lat: NDArray[np.float64], limit_m: float
    ) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
        """Give targets, offsets and metres along the targets."""
        targets, told = self._searched(lon, lat, (1, limit_m, False))
        target, offset_m, along_m = targets[:, 0], told[:, 0, 0], told[:, 0, 1]
        far = np.flatnonzero(target == _FAR)
        target[far] = -1
        if far.size:
            found = rank_pairs(self._far_pairs(far, lon, lat, 1, limit_m), 1)
            target[found.point_idx] = found.target_idx
            offset_m[found.point_idx] = found.distance_m
            along_m[found.point_idx] = found.along_m
        none = target < 0
        offset_m[none] = along_m[none] = np.nan
        return target, offset_m, along_m

    def _tied(
        self,
        rows: NDArray[np.intp],
        lon: NDArray[np.float64],
        lat: NDArray[np.float64],
        k: int,
        limit_m: float,
    ) -> NearestPairs:
        """Pair points with their k nearest targets and all as near as the k-th of them."""
        more = min(k + _TIES, self._count)
        found = self._pairs(np.arange(len(rows)), lon, lat, more, limit_m)
        last_m = np.full(len(rows), np.inf)
        at_k = found.rank == k
        last_m[found.point_idx[at_k]] = found.distance_m[at_k]
        kept = found.distance_m <= last_m[found.point_idx] + _TIE_M
        if more < self._count and np.any(kept & (found.rank == more)):
            wide = np.unique(found.point_idx[kept & (found.rank == more)])
            others = self._tied(wide, lon[wide], lat[wide], more, limit_m)
            within = others.distance_m <= last_m[others.point_idx] + _TIE_M
            alone = ~np.isin(found.point_idx, wide)
            found = join_pairs([take_pairs(found, kept & alone), take_pairs(others, within)])
            found = take_pairs(found, np.lexsort((found.rank, found.point_idx)))
        else:
            found = take_pairs(found, kept)
        return found._replace(point_idx=rows[found.point_idx], rank=np.minimum(found.rank, k))

    def _pairs(
        self,
        rows: NDArray[np.intp],
        lon: NDArray[np.float64],
        lat: NDArray[np.float64],
        k: int,
        limit_m: float,
    ) -> NearestPairs:
        """Pair points with their k nearest targets, those far away and the polygons round them."""
        target, told = self._searched(lon, lat, (k, limit_m, True))
        point, column = np.nonzero(target >= 0)
        hit = point, column
        offset_m, along_m, lon_foot, lat_foot, azimuth_deg, side = told[hit].T
        side = np.where(self._directed[target[hit]], side, 0.0)
        found = NearestPairs(
            point, target[hit], column + 1, offset_m, azimuth_deg, lon_foot, lat_foot, along_m, side
        )
        far = np.flatnonzero(target[:, 0] == _FAR)
        more: list[NearestPairs] = []
        if far.size:  # the last of the k is; those nearer are measured by the loops
            pairs = self._far_pairs(far, lon, lat, k, limit_m)
            near = self._pairs(
                far, lon[far], lat[far], k, min(limit_m, load_loops("geodesy.loops.search").FAR_M)
            )
            own, known = (at.point_idx * self._count + at.target_idx for at in (pairs, near))
            more = [take_pairs(pairs, ~np.isin(own, known)), near]
        if self._areas is not None:
            more.append(self._round(self._areas, lon, lat))
        if more:
            found = rank_pairs(join_pairs([found, *more]), k)
        return found._replace(point_idx=rows[found.point_idx])

    def _far_pairs(
        self,
        far: NDArray[np.intp],
        lon: NDArray[np.float64],
        lat: NDArray[np.float64],
        k: int,
        limit_m: float,
    ) -> NearestPairs:
        found = far_pairs(self._pieces, far, (lon, lat), k, limit_m)
        return found._replace(side=found.side * self._directed[found.target_idx])

    def _round(
        self, areas: AreaIndex, lon: NDArray[np.float64], lat: NDArray[np.float64]
    ) -> NearestPairs:
        """Pair points with the polygons that hold them, at distance 0."""
        point, area = areas.query(lon, lat)
        none = np.full(len(point), np.nan)
        zero = np.zeros(len(point))
        target = self._area_idx[area]
        return NearestPairs(point, target, point, zero, none, lon[point], lat[point], none, zero)


_FAR = -2  # what the loops answer for a point that is too far for them
