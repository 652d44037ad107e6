"""The columns of periods: the first day and the last of each row, and how much of it is covered."""

from __future__ import annotations

import warnings
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geosec.arguments import describe_given
from geosec.errors import GeosecWarning, ParameterError
from geosec.incidents.cells import Rejected
from geosec.incidents.counts.cells import judge_distinct
from geosec.incidents.counts.columns import PERIODS
from geosec.incidents.counts.periods import (
    Period,
    PeriodReader,
    find_usual,
    guess_length,
    is_partial,
    shorten_exclusive,
)
from geosec.incidents.dates import parse_date

if TYPE_CHECKING:
    from geosec.incidents.counts.cells import Faults

_SINGLE = ("date", "start")  # columns of single days that may begin something longer
_LONGER = ("end", "week", "week_end", "month", "quarter", "period")
_ROLES = (*PERIODS, "end")


def read_until(until: Any) -> date | None:
    """Read the last day that a source covers."""
    if until is None:
        return None
    if isinstance(until, datetime | date) and not pd.isna(until):
        return date(until.year, until.month, until.day)
    try:
        return parse_date(until).day if isinstance(until, str) else _refuse_day(until)
    except Rejected:
        return _refuse_day(until)


def _refuse_day(until: Any) -> date:
    msg = f'`until` is the last day covered, as "2025-01-10", and is {describe_given(until)}.'
    raise ParameterError(msg)


def read_periods(
    texts: pd.DataFrame,
    faults: Faults,
    until: date | None,
    *,
    day_first: bool | None,
    every: str | None,
) -> pd.DataFrame:
    """Read the period of each row: first day, last day, days covered, and whether it is partial."""
    every = every or _guess_every(texts, day_first=day_first)
    reader = PeriodReader(day_first=day_first, every=every)

    def judge(cells: dict[str, str]) -> Period:
        period = reader.read(cells)
        if until is not None and period.start > until:
            msg = f"it begins on {period.start}, and the source covers days until {until}"
            raise Rejected(msg)
        return period

    which, made = judge_distinct(texts, _ROLES, judge, faults)
    periods = [each for each in made if each is not None]
    shorter = shorten_exclusive(periods) if "end" in texts.columns else {}
    if shorter:
        long, short = next(iter(shorter.items()))
        msg = (
            f"the periods end on the first day after them, such as {long.start} to {long.end}; "
            f"they were read as {short.start} to {short.end} and so on."
        )
        warnings.warn(msg, GeosecWarning, stacklevel=3)
    made = [shorter.get(each, each) for each in made]
    rows = np.bincount(which, minlength=len(made)).tolist()
    usual = find_usual({each: n for each, n in zip(made, rows, strict=True) if each is not None})
    return _tabulate(made, which, usual, until, texts.index)


def _tabulate(
    made: list[Period | None],
    which: np.ndarray[Any, np.dtype[np.int64]],
    usual: str,
    until: date | None,
    index: pd.Index,
) -> pd.DataFrame:
    ends = [(None, None) if each is None else each for each in made]
    start, end = (
        (np.array(list(days), dtype="datetime64[s]") for days in zip(*ends, strict=True))
        if ends
        else (np.array([], dtype="datetime64[s]"),) * 2
    )
    partial = [each is not None and is_partial(each, usual, until) for each in made]
    days = [
        0 if each is None else Period(each.start, min(each.end, until or each.end)).days
        for each in made
    ]
    columns = {
        "period_start": start[which],
        "period_end": end[which],
        "period_days": np.array(days, dtype="int64")[which],
        "period_partial": np.array(partial, dtype="bool")[which],
    }
    return pd.DataFrame(columns, index=index)


def _guess_every(texts: pd.DataFrame, *, day_first: bool | None) -> str | None:
    """Guess what single dates begin, and warn of it; None where they are days, or it is said."""
    if set(texts.columns) & set(_LONGER):
        return None
    name = next((role for role in _SINGLE if role in texts.columns), None)
    if name is None:
        return None
    days = []
    for text in texts[name].unique():
        try:
            told = parse_date(text, day_first=day_first)
        except Rejected:
            continue
        if told.precision != "day":
            return None
        days.append(told.day)
    length = guess_length(days)
    if length is not None:
        what = "first days of a week" if length == "week" else f"first days of {length}s"
        msg = (
            f"the dates in the table are all {what}, and were taken for whole {length}s; say "
            f'every="day" if they are days, or every="{length}" if so.'
        )
        warnings.warn(msg, GeosecWarning, stacklevel=4)
    return length
