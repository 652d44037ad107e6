"""Rows judged: each is accepted under an identifier of its own, or rejected with a reason.

Columns are judged whole; only the rows that cannot be used are taken one by one, to say why.
"""

from __future__ import annotations

from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geosec.incidents.cells import MISSING, Rejected, read_identifier, tell_exact
from geosec.incidents.clean import clean_row
from geosec.incidents.column_rules import judge_columns
from geosec.incidents.dates import TWO_DAYS, tell_dotted_order
from geosec.incidents.text_columns import TEXT, find_distinct, spread_texts, take_texts
from geosec.schema import INDEX, list_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from numpy.typing import NDArray

    from geosec.storage.rows import Rows

_KELVIN = "\u212a"  # a letter beyond ASCII that is one of ASCII when it is folded
_SHOWN = 500


class Verdict(NamedTuple):
    """Rows accepted, by identifier, the lines on which they stand, and what was rejected."""

    accepted: pd.DataFrame
    lines: NDArray[np.int64]
    rejected: list[dict[str, Any]]


class _Identifiers(NamedTuple):
    """Identifiers of all rows, and which of them cannot be used."""

    texts: pa.ChunkedArray
    is_bad: NDArray[np.bool_]


def judge_rows(rows: Rows, names: Mapping[str, str], *, day_first: bool | None) -> Verdict:
    """Judge all rows; `names` are those of the source to those of the contract."""
    table = rows.table.rename(columns=dict(names)).reset_index(drop=True)
    lines = rows.table.index.to_numpy("int64")
    given = {str(name): column for name, column in table.items() if name != INDEX}
    columns, is_bad = judge_columns(given, day_first=day_first)
    identifiers = _read_identifiers(table.get(INDEX), lines)
    is_bad = is_bad | identifiers.is_bad
    twins = _find_twins(identifiers, is_bad, lines)
    is_bad[list(twins)] = True
    accepted = _take_columns(columns, is_bad, given)
    texts = identifiers.texts.filter(pa.array(~is_bad))
    accepted.index = pd.Index(TEXT.__from_arrow__(texts))
    rejected = _reject_rows(
        rows, names, twins, np.flatnonzero(is_bad).tolist(), day_first=day_first
    )
    return Verdict(accepted, lines[~is_bad], rejected)


def judge_in_order(
    rows: Rows, names: Mapping[str, str], *, day_first: bool | None
) -> tuple[Verdict, list[str]]:
    """Judge all rows; those whose dates with dots may be two days as others of the column say.

    Gives what is to be told of that, too.
    """
    judged = judge_rows(rows, names, day_first=day_first)
    if day_first is not None or not any(TWO_DAYS in row["reason"] for row in judged.rejected):
        return judged, []
    column = next(rows.table[name] for name, known in names.items() if known == "date")
    order = tell_dotted_order(find_distinct(column).cells)
    if order is None:
        return judged, []
    leads = "day" if order[0] else "month"
    told = (
        f"dates with dots are read with the {leads} first, as {order[1]} stands among them; "
        f"`day_first={not order[0]}` says otherwise."
    )
    return judge_rows(rows, names, day_first=order[0]), [told]


def _read_identifiers(column: pd.Series | None, lines: NDArray[np.int64]) -> _Identifiers:
    """Read identifiers, and make one of its line for each row that has none."""
    is_bad = np.zeros(len(lines), "bool")
    texts = pa.chunked_array([pa.nulls(len(lines), pa.large_string())])
    if column is not None:
        texts, is_bad = _take_identifiers(column)
    if texts.null_count:
        numbers = pa.array(lines).cast(pa.large_string())
        row, joint = (pa.scalar(text, pa.large_string()) for text in ("row", "-"))
        made = pc.binary_join_element_wise(row, numbers, joint)
        if texts.null_count < len(texts):
            made = _avoid_given(made, texts)
        texts = pc.coalesce(texts, made)
    return _Identifiers(texts, is_bad)


def _avoid_given(made: pa.Array, given: pa.ChunkedArray) -> pa.Array:
    """Give a number to each identifier made anew that another row has been given already."""
    clash = pc.and_(pc.is_in(made, given.combine_chunks()), given.is_null().combine_chunks())
    where = np.flatnonzero(clash.to_numpy(zero_copy_only=False))
    if not where.size:
        return made
    taken, texts = set(given.to_pylist()), made.to_pylist()
    for at in where.tolist():
        free = (f"{texts[at]}-{number}" for number in count(2))
        texts[at] = next(text for text in free if text not in taken)
    return pa.array(texts, pa.large_string())


def _take_identifiers(column: pd.Series) -> tuple[pa.ChunkedArray, NDArray[np.bool_]]:
    """Take identifiers as texts, missing where there is none or it cannot be used."""
    texts = take_texts(column)
    if texts is None or pc.any(pc.match_substring(texts, _KELVIN)).as_py():
        return _read_each_identifier(column)
    is_gap = pc.is_in(pc.ascii_lower(texts), pa.array([*MISSING], pa.large_string()))
    return pc.if_else(is_gap, None, texts), np.zeros(len(texts), "bool")


def _read_each_identifier(column: pd.Series) -> tuple[pa.ChunkedArray, NDArray[np.bool_]]:
    found, exact = find_distinct(column), tell_exact(column.dtype)
    texts: list[str | None] = []
    is_bad = np.zeros(len(found.cells), "bool")
    for at, cell in enumerate(found.cells):
        try:
            texts.append(read_identifier(INDEX, cell, exact) or None)
        except Rejected:
            texts.append(None)
            is_bad[at] = True
    return spread_texts(texts, found.codes), is_bad[found.codes]


def _find_twins(
    identifiers: _Identifiers, is_bad: NDArray[np.bool_], lines: NDArray[np.int64]
) -> dict[int, int]:
    """Find rows whose identifier another accepted row bears before them, and on which line."""
    texts = identifiers.texts
    if _are_in_order(texts) or len(pc.unique(texts)) == len(texts):
        return {}
    first: dict[str, int] = {}
    twins: dict[int, int] = {}
    for row in np.flatnonzero(pd.Series(TEXT.__from_arrow__(texts)).duplicated(keep=False)):
        identifier = texts[row].as_py()
        if identifiers.is_bad[row]:
            continue
        if identifier in first:
            twins[int(row)] = first[identifier]
        elif not is_bad[row]:
            first[identifier] = int(lines[row])
    return twins


def _are_in_order(texts: pa.ChunkedArray) -> bool:
    """Whether each text is longer than the one before it, or stands behind it: none twice."""
    before, behind = texts[:-1], texts[1:]
    lengths = pc.binary_length(texts)
    if not pc.all(pc.greater_equal(lengths[1:], lengths[:-1])).as_py():
        return False
    is_longer = pc.greater(lengths[1:], lengths[:-1])
    return bool(pc.all(pc.or_(is_longer, pc.greater(behind, before))).as_py())


def _take_columns(
    columns: Mapping[str, Any], is_bad: NDArray[np.bool_], given: Collection[str]
) -> pd.DataFrame:
    """Take the rows that are accepted; a column of the source without any text holds None.

    Columns of words that were added stand behind, as they are met, and only where there are some.
    """
    where = np.flatnonzero(~is_bad)
    own = set(list_columns("read"))
    taken: dict[str, Any] = {}
    met: dict[str, int] = {}
    for name, values in columns.items():
        cells = values.array if isinstance(values, pd.Series) else values
        if len(where) < len(is_bad):
            cells = cells.take(where)
        is_said = ~pd.isna(cells)
        if name not in own and isinstance(cells.dtype, pd.StringDtype) and not is_said.any():
            cells = np.full(len(where), None, "object")
        if name in given or name in own:
            taken[name] = cells
        elif is_said.any():
            met[name] = int(is_said.argmax())
            taken[name] = cells
    order = sorted(taken, key=lambda name: met.get(name, -1))
    return pd.DataFrame({name: taken[name] for name in order}, index=range(len(where)), copy=False)


def _reject_rows(
    rows: Rows,
    names: Mapping[str, str],
    twins: Mapping[int, int],
    where: list[int],
    *,
    day_first: bool | None,
) -> list[dict[str, Any]]:
    """Say of each row that cannot be used why not, and what stands in it."""
    if not where:
        return []
    rejected = []
    lines = rows.table.index[where].tolist()
    own = [rows.table[name].dtype for name, known in names.items() if known == INDEX]
    exact = tell_exact(own[0]) if own else 0.0
    for at, line, cells in zip(where, lines, rows.list_rows(where), strict=True):
        row = {names[name]: value for name, value in cells.items()}
        found = row.pop(INDEX, None)
        faults = _find_faults(partial(read_identifier, INDEX, found, exact))
        if at in twins:
            identifier = read_identifier(INDEX, found)
            faults = [f"incident_id {identifier!r} stands already on line {twins[at]}"]
        faults += _find_faults(partial(clean_row, row, day_first=day_first))
        given = None if found is None else str(found).strip() or None
        rejected.append(_record_verdict(line, given, "; ".join(faults), cells))
    return rejected


def _find_faults(read: Callable[[], Any]) -> list[str]:
    try:
        read()
    except Rejected as verdict:
        return [str(verdict)]
    return []


def _record_verdict(
    line: int, identifier: str | None, reason: str, cells: dict[str, Any]
) -> dict[str, Any]:
    record = "; ".join(f"{name}={value}" for name, value in cells.items() if value is not None)
    return {"line": line, INDEX: identifier, "reason": reason, "record": record[:_SHOWN]}
