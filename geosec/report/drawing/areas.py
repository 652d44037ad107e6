"""Units coloured by their counts, those where incidents crowd with an outline of their own."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from geosec.maps.paper.window import choose_window
from geosec.report.drawing.canvas import (
    HALO,
    INK,
    LINE,
    ORANGE,
    PLAIN,
    POINTS,
    QUIET,
    SMALL,
    WIDTH,
    Drawing,
    draw,
    mix,
    style_text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from matplotlib.axes import Axes

    from geosec.maps.paper.window import Window

_HIGH, _ASIDE = 400.0, 170.0  # pixels: of the map, and of its legend
_RAMP = ("#f4f7fa", "#9cc4de", "#0072b2", "#003d63")
_STEPS = 5
_LETTER, _MOST_NAMES = 7.6, 8  # pixels of a bold letter
_FINE = 0.6  # pixels, below which a border is drawn straight


class AreaWords(NamedTuple):
    """What stands in the legend of units; `less`, `more` and `between` have slots for numbers."""

    value: str
    hot: str
    note: str
    less: str
    more: str
    between: str


class Surroundings(NamedTuple):
    """What lies round the units: land, borders drawn over them, and names as lon, lat, text."""

    land: Any = None
    borders: Sequence[Any] = ()
    names: Sequence[tuple[float, float, str]] = ()


def draw_areas(
    units: gpd.GeoDataFrame,
    around: Surroundings,
    words: AreaWords,
    *,
    name: str,
    title: str,
    description: str,
) -> str:
    """Draw polygons by their ``value``; those that are ``hot`` stand out.

    `units` is in EPSG:4326 with ``value`` and ``hot``; a name that would lie on an earlier one is
    left out.
    """

    def make() -> Drawing:
        drawing = Drawing(_HIGH)
        box = drawing.add_box(0, 0, WIDTH - _ASIDE - 16, _HIGH)
        box.axis("off")
        window = _frame(units, WIDTH - _ASIDE - 16, _HIGH)
        box.set(xlim=(0, window.width), ylim=(window.height, 0))
        edges = list_classes(units["value"].to_numpy())
        if around.land is not None:
            _draw_shape(box, window, around.land, facecolor="#faf9f6", edgecolor="#b9b2a2")
        which = np.searchsorted(edges, units["value"], side="right") - 1
        for shape, at in zip(units.geometry, which, strict=True):
            colour = mix(_RAMP, at / max(len(edges) - 1, 1))
            _draw_shape(box, window, shape, facecolor=colour, edgecolor=LINE)
        for shape in around.borders:
            _draw_shape(box, window, shape, facecolor="none", edgecolor="#8b8470", zorder=3)
        for shape in units.geometry[units["hot"]]:
            hot: dict[str, Any] = {"facecolor": "none", "edgecolor": ORANGE}
            _draw_shape(box, window, shape, **hot, linewidth=2.2 * POINTS, zorder=4)
        _write_names(box, window, around.names)
        _write_legend(drawing, edges, words, has_hot=bool(units["hot"].any()))
        return drawing

    return draw(make, name, title, description)


def list_classes(values: Any) -> list[float]:
    """List where classes of values begin: 0, then round numbers that rise about evenly."""
    top = float(np.nanmax(values)) if len(values) else 0.0
    if top <= 0:
        return [0.0]
    if top <= _STEPS:
        return [0.0, *(float(each) for each in range(1, int(top) + 1))]
    steps = np.array([1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000])
    inside = steps[steps <= top]
    return [0.0, *(float(each) for each in inside[-_STEPS:])]


def _frame(units: gpd.GeoDataFrame, width: float, height: float) -> Window:
    """Frame the units where something is."""
    held = units[units["value"] > 0]
    held = units if not len(held) else held
    bounds = shapely.bounds(held.geometry.to_numpy())
    lon = (bounds[:, 0] + bounds[:, 2]) / 2
    lat = (bounds[:, 1] + bounds[:, 3]) / 2
    return choose_window(lon, lat, bounds, width, height)


def _draw_shape(box: Axes, window: Window, shape: Any, **style: Any) -> None:
    """Draw a polygon with its holes."""
    paths, patches = (import_module(f"matplotlib.{name}") for name in ("path", "patches"))
    style = {"linewidth": 0.6 * POINTS, "zorder": 2} | style
    vertices, codes = [], []
    for polygon in _list_polygons(shape):
        for ring in (polygon.exterior, *polygon.interiors):
            lon, lat = shapely.get_coordinates(ring).T
            at = _thin(np.column_stack(window.place(lon, lat)))
            vertices.append(at)
            codes += [1, *[2] * (len(at) - 2), 79]
    if vertices:
        path = paths.Path(np.concatenate(vertices), codes)
        box.add_patch(patches.PathPatch(path, **style))


def _list_polygons(shape: Any) -> list[Polygon]:
    if isinstance(shape, Polygon):
        return [shape]
    return list(shape.geoms) if isinstance(shape, MultiPolygon) else []


def _thin(points: Any) -> Any:
    """Leave out points that no eye tells from the line beside them."""
    line = shapely.simplify(shapely.linestrings(points), _FINE)
    kept = shapely.get_coordinates(line)
    return kept if len(kept) > 3 else points


def _write_names(box: Axes, window: Window, names: Sequence[tuple[float, float, str]]) -> None:
    """Write the names that lie in the window and have room, the first ones first."""
    taken: list[tuple[float, float, float]] = []
    for lon, lat, text in names:
        x, y = (float(each[0]) for each in window.place(np.array([lon]), np.array([lat])))
        half = len(text) * _LETTER / 2
        inside = half < x < window.width - half and 10 < y < window.height - 10
        free = all(abs(x - at) > half + own + 4 or abs(y - top) > 15 for at, top, own in taken)
        if inside and free and len(taken) < _MOST_NAMES:
            taken.append((x, y, half))
            style = style_text(PLAIN, INK, "bold")
            box.text(x, y, text, ha="center", va="center", gid=HALO, zorder=6, **style)


def _write_legend(drawing: Drawing, edges: list[float], words: AreaWords, *, has_hot: bool) -> None:
    left, y = WIDTH - _ASIDE, 22.0
    drawing.write(left, y, words.value, **style_text(PLAIN, INK, "bold"))
    for at, edge in enumerate(edges):
        y += 22
        key = drawing.add_box(left, y - 12, 24, 15)
        key.axis("off")
        key.set(xlim=(0, 1), ylim=(0, 1))
        key.fill_between([0, 1], 0, 1, color=mix(_RAMP, at / max(len(edges) - 1, 1)), linewidth=0)
        last = edges[at + 1] if at + 1 < len(edges) else None
        drawing.write(left + 34, y, _name_class(edge, last, words), **style_text(PLAIN, INK))
    if has_hot:
        y += 30
        key = drawing.add_box(left, y - 12, 24, 15)
        key.set(xlim=(0, 1), ylim=(0, 1), xticks=[], yticks=[])
        for spine in key.spines.values():
            spine.set(visible=True, color=ORANGE, linewidth=2.2 * POINTS)
        drawing.write(left + 34, y, words.hot, **style_text(PLAIN, INK))
    drawing.write(left, y + 28, words.note, **style_text(SMALL, QUIET))


def _name_class(first: float, last: float | None, words: AreaWords) -> str:
    """Name a class of counts by its ends."""
    if first == 0 and last is not None:
        return words.less.format(number=f"{last:,g}")
    if last is None:
        return words.more.format(number=f"{first:,g}")
    return words.between.format(low=f"{first:,g}", high=f"{last:,g}")
