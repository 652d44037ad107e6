"""The compiled loop behind `geosec.analysis.local_statistics`: sums of neighbours, shuffled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geosec.geodesy.loops.caching import compile_loop

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_STEP, _FIRST_MIX, _SECOND_MIX = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_TO_UNIT = 2.0**-53  # of the 53 upper bits of a word of 64
_TIE = 1e-9  # sums that differ by less are equal: those of counts that are shares


@compile_loop
def add_shuffled(
    row: Floats, order: Ints, left: int, weights: Floats, state: np.uint64
) -> tuple[float, np.uint64]:
    """Add up weighted values of units drawn at random, none twice, from the first `left` of them.

    `order` holds the units, and is left shuffled; the state of SplitMix64 goes in and out.
    """
    total = 0.0
    for first in range(len(weights)):
        state += np.uint64(_STEP)
        word = (state ^ (state >> np.uint64(30))) * np.uint64(_FIRST_MIX)
        word = (word ^ (word >> np.uint64(27))) * np.uint64(_SECOND_MIX)
        word ^= word >> np.uint64(31)
        pick = first + int((word >> np.uint64(11)) * _TO_UNIT * (left - first))
        order[first], order[pick] = order[pick], order[first]
        total += weights[first] * row[order[first]]
    return total, state


@compile_loop
def fill_pseudo_p(
    values: Floats,
    neighbours: tuple[Ints, Ints, Floats],
    fixed: bool,  # noqa: FBT001 - a compiled loop is called by position
    effort: tuple[int, int, int],
    span: tuple[int, int],
    out: Floats,
) -> None:
    """Fill in the two-sided pseudo p-values of a range of units, for each row of values.

    `neighbours` are those of each unit, as starts, members and weights. If `fixed`, a unit keeps
    its value and its neighbours take those of others; else all values are drawn from. `effort` is
    how many shuffles at most, how many that are as extreme are enough, and a seed.
    """
    starts, members, weights = neighbours
    most, enough, seed = effort
    count = values.shape[1]
    for unit in range(span[0], span[1]):
        others, own = (
            members[starts[unit] : starts[unit + 1]],
            weights[starts[unit] : starts[unit + 1]],
        )
        order, left = np.arange(count), count
        if fixed:
            order[unit], order[count - 1], left = count - 1, unit, count - 1
        state = np.uint64(seed) * np.uint64(_FIRST_MIX) + np.uint64(unit) * np.uint64(_SECOND_MIX)
        for draw in range(values.shape[0]):
            row = values[draw]
            told = np.sum(own * row[others])
            slack = _TIE * (1.0 + abs(told))
            above, below, done = 0, 0, 0
            while done < most and min(above, below) < enough:
                total, state = add_shuffled(row, order, left, own, state)
                done += 1
                above += total >= told - slack
                below += total <= told + slack
            rarer = min(above, below)
            one = rarer / done if rarer >= enough else (rarer + 1) / (done + 1)
            out[draw, unit] = min(1.0, 2.0 * one)
