"""Districts and sections of the railway coloured by a value of each, as the page colours them."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle

from geosec.maps.paper.sheet import PAPER, POINTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from matplotlib.axes import Axes
    from matplotlib.path import Path
    from numpy.typing import NDArray

    Trace = Callable[[Iterable[Any]], Path | None]

FEW = 5  # incidents; a value of fewer is hatched, or dashed
_MOST_CLASSES = 5
#: The ramps of the page, from little to much; below 0, from what is near to it.
RAMPS = {
    "choropleth": ("#e6f0ec", "#b9dbd0", "#82bbac", "#468f82", "#17605a"),
    "corridor": ("#f6c79a", "#ee9a6f", "#d9626a", "#a83579", "#611f79"),
}
BELOW = {
    "choropleth": ("#f0e4d0", "#d8b483", "#9a5f1f"),
    "corridor": ("#b7cfe8", "#6c9ccb", "#2b5f97"),
}
_ALMOST = 10_000  # times a number goes into the largest value if it is written as almost 0
UNKNOWN = "#b9bcc3"
_HATCH: dict[str, Any] = {"hatch": "////", "facecolor": "none", "edgecolor": PAPER, "linewidth": 0}
_DASHES = (0, (4 / 6, 3 / 6))  # 4 and 3 pixels, told in widths of the line
_SECTION, _CASING, _SEAM = 6.0, 8.5, 0.7  # pixels wide
_FIGURES = Context(prec=3, rounding=ROUND_HALF_UP)


class Classes(NamedTuple):
    """Values in classes of about as many each, none parted from its equals."""

    ends: NDArray[np.float64]  #: the least and the largest value of each, a row a class
    of: NDArray[np.int64]  #: class of each value, -1 where it is missing
    is_few: NDArray[np.bool_]  #: whether it stands on few incidents

    def choose_colour(self, ramp: str, number: int) -> str:
        """Give the colour of a class: few take the ends of the ramp and what lies between."""
        if number < 0:
            return UNKNOWN
        least, largest = self.ends[0, 0], self.ends[-1, 1]
        if least < 0 <= largest:
            end = self.ends[number, 0 if self.ends[number, 1] < 0 else 1]
            level = int(_find_levels(end, max(-least, largest)))
            return BELOW[ramp][-level - 1] if level < 0 else RAMPS[ramp][2 * level - 2]
        count = len(self.ends)
        return RAMPS[ramp][3 if count <= 1 else math.floor(number * 4 / (count - 1) + 0.5)]


def classify(columns: Mapping[str, Any]) -> Classes:
    """Put the values of a layer into classes, as the page does."""
    values = np.array([np.nan if each is None else each for each in columns["value"]], dtype=float)
    known = np.sort(values[np.isfinite(values)])
    tops = _cut(known)
    of = np.where(np.isfinite(values), np.searchsorted(tops, values), -1)
    bottoms = [known[np.searchsorted(known, below, side="right")] for below in tops[:-1]]
    ends = np.column_stack([[*known[:1], *bottoms], tops]) if len(tops) else np.zeros((0, 2))
    counts = [np.nan if each is None else each for each in columns.get("count") or [None]]
    is_few = np.broadcast_to(np.array(counts, dtype=float) < FEW, len(values))
    return Classes(ends, of, is_few)


def _cut(known: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cut sorted values into classes, and give the largest of each.

    A class holds as many values as those before have left it: one that many units have, as 0 in a
    table of counts, takes one class and not several. Values on both sides of 0 have up to three
    classes to each side, which are as far from it on one side as on the other.
    """
    if len(known) and known[0] < 0 <= known[-1]:
        levels = _find_levels(known, max(-known[0], known[-1]))
        return np.asarray(known[np.append(np.flatnonzero(np.diff(levels)), len(known) - 1)])
    tops: list[float] = []
    rest = known
    while len(rest):
        left = _MOST_CLASSES - len(tops)
        wanted = 1 if len(np.unique(rest)) <= left else math.ceil(len(rest) / left)
        tops.append(float(rest[wanted - 1]))
        rest = rest[rest > tops[-1]]
    return np.array(tops)


def _find_levels(values: Any, farthest: float) -> NDArray[np.int64]:
    """Find how far from 0 values are, of 1 to 3, and of -3 to -1 below it.

    The levels end at 1/9, 4/9 and all of the farthest: thirds of its square root.
    """
    away = 9 * np.abs(np.asarray(values))
    levels = 1 + (away > farthest).astype(np.int64) + (away > 4 * farthest)
    return np.asarray(np.where(values < 0, -levels, levels))


def draw_areas(trace: Trace, told: Mapping[str, Any]) -> Iterator[PathPatch]:
    """Colour districts; hatched where a value stands on few incidents, or is missing."""
    classes = classify(told["columns"])
    for number in range(-1, len(classes.ends)):
        path = trace(_pick(told["shapes"], classes.of == number))
        if path is not None:
            colour = classes.choose_colour("choropleth", number)
            edge: dict[str, Any] = {"edgecolor": PAPER, "linewidth": _SEAM * POINTS}
            yield PathPatch(path, facecolor=colour, **edge)
    hatched = trace(_pick(told["shapes"], (classes.of < 0) | classes.is_few))
    if hatched is not None:
        yield PathPatch(hatched, **_HATCH)


def draw_sections(trace: Trace, told: Mapping[str, Any]) -> Iterator[PathPatch]:
    """Colour sections of the railway; dashed where a value is of few incidents, or missing."""
    classes = classify(told["columns"])
    style: dict[str, Any] = {"facecolor": "none", "capstyle": "butt"}
    casing = trace(told["shapes"])
    if casing is not None:
        yield PathPatch(casing, edgecolor=PAPER, linewidth=_CASING * POINTS, **style)
    is_dashed = (classes.of < 0) | classes.is_few
    for number, dashed in product(range(-1, len(classes.ends)), (False, True)):
        path = trace(_pick(told["shapes"], (classes.of == number) & (is_dashed == dashed)))
        if path is not None:
            line: dict[str, Any] = {"edgecolor": classes.choose_colour("corridor", number)}
            line |= {"linewidth": _SECTION * POINTS, "linestyle": _DASHES if dashed else "-"}
            yield PathPatch(path, **line, **style)


def _pick(shapes: list[Any], wanted: NDArray[np.bool_]) -> list[Any]:
    return [shape for shape, is_wanted in zip(shapes, wanted, strict=True) if is_wanted]


def list_keys(
    ramp: str, told: Mapping[str, Any], words: Mapping[str, str]
) -> list[tuple[Any, str]]:
    """List what the colours of a layer mean, the largest first: how each is drawn, and words."""
    classes = classify(told["columns"])
    reach = _find_reach(classes, told["columns"])
    least = np.abs(classes.ends).max(initial=0.0) / _ALMOST
    keys = []
    for number, ends in reversed(list(enumerate(classes.ends))):
        text = _write_ends(ends, least)
        if number in reach:
            text = f"{text} ({_write_ends(reach[number], least)})"
        keys.append((_draw_key(ramp, classes.choose_colour(ramp, number)), text))
    if reach:
        keys.append((_draw_nothing, words["picture_intervals"]))
    if (classes.is_few & (classes.of >= 0)).any():
        colour = classes.choose_colour(ramp, len(classes.ends) - 1)
        keys.append((_draw_key(ramp, colour, is_sure=False), words["few"].format(number=FEW)))
    if (classes.of < 0).any():
        keys.append((_draw_key(ramp, UNKNOWN, is_sure=False), words["no_value"]))
    return keys


def _find_reach(classes: Classes, columns: Mapping[str, Any]) -> dict[int, NDArray[np.float64]]:
    """Find how far the intervals of each class reach; not where a unit of it has none."""
    if not {"low", "high"} <= set(columns):
        return {}
    low, high = (np.array(columns[name], dtype=float) for name in ("low", "high"))
    found = {
        number: np.array([low[classes.of == number].min(), high[classes.of == number].max()])
        for number in range(len(classes.ends))
    }
    return {number: ends for number, ends in found.items() if np.isfinite(ends).all()}


def _write_ends(ends: Iterable[float], least: float) -> str:
    return " – ".join(dict.fromkeys(_write(end, least) for end in ends))


def _draw_nothing(_box: Axes, _x: float, _y: float) -> None:
    """Draw no mark beside words that stand for none."""


def _write(number: float, least: float = 0.0) -> str:
    """Write a number with three figures, as the page does; one nearer to 0 than `least` is ≈ 0."""
    if 0 < abs(number) < least:
        return "≈\N{NO-BREAK SPACE}0"
    told = _FIGURES.create_decimal(repr(float(number))).normalize()
    return f"{told:,f}".replace("-", "\N{MINUS SIGN}")


def _draw_key(ramp: str, colour: str, *, is_sure: bool = True) -> Any:
    def draw_area(box: Axes, x: float, y: float) -> None:
        corner, size = (x - 11, y - 6), (22, 12)
        box.add_artist(Rectangle(corner, *size, facecolor=colour, edgecolor="none"))
        if not is_sure:
            box.add_artist(Rectangle(corner, *size, **_HATCH))

    def draw_section(box: Axes, x: float, y: float) -> None:
        line: dict[str, Any] = {"color": colour, "linewidth": _SECTION * POINTS}
        line |= {"solid_capstyle": "butt", "dash_capstyle": "butt"}
        line["linestyle"] = "-" if is_sure else _DASHES
        box.add_artist(Line2D([x - 11, x + 11], [y, y], **line))

    return draw_area if ramp == "choropleth" else draw_section
