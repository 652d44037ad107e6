"""The compiled loops behind `geosec.uncertainty.draws` and `geosec.uncertainty.layer_error`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from geosec.geodesy.loops.caching import compile_loop

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Words = NDArray[np.uint64]

_CERTAIN = 6.0  # standard errors beyond which a normal probability is 0 or 1 to nine decimals
_ROOT_2 = math.sqrt(2.0)
_STEP, _FIRST_MIX, _SECOND_MIX = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_TO_UNIT = 2.0**-53  # of the 53 upper bits of a word of 64


@compile_loop
def fill_uniforms(shifts: Floats, steps: Floats, first: int, last: int, out: Floats) -> None:
    """Fill in the numbers of a range of incidents: the whole steps beyond a shift, cut to 0..1."""
    for row in range(first, last):
        for draw in range(out.shape[1]):
            for axis in range(out.shape[2]):
                number = shifts[row, axis] + (draw + 1.0) * steps[axis]
                out[row, draw, axis] = number - math.floor(number)


@compile_loop
def fill_independent(states: Words, first: int, last: int, out: Floats) -> None:
    """Fill in independent numbers of a range of incidents: SplitMix64, from a state of each."""
    for row in range(first, last):
        state = states[row]
        for draw in range(out.shape[1]):
            for axis in range(out.shape[2]):
                state += np.uint64(_STEP)
                word = (state ^ (state >> np.uint64(30))) * np.uint64(_FIRST_MIX)
                word = (word ^ (word >> np.uint64(27))) * np.uint64(_SECOND_MIX)
                word ^= word >> np.uint64(31)
                out[row, draw, axis] = (word >> np.uint64(11)) * _TO_UNIT


@compile_loop
def fill_shares_below(
    limit: float, values: Floats, errors: Floats, first: int, last: int, out: Floats
) -> None:
    """Fill in the probabilities that values with normal errors are no more than a limit."""
    for i in range(first, last):
        if math.isnan(values[i]):
            out[i] = math.nan
            continue
        gap = limit - values[i]
        out[i] = 1.0 if gap >= 0.0 else 0.0
        if errors[i] > 0.0 and abs(gap) < _CERTAIN * errors[i]:
            out[i] = 0.5 * math.erfc(-gap / errors[i] / _ROOT_2)


@compile_loop
def sum_up(values: Floats, starts: Ints, out: Floats) -> None:
    """Fill in the running sums of the values of each shape, ``starts`` naming its first."""
    for shape in range(len(starts) - 1):
        total = 0.0
        for i in range(starts[shape], starts[shape + 1]):
            total += values[i]
            out[i] = total


@compile_loop
def find_pieces(
    upto: Floats, starts: Ints, which: Ints, wanted: Floats, rows: tuple[int, int], out: Ints
) -> None:
    """Fill in the piece in which each wanted value ends: the first that goes beyond it."""
    for row in range(rows[0], rows[1]):
        begin, last = starts[which[row]], starts[which[row] + 1] - 1
        for draw in range(wanted.shape[1]):
            low, high = begin, last
            while low < high:
                middle = (low + high) // 2
                if upto[middle] > wanted[row, draw]:
                    high = middle
                else:
                    low = middle + 1
            out[row, draw] = low
