"""What each column of a table is taken for, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geosec.incidents.cells import MISSING, read_text
from geosec.incidents.columns import (
    OWN,
    fold_name,
    name_columns,
    read_given_names,
    require_named,
    warn_of_slips,
)
from geosec.incidents.counts.columns import PLAIN as COUNTS
from geosec.incidents.counts.columns import name_roles, recognise_counts
from geosec.incidents.exports.kinds import SourceCells
from geosec.incidents.exports.precision import looks_like_code
from geosec.incidents.exports.recognition import PLAIN, recognise_export
from geosec.incidents.exports.terms import SOURCE_KIND, SOURCE_NOTICES
from geosec.incidents.exports.translation import find_usual, write_notice
from geosec.incidents.sources import open_source
from geosec.incidents.titles import tell_title

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Unpack

    from geosec.incidents.counts.columns import CountsRecognition
    from geosec.incidents.exports.kinds import ExportKind
    from geosec.incidents.sources import Opening

_GIVEN, _OWN, _USUAL, _KEPT = "you named it", "our own name", "a usual name", "kept as it is"
_UNUSED = "kept, but looks like a code of spatial precision: kind= says of which code book"
_VALUES, _LONGEST = 3, 40

Taken = dict[str, tuple[list[str], str]]  # ours by theirs, and why


def describe_columns(
    source: str | Path | pd.DataFrame,
    *,
    columns: Mapping[str, str] | None = None,
    kind: str | None = None,
    **options: Unpack[Opening],
) -> pd.DataFrame:
    """Tell what `read_incidents` takes each column of a table for, before any row is judged.

    Of a table of counts, it tells what `read_counts` takes each column for.

    Parameters
    ----------
    source : path, address of a database, or pandas.DataFrame
        As `geosec.read_incidents` takes it.
    columns : mapping of str to str, optional
        Names in the source to names of the contract, which come before all others.
    kind : {"plain", "acled", "ucdp", "gtd", "hxl", "satp"}, optional
        Which export it is; recognised by its columns where it is not said.
    **options
        How the source is opened: ``encoding``, ``sheet``, ``sql``.

    Returns
    -------
    pandas.DataFrame
        ``column``; ``taken_for``, the columns of ours that it goes into, missing where it is kept
        as it is; ``why``; and ``values``, the first three distinct ones. ``attrs`` say what the
        table was recognised as (``source_kind``), and in ``source_notices`` what it lacks.

    Raises
    ------
    SourceError
        If the source cannot be read.
    SchemaError
        If two of `columns` mean one.
    ParameterError
        If `columns` names a column that is not there, or `kind` is none that is known.

    Warns
    -----
    GeosecWarning
        If `columns` gives a name that is none of the contract's.

    Examples
    --------
    >>> import pandas as pd, geosec
    >>> table = pd.DataFrame({"event_date": ["2025-03-11"], "geo_precision": [1], "tags": ["x"]})
    >>> geosec.describe_columns(table).set_index("column")["taken_for"].dropna().to_dict()
    {'event_date': 'date, date_from, date_to', 'geo_precision': 'precision_code'}
    """
    given = read_given_names(columns)
    rows, _, _, told, _ = open_source(source, **options)
    counts = recognise_counts(rows.columns, rows.list_rows(slice(1)))
    if counts.kind is not None and not given and kind is None:
        return _describe_counts(rows.table.iloc[counts.heads :], counts)
    require_named(rows.columns, given)
    warn_of_slips(given)
    found = recognise_export(rows.columns, rows.list_rows(slice(1)), kind)
    table = rows.table.iloc[found.heads :]
    if found.kind is None:
        taken, notices = _list_plain(rows.columns, given), []
    else:
        taken = _list_export(SourceCells(table, found.tags), found.kind, given)
        notices = [write_notice(found.kind)]
    reached = {ours for own, _ in taken.values() for ours in own}
    lacking = _list_lacking(reached)
    title = tell_title(rows) if lacking else ""
    notices += [*told, *([title] if title else lacking)]
    described = _tabulate(table, taken, reached)
    described.attrs = {
        SOURCE_KIND: found.kind.name if found.kind else PLAIN,
        SOURCE_NOTICES: notices,
    }
    return described


def _describe_counts(table: pd.DataFrame, found: CountsRecognition) -> pd.DataFrame:
    """Tell what `read_counts` takes each column for."""
    kind = found.kind or COUNTS
    roles = name_roles([str(name) for name in table.columns], {}, found.tags)
    why = f"known of {kind.title}"
    taken: Taken = {name: ([role], why) for name, role in roles.items()}
    described = _tabulate(table, taken, {"precision_code"})
    notice = f"recognised as {kind.title}, no incidents; read it with `geosec.read_counts`."
    described.attrs = {SOURCE_KIND: kind.name, SOURCE_NOTICES: [notice]}
    return described


def _tabulate(table: pd.DataFrame, taken: Taken, reached: set[str]) -> pd.DataFrame:
    names = [str(name) for name in table.columns]
    told = {
        "column": names,
        "taken_for": [", ".join(taken[name][0]) if name in taken else None for name in names],
        "why": [
            taken[name][1] if name in taken else _explain_kept(name, reached) for name in names
        ],
        "values": [_show_values(table[name]) for name in names],
    }
    return pd.DataFrame({name: pd.Series(cells, dtype="str") for name, cells in told.items()})


def _list_plain(columns: list[str], given: Mapping[str, str]) -> Taken:
    names = name_columns(columns, given)
    taken: Taken = {}
    for name, ours in names.items():
        if name in given:
            taken[name] = [ours], _GIVEN
        elif ours in OWN:
            taken[name] = [ours], _OWN if fold_name(name) == ours else _USUAL
    return taken


def _list_export(cells: SourceCells, kind: ExportKind, given: Mapping[str, str]) -> Taken:
    """List what goes into which of our columns; what is worked out comes of several."""
    taken: Taken = {name: ([ours], _GIVEN) for name, ours in given.items()}
    reached = set(given.values())
    why = f"known of {kind.title}"
    for ours, theirs in {**kind.takes, **kind.works_out}.items():
        columns = [] if ours in reached else cells.find(theirs, ours)
        reached |= {ours} if columns else set()
        for name in columns:
            taken.setdefault(name, ([], why))[0].append(ours)
    names = [str(name) for name in cells.table.columns]
    for ours, theirs in find_usual(names, reached, kind).items():
        own = _OWN if fold_name(theirs) == ours else _USUAL
        taken.setdefault(theirs, ([], own))[0].append(ours)
    return taken


def _list_lacking(reached: set[str]) -> list[str]:
    """Say what a table of incidents lacks, and how to name it."""
    lacking = [] if "date" in reached else ["date"]
    if "location" not in reached and not {"latitude", "longitude"} <= reached:
        lacking.append("location")
    return [
        f'no column was taken for `{ours}`; say which is with columns={{"yours": "{ours}"}}.'
        for ours in lacking
    ]


def _explain_kept(name: str, reached: set[str]) -> str:
    return _UNUSED if looks_like_code(name) and "precision_code" not in reached else _KEPT


def _show_values(column: pd.Series) -> str:
    """Show the first distinct values, each cut, with bars between."""
    shown: list[str] = []
    for cell in column:
        text = read_text(cell)
        if text is None or text.casefold() in MISSING:
            continue
        cut = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
        if cut not in shown:
            shown.append(cut)
        if len(shown) == _VALUES:
            break
    return " | ".join(shown)
