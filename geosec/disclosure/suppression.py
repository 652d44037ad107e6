"""Units too small to be named are joined, so that no published one has fewer than k incidents.

The rows of a unit with fewer than k are told of the next larger unit alone ("somewhere in the
province"). As totals and the units that are named could be subtracted, others go with it
(complementary suppression: Cox 1980, doi:10.1080/01621459.1980.10477481): what is told of a larger
unit alone comes from two smaller ones or more, and is k incidents or more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Class = tuple[int, int]  # a level and a unit of it


def roll_up(paths: Numbers, k: int) -> Numbers:
    """Say at which level each row may be told, so that no unit told has fewer than k rows.

    `paths` has the unit of each row at each level, the finest first, (rows, levels), -1 where it is
    not known so finely; the last level is one unit that holds all. There are k rows or more.
    """
    level = np.asarray((paths >= 0).argmax(axis=1))
    last = paths.shape[1] - 1
    for upper in range(1, last + 1):
        _join_small(paths, level, upper, k)
    return level


def _join_small(paths: Numbers, level: Numbers, upper: int, k: int) -> None:
    """Bring to a level what is too small below it, unit by unit of that level."""
    below = level < upper
    lower = paths[np.arange(len(paths)), level]
    order = np.argsort(paths[:, upper], kind="stable")
    starts = np.flatnonzero(np.diff(paths[order, upper], prepend=-2))
    is_last = upper == paths.shape[1] - 1
    for rows in np.split(order, starts[1:]):
        if len(rows) == 0 or paths[rows[0], upper] < 0:
            continue
        inside = rows[below[rows]]
        native = int((level[rows] == upper).sum())
        classes, which = _list_classes(level[inside], lower[inside])
        taken = _choose_classes(classes, native, k, is_last=is_last)
        level[inside[taken[which]]] = upper


def _list_classes(level: Numbers, unit: Numbers) -> tuple[Numbers, NDArray[np.intp]]:
    """List the distinct classes of rows: level, unit, count; and which of them each row is in."""
    pairs = np.column_stack([level, unit])
    classes, which, counts = np.unique(pairs, axis=0, return_inverse=True, return_counts=True)
    return np.column_stack([classes, counts]), which.ravel()


def _choose_classes(classes: Numbers, native: int, k: int, *, is_last: bool) -> NDArray[np.bool_]:
    """Choose which classes are told of the larger unit alone: the small, and as few others."""
    counts = classes[:, 2]
    taken = counts < k  # also those below that lie in no unit between
    total, sources = native + int(counts[taken].sum()), int(taken.sum()) + (native > 0)
    if not taken.any() and not (is_last and 0 < native < k):
        return taken
    wanted = 2 if taken.any() else 1
    for place in np.argsort(counts, kind="stable"):
        if total >= k and sources >= wanted:
            break
        if not taken[place]:
            taken[place] = True
            total, sources = total + int(counts[place]), sources + 1
    return taken
