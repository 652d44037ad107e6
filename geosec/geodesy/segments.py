"""Batch search: the nearest of many points, lines or polygons, in metres on the ellipsoid.

Every target is cut into short pieces. A tree over the pieces' boxes, in degrees, finds those that
may lie within a radius of a point; the distance to each is then measured on the ellipsoid. The
radius grows until enough targets lie within it, so the answer is exact whatever the tree's plane
does to distances.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from geosec.crs import require_degrees, to_storage
from geosec.errors import ParameterError
from geosec.geodesy.kernels import (
    foot_on_segment,
    geodesic_direct,
    geodesic_distance_m,
    geodesic_inverse,
    to_cartesian,
)

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import ArrayLike, NDArray

_PIECE_M = 25_000.0
_BORDER_DEG = 0.02  # a polygon's edge cut so short leaves its geodesic by less than 0.1 m
_LEAST_DEGREE_M = 110_500.0  # shortest degree of latitude on WGS84 is 110,574 m, at the equator
_BULGE_DEG = 2e-3  # a geodesic of 25 km leaves its chord in lon, lat by less, below 85 degrees
_SMALLEST_RADIUS_M = 6_335_000.0  # of curvature: 6,335,439 m, along the meridian at the equator
_SAGITTA_M = 13.0  # of an arc of 25 km: 25,000^2 / (8 R) = 12.3 m
_CHUNK = 200_000
_POLYGON = {3, 6}


class Nearest(NamedTuple):
    """Pairs of points and their nearest targets, ordered by point and rank.

    Attributes
    ----------
    point_idx, target_idx : numpy.ndarray of int
        Positions in the points asked and in the targets.
    rank : numpy.ndarray of int
        1 for the nearest.
    distance_m : numpy.ndarray
        Geodesic distance, metres; 0 inside a polygon.
    azimuth_deg : numpy.ndarray
        Direction from the point to the foot, degrees clockwise from north; NaN at distance 0.
    lon_foot, lat_foot : numpy.ndarray
        Nearest point of the target, degrees in EPSG:4326.

    Examples
    --------
    >>> Nearest(*np.zeros((7, 2))).rank
    array([0., 0.])
    """

    point_idx: NDArray[np.intp]
    target_idx: NDArray[np.intp]
    rank: NDArray[np.intp]
    distance_m: NDArray[np.float64]
    azimuth_deg: NDArray[np.float64]
    lon_foot: NDArray[np.float64]
    lat_foot: NDArray[np.float64]


class SegmentIndex:
    """Targets cut into pieces, and a tree over the pieces.

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

    Examples
    --------
    >>> import geopandas as gpd
    >>> towns = gpd.GeoSeries.from_xy([67.0, 68.0], [30.0, 30.0], crs="EPSG:4326")
    >>> SegmentIndex(towns).nearest([67.2], [30.0]).target_idx.tolist()
    [0]
    """

    def __init__(self, targets: gpd.GeoSeries | gpd.GeoDataFrame) -> None:
        shapes = to_storage(targets, "targets").geometry.to_numpy()
        bare = np.flatnonzero(shapely.is_missing(shapes) | shapely.is_empty(shapes))
        if not len(shapes) or bare.size:
            found = f"the one at position {bare[0]} has none" if len(shapes) else "there are none"
            msg = f"targets need a geometry each, and {found}."
            raise ParameterError(msg)
        self._count = len(shapes)
        self._pieces = _pieces(shapes)
        self._from = to_cartesian(self._pieces["lon_a"], self._pieces["lat_a"])
        self._to = to_cartesian(self._pieces["lon_b"], self._pieces["lat_b"])
        self._tree = shapely.STRtree(_boxes(self._pieces))
        polygons = np.isin(shapely.get_type_id(shapes), list(_POLYGON))
        self._areas = shapely.STRtree(shapes[polygons])
        self._area_idx = np.flatnonzero(polygons)

    def nearest(
        self, lon: ArrayLike, lat: ArrayLike, k: int = 1, max_distance_m: float = np.inf
    ) -> Nearest:
        """Find the nearest targets of each point.

        Parameters
        ----------
        lon, lat : array of float
            Points, degrees in EPSG:4326; a point with a NaN has no nearest target.
        k : int, default 1
            How many different targets for each point; of two equally near the earlier comes first.
        max_distance_m : float, default infinity
            Targets farther than so many metres are left out.

        Returns
        -------
        Nearest
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
        if k < 1 or not max_distance_m >= 0:
            msg = (
                f"`k` must be 1 or more and `max_distance_m` 0 or more, "
                f"and they are {k} and {max_distance_m}."
            )
            raise ParameterError(msg)
        lon, lat = np.asarray(lon, dtype="float64"), np.asarray(lat, dtype="float64")
        require_degrees(lon, lat, "points")
        there = np.flatnonzero(~np.isnan(lon + lat))
        parts = [
            self._search(chunk, lon[chunk], lat[chunk], min(k, self._count), max_distance_m)
            for chunk in np.array_split(there, max(1, -(-len(there) // _CHUNK)))
        ]
        return Nearest(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))

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
        found = self.nearest(lon, lat)
        away_m = np.full(np.shape(lon), np.nan)
        away_m[found.point_idx] = found.distance_m
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
        near = np.zeros(np.shape(lon), dtype="bool")
        near[self.nearest(lon, lat, max_distance_m=distance_m).point_idx] = True
        return near

    def _search(
        self,
        point_idx: NDArray[np.intp],
        lon: NDArray[np.float64],
        lat: NDArray[np.float64],
        k: int,
        max_distance_m: float,
    ) -> Nearest:
        """Widen the search round each point until k targets lie within its radius."""
        found: list[Nearest] = []
        radius_m = np.minimum(self._first_radius_m(lon, lat) * k, max_distance_m)
        open_ = np.arange(len(lon))
        while open_.size:
            pairs = self._within_radius(lon[open_], lat[open_], radius_m[open_], k)
            enough = np.bincount(pairs.point_idx, minlength=open_.size) >= k
            over = radius_m[open_] >= np.minimum(max_distance_m, _HALF_ROUND_M)
            done = enough | over
            kept = done[pairs.point_idx] & (pairs.rank <= k)
            rows = point_idx[open_[pairs.point_idx[kept]]]
            found.append(Nearest(rows, *(column[kept] for column in pairs[1:])))
            open_ = open_[~done]
            radius_m[open_] = np.minimum(2 * radius_m[open_], max_distance_m)
        whole = [np.concatenate(columns) for columns in zip(*found, strict=True)] if found else []
        if not whole:
            return Nearest(*(np.empty(0, dtype=dtype) for dtype in _DTYPES))
        order = np.lexsort((whole[2], whole[0]))
        return Nearest(*(column[order] for column in whole))

    def _first_radius_m(
        self, lon: NDArray[np.float64], lat: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Bound the distance to the nearest target from above: that of the nearest in degrees."""
        piece = self._tree.nearest(shapely.points(lon, lat))
        lon_a, lat_a = self._pieces["lon_a"][piece], self._pieces["lat_a"][piece]
        return geodesic_distance_m(lon, lat, lon_a, lat_a) * (1 + 1e-9) + 1e-3

    def _within_radius(
        self,
        lon: NDArray[np.float64],
        lat: NDArray[np.float64],
        radius_m: NDArray[np.float64],
        k: int,
    ) -> Nearest:
        """Measure the targets that lie within the radius of a point, at least its k nearest."""
        point, piece = self._candidates(lon, lat, radius_m)
        point, piece = self._promising(to_cartesian(lon, lat), point, piece, k)
        ends = [self._pieces[name][piece] for name in ("lon_a", "lat_a", "lon_b", "lat_b")]
        foot = foot_on_segment(lon[point], lat[point], *ends)
        inside, area = self._areas.query(shapely.points(lon, lat), predicate="intersects")
        point = np.concatenate([inside, point])
        target = np.concatenate([self._area_idx[area], self._pieces["target"][piece]])
        away_m = np.concatenate([np.zeros(len(inside)), foot.distance_m])
        foot_lon = np.concatenate([lon[inside], foot.lon])
        foot_lat = np.concatenate([lat[inside], foot.lat])
        near = np.flatnonzero(away_m <= radius_m[point])
        order = near[np.lexsort((away_m[near], target[near], point[near]))]
        first = order[_starts(point[order], target[order])]  # nearest piece of each target
        order = first[np.lexsort((target[first], away_m[first], point[first]))]
        azimuth_deg, _ = geodesic_inverse(
            lon[point[order]], lat[point[order]], foot_lon[order], foot_lat[order]
        )
        return Nearest(
            point[order],
            target[order],
            _ranks(point[order]),
            away_m[order],
            np.where(away_m[order] > 0, azimuth_deg, np.nan),
            foot_lon[order],
            foot_lat[order],
        )

    def _promising(
        self,
        xyz: NDArray[np.float64],
        point: NDArray[np.intp],
        piece: NDArray[np.intp],
        k: int,
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Drop pairs that cannot be among the k nearest, by bounds from chords through the Earth.

        A geodesic is at least as long as its chord, and no longer than the arc of the Earth's
        smallest radius of curvature over that chord (Schur's comparison theorem). A piece keeps
        within its sagitta of the chord between its ends.
        """
        chord_m = _chord_to_segment(xyz[point], self._from[piece], self._to[piece])
        least_m = np.maximum(chord_m - _SAGITTA_M, 0.0)
        half = np.minimum((chord_m + _SAGITTA_M) / 2 / _SMALLEST_RADIUS_M, 1.0)
        most_m = 2 * _SMALLEST_RADIUS_M * np.arcsin(half)
        target = self._pieces["target"][piece]
        order = np.lexsort((most_m, target, point))
        best = order[_starts(point[order], target[order])]
        best = best[np.lexsort((most_m[best], point[best]))]
        kth = _ranks(point[best]) == k
        limit_m = np.full(len(xyz), np.inf)
        limit_m[point[best[kth]]] = most_m[best[kth]]
        kept = least_m <= limit_m[point]
        return point[kept], piece[kept]

    def _candidates(
        self,
        lon: NDArray[np.float64],
        lat: NDArray[np.float64],
        radius_m: NDArray[np.float64],
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Pair points with the pieces whose boxes meet their search boxes, round the globe."""
        high = radius_m / _LEAST_DEGREE_M
        wide = _half_width_deg(lat, radius_m)
        pairs = []
        for turn in (-360.0, 0.0, 360.0):
            boxes = shapely.box(lon + turn - wide, lat - high, lon + turn + wide, lat + high)
            pairs.append(self._tree.query(boxes))
        both = np.unique(np.concatenate(pairs, axis=1), axis=1)
        return both[0], both[1]


_HALF_ROUND_M = 20_100_000.0  # no geodesic on Earth is longer than 20,004 km
_DTYPES = ("intp", "intp", "intp", "float64", "float64", "float64", "float64")
_POLAR_DEG = 85.0
_PAD_DEG = 0.25


def _half_width_deg(lat: NDArray[np.float64], radius_m: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bound how far in longitude a circle reaches: sin dlon = sin(r/R) / cos(lat)."""
    arc = 1.01 * radius_m / 6_356_752.0  # the smaller radius, and 1 % for the ellipsoid
    ratio = np.sin(np.minimum(arc, np.pi / 2)) / np.maximum(np.cos(np.radians(lat)), 1e-9)
    return np.where(
        (ratio >= 1) | (arc >= np.pi / 2), 180.0, np.degrees(np.arcsin(np.minimum(ratio, 1.0)))
    )


def _chord_to_segment(
    xyz: NDArray[np.float64], start: NDArray[np.float64], stop: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give the straight distance from points to segments in space, metres."""
    along = stop - start
    square = np.einsum("ij,ij->i", along, along)
    share = np.einsum("ij,ij->i", xyz - start, along) / np.where(square > 0, square, 1.0)
    gap = xyz - start - np.clip(share, 0.0, 1.0)[:, None] * along
    return np.asarray(np.sqrt(np.einsum("ij,ij->i", gap, gap)))


def _starts(*keys: NDArray[np.intp] | NDArray[np.float64]) -> NDArray[np.bool_]:
    """Mark where a run of equal keys begins."""
    fresh = np.ones(len(keys[0]), dtype="bool")
    if len(fresh) > 1:
        fresh[1:] = np.any([key[1:] != key[:-1] for key in keys], axis=0)
    return fresh


def _ranks(point: NDArray[np.intp]) -> NDArray[np.intp]:
    """Count 1, 2, 3 within each run of one point."""
    starts = np.flatnonzero(_starts(point))
    lengths = np.diff(np.append(starts, len(point)))
    return np.arange(len(point)) - np.repeat(starts, lengths) + 1


def _pieces(shapes: NDArray[np.object_]) -> dict[str, NDArray[np.float64]]:
    """Cut targets into short geodesics; a point is a piece without length."""
    kinds = shapely.get_type_id(shapes)
    polygons = np.isin(kinds, list(_POLYGON))
    lines = np.where(polygons, shapely.boundary(shapely.segmentize(shapes, _BORDER_DEG)), shapes)
    parts, owner = shapely.get_parts(lines, return_index=True)
    xy, part = shapely.get_coordinates(parts, return_index=True)
    same = part[1:] == part[:-1]
    single = np.bincount(part, minlength=len(parts))[part] == 1
    start = np.concatenate([np.flatnonzero(same), np.flatnonzero(single)])
    stop = np.concatenate([np.flatnonzero(same) + 1, np.flatnonzero(single)])
    target = owner[part[start]]
    return _cut(xy[start], xy[stop], target, fine=polygons[target])


def _cut(
    start: NDArray[np.float64],
    stop: NDArray[np.float64],
    target: NDArray[np.intp],
    *,
    fine: NDArray[np.bool_],
) -> dict[str, NDArray[np.float64]]:
    azimuth_deg, length_m = geodesic_inverse(start[:, 0], start[:, 1], stop[:, 0], stop[:, 1])
    count = np.where(fine, 1, np.maximum(1, np.ceil(length_m / _PIECE_M))).astype("intp")
    row = np.repeat(np.arange(len(start)), count)
    number = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    step_m = (length_m / count)[row]
    lon_a, lat_a = geodesic_direct(start[row, 0], start[row, 1], azimuth_deg[row], number * step_m)
    lon_b, lat_b = geodesic_direct(
        start[row, 0], start[row, 1], azimuth_deg[row], (number + 1) * step_m
    )
    first, last = number == 0, number == count[row] - 1
    return {
        "lon_a": np.where(first, start[row, 0], lon_a),
        "lat_a": np.where(first, start[row, 1], lat_a),
        "lon_b": np.where(last, stop[row, 0], lon_b),
        "lat_b": np.where(last, stop[row, 1], lat_b),
        "target": target[row],
    }


def _boxes(pieces: dict[str, NDArray[np.float64]]) -> NDArray[np.object_]:
    """Bound each piece in degrees; near a pole a piece may pass any longitude."""
    turn = (pieces["lon_b"] - pieces["lon_a"] + 180.0) % 360.0 - 180.0
    lon_b = pieces["lon_a"] + turn
    south = np.minimum(pieces["lat_a"], pieces["lat_b"])
    north = np.maximum(pieces["lat_a"], pieces["lat_b"])
    polar = np.maximum(np.abs(south), np.abs(north)) > _POLAR_DEG
    pad = np.where(polar, _PAD_DEG, _BULGE_DEG)
    wide = _BULGE_DEG / np.cos(np.radians(_POLAR_DEG))
    west = np.where(polar, -180.0, np.minimum(pieces["lon_a"], lon_b) - wide)
    east = np.where(polar, 180.0, np.maximum(pieces["lon_a"], lon_b) + wide)
    return np.asarray(shapely.box(west, south - pad, east, north + pad))
