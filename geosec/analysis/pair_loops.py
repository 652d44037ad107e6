"""The compiled loops over pairs of points that lie near each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geosec.geodesy.loops.caching import compile_loop

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Days = NDArray[np.int32]
    Cells = tuple[Floats, Ints, Ints, Ints]

_COLUMNS = 5  # of three cells each: the own one, and those in front of it
_MOST_HELD = 2**30


@compile_loop
def find_columns(cell: int, cells: Cells, begins: Ints, ends: Ints) -> None:
    """Fill in where the points of each column around a cell begin, and where they end."""
    _, starts, keys, sides = cells
    for column in range(_COLUMNS):
        middle = keys[cell]
        if column == 1:
            middle += sides[1]
        elif column > 1:
            middle += (sides[0] + column - 3) * sides[1]
        begins[column] = starts[np.searchsorted(keys, middle - 1)]
        ends[column] = starts[np.searchsorted(keys, middle + 2)]


@compile_loop
def add_spans(pair: tuple[int, int], days: Days, most_days: Days, band: int, held: Days) -> None:
    """Add a pair of a band to the spans of days that it is within, lane by lane."""
    i, j = pair
    for span in range(len(most_days)):
        most = most_days[span]
        for lane in range(days.shape[1]):
            gap = days[i, lane] - days[j, lane]
            held[band, span, lane] += (gap <= most) & (gap >= -most)


@compile_loop
def find_band(ends: Floats, value: float) -> int:
    """Find the first band that ends at a value or beyond; the last one does."""
    band = 0
    while value > ends[band]:
        band += 1
    return band


@compile_loop
def square_between(points: Floats, i: int, j: int) -> float:
    """Give the square of the chord between two points."""
    square = 0.0
    for axis in range(3):
        square += (points[j, axis] - points[i, axis]) ** 2
    return square


@compile_loop
def count_close_pairs(
    cells: Cells, squares: Floats, days: Days, most_days: Days, near: Ints, out: Ints
) -> None:
    """Count the pairs of points by the band of distance they are in, and by days apart.

    `squares` are those of the chords at which bands end, the longest last. `near` (bands) is added
    the pairs of each; `out` (bands, spans, lanes) those of them that are at most so many days
    apart, by each of the lanes of `days` (points, lanes).
    """
    points, starts, keys, _ = cells
    longest = squares[-1]
    held = np.zeros(out.shape, np.int32)
    begins, ends = np.empty(_COLUMNS, np.int64), np.empty(_COLUMNS, np.int64)
    waiting = 0
    for cell in range(len(keys)):
        find_columns(cell, cells, begins, ends)
        for i in range(starts[cell], starts[cell + 1]):
            begins[0] = i + 1
            for column in range(_COLUMNS):
                for j in range(begins[column], ends[column]):
                    square = square_between(points, i, j)
                    if square > longest:
                        continue
                    band = find_band(squares, square)
                    near[band] += 1
                    add_spans((i, j), days, most_days, band, held)
                    waiting += 1
                    if waiting == _MOST_HELD:
                        out += held
                        held[:] = 0
                        waiting = 0
    out += held


@compile_loop
def find_possible_pairs(
    points: Floats, chords: Floats, days: tuple[Ints, Ints], limit: tuple[float, int], out: Ints
) -> int:
    """Count the pairs of rows, ordered by their first day, that may be near in space and time.

    `chords` are the metres within which each row certainly lies, `days` its first and its last;
    `limit` is the longest chord, and the most days apart. `out` (pairs, 2) is filled as far as it
    goes, and one more is counted than it has room for.
    """
    first_day, last_day = days
    found = 0
    for i in range(len(points)):
        for j in range(i + 1, len(points)):
            if first_day[j] - last_day[i] > limit[1]:
                break
            if square_between(points, i, j) <= (limit[0] + chords[i] + chords[j]) ** 2:
                if found == len(out):
                    return found + 1
                out[found, 0], out[found, 1] = i, j
                found += 1
    return found


@compile_loop
def measure_pairs(
    points: Floats, days: Days, pairs: tuple[Ints, Ints], chords: Floats, gaps: Days
) -> None:
    """Fill in the chords of pairs and the days between them, (draws, pairs), of every draw."""
    first, second = pairs
    for draw in range(len(points)):
        for pair in range(len(first)):
            i, j = first[pair], second[pair]
            square = 0.0
            for axis in range(3):
                square += (points[draw, j, axis] - points[draw, i, axis]) ** 2
            chords[draw, pair] = np.sqrt(square)
            gaps[draw, pair] = abs(days[draw, j] - days[draw, i])
