"""A search index that can grow and shrink while incidents stream in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from rtree import index

from geosec.errors import ParameterError, UnknownNameError, near_misses
from geosec.geodesy.kernels import geodesic_distance_m, to_cartesian

if TYPE_CHECKING:
    from collections.abc import Iterator

_HALF_ROUND_M = 20_100_000.0


class Neighbour(NamedTuple):
    """One place near another.

    Attributes
    ----------
    id : str
        Its identifier.
    distance_m : float
        Geodesic distance, metres.

    Examples
    --------
    >>> Neighbour("a", 12.5).distance_m
    12.5
    """

    id: str
    distance_m: float


class LiveIndex:
    """Points that come and go, searched in geodesic metres.

    The R-tree holds geocentric Cartesian coordinates, so there is no antimeridian and no pole. A
    straight chord is never longer than the geodesic above it: the tree's boxes leave out only
    what cannot be near, and what they find is measured on the ellipsoid.

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
        properties = index.Property(dimension=3)
        self._tree = index.Index(properties=properties, interleaved=True)
        self._rows: dict[str, tuple[int, float, float]] = {}
        self._names: dict[int, str] = {}
        self._next = 0

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

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
        if identifier in self._rows:
            msg = f"{identifier!r} is in the index already; use `update` to move it."
            raise ParameterError(msg)
        _check(lon, lat)
        number, self._next = self._next, self._next + 1
        self._rows[identifier] = (number, float(lon), float(lat))
        self._names[number] = identifier
        self._tree.insert(number, _box(lon, lat))

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
        if identifier not in self._rows:
            told = f"; {near_misses(identifier, self._rows)}" if self._rows else ", which is empty."
            msg = f"{identifier!r} is not in the index{told}"
            raise UnknownNameError(msg)
        number, lon, lat = self._rows.pop(identifier)
        del self._names[number]
        self._tree.delete(number, _box(lon, lat))

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
        self.delete(identifier)
        self.insert(identifier, lon, lat)

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
        if k < 1:
            msg = f"`k` must be 1 or more, and is {k}."
            raise ParameterError(msg)
        _check(lon, lat)
        if not self._rows:
            return []
        first = [self._names[number] for number in self._tree.nearest(_box(lon, lat), k)]
        reach_m = self._measured(lon, lat, first)[min(k, len(first)) - 1].distance_m
        return self.within(lon, lat, min(reach_m + 1e-3, _HALF_ROUND_M))[:k]

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
        if not distance_m >= 0:
            msg = f"`distance_m` must be 0 m or more, and is {distance_m}."
            raise ParameterError(msg)
        _check(lon, lat)
        found = self._tree.intersection(_box(lon, lat, distance_m))
        near = self._measured(lon, lat, [self._names[number] for number in found])
        return [each for each in near if each.distance_m <= distance_m]

    def _measured(self, lon: float, lat: float, names: list[str]) -> list[Neighbour]:
        if not names:
            return []
        places = np.array([self._rows[name][1:] for name in names])
        away_m = geodesic_distance_m(lon, lat, places[:, 0], places[:, 1])
        found = [Neighbour(name, float(each)) for name, each in zip(names, away_m, strict=True)]
        return sorted(found, key=lambda each: (each.distance_m, each.id))


def _check(lon: float, lat: float) -> None:
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        msg = f"longitude {lon} and latitude {lat} are on no globe; give degrees, longitude first."
        raise ParameterError(msg)


def _box(lon: float, lat: float, reach_m: float = 0.0) -> tuple[float, ...]:
    """Bound the ball of a radius round a point, in geocentric metres."""
    xyz = to_cartesian(lon, lat)
    return (*(xyz - reach_m).tolist(), *(xyz + reach_m).tolist())
