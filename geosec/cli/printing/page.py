"""What a command prints: lines and listings, for a terminal or for a pipe."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Literal

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from geosec.cli.printing.output import write_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_BOX = box.SIMPLE_HEAD
_GAP = "  "
_FIGURES = ">"  # before the name of a column
_SHORT = 12  # letters of a column of words that is not folded
_IDENTIFIER = 16  # letters of a first column that is not


@dataclass(frozen=True)
class Heading:
    """A line above a part of a page."""

    text: str


@dataclass(frozen=True)
class Listing:
    """Rows of texts under names; a name that begins with ``>`` stands over figures, at the right.

    In a pipe all of it is printed, each column as wide as its widest cell. In a terminal texts are
    folded where it is too narrow, between words if that is enough; figures never are. Where that
    is not enough, each row is lines of its own.
    """

    names: Sequence[str]
    rows: Sequence[Sequence[str]]

    def write_lines(self) -> list[str]:
        """Write it as plain lines without spaces at their ends."""
        widths = self._measure()
        lines = []
        for row in (self._list_heads(), *self.rows):
            cells = []
            for cell, name, width in zip(row, self.names, widths, strict=True):
                gap = " " * (width - cell_len(cell))
                cells.append(gap + cell if _is_figure(name) else cell + gap)
            lines.append(_GAP.join(cells).rstrip())
        return lines

    def write_blocks(self) -> list[str]:
        """Write each row as lines, a name and a cell on each; cells that are empty have none."""
        heads = self._list_heads()
        blocks = []
        for row in self.rows:
            named = zip(heads, map(str.strip, row), strict=True)
            blocks.append("\n  ".join(f"{head}: {cell}" for head, cell in named if cell))
        return blocks

    def fits(self, width: int) -> bool:
        """Tell whether its table can be made as narrow as a terminal so many letters wide."""
        widths = self._fit(width)
        return sum(widths) + len(_GAP) * (len(widths) - 1) <= width

    def build_table(self, width: int) -> Table:
        """Build the table of a terminal so many letters wide; no cell is read as markup."""
        table = Table(box=_BOX, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
        for name, head, wide in zip(self.names, self._list_heads(), self._fit(width), strict=True):
            justify: Literal["left", "right"] = "right" if _is_figure(name) else "left"
            table.add_column(Text(head, "bold"), justify=justify, width=wide, overflow="fold")
        for row in self.rows:
            table.add_row(*map(Text, row))
        return table

    def _fit(self, width: int) -> list[int]:
        """Fit the columns into a width: the widest gives way, down to its words or to `_SHORT`.

        rich itself would narrow figures too, and make a table wider than the terminal.
        """
        widths = self._measure()
        is_whole = [_is_figure(name) for name in self.names]
        is_whole[0] = widths[0] <= _IDENTIFIER
        columns = map(" ".join, zip(self._list_heads(), *self.rows, strict=True))
        words = [max(map(cell_len, cells.split() or [""])) for cells in columns]
        for least in (words, [_SHORT] * len(words)):
            while sum(widths) + len(_GAP) * (len(widths) - 1) > width:
                loose = [
                    (wide, column)
                    for column, wide in enumerate(widths)
                    if wide > max(least[column], _SHORT) and not is_whole[column]
                ]
                if not loose:
                    break
                widths[max(loose)[1]] -= 1
        return widths

    def _list_heads(self) -> list[str]:
        return [name.removeprefix(_FIGURES) for name in self.names]

    def _measure(self) -> list[int]:
        columns = zip(self._list_heads(), *self.rows, strict=True)
        return [max(map(cell_len, column)) for column in columns]


def _is_figure(name: str) -> bool:
    return name.startswith(_FIGURES)


Part = str | Heading | Listing


def write_plain(parts: Iterable[Part]) -> str:
    """Write the parts of a page as plain text; an empty line stands round each heading."""
    lines: list[str] = []
    for part in parts:
        if isinstance(part, Heading):
            lines += [*([""] if lines else []), part.text, ""]
        else:
            lines += part.write_lines() if isinstance(part, Listing) else [part]
    return "\n".join(lines)


def show(parts: Iterable[Part]) -> None:
    """Print the parts of a page: with colours and folded in a terminal, plain and whole elsewhere.

    What nobody reads any more (``| head``) is let go, and the command goes on.
    """
    console = open_console(sys.stdout)
    if not console.is_terminal:
        write_line(sys.stdout, write_plain(parts))
        return
    for part in parts:
        if isinstance(part, Heading):
            console.print(Text(f"\n{part.text}\n", style="bold"))
        elif isinstance(part, Listing):
            _print_table(console, part)
        else:
            console.print(Text(part))


def _print_table(console: Console, listing: Listing) -> None:
    """Print a table; one that cannot be made as narrow as the terminal is printed row by row."""
    if not listing.fits(console.width):
        for block in listing.write_blocks():
            console.print(Text(block))
        return
    table = listing.build_table(console.width)
    least = sum(column.width or 0 for column in table.columns) + len(_GAP) * len(table.columns)
    open_console(console.file, max(console.width, least)).print(table)


def say(line: str) -> None:
    """Print a line that is never folded, such as one that ends in a path."""
    write_line(sys.stdout, line)


def complain(line: str) -> None:
    """Print a line on standard error under the name of the program."""
    console = open_console(sys.stderr)
    if console.is_terminal:
        console.print(Text.assemble(("geosec:", "bold red"), f" {line}"), soft_wrap=True)
    else:
        write_line(sys.stderr, f"geosec: {line}")


@contextmanager
def show_working(on: str) -> Iterator[None]:
    """Say on standard error what goes on, as long as it does, if that is a terminal."""
    console = open_console(sys.stderr)
    if console.is_terminal:
        with console.status(Text(on)):
            yield
    else:
        yield


def open_console(file: IO[str], width: int | None = None) -> Console:
    """Open a console that takes no text for markup, for emoji or for something to colour."""
    return Console(file=file, width=width, markup=False, emoji=False, highlight=False)
