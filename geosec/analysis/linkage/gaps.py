"""How far apart the rows of pairs are, in space and time, with intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geosec.geodesy.geodesics import geodesic_distance_m
from geosec.uncertainty.open_rows import find_interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geosec.analysis.incident_draws import IncidentDraws, Rows
    from geosec.analysis.linkage.near_pairs import CandidatePairs

    Floats = NDArray[np.float64]
    DrawsPair = tuple[IncidentDraws, IncidentDraws]

_DAY = np.timedelta64(1, "D")


def count_days(draws: DrawsPair, pairs: CandidatePairs) -> dict[str, NDArray[np.int64]]:
    """Count the days between the dates, and the fewest and the most between the spans."""
    one, other = draws
    first_a, last_a = one.first_day[pairs.a], one.last_day[pairs.a]
    first_b, last_b = other.first_day[pairs.b], other.last_day[pairs.b]
    most = np.maximum(last_b - first_a, last_a - first_b)
    return {
        "days_apart": (np.abs(first_b - first_a) / _DAY).astype("int64"),
        "days_apart_low": pairs.gap_days.astype("int64"),
        "days_apart_high": (most / _DAY).astype("int64"),
    }


def measure_intervals(
    draws: DrawsPair, pairs: CandidatePairs, *, measured: bool
) -> tuple[Floats, Floats]:
    """Measure the 95 % interval of each distance, in metres, from draws of both rows."""
    low_m, high_m = (np.full(len(pairs.a), np.nan) for _ in range(2))
    if not measured:
        return low_m, high_m
    one, other = draws
    for chunk in one.split_rows(np.arange(len(pairs.a))):
        places = [
            _draw_each(side, rows[chunk]) for side, rows in ((one, pairs.a), (other, pairs.b))
        ]
        away_m = geodesic_distance_m(*places[0].T, *places[1].T).T
        low_m[chunk], high_m[chunk] = find_interval(away_m)
    return np.fmin(low_m, pairs.distance_m), np.fmax(high_m, pairs.distance_m)


def _draw_each(side: IncidentDraws, rows: Rows) -> Floats:
    """Draw the places of rows, each distinct one once: (rows, draws, 2)."""
    distinct, which = np.unique(rows, return_inverse=True)
    return side.draw_places(distinct)[which]
