"""The days of each incident, and the vintages of districts that they fall into."""

from __future__ import annotations

import warnings
from contextlib import suppress
from numbers import Real
from typing import TYPE_CHECKING, NamedTuple, get_args

import numpy as np
import pandas as pd

from geosec.arguments import describe_given
from geosec.assignment.sources import INCIDENT
from geosec.errors import GeosecWarning, ParameterError, SchemaError, near_misses
from geosec.incidents.spans import spread_days
from geosec.schema import DatePrecision, require_columns

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import geopandas as gpd
    from numpy.typing import NDArray

    from geosec.assignment.sources import Lineage

    Days = NDArray[np.datetime64]


Mixture = tuple[tuple[str, int], ...]  # vintages in order, each with how many of the days it stood


class RowVintages(NamedTuple):
    """Mixtures of vintages, and which of them each row has."""

    mixtures: list[Mixture]
    which: NDArray[np.int64]

    def write(self) -> pd.Series:
        """Write each mixture: a vintage as its first day, several with a slash between."""
        texts = ["/".join(vintage for vintage, _ in mixture) for mixture in self.mixtures]
        return pd.Series(texts, dtype="str")


def read_vintages(
    located: gpd.GeoDataFrame, on: str | date | None, lineage: Lineage | None
) -> RowVintages | None:
    """Take the vintage of one day for all rows, or for each row those of its own days.

    None without a lineage, which is where no days are asked for.
    """
    if on is None or lineage is None:
        return None
    if isinstance(on, str) and on == INCIDENT:
        first, last = read_days(located, f'assign_boundaries(on="{INCIDENT}")')
        _warn_of_early(first, lineage.days[0])
        return find_vintages(first, last, lineage.days)
    try:
        vintage = lineage.find_day(on)
    except ParameterError as error:
        msg = f'{error} Give such a day, or "{INCIDENT}" for the day of each row.'
        raise ParameterError(msg) from None
    return RowVintages([((vintage, 1),)], np.zeros(len(located), dtype="int64"))


def _warn_of_early(first: Days, known: str) -> None:
    early = int((first < np.datetime64(known)).sum())
    if early:
        msg = (
            f"of {len(first):,} rows, {early:,} are dated before {known}, the first day whose "
            "districts are known, and took the districts of that day, as `adm2_vintage` says."
        )
        warnings.warn(msg, GeosecWarning, stacklevel=4)


def find_vintages(first: Days, last: Days, known: Sequence[str]) -> RowVintages:
    """Find the vintages that each row's days fall into, and count the days in each.

    `known` are the days on which one begins. Rows without a date take the newest, days before the
    first vintage count as its own.
    """
    begins = np.array(known, dtype="datetime64[D]")
    low, high = (np.searchsorted(begins[1:], day, side="right") for day in (first, last))
    newest = len(begins) - 1
    low, high = (np.where(np.isnat(first), newest, found) for found in (low, high))
    across = np.flatnonzero(low != high)
    ends = np.stack([low, high, first.astype("int64"), last.astype("int64")], axis=1)[across]
    distinct, which_across = np.unique(ends, axis=0, return_inverse=True)
    which = low
    which[across] = len(begins) + which_across.ravel()
    mixtures: list[Mixture] = [((str(day), 1),) for day in begins]
    return RowVintages(mixtures + [_count_days(begins, *key) for key in distinct.tolist()], which)


def _count_days(begins: Days, low: int, high: int, first: int, last: int) -> Mixture:
    """Count the days of each vintage, `low` to `high`, between a first day and a last."""
    cuts = [first, *begins.astype("int64")[low + 1 : high + 1].tolist(), last + 1]
    names = map(str, begins[low : high + 1])
    return tuple(zip(names, np.diff(cuts).tolist(), strict=True))


def read_days(located: pd.DataFrame, verb: str) -> tuple[Days, Days]:
    """Read the first and the last day of each row; NaT for no date.

    They are ``date_from`` and ``date_to`` where the row has both, else ``date_precision`` says.
    """
    require_columns(located, ["date"], verb)
    first = _read_dates(located["date"])
    if "date_precision" not in located.columns:
        return _take_spans(located, first, first.copy())
    precision = located["date_precision"].astype("object").fillna("day").astype("str")
    for word in precision.unique():
        if word not in get_args(DatePrecision):
            known = near_misses(word, get_args(DatePrecision))
            msg = f"the column 'date_precision' holds {word!r}, which is none; {known}"
            raise SchemaError(msg)
    return _take_spans(located, *spread_days(first, precision))


def _take_spans(located: pd.DataFrame, first: Days, last: Days) -> tuple[Days, Days]:
    """Take the days between ``date_from`` and ``date_to`` where a row has both."""
    if not {"date_from", "date_to"} <= set(located.columns):
        return first, last
    begin, end = (_read_dates(located[name]) for name in ("date_from", "date_to"))
    known = (begin <= end) & ~np.isnat(first)  # not where one is missing
    return np.where(known, begin, first), np.where(known, end, last)


def _read_dates(column: pd.Series) -> Days:
    """Read days, or text in ISO 8601, as the clock of the place stood; a number is none."""
    if column.isna().all():
        return np.full(len(column), "NaT", dtype="datetime64[D]")
    given = column.dropna()
    is_number = _find_numbers(given)
    if not is_number.any():
        with suppress(ValueError, TypeError, AttributeError):
            days = pd.to_datetime(column, format="ISO8601").dt.tz_localize(None)
            return np.asarray(days.to_numpy().astype("datetime64[D]"))
    read = pd.to_datetime(given.astype("str"), format="ISO8601", errors="coerce", utc=True)
    shown = [*given[is_number].head(1), *given[read.isna()].head(1), *given.head(1)][0]
    msg = (
        f"the column 'date' holds {describe_given(shown)}, and days are expected, as "
        "2015-06-01; read the table with `geosec.read_incidents`, or its dates with "
        "`pandas.to_datetime`."
    )
    raise SchemaError(msg)


def _find_numbers(column: pd.Series) -> NDArray[np.bool_]:
    """Say which cells are numbers: none in a column of days or of texts."""
    if column.dtype != "object" and not pd.api.types.is_numeric_dtype(column):
        return np.zeros(len(column), dtype="bool")
    return np.array([isinstance(value, Real) for value in column], dtype="bool")
