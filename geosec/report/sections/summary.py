"""What was reported: how many incidents, of which kinds, by whom, and with what toll."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geosec.analysis.summaries import summarise
from geosec.arguments import is_missing, read_numbers
from geosec.report.content import Block, Paragraph, Section, Table
from geosec.report.saying import clean_cell
from geosec.report.sections.asking import ask

if TYPE_CHECKING:
    from geosec.report.case import Case

_MOST = 8  # rows of a table, of which the rest are told together
_COLUMNS = ("event_type", "actor", "target")


def write_summary(case: Case) -> Section:
    """Write who did what to whom, and what became of them."""
    tell, located = case.tell, case.located
    rows, days = len(located), case.days
    sentence = tell.say_many("summary_rows", rows)
    if len(days):
        ends = (located.loc[days.index[at]] for at in (days.argmin(), days.argmax()))
        first, last = (tell.when(row if row.ndim == 1 else row.iloc[0]) for row in ends)
        dated = {"first": first, "last": last}
        sentence = tell.say_many("summary_rows_days", rows, **dated)
    blocks: list[Block] = [Paragraph(sentence)]
    answer = ask(lambda: summarise(located))
    tolls = [] if answer.reason else _tell_tolls(case, answer.found)
    blocks += [Paragraph(" ".join(tolls))] if tolls else []
    blocks += [_count_values(case, name) for name in _COLUMNS if _has_values(located, name)]
    finding = " ".join([sentence, *tolls[:1]])
    notices = [each for each in (answer.reason, *answer.notices) if each]
    return Section("summary", tell.words["summary"], blocks, finding=finding, notices=notices)


def _has_values(located: pd.DataFrame, name: str) -> bool:
    return name in located.columns and bool(located[name].notna().any())


def _tell_tolls(case: Case, summary: pd.DataFrame) -> list[str]:
    """Tell how many were killed and injured, as ranges, and of how many incidents nobody says."""
    row, told = summary.iloc[0], []
    for name in ("fatalities", "injuries"):
        if _has_values(case.located, name) and name in row.index:
            told.append(_tell_sum(case, name, row))
            silent = int(row[f"{name}_untold"])
            told += [case.tell.say_many(f"toll_{name}_silent", silent)] if silent else []
    return told


def _tell_sum(case: Case, name: str, row: pd.Series) -> str:
    """Tell how many were hurt in all; a range where the sources differ and it has an upper end."""
    tell = case.tell
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    if is_missing(high) or low == high:
        return tell.say_many(f"toll_{name}", int(low))
    said = {"low": tell.count(int(low)), "high": tell.count(int(high))}
    return tell.say(f"toll_{name}_range", count=tell.count(int(row[name])), **said)


def _read_counts(values: pd.Series) -> pd.Series:
    """Read counts of people; what is none, as infinity or less than 0, is not known."""
    numbers = read_numbers(values)
    return numbers.where((numbers >= 0) & np.isfinite(numbers))


def _count_values(case: Case, name: str) -> Table:
    """Count the incidents and the killed of each value of a column, the most frequent first."""
    tell, located = case.tell, case.located
    values = located[name].map(clean_cell).replace("", tell.words["not_reported"])
    killed = pd.Series(0.0, index=located.index)
    has_tolls = _has_values(located, "fatalities")
    if has_tolls:
        killed = _read_counts(located["fatalities"]).fillna(0)
    counts = pd.DataFrame({"value": values.to_numpy(), "killed": killed.to_numpy()})
    groups = counts.groupby("value", sort=True)["killed"].agg(["size", "sum"])
    groups = groups.sort_values("size", ascending=False, kind="stable")
    shown, rest = groups.head(_MOST), groups.iloc[_MOST:]
    told = [(str(value), *row) for value, row in zip(shown.index, shown.to_numpy(), strict=True)]
    if len(rest):
        told.append((tell.say_many("others", len(rest)), rest["size"].sum(), rest["sum"].sum()))
    rows = [[value, tell.count(size), tell.count(dead)] for value, size, dead in told]
    head = [tell.words[f"column_{name}"], tell.words["incidents"], tell.words["column_fatalities"]]
    if not has_tolls:
        rows, head = [row[:2] for row in rows], head[:2]
    return Table(tell.words[f"by_{name}"], head, rows, numbers=frozenset({1, 2}))
