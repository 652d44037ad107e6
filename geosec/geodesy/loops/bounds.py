"""Bounds of the search: what need not be measured, because something nearer is known.

A gap is the straight distance in metres from a point to the chord of a piece.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geosec.geodesy.loops.caching import compile_loop
from geosec.geodesy.wgs84 import LEAST_RADIUS_M, MOST_RADIUS_M

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


@compile_loop
def reach(chord: float) -> float:
    """Give the chord beyond which no geodesic is shorter than one with this chord may be.

    A geodesic with a chord c is no shorter than the arc over c of the largest radius of curvature
    and no longer than that of the smallest (Schur's comparison theorem).
    """
    half = chord / (2.0 * LEAST_RADIUS_M)
    if half >= 1.0:
        return math.inf
    angle = math.asin(half) * LEAST_RADIUS_M / MOST_RADIUS_M
    return 2.0 * MOST_RADIUS_M * math.sin(angle) * (1.0 + 1e-12) + 1e-6


@compile_loop
def find_kth_gap(
    gaps: Floats, pieces: Ints, target: Ints, k: int, least: Floats, seen: Ints
) -> float:
    """Give the k-th least gap over different targets, in metres; infinite where there are fewer.

    `least` and `seen` are room for `k` gaps and their targets, filled in on the way.
    """
    best = math.inf
    if k == 1:
        for i in range(len(pieces)):
            best = min(best, gaps[i])
        return best
    filled = 0
    seen[:] = -1
    for i in range(len(pieces)):
        filled = _enter_gap(gaps[i], target[pieces[i]], least, seen, filled)
    return least[k - 1] if filled == k else best


@compile_loop
def _enter_gap(gap: float, owner: int, least: Floats, seen: Ints, filled: int) -> int:
    """Enter the gap of a target among the least, and give how many are there."""
    k = len(least)
    at = filled if filled < k else k - 1
    for rank in range(filled):
        if seen[rank] == owner:
            at = rank
            break
    if at < filled and least[at] <= gap:
        return filled
    filled = max(filled, at + 1)
    while at > 0 and least[at - 1] > gap:
        least[at], seen[at] = least[at - 1], seen[at - 1]
        at -= 1
    least[at], seen[at] = gap, owner
    return filled


@compile_loop
def bound_own_gap(owner: int, k: int, least: Floats, seen: Ints, sagitta_m: float) -> float:
    """Give the gap beyond which a piece is not the nearest of its own target."""
    if k > 1:
        for rank in range(k):
            if seen[rank] == owner:
                return reach(least[rank] + sagitta_m) + sagitta_m
    return math.inf
