"""From when to when the units of a caller's boundaries stood, as their columns say.

``valid_from`` is the first day of a unit, ``valid_to`` the first day on which it was no more; an
empty cell is open. Days are texts in ISO 8601, which sort as days do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geosec.arguments import describe_given, name_row
from geosec.errors import ParameterError, SchemaError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FROM, TO = "valid_from", "valid_to"
_NEVER, _ALWAYS = "9999-12-31", "0001-01-01"


def read_validity(table: pd.DataFrame) -> pd.DataFrame | None:
    """Read the first day and the first day no more of each row; None without such columns.

    Open ends are days before and after all others.
    """
    found = {
        str(column).strip().lower().replace("valid_", "valid"): column for column in table.columns
    }
    columns = {FROM: found.get("validfrom"), TO: found.get("validto")}
    if set(columns.values()) == {None}:
        return None
    opens = {FROM: _ALWAYS, TO: _NEVER}
    days = {
        name: [opens[name]] * len(table) if own is None else _read_days(table[own], opens[name])
        for name, own in columns.items()
    }
    read = pd.DataFrame(days, index=table.index)
    wrong = np.flatnonzero((read[FROM] >= read[TO]).to_numpy())
    if wrong.size:
        row = wrong[0]
        msg = (
            f"row {name_row(table.index, row)} of `boundaries` stands from {read[FROM].iloc[row]} "
            f"to {read[TO].iloc[row]}, which is no day; `{TO}` is the first day no more."
        )
        raise SchemaError(msg)
    return read


def _read_days(column: pd.Series, missing: str) -> list[str]:
    """Read a column of days, or of years, as texts."""
    given = column.notna() & (column.astype("str").str.strip() != "")
    texts = column[given]
    if pd.api.types.is_float_dtype(texts.dtype):
        texts = texts.astype("Int64")
    read = pd.to_datetime(texts.astype("str"), errors="coerce", format="ISO8601", utc=True)
    if read.isna().any():
        row = int(np.flatnonzero(given.to_numpy())[read.isna().to_numpy().argmax()])
        msg = (
            f"the column {column.name!r} of `boundaries` holds {describe_given(column.iloc[row])} "
            f"in row {name_row(column.index, row)}, and days are expected, as 2015-06-01."
        )
        raise SchemaError(msg)
    days = pd.Series(missing, index=column.index, dtype="object")
    days[given] = read.dt.strftime("%Y-%m-%d").to_numpy()
    return [str(day) for day in days]


def list_days(validity: pd.DataFrame) -> list[str]:
    """List the days on which a unit began or ended, in order; before the first there is none."""
    return sorted({*validity[FROM], *validity[TO]} - {_NEVER})


def find_standing(validity: pd.DataFrame, day: str | None) -> NDArray[np.bool_]:
    """Say which rows stood on a day; None for the day on which the last of them began."""
    at = max(validity[FROM]) if day is None else day
    return np.asarray((validity[FROM] <= at) & (validity[TO] > at))


def require_standing(validity: pd.DataFrame | None, on: Any) -> pd.DataFrame:
    """Refuse a day that a layer cannot tell of."""
    if validity is None:
        msg = (
            f"`on` is {describe_given(on)} and asks for the units of a day, and `boundaries` has "
            f"no columns `{FROM}` and `{TO}` to tell; add them, or leave out `on`."
        )
        raise ParameterError(msg)
    return validity


def find_day(days: Sequence[str], on: str) -> str:
    """Find the day since which the units were as they were on a day; refuse one before the first.

    `days` are those of `list_days`.
    """
    before = [day for day in days if day <= on]
    if not before:
        msg = f"`on` is {on}, and the first unit of `boundaries` began on {days[0]}."
        raise ParameterError(msg)
    return before[-1]
