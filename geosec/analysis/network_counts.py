"""How many incidents each lixel of a railway has in each draw."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geosec.analysis.left_out import warn_of_rows
from geosec.errors import GeosecWarning

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geosec.analysis.incident_draws import IncidentDraws, Rows
    from geosec.analysis.periods import Period
    from geosec.railway.lixels import Lixels

    Bools = NDArray[np.bool_]


class NetworkCounts(NamedTuple):
    """What was counted, and what was not."""

    counts: NDArray[np.int32]  #: (lixels, draws)
    left_out: dict[str, int]  #: how many incidents do not count in any draw, by the reason

    @property
    def on_track(self) -> float:
        """Give the mean number of incidents on the railway."""
        return float(self.counts.sum(dtype="int64") / self.counts.shape[1])


def count_on_track(
    own: IncidentDraws, lixels: Lixels, max_offset_m: float, days: Period | None
) -> NetworkCounts:
    """Count the incidents of each lixel in each draw, those of a period if there is one.

    Only those whose footprint may reach the railway are drawn, and of them those alone whose
    place, or day, is not known exactly.
    """
    places = own.footprints
    left_out, rows = _find_countable(own, days)
    reach_m = places.reach_m[rows]
    most_m = max_offset_m + float(np.max(reach_m, initial=0.0))
    offset_m = lixels.index.project(places.lon[rows], places.lat[rows], most_m).offset_m
    near = offset_m - reach_m <= max_offset_m
    is_fixed = (reach_m == 0) & (True if days is None else days.holds(own)[rows])
    counts = np.zeros((len(lixels), own.draws), dtype="int32")
    fixed = rows[near & is_fixed]
    at = lixels.find(places.lon[fixed], places.lat[fixed], max_offset_m)
    counts += np.bincount(at[at >= 0], minlength=len(lixels))[:, None].astype("int32")
    reached = len(fixed)
    for part in own.split_rows(rows[near & ~is_fixed]):
        lon, lat = own.draw_places(part).reshape(-1, 2).T
        at = lixels.find(lon, lat, max_offset_m)
        there = np.flatnonzero((at >= 0) & _is_counted(own, part, days))
        np.add.at(counts.reshape(-1), at[there] * own.draws + there % own.draws, np.int32(1))
        reached += len(np.unique(there // own.draws))
    left_out = {"incidents": len(own), **left_out}
    return NetworkCounts(counts, {**left_out, "out_of_reach": len(rows) - reached})


def _find_countable(own: IncidentDraws, days: Period | None) -> tuple[dict[str, int], Rows]:
    """Find the rows that may count wherever they are, and why the others do not."""
    lost = {"unplaced": ~own.is_placed}
    if days is not None:
        lost["undated"] = own.is_placed & ~own.is_dated & days.is_dated
        lost["outside_period"] = own.is_placed & ~lost["undated"] & ~days.may_hold(own)
    rows = np.flatnonzero(~np.any(list(lost.values()), axis=0))
    return {why: int(which.sum()) for why, which in lost.items()}, rows


def _is_counted(own: IncidentDraws, rows: Rows, days: Period | None) -> Bools | bool:
    """Say which draws of some rows, one row behind another, fall into the period."""
    if days is None or not days.is_dated:
        return True
    return days.has(own.draw_days(rows)).ravel()


def warn_of_left_out(left_out: dict[str, int], max_offset_m: float) -> None:
    """Warn of rows without a place or a date, and where nothing is near the railway."""
    warn_of_rows(left_out, "estimate_network_density", levels=4)
    far, incidents = left_out["out_of_reach"], left_out["incidents"]
    if far and 2 * incidents == sum(left_out.values()):
        msg = (
            f"none of {far:,} incidents lies within {max_offset_m:,.0f} m of the railway in any "
            "draw; another country needs its own `network`, and a wider strip a `max_offset_m`."
        )
        warnings.warn(msg, GeosecWarning, stacklevel=3)
