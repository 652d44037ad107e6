"""The days for which incidents are counted."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from geosec.analysis.calendar_periods import read_day
from geosec.arguments import describe_given
from geosec.errors import GeosecWarning, ParameterError

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from geosec.analysis.incident_draws import Days, IncidentDraws

    Bools = NDArray[np.bool_]

DAYS_PER_YEAR = 365.25


class Period(NamedTuple):
    """A first and a last day, both of which count."""

    first: np.datetime64
    last: np.datetime64
    is_dated: bool = True  #: whether any incident has a date; if none has, all count

    @classmethod
    def of(cls, given: Any, draws: IncidentDraws) -> Period:
        """Read a period, or take the span of the incidents; a `ParameterError` where it is none."""
        is_dated = bool(draws.is_dated.any())
        if given is not None:
            return cls(*_read_ends(given), is_dated)
        if not is_dated:
            msg = (
                "rates need a time, and no incident has a date: say from when to when the "
                'incidents were collected, as in `period=("2015-01-01", "2024-12-31")`.'
            )
            raise ParameterError(msg)
        dated = draws.is_dated
        return cls(draws.first_day[dated].min(), draws.last_day[dated].max())

    @property
    def days(self) -> int:
        """How many days there are."""
        return int((self.last - self.first).astype("int64")) + 1

    @property
    def years(self) -> float:
        """How many years of 365.25 days there are."""
        return self.days / DAYS_PER_YEAR

    @property
    def texts(self) -> list[str]:
        """The first and the last day in ISO 8601."""
        return [str(self.first), str(self.last)]

    def has(self, days: Days) -> Bools:
        """Say which days are among them; a missing one is not."""
        return np.asarray((days >= self.first) & (days <= self.last))

    def holds(self, draws: IncidentDraws) -> Bools:
        """Say which incidents were in the period for sure."""
        if not self.is_dated:
            return np.ones(len(draws), dtype="bool")
        return self.has(draws.first_day) & self.has(draws.last_day)

    def may_hold(self, draws: IncidentDraws) -> Bools:
        """Say which incidents may have been in the period."""
        if not self.is_dated:
            return np.ones(len(draws), dtype="bool")
        return np.asarray((draws.last_day >= self.first) & (draws.first_day <= self.last))


def warn_of_undated(days: Period | None, located: pd.DataFrame, verb: str) -> None:
    """Warn where there is a column of dates, all of which are missing: all incidents count."""
    if days is None or days.is_dated or not len(located) or "date" not in located.columns:
        return
    msg = (
        f"no incident has a date in its column `date`: {verb} counts all {len(located):,} as of "
        "the period."
    )
    warnings.warn(msg, GeosecWarning, stacklevel=3)


def _read_ends(given: Any) -> tuple[np.datetime64, np.datetime64]:
    try:
        first, last = (read_day("period", day) for day in given)
    except (TypeError, ValueError):  # a `ParameterError` is one
        first = last = np.datetime64("NaT")
    if not first <= last:  # nor where one is missing
        msg = (
            '`period` is the first and the last day, such as ("2015-01-01", "2024-12-31"), and is '
            f"{describe_given(given) if not isinstance(given, tuple) else given}."
        )
        raise ParameterError(msg)
    return first, last
