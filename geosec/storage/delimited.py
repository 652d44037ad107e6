"""Delimited text, record by record, so that one bad line costs one line."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from geosec.errors import ParameterError, SourceError

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


@dataclass(frozen=True)
class Record:
    """One record of a text file.

    Attributes
    ----------
    line : int
        Line on which it begins, the first being 1.
    cells : tuple of str
        Its fields; empty where it could not be read.
    raw : str
        Its text, cut at 500 characters.
    problem : str
        Why it could not be read, empty where it could. No unit or CRS is involved.

    Examples
    --------
    >>> Record(2, ("2025-03-11", "Mach"), "2025-03-11,Mach").problem
    ''
    """

    line: int
    cells: tuple[str, ...]
    raw: str
    problem: str = ""


def read_records(path: Path, encoding: str = "utf-8") -> tuple[tuple[str, ...], Iterator[Record]]:
    """Read a delimited text file.

    Parameters
    ----------
    path : pathlib.Path
        The file; the delimiter (comma, semicolon, tab or bar) is told from its first line.
    encoding : str, default "utf-8"
        A byte order mark is understood, and so are the line ends LF, CR LF and CR.

    Returns
    -------
    header : tuple of str
        Names of the columns.
    records : iterator of Record
        Every record after it, the unreadable ones with their problem. No CRS is involved.

    Raises
    ------
    SourceError
        If the file is empty, is no text, or its first line cannot be read.
    ParameterError
        If there is no such encoding.

    Examples
    --------
    >>> from geosec.data.catalogue import example_path
    >>> header, records = read_records(example_path())
    >>> header[:2], next(records).line
    (('incident_id', 'date'), 2)
    """
    _check_encoding(encoding)
    lines = _lines(path)
    first = next(lines, None)
    if first is None:
        msg = f"{path} is empty; a table of incidents has a line of column names and rows."
        raise SourceError(msg)
    _refuse_binary(path, first[1])
    text, problem = _decoded((first[1] or b"").removeprefix(b"\xef\xbb\xbf"), encoding)
    if problem or not text.strip():
        msg = f"the first line of {path} holds no column names ({problem or 'it is blank'})."
        raise SourceError(msg)
    delimiter = max(_DELIMITERS, key=text.count)
    cells, problem = _cells(text, delimiter)
    if problem:
        msg = f"the first line of {path} holds no column names ({problem})."
        raise SourceError(msg)
    header = tuple(cell.strip() for cell in cells)
    return header, _records(lines, encoding, delimiter, len(header))


def _check_encoding(encoding: str) -> None:
    try:
        b" ".decode(encoding, "replace")
    except (LookupError, ValueError) as error:
        msg = f"`encoding` {encoding!r} is no encoding of text; name one such as 'utf-8', 'cp1252'."
        raise ParameterError(msg) from error


def _lines(path: Path) -> Iterator[tuple[int, bytes | None]]:
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
    kind = _kind(first or b"")
    if kind:
        msg = (
            f"{path} is {kind}, and not the delimited text its name says. "
            "Give it the ending of what it is, or save it as CSV in UTF-8."
        )
        raise SourceError(msg)
    if first is None:
        msg = f"the first line of {path} is longer than {LONGEST_LINE:,} bytes: no column names."
        raise SourceError(msg)


def _kind(start: bytes) -> str:
    """Name what a file is that is not delimited text, by how it begins."""
    for magic, kind in _MAGIC.items():
        if start.startswith(magic):
            return kind
    if b"\x00" in start:
        return "binary data"
    return "a web page or XML" if start.lstrip()[:1] == b"<" else ""


def _records(
    lines: Iterator[tuple[int, bytes | None]], encoding: str, delimiter: str, width: int
) -> Iterator[Record]:
    waiting = list[tuple[int, bytes | None]]()
    while True:
        line = waiting.pop(0) if waiting else next(lines, None)
        if line is None:
            return
        number, content = line
        text, problem = _decoded(content, encoding)
        if problem:
            yield Record(number, (), text[:_SHOWN], problem)
        elif text.strip():
            record, waiting = _whole(number, text, waiting, lines, encoding, delimiter)
            yield record if record.problem else _split(record, delimiter, width)


def _whole(
    number: int,
    text: str,
    waiting: list[tuple[int, bytes | None]],
    lines: Iterator[tuple[int, bytes | None]],
    encoding: str,
    delimiter: str,
) -> tuple[Record, list[tuple[int, bytes | None]]]:
    """Take further lines until every quote is closed; give them back if it never is."""
    taken: list[tuple[int, bytes | None]] = []
    whole, is_open = text, _is_open(text, delimiter)
    while is_open:
        following = waiting.pop(0) if waiting else next(lines, None)
        if following is not None:
            taken.append(following)
        more, problem = _decoded(following[1], encoding) if following else ("", "end of file")
        if problem or len(taken) > _LONGEST_RECORD:
            told = f'line {number} opens a quote (") that is never closed'
            return Record(number, (), text[:_SHOWN].strip("\r\n"), told), [*taken, *waiting]
        whole, is_open = whole + more, _is_open(f'"{more}', delimiter)
    return Record(number, (), whole), waiting


def _is_open(line: str, delimiter: str) -> bool:
    """Tell whether a quote goes on in the next line; that of 5" pipe, inside a field, does not."""
    if '"' not in line:
        return False
    try:
        return len(list(csv.reader([line, "next"], delimiter=delimiter))) == 1
    except csv.Error:  # a field that is too long: the record is rejected as it stands
        return False


def _split(record: Record, delimiter: str, width: int) -> Record:
    whole = record.raw
    shown = whole.strip("\r\n")[:_SHOWN]
    cells, problem = _cells(whole, delimiter)
    if not problem and len(cells) != width:
        problem = f"{len(cells)} fields, where the first line names {width}"
    return Record(record.line, () if problem else cells, shown, problem)


def _cells(text: str, delimiter: str) -> tuple[tuple[str, ...], str]:
    """Give the fields of a record, and why they cannot be read."""
    try:
        return tuple(next(csv.reader([text], delimiter=delimiter))), ""
    except csv.Error as error:
        return (), f"it cannot be split into fields: {error}"


def _decoded(content: bytes | None, encoding: str) -> tuple[str, str]:
    """Give the text of a line, and what is wrong with it."""
    if content is None:
        return "", f"the line is longer than {LONGEST_LINE:,} bytes"
    if b"\x00" in content:
        at = content.index(b"\x00") + 1
        return content.decode(encoding, "replace"), f"byte {at} of the line is NUL: no text"
    try:
        return content.decode(encoding), ""
    except UnicodeDecodeError as error:
        told = (
            f"byte {error.start + 1} of the line is not {encoding}; save the file as UTF-8, or "
            "name its encoding with `encoding=`"
        )
        return content.decode(encoding, "replace"), told
