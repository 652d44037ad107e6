"""What a table is told where the ground of a verb is not the ground of its places."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np

from geosec.assignment.units import find_overlaps
from geosec.errors import GeosecWarning
from geosec.geodesy.areas import AreaIndex
from geosec.reference.boundaries import load_boundaries
from geosec.shared import build_once

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geosec.assignment.sources import Source
    from geosec.assignment.units import Units
    from geosec.uncertainty.table_footprints import TableFootprints

    Rows = NDArray[np.intp] | slice

_NEARLY_ALL = 0.9  # of the places of a table; a few beyond the border are no sign of anything


def warn_of_ground(
    source: Source, footprints: TableFootprints, units: Sequence[NDArray[np.int64]], which: Rows
) -> None:
    """Warn where nearly no place lies in a unit, and where units of a caller overlap at places.

    `units` are those of the footprints for each level, -1 for none; `which` is that of each row.
    """
    placed = ~np.isnan(footprints.lon)[which]
    lost = placed & np.all([unit[which] < 0 for unit in units], axis=0) if units else ~placed
    if _is_nearly_all(lost, placed):
        told = f"of {placed.sum():,} places, {lost.sum():,} lie in "
        if source.is_shipped:
            _warn(
                f"{told}no unit of Pakistan, whose boundaries ship with geosec; give those of "
                "another country with `boundaries=`."
            )
        else:
            _warn(f"{told}none of the units of `boundaries`: do both tell the same country?")
    if not source.is_shipped:
        for own, unit in zip(source.units, units[-len(source.units) :], strict=False):
            _warn_of_overlaps(own, footprints, unit, which)


def _warn_of_overlaps(
    units: Units, footprints: TableFootprints, unit: NDArray[np.int64], which: Rows
) -> None:
    """Warn of places that lie in two units of one level, of which the first was taken."""
    other = find_overlaps(units, footprints, unit)[which]
    rows = np.flatnonzero(other >= 0)
    if rows.size:
        name = units.names.iloc[other[rows[0]]]
        _warn(
            f"{rows.size:,} places lie in two units of `boundaries` ({units.level}) that "
            f"overlap, as in {name!r} and another, and took the one that comes first.",
            levels=5,
        )


def warn_of_foreign_railway(
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    offset_m: NDArray[np.float64],
    max_offset_m: float,
) -> None:
    """Warn where nearly all places are out of reach of the shipped railway, and out of its country.

    Points are degrees in EPSG:4326, NaN for none; offsets are metres from the nearest line.
    """
    placed = ~np.isnan(offset_m)
    far = offset_m > max_offset_m
    if not _is_nearly_all(far, placed):
        return
    abroad = far & (_index_country().find_holder(lon, lat) < 0)
    if _is_nearly_all(abroad, placed):
        _warn(
            f"of {placed.sum():,} places, {abroad.sum():,} lie outside Pakistan, whose railway "
            f"ships with geosec, the nearest {offset_m[abroad].min() / 1000:,.0f} km from a line; "
            "give the railway of another country with `network=`.",
        )


def _is_nearly_all(some: NDArray[np.bool_], placed: NDArray[np.bool_]) -> bool:
    return bool(some.any() and some.sum() >= _NEARLY_ALL * placed.sum())


def _warn(text: str, *, levels: int = 4) -> None:
    warnings.warn(text, GeosecWarning, stacklevel=levels)


@build_once
def _index_country() -> AreaIndex:
    return AreaIndex(load_boundaries("adm0"))
