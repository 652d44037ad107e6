"""A static map composed on its sheet: headings, map, legend, scale and sources."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely
import shapely.geometry
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle

from geosec.errors import GeosecWarning
from geosec.maps.paper.drawing import MapBox
from geosec.maps.paper.graticule import write_degrees
from geosec.maps.paper.keys import Legend, list_sections
from geosec.maps.paper.sheet import (
    INK,
    LINE,
    POINTS,
    QUIET,
    Sheet,
    draw_text,
    set_apart,
    wrap_text,
)
from geosec.maps.paper.window import choose_window, project

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from geosec.maps.paper.keys import Section
    from geosec.maps.paper.scene import Scene
    from geosec.maps.paper.window import Window

_MARGIN, _GUTTER = 26.0, 18.0
_LEGEND = (130.0, 196.0)  # pixels wide beside the map, and a share of the sheet between
_LEGEND_SHARE = 0.3
_NARROW = -2  # columns as narrow as they may be, where nothing else has room
_LEAST_LEGEND, _NARROW_SHARE = 106.0, 0.28
_BESIDE = 470.0  # width of the sheet from which the legend stands there
_WIDE = 600.0  # sheet, whose title is large
_NOTE, _NOTE_LINE = 9.5, 13.0
_STRIP = 34.0  # under the map: scale, north, projection
_FRAME = "#9aa0ab"
_LEAST_MAP = 0.25  # share of the height that a map needs over its legend
_MOST_HEAD = 0.3  # share of the height that headings may take


class Told(NamedTuple):
    """What a sheet says beside its map."""

    title: str
    subtitle: str
    credits: list[str]
    words: Mapping[str, str]
    columns: tuple[str, str]  #: of colour and of size, "" for none
    notes: list[str]  #: what else stands at the foot


class Order(NamedTuple):
    """What is composed on a sheet."""

    scene: Scene
    ground: Mapping[str, Any]
    told: Told
    size: tuple[float, float]  #: of the sheet, in pixels
    footprints: bool | None


class Room(NamedTuple):
    """Where a map and its legend may stand between headings and notes, in pixels."""

    top: float
    bottom: float  #: of map and legend: its scale, and then the notes, stand below
    wide: float
    high: float  #: of all below the headings


def compose(order: Order) -> Sheet:
    """Compose a map on a sheet; its legend stands where there is room."""
    width, height = order.size
    is_beside = width >= _BESIDE and width >= height * 0.9
    tried: dict[int, Sheet] = {}
    for columns in (1, 2, 0, _NARROW) if is_beside else (0, 1, _NARROW):
        tried[columns], has_room = _compose(order, columns)
        if has_room and columns != _NARROW:
            return tried[columns]
    told = "leaves the map little room" if has_room else "has no room and runs over the foot"
    msg = f"the legend {told}: take a larger `size_in`."
    warnings.warn(msg, GeosecWarning, stacklevel=3)
    return tried[_NARROW if has_room else 1]


def _compose(order: Order, beside: int) -> tuple[Sheet, bool]:
    """Compose a map with its legend in columns beside it, or below; tell whether it has room."""
    width, height = order.size
    sheet = Sheet(width, height, is_mirrored=order.told.words["direction"] == "rtl")
    top = _write_headings(sheet, order.told)
    bottom = height - _MARGIN + 8
    # what stands below is set before the map is known to need all of it, so it is told twice
    guess = len(_set_notes(sheet, order.told, order.scene, None)) * _NOTE_LINE + 8
    room = Room(top, bottom - guess - _STRIP, width - 2 * _MARGIN, bottom - top)
    drawn = _draw_beside(sheet, order, room, beside) if beside else _draw_above(sheet, order, room)
    if drawn is None:
        return sheet, False
    map_, has_room = drawn
    _write_notes(sheet, order.told, order.scene, map_, bottom)
    return sheet, has_room


def _draw_beside(
    sheet: Sheet, order: Order, room: Room, columns: int
) -> tuple[MapBox, bool] | None:
    """Draw a map and its legend in columns beside it, smaller where it is long.

    Also whether the legend has room; None where it leaves too little for the map. In `_NARROW`
    columns it takes what it needs, as a legend on the notes is worse than a small map.
    """
    wide = float(np.clip(room.wide * _LEGEND_SHARE, *_LEGEND))
    if columns == _NARROW:
        columns, wide = 2, max(_LEAST_LEGEND, room.wide * _NARROW_SHARE - _GUTTER)
    elif columns > 1 and columns * (wide + _GUTTER) > room.wide / 2:
        return None
    aside = columns * (wide + _GUTTER)
    box = (_MARGIN, room.top, room.wide - aside, room.bottom - room.top)
    map_ = _draw_map(sheet, order, box)
    high = box[3] + _STRIP - 12
    legend, flow, needed = _fit_legend(Legend(_list_sections(map_, order), wide), columns, high)
    _draw_columns(sheet, legend, flow, _MARGIN + box[2] + _GUTTER, room.top - 3)
    _draw_strip(sheet, map_.window, box)
    return map_, needed <= high


def _draw_above(sheet: Sheet, order: Order, room: Room) -> tuple[MapBox, bool] | None:
    """Draw a map over its legend, and tell as `_draw_beside` does."""
    columns = max(1, int(room.wide // 210))
    wide = (room.wide - (columns - 1) * _GUTTER) / columns
    high = room.high * 0.36
    box = (_MARGIN, room.top, room.wide, room.bottom - high - room.top)
    tried = _draw_map(Sheet(*order.size), order._replace(ground={}), box)
    _, _, high = _fit_legend(Legend(_list_sections(tried, order), wide), columns, high)
    box = (_MARGIN, room.top, room.wide, room.bottom - high - room.top)
    if box[3] < order.size[1] * _LEAST_MAP:
        return None
    map_ = _draw_map(sheet, order, box)
    sections = _list_sections(map_, order)  # of the larger map
    legend, flow, needed = _fit_legend(Legend(sections, wide), columns, high)
    _draw_columns(sheet, legend, flow, _MARGIN, box[1] + box[3] + _STRIP + 4)
    _draw_strip(sheet, map_.window, box)
    return map_, needed <= high


def _list_sections(map_: MapBox, order: Order) -> list[Section]:
    return list_sections(map_, order.told.words, order.told.columns, order.ground)


def _draw_columns(
    sheet: Sheet, legend: Legend, flow: list[list[Section]], left: float, top: float
) -> None:
    for number, column in enumerate(flow):
        legend.draw(sheet, left + number * (legend.width + _GUTTER), top, column)


def _draw_map(sheet: Sheet, order: Order, box: tuple[float, float, float, float]) -> MapBox:
    scene, ground, footprints = order.scene, order.ground, order.footprints
    window = frame_scene(scene, ground, box[2], box[3], footprints=footprints)
    axes = sheet.add_axes(*box)
    map_ = MapBox(axes, window, scene)
    map_.draw_ground(ground)
    map_.draw_footprints(asked=footprints)
    map_.draw_incidents()
    map_.draw_names(ground)
    style: dict[str, Any] = {"facecolor": "none", "edgecolor": _FRAME, "linewidth": POINTS}
    axes.add_artist(Rectangle((0, 0), box[2], box[3], zorder=9, clip_on=False, **style))
    return map_


def frame_scene(
    scene: Scene,
    ground: Mapping[str, Any],
    width: float,
    height: float,
    *,
    footprints: bool | None = None,
) -> Window:
    """Choose the window of a scene; where nothing has a place, that of its ground."""
    lon, lat = (np.repeat(each, scene.counts) for each in (scene.places.lon, scene.places.lat))
    if not len(lon):
        lon, lat = _list_corners(ground).T
    extents = np.zeros((0, 4)) if footprints is False else scene.list_extents()
    return choose_window(lon, lat, extents, width, height)


def _list_corners(ground: Mapping[str, Any]) -> Any:
    """List the corners of what has values, else of the country, else a place in Pakistan."""
    valued = [ground[name]["shapes"] for name in ("choropleth", "corridor") if ground.get(name)]
    for shapes in (*valued, ground.get("country", [])):
        corners = shapely.get_coordinates([shapely.geometry.shape(each) for each in shapes])
        if len(corners):
            return corners
    return np.array([[69.3, 30.0]])


def _write_headings(sheet: Sheet, told: Told) -> float:
    """Write title and subtitle, and give where the map may begin."""
    width = sheet.width - 2 * _MARGIN
    most = sheet.height * _MOST_HEAD
    size = 21.0 if sheet.width >= _WIDE else 17.0
    while size > 12 and len(wrap_text(told.title, width, size, weight="bold")) * size * 1.25 > (
        most * 0.6
    ):
        size -= 1
    fits = max(1, int(most * 0.6 / (size * 1.25)))
    y = _MARGIN - 6
    for line in wrap_text(told.title, width, size, weight="bold", most=fits):
        y += size * 1.25
        sheet.write(_MARGIN, y - size * 0.25, line, size=size, weight="bold")
    for line in wrap_text(told.subtitle, width, 12.5, most=max(1, int(most * 0.3 / 17))):
        y += 17
        sheet.write(_MARGIN, y, line, size=12.5, colour=QUIET)
    return y + 13


def _fit_legend(
    legend: Legend, columns: int, room: float
) -> tuple[Legend, list[list[Section]], float]:
    """Set a legend in columns, as small as it must be to fit a height; give what it takes."""
    while True:
        flow = legend.flow(columns)
        high = max((sum(map(legend.measure, column)) for column in flow), default=0.0)
        smaller = legend.shrink() if high > room else None
        if smaller is None:
            return legend, flow, high
        legend = smaller


def _draw_strip(sheet: Sheet, window: Window, box: tuple[float, float, float, float]) -> None:
    """Draw scale and north under the map."""
    left, top, wide, high = box
    bar, y = window.choose_bar(min(170.0, wide * 0.3)), top + high + 17
    x = left + 24
    _draw_north(sheet, window, left + 7, y - 2, wide / 2)
    for from_, to, colour in ((0.0, 0.5, INK), (0.5, 1.0, "#ffffff")):
        across = (sheet.at(x + from_ * bar.pixels), sheet.at(x + to * bar.pixels))
        style: dict[str, Any] = {"facecolor": colour, "edgecolor": INK, "linewidth": 0.8 * POINTS}
        side = Rectangle((min(across), y - 4), abs(across[1] - across[0]), 4, **style)
        sheet.page.add_artist(side)
    sheet.write(x + bar.pixels + 6, y + 1, _write_distance(bar.length_m), size=10)


def _write_distance(metres: float) -> str:
    return f"{metres / 1_000:,g} km" if metres >= 1_000 else f"{metres:g} m"


def _draw_north(sheet: Sheet, window: Window, x: float, y: float, middle: float) -> None:
    """Draw an arrow to the north, as it is in the middle of the map."""
    at_x = window.left_m + middle * window.metres
    up = project(
        window.lon, window.lat, np.array([window.lon]), np.array([89.0]), is_local=window.is_local
    )
    turn = (
        np.arctan2(float(up[0][0]) - at_x, abs(float(up[1][0]) - 0.0)) if window.is_local else 0.0
    )
    shape = np.array([(0, -11), (4.5, 1), (0, -2), (-4.5, 1)])
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    corners = shape @ spin.T + (sheet.at(x), y)
    sheet.page.add_artist(Polygon(corners, facecolor=INK, edgecolor="none"))
    style: dict[str, Any] = {"size": 8, "weight": "bold", "ha": "center", "va": "baseline"}
    draw_text(sheet.page, sheet.at(x), y + 11, "N", **style)


def _list_notes(told: Told, scene: Scene, map_: MapBox | None) -> list[str]:
    """List what is not drawn, from when the data are and whose, and how the Earth was made flat."""
    words, notes = told.words, list(told.notes)
    if scene.unplaced:
        notes.append(words["picture_unplaced"].format(count=f"{scene.unplaced:,}"))
    if map_ is None or map_.outside:
        outside = 1 if map_ is None else map_.outside
        notes.append(words["picture_outside"].format(count=f"{outside:,}"))
    if scene.days is not None:
        first, last = (_write_day(day, words) for day in scene.days)
        notes.append(words["picture_days"].format(first=first, last=last))
    if map_ is None:
        notes.append(words["picture_local"])
    else:
        window = map_.window
        lat, lon = write_degrees(window.lat, "N", "S"), write_degrees(window.lon, "E", "W")
        said = words["picture_local" if window.is_local else "picture_mercator"]
        notes.append(said.format(lat=set_apart(lat), lon=set_apart(lon)))
    sources = f"{words['sources']}: {' · '.join(map(set_apart, told.credits))}"
    return [" ".join(notes), sources]


def _write_day(day: pd.Timestamp, words: Mapping[str, str]) -> str:
    return f"{day.day} {words[f'month_{day.month}']} {day.year}"


def _set_notes(sheet: Sheet, told: Told, scene: Scene, map_: MapBox | None) -> list[str]:
    width = sheet.width - 2 * _MARGIN
    notes = _list_notes(told, scene, map_)
    return [line for note in notes for line in wrap_text(note, width, _NOTE, most=4)]


def _write_notes(sheet: Sheet, told: Told, scene: Scene, map_: MapBox, bottom: float) -> None:
    """Write the notes at the foot of the sheet."""
    lines = _set_notes(sheet, told, scene, map_)
    top = bottom - len(lines) * _NOTE_LINE
    rule = [_MARGIN, sheet.width - _MARGIN], [top - 4, top - 4]
    sheet.page.add_artist(Line2D(*rule, color=LINE, linewidth=POINTS))
    for number, line in enumerate(lines):
        y = top + (number + 1) * _NOTE_LINE - 2
        sheet.write(_MARGIN, y, line, size=_NOTE, colour=QUIET)


def compose_bare(scene: Scene, ground: Mapping[str, Any], width: float, height: float) -> Any:
    """Compose a map alone on a sheet of a size in pixels."""
    sheet = Sheet(width, height)
    window = frame_scene(scene, ground, width, height, footprints=False)
    map_ = MapBox(sheet.add_axes(0, 0, width, height), window, scene, with_words=False)
    map_.draw_ground(ground)
    map_.draw_incidents()
    map_.draw_names(ground, most=max(2, int(width * height / 20_000)))
    return sheet.figure
