"""Tables that nobody has read: what a map does not draw of them, as it goes by other names."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from geosec.errors import GeosecWarning
from geosec.incidents.columns import name_columns
from geosec.incidents.exports.precision import looks_like_code
from geosec.incidents.exports.recognition import recognise_export

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import geopandas as gpd

_PLACED = {"match_status", "uncertainty_m", "footprint"}  # where each is has been said
_DRAWN = {"date", "event_type", "actor", "target", "location", "fatalities", "injuries"}
_DRAWN |= {"summary", "source_url"}
_READ = "`geosec.geocode(geosec.read_incidents(table)[0]{})`"


def warn_of_unread(
    table: gpd.GeoDataFrame, verb: str, asked: Iterable[str] = (), *, is_home: bool = True
) -> None:
    """Warn of an export that was not read, of usual names of columns, and of codes of precision.

    A map draws columns of our names and those `asked` for, and points without a radius as exact.
    Places abroad, where not `is_home`, are read with ``anywhere=True``.
    """
    columns = [name for name in table.columns if isinstance(name, str)]
    if {"date", "date_precision"} <= set(columns):  # of `geosec.read_incidents`, which keeps theirs
        return
    is_placed = bool(_PLACED & set(columns))
    read = _READ.format("" if is_home else ", anywhere=True")
    told = "" if is_placed else _tell_export(columns, read) or _tell_code(columns, read)
    told = told or _tell_names(columns, set(asked))
    if told:
        warnings.warn(f"`{verb}` was given {told}.", GeosecWarning, stacklevel=3)


def _tell_export(columns: Sequence[str], read: str) -> str:
    kind = recognise_export(columns).kind
    if kind is None:
        return ""
    return (
        f"{kind.title} as it is: its points are taken to be exact, and its credit is not told. "
        f"Read it first: {read}"
    )


def _tell_code(columns: Sequence[str], read: str) -> str:
    name = next(filter(looks_like_code, columns), None)
    if name is None:
        return ""
    return (
        f"a column {name!r}, which looks like a code of spatial precision and is not used: its "
        f"points are taken to be exact. Read the table first, {read}, or say how far they may be "
        "off with `geosec.with_uncertainty`"
    )


def _tell_names(columns: Sequence[str], asked: set[str]) -> str:
    """Tell which columns would be drawn if they went by our names; of two of a meaning, one."""
    other: dict[str, str] = {}
    for name, ours in name_columns([*columns], {}).items():
        if ours in _DRAWN - {name, *other.values()} and name not in asked:
            other[name] = ours
    if not other:
        return ""
    return (
        f"columns that go by other names than those it draws, {', '.join(map(repr, other))}: "
        f"rename them, `table.rename(columns={other!r})`, or leave them out of the table"
    )
