"""The Knox test: pairs of incidents near each other in space and in time, and dates permuted.

E. G. Knox 1964, *The detection of space-time interactions*, Applied Statistics 13:25-30,
doi:10.2307/2985220; the Monte Carlo test of N. Mantel 1967, Cancer Research 27:209-220. Places are
drawn without regard to dates, so that dates are exchangeable among drawn places too, and a test on
the pairs of several draws together, each permutation applied to all of them, keeps its level.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from geosec.analysis.drawn_points import draw_points
from geosec.analysis.point_cells import sort_into_cells, to_chord_m
from geosec.geodesy.compiled import load_loops
from geosec.geodesy.threads import run_in_threads

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geosec.analysis.incident_draws import IncidentDraws
    from geosec.analysis.point_cells import PointCells

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Days = NDArray[np.int32]

LEVEL = 0.05
_LANES = 128  # permutations that a pair is held against at a time
_MOST_WORK = 1e10  # pairs times permutations, some 8 s of one processor
_LEAST_TESTED = 5  # draws, whatever the work


@dataclass(frozen=True)
class Bands:
    """Bands of distance and of days apart, by their ends, which belong to them."""

    distances_m: tuple[float, ...]
    days: tuple[int, ...]

    @property
    def shape(self) -> tuple[int, int]:
        """How many bands of distance there are, and how many of days."""
        return len(self.distances_m), len(self.days)


@dataclass(frozen=True)
class DrawnIncidents:
    """Where and when incidents were, in each draw; a single draw where all of them are exact."""

    points: Floats  #: (draws, n, 3) metres from the Earth's centre
    days: Days  #: (draws, n) since the first of all

    @classmethod
    def of(cls, source: IncidentDraws, rows: NDArray[np.intp]) -> DrawnIncidents:
        """Draw the places and days of some rows, all of which have both."""
        first, last = (day[rows].astype("int64") for day in (source.first_day, source.last_day))
        is_exact = not source.footprints.take(rows).has_extent.any() and (first == last).all()
        draws = 1 if is_exact else source.draws
        points = draw_points(source, rows, draws)
        days = np.empty((draws, len(rows)), dtype="int64")
        days[:] = first
        for part in source.split_rows(np.flatnonzero(first != last)):
            days[:, part] = source.draw_days(rows[part]).astype("int64").T
        return cls(points, (days - first.min(initial=days.max(initial=0))).astype("int32"))


@dataclass(frozen=True)
class KnoxCounts:
    """Pairs of each cell (distance, days): in each draw, and in the draws that are tested."""

    observed: Ints  #: (draws, bands, spans)
    expected: Floats  #: the same, the mean over all permutations of the days
    tested: Ints  #: (first draws, permutations, bands, spans)

    @property
    def statistics(self) -> Ints:
        """The pairs of the tested draws together: as observed, and of each permutation behind."""
        permuted = self.tested.sum(axis=0)
        return np.concatenate([self.observed[: len(self.tested)].sum(axis=0)[None], permuted])

    def find_p_values(self) -> tuple[Floats, Floats]:
        """Find the Monte Carlo p-value of each cell, and that adjusted for the number of cells.

        The adjusted one is the chance that any cell has one as low (P. H. Westfall and S. S. Young
        1993, *Resampling-based multiple testing*, single-step minP).
        """
        each = _rank_from_above(self.statistics)
        least = each.min(axis=(1, 2))
        return each[0], (least[:, None, None] <= each[0]).mean(axis=0)

    def find_significant_share(self) -> Floats:
        """Find the share of the tested draws that are significant each by itself."""
        observed = self.observed[: len(self.tested), None]
        above = (self.tested >= observed).sum(axis=1)
        return np.asarray(((1 + above) / (1 + self.tested.shape[1]) <= LEVEL).mean(axis=0))


def _rank_from_above(values: Ints) -> Floats:
    """Give the share of the first axis that is as large as each value, or larger."""
    ordered = np.sort(values, axis=0)
    ranks = np.empty(values.shape)
    for cell in np.ndindex(values.shape[1:]):
        at = (slice(None), *cell)
        ranks[at] = len(values) - np.searchsorted(ordered[at], values[at])
    return ranks / len(values)


def count_knox(
    drawn: DrawnIncidents, bands: Bands, permutations: int, rng: np.random.Generator
) -> KnoxCounts:
    """Count pairs in all draws, and permute the days of as many as the work allows."""
    draws, count = drawn.days.shape
    near, observed = _count_observed(drawn, bands)
    expected = near[:, :, None] * _share_of_days(drawn.days, bands.days)[:, None, :]
    work = max(float(near.sum(axis=1).mean()), 1.0) * permutations
    tested = min(max(int(_MOST_WORK / work), _LEAST_TESTED), draws)
    cells = [sort_into_cells(points, bands.distances_m[-1]) for points in drawn.points[:tested]]
    permuted = np.zeros((tested, permutations, *bands.shape), dtype="int64")

    def test_draws(lanes: slice, shuffled: NDArray[np.intp], draw: int) -> None:
        days = drawn.days[draw][shuffled][cells[draw].order]
        _, found = _count(cells[draw], days, bands)
        permuted[draw, lanes] = np.moveaxis(found, -1, 0)

    for first in range(0, permutations, _LANES):
        lanes = slice(first, min(first + _LANES, permutations))
        order = np.repeat(np.arange(count)[:, None], lanes.stop - first, axis=1)
        shuffled = rng.permuted(order, axis=0)
        run_in_threads(partial(test_draws, lanes, shuffled), range(tested))
    return KnoxCounts(observed, expected, permuted)


def _count_observed(drawn: DrawnIncidents, bands: Bands) -> tuple[Ints, Ints]:
    """Count the pairs of each draw by distance, and by distance and days."""
    draws = len(drawn.days)
    near = np.zeros((draws, bands.shape[0]), dtype="int64")
    observed = np.zeros((draws, *bands.shape), dtype="int64")

    def count_draw(draw: int) -> None:
        cells = sort_into_cells(drawn.points[draw], bands.distances_m[-1])
        near[draw], found = _count(cells, drawn.days[draw][cells.order][:, None], bands)
        observed[draw] = found[..., 0]

    run_in_threads(count_draw, range(draws))
    return near, observed


def _count(cells: PointCells, days: Days, bands: Bands) -> tuple[Ints, Ints]:
    """Count pairs by distance, and by distance and days for each lane of days (n, lanes)."""
    near = np.zeros(bands.shape[0], dtype="int64")
    upto = np.zeros((*bands.shape, days.shape[1]), dtype="int64")
    squares = to_chord_m(bands.distances_m) ** 2
    arrays = cells.points, cells.starts, cells.keys, cells.sides
    most_days = np.array(bands.days, dtype="int32")
    count = load_loops("analysis.pair_loops").count_close_pairs
    count(arrays, squares, np.ascontiguousarray(days), most_days, near, upto)
    return near, np.diff(upto, axis=1, prepend=0)


def _share_of_days(days: Days, ends: tuple[int, ...]) -> Floats:
    """Find which share of all pairs of a draw is in each band of days: (draws, bands)."""
    draws, count = days.shape
    ordered = np.sort(days, axis=1)
    upto = np.empty((draws, len(ends)))
    for draw, span in np.ndindex(upto.shape):
        behind = np.searchsorted(ordered[draw], ordered[draw] + ends[span], side="right")
        upto[draw, span] = behind.sum() - count * (count + 1) / 2
    return np.asarray(np.diff(upto, axis=1, prepend=0) / max(count * (count - 1) / 2, 1))
