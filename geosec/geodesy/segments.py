"""Batch search: the nearest of many points, lines or polygons, in metres on the ellipsoid.

Every target is cut into short pieces, and the compiled loops of `geosec.geodesy.loops.search`
measure only those that may be nearest. What is farther than 500 km is measured with Karney's
geodesics.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geosec.crs import require_degrees, require_finite, to_storage
from geosec.errors import ParameterError
from geosec.geodesy.areas import AreaIndex
from geosec.geodesy.cell_search import FAR, search_cells
from geosec.geodesy.compiled import load_loops
from geosec.geodesy.far_pairs import measure_far_m, pair_far_points
from geosec.geodesy.pairs import (
    NearestPairs,
    Projection,
    check_query,
    join_pairs,
    rank_pairs,
    take_pairs,
)
from geosec.geodesy.pieces import POLYGON, SAGITTA_M, cut_pieces
from geosec.geodesy.threads import run_in_parts

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import ArrayLike, NDArray

_CHUNK = 250_000  # points searched at a time: what they need stays in memory that is reused
_TIES, _TIE_M = 3, 1e-6  # targets looked at beyond the k-th, and what counts as equally near


class SegmentIndex:
    """Targets cut into pieces, to be asked for the nearest of many points.

    Targets are points, lines or polygons in any CRS, none of them missing or empty. The edges of
    lines are geodesics, those of polygons are straight in longitude and latitude. Up to 200 km
    distances agree with Karney's geodesics to 0.01 mm, to 500 km within 1 mm; beyond they are
    Karney's, and edges of polygons count as geodesics, less than 3 m away.

    In every question `lon` and `lat` are degrees in EPSG:4326, NaN for no point; a point on no
    globe raises a `CRSError`, a limit that is negative or NaN a `ParameterError`.
    """

    def __init__(self, targets: gpd.GeoSeries | gpd.GeoDataFrame) -> None:
        layer = to_storage(targets, "targets").geometry
        shapes = layer.to_numpy()
        bare = np.flatnonzero(shapely.is_missing(shapes) | shapely.is_empty(shapes))
        if not len(shapes) or bare.size:
            found = f"the one at position {bare[0]} has none" if len(shapes) else "there are none"
            msg = f"targets need a geometry each, and {found}."
            raise ParameterError(msg)
        corners = require_finite(shapes, "targets")
        require_degrees(corners[:, 0], corners[:, 1], "targets")
        self._count = len(shapes)
        self._pieces = cut_pieces(shapes)
        ends, corners, target, along_m, _ = self._pieces
        self._targets = (ends, corners, target, along_m, SAGITTA_M)
        self._firsts = np.searchsorted(target, np.arange(self._count + 1)).astype("int64")
        kinds = shapely.get_type_id(shapes)
        self._directed = ~np.isin(kinds, (0, 4, *POLYGON))
        polygons = np.isin(kinds, POLYGON)
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
        """Pair each point with its nearest targets.

        Parameters
        ----------
        lon, lat : array of float, shape (n,)
            Points, degrees in EPSG:4326; a point with a NaN has no nearest target.
        k : int, default 1
            How many targets for each point; of two equally near the earlier comes first.
        max_distance_m : float, default infinity
            Targets farther than so many metres are left out.
        ties : bool, default False
            Whether to keep all targets as near as the k-th, to a micrometre; they share its rank.

        Returns
        -------
        NearestPairs
            Ordered by point and rank, distances in metres.

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
        search = self._pair_with_ties if ties else self._pair
        parts = [
            search(chunk, lon[chunk], lat[chunk], min(k, self._count), max_distance_m)
            for chunk in np.array_split(there, max(1, -(-len(there) // _CHUNK)))
        ]
        return join_pairs(parts)

    def project(self, lon: ArrayLike, lat: ArrayLike, max_distance_m: float = np.inf) -> Projection:
        """Find the nearest target of each point and how far along it that is, in metres."""
        return self._project(lon, lat, max_distance_m, solid=True)

    def border_m(
        self, lon: ArrayLike, lat: ArrayLike, max_distance_m: float = np.inf
    ) -> NDArray[np.float64]:
        """Give the metres from each point to the nearest edge of any target, from inside too.

        NaN where there is no point, or no edge within `max_distance_m` metres.
        """
        return self._project(lon, lat, max_distance_m, solid=False).offset_m

    def distance_m(self, lon: ArrayLike, lat: ArrayLike) -> NDArray[np.float64]:
        """Give the metres from each point to the nearest target, 0 inside a polygon."""
        return self.project(lon, lat).offset_m

    def distance_to_m(
        self, lon: ArrayLike, lat: ArrayLike, target_idx: ArrayLike
    ) -> NDArray[np.float64]:
        """Give the metres from each point to the target at its own position, 0 inside a polygon."""
        lon, lat = check_query(lon, lat, 1, np.inf)
        target = np.ascontiguousarray(target_idx, dtype="int64")
        away_m = np.full(len(lon), np.nan)
        columns = lon, lat, target
        fill = load_loops("geodesy.loops.search").fill_distances

        def fill_part(first: int, last: int) -> None:
            rows = (column[first:last] for column in columns)
            fill(*rows, self._firsts, self._targets, away_m[first:last])

        run_in_parts(fill_part, len(lon))
        far = np.flatnonzero(away_m < 0)  # for the loops
        if far.size:
            at = lon[far], lat[far]
            away_m[far] = measure_far_m(self._pieces, at, target[far], self._firsts)
        if self._areas is not None:
            point, area = self._areas.query(lon, lat)
            own = self._area_idx[area] == target[point]
            away_m[point[own]] = 0.0
        return away_m

    def within(self, lon: ArrayLike, lat: ArrayLike, distance_m: float) -> NDArray[np.bool_]:
        """Say which points lie within a distance of any target.

        Parameters
        ----------
        lon, lat : array of float, shape (n,)
            Points, degrees in EPSG:4326; False for a point with a NaN.
        distance_m : float
            Metres.

        Returns
        -------
        numpy.ndarray of bool, shape (n,)

        Raises
        ------
        ParameterError
            If `distance_m` is negative or NaN.
        CRSError
            If a point is on no globe.

        Examples
        --------
        >>> import geopandas as gpd
        >>> town = gpd.GeoSeries.from_xy([67.0], [30.0], crs="EPSG:4326")
        >>> SegmentIndex(town).within([67.1, 67.2], [30.0, 30.0], 10_000).tolist()
        [True, False]
        """
        return np.asarray(self.project(lon, lat, distance_m).target_idx >= 0)

    def _project(
        self, lon: ArrayLike, lat: ArrayLike, limit_m: float, *, solid: bool
    ) -> Projection:
        """Project points chunk by chunk; with `solid`, polygons hold what is inside them."""
        lon, lat = check_query(lon, lat, 1, limit_m)
        there = np.flatnonzero(~np.isnan(lon + lat))
        whole = len(there) == len(lon)
        found = Projection(
            np.full(len(lon), -1, dtype="int64"), *(np.full(len(lon), np.nan) for _ in range(2))
        )
        for first in range(0, len(there), _CHUNK):
            part = slice(first, first + _CHUNK) if whole else there[first : first + _CHUNK]
            target, offset_m, along_m = self._project_lines(lon[part], lat[part], limit_m)
            if solid and self._areas is not None:
                inside = self._areas.find_holder(lon[part], lat[part])
                held = inside >= 0
                target[held], offset_m[held] = self._area_idx[inside[held]], 0.0
                along_m[held] = np.nan
            for out, column in zip(found, (target, offset_m, along_m), strict=True):
                out[part] = column
        return found

    def _project_lines(
        self, lon: NDArray[np.float64], lat: NDArray[np.float64], limit_m: float
    ) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
        """Give targets, metres to them and along them, as if polygons were their borders."""
        targets, measures = search_cells(lon, lat, self._targets, (1, limit_m, False))
        target, offset_m, along_m = targets[:, 0], measures[:, 0, 0], measures[:, 0, 1]
        far = np.flatnonzero(target == FAR)
        target[far] = -1
        if far.size:
            found = rank_pairs(self._pair_far(far, lon, lat, 1, limit_m), 1)
            target[found.point_idx] = found.target_idx
            offset_m[found.point_idx] = found.distance_m
            along_m[found.point_idx] = found.along_m
        none = target < 0
        offset_m[none] = along_m[none] = np.nan
        return target, offset_m, along_m

    def _pair_with_ties(
        self,
        rows: NDArray[np.intp],
        lon: NDArray[np.float64],
        lat: NDArray[np.float64],
        k: int,
        limit_m: float,
    ) -> NearestPairs:
        """Pair points with their k nearest targets and all as near as the k-th of them."""
        more = min(k + _TIES, self._count)
        found = self._pair(np.arange(len(rows)), lon, lat, more, limit_m)
        last_m = np.full(len(rows), np.inf)
        at_k = found.rank == k
        last_m[found.point_idx[at_k]] = found.distance_m[at_k]
        kept = found.distance_m <= last_m[found.point_idx] + _TIE_M
        if more < self._count and np.any(kept & (found.rank == more)):
            wide = np.unique(found.point_idx[kept & (found.rank == more)])
            others = self._pair_with_ties(wide, lon[wide], lat[wide], more, limit_m)
            within = others.distance_m <= last_m[others.point_idx] + _TIE_M
            alone = ~np.isin(found.point_idx, wide)
            found = join_pairs([take_pairs(found, kept & alone), take_pairs(others, within)])
            found = take_pairs(found, np.lexsort((found.rank, found.point_idx)))
        else:
            found = take_pairs(found, kept)
        return found._replace(point_idx=rows[found.point_idx], rank=np.minimum(found.rank, k))

    def _pair(
        self,
        rows: NDArray[np.intp],
        lon: NDArray[np.float64],
        lat: NDArray[np.float64],
        k: int,
        limit_m: float,
    ) -> NearestPairs:
        """Pair points with their k nearest targets, those far away and the polygons round them."""
        target, measures = search_cells(lon, lat, self._targets, (k, limit_m, True))
        point, column = np.nonzero(target >= 0)
        hit = point, column
        offset_m, along_m, lon_foot, lat_foot, azimuth_deg, side = measures[hit].T
        side = np.where(self._directed[target[hit]], side, 0.0)
        found = NearestPairs(
            point, target[hit], column + 1, offset_m, azimuth_deg, lon_foot, lat_foot, along_m, side
        )
        far = np.flatnonzero(target[:, 0] == FAR)
        more: list[NearestPairs] = []
        if far.size:  # the last of the k is; those nearer are measured by the loops
            pairs = self._pair_far(far, lon, lat, k, limit_m)
            near_m = min(limit_m, load_loops("geodesy.loops.search").FAR_M)
            near = self._pair(far, lon[far], lat[far], k, near_m)
            own, known = (at.point_idx * self._count + at.target_idx for at in (pairs, near))
            more = [take_pairs(pairs, ~np.isin(own, known)), near]
        if self._areas is not None:
            more.append(self._pair_with_holders(self._areas, lon, lat))
        if more:
            found = rank_pairs(join_pairs([found, *more]), k)
        return found._replace(point_idx=rows[found.point_idx])

    def _pair_far(
        self,
        far: NDArray[np.intp],
        lon: NDArray[np.float64],
        lat: NDArray[np.float64],
        k: int,
        limit_m: float,
    ) -> NearestPairs:
        """Pair the points at some positions with targets that only Karney's geodesics reach."""
        found = pair_far_points(self._pieces, far, (lon, lat), k, limit_m)
        return found._replace(side=found.side * self._directed[found.target_idx])

    def _pair_with_holders(
        self, areas: AreaIndex, lon: NDArray[np.float64], lat: NDArray[np.float64]
    ) -> NearestPairs:
        """Pair points with the polygons that hold them, at distance 0."""
        point, area = areas.query(lon, lat)
        none = np.full(len(point), np.nan)
        zero = np.zeros(len(point))
        target = self._area_idx[area]
        return NearestPairs(point, target, point, zero, none, lon[point], lat[point], none, zero)
