"""Pairs of rows that may tell of one event: those near enough in space and time, and no others.

Rows are put into classes by how far their footprints reach and how long their spans are; for each
pair of classes a k-d tree (Maneewongvatana and Mount 1999, arXiv:cs/9901013) over vectors from the
Earth's centre and days finds what one bound for the two classes allows, and each pair found is then
measured with its own reach and span. So few vague rows do not widen the search for all others.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from geosec.analysis.extras import import_extra
from geosec.geodesy.geodesics import geodesic_distance_m, to_cartesian

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from geosec.analysis.incident_draws import IncidentDraws

    Floats = NDArray[np.float64]
    Rows = NDArray[np.intp]

_REACHES_M = (5_500.0, 30_000.0, 120_000.0, 480_000.0)  # where classes of reach end
_SPANS = (0.0, 7.0, 31.0, 366.0)  # and of spans, in days from the first to the last
_AT_A_TIME = 4_000  # rows of one side
_MOST_PAIRS = 1_000_000  # found at a time
_SLACK_M, _SLACK_DAYS = 1.0, 0.25  # that rounding may take


class Window(NamedTuple):
    """How far apart two rows may be, beyond both their footprints and both their spans."""

    distance_m: float
    days: float


class CandidatePairs(NamedTuple):
    """Pairs of rows, and how far apart they are."""

    a: Rows
    b: Rows
    distance_m: Floats  #: between the best points
    gap_days: Floats  #: between the spans, 0 where they meet

    def take(self, which: NDArray[Any]) -> CandidatePairs:
        """Take the pairs at some positions, or those that a mask marks."""
        return CandidatePairs(
            self.a[which], self.b[which], self.distance_m[which], self.gap_days[which]
        )


def join_candidates(parts: Sequence[CandidatePairs]) -> CandidatePairs:
    """Put the pairs of several searches into one; of none there are none."""
    rows, metres = np.empty(0, dtype="intp"), np.empty(0)
    columns: Any = zip(CandidatePairs(rows, rows, metres, metres), *parts, strict=True)
    return CandidatePairs(*(np.concatenate(each) for each in columns))


def find_candidates(
    one: IncidentDraws, other: IncidentDraws, window: Window
) -> Iterator[CandidatePairs]:
    """Find the pairs within a window, some thousand rows of `one` at a time.

    Rows without a place or a date are in none.
    """
    ours, theirs = _group_rows(one), _group_rows(other)
    for rows, theirs_too in product(ours, theirs):
        for start in range(0, len(rows), _AT_A_TIME):
            yield from _search(one, other, rows[start : start + _AT_A_TIME], theirs_too, window)


def _group_rows(incidents: IncidentDraws) -> list[Rows]:
    """Group the rows that have a place and a date by reach and span."""
    rows = np.flatnonzero(incidents.is_placed & incidents.is_dated)
    reach = np.searchsorted(_REACHES_M, incidents.footprints.reach_m[rows])
    span = np.searchsorted(_SPANS, _count_span_days(incidents, rows))
    key = reach * (len(_SPANS) + 1) + span
    return [rows[key == each] for each in np.unique(key)]


def _count_span_days(incidents: IncidentDraws, rows: Rows) -> Floats:
    span = incidents.last_day[rows] - incidents.first_day[rows]
    return np.asarray(span.astype("float64"))


def _search(
    one: IncidentDraws, other: IncidentDraws, ours: Rows, theirs: Rows, window: Window
) -> Iterator[CandidatePairs]:
    """Search one class of the one side for what is near rows of the other, so many at a time."""
    spatial = import_extra("scipy.spatial")
    reach_m = one.footprints.reach_m[ours], other.footprints.reach_m[theirs]
    spans = _count_span_days(one, ours), _count_span_days(other, theirs)
    most_m = window.distance_m + sum(float(each.max()) for each in reach_m) + _SLACK_M
    most_days = window.days + sum(float(each.max()) / 2 for each in spans) + _SLACK_DAYS
    trees = [
        spatial.cKDTree(_make_vectors(side, rows, most_m, most_days))
        for side, rows in ((one, ours), (other, theirs))
    ]
    if len(ours) > 1 and trees[0].count_neighbors(trees[1], 1.0, p=np.inf) > _MOST_PAIRS:
        for half in np.array_split(ours, 2):
            yield from _search(one, other, half, theirs, window)
        return
    found: Any = trees[0].sparse_distance_matrix(trees[1], 1.0, p=np.inf, output_type="ndarray")
    order = np.lexsort((found["j"], found["i"]))
    a, b = ours[found["i"][order]], theirs[found["j"][order]]
    gap_days = find_gap_days(one, other, a, b)
    near = gap_days <= window.days
    a, b, gap_days = a[near], b[near], gap_days[near]
    first, second = one.footprints, other.footprints
    away_m = geodesic_distance_m(first.lon[a], first.lat[a], second.lon[b], second.lat[b])
    near = away_m - first.reach_m[a] - second.reach_m[b] <= window.distance_m
    yield CandidatePairs(a[near], b[near], away_m[near], gap_days[near])


def _make_vectors(side: IncidentDraws, rows: Rows, most_m: float, most_days: float) -> Floats:
    """Make vectors of place and day in which the window is 1 in each direction."""
    place = to_cartesian(side.footprints.lon[rows], side.footprints.lat[rows]) / most_m
    first, last = (days[rows].astype("float64") for days in (side.first_day, side.last_day))
    return np.column_stack([place, (first + last) / 2 / most_days])


def find_gap_days(one: IncidentDraws, other: IncidentDraws, a: Rows, b: Rows) -> Floats:
    """Find how many days lie from the one span to the other, 0 where they share a day."""
    after = (other.first_day[b] - one.last_day[a]).astype("float64")
    before = (one.first_day[a] - other.last_day[b]).astype("float64")
    return np.asarray(np.maximum(np.maximum(after, before), 0.0))
