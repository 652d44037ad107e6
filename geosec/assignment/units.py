"""Which unit of a layer holds each incident, with draws only where the answer is open."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from geosec.geodesy.areas import AreaIndex
from geosec.geodesy.segments import SegmentIndex
from geosec.reference.boundaries import Level, load_boundaries
from geosec.uncertainty.layer_error import SURE, normals, shaken, standard_error_m
from geosec.uncertainty.sampling import in_chunks, is_shaped, reach_m, sample

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Units:
    """The units of one level, to be asked for those that hold points.

    Attributes
    ----------
    level : str
        Of `geosec.load_boundaries`.
    layer : geopandas.GeoDataFrame
        Polygons in EPSG:4326.
    error_m : float
        Standard error of the borders, metres.

    Examples
    --------
    >>> units = Units.load("adm1")
    >>> units.layer.index[units.areas.find_holder([67.0], [30.2])].tolist()
    ['PK-BA']
    """

    level: Level
    layer: gpd.GeoDataFrame
    error_m: float

    @classmethod
    def load(cls, level: Level, *, exact: bool = False) -> Units:
        """Take a level of the shipped boundaries.

        Parameters
        ----------
        level : {"adm1", "adm2"}
            Provinces or districts, EPSG:4326.
        exact : bool, default False
            Whether borders count as lying exactly where they are drawn.

        Returns
        -------
        Units

        Examples
        --------
        >>> Units.load("adm2", exact=True).error_m
        0.0
        """
        layer = load_boundaries(level)
        return cls(level, layer, 0.0 if exact else float(standard_error_m(layer).max()))

    @property
    def areas(self) -> AreaIndex:
        """The polygons, as an index."""
        return _areas(self.level)

    @property
    def borders(self) -> SegmentIndex:
        """Their borders, as an index."""
        return _borders(self.level)


@cache
def _areas(level: Level) -> AreaIndex:
    return AreaIndex(load_boundaries(level))


@cache
def _borders(level: Level) -> SegmentIndex:
    return SegmentIndex(load_boundaries(level))


def assigned(
    located: gpd.GeoDataFrame,
    at: tuple[NDArray[np.float64], NDArray[np.float64]],
    layers: Sequence[Units],
    draws: int,
    seed: int,
) -> list[tuple[NDArray[np.int64], NDArray[np.float64]]]:
    """Name the most probable unit of each incident, for each layer.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Geocoded incidents, EPSG:4326.
    at : tuple of arrays, shape (n,)
        Longitude and latitude of their best points.
    layers : sequence of Units
        Levels, each judged by itself.
    draws, seed : int
        Of the draws, made where the answer is open.

    Returns
    -------
    list of (unit, share)
        For each layer the position of the unit, -1 for none, and its probability; both (n,).

    Examples
    --------
    >>> import geosec
    >>> quetta = geosec.geocode(["Quetta"])
    >>> at = quetta.geometry.x.to_numpy(), quetta.geometry.y.to_numpy()
    >>> [(unit, share)] = assigned(quetta, at, [Units.load("adm1")], 99, 0)
    >>> share.tolist()
    [1.0]
    """
    lon, lat = at
    reach = reach_m(located, lon)
    found: list[tuple[NDArray[np.int64], NDArray[np.float64]]] = []
    open_ = np.zeros(len(lon), dtype="bool")
    for units in layers:
        unit = _unit_of(units, lon, lat, dict(zip(layers, found, strict=False)))
        found.append((unit, (unit >= 0).astype("float64")))
        open_ |= _is_open(units, lon, lat, reach)
    for part in in_chunks(np.flatnonzero(open_), draws):
        own = located.iloc[part]
        places = sample(own, draws, seed)
        normal = normals([str(each) for each in own.index], draws, seed=seed)
        normal[is_shaped(own)] = 0.0
        for units, (unit, share) in zip(layers, found, strict=True):
            inside = _held(units, places, normal)
            unit[part], share[part] = _most_probable(unit[part], inside, len(units.layer))
    return found


def _unit_of(
    units: Units,
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    known: Mapping[Units, tuple[NDArray[np.int64], NDArray[np.float64]]],
) -> NDArray[np.int64]:
    """Find the units that hold points; a province is that of the district, if that is known."""
    own = f"{units.level}_code"
    for finer, (unit, _) in known.items():
        if own in finer.layer.columns:
            parent = units.layer.index.get_indexer(finer.layer[own])
            return np.where(unit >= 0, parent[unit], -1)
    return units.areas.find_holder(lon, lat)


def _is_open(
    units: Units, lon: NDArray[np.float64], lat: NDArray[np.float64], reach: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Say which places are so near a border that they may be on its other side."""
    needed_m = reach + SURE * units.error_m
    most_m = float(np.nanmax(needed_m, initial=0.0))
    if most_m == 0.0:
        return np.zeros(len(lon), dtype="bool")
    away_m = units.borders.border_m(lon, lat, most_m)
    return np.asarray(away_m <= needed_m)


def _held(
    units: Units, places: NDArray[np.float64], normal: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Give the unit of each draw, (n, draws), when the borders between units are off at random.

    The outer border stays where it is: beyond it there is no unit to be in.
    """
    shape = places.shape[:2]
    lon, lat = places[..., 0].ravel(), places[..., 1].ravel()
    as_drawn = units.areas.find_holder(lon, lat).reshape(shape)
    if units.error_m == 0:
        return as_drawn
    moved = shaken(places, units.error_m, normal)
    inside = units.areas.find_holder(moved[..., 0].ravel(), moved[..., 1].ravel()).reshape(shape)
    return np.where((inside < 0) | (as_drawn < 0), as_drawn, inside)


def _most_probable(
    best: NDArray[np.int64], inside: NDArray[np.int64], count: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Count draws in units; of two with the same count the one of the best point wins."""
    rows, draws = inside.shape
    keys = np.arange(rows)[:, None] * (count + 1) + np.where(inside < 0, count, inside)
    counts = np.bincount(keys.ravel(), minlength=rows * (count + 1)).reshape(rows, count + 1)[
        :, :-1
    ]
    favour = counts.astype("float64")
    at_best = np.flatnonzero(best >= 0)
    favour[at_best, best[at_best]] += 0.5 * (counts[at_best, best[at_best]] > 0)
    unit = np.where(counts.any(axis=1), favour.argmax(axis=1), -1)
    return unit, counts[np.arange(rows), np.maximum(unit, 0)] / draws
