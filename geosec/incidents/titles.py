"""Lines above the names of columns, as reports bear them: told, and not guessed away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geosec.incidents.cells import read_text
from geosec.incidents.columns import ALIASES, OWN, fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geosec.storage.rows import Rows

_LOOKED_AT = 10  # rows
_LEAST = 2  # names that are known make a line of names
_DELIMITERS = re.compile(r"[,;\t|]")


def tell_title(rows: Rows) -> str:
    """Say on which of the first lines the names of columns stand, if the first line has none."""
    if _count_known(rows.columns) >= _LEAST:
        return ""
    line, cells = next(
        (each for each in _list_lines(rows) if _count_known(each[1]) >= _LEAST), (0, [])
    )
    if not line:
        return ""
    names = ", ".join(cell.strip() for cell in cells)
    return (
        f"the first line ({', '.join(rows.columns)}) is taken for the names of the columns, and "
        f"they stand on line {line} ({names}). Delete the lines above it."
    )


def _list_lines(rows: Rows) -> Iterator[tuple[int, list[str]]]:
    """List the first lines by number, each cut into cells: those of the table, and unread ones."""
    for line, cells in zip(
        rows.table.index[:_LOOKED_AT].tolist(), rows.list_rows(slice(_LOOKED_AT)), strict=True
    ):
        yield int(line), [read_text(cell) or "" for cell in cells.values()]
    for record in rows.unreadable[:_LOOKED_AT]:
        yield record.line, _DELIMITERS.split(record.raw.replace('"', ""))


def _count_known(names: Iterable[str]) -> int:
    folded = map(fold_name, names)
    return sum(name in OWN or name in ALIASES for name in folded)
