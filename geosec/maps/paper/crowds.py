"""Where incidents of a static map are too many to be drawn one by one: bins and clusters.

By the rules of ``web/src/clusters.js`` and ``incidents.js``; lengths are pixels of 1/96 inch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

BIN = 2.0
_CELL = 72.0
_MOST_MARKS = 3_000  # places drawn one by one
_CROWDED = 0.02  # share of bins that hold something
_FEW = 60  # places, which never crowd
_MARK_AREA, _FULL = 150.0, 0.35  # square pixels of a mark; share of the window they may cover
_COVERED = 0.95  # of the radius of a mark, within which another's middle is covered
_OVERLAP = 5.0  # pixels that a ring, whose count is read, may lie over another mark
LEVELS = 4  # of density


class Cluster(NamedTuple):
    """Incidents drawn as one ring."""

    x: float
    y: float
    ring: NDArray[np.int64]  #: incidents by entry of the palette
    places: int

    @property
    def rows(self) -> int:
        """How many incidents they are."""
        return int(self.ring.sum())


def find_radius(count: float) -> float:
    """Give the radius of a ring that tells a count."""
    return float(min(24.0, 10 + 4.5 * np.log10(count + 1)))


def is_crowded(x: Floats, y: Floats, size: tuple[float, float]) -> bool:
    """Tell whether places of a window (pixels) are too many to be drawn one by one."""
    occupied = len({*zip((x // BIN).tolist(), (y // BIN).tolist(), strict=True)})
    area = size[0] * size[1]
    return (
        len(x) > _MOST_MARKS
        or occupied > _CROWDED * area / BIN**2
        or (len(x) > _FEW and len(x) * _MARK_AREA > area * _FULL)
    )


def count_bins(x: Floats, y: Floats, counts: NDArray[np.int64]) -> list[tuple[Floats, Floats]]:
    """Give the middles of the bins that hold incidents, by level of their number."""
    across = 1 << 20
    key = (y // BIN).astype(np.int64) * across + (x // BIN).astype(np.int64)
    bins, which = np.unique(key, return_inverse=True)
    held = np.bincount(which, weights=counts)
    full = np.log(held.max() + 1)
    level = np.minimum(LEVELS, np.ceil(LEVELS * np.log(held + 1) / full)).astype(np.int64)
    middle_x, middle_y = (bins % across + 0.5) * BIN, (bins // across + 0.5) * BIN
    return [(middle_x[level == each], middle_y[level == each]) for each in range(1, LEVELS + 1)]


def cluster_places(x: Floats, y: Floats, rings: NDArray[np.int64]) -> list[Cluster]:
    """Cluster places by cells of a grid, the largest first; one that touches a larger joins it."""
    across = 1 << 20
    key = (y // _CELL).astype(np.int64) * across + (x // _CELL).astype(np.int64)
    _, which = np.unique(key, return_inverse=True)
    count = rings.sum(axis=1)
    weight = np.bincount(which, weights=count)
    middle_x = np.bincount(which, weights=x * count) / weight
    middle_y = np.bincount(which, weights=y * count) / weight
    held = np.zeros((len(weight), rings.shape[1]), dtype=np.int64)
    np.add.at(held, which, rings)
    places = np.bincount(which)
    kept: list[Cluster] = []
    for cell in np.lexsort((middle_x, middle_y, -weight)):
        one = Cluster(float(middle_x[cell]), float(middle_y[cell]), held[cell], int(places[cell]))
        at = next((at for at, each in enumerate(kept) if _touch(each, one)), None)
        if at is None:
            kept.append(one)
        else:
            joined, n = kept[at].ring + one.ring, kept[at].places + one.places
            kept[at] = kept[at]._replace(ring=joined, places=n)
    return kept


class Mark(NamedTuple):
    """What is drawn at a point: one incident, or several as a ring."""

    x: float
    y: float
    ring: NDArray[np.int64]
    radius: float


def join_covered(x: Floats, y: Floats, rings: NDArray[np.int64], radii: Floats) -> list[Mark]:
    """Join marks of which one covers the middle of another, or its count; the largest first."""
    marks = [
        Mark(float(x[at]), float(y[at]), rings[at], float(radii[at]))
        for at in np.lexsort((x, y, -radii))
    ]
    while len(joined := _join_once(marks)) < len(marks):  # a ring that grew may cover others
        marks = joined
    return sorted(marks, key=lambda mark: (-mark.radius, mark.y, mark.x))


def _join_once(marks: list[Mark]) -> list[Mark]:
    kept: list[Mark] = []
    held = np.zeros((len(marks), 4))  # x, y, radius and whether it is a ring
    for one in marks:
        is_ring = one.ring.sum() > 1
        middle_x, middle_y, radius, ring = held[: len(kept)].T
        apart = np.hypot(middle_x - one.x, middle_y - one.y)
        near = np.maximum(radius, one.radius) * _COVERED
        near = np.where((ring > 0) | is_ring, radius + one.radius - _OVERLAP, near)
        covering = np.flatnonzero(apart < near)
        at = int(covering[np.argmin(apart[covering])]) if len(covering) else len(kept)
        if len(covering):
            joined = kept[at].ring + one.ring
            kept[at] = kept[at]._replace(ring=joined, radius=find_radius(joined.sum()))
        else:
            kept.append(one)
        held[at] = kept[at].x, kept[at].y, kept[at].radius, kept[at].ring.sum() > 1
    return kept


def _touch(one: Cluster, other: Cluster) -> bool:
    apart = np.hypot(one.x - other.x, one.y - other.y)
    return bool(apart < find_radius(one.rows) + find_radius(other.rows))


def write_count(count: float) -> str:
    """Write a count with three figures at the most: 1234 is 1.2k."""
    if count < 1_000:
        return f"{count:.0f}"
    size, letter = (1e3, "k") if count < 999_500 else (1e6, "M")
    told = count / size
    return f"{told:.1f}".removesuffix(".0") + letter if told < 9.95 else f"{told:.0f}{letter}"
