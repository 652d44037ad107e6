"""Rows of cells, as files of text and workbooks hold them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from geosec.errors import SchemaError

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    import pandas as pd


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
    """Rows of cells by column, the line or row on which each stands, and what was unreadable."""

    columns: list[str]
    cells: list[dict[str, Any]]
    lines: list[int]
    unreadable: list[Record]

    @classmethod
    def from_table(cls, table: pd.DataFrame, lines: list[int]) -> Self:
        """Take the cells of a table; missing ones are None."""
        columns = [str(name) for name in table.columns]
        refuse_double_names(columns)
        plain = table.astype("object").where(table.notna(), None)
        cells = [dict(zip(columns, row, strict=True)) for row in plain.itertuples(index=False)]
        return cls(columns, cells, lines, [])

    def drop(self, names: Container[str]) -> Self:
        """Leave out the columns of these names."""
        columns = [name for name in self.columns if name not in names]
        cells = [{name: row[name] for name in columns} for row in self.cells]
        return self._replace(columns=columns, cells=cells)

    def rename(self, old: str, new: str) -> Self:
        """Call a column by another name, in its place."""
        names = {name: new if name == old else name for name in self.columns}
        cells = [{names[name]: cell for name, cell in row.items()} for row in self.cells]
        return self._replace(columns=list(names.values()), cells=cells)


def refuse_double_names(header: Iterable[str]) -> None:
    """Refuse two columns of one name with a `SchemaError`, as one of them would be lost."""
    seen: set[str] = set()
    for name in header:
        if name in seen:
            msg = f"two columns are called {name!r}; rename one."
            raise SchemaError(msg)
        seen.add(name)
