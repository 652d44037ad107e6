"""Marks of a static map: an incident, several of them, density."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from matplotlib import patheffects
from matplotlib.patches import Circle, Polygon, Rectangle, Wedge
from matplotlib.path import Path

from geosec.maps.paper.crowds import LEVELS, find_radius, write_count
from geosec.maps.paper.sheet import INK, PAPER, POINTS, draw_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.patches import Patch
    from numpy.typing import NDArray

    from geosec.maps.palette import Entry

DENSITY = "#3b4a6b"


def draw_mark(box: Axes, x: float, y: float, radius: float, entry: Entry) -> None:
    """Draw the mark of one incident."""
    style: dict[str, Any] = {
        "facecolor": entry.colour,
        "edgecolor": PAPER,
        "linewidth": 1.4 * POINTS,
        "zorder": 5,
    }
    patch: Patch
    if entry.shape == "circle":
        patch = Circle((x, y), radius, **style)
    elif entry.shape == "square":
        side = radius * 1.76
        patch = Rectangle((x - side / 2, y - side / 2), side, side, **style)
    else:
        low, aside = y + radius * 0.8, radius * 1.1
        patch = Polygon([(x, y - radius * 1.2), (x + aside, low), (x - aside, low)], **style)
    box.add_artist(patch)


def draw_ring(
    box: Axes,
    x: float,
    y: float,
    ring: NDArray[np.int64],
    entries: Sequence[Entry],
    radius: float = 0,
) -> None:
    """Draw several incidents: their count, with a ring of what they are."""
    count = int(ring.sum())
    radius = radius or find_radius(count)
    box.add_artist(Circle((x, y), radius + 1, facecolor=PAPER, edgecolor="none", zorder=5))
    start = -90.0
    for entry in np.flatnonzero(ring):
        end = start + 360.0 * int(ring[entry]) / count
        colour = entries[int(entry)].colour
        style: dict[str, Any] = {"facecolor": colour, "edgecolor": "none", "zorder": 5}
        box.add_artist(Wedge((x, y), radius, start, end, width=4, **style))
        start = end
    size = 9.5 if radius < 13 else 11
    words: dict[str, Any] = {"size": size, "weight": "bold", "colour": INK, "zorder": 5}
    draw_text(box, x, y, write_count(count), ha="center", va="center_baseline", **words)


def draw_levels(box: Axes, x: float, y: float) -> None:
    """Draw the levels of density, from few to many."""
    for level in range(LEVELS):
        shade: dict[str, Any] = {
            "facecolor": DENSITY,
            "alpha": 0.1 + 0.14 * (level + 1),
            "edgecolor": "none",
        }
        box.add_artist(Rectangle((x - 14 + 7 * level, y - 5), 7, 10, **shade))


def case_outline(patch: Patch) -> None:
    """Give an outline a white edge, to be seen on dark colours, too."""
    wide = patch.get_linewidth() + 2 * POINTS
    patch.set_path_effects([patheffects.withStroke(linewidth=wide, foreground=PAPER)])
    patch.set_alpha(0.9)


def make_path(shape: Any) -> Path:
    """Make a path of a shape in pixels; holes of areas stay open."""
    if shapely.get_dimensions(shape) == 2:
        shape = shapely.orient_polygons(shape)
        lines, closed = shapely.get_rings(shapely.get_parts(shape)), True
    else:
        lines, closed = shapely.get_parts(shape), False
    vertices, codes = [], []
    for line in lines:
        corners = shapely.get_coordinates(line)
        if len(corners) < 2:
            continue
        code = np.full(len(corners), Path.LINETO, dtype=Path.code_type)
        code[0] = Path.MOVETO
        if closed:
            code[-1] = Path.CLOSEPOLY
        vertices.append(corners)
        codes.append(code)
    if not vertices:
        return Path(np.zeros((0, 2)))
    return Path(np.concatenate(vertices), np.concatenate(codes))
