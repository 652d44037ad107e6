"""What is known of an export: its columns, and which of ours each becomes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geosec.errors import SchemaError
from geosec.incidents.cells import MISSING, read_text
from geosec.incidents.columns import fold_name
from geosec.incidents.exports.hxl_families import choose_columns
from geosec.incidents.exports.terms import UNKNOWN, Terms
from geosec.incidents.text_columns import find_distinct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from geosec.schema import PrecisionScheme

Columns = dict[str, pd.Series]


class SourceCells:
    """The cells of an export, found by the names that its code book gives its columns.

    `tags` are names for columns where the table has a row of them (HXL); else a column goes by its
    own name, in whichever case.
    """

    def __init__(
        self,
        table: pd.DataFrame,
        tags: Mapping[str, str] | None = None,
        *,
        day_first: bool | None = None,
    ) -> None:
        self.table, self.tags, self.day_first = table, tags or {}, day_first
        self.told: list[str] = []  # what is to be known of how cells were taken
        self._names = {fold_name(str(name)): str(name) for name in reversed(table.columns)}

    def find(self, names: Iterable[str], ours: str = "") -> list[str]:
        """Find which columns of the table go by these names, in the order of the names.

        Where a name may mean several columns, and none goes by an earlier one, a `SchemaError` says
        which are to be called `ours`.
        """
        return list(dict.fromkeys(name for group in self._group(names, ours) for name in group))

    def _group(self, names: Iterable[str], ours: str) -> list[list[str]]:
        """Find the columns of each name: of a tag several, where they divide one count."""
        groups: list[list[str]] = []
        for name in names:
            if not name.startswith("#"):
                found = [self._names[name]] if name in self._names else []
            else:
                try:
                    found = choose_columns(name, self.tags, ours)
                except SchemaError:
                    if groups:
                        continue
                    raise
            if found and found not in groups:
                groups.append(found)
        return groups

    def take(self, *names: str, ours: str = "") -> pd.Series | None:
        """Take the first cell that is not missing from the columns of these names, row by row.

        Columns that divide one count are added up, and `told` says so of `ours`.
        """
        groups = self._group(names, ours)
        for group in groups:
            if len(group) > 1:
                quoted = " and ".join(map(repr, group))
                self.told.append(f"`{ours}` is the sum of {quoted}, which divide it.")
        columns = [_add_up([self.table[name] for name in group]) for group in groups]
        if not columns:
            return None
        first, *others = (column.astype("object") for column in columns)
        for other in others:
            empty = is_empty(first)
            if empty.any():
                first = first.where(~empty, other)
        return first

    def number(self, *names: str) -> pd.Series:
        """Take cells as numbers, NaN where there are none."""
        cells = self.take(*names)
        if cells is None:
            return pd.Series(np.nan, index=self.table.index)
        found = find_distinct(cells)
        numbers = pd.to_numeric(pd.Series(found.cells, dtype="object"), errors="coerce")
        values = numbers.to_numpy("float64", na_value=np.nan)[found.codes]
        return pd.Series(values, index=self.table.index)


@dataclass(frozen=True)
class ExportKind:
    """One kind of export, or a plain table of a usual make."""

    name: str  #: what `kind=` calls it
    title: str  #: what it is in a sentence: "an ACLED export"
    known_by: tuple[str, ...]  #: folded names of columns; all of one line tell it, "|" is or
    takes: Mapping[str, Sequence[str]]  #: ours -> theirs, the first cell that is not missing
    scheme: PrecisionScheme | None = None  #: code book of its spatial precision
    terms: Terms = UNKNOWN
    #: ours -> theirs that it is worked out from, and what does so
    works_out: Mapping[str, Sequence[str]] = field(default_factory=dict)
    work_out: Callable[[SourceCells], Columns] | None = None
    tell: Callable[[Columns], list[str]] | None = None  #: what of it is to be known, in sentences

    def is_known_by(self, names: set[str]) -> bool:
        """Tell whether columns of these names, folded, make an export of this kind."""
        lines = ([each.split("|") for each in line.split()] for line in self.known_by)
        return any(all(names.intersection(each) for each in line) for line in lines)


def _add_up(parts: list[pd.Series]) -> pd.Series:
    """Add up the parts of a count; where one is no whole number, its cell says the sum in words."""
    if len(parts) == 1:
        return parts[0]
    gone = pd.concat([is_empty(part) for part in parts], axis=1).to_numpy()
    cells = zip(*(part.astype("object") for part in parts), strict=True)
    sums = [
        _add_cells([cell for cell, is_gone in zip(row, out, strict=True) if not is_gone])
        for row, out in zip(cells, gone, strict=True)
    ]
    return pd.Series(sums, index=parts[0].index, dtype="object")


def _add_cells(cells: list[object]) -> int | str | None:
    texts = [str(cell).strip().removesuffix(".0") for cell in cells]
    if all(text.isascii() and text.isdecimal() for text in texts):
        return sum(map(int, texts)) if texts else None
    return " + ".join(texts)


def is_empty(cells: pd.Series) -> pd.Series:
    """Tell which cells are missing, or say that nothing is known."""
    found = find_distinct(cells)
    empty = [(read_text(cell) or "").casefold() in MISSING for cell in found.cells]
    return pd.Series(np.array(empty, dtype="bool")[found.codes], index=cells.index)
