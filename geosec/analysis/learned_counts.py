"""Counts of cells when some cells are denser than others, learned from the incidents themselves.

A footprint that is evenly filled says that its incident may be anywhere in it. But if one section
has many incidents, one that may be there or next door is more likely there; evenly filled, the
draws of a hot section spill into its neighbours, once more after its reports did. So each incident
is drawn in turns with the densities of the strips (data augmentation: M. A. Tanner and W. H. Wong
1987, doi:10.1080/01621459.1987.10478458): given the densities, its strip is as probable as its
share of draws there times the density; given the counts, densities are drawn from gamma
distributions round the mean of strips as far from the track, with half an incident's weight. What
is beyond the strips stays as probable as its share of draws. The start is found by
expectation and maximisation (Y. Vardi, L. A. Shepp and L. Kaufman 1985,
doi:10.1080/01621459.1985.10477119).

Only a disc no larger than the half width is a point with an error that is learned so. A larger one,
or a shape such as a district, says in which area something was; what is known so coarsely is seldom
where the well known were, and stays evenly filled, as do several readings. Incidents of one disc,
as those that a gazetteer put on one town, tell together as much of densities as one does: they were
not moved there at random, each for itself, and would else drag each other into whichever section
has more of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geosec.analysis.corridor_cells import draw_cells
from geosec.geodesy.compiled import load_loops
from geosec.geodesy.threads import run_in_parts
from geosec.uncertainty.folding import fold_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from geosec.analysis.corridor_cells import Corridor, Reach
    from geosec.analysis.incident_draws import IncidentDraws

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_ROUNDED = 1.01  # a radius that is the half width, but for its last digits, is no larger
_PRIOR = 0.5  # incidents that the mean density weighs in each cell
_PER_THREAD = 4  # incidents are picked for as fast as one other row of a loop is worked on
_STEPS, _WARM_UP, _BETWEEN = 50, 50, 5  # of the start, of the turns before the first draw, and next


@dataclass(frozen=True, eq=False)
class Allocations:
    """The cells in which open incidents may be, those of one incident behind those of another."""

    starts: Ints  #: first cell of each incident, and one behind the last of all
    cells: Ints
    shares: Floats  #: of the incident's draws that are in the cell
    states: NDArray[np.uint64]  #: of the random numbers of each incident
    told: Floats  #: how much of an incident each tells of densities; 0 for one that is even
    sure: Floats  #: how many incidents each cell has besides: all draws of them are in it

    def __len__(self) -> int:
        return len(self.states)

    def weigh(self, density: Floats) -> Floats:
        """Give the probability of each cell of each incident, if cells are as dense as said."""
        weights = np.empty(len(self.cells))
        fill = load_loops("analysis.loops").fill_weights
        found, rows = self._found, len(self) // _PER_THREAD
        run_in_parts(lambda *part: fill(found, density, *part, weights), len(self), rows=rows)
        return weights

    def pick(self, density: Floats) -> Ints:
        """Draw a cell for each incident, if cells are as dense as said; -1 for none of them."""
        picked = np.empty(len(self), dtype="int64")
        fill = load_loops("analysis.loops").pick_cells
        found, weights, rows = self._found, self.weigh(density), len(self) // _PER_THREAD
        run_in_parts(
            lambda *part: fill(found, weights, self.states, *part, picked), len(self), rows=rows
        )
        return picked

    @property
    def _found(self) -> tuple[Ints, Ints, Floats, NDArray[np.bool_]]:
        return self.starts, self.cells, self.shares, self.told > 0

    def sum_up(self, weights: Floats) -> Floats:
        """Count the incidents of all cells, the open ones with the weights of their cells."""
        return self.sure + np.bincount(self.cells, weights, minlength=len(self.sure))

    def count_coarse(self) -> Floats:
        """Count the incidents of all cells that stay evenly filled, as they are too coarse."""
        coarse = np.repeat(self.told == 0, np.diff(self.starts))
        weights = self.shares * coarse
        return np.asarray(np.bincount(self.cells, weights, minlength=len(self.sure)), "float64")

    def sum_told(self, weights: Floats) -> Floats:
        """Count what incidents tell of densities, with the weights of their cells."""
        return self.sum_up(weights * np.repeat(self.told, np.diff(self.starts)))


def allocate(draws: IncidentDraws, corridor: Corridor, reach: Reach) -> Allocations:
    """Draw the open incidents, and tally the cells of each."""
    size = 2 * corridor.count_cells
    sure = np.bincount(reach.cell[reach.cell >= 0], minlength=size).astype("float64")
    none = np.empty(0, dtype="int64")
    rows, counts, cells, times = [none], [none], [none], [none]
    for part, drawn in draw_cells(draws, corridor, np.flatnonzero(reach.is_open)):
        found, many = np.empty_like(drawn), np.empty_like(drawn)
        _tally_cells(drawn, found, many)
        is_one = many[:, 0] == draws.draws
        sure += np.bincount(found[is_one, 0], minlength=size)
        found, many = found[~is_one], many[~is_one]
        kept = (found >= 0) & (found % corridor.count_cells != corridor.count_cells - 1)
        rows.append(part[~is_one])
        counts.append(kept.sum(axis=1))
        cells.append(found[kept])
        times.append(many[kept])
    starts = np.append(0, np.cumsum(np.concatenate(counts))).astype("int64")
    shares = np.concatenate(times) / draws.draws
    states = draws.make_states(np.concatenate(rows), "cell")
    told = _tell_densities(draws, corridor.track.half_width_m)[np.concatenate(rows)]
    return Allocations(starts, np.concatenate(cells), shares, states, told, sure)


def _tell_densities(draws: IncidentDraws, most_m: float) -> Floats:
    """Give each disc that is no larger its part of those that have the same; others have none."""
    which = fold_table(draws.footprints, exact_too=False)[1]
    which = np.arange(len(draws))[which] if isinstance(which, slice) else which
    is_error = ~(draws.footprints.is_shaped | draws.footprints.is_mixed)
    is_error &= draws.footprints.radius_m <= most_m * _ROUNDED
    return np.where(is_error, 1 / np.bincount(which)[which], 0.0)


def _tally_cells(drawn: Ints, found: Ints, many: Ints) -> None:
    tally = load_loops("analysis.loops").tally_cells
    run_in_parts(
        lambda first, end: tally(drawn, first, end, found, many), len(drawn), rows=drawn.size
    )


def learn_counts(draws: IncidentDraws, corridor: Corridor, found: Allocations) -> Floats:
    """Draw the counts of sections together with the densities: (sections, draws)."""
    count, strips = corridor.count, corridor.track.strips
    if not len(found):
        return np.repeat(found.sure[:count, None], draws.draws, axis=1)
    areas, kind = corridor.areas_m2, np.arange(strips) // count
    kinds_m2, size = np.bincount(kind, areas), len(found.sure)

    def tell_density(total: Floats, draw: Callable[[Floats], Floats]) -> Floats:
        own = total[:strips] + total[strips + 1 : -1]  # on days that do not count, too
        mean = (np.bincount(kind, own) + _PRIOR) / kinds_m2
        density = draw(own + _PRIOR) / (areas + _PRIOR / mean[kind])
        return np.tile(np.append(density, 0.0), 2)

    told = found.sum_told(found.shares)
    for _ in range(_STEPS):
        told = found.sum_told(found.weigh(tell_density(told, np.asarray)))
    random = np.random.default_rng(draws.seed % 2**63)
    counts = np.empty((count, draws.draws))
    for turn in range(_WARM_UP + _BETWEEN * draws.draws):
        picked = found.pick(tell_density(told, random.standard_gamma))
        near = picked >= 0
        picked = picked[near]
        told = found.sure + np.bincount(picked, found.told[near], minlength=size)
        draw, between = divmod(turn - _WARM_UP, _BETWEEN)
        if draw >= 0 and between == _BETWEEN - 1:
            counts[:, draw] = found.sure[:count] + np.bincount(picked, minlength=size)[:count]
    return counts


def draw_counts(draws: IncidentDraws, corridor: Corridor, reach: Reach) -> tuple[Floats, Floats]:
    """Count sections in each draw of evenly filled footprints: (sections, draws).

    Beside them comes how many incidents of each section are too coarse to be filled otherwise.
    """
    is_coarse = _tell_densities(draws, corridor.track.half_width_m) == 0
    coarse = np.zeros(corridor.count)
    count = corridor.count
    known = reach.cell[(reach.cell >= 0) & (reach.cell < count)]
    sure = np.bincount(known, minlength=count)
    counts = np.repeat(sure, draws.draws)
    for rows, cell in draw_cells(draws, corridor, np.flatnonzero(reach.is_open)):
        draw = np.broadcast_to(np.arange(draws.draws), cell.shape)
        hit = cell < count
        counts += np.bincount(cell[hit] * draws.draws + draw[hit], minlength=len(counts))
        coarse += np.bincount(cell[hit & is_coarse[rows][:, None]], minlength=count) / draws.draws
    return counts.reshape(count, draws.draws).astype("float64"), coarse
