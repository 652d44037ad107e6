"""Which point of a drawn line is which of the true one: dynamic time warping, and what is left.

Sakoe and Chiba 1978, doi:10.1109/TASSP.1978.1163055, on points a kilometre apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from boundaries.build.control import carry_line

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

STEP_M = 1_000.0
_NEAR_M = 20_000.0  # ends of the same line are nearer to each other
_LENGTHS = (0.6, 1.7)  # and the one is so many times as long as the other
_FROM_ENDS = 2  # samples from a point already taken, to the next


@dataclass(frozen=True, eq=False)
class Alignment:
    """A true border in samples, each with its point on a drawn line.

    Attributes
    ----------
    places : numpy.ndarray
        Samples of the true border, metres, (n, 2).
    drawn : shapely.LineString or None
        The drawn line in metres, if there is one.
    sources : numpy.ndarray
        The points of the drawn line that the samples are, metres, (n, 2); NaN without one.
    """

    places: Points
    drawn: shapely.LineString | None
    sources: Points


@dataclass(frozen=True)
class Stretch:
    """A piece of a border between two control points.

    Attributes
    ----------
    border, start, end : int
        Which border, and its samples at both ends.
    left_m : numpy.ndarray
        How far each sample lies from the line as carried, metres.
    is_drawn : bool
        Whether the drawn line is carried; else the stretch is straight.
    """

    border: int
    start: int
    end: int
    left_m: Points
    is_drawn: bool

    @property
    def cost(self) -> float:
        """The squares of what is left, summed."""
        return float(np.square(self.left_m).sum())

    @property
    def is_long(self) -> bool:
        """Whether there is room for one more control point."""
        return self.end - self.start >= 2 * _FROM_ENDS

    def find_worst(self) -> int:
        """Give the sample farthest from the carried line, not beside an end."""
        inner = self.left_m[_FROM_ENDS : len(self.left_m) - _FROM_ENDS]
        return self.start + _FROM_ENDS + int(np.argmax(inner))


def sample_line(line: shapely.LineString) -> Points:
    """Give points of a line in metres, about `STEP_M` apart, with both ends."""
    count = max(round(line.length / STEP_M), 2)
    at = np.linspace(0.0, line.length, count + 1)
    return np.asarray(shapely.get_coordinates(shapely.line_interpolate_point(line, at)))


def align_border(line: shapely.LineString, drawn: shapely.Geometry | None) -> Alignment:
    """Align a true border with the likeliest line of a drawing, both in metres."""
    places = sample_line(line)
    if drawn is None:
        return Alignment(places, None, np.full_like(places, np.nan))
    ways = [way for part in shapely.get_parts(drawn) for way in (part, shapely.reverse(part))]
    choices = [
        (not _is_same(line, way), _between_ends(line, way), at) for at, way in enumerate(ways)
    ]
    is_other, _, best = min(choices)
    way = ways[best]
    samples = sample_line(way)
    moved = samples
    if not is_other:
        share = np.linspace(0, 1, len(samples))[:, None]
        moved = (
            samples + (1 - share) * (places[0] - samples[0]) + share * (places[-1] - samples[-1])
        )
    at = warp(places, moved, free_ends=is_other) / (len(samples) - 1) * way.length
    sources = shapely.get_coordinates(shapely.line_interpolate_point(way, at))
    return Alignment(places, way, sources)


def _ends(line: shapely.LineString) -> Points:
    return np.asarray(shapely.get_coordinates(line)[[0, -1]])


def _between_ends(one: shapely.LineString, other: shapely.LineString) -> float:
    return float(np.hypot(*(_ends(one) - _ends(other)).T).sum())


def _is_same(line: shapely.LineString, drawn: shapely.LineString) -> bool:
    """Say whether both ends and the length of a drawn line are about those of the true one."""
    away_m = np.hypot(*(_ends(line) - _ends(drawn)).T)
    least, most = _LENGTHS
    return bool((away_m < _NEAR_M).all() and least < drawn.length / line.length < most)


def warp(places: Points, samples: Points, *, free_ends: bool) -> Points:
    """Give each place the number of its sample, in order along both, with the least squares.

    With `free_ends` the places may be any piece of the samples, else they are all of them.
    """
    squares = np.square(places[:, None] - samples[None]).sum(axis=-1)
    total = np.empty_like(squares)
    total[0] = squares[0] if free_ends else np.cumsum(squares[0])
    for row in range(1, len(places)):
        before = np.minimum(total[row - 1], np.append(np.inf, total[row - 1][:-1]))
        last = np.inf
        for column, (least, own) in enumerate(zip(before, squares[row], strict=True)):
            last = min(least, last) + own
            total[row, column] = last
    return _walk_back(total, free_ends=free_ends)


def _walk_back(total: Points, *, free_ends: bool) -> Points:
    """Follow the least sums from the end to the beginning; mean column of each row."""
    row = len(total) - 1
    column = int(np.argmin(total[-1])) if free_ends else total.shape[1] - 1
    columns: list[list[int]] = [[] for _ in total]
    columns[row].append(column)
    while row > 0 or (column > 0 and not free_ends):
        steps = [(row - 1, column - 1), (row - 1, column), (row, column - 1)]
        steps = [step for step in steps if min(step) >= 0]
        row, column = min(steps, key=lambda step: total[step])
        columns[row].append(column)
    return np.array([np.mean(own) for own in columns])


def lay_stretch(alignment: Alignment, border: int, start: int, end: int) -> Stretch:
    """Carry the drawn line between two samples, or lay a straight one, whichever fits better."""
    places, ends = alignment.places[start : end + 1], [start, end]
    points = shapely.points(places)
    ways = []
    for is_drawn in (True, False) if alignment.drawn is not None else (False,):
        line = carry_line(
            alignment.drawn,
            alignment.sources[ends],
            alignment.places[ends],
            np.array([is_drawn, False]),
        )
        ways.append(Stretch(border, start, end, shapely.distance(points, line), is_drawn))
    return min(ways, key=lambda each: each.cost)
