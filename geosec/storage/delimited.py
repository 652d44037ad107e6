"""Delimited text, record by record, so that one bad line costs one line."""

from __future__ import annotations

import codecs
import csv
import re
from collections import deque
from typing import TYPE_CHECKING, NamedTuple, TextIO

from geosec.errors import SourceError
from geosec.storage.rows import Record
from geosec.storage.text_encodings import LONGEST_LINE, check_encoding, decode_line, find_wide

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LONGEST_RECORD = 200  # lines: a quote open for longer was never closed
_SHOWN = 500
_DELIMITERS = ",;\t|"
_SAID = re.compile(r"\"?sep=([,;\t|])\"?", re.IGNORECASE)  # as spreadsheets are told
_QUOTED = re.compile(r'"[^"]*"')
_SIGN = re.compile(r"\d")
_NARROW = 3  # columns: lines of a text may well have as many commas
_MAGIC = {
    b"PK\x03\x04": "a ZIP archive, perhaps an Excel workbook (.xlsx)",
    b"PAR1": "a Parquet file",
    b"SQLite format 3": "a SQLite database, perhaps a GeoPackage (.gpkg)",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook (.xls)",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\x1f\x8b": "compressed (.gz)",
}


def read_records(path: Path, encoding: str = "utf-8") -> tuple[tuple[str, ...], Iterator[Record]]:
    """Read the names of the columns of a delimited text file, and every record after them.

    The delimiter (comma, semicolon, tab or bar) is told from the first line, or said by a line
    ``sep=;`` before it; that of ``.tsv`` is the tab. A byte order mark is understood, UTF-16 with
    one, and the line ends LF, CR LF and CR. Empty cells beyond the last name are left out. Records
    that cannot be read come with their problem. Raises a `SourceError` if the file is empty, is no
    text, or its first line cannot be read, and a `ParameterError` if there is no such encoding.
    """
    wide = _find_wide(path, encoding)
    lines = TextLines(_read_lines(path, wide), "utf-8" if wide else encoding)
    header, delimiter = take_header(path, lines)
    return header, _split_records(lines, delimiter, len(header))


def read_content(path: Path, encoding: str) -> tuple[bytes, str]:
    """Read a text whole, and name its encoding; text of two or four bytes a letter is UTF-8 then.

    Raises a `ParameterError` if there is no such encoding.
    """
    wide = _find_wide(path, encoding)
    if not wide:
        return path.read_bytes(), encoding
    with path.open(encoding=wide, errors="replace", newline="") as file:
        return _write_bytes(file.read(), is_wide=True), "utf-8"


def _find_wide(path: Path, encoding: str) -> str:
    check_encoding(encoding)
    with path.open("rb") as file:
        start = file.read(4)
    wide, marked = find_wide(start, encoding), find_wide(start, "")
    if not marked and wide and codecs.lookup(wide).name in {"utf-16", "utf-32"}:
        msg = (
            f"{path} has no mark at its start that says in which order {wide} has its bytes; name "
            f"it as `encoding='{wide}-le'` or '{wide}-be'."
        )
        raise SourceError(msg)
    return wide


def take_header(path: Path, lines: TextLines) -> tuple[tuple[str, ...], str]:
    """Take the names of the columns from the first lines of a text, and find the delimiter.

    Raises a `SourceError` where they hold none.
    """
    text, said = _take_names(path, lines)
    delimiter = said or _find_delimiter(path, text)
    cells, problem = _split_cells(text, delimiter)
    if problem:
        msg = f"the first line of {path} holds no column names ({problem})."
        raise SourceError(msg)
    return _name_columns(cells), delimiter


def _take_names(path: Path, lines: TextLines) -> tuple[str, str]:
    """Take the line of the names, and the delimiter that a line before it says."""
    first = lines.take_bytes()
    if first is None:
        msg = f"{path} is empty; a table of incidents has a line of column names and rows."
        raise SourceError(msg)
    start = None if first[1] is None else first[1].removeprefix(b"\xef\xbb\xbf")
    _refuse_binary(path, start)
    line: Line | None = lines.decode((first[0], start))
    said = _SAID.fullmatch(line.text.strip()) if line is not None else None
    if said is not None:
        line = lines.take()
    problem = "" if line is None else line.problem
    if line is None or problem or not line.text.strip():
        msg = f"the first line of {path} holds no column names ({problem or 'it is blank'})."
        raise SourceError(msg)
    return line.text, "" if said is None else said[1]


def _find_delimiter(path: Path, text: str) -> str:
    """Find what stands most often between the names, but for what is quoted."""
    plain = _QUOTED.sub("", text)
    if path.suffix.casefold() == ".tsv" and "\t" in plain:
        return "\t"
    return max(_DELIMITERS, key=plain.count)


def _name_columns(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Trim the names; those that are empty at the end are none, and others get their position."""
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    return tuple(name or f"Unnamed: {at}" for at, name in enumerate(names))


def _read_lines(path: Path, wide: str) -> Iterator[tuple[int, bytes | None]]:
    """Give each line with its number; one that is too long is passed over and given as None.

    Latin-1 gives every byte a letter of its own, so text mode finds all line ends and loses none.
    Lines of a wide text are given in UTF-8, broken letters as a byte that UTF-8 does not know.
    """
    with path.open(encoding=wide or "latin-1", errors="replace", newline="") as file:
        number = 0
        while line := file.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) <= LONGEST_LINE or line.endswith(("\n", "\r")):
                yield number, _write_bytes(line, is_wide=bool(wide))
            else:
                _skip_line(file)
                yield number, None


def _write_bytes(line: str, *, is_wide: bool) -> bytes:
    if not is_wide:
        return line.encode("latin-1")
    return line.replace("\ufffd", "\udcff").encode("utf-8", "surrogateescape")


def _skip_line(file: TextIO) -> None:
    while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(("\n", "\r")):
        pass


def _refuse_binary(path: Path, first: bytes | None) -> None:
    kind = _name_kind(first or b"")
    if kind:
        msg = (
            f"{path} is {kind}, and not the delimited text its name says. "
            "Give it the ending of what it is, or save it as CSV in UTF-8."
        )
        raise SourceError(msg)
    if first is None:
        msg = f"the first line of {path} is longer than {LONGEST_LINE:,} bytes: no column names."
        raise SourceError(msg)


def _name_kind(start: bytes) -> str:
    """Name what a file is that is not delimited text, by how it begins."""
    for magic, kind in _MAGIC.items():
        if start.startswith(magic):
            return kind
    if b"\x00" in start:
        return "binary data, or text in UTF-16 without a mark (`encoding='utf-16-le'`)"
    return "a web page or XML" if start.lstrip()[:1] == b"<" else ""


class Line(NamedTuple):
    """A line of a text file, the first being 1, and what is wrong with it."""

    number: int
    text: str
    problem: str


class TextLines:
    """The lines of a text file, one by one; some may be given back."""

    def __init__(self, lines: Iterator[tuple[int, bytes | None]], encoding: str) -> None:
        self._lines, self._encoding = lines, encoding
        self._waiting = deque[Line]()
        self.taken = 0  #: the number of the last line that was taken

    def take(self) -> Line | None:
        """Take the next line; None at the end of the file."""
        if self._waiting:
            line = self._waiting.popleft()
            self.taken = line.number
            return line
        found = self.take_bytes()
        return None if found is None else self.decode(found)

    def take_bytes(self) -> tuple[int, bytes | None] | None:
        """Take the next line as it is in the file, where none was given back."""
        line = next(self._lines, None)
        if line is not None:
            self.taken = line[0]
        return line

    def decode(self, line: tuple[int, bytes | None]) -> Line:
        """Read the bytes of a line as text."""
        return Line(line[0], *decode_line(line[1], self._encoding))

    def give_back(self, taken: list[Line]) -> None:
        """Give lines back, to be taken again in the same order."""
        self._waiting.extendleft(reversed(taken))
        if taken:
            self.taken = taken[0].number - 1


def _split_records(lines: TextLines, delimiter: str, width: int) -> Iterator[Record]:
    while (line := lines.take()) is not None:
        record = take_record(line, lines, delimiter, width)
        if record is not None:
            yield record


def take_record(line: Line, lines: TextLines, delimiter: str, width: int) -> Record | None:
    """Take the record that begins with a line, and what more of the text it needs; blanks none."""
    if line.problem:
        return Record(line.number, (), line.text[:_SHOWN], line.problem)
    if not line.text.strip():
        return None
    whole = _close_quotes(line, lines, delimiter, width)
    if whole is None:
        problem = f'line {line.number} opens a quote (") that is never closed'
        return Record(line.number, (), _show(line.text[:_SHOWN]), problem)
    return _split_record(line.number, whole, delimiter, width)


def _close_quotes(line: Line, lines: TextLines, delimiter: str, width: int) -> str | None:
    """Take further lines until every quote is closed; give them back if it never is."""
    taken: list[Line] = []
    whole, is_open = line.text, _is_open(line.text, delimiter)
    while is_open:
        following = lines.take()
        if following is not None:
            taken.append(following)
        if following is None or following.problem or len(taken) > _LONGEST_RECORD:
            lines.give_back(taken)
            return None
        whole += following.text
        is_open = _is_open(f'"{following.text}', delimiter)
    if taken and _is_stray(whole, [line, *taken], delimiter, width):
        lines.give_back(taken)
        return None
    return whole


def _is_stray(whole: str, lines: list[Line], delimiter: str, width: int) -> bool:
    """Tell whether a quote over several lines was closed by another stray one.

    So it is where something stands behind the closing quote, where what they make has not as many
    fields as there are names, or where each of the lines is a record by itself: of as many fields,
    and the first of them of the same shape.
    """
    try:
        (record,) = csv.reader([whole], delimiter=delimiter, strict=True)
    except csv.Error:
        return True
    if len(record) != width:
        return True
    fields = [line.text.rstrip("\r\n").split(delimiter) for line in lines]
    shapes = {_SIGN.sub("9", row[0].strip()) for row in fields}
    return all(len(row) == width for row in fields) and (width > _NARROW or len(shapes) == 1)


def _is_open(line: str, delimiter: str) -> bool:
    """Tell whether a quote goes on in the next line; that of 5" pipe, inside a field, does not."""
    if '"' not in line:
        return False
    try:
        return len(list(csv.reader([line, "next"], delimiter=delimiter))) == 1
    except csv.Error:  # a field that is too long: the record is rejected as it stands
        return False


def _split_record(number: int, text: str, delimiter: str, width: int) -> Record:
    cells, problem = _split_cells(text, delimiter)
    if len(cells) > width and not any(cells[width:]):
        cells = cells[:width]
    if not problem and len(cells) != width:
        problem = f"{len(cells)} fields, where the first line names {width}"
    return Record(number, () if problem else cells, _show(text)[:_SHOWN], problem)


def _show(text: str) -> str:
    return text.strip("\r\n")


def _split_cells(text: str, delimiter: str) -> tuple[tuple[str, ...], str]:
    """Give the fields of a record, and why they cannot be read."""
    try:
        return tuple(next(csv.reader([text], delimiter=delimiter))), ""
    except csv.Error as error:
        return (), f"it cannot be split into fields: {error}"
