"""What two rows say for and against being one event, as numbers: 0 where they say nothing.

Places and days are weighed as logarithms of likelihood ratios. Places: how probable it is that two
sources mean one spot and put it where they did, over two spots anywhere in a disc of 50 km. A
footprint is taken as a round normal distribution of its own second moment, a polygon as an even
one; so two vague places that agree say little, and two exact ones much. Days: the same over 31
days, with the errors that one source's day has against another's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geosec.analysis.linkage.shapes import FootprintShapes
from geosec.analysis.linkage.words import (
    compare_actors,
    compare_stories,
    compare_types,
    compare_words,
)
from geosec.analysis.toll_ranges import read_toll_ranges

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    from numpy.typing import NDArray

    from geosec.analysis.incident_draws import IncidentDraws
    from geosec.analysis.linkage.near_pairs import CandidatePairs
    from geosec.analysis.toll_ranges import TollRanges
    from geosec.uncertainty.table_footprints import TableFootprints

    Floats = NDArray[np.float64]
    Rows = NDArray[np.intp]

FEATURES = (
    *("place", "days", "type_agrees", "type_differs", "actor_agrees", "actor_differs"),
    *("toll_agrees", "toll_differs", "location_agrees", "location_differs"),
    *("summary_agrees", "summary_differs"),
)
_SCATTER_M = 1_500.0  # standard error of where a coder puts a known place, on each axis
ANYWHERE_M2 = np.pi * 50_000.0**2  #: in which two rows that are not one may lie
_MISPLACED = 0.03  # share of rows whose place is wrong
MONTH = 31  #: days over which they may be
_SAME_DAY, _NEXT_DAY, _FALL = 0.80, 0.08, 0.25  # shares of rows so many days from another source's
_REACH_DAYS = 15
_MIDDLE = 0.5  # likeness of words that speaks neither for nor against


class EvidenceReader:
    """Reads the evidence of pairs of rows of two tables."""

    def __init__(
        self, tables: tuple[pd.DataFrame, pd.DataFrame], draws: tuple[IncidentDraws, IncidentDraws]
    ) -> None:
        self._one, self._other = draws
        self._shapes = tuple(FootprintShapes(each.footprints) for each in draws)
        self._compare: dict[str, Callable[[Rows, Rows], Floats]] = {
            "type": compare_types(*tables),
            "actor": compare_actors(*tables),
            "location": compare_words(*tables, "location"),
            "summary": compare_stories(*tables),
        }
        self.tolls = tuple(read_toll_ranges(table) for table in tables)

    def read(self, pairs: CandidatePairs) -> Floats:
        """Read the evidence of pairs: a row for each, a column for each of `FEATURES`."""
        columns: dict[str, Floats] = {
            "place": self._weigh_places(pairs),
            "days": weigh_days(self._one, self._other, pairs.a, pairs.b),
        }
        for name, compare in self._compare.items():
            away = np.nan_to_num((compare(pairs.a, pairs.b) - _MIDDLE) / (1 - _MIDDLE))
            columns[f"{name}_agrees"] = np.maximum(away, 0.0)
            columns[f"{name}_differs"] = np.maximum(-away, 0.0)
        ours, theirs = self.tolls
        agrees, differs = weigh_tolls(ours.take(pairs.a), theirs.take(pairs.b))
        columns["toll_agrees"], columns["toll_differs"] = agrees, differs
        return np.column_stack([columns[name] for name in FEATURES])

    def is_within(self, pairs: CandidatePairs, distance_m: float) -> NDArray[np.bool_]:
        """Mark the pairs whose footprints can be so near, their shapes looked at."""
        one, other = self._one.footprints, self._other.footprints
        from_a, from_b = self._measure_beyond_m(pairs)
        gap_m = np.fmax(from_a - other.reach_m[pairs.b], from_b - one.reach_m[pairs.a])
        return ~(gap_m > distance_m)

    def _measure_beyond_m(self, pairs: CandidatePairs) -> tuple[Floats, Floats]:
        """Measure from each point to the shape of the other row, NaN where that is a disc."""
        one, other = self._one.footprints, self._other.footprints
        ours, theirs = self._shapes
        return (
            ours.measure_m(pairs.a, other.lon[pairs.b], other.lat[pairs.b]),
            theirs.measure_m(pairs.b, one.lon[pairs.a], one.lat[pairs.a]),
        )

    def _weigh_places(self, pairs: CandidatePairs) -> Floats:
        """Weigh where two rows say it was."""
        one, other = self._one.footprints, self._other.footprints
        spread_m2 = 2 * _SCATTER_M**2 + _square(one, pairs.a) + _square(other, pairs.b)
        beyond_m = np.fmin(*self._measure_beyond_m(pairs))
        away_m = np.where(np.isnan(beyond_m), pairs.distance_m, beyond_m)
        ours, theirs = self._shapes
        area_m2 = np.maximum(ours.area_m2[pairs.a], theirs.area_m2[pairs.b])
        fit = np.log(ANYWHERE_M2 / (area_m2 + 2 * np.pi * spread_m2)) - away_m**2 / (2 * spread_m2)
        return np.asarray(np.logaddexp(np.log1p(-_MISPLACED) + fit, np.log(_MISPLACED)))


def _square(footprints: TableFootprints, rows: Rows) -> Floats:
    """Give the variance on each axis, in square metres; 0 for shapes, which are measured."""
    spread_m2 = np.square(footprints.uncertainty_m) / 0.95 / 4  # of an evenly filled disc
    return np.asarray(np.where(footprints.is_shaped, 0.0, spread_m2)[rows])


def weigh_days(one: IncidentDraws, other: IncidentDraws, a: Rows, b: Rows) -> Floats:
    """Weigh the days of pairs: all days of the one span against all of the other."""
    spans = (one.first_day[a], one.last_day[a], other.first_day[b], other.last_day[b])
    first, last, from_, till = (days.astype("int64") for days in spans)
    pairs = (last - first + 1) * (till - from_ + 1)
    summed = (
        _sum_twice(till - first)
        - _sum_twice(from_ - 1 - first)
        - _sum_twice(till - last - 1)
        + _sum_twice(from_ - last - 2)
    )
    chance = 1 / MONTH
    mixed = (1 - _MISPLACED) * summed / pairs + _MISPLACED * chance
    return np.asarray(np.log(mixed / chance))


def _make_sums() -> Floats:
    """Make the sums of sums of the shares of days off, from -15 to 15 days."""
    off = np.abs(np.arange(-_REACH_DAYS, _REACH_DAYS + 1))
    shares = np.where(off == 0, _SAME_DAY, _NEXT_DAY * _FALL ** np.maximum(off - 1.0, 0.0))
    return np.cumsum(np.cumsum(shares / shares.sum()))


_SUMS = _make_sums()


def _sum_twice(days: NDArray[np.int64]) -> Floats:
    """Sum the shares up to each of all days up to one; beyond the table they grow by 1."""
    place = np.clip(days + _REACH_DAYS, -1, 2 * _REACH_DAYS)
    beyond = np.maximum(days - _REACH_DAYS, 0)
    return np.asarray(np.where(place < 0, 0.0, _SUMS[place]) + beyond)


def weigh_tolls(ours: TollRanges, theirs: TollRanges) -> tuple[Floats, Floats]:
    """Weigh tolls: how rare the toll is that both allow, and how many times apart they are.

    Both are natural logarithms, and 0 where one is missing. Large tolls are rare, so that two of 40
    say more than two of 1.
    """
    gap = np.maximum(np.log1p(ours.low) - np.log1p(theirs.high), 0.0)
    gap = np.maximum(gap, np.log1p(theirs.low) - np.log1p(ours.high))
    both = np.fmin(ours.best, theirs.best)
    known = ~np.isnan(ours.best + theirs.best)
    agrees = np.where(known & (gap == 0), np.log1p(np.where(known, both, 0.0)) + 0.5, 0.0)
    return agrees, np.where(known, np.nan_to_num(gap), 0.0)
