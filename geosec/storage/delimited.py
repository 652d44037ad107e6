"""Delimited text, record by record, so that one bad line costs one line."""

from __future__ import annotations

import csv
from collections import deque
from typing import TYPE_CHECKING, NamedTuple, TextIO

from geosec.errors import ParameterError, SourceError
from geosec.storage.rows import Record, Rows, refuse_double_names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LONGEST_LINE = 1_000_000
_LONGEST_RECORD = 200  # lines: a quote open for longer was never closed
_SHOWN = 500
_DELIMITERS = ",;\t|"
_MAGIC = {
    b"PK\x03\x04": "a ZIP archive, perhaps an Excel workbook (.xlsx)",
    b"PAR1": "a Parquet file",
    b"SQLite format 3": "a SQLite database, perhaps a GeoPackage (.gpkg)",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook (.xls)",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\x1f\x8b": "compressed (.gz)",
    b"\xff\xfe": "text in UTF-16",
    b"\xfe\xff": "text in UTF-16",
}


def read_delimited(path: Path, encoding: str) -> Rows:
    """Read a delimited text file whole; two columns of one name are refused."""
    header, records = read_records(path, encoding)
    refuse_double_names(header)
    rows = Rows(list(header), [], [], [])
    for record in records:
        if record.problem:
            rows.unreadable.append(record)
        else:
            rows.lines.append(record.line)
            rows.cells.append(dict(zip(header, record.cells, strict=True)))
    return rows


def read_records(path: Path, encoding: str = "utf-8") -> tuple[tuple[str, ...], Iterator[Record]]:
    """Read the names of the columns of a delimited text file, and every record after them.

    The delimiter (comma, semicolon, tab or bar) is told from the first line. A byte order mark is
    understood, and so are the line ends LF, CR LF and CR. Records that cannot be read come with
    their problem. Raises a `SourceError` if the file is empty, is no text, or its first line cannot
    be read, and a `ParameterError` if there is no such encoding.
    """
    _check_encoding(encoding)
    lines = _read_lines(path)
    first = next(lines, None)
    if first is None:
        msg = f"{path} is empty; a table of incidents has a line of column names and rows."
        raise SourceError(msg)
    start = None if first[1] is None else first[1].removeprefix(b"\xef\xbb\xbf")
    _refuse_binary(path, start)
    text, problem = _decode(start, encoding)
    if problem or not text.strip():
        msg = f"the first line of {path} holds no column names ({problem or 'it is blank'})."
        raise SourceError(msg)
    delimiter = max(_DELIMITERS, key=text.count)
    cells, problem = _split_cells(text, delimiter)
    if problem:
        msg = f"the first line of {path} holds no column names ({problem})."
        raise SourceError(msg)
    header = tuple(cell.strip() for cell in cells)
    return header, _split_records(_Lines(lines, encoding), delimiter, len(header))


def _check_encoding(encoding: str) -> None:
    try:
        b" ".decode(encoding, "replace")
    except (LookupError, ValueError) as error:
        msg = f"`encoding` {encoding!r} is no encoding of text; name one such as 'utf-8', 'cp1252'."
        raise ParameterError(msg) from error


def _read_lines(path: Path) -> Iterator[tuple[int, bytes | None]]:
    """Give each line with its number; one that is too long is passed over and given as None.

    Latin-1 gives every byte a letter of its own, so text mode finds all line ends and loses none.
    """
    with path.open(encoding="latin-1", newline="") as file:
        number = 0
        while line := file.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) <= LONGEST_LINE or line.endswith(("\n", "\r")):
                yield number, line.encode("latin-1")
            else:
                _skip_line(file)
                yield number, None


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
        return "binary data"
    return "a web page or XML" if start.lstrip()[:1] == b"<" else ""


class _Line(NamedTuple):
    """A line of a text file, the first being 1, and what is wrong with it."""

    number: int
    text: str
    problem: str


class _Lines:
    """The lines of a text file, one by one; some may be given back."""

    def __init__(self, lines: Iterator[tuple[int, bytes | None]], encoding: str) -> None:
        self._lines, self._encoding = lines, encoding
        self._waiting = deque[_Line]()

    def take(self) -> _Line | None:
        """Take the next line; None at the end of the file."""
        if self._waiting:
            return self._waiting.popleft()
        line = next(self._lines, None)
        return None if line is None else _Line(line[0], *_decode(line[1], self._encoding))

    def give_back(self, taken: list[_Line]) -> None:
        """Give lines back, to be taken again in the same order."""
        self._waiting.extendleft(reversed(taken))


def _split_records(lines: _Lines, delimiter: str, width: int) -> Iterator[Record]:
    while (line := lines.take()) is not None:
        if line.problem:
            yield Record(line.number, (), line.text[:_SHOWN], line.problem)
        elif line.text.strip():
            whole = _close_quotes(line, lines, delimiter)
            if whole is None:
                problem = f'line {line.number} opens a quote (") that is never closed'
                yield Record(line.number, (), _show(line.text[:_SHOWN]), problem)
            else:
                yield _split_record(line.number, whole, delimiter, width)


def _close_quotes(line: _Line, lines: _Lines, delimiter: str) -> str | None:
    """Take further lines until every quote is closed; give them back if it never is."""
    taken: list[_Line] = []
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
    return whole


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


def _decode(content: bytes | None, encoding: str) -> tuple[str, str]:
    """Give the text of a line, and what is wrong with it."""
    if content is None:
        return "", f"the line is longer than {LONGEST_LINE:,} bytes"
    if b"\x00" in content:
        at = content.index(b"\x00") + 1
        return content.decode(encoding, "replace"), f"byte {at} of the line is NUL: no text"
    try:
        return content.decode(encoding), ""
    except UnicodeDecodeError as error:
        why = (
            f"byte {error.start + 1} of the line is not {encoding}; save the file as UTF-8, or "
            "name its encoding with `encoding=`"
        )
        return content.decode(encoding, "replace"), why
