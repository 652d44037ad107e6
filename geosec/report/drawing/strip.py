"""A railway as a strip: incidents above with where they may have been, rates, stations below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from geosec.report.drawing.canvas import (
    BLUE,
    HALO,
    INK,
    LINE,
    ORANGE,
    POINTS,
    QUIET,
    SKY,
    SMALL,
    WIDTH,
    Drawing,
    draw,
    list_ticks,
    rule_across,
    style_text,
)
from geosec.report.saying import clean_cell

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_LEFT, _RIGHT = 44.0, 10.0
_HEAD, _LANES, _RATES, _STATIONS = 20.0, 150.0, 130.0, 60.0  # pixels high
_MOST_LANE, _MOST_DOT = 13.0, 22.0
_LETTER = 6.2  # pixels wide, of a small letter
_EDGE = 0.06  # of the strip at its end, where numbers stand before their dots
_GAP = 0.012  # of the strip, between two incidents of a lane
_LONGEST = 24  # letters of a station
_TURN_DEG = 65
_SINE = 0.91  # of it
_ENDS = ("low_km", "high_km")


class StripWords(NamedTuple):
    """What stands on a strip."""

    incidents: str
    rates: str
    km: str


def draw_strip(  # noqa: PLR0913 - three tables, words, what the figure says
    sections: pd.DataFrame,
    incidents: pd.DataFrame,
    stations: pd.DataFrame,
    words: StripWords,
    *,
    name: str,
    title: str,
    description: str,
) -> str:
    """Draw what happened along a way, in kilometres of track from its start.

    `sections` has ``from_km``, ``to_km``, ``rate`` with ``rate_low`` and ``rate_high``, and
    ``is_worst``; `incidents` has ``at_km``, ``low_km``, ``high_km`` and ``count``; `stations` has
    ``name`` and ``at_km``.
    """

    def make() -> Drawing:
        span = float(sections["from_km"].min()), float(sections["to_km"].max())
        wide = WIDTH - _LEFT - _RIGHT
        named = stations.iloc[choose_stations(stations["at_km"].to_numpy(), span, wide)]
        low, end = (incidents[each].to_numpy() for each in _ENDS)
        lanes = find_lanes(low, end, _GAP * (span[1] - span[0]))
        high = min(_LANES, (max(lanes, default=0) + 1) * _MOST_LANE + 8)
        turned = (
            max((len(each) for each in named["name"].map(_shorten)), default=0) * _LETTER * _SINE
        )
        drawing = Drawing(2 * _HEAD + high + _RATES + _STATIONS + turned)
        drawing.write(0, 12, words.incidents, **style_text(SMALL, INK, "bold"))
        box = drawing.add_box(_LEFT, _HEAD, wide, high)
        box.set(xlim=span, ylim=(0, high), xticks=[], yticks=[])
        box.spines["bottom"].set_visible(False)
        _draw_incidents(box, incidents, np.array(lanes), high)
        drawing.write(0, _HEAD + high + 14, words.rates, **style_text(SMALL, INK, "bold"))
        rates = drawing.add_box(_LEFT, 2 * _HEAD + high, wide, _RATES)
        rates.set_xlim(span)
        _draw_rates(rates, sections)
        rates.set_xlabel(words.km, labelpad=2, **style_text(SMALL, QUIET))
        _name_stations(drawing, stations, named, span, 2 * _HEAD + high + _RATES)
        return drawing

    return draw(make, name, title, description)


def find_lanes(low: Any, high: Any, gap: float) -> list[int]:
    """Find a lane for each interval, so that none lies on another: the lowest that is free."""
    ends: list[float] = []
    lanes = [0] * len(low)
    for at in np.lexsort((high, low)):
        free = next((lane for lane, end in enumerate(ends) if end + gap <= low[at]), len(ends))
        ends[free:] = [high[at], *ends[free + 1 :]]
        lanes[at] = free
    return lanes


def _draw_incidents(box: Axes, incidents: pd.DataFrame, lanes: Any, high: float) -> None:
    """Draw a dot for each place of incidents on the line over which they may have been."""
    if not len(incidents):
        return
    step = min(_MOST_LANE, (high - 8) / (lanes.max() + 1))
    y = 7 + lanes * step
    wide = min(3.0, step * 0.45)
    low, end = (incidents[each].to_numpy() for each in _ENDS)
    box.hlines(y, low, end, colors=SKY, linewidth=wide * POINTS, zorder=2)
    counts, at = incidents["count"].to_numpy(), incidents["at_km"].to_numpy()
    smallest = min(6.0, max(2.5, step * 0.75))
    most = max(smallest, min(_MOST_DOT, step * 1.7))
    sizes = np.minimum(smallest * np.sqrt(counts), most)
    look: dict[str, Any] = {"c": BLUE, "linewidths": 0, "zorder": 3, "clip_on": False}
    box.scatter(at, y, s=(sizes * POINTS) ** 2, **look)
    left, right = box.get_xlim()
    scale = (right - left) / (WIDTH - _LEFT - _RIGHT)
    for row in np.flatnonzero(counts > 1):
        is_last = at[row] > right - _EDGE * (right - left)
        away = (sizes[row] / 2 + 3) * scale * (-1 if is_last else 1)
        side: dict[str, Any] = {"ha": "right" if is_last else "left", "va": "center_baseline"}
        style = style_text(SMALL, INK)
        box.text(at[row] + away, y[row], f"{counts[row]:,}", gid=HALO, zorder=4, **side, **style)


def _draw_rates(box: Axes, sections: pd.DataFrame) -> None:
    """Draw the rate of each section as a block, with its range; the worst in another colour."""
    top = float(np.nanmax([*sections["rate_high"], *sections["rate"], 1e-9]))
    ticks = list_ticks(top, 3)
    box.set(ylim=(0, top * 1.06), yticks=ticks)
    box.tick_params(axis="y", length=0)
    rule_across(box, ticks[1:])
    start, end = sections["from_km"].to_numpy(), sections["to_km"].to_numpy()
    colours = np.where(sections["is_worst"].to_numpy(dtype=bool), ORANGE, BLUE)
    style: dict[str, Any] = {"align": "edge", "edgecolor": "#ffffff", "linewidth": 0.8 * POINTS}
    box.bar(start, sections["rate"], width=end - start, color=colours, **style)
    known = sections["rate_high"].notna().to_numpy()
    middle = ((start + end) / 2)[known]
    low, high = (sections[each].to_numpy()[known] for each in ("rate_low", "rate_high"))
    box.vlines(middle, low, high, colors=INK, linewidth=1.1 * POINTS, zorder=3)


def _name_stations(
    drawing: Drawing,
    stations: pd.DataFrame,
    named: pd.DataFrame,
    span: tuple[float, float],
    top: float,
) -> None:
    """Mark stations under the strip, and write the names that have room, turned."""
    wide = WIDTH - _LEFT - _RIGHT
    box = drawing.add_box(_LEFT, top + 36, wide, 8)
    box.set(xlim=span, ylim=(0, 1), xticks=[], yticks=[])
    box.spines["bottom"].set_visible(False)
    box.axhline(0.5, color=LINE, linewidth=2 * POINTS, zorder=1)
    at = stations["at_km"].to_numpy()
    box.plot(at, np.full(len(at), 0.5), "|", color=QUIET, markersize=5, zorder=2)
    scale = wide / max(span[1] - span[0], 1e-9)
    for text, at_km in zip(named["name"].map(_shorten), named["at_km"], strict=True):
        x = _LEFT + (at_km - span[0]) * scale + 4
        turned: dict[str, Any] = {"rotation": _TURN_DEG, "rotation_mode": "anchor", "ha": "right"}
        drawing.write(x, top + 56, text, **turned, **style_text(SMALL, INK))


def _shorten(name: object) -> str:
    return clean_cell(name, _LONGEST)


def choose_stations(
    at: Any, span: tuple[float, float], wide: float, apart: float = 16
) -> list[int]:
    """Choose stations whose names have room: both ends first, then along the way."""
    if not len(at):
        return []
    scale = wide / max(span[1] - span[0], 1e-9)
    order = np.argsort(at, kind="stable")
    kept = [int(order[0])]
    last = int(order[-1])
    for row in order[1:-1]:
        far = (at[row] - at[kept[-1]]) * scale >= apart
        if far and (at[last] - at[row]) * scale >= apart:
            kept.append(int(row))
    return kept if last == kept[0] else [*kept, last]
