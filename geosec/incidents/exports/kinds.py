"""What is known of an export: its columns, and which of ours each becomes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geosec.incidents.cells import MISSING, read_text
from geosec.incidents.columns import fold_name
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
        self._names = {fold_name(str(name)): str(name) for name in reversed(table.columns)}

    def find(self, names: Iterable[str]) -> list[str]:
        """Find which columns of the table go by these names, in the order of the names."""
        found = [
            match_tag(name, self.tags) if name.startswith("#") else self._names.get(name)
            for name in names
        ]
        return list(dict.fromkeys(name for name in found if name is not None))

    def take(self, *names: str) -> pd.Series | None:
        """Take the first cell that is not missing from the columns of these names, row by row."""
        columns = [self.table[name] for name in self.find(names)]
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


def match_tag(wanted: str, tags: Mapping[str, str]) -> str | None:
    """Find the column whose HXL tag has the wanted one's attributes, and the fewest others."""
    head, *needed = wanted.split("+")
    found = []
    for column, tag in tags.items():
        own, *others = tag.split("+")
        if own == head and set(needed) <= set(others):
            found.append((len(others), column))
    return min(found, key=lambda each: each[0])[1] if found else None


def is_empty(cells: pd.Series) -> pd.Series:
    """Tell which cells are missing, or say that nothing is known."""
    found = find_distinct(cells)
    empty = [(read_text(cell) or "").casefold() in MISSING for cell in found.cells]
    return pd.Series(np.array(empty, dtype="bool")[found.codes], index=cells.index)
