"""Which export a table is, told by the names of its columns and its first row."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from geosec.arguments import require_text
from geosec.errors import ParameterError, near_misses
from geosec.incidents.cells import MISSING, read_text
from geosec.incidents.columns import fold_name
from geosec.incidents.exports.acled import ACLED
from geosec.incidents.exports.gtd import GTD
from geosec.incidents.exports.hxl import HXL, read_tags
from geosec.incidents.exports.satp import SATP
from geosec.incidents.exports.ucdp import UCDP

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geosec.incidents.exports.kinds import ExportKind

PLAIN = "plain"  # for `kind`: a table that goes by its names alone
KINDS: dict[str, ExportKind] = {kind.name: kind for kind in (ACLED, UCDP, GTD, HXL, SATP)}
_OWN = {"incident_id", "date", "date_precision"}  # together they tell a table that geosec wrote
_HAS_DIGIT = re.compile(r"\d")
_PLACED = ("latitude", "longitude")


class Recognition(NamedTuple):
    """What a table was recognised as."""

    kind: ExportKind | None  #: None for a plain table
    tags: Mapping[str, str]  #: HXL tags by column, if the table has a row of them
    heads: int = 0  #: how many of the first rows are headers too: tags, descriptions, units


def recognise_export(
    columns: Sequence[str], first_rows: Iterable[Mapping[str, Any]] = (), kind: str | None = None
) -> Recognition:
    """Tell which export a table is, from the names of its columns and its first rows.

    `kind` overrides what the columns tell; ``"plain"`` is a table that goes by its names alone. A
    row of HXL tags is found in each. Raises a `ParameterError` if there is no such kind.
    """
    row = next(islice(first_rows, 1), None)
    below = read_tags(columns, row)
    tags = below or read_tags(columns, dict(zip(columns, columns, strict=True)))
    export = _choose_kind(columns, has_tags=bool(tags)) if kind is None else _take_kind(kind)
    is_described = export is not None and row is not None and _is_described(row)
    return Recognition(export, tags, int(bool(below) or is_described))


def _choose_kind(columns: Sequence[str], *, has_tags: bool) -> ExportKind | None:
    """Choose the first kind that is known by these columns; none for a table that geosec wrote."""
    names = {fold_name(name) for name in columns}
    if names >= _OWN:
        return None
    known = (each for each in KINDS.values() if each.is_known_by(names))
    return next(known, HXL if has_tags else None)


def _take_kind(name: str) -> ExportKind | None:
    return find_kind(name) if type(name) is not str or name != PLAIN else None


def find_kind(name: str) -> ExportKind:
    """Find a kind of export by the name that `kind=` gives it."""
    if require_text(name, "kind", "the kind of a table") not in KINDS:
        msg = f"there is no kind {name!r} of table; {near_misses(name, [PLAIN, *KINDS])}"
        raise ParameterError(msg)
    return KINDS[name]


def _is_described(row: Mapping[str, Any]) -> bool:
    """Tell whether a row describes the columns: words stand where each row has its degrees."""
    folded = {fold_name(name): read_text(cell) for name, cell in row.items()}
    cells = [folded.get(name) for name in _PLACED]
    said = [cell for cell in cells if cell and cell.casefold() not in MISSING]
    return len(said) == len(_PLACED) and not any(map(_HAS_DIGIT.search, said))
