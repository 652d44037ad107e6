"""Weeks, months, quarters and years, one after the other, that days are counted in."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
import pandas as pd

from geosec.arguments import describe_given
from geosec.errors import ParameterError, near_misses

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Days = NDArray[np.datetime64]

Period = Literal["week", "month", "quarter", "year"]

_PER_YEAR = {"week": 365.2425 / 7, "month": 12.0, "quarter": 4.0, "year": 1.0}
_CODES = {"week": "W-SUN", "month": "M", "quarter": "Q", "year": "Y"}  # of pandas
_MOST = 2_000
_DAY = np.timedelta64(1, "D")
_CALENDAR = np.datetime64("1000-01-01"), np.datetime64("3000-12-31")


@dataclass(frozen=True, eq=False)
class Periods:
    """Periods that follow each other without a gap; a period's number is its position."""

    kind: Period
    start: Days  #: the first day of each
    end: Days  #: the last day of each
    since: np.datetime64  #: the first day that was watched
    until: np.datetime64  #: the last day that was watched

    @classmethod
    def between(cls, kind: str, since: np.datetime64, until: np.datetime64) -> Periods:
        """Make the periods that two days and all between them fall into.

        Weeks begin on Monday. Raises a `ParameterError` where there is no such period, or there are
        more than anyone reads.
        """
        if kind not in get_args(Period):
            is_word = isinstance(kind, str)
            hint = near_misses(kind if is_word else "month", get_args(Period))
            if not is_word:
                hint += " `since=` and `until=` say from when to when incidents were watched."
            msg = f"`period` is {describe_given(kind)}, and says how long each is; {hint}"
            raise ParameterError(msg)
        first, last = (pd.Period(str(day), freq=_CODES[kind]) for day in (since, until))
        count = last.ordinal - first.ordinal + 1
        if count > _MOST:
            msg = (
                f"from {since} to {until} there are {count:,} {kind}s, and {_MOST:,} are the most: "
                "take longer periods with `period=`, or a shorter span with `since=` and `until=`."
            )
            raise ParameterError(msg)
        index = pd.period_range(first, last, freq=_CODES[kind])
        start = index.start_time.to_numpy().astype("datetime64[D]")
        end = index.end_time.to_numpy().astype("datetime64[D]")
        return cls(kind, start, end, since, until)  # type: ignore[arg-type]

    def __len__(self) -> int:
        return len(self.start)

    @property
    def per_year(self) -> float:
        """How many there are in a year."""
        return _PER_YEAR[self.kind]

    @property
    def is_partial(self) -> NDArray[np.bool_]:
        """Which were watched only for some of their days."""
        return (self.start < self.since) | (self.end > self.until)

    @property
    def full(self) -> slice:
        """Those that were watched whole: all but a partial first and last."""
        partial = self.is_partial
        return slice(int(partial[0]), max(len(self) - int(partial[-1]), int(partial[0])))

    @property
    def watched_days(self) -> NDArray[np.int64]:
        """Of how many days of each it is known what happened."""
        last, first = np.minimum(self.end, self.until), np.maximum(self.start, self.since)
        return (last - first).astype("int64") + 1

    def find(self, days: Days) -> NDArray[np.int64]:
        """Find the period of days; -1 for those that were not watched, and for NaT."""
        number = np.searchsorted(self.start, days, side="right") - 1
        is_in = (days >= self.since) & (days <= self.until)  # never for NaT
        return np.where(is_in, number, -1)


def read_span(since: Any, until: Any, first: Days, last: Days) -> tuple[np.datetime64, ...]:
    """Read the days that were watched, by default from the first to the last on record.

    Raises a `ParameterError` where one is no day, or they are the wrong way round, or where there
    is no day on record either.
    """
    known = ~np.isnat(first)
    ends = []
    for name, given, days, pick in (
        ("since", since, first, np.min),
        ("until", until, last, np.max),
    ):
        if given is not None:
            ends.append(read_day(name, given))
        elif known.any():
            ends.append(pick(days[known]).astype("datetime64[D]"))
        else:
            msg = (
                f"no incident has a date, so there is no last or first one to count to: "
                f"give `{name}=`, or dates in the column `date`."
            )
            raise ParameterError(msg)
    if ends[0] > ends[1]:
        msg = f"`since` ({ends[0]}) is after `until` ({ends[1]})."
        raise ParameterError(msg)
    return tuple(ends)


def read_day(name: str, given: Any) -> np.datetime64:
    """Read a day that was given."""
    wrong = f"`{name}` is a day, as '2024-01-01', and was given {describe_given(given)}."
    if isinstance(given, Real):  # which pandas takes for nanoseconds
        raise ParameterError(wrong)
    try:
        day = np.datetime64(pd.Timestamp(given).tz_localize(None).date(), "D")
    except (ValueError, TypeError, AttributeError, OverflowError):
        raise ParameterError(wrong) from None
    if np.isnat(day) or not _CALENDAR[0] <= day <= _CALENDAR[1]:
        raise ParameterError(wrong)
    return day
