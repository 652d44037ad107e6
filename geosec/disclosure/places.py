"""Where incidents are told to be: in a unit large enough, or at a point moved by a donut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geosec.disclosure.masking import move_points
from geosec.disclosure.suppression import roll_up
from geosec.geodesy.geodesics import geodesic_distance_m

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geosec.disclosure.grounds import Ground
    from geosec.disclosure.keys import SecretKey
    from geosec.disclosure.masking import Donut
    from geosec.uncertainty.table_footprints import TableFootprints

    Floats = NDArray[np.float64]
    Numbers = NDArray[np.int64]

_STEPS = np.array([1.0, 1.6, 2.5, 4.0, 6.3])  # of radii: Renard's R5 (ISO 3)
_KILO = 1000
_SURE = 0.95  # of the places that are told by a unit, on average in it: they are told its border
_TITLES = {"adm2": "the district", "adm1": "the province", "adm0": "the country"}


@dataclass(frozen=True)
class Placed:
    """Where each row is told to be."""

    lon: Floats  #: degrees in EPSG:4326; NaN for no place
    lat: Floats
    uncertainty_m: Floats  #: radius round it that holds the true place with 95 %
    shapes: NDArray[np.object_]  #: footprints, None for a disc
    level: Numbers  #: at which level of the ground its unit is told; as many for none
    told: NDArray[np.object_]  #: what was done to it, in a sentence


def place_in_units(footprints: TableFootprints, ground: Ground, k: int) -> Placed:
    """Tell each row by the point and the polygon of its unit, or of a larger one with k rows."""
    level = roll_up(ground.paths, k)
    rows = len(footprints)
    lon, lat, radius_m = (np.full(rows, np.nan) for _ in range(3))
    shapes = np.full(rows, None, dtype="object")
    for at, own in enumerate(ground.levels):
        here = np.flatnonzero(level == at)
        unit = ground.paths[here, at]
        lon[here], lat[here] = own.lon[unit], own.lat[unit]
        away_m = geodesic_distance_m(
            lon[here], lat[here], footprints.lon[here], footprints.lat[here]
        )
        reach_m = own.reach_m.copy()  # one for all rows of a unit, so that none stands out in it
        np.fmax.at(reach_m, unit, away_m + footprints.uncertainty_m[here])
        radius_m[here] = reach_m[unit]
        holds = _average(ground.share[here, at], unit, len(own.shapes)) >= _SURE
        shapes[here[holds[unit]]] = own.shapes[unit[holds[unit]]]
    told = np.array([_tell_unit(each.name) for each in ground.levels], dtype="object")[level]
    return Placed(lon, lat, round_up_m(radius_m), shapes, level, told)


def _average(share: Floats, unit: Numbers, units: int) -> Floats:
    """Take the mean over the rows of each unit: alike for all, so that none stands out in it."""
    rows = np.bincount(unit, minlength=units)
    return np.bincount(unit, share, minlength=units) / np.maximum(rows, 1)


def mask_places(
    footprints: TableFootprints, ground: Ground, donut: Donut, key: SecretKey
) -> Placed:
    """Move each point by a donut, within its unit where that is large enough."""
    levels = len(ground.areas)
    units = ground.paths[:, :levels]
    uncertainty_m = np.nan_to_num(footprints.uncertainty_m)
    points = footprints.lon, footprints.lat, uncertainty_m
    moved = move_points(points, units, ground.areas, donut, key)
    radius_m = np.where(np.isnan(moved.lon), np.nan, moved.outer_m + uncertainty_m)
    shapes = np.full(len(footprints), None, dtype="object")
    sentence = (
        f"The point was moved by {donut.inner_m / _KILO:g} to {donut.outer_m / _KILO:g} km in a "
        "direction that is kept secret, and its degrees were rounded"
    )
    told = np.array(
        [f"{sentence}; it stays within {_TITLES[each.name]}." for each in ground.levels[:levels]]
        + [f"{sentence}."] * (len(ground.levels) + 1 - levels),
        dtype="object",
    )[moved.level]
    told[np.isnan(moved.lon)] = "No place is given."
    level = np.where(ground.paths[:, -1] >= 0, moved.level, len(ground.levels))
    return Placed(moved.lon, moved.lat, round_up_m(radius_m), shapes, level, told)


def combine(coarse: Placed, fine: Placed) -> Placed:
    """Take the masked point of rows that are told by the finest unit, and the unit of others."""
    is_fine = (coarse.level == 0) & (fine.level == 0) & ~np.isnan(fine.lon)
    pairs = {
        name: np.where(is_fine, getattr(fine, name), getattr(coarse, name))
        for name in ("lon", "lat", "uncertainty_m", "shapes", "told")
    }
    return Placed(level=coarse.level, **pairs)


def round_up_m(radius_m: Floats) -> Floats:
    """Round radii up to steps, so that none tells which incident it belongs to.

    >>> round_up_m(np.array([9_400.0, 12_000.0, 26_000.0])).tolist()
    [10000.0, 16000.0, 40000.0]
    """
    known = np.where(radius_m > 0, radius_m, 1.0)
    decade = 10.0 ** np.floor(np.log10(known))
    steps = np.append(_STEPS, 10.0)
    wanted = np.searchsorted(steps, known / decade * (1 - 1e-12))
    return np.where(np.isnan(radius_m), np.nan, np.round(steps[wanted] * decade))


def _tell_unit(name: str) -> str:
    title = _TITLES.get(name, f"the H3 cell of resolution {name.partition(':')[2]}")
    return f"The place is given as {title} alone."
