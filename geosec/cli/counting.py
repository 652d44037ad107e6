"""`geosec counts`: a table of counts read, with the unit and the period of each row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import typer

from geosec.cli.options import Counting, read_columns
from geosec.cli.outputs import check_table
from geosec.cli.printing.page import Listing, complain, say, show
from geosec.cli.printing.terminal import escape_line
from geosec.cli.reading import note_warnings, tell_notices, tell_rejected
from geosec.exports import write_table
from geosec.incidents.counts.read import read_counts
from geosec.storage.addresses import show_place

if TYPE_CHECKING:
    from collections.abc import Iterator

_MEASURES = ("events", "fatalities", "injuries")
_UNKNOWN = "(not known)"


def count_events(source: str, counting: Counting, out: str | None) -> None:
    """Print the counts of each unit, or write each row of them, and say what was rejected."""
    check_table(out, source)
    check_table(counting.rejected, source)
    with note_warnings() as warned:
        counts, rejected = read_counts(
            source,
            kind=counting.kind,
            columns=read_columns(counting.columns),
            level=counting.level,
            on=counting.on,
            **_list_reading(counting),
        )
    tell_notices(counts, warned)
    _tell_unknown(counts)
    kept_in = "" if counting.rejected is None else str(write_table(rejected, counting.rejected))
    tell_rejected(rejected, kept_in)
    if out is None:
        show([_list_units(counts)])
    else:
        say(f"{len(counts):,} rows written to {write_table(counts, out)}")
    if not len(counts):
        complain(f"no count was read from {escape_line(show_place(source))}.")
        raise typer.Exit(1)


def _tell_unknown(counts: pd.DataFrame) -> None:
    """Say how many rows have no unit, and why the first has none."""
    unknown = counts[counts["unit_code"].isna()]
    if len(unknown):
        why = escape_line(unknown["unit_reason"].iloc[0])
        complain(f"{len(unknown):,} of {len(counts):,} rows have no unit; the first: {why}")


def _list_reading(counting: Counting) -> dict[str, Any]:
    names = ("encoding", "sheet", "sql", "day_first", "every", "until")
    given = {name: getattr(counting, name) for name in names}
    return {name: value for name, value in given.items() if value is not None}


def _list_units(counts: pd.DataFrame) -> Listing:
    """List each unit with its code, its first and last day and the sums of what is counted."""
    measures = [name for name in _MEASURES if name in counts.columns]
    names = ("unit", "code", ">rows", "from", "to", *(f">{name}" for name in measures))
    return Listing(names, list(_sum_units(counts, measures)))


def _sum_units(counts: pd.DataFrame, measures: list[str]) -> Iterator[list[str]]:
    code, name = (counts[key].fillna(_UNKNOWN) for key in ("unit_code", "unit_name"))
    for (own, title), part in counts.groupby([code, name]):
        days = (part["period_start"].min(), part["period_end"].max())
        spans = ["-" if pd.isna(day) else f"{day:%Y-%m-%d}" for day in days]
        sums = [f"{part[measure].sum():,}" for measure in measures]
        yield [escape_line(title), escape_line(own), f"{len(part):,}", *spans, *sums]
