"""An export made a table of our columns; its own stay, under their own names."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from geosec.errors import SchemaError
from geosec.incidents.cells import tell_exact
from geosec.incidents.columns import (
    ALIASES,
    OWN,
    check_names,
    fold_name,
    match_columns,
    require_named,
)
from geosec.incidents.exports.kinds import ExportKind, SourceCells, is_empty
from geosec.incidents.exports.precision import check_precision
from geosec.incidents.exports.recognition import PLAIN, recognise_export
from geosec.incidents.exports.terms import SOURCE_KIND, SOURCE_NOTICES
from geosec.incidents.titles import tell_title

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    import geopandas as gpd

    from geosec.schema import PrecisionScheme
    from geosec.storage.rows import Rows

_DATES = ("date", "date_precision", "date_from", "date_to")
NUMBERS = ("fatalities_low", "fatalities_high")
_MOST = 2.0**53  # from here on, floats are not each whole number


class Reading(NamedTuple):
    """What is read of a table, under which names, and what is told of its source."""

    rows: Rows
    names: dict[str, str]  #: of its columns, to ours
    attrs: dict[str, Any]  #: as `geosec.incidents.exports.terms` names them


def read_columns(
    rows: Rows,
    given: Mapping[str, str],
    kind: str | None = None,
    *,
    day_first: bool | None = None,
) -> Reading:
    """Recognise what a table is, and give it our columns.

    Names that are `given` come first, then those of its code book, then ours and usual ones. Raises
    a `ParameterError` if a given name or `kind` is none, and a `SchemaError` if there is no date or
    place, or two columns mean one; warns of a precision code that is not used.
    """
    found = recognise_export(rows.columns, rows.list_rows(slice(0, 1)), kind)
    if found.heads:
        rows = rows._replace(table=rows.table.iloc[found.heads :])
    if found.kind is None:
        names = _match_plain(rows, given)
        check_precision(rows.columns, names.values())
        return Reading(rows, names, {SOURCE_KIND: PLAIN})
    cells = SourceCells(rows.table, found.tags, day_first=day_first)
    ours = translate_export(cells, found.kind, given)
    check_precision(rows.columns, ours)
    told = [write_notice(found.kind), *cells.told]
    told += found.kind.tell(ours) if found.kind.tell else []
    attrs = {SOURCE_KIND: found.kind.name, **found.kind.terms.list_attrs(), SOURCE_NOTICES: told}
    rows = rows._replace(table=join_columns(rows.table, ours, found.kind))
    return Reading(rows, {name: name for name in rows.columns}, attrs)


def _match_plain(rows: Rows, given: Mapping[str, str]) -> dict[str, str]:
    """Match the columns of a plain table; a title above their names is told where none fit."""
    try:
        return match_columns(rows.columns, given)
    except SchemaError as error:
        told = tell_title(rows)
        if not told:
            raise
        raise SchemaError(told) from error


def finish_columns(
    incidents: gpd.GeoDataFrame, attrs: Mapping[str, Any], before: Mapping[Any, Any]
) -> gpd.GeoDataFrame:
    """Type the numbers that only exports have, and tell the source beside what was told `before`.

    A plain table keeps what an earlier reading told of its source.
    """
    for name in filter(incidents.columns.__contains__, NUMBERS):
        number = pd.to_numeric(incidents[name], errors="coerce")
        is_count = (number % 1 == 0) & (number.abs() < _MOST)
        incidents[name] = number.where(is_count).astype("Int64")
    own = attrs[SOURCE_KIND] != PLAIN
    incidents.attrs = {**before, **attrs} if own else {**attrs, **before}
    return incidents


def write_notice(kind: ExportKind) -> str:
    """Say what a table was recognised as, and how to read it otherwise."""
    return f'reading as {kind.title}; kind="{PLAIN}" reads it by the names of its columns alone.'


def translate_export(
    cells: SourceCells, kind: ExportKind, given: Mapping[str, str]
) -> dict[str, pd.Series]:
    """Make our columns of an export; those `given` by name stand for what its code book says."""
    columns = _follow_book(cells, kind, set(given.values()))
    if "date" in given.values():
        columns = {name: column for name, column in columns.items() if name not in _DATES}
    columns |= take_given(cells.table, given)
    usual = find_usual([str(name) for name in cells.table.columns], columns, kind)
    columns |= {ours: cells.table[theirs] for ours, theirs in usual.items()}
    if kind.scheme is not None and "precision_code" in columns:
        columns["precision_scheme"] = _name_scheme(columns["precision_code"], kind.scheme)
    check_names({name: name for name in columns}, [str(name) for name in cells.table.columns])
    return columns


def _follow_book(
    cells: SourceCells, kind: ExportKind, given: Container[str]
) -> dict[str, pd.Series]:
    """Take and work out what the code book of an export says of what is not `given`."""
    asked = {ours: theirs for ours, theirs in kind.takes.items() if ours not in given}
    found = {ours: cells.take(*theirs, ours=ours) for ours, theirs in asked.items()}
    columns = {ours: column for ours, column in found.items() if column is not None}
    return columns | (kind.work_out(cells) if kind.work_out else {})


def _name_scheme(codes: pd.Series, scheme: PrecisionScheme) -> pd.Series:
    """Name the code book beside each code."""
    return pd.Series(None, index=codes.index, dtype="object").where(is_empty(codes), scheme)


def take_given(table: pd.DataFrame, given: Mapping[str, str]) -> dict[str, pd.Series]:
    """Take the columns that a user names, each under our name for it."""
    require_named([str(name) for name in table.columns], given)
    return {ours: table[theirs] for theirs, ours in given.items()}


def find_usual(columns: Iterable[str], taken: Container[str], kind: ExportKind) -> dict[str, str]:
    """Find what stands under our own names, or usual ones, where the code book has nothing.

    Gives their name by ours, of what is not `taken` yet.
    """
    used = set(chain(*kind.takes.values(), *kind.works_out.values()))
    found: dict[str, str] = {}
    for name in columns:
        folded = fold_name(name)
        ours = folded if folded in OWN else ALIASES.get(folded)
        if ours is not None and ours not in taken and folded not in used:
            found.setdefault(ours, name)
    return found


def join_columns(
    table: pd.DataFrame, ours: Mapping[str, pd.Series], kind: ExportKind
) -> pd.DataFrame:
    """Put our columns beside those of an export; one of its own that ours differs from is renamed.

    GTD's ``location`` becomes ``gtd_location``, as it is not what we call so.
    """
    clash = [name for name in ours if name in table.columns]
    differs = [
        name
        for name in clash
        if name != kind.works_out.get(name, (name,))[0] or not _is_same(ours[name], table[name])
    ]
    taken = {name: f"{kind.name}_{name}" for name in differs}
    kept = _write_whole(table, kind).rename(columns=taken)
    twice = next((name for name in taken.values() if name in table.columns), None)
    if twice is not None:
        msg = f"the column {twice!r} is what geosec would call another; rename or drop it."
        raise SchemaError(msg)
    added = {name: column for name, column in ours.items() if name not in kept.columns}
    return pd.concat([kept, pd.DataFrame(added, index=table.index)], axis=1)


def _write_whole(table: pd.DataFrame, kind: ExportKind) -> pd.DataFrame:
    """Write identifiers that were read as floats without a point."""
    names = SourceCells(table).find(kind.takes.get("incident_id", ()))
    floats = [name for name in names if pd.api.types.is_float_dtype(table[name])]
    whole = [
        name
        for name in floats
        if (table[name].dropna() % 1 == 0).all()
        and (table[name].dropna().abs() < tell_exact(table[name].dtype)).all()
    ]
    return table.astype(dict.fromkeys(whole, "Int64")) if whole else table


def _is_same(ours: pd.Series, theirs: pd.Series) -> bool:
    one, other = ours.astype("object"), theirs.astype("object")
    return bool((one.eq(other) | (one.isna() & other.isna())).all())
