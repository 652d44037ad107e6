"""Donut masking: points moved by no less than one distance and no more than another.

Hampton et al. 2010 (doi:10.1093/aje/kwq248) move each point in a random direction; Zandbergen 2014
(doi:10.1155/2014/567049) reviews such masks. Two things are done otherwise. A random mask that is
released again and again averages out, so that the numbers come from a secret. And incidents at one
place, of which the mean would give the place away, move together: points are first taken to the
middle of the cell of a fine grid, then all of a cell are moved alike. Neither the other rows nor
the order of the table have a part in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from geosec.arguments import describe_given, require_number
from geosec.errors import ParameterError
from geosec.geodesy.geodesics import geodesic_direct, geodesic_distance_m
from geosec.geodesy.wgs84 import DEGREE_M

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geosec.disclosure.keys import SecretKey
    from geosec.geodesy.areas import AreaIndex

    Floats = NDArray[np.float64]
    Numbers = NDArray[np.int64]

_TRIES = 64  # candidates of each cell
_SIDE = 0.5  # of a cell, in inner radii
_HALF = 0.72  # of a cell's side, from its middle to a corner, and a little
_FEWEST = 3.0  # inner radii that the outer must have
_MOST_DECIMALS = 5
_STRETCH = 1.5  # steps of the rounding that the outer radius must have


@dataclass(frozen=True)
class Donut:
    """How far a point is moved, in metres."""

    inner_m: float  #: no less
    outer_m: float  #: no more, but where a place is so uncertain that degrees are rounded coarsely

    @classmethod
    def read(cls, given: Any) -> Donut:
        """Read the inner and the outer radius that a caller gave, in metres."""
        if not isinstance(given, tuple | list) or len(given) != 2:
            msg = (
                "`donut_m` takes the inner and the outer radius in metres, as (2_000, 10_000), and "
                f"was given {describe_given(given)}."
            )
            raise ParameterError(msg)
        inner_m, outer_m = (require_number(each, "donut_m", "m") for each in given)
        if not (inner_m > 0 and _FEWEST * inner_m <= outer_m < np.inf):
            msg = (
                f"`donut_m` is ({inner_m:g}, {outer_m:g}); the inner radius must be more than 0 m, "
                "and the outer at least three times as large."
            )
            raise ParameterError(msg)
        return cls(inner_m, outer_m)


@dataclass(frozen=True)
class Moved:
    """Masked points."""

    lon: Floats  #: degrees in EPSG:4326; NaN for no point, or where none could be found
    lat: Floats
    level: Numbers  #: position of the finest level whose unit they stayed in; as many for none
    outer_m: Floats  #: metres that each was moved at most


@dataclass(frozen=True)
class _Candidates:
    """Where each point may be moved to: as many places as there are tries."""

    lon: Floats  #: of the middles of cells, degrees in EPSG:4326
    lat: Floats
    low_m: float  #: from there, so that no point of the cell is moved less than the inner radius
    high_m: Floats
    decimals: Numbers
    numbers: Floats  #: two of each try, of each cell: (cells, tries, 2)
    cell: NDArray[np.intp]

    def move(
        self, rows: NDArray[np.intp], attempt: int
    ) -> tuple[Floats, Floats, NDArray[np.bool_]]:
        """Give longitudes and latitudes of a try, and which lie between the radii."""
        share, turn = self.numbers[self.cell[rows], attempt].T
        at, high_m = (self.lon[rows], self.lat[rows]), self.high_m[rows]
        away_m = np.sqrt(self.low_m**2 + share * (high_m**2 - self.low_m**2))
        scale = 10.0 ** self.decimals[rows]
        lon, lat = (
            np.round(each * scale) / scale for each in geodesic_direct(*at, 360.0 * turn, away_m)
        )
        away_m = geodesic_distance_m(*at, lon, lat)
        return lon, lat, (away_m >= self.low_m) & (away_m <= high_m)


def move_points(
    points: tuple[Floats, Floats, Floats],
    units: Numbers,
    areas: Sequence[AreaIndex],
    donut: Donut,
    key: SecretKey,
) -> Moved:
    """Move points, each within its unit of the finest level that is large enough.

    `points` are longitudes and latitudes in EPSG:4326 and the 95 % radii in metres; `units` is the
    unit of each at each level of `areas`, -1 where it is in none.
    """
    lon, _, uncertainty_m = points
    decimals = _choose_decimals(uncertainty_m, donut)
    is_coarse = decimals < _choose_decimals(np.zeros(1), donut)
    step_m = DEGREE_M * 10.0**-decimals
    outer_m = np.fmax(donut.outer_m, np.where(is_coarse, _STRETCH * step_m, 0.0))
    candidates = _list_candidates(points, (decimals, outer_m), donut, key)
    nothing = np.full(len(lon), np.nan)
    level = np.full(len(lon), len(areas), dtype="int64")
    moved = Moved(nothing, nothing.copy(), level, outer_m)
    is_open = ~np.isnan(lon)
    for at, area in enumerate(areas):
        own = units[:, at]
        _try_rows(is_open & (own >= 0), candidates, moved, area, own)
        level[is_open & ~np.isnan(moved.lon)] = at
        is_open &= np.isnan(moved.lon)
    is_home = (units >= 0).any(axis=1)
    if areas:  # no unit was large enough: anywhere in the country
        _try_rows(is_open & is_home, candidates, moved, areas[-1], None)
    _try_rows(is_open & ~is_home, candidates, moved, None, None)
    return moved


def _list_candidates(
    points: tuple[Floats, Floats, Floats],
    rounding: tuple[Numbers, Floats],
    donut: Donut,
    key: SecretKey,
) -> _Candidates:
    """List where points may be moved to, by decimals of degrees and outer radii in metres."""
    decimals, outer_m = rounding
    side_m = _SIDE * donut.inner_m
    margin_m = _HALF * side_m
    lon, lat, names = _find_cells(points[0], points[1], side_m)
    texts, cell = np.unique(names, return_inverse=True)
    purpose = f"donut {donut.inner_m:g} {donut.outer_m:g}"
    numbers = key.make_numbers(purpose, texts.tolist(), 2 * _TRIES).reshape(-1, _TRIES, 2)
    low_m, high_m = donut.inner_m + margin_m, outer_m - margin_m
    return _Candidates(lon, lat, low_m, high_m, decimals, numbers, cell.ravel())


def _choose_decimals(uncertainty_m: Floats, donut: Donut) -> Numbers:
    """Choose decimals of degrees: steps no longer than the inner radius, or half a place's."""
    step_m = np.fmax(donut.inner_m, uncertainty_m / 2)
    wanted = np.ceil(np.log10(DEGREE_M / step_m))
    return np.clip(wanted, 0, _MOST_DECIMALS).astype("int64")


def _find_cells(lon: Floats, lat: Floats, side_m: float) -> tuple[Floats, Floats, NDArray[np.str_]]:
    """Find the middle of each point's cell, degrees in EPSG:4326, and a text that names it."""
    height = side_m / DEGREE_M
    row = np.floor(np.nan_to_num(lat) / height)
    middle_lat = np.clip((row + 0.5) * height, -90, 90)
    width = height / np.maximum(np.cos(np.radians(middle_lat)), 0.01)
    column = np.floor(np.nan_to_num(lon) / width)
    cells = [f"{y:.0f} {x:.0f}" for y, x in zip(row, column, strict=True)]
    return (column + 0.5) * width, middle_lat, np.array(cells, dtype="str")


def _try_rows(
    is_asked: NDArray[np.bool_],
    candidates: _Candidates,
    moved: Moved,
    area: AreaIndex | None,
    unit: Numbers | None,
) -> None:
    """Move rows to the first of their candidates that lies in their unit, or anywhere in `area`."""
    rows = np.flatnonzero(is_asked)
    for attempt in range(_TRIES):
        if not rows.size:
            return
        lon, lat, is_good = candidates.move(rows, attempt)
        if area is not None:
            holder = area.find_holder(lon, lat)
            is_good &= (holder >= 0) if unit is None else (holder == unit[rows])
        good = rows[is_good]
        moved.lon[good], moved.lat[good] = lon[is_good], lat[is_good]
        rows = rows[~is_good]
