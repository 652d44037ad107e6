"""A search index that can grow and shrink while incidents stream in.

The R-tree holds each site once, as a point of the squeezed sphere (`geosec.geodesy.sphere`): it
leaves out only what cannot be near, and what it finds is measured on the ellipsoid.
"""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from numbers import Real
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from geosec.arguments import describe_given, require_number, require_text, require_whole
from geosec.crs import require_points
from geosec.errors import ParameterError, UnknownNameError, near_misses
from geosec.geodesy.geodesics import distance_between_m, geodesic_distance_m
from geosec.geodesy.sphere import Site, bound_arcs, least_geodesic_m, pack_tree, to_sphere
from geosec.shared import OneAtATime, take_turns

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd

_FEW = 16  # fewer are measured faster one by one than as arrays
_BY_DISTANCE = itemgetter(1, 0)  # then by name


class Neighbour(NamedTuple):
    """An identifier near a place, and the geodesic distance between them in metres."""

    id: str
    distance_m: float


class LiveIndex(OneAtATime):
    """Points that come and go, searched in geodesic metres.

    An answer is that of a batch index over the points that are in at the time. Points at one
    place, as geocoded incidents often are, cost the tree one entry. Threads may share an index:
    it lets in one at a time.

    Examples
    --------
    >>> live = LiveIndex()
    >>> live.insert("quetta", 67.0, 30.18)
    >>> live.insert("mach", 67.33, 29.87)
    >>> [near.id for near in live.nearest(67.1, 30.1, k=1)]
    ['quetta']
    >>> live.delete("quetta")
    >>> len(live)
    1
    """

    def __init__(self) -> None:
        super().__init__()  # two threads in the tree at a time tear it
        self._sites: dict[int, Site] = {}
        self._number_at: dict[tuple[float, float], int] = {}
        self._number_of: dict[str, int] = {}
        self._next = 0
        self._tree = pack_tree(self._sites)

    @classmethod
    def from_points(cls, points: gpd.GeoSeries) -> LiveIndex:
        """Build an index of many points at once, much faster than one by one.

        Parameters
        ----------
        points : geopandas.GeoSeries
            Points in any CRS, indexed by identifier, as ``located.geometry`` is.

        Returns
        -------
        LiveIndex

        Raises
        ------
        ParameterError
            If a point is missing, or an identifier comes twice or is no text.
        SchemaError
            If one of them is no point.
        CRSError
            If the points have no CRS, or coordinates that it cannot have.

        Examples
        --------
        >>> import geosec
        >>> live = LiveIndex.from_points(geosec.load_rail_stations().geometry)
        >>> live.nearest(67.33, 29.87)[0].id
        'mach'
        """
        points = require_points(points, "points")
        names = points.index.tolist()
        _check_names(names, (points.isna() | points.is_empty).tolist())
        live = cls()
        for name, lon, lat in zip(names, points.x.tolist(), points.y.tolist(), strict=True):
            live._put(name, lon, lat)
        live._tree = pack_tree(live._sites)
        return live

    def __len__(self) -> int:
        return len(self._number_of)

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._number_of

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._number_of))

    @take_turns
    def insert(self, identifier: str, lon: float, lat: float) -> None:
        """Add a point.

        Parameters
        ----------
        identifier : str
            A name that is not in the index yet.
        lon, lat : float
            Degrees in EPSG:4326.

        Raises
        ------
        ParameterError
            If the identifier is there already, or the coordinates are on no globe.

        Examples
        --------
        >>> live = LiveIndex()
        >>> live.insert("sibi", 67.88, 29.54)
        >>> "sibi" in live
        True
        """
        identifier = require_text(identifier, "identifier")
        if identifier in self._number_of:
            msg = f"{identifier!r} is in the index already; use `update` to move it."
            raise ParameterError(msg)
        _check(lon, lat)
        number, fresh = self._put(identifier, float(lon), float(lat))
        if fresh:
            self._tree.insert(number, self._sites[number].xyz * 2)

    @take_turns
    def delete(self, identifier: str) -> None:
        """Take a point out.

        Parameters
        ----------
        identifier : str
            A name in the index. Its coordinates (EPSG:4326) need not be told again.

        Raises
        ------
        UnknownNameError
            If it is not there.

        Examples
        --------
        >>> LiveIndex().delete("sibi")
        Traceback (most recent call last):
        ...
        geosec.errors.UnknownNameError: 'sibi' is not in the index, which is empty.
        """
        identifier = require_text(identifier, "identifier")
        if identifier not in self._number_of:
            told = (
                f"; {near_misses(identifier, self._number_of)}"
                if self._number_of
                else ", which is empty."
            )
            msg = f"{identifier!r} is not in the index{told}"
            raise UnknownNameError(msg)
        number = self._number_of.pop(identifier)
        site = self._sites[number]
        del site.names[bisect_left(site.names, identifier)]
        if not site.names:
            del self._sites[number], self._number_at[site.lon, site.lat]
            self._tree.delete(number, site.xyz * 2)

    @take_turns
    def update(self, identifier: str, lon: float, lat: float) -> None:
        """Move a point.

        Parameters
        ----------
        identifier : str
            A name in the index.
        lon, lat : float
            Its new place, degrees in EPSG:4326.

        Raises
        ------
        UnknownNameError
            If it is not there.
        ParameterError
            If the coordinates are on no globe; the point then stays where it was.

        Examples
        --------
        >>> live = LiveIndex()
        >>> live.insert("train", 67.0, 30.18)
        >>> live.update("train", 67.33, 29.87)
        >>> round(live.nearest(67.33, 29.87)[0].distance_m)
        0
        """
        _check(lon, lat)
        identifier = require_text(identifier, "identifier")
        number = self._number_of.get(identifier)
        if number is None or self._sites[number][:2] != (lon, lat):
            self.delete(identifier)
            self.insert(identifier, lon, lat)

    @take_turns
    def nearest(self, lon: float, lat: float, k: int = 1) -> list[Neighbour]:
        """Find the nearest points.

        Parameters
        ----------
        lon, lat : float
            Degrees in EPSG:4326.
        k : int, default 1
            How many; fewer are given where the index holds fewer.

        Returns
        -------
        list of Neighbour
            The nearest first, distances in metres; of two equally near the lower name first.

        Raises
        ------
        ParameterError
            If `k` is less than 1 or the coordinates are on no globe.

        Examples
        --------
        >>> LiveIndex().nearest(67.0, 30.0)
        []
        """
        k = require_whole(k, "k")
        _check(lon, lat)
        here, asked = to_sphere(lon, lat), k + 1
        while True:
            numbers = list(self._tree.nearest(here * 2, asked)) if self._sites else []
            found = self._measure(lon, lat, numbers, most=k)[:k]
            if len(numbers) >= len(self._sites):
                return found
            # no site that was not found is nearer than the farthest that was
            last_m = max(math.dist(here, self._sites[number].xyz) for number in numbers)
            if len(found) == k and found[-1].distance_m < least_geodesic_m(last_m):
                return found
            asked = 2 * len(numbers)

    @take_turns
    def within(self, lon: float, lat: float, distance_m: float) -> list[Neighbour]:
        """Find the points within a distance.

        Parameters
        ----------
        lon, lat : float
            Degrees in EPSG:4326.
        distance_m : float
            Metres.

        Returns
        -------
        list of Neighbour
            The nearest first, distances in metres.

        Raises
        ------
        ParameterError
            If the distance is negative or NaN, or the coordinates are on no globe.

        Examples
        --------
        >>> live = LiveIndex()
        >>> live.insert("mach", 67.33, 29.87)
        >>> live.within(67.0, 30.18, 10_000)
        []
        """
        distance_m = require_number(distance_m, "distance_m", "m")
        _check(lon, lat)
        numbers = list(self._tree.intersection(bound_arcs(lon, lat, distance_m)))
        return self._measure(lon, lat, numbers, reach_m=distance_m)

    def _put(self, identifier: str, lon: float, lat: float) -> tuple[int, bool]:
        """Put an identifier to its site; give the number of that, and whether it is a new one."""
        number = self._number_at.setdefault((lon, lat), self._next)
        fresh = number == self._next
        if fresh:
            self._next += 1
            self._sites[number] = Site(lon, lat, to_sphere(lon, lat), [])
        insort(self._sites[number].names, identifier)
        self._number_of[identifier] = number
        return number, fresh

    def _measure(
        self,
        lon: float,
        lat: float,
        numbers: list[int],
        *,
        most: int | None = None,
        reach_m: float = math.inf,
    ) -> list[Neighbour]:
        """Measure the way to sites; of the identifiers at each the first `most` by name."""
        sites = [self._sites[number] for number in numbers]
        if len(sites) > _FEW:
            lons, lats = [site.lon for site in sites], [site.lat for site in sites]
            away_m = geodesic_distance_m(lon, lat, lons, lats).tolist()
        else:
            away_m = [distance_between_m(lon, lat, site.lon, site.lat) for site in sites]
        found = [
            Neighbour(name, distance_m)
            for site, distance_m in zip(sites, away_m, strict=True)
            if distance_m <= reach_m
            for name in site.names[:most]
        ]
        return sorted(found, key=_BY_DISTANCE)

    @take_turns
    def __getstate__(self) -> dict[str, Any]:
        sites = {number: site._replace(names=[*site.names]) for number, site in self._sites.items()}
        tables = {name: dict(vars(self)[name]) for name in ("_number_at", "_number_of")}
        return {**tables, "_sites": sites, "_next": self._next}

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__init__()
        vars(self).update(state)
        self._tree = pack_tree(self._sites)


def _check(lon: Any, lat: Any) -> None:
    """Refuse coordinates that are on no globe."""
    are_numbers = isinstance(lon, Real) and isinstance(lat, Real)
    if not (are_numbers and abs(lon) <= 360 and abs(lat) <= 90):
        said = f"longitude {describe_given(lon)} and latitude {describe_given(lat)}"
        msg = f"{said} are on no globe; give degrees, longitude first."
        raise ParameterError(msg)


def _check_names(names: list[str], missing: list[bool]) -> None:
    """Refuse identifiers that are no text or come twice, and those without a point."""
    seen: set[str] = set()
    for name, bare in zip(names, missing, strict=True):
        is_text = isinstance(name, str)
        if bare or not is_text or name in seen:
            found = "has none" if bare else "comes twice" if is_text else "is no text"
            msg = (
                f"`points` needs one point for each identifier in its index, and {name!r} {found}."
            )
            raise ParameterError(msg)
        seen.add(name)
