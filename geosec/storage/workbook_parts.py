"""The parts of a workbook, looked at before any reader opens it: sizes, addresses, order.

A workbook is a ZIP archive of XML. A few kilobytes of it may unpack to gigabytes, or name a cell so
far off that a reader fills millions of cells to get there.
"""

from __future__ import annotations

import re
import zipfile
from functools import cache
from typing import IO, TYPE_CHECKING, NoReturn
from xml.parsers import expat

if TYPE_CHECKING:
    from pathlib import Path

_MAGIC = b"PK\x03\x04"
_LOCKED = b"\xd0\xcf\x11\xe0"
_MOST_PARTS = 10_000
_LARGE, _MOST_TIMES = 20_000_000, 100  # bytes unpacked, and times the size of the file
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384  # of a sheet, in every program
_FILLED, _MOST_FILLED = (
    1_000_000,
    20,
)  # cells filled up to the last of each row, for one that is there
_ADDRESS = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
_BLOCK = 1 << 20


class _Enough(Exception):  # noqa: N818 - the part is no sheet, and is left
    """A part has shown what it is."""


def refuse_bombs(path: Path) -> dict[str, list[str]]:
    """Raise a `ValueError` where a workbook is none, or made to fill the memory of who reads it.

    Give the cells of each part that are merged over several rows, such as "A2:A3".
    """
    with path.open("rb") as file:
        start = file.read(len(_MAGIC))
    if start == _LOCKED:
        msg = "it is locked with a password, or an old .xls; save it as .xlsx without one"
        raise ValueError(msg)
    if start != _MAGIC:
        msg = "it does not begin as an archive does"
        raise ValueError(msg)
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        _refuse_sizes(parts, path.stat().st_size)
        merged = {}
        for part in parts:
            with archive.open(part) as content:
                scan = _Scan(part.filename)
                scan.read(content)
                merged[part.filename] = scan.merged
        return merged


def _refuse_sizes(parts: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(part.file_size for part in parts)
    if unpacked > max(_LARGE, _MOST_TIMES * size):
        msg = f"its {size:,} bytes unpack to {unpacked:,}, as no table does"
        raise ValueError(msg)
    if len(parts) > _MOST_PARTS or len({part.filename for part in parts}) < len(parts):
        msg = f"its {len(parts):,} parts are too many, or two have one name"
        raise ValueError(msg)


class _Scan:
    """The cells of a sheet counted as its XML streams by; other parts are left at their root."""

    def __init__(self, part: str) -> None:
        self._part = part
        self.merged: list[str] = []
        self._row = self._column = self._filled = self._cells = 0
        self._address = ""
        self._has_formula = self._has_value = self._is_text = False
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._parser.StartElementHandler = self._see_root
        self._parser.buffer_text = True

    def read(self, content: IO[bytes]) -> None:
        """Read a part; what is no XML, or broken, is left to who reads the workbook."""
        try:
            while block := content.read(_BLOCK):
                self._parser.Parse(block, False)
                self._refuse_filling()
        except (_Enough, expat.ExpatError):
            self._refuse_filling()

    def _see_root(self, name: str, _: dict[str, str]) -> None:
        if name.rpartition(" ")[2] != "worksheet":
            raise _Enough
        self._parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(" ")[2]
        if kind == "c":
            self._start_cell(attributes.get("r", ""))
            self._is_text = attributes.get("t") == "str"
        elif kind == "row":
            self._start_row(attributes.get("r", ""))
        elif kind == "f":
            self._has_formula = True
            self._parser.EndElementHandler = self._end  # of other cells no end is asked for
        elif kind == "mergeCell":
            self._see_merged(attributes.get("ref", ""))
        elif kind == "v" and self._has_formula and not self._is_text:
            self._parser.CharacterDataHandler = self._see_value  # `<v/>` is no number
        elif kind in {"v", "is"}:
            self._has_value = True

    def _see_merged(self, reference: str) -> None:
        first, _, last = (_ADDRESS.fullmatch(each) for each in reference.partition(":"))
        if first and last and first[2] != last[2]:
            self.merged.append(reference)

    def _see_value(self, _: str) -> None:
        self._has_value = True

    def _start_row(self, number: str) -> None:
        if number and not number.isdecimal():
            self._refuse(f"row {number[:20]!r} is no number")
        before, self._row = self._row, int(number[:8]) if number else self._row + 1
        if self._row <= before:
            self._refuse(f"row {self._row} stands behind row {before}")
        if self._row > _MOST_ROWS:
            self._refuse(f"row {self._row:,} is beyond the last that a sheet can have")
        self._filled += self._column + self._row - before
        self._column = 0

    def _start_cell(self, address: str) -> None:
        self._cells += 1
        self._address, self._has_formula, self._has_value = address, False, False
        found = _ADDRESS.fullmatch(address)
        if address and (found is None or int(found[2]) != self._row):
            self._refuse(f"cell {address[:20]!r} is none of row {self._row}")
        before, self._column = self._column, _count_letters(found[1]) if found else self._column + 1
        if self._column <= before or self._column > _MOST_COLUMNS:
            self._refuse(f"cell {address or self._column} of row {self._row} is out of order")

    def _end(self, name: str) -> None:
        if name.rpartition(" ")[2] != "c":
            return
        self._parser.EndElementHandler = self._parser.CharacterDataHandler = None
        if self._has_formula and not self._has_value:
            self._refuse(
                f"the formula of cell {self._address} has no value; open it in a spreadsheet "
                "program and save it"
            )

    def _refuse_filling(self) -> None:
        filled = self._filled + self._column
        if filled > max(_FILLED, _MOST_FILLED * self._cells):
            self._refuse(
                f"its {self._cells:,} cells are strewn over {filled:,}, the last in row "
                f"{self._row:,}; delete what stands far from the table"
            )

    def _refuse_doctype(self, *_: object) -> None:
        self._refuse("it defines entities of its own")

    def _refuse(self, why: str) -> NoReturn:
        msg = f"in {self._part}, {why}"
        raise ValueError(msg)


@cache
def _count_letters(letters: str) -> int:
    """Count the column that letters name: A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
