"""The cells of a table of counts, each distinct one read once, and what is wrong with its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geosec.incidents.cells import MISSING, Rejected, read_count, read_text
from geosec.incidents.counts.columns import MEASURES
from geosec.incidents.text_columns import find_distinct
from geosec.reference.home_units import PART_OF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from numpy.typing import NDArray

_BREAKDOWN = "breakdown"
_OF_UNIT = (
    *("country", "country_code", "admin1", "admin1_code", "admin2", "admin2_code", "unit"),
    *("unit_code", "provider_admin1", "provider_admin2"),
)


class Faults:
    """What is wrong with each row of a table, all of it."""

    def __init__(self, table: pd.DataFrame) -> None:
        self.table = table
        self._told: dict[int, list[str]] = {}

    def add(self, rows: Iterable[int], fault: str) -> None:
        """Say of the rows at some positions what is wrong with them."""
        for row in rows:
            self._told.setdefault(int(row), []).append(fault)

    def find_whole(self) -> NDArray[np.bool_]:
        """Find the rows that nothing is wrong with."""
        whole = np.ones(len(self.table), dtype="bool")
        whole[list(self._told)] = False
        return whole

    def list_rows(self) -> list[tuple[int, str]]:
        """List the rows that something is wrong with, in their order, with all of it."""
        return [(row, "; ".join(self._told[row])) for row in sorted(self._told)]


def read_texts(table: pd.DataFrame, roles: Mapping[str, str]) -> pd.DataFrame:
    """Write the cells that have a role as texts, under it; what is missing is empty.

    Several columns of one role are joined by a bar.
    """
    texts: dict[str, pd.Series] = {}
    for name, role in roles.items():
        found = find_distinct(table[name])
        distinct = np.array([tidy_text(cell) for cell in found.cells], dtype="object")
        own = pd.Series(distinct[found.codes], index=table.index, dtype="object")
        texts[role] = own if role not in texts else texts[role] + " | " + own
    return pd.DataFrame(texts, index=table.index)


def tidy_text(value: Any) -> str:
    """Read a cell as text; empty where it is missing, or says that nothing is known."""
    text = read_text(value) or ""
    return "" if text.casefold() in MISSING else text


def judge_distinct(
    texts: pd.DataFrame,
    roles: Iterable[str],
    judge: Callable[[dict[str, str]], Any],
    faults: Faults,
) -> tuple[NDArray[np.int64], list[Any]]:
    """Judge each distinct combination of the cells of some roles once.

    Gives which of them each row has, and what was made of each: None where it is rejected, which
    `faults` says.
    """
    columns = [role for role in roles if role in texts.columns]
    part = texts[columns]
    if not columns:
        which = np.zeros(len(texts), dtype="int64")
        first = which[:1]
    else:
        which = part.groupby(columns, sort=False).ngroup().to_numpy()
        first = np.unique(which, return_index=True)[1]
    made: list[Any] = []
    for number, cells in enumerate(part.iloc[first].to_dict("records")):
        try:
            made.append(judge(cells))
        except Rejected as verdict:
            made.append(None)
            faults.add(np.flatnonzero(which == number), str(verdict))
    return which, made


def read_measures(texts: pd.DataFrame, faults: Faults) -> pd.DataFrame:
    """Read the counts of each row; one without any is rejected, a missing one stays missing."""
    columns = {}
    for name in MEASURES:
        if name in texts.columns:
            which, made = judge_distinct(texts, [name], _read, faults)
            counts = pd.array(made, dtype="Int64")
            columns[name] = counts.take(which)
    table = pd.DataFrame(columns, index=texts.index)
    given = texts[list(columns)] != ""
    faults.add(np.flatnonzero(~given.any(axis=1)), "no count")
    return table


def _read(cells: Mapping[str, str]) -> int | None:
    (name, text), *_ = cells.items()
    return read_count(name, text)


def read_types(texts: pd.DataFrame) -> pd.DataFrame:
    """Take the event type of each row; missing where the table has none."""
    types = texts.get("event_type", pd.Series("", index=texts.index))
    return pd.DataFrame({"event_type": types.where(types != "", None).astype("str")})


def find_repeated(
    texts: pd.DataFrame,
    spans: pd.DataFrame,
    units: pd.DataFrame,
    measures: pd.DataFrame,
    faults: Faults,
) -> None:
    """Reject rows that tell again of a unit, period and type, and those that say otherwise.

    A unit goes by its code, and by what the row calls it where it has none or is a part of one.
    """
    whole = units["unit_code"].notna() & ~units["unit_reason"].str.contains(PART_OF, regex=False)
    own = [role for role in _OF_UNIT if role in texts.columns]
    called = texts[own].where(~whole, "")
    code = units["unit_code"].where(whole, "").rename("code")
    more = texts[[role for role in (_BREAKDOWN,) if role in texts.columns]]
    days = spans[["period_start", "period_end"]]
    key = pd.concat([code, called, more, days, units["unit_level"].fillna("")], axis=1)
    key = key.assign(event_type=measures["event_type"].fillna("")).reset_index(drop=True)
    key = key[faults.find_whole()]
    again = key[key.duplicated(keep=False)]
    counts = measures[[name for name in MEASURES if name in measures.columns]]
    for _, rows in again.groupby(list(again.columns), sort=False, dropna=False):
        lines = [int(faults.table.index[row]) for row in rows.index]
        if len(counts.iloc[rows.index].drop_duplicates()) == 1:
            faults.add(rows.index[1:], f"tells again what line {lines[0]} tells")
            continue
        shown = " and ".join(map(str, lines[:3]))
        fault = (
            f"lines {shown} tell of the same unit, period and type, and not the same; name the "
            'column that tells them apart with columns={"yours": "breakdown"}'
        )
        faults.add(rows.index, fault)
