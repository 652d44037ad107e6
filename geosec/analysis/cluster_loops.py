"""The compiled loops of DBSCAN over cubes in which all points are near each other.

A. Gunawan 2013, *A faster algorithm for DBSCAN*, TU Eindhoven; J. Gan and Y. Tao 2015,
doi:10.1145/2723372.2737792. No list of neighbours is held, and a crowd in one cube costs no more
than its points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geosec.analysis.pair_loops import square_between
from geosec.geodesy.loops.caching import compile_loop

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Cells = tuple[Floats, Ints, Ints, Ints]

_COLUMNS = 25  # of five cubes each, around one
_NONE = -1


@compile_loop
def move_on(cell: int, cells: Cells, lows: Ints, highs: Ints) -> None:
    """Move the ends of the columns around one cube on to those around the next one."""
    _, _, keys, sides = cells
    for column in range(_COLUMNS):
        middle = keys[cell] + ((column // 5 - 2) * sides[0] + column % 5 - 2) * sides[1]
        while lows[column] < len(keys) and keys[lows[column]] < middle - 2:
            lows[column] += 1
        while highs[column] < len(keys) and keys[highs[column]] <= middle + 2:
            highs[column] += 1


@compile_loop
def has_neighbours(i: int, cells: Cells, ends: tuple[Ints, Ints], asked: tuple[float, int]) -> bool:
    """Whether a point has so many within the chord, itself among them."""
    points, starts, _, _ = cells
    found = 0
    for column in range(_COLUMNS):
        for j in range(starts[ends[0][column]], starts[ends[1][column]]):
            if square_between(points, i, j) <= asked[0]:
                found += 1
                if found >= asked[1]:
                    return True
    return False


@compile_loop
def mark_cores(cells: Cells, asked: tuple[float, int], is_core: Flags) -> None:
    """Mark the points with so many near them: `asked` is the square of a chord, and a count."""
    _, starts, keys, _ = cells
    lows, highs = np.zeros(_COLUMNS, np.int64), np.zeros(_COLUMNS, np.int64)
    for cell in range(len(keys)):
        move_on(cell, cells, lows, highs)
        is_crowd = starts[cell + 1] - starts[cell] >= asked[1]
        for i in range(starts[cell], starts[cell + 1]):
            is_core[i] = is_crowd or has_neighbours(i, cells, (lows, highs), asked)


@compile_loop
def find_root(parents: Ints, one: int) -> int:
    """Find the cube that stands for all that are joined with one."""
    while parents[one] != one:
        parents[one] = parents[parents[one]]
        one = parents[one]
    return one


@compile_loop
def are_near(one: int, other: int, cells: Cells, square: float, is_core: Flags) -> bool:
    """Whether two cubes have core points within the chord of each other."""
    points, starts, _, _ = cells
    for i in range(starts[one], starts[one + 1]):
        if is_core[i]:
            for j in range(starts[other], starts[other + 1]):
                if is_core[j] and square_between(points, i, j) <= square:
                    return True
    return False


@compile_loop
def join_cells(cells: Cells, square: float, is_core: Flags, parents: Ints) -> None:
    """Join the cubes whose core points are near each other."""
    keys = cells[2]
    lows, highs = np.zeros(_COLUMNS, np.int64), np.zeros(_COLUMNS, np.int64)
    for cell in range(len(keys)):
        move_on(cell, cells, lows, highs)
        for column in range(_COLUMNS):
            for other in range(max(lows[column], cell + 1), highs[column]):
                one, two = find_root(parents, cell), find_root(parents, other)
                if one != two and are_near(cell, other, cells, square, is_core):
                    parents[max(one, two)] = min(one, two)


@compile_loop
def find_nearest_core(
    i: int, cells: Cells, ends: tuple[Ints, Ints], square: float, is_core: Flags
) -> int:
    """Find the core point nearest to a point and within the chord; -1 for none."""
    points, starts, _, _ = cells
    nearest = _NONE
    for column in range(_COLUMNS):
        for j in range(starts[ends[0][column]], starts[ends[1][column]]):
            if is_core[j]:
                away = square_between(points, i, j)
                if away < square or (away == square and nearest == _NONE):
                    square, nearest = away, j
    return nearest


@compile_loop
def label_points(cells: Cells, square: float, is_core: Flags, parents: Ints, labels: Ints) -> None:
    """Label each point by the cube that stands for its cluster; -1 where it is in none."""
    _, starts, keys, _ = cells
    home = np.empty(len(labels), np.int64)
    for cell in range(len(keys)):
        home[starts[cell] : starts[cell + 1]] = cell
    lows, highs = np.zeros(_COLUMNS, np.int64), np.zeros(_COLUMNS, np.int64)
    for cell in range(len(keys)):
        move_on(cell, cells, lows, highs)
        for i in range(starts[cell], starts[cell + 1]):
            core = i
            if not is_core[i]:
                core = find_nearest_core(i, cells, (lows, highs), square, is_core)
            labels[i] = _NONE if core == _NONE else find_root(parents, home[core])
