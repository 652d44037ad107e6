"""Counts of cells when some cells are denser than others, learned from the incidents themselves.

A footprint that is evenly filled says that its incident may be anywhere in it. But if one section
has many incidents, one that may be there or next door is more likely there; evenly filled, the
draws of a hot section spill into its neighbours, once more after its reports did. So each incident
is drawn in turns with the densities of the cells (data augmentation: M. A. Tanner and W. H. Wong
1987, doi:10.1080/01621459.1987.10478458): given the densities, its cell is as probable as its share
of draws there times the density; given the counts, densities are drawn from gamma distributions
round the mean of their kind of cell, with half an incident's weight. The start is found by
expectation and maximisation (Y. Vardi, L. A. Shepp and L. Kaufman 1985,
doi:10.1080/01621459.1985.10477119).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geosec.analysis.corridor_cells import draw_cells
from geosec.geodesy.compiled import load_loops
from geosec.geodesy.threads import run_in_parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from geosec.analysis.corridor_cells import Corridor, Reach
    from geosec.analysis.incident_draws import IncidentDraws

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_PRIOR = 0.5  # incidents that the mean density weighs in each cell
_STEPS, _WARM_UP, _BETWEEN = 50, 50, 5  # of the start, of the turns before the first draw, and next


@dataclass(frozen=True, eq=False)
class Allocations:
    """The cells in which open incidents may be, those of one incident behind those of another."""

    starts: Ints  #: first cell of each incident, and one behind the last of all
    cells: Ints
    shares: Floats  #: of the incident's draws that are in the cell
    states: NDArray[np.uint64]  #: of the random numbers of each incident

    def __len__(self) -> int:
        return len(self.states)

    def weigh(self, density: Floats) -> Floats:
        """Give the probability of each cell of each incident, if cells are as dense as said."""
        weights = np.empty(len(self.cells))
        fill = load_loops("analysis.loops").fill_weights
        columns = self.starts, self.cells, self.shares, density
        run_in_parts(lambda first, end: fill(*columns, (first, end), weights), len(self))
        return weights

    def pick(self, density: Floats) -> Ints:
        """Draw a cell for each incident, if cells are as dense as said."""
        picked = np.empty(len(self), dtype="int64")
        fill = load_loops("analysis.loops").pick_cells
        columns = self.starts, self.cells, self.shares, density, self.states
        run_in_parts(lambda first, end: fill(*columns, (first, end, picked)), len(self))
        return picked

    def sum_up(self, cell: Ints, count: int) -> Floats:
        """Count what `count` cells have of incidents whose cell is known, and of the open ones."""
        own = self.cells < count
        sure = np.bincount(cell[(cell >= 0) & (cell < count)], minlength=count)
        return np.asarray(
            sure + np.bincount(self.cells[own], self.shares[own], minlength=count), dtype="float64"
        )


def allocate(draws: IncidentDraws, corridor: Corridor, reach: Reach) -> Allocations:
    """Draw the open incidents, and tally the cells of each."""
    counts, cells, times = [], [], []
    rows = np.flatnonzero(reach.is_open)
    for _, drawn in draw_cells(draws, corridor, rows):
        found, many = np.empty_like(drawn), np.empty_like(drawn)

        _tally_cells(drawn, found, many)
        kept = found >= 0
        counts.append(kept.sum(axis=1))
        cells.append(found[kept])
        times.append(many[kept])
    none = np.empty(0, dtype="int64")
    starts = np.append(0, np.cumsum(np.concatenate([none, *counts]))).astype("int64")
    shares = np.concatenate([none, *times]) / draws.draws
    states = draws.make_states(rows, "cell")
    return Allocations(starts, np.concatenate([none, *cells]), shares, states)


def _tally_cells(drawn: Ints, found: Ints, many: Ints) -> None:
    tally = load_loops("analysis.loops").tally_cells
    run_in_parts(
        lambda first, end: tally(drawn, first, end, found, many), len(drawn), rows=drawn.size
    )


def learn_counts(
    draws: IncidentDraws, corridor: Corridor, reach: Reach, found: Allocations
) -> Floats:
    """Draw the counts of sections together with the densities: (sections, draws)."""
    count, cells = corridor.count, corridor.count_cells
    sure = np.bincount(reach.cell[reach.cell >= 0], minlength=2 * cells).astype("float64")
    if not len(found):
        return np.repeat(sure[:count, None], draws.draws, axis=1)
    areas = corridor.areas_m2
    kinds = np.repeat([0, 1], count)

    def tell_density(total: Floats, draw: Callable[[Floats], Floats]) -> Floats:
        own = total[: cells - 1] + total[cells : 2 * cells - 1]  # on days that do not count, too
        mean = (np.bincount(kinds, own) + _PRIOR) / np.bincount(kinds, areas)
        density = draw(own + _PRIOR) / (areas + _PRIOR / mean[kinds])
        return np.tile(np.append(density, mean[1]), 2)

    total: Floats = sure + np.bincount(found.cells, found.shares, minlength=2 * cells)
    for _ in range(_STEPS):
        weights = found.weigh(tell_density(total, np.asarray))
        total = sure + np.bincount(found.cells, weights, minlength=2 * cells)
    random = np.random.default_rng(draws.seed % 2**63)
    counts = np.empty((count, draws.draws))
    for turn in range(_WARM_UP + _BETWEEN * draws.draws):
        picked = found.pick(tell_density(total, random.standard_gamma))
        total = sure + np.bincount(picked, minlength=2 * cells)
        draw, between = divmod(turn - _WARM_UP, _BETWEEN)
        if draw >= 0 and between == _BETWEEN - 1:
            counts[:, draw] = total[:count]
    return counts


def draw_counts(draws: IncidentDraws, corridor: Corridor, reach: Reach) -> Floats:
    """Count sections in each draw of evenly filled footprints: (sections, draws)."""
    count = corridor.count
    sure = np.bincount(reach.cell[reach.cell >= 0], minlength=count)[:count]
    counts = np.repeat(sure, draws.draws)
    for _, cell in draw_cells(draws, corridor, np.flatnonzero(reach.is_open)):
        draw = np.broadcast_to(np.arange(draws.draws), cell.shape)
        hit = cell < count
        counts += np.bincount(cell[hit] * draws.draws + draw[hit], minlength=len(counts))
    return counts.reshape(count, draws.draws).astype("float64")
