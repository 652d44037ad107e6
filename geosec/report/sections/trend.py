"""Whether there were more or fewer as time went on, and when the level changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geosec.analysis.trends import count_trends
from geosec.report.content import Block, Figure, Paragraph, Section
from geosec.report.drawing.trend import draw_trend
from geosec.report.saying import clean_cell
from geosec.report.sections.asking import ask, write_unmade, write_value

if TYPE_CHECKING:
    from geosec.report.case import Case

_NAME = "trend"
_LEAST_PERIODS = 10  # two of them may be partial
_DAYS = {"year": 365.25, "quarter": 91.3, "month": 30.4, "week": 7.0}
_LIKELY = 0.5  # share of draws from which on a change is told


def write_trend(case: Case) -> Section:
    """Write whether incidents became more or fewer."""
    tell, days = case.tell, case.days
    if not len(days):
        return write_unmade(tell, _NAME, tell.words["no_dates"])
    period = choose_period(days)
    answer = ask(lambda: count_trends(case.located, None, period, **case.settings))
    if answer.reason:
        return write_unmade(tell, _NAME, answer.reason)
    counts, trends, changes = answer.found
    changes = changes[~(changes["change_share"] < _LIKELY)]
    told = [_tell_trend(case, trends.iloc[0], period)]
    told += [_tell_change(case, each, period) for each in changes.to_dict("records")]
    text = " ".join(told)
    blocks: list[Block] = [Paragraph(text), _draw(case, counts, changes, period, text)]
    settings = [("units", write_value(None)), ("period", period)]
    return Section(
        _NAME,
        tell.words[_NAME],
        blocks,
        finding=text,
        methods=[tell.words["trend_method"]],
        settings=settings,
        notices=answer.notices,
    )


def choose_period(days: pd.Series) -> str:
    """Choose the longest period of which there are enough for a trend."""
    span = (days.max() - days.min()).days + 1
    fits = (each for each, length in _DAYS.items() if span / length >= _LEAST_PERIODS)
    return next(fits, "week")


def _tell_trend(case: Case, row: pd.Series, period: str) -> str:
    tell, words = case.tell, case.tell.words
    each = words[f"per_{period}"]
    if isinstance(row["reason"], str):
        return tell.say("trend_few", reason=clean_cell(row["reason"]))
    slope = row["slope_per_year"]
    size = abs(slope)
    ends = sorted(abs(row[f"slope_per_year_{end}"]) for end in ("low", "high"))
    said = {"slope": tell.between(size, *ends), "each": each, "chance": tell.chance(row["p_value"])}
    if row["trend"] == "no trend" and size == ends[0] == ends[1] == 0:
        return tell.say("trend_flat", each=each)
    if row["trend"] == "no trend":
        said["slope"] = tell.signed(slope, row["slope_per_year_low"], row["slope_per_year_high"])
        return tell.say("trend_none", **said)
    return tell.say("trend_up" if row["trend"] == "increasing" else "trend_down", **said)


def _tell_change(case: Case, change: dict[Any, Any], period: str) -> str:
    tell = case.tell
    start = pd.Timestamp(change["period_start"])
    when = str(start.year) if period == "year" else tell.month(start)
    said = {
        "when": tell.day(start) if period == "week" else when,
        "before": tell.measure(change["count_before"]),
        "after": tell.measure(change["count_after"]),
        "each": tell.words[f"per_{period}"],
    }
    share = change["change_share"]
    if np.isnan(share):
        return tell.say("trend_change", **said)
    return tell.say("trend_change_share", share=tell.part(share), **said)


def _draw(
    case: Case, counts: pd.DataFrame, changes: pd.DataFrame, period: str, told: str
) -> Figure:
    tell, words = case.tell, case.tell.words
    caption = tell.say("trend_figure", each=words[f"per_{period}"])
    has_ranges = bool((counts["count_high"] > counts["count_low"]).any())
    notes = [words["trend_bars"]] if has_ranges else []
    notes += [words["trend_partial"]] if counts["is_partial"].any() else []
    levels = _list_levels(counts, changes)
    notes += [words["trend_levels"]] if levels is not None else []
    svg = draw_trend(counts, name="trend-figure", title=caption, description=told, levels=levels)
    return Figure(svg, caption, " ".join(notes))


def _list_levels(counts: pd.DataFrame, changes: pd.DataFrame) -> pd.DataFrame | None:
    """List the mean counts between changes; None where nothing changed."""
    if not len(changes):
        return None
    full = counts[~counts["is_partial"].astype("bool")]
    starts = [full["period_start"].iloc[0], *changes["period_start"]]
    ends = [*changes["period_start"] - pd.Timedelta(days=1), full["period_end"].iloc[-1]]
    means = [
        full.loc[full["period_start"].between(start, end), "count"].mean()
        for start, end in zip(starts, ends, strict=True)
    ]
    return pd.DataFrame({"period_start": starts, "period_end": ends, "count": means})
