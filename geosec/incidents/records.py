"""Delimited text, record by record, so that one bad line costs one line."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from geosec.errors import SourceError

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
        A byte order mark is understood.

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

    Examples
    --------
    >>> from geosec.data.catalogue import example_path
    >>> header, records = read_records(example_path())
    >>> header[:2], next(records).line
    (('incident_id', 'date'), 2)
    """
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
    header = tuple(cell.strip() for cell in next(csv.reader([text], delimiter=delimiter)))
    return header, _records(lines, encoding, delimiter, len(header))


def _lines(path: Path) -> Iterator[tuple[int, bytes | None]]:
    """Give each line with its number; one that is too long is passed over and given as None."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) <= LONGEST_LINE or line.endswith(b"\n"):
                yield number, line
            else:
                _skip_line(file)
                yield number, None


def _skip_line(file: BinaryIO) -> None:
    while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
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
            record, unused = _whole(number, text, [*waiting], lines, encoding)
            waiting = unused
            yield record if record.problem else _split(record, delimiter, width)


def _whole(
    number: int,
    text: str,
    waiting: list[tuple[int, bytes | None]],
    lines: Iterator[tuple[int, bytes | None]],
    encoding: str,
) -> tuple[Record, list[tuple[int, bytes | None]]]:
    """Take further lines until every quote is closed; give them back if it never is."""
    taken: list[tuple[int, bytes | None]] = []
    whole = text
    while whole.count('"') % 2:
        following = waiting.pop(0) if waiting else next(lines, None)
        if following is not None:
            taken.append(following)
        more, problem = _decoded(following[1], encoding) if following else ("", "end of file")
        if problem or len(taken) > _LONGEST_RECORD:
            told = f'line {number} opens a quote (") that is never closed'
            return Record(number, (), text[:_SHOWN].strip("\r\n"), told), [*taken, *waiting]
        whole += more
    return Record(number, (), whole), waiting


def _split(record: Record, delimiter: str, width: int) -> Record:
    whole = record.raw
    shown = whole.strip("\r\n")[:_SHOWN]
    rows = list(csv.reader(io.StringIO(whole, newline=""), delimiter=delimiter))
    cells = tuple(rows[0]) if rows else ()
    if len(cells) != width:
        told = f"{len(cells)} fields, where the first line names {width}"
        return Record(record.line, (), shown, told)
    return Record(record.line, cells, shown)


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
