"""Room for the names of a static map: none lies on another, nor on a mark."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geosec.maps.paper.window import Window

#: Where else the name of an area is tried.
_ASIDE = ((0, 0), (0, -22), (0, 22), (-45, 0), (45, 0), (-40, 40), (40, -40), (-90, 10), (90, -10))


class Disc(NamedTuple):
    """Where a mark lies, for names to keep clear of."""

    x: float
    y: float
    radius: float


class Room:
    """Room for names: none lies on another, nor on a mark."""

    def __init__(self, window: Window, discs: Sequence[Disc]) -> None:
        self.width, self.height = window.width, window.height
        self.discs = np.array(discs, dtype="float64").reshape(-1, 3)
        self.boxes: list[tuple[float, float, float, float]] = []

    @property
    def used(self) -> int:
        """How many names are placed."""
        return len(self.boxes)

    def find(
        self, x: float, y: float, width: float, size: float, *, is_area: bool, is_city: bool
    ) -> tuple[float, float] | None:
        """Find the left middle of a name that has room round a point, and take it."""
        middle_x = x - width / 2
        if is_area:
            tried = [(middle_x + aside, y + down) for aside, down in _ASIDE]
        else:
            tried = [
                each
                for away in ((6, 15, 24) if is_city else (6, 13))
                for each in (
                    *((x + away, y), (x - width - away, y)),
                    *((middle_x, y - away - 5), (middle_x, y + away + 5)),
                )
            ]
        for left, middle in tried:
            box = (left - 2, middle - size * 0.62, left + width + 2, middle + size * 0.62)
            if self._is_free(box):
                self.boxes.append(box)
                return left, middle
        return None

    def _is_free(self, box: tuple[float, float, float, float]) -> bool:
        west, north, east, south = box
        if west < 4 or north < 4 or east > self.width - 4 or south > self.height - 4:
            return False
        if any(
            west < e + 3 and east > w - 3 and north < s + 1 and south > n - 1
            for w, n, e, s in self.boxes
        ):
            return False
        if not len(self.discs):
            return True
        x, y, radius = self.discs.T
        apart = np.hypot(x - np.clip(x, west, east), y - np.clip(y, north, south))
        return bool((apart > radius + 2).all())
