"""Counts by period, each with its interval, and where their level changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geosec.report.drawing.canvas import (
    BLUE,
    INK,
    ORANGE,
    POINTS,
    SKY,
    WIDTH,
    Drawing,
    draw,
    list_ticks,
    rule_across,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LEFT, _TOP, _HIGH, _BELOW = 40.0, 12.0, 190.0, 30.0
_BAR = 0.76  # of a period
_LONG_DAYS, _FEW_YEARS = 300, 4 * 365
_MOST_MARKS = 14


def draw_trend(
    counts: pd.DataFrame, *, name: str, title: str, description: str, levels: pd.DataFrame | None
) -> str:
    """Draw a bar for each period with the range of its count; partial periods are pale.

    `counts` has ``period_start``, ``period_end`` (last day), ``is_partial``, ``count``,
    ``count_low`` and ``count_high``; `levels` has ``period_start``, ``period_end`` and ``count``,
    the mean between two changes.
    """

    def make() -> Drawing:
        drawing = Drawing(_TOP + _HIGH + _BELOW)
        box = drawing.add_box(_LEFT, _TOP, WIDTH - _LEFT - 8, _HIGH)
        start, end = _list_days(counts)
        top = float(np.nanmax([counts["count"].max(), counts["count_high"].max(), 1.0]))
        ticks = list_ticks(top)
        box.set(xlim=(start[0], end[-1]), ylim=(0, max(top, ticks[-1]) * 1.04), yticks=ticks)
        box.tick_params(axis="y", length=0)
        rule_across(box, ticks[1:])
        _draw_bars(box, counts, start, end)
        if levels is not None:
            _draw_levels(box, levels)
        _mark_time(box, start, end)
        return drawing

    return draw(make, name, title, description)


def _list_days(table: pd.DataFrame) -> tuple[Any, Any]:
    """List the first day of each period and the day after its last, as numbers of days."""
    start, end = (pd.to_datetime(table[each]) for each in ("period_start", "period_end"))
    day = np.timedelta64(1, "D")
    return tuple(
        each.to_numpy().astype("datetime64[D]").astype("float64") for each in (start, end + day)
    )


def _draw_bars(box: Axes, counts: pd.DataFrame, start: Any, end: Any) -> None:
    colours = np.where(counts["is_partial"].to_numpy(dtype=bool), SKY, BLUE)
    middle, wide = (start + end) / 2, (end - start) * _BAR
    box.bar(middle, counts["count"], width=wide, color=colours, linewidth=0)
    low, high = counts["count_low"].to_numpy(), counts["count_high"].to_numpy()
    is_open = high > low
    style: dict[str, Any] = {"colors": INK, "linewidth": 1.2 * POINTS, "zorder": 3}
    box.vlines(middle[is_open], low[is_open], high[is_open], **style)


def _draw_levels(box: Axes, levels: pd.DataFrame) -> None:
    start, end = _list_days(levels)
    style: dict[str, Any] = {"colors": ORANGE, "linewidth": 2 * POINTS, "zorder": 4}
    box.hlines(levels["count"], start, end, **style)


def _mark_time(box: Axes, start: Any, end: Any) -> None:
    """Write years under their bars, or years and months where they begin."""
    days = np.array([start[0], end[-1] - 1]).astype("int64").astype("datetime64[D]")
    is_yearly = bool(np.median(end - start) > _LONG_DAYS)
    unit = "datetime64[Y]" if (days[1] - days[0]).astype("int64") > _FEW_YEARS else "datetime64[M]"
    marks = np.arange(days[0].astype(unit), days[1].astype(unit) + 1)
    step = -(-len(marks) // _MOST_MARKS)
    first = marks.astype("datetime64[D]").astype("float64")
    at = first + (182 if is_yearly else 0)
    shown = (marks.astype("int64") % step == 0) & (at >= start[0]) & (at < end[-1])
    box.set_xticks(at[shown], [str(mark) for mark in marks[shown]])
    if is_yearly:
        box.tick_params(axis="x", length=0)
