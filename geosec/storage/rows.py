"""Tables of cells, as files of text and workbooks hold them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import pandas as pd
import pyarrow as pa

from geosec.errors import SchemaError

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

LINE = "line"  #: the index of a table of cells: the line of the text, or the row of the sheet


@dataclass(frozen=True)
class Record:
    """One record of a text file, with the line on which it begins, the first being 1.

    `raw` is its text, cut at 500 characters. Where it cannot be read, `cells` is empty and
    `problem` says why.
    """

    line: int
    cells: tuple[str, ...]
    raw: str
    problem: str = ""


class Rows(NamedTuple):
    """A table of cells, each row under the line on which it stands, and what was unreadable.

    Cells of a text are texts, those of workbooks and tables what they were; gaps are None or NaN.
    """

    table: pd.DataFrame
    unreadable: list[Record]

    @classmethod
    def from_table(cls, table: pd.DataFrame, lines: Sequence[int] | NDArray[np.int64]) -> Self:
        """Take the cells of a table, each of whose rows stands on one of `lines`."""
        columns = [str(name) for name in table.columns]
        refuse_double_names(columns)
        table = table.set_axis(columns, axis="columns")
        return cls(table.set_axis(lines, axis="index").rename_axis(LINE), [])

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in order."""
        return [str(name) for name in self.table.columns]

    def list_rows(self, where: Sequence[int] | slice = slice(None)) -> list[dict[str, Any]]:
        """List the cells of the rows at these positions by column; gaps are None."""
        names = self.columns
        if not names:
            return [{} for _ in self.table.index[where]]
        columns = [_list_cells(column.array[where]) for _, column in self.table.items()]
        return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]

    def drop(self, names: Container[str]) -> Self:
        """Leave out the columns of these names."""
        return self._replace(table=self.table[[name for name in self.columns if name not in names]])

    def rename(self, old: str, new: str) -> Self:
        """Call a column by another name, in its place."""
        return self._replace(table=self.table.rename(columns={old: new}))


def _list_cells(cells: pd.api.extensions.ExtensionArray) -> list[Any]:
    """List cells as Python has them; gaps are None."""
    if isinstance(cells.dtype, pd.StringDtype):
        return list(pa.array(cells, from_pandas=True).to_pylist())
    return [
        None if is_gap else cell
        for cell, is_gap in zip(cells.astype("object"), cells.isna(), strict=True)
    ]


def refuse_double_names(header: Iterable[str]) -> None:
    """Refuse two columns of one name with a `SchemaError`, as one of them would be lost."""
    seen: set[str] = set()
    for name in header:
        if name in seen:
            msg = f"two columns are called {name!r}; rename one."
            raise SchemaError(msg)
        seen.add(name)
