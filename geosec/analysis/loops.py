"""The compiled loops of the analyses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geosec.geodesy.loops.caching import compile_loop

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Words = NDArray[np.uint64]
    Found = tuple[Ints, Ints, Floats, NDArray[np.bool_]]

_STEP, _FIRST_MIX, _SECOND_MIX = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_TO_UNIT = 2.0**-53  # of the 53 upper bits of a word of 64


@compile_loop
def tally_cells(cells: Ints, first: int, last: int, found: Ints, times: Ints) -> None:
    """Fill in which cells each row of draws is in, and how often; -1 behind the last."""
    for row in range(first, last):
        count = 0
        for draw in range(cells.shape[1]):
            at = 0
            while at < count and found[row, at] != cells[row, draw]:
                at += 1
            if at == count:
                found[row, at] = cells[row, draw]
                times[row, at] = 0
                count += 1
            times[row, at] += 1
        for at in range(count, cells.shape[1]):
            found[row, at] = -1


@compile_loop
def fill_weights(found: Found, density: Floats, first: int, last: int, out: Floats) -> None:
    """Fill in how probable each cell of each row is, if cells are as dense as said.

    `found` are where the cells of each row start, cells, the shares of draws in them, and which
    rows go by densities; the others go by their shares. A row is in none of its cells as often as
    its shares say.
    """
    starts, cells, shares, learns = found
    for row in range(first, last):
        total, known = 0.0, 0.0
        for at in range(starts[row], starts[row + 1]):
            out[at] = shares[at] * density[cells[at]] if learns[row] else shares[at]
            total += out[at]
            known += shares[at]
        for at in range(starts[row], starts[row + 1]):
            out[at] *= known / total


@compile_loop
def pick_cells(
    found: Found, weights: Floats, states: Words, first: int, last: int, out: Ints
) -> None:
    """Pick cells of rows as probable as their weights, -1 for none, and step their states."""
    starts, cells, _, _ = found
    for row in range(first, last):
        states[row] += np.uint64(_STEP)
        word = (states[row] ^ (states[row] >> np.uint64(30))) * np.uint64(_FIRST_MIX)
        word = (word ^ (word >> np.uint64(27))) * np.uint64(_SECOND_MIX)
        word ^= word >> np.uint64(31)
        left = (word >> np.uint64(11)) * _TO_UNIT
        out[row] = -1
        for at in range(starts[row], starts[row + 1]):
            left -= weights[at]
            if left < 0.0:
                out[row] = cells[at]
                break
