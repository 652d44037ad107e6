"""Lines of delimited text told apart: those of one plain record each, and the odd ones.

A plain line is text of the encoding, has as many fields as the first line has names, and its
quotes stand round whole fields. It can be read without the lines beside it.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

_ONE_BYTE = re.compile(r"iso8859-\d+|cp125\d|koi8-[ru]|mac-roman")  # ASCII, and a letter a byte
_LONGEST_PLAIN = 100_000  # bytes; below what a field may have
_BLOCK = 1 << 18  # bytes looked at together, so that they stay near
_LF, _CR, _QUOTE, _NUL, _HIGH = 10, 13, 34, 0, 128


class Layout(NamedTuple):
    """How a text is laid out: its encoding, what stands between fields, and how many there are."""

    encoding: str
    delimiter: str
    width: int


@dataclass(frozen=True)
class Lines:
    """The lines of a text: line i goes from `ends[i]` to `ends[i + 1]`, its end included."""

    content: bytes
    ends: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ends) - 1

    def number(self, first: int) -> Iterator[tuple[int, bytes]]:
        """Give the lines from one on, each with its number, the first of the text being 1."""
        for at in range(first, len(self)):
            yield at + 1, self.content[self.ends[at] : self.ends[at + 1]]

    def longest(self) -> int:
        """Count the bytes of the longest line."""
        return int(np.diff(self.ends).max(initial=0))


def split_lines(content: bytes) -> Lines:
    """Find the lines of a text, which end with LF, CR LF or CR."""
    view = np.frombuffer(content, np.uint8)
    breaks = _find(view, _LF)
    if b"\r" in content:
        returns = _find(view, _CR)
        before_lf = np.append(view, 0)[returns + 1] == _LF
        breaks = np.sort(np.concatenate([breaks, returns[~before_lf]]))
    ends = np.concatenate([[0], breaks + 1])
    return Lines(content, ends if ends[-1] == len(content) else np.append(ends, len(content)))


def _find(view: NDArray[np.uint8], byte: int) -> NDArray[np.int64]:
    """Find where a byte stands."""
    blocks = range(0, len(view), _BLOCK)
    found = [np.flatnonzero(view[at : at + _BLOCK] == byte) + at for at in blocks]
    return np.concatenate([np.zeros(0, "int64"), *found])


def is_known_encoding(encoding: str) -> bool:
    """Tell whether lines in an encoding can be split before they are decoded."""
    name = codecs.lookup(encoding).name
    return name in {"utf-8", "ascii"} or _ONE_BYTE.fullmatch(name) is not None


def find_plain(lines: Lines, first: int, layout: Layout) -> NDArray[np.bool_]:
    """Tell which of the lines from one on are plain."""
    is_plain = np.zeros(len(lines) - first, "bool")
    at = first
    while at < len(lines):
        stop = int(np.searchsorted(lines.ends, lines.ends[at] + _BLOCK, "right")) - 1
        stop = min(max(stop, at + 1), len(lines))
        is_plain[at - first : stop - first] = _find_plain(lines, at, stop, layout)
        at = stop
    return is_plain


def _find_plain(lines: Lines, first: int, stop: int, layout: Layout) -> NDArray[np.bool_]:
    """Tell which lines of a block are plain."""
    ends = lines.ends[first : stop + 1] - lines.ends[first]
    block = lines.content[lines.ends[first] : lines.ends[stop]]
    view = np.frombuffer(block, np.uint8)
    is_mark = view == ord(layout.delimiter)
    has_quotes = b'"' in block
    if has_quotes:
        is_mark |= view == _QUOTE
    marks = np.flatnonzero(is_mark)
    is_plain = np.diff(ends) <= _LONGEST_PLAIN
    if has_quotes:
        marks, is_whole = _follow_quotes(view, marks, ends, layout)
        is_plain &= is_whole
    is_plain &= np.diff(np.searchsorted(marks, ends)) == layout.width - 1
    for at in _find_doubtful(block, ends, layout):
        is_plain[at] &= _is_text(block[ends[at] : ends[at + 1]], layout.encoding)
    return np.asarray(is_plain)


def _follow_quotes(
    view: NDArray[np.uint8], marks: NDArray[np.int64], ends: NDArray[np.int64], layout: Layout
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Find the delimiters outside quotes, and tell in which lines all quotes are in place.

    Every other quote of a line opens, after a delimiter or another quote, and the next closes.
    """
    is_quote = view[marks] == _QUOTE
    count = np.cumsum(is_quote)
    firsts = np.searchsorted(marks, ends)
    before = np.concatenate([[0], count])[firsts]  # quotes before each line
    is_inside = (count - np.repeat(before[:-1], np.diff(firsts))) % 2 == 1
    quotes, is_opening = marks[is_quote], is_inside[is_quote]
    edges = np.concatenate([[_LF], view, [_LF]])  # one further on each side
    beside = np.where(is_opening, edges[quotes], edges[quotes + 2])
    misplaced = quotes[~np.isin(beside, [ord(layout.delimiter), _QUOTE, _LF, _CR])]
    is_whole = np.diff(before) % 2 == 0
    is_whole[np.searchsorted(ends, misplaced, "right") - 1] = False
    return marks[~is_quote & ~is_inside], is_whole


def _find_doubtful(block: bytes, ends: NDArray[np.int64], layout: Layout) -> NDArray[np.int64]:
    """Find lines that may be blank, or no text in the encoding."""
    doubtful = [np.zeros(0, "int64")]
    view = np.frombuffer(block, np.uint8)
    if b"\x00" in block or not (block.isascii() or _can_decode(block, layout.encoding)):
        odd = np.flatnonzero((view == _NUL) | (view >= _HIGH))
        doubtful.append(np.searchsorted(ends, odd, "right") - 1)
    if layout.width == 1 or layout.delimiter.isspace():
        starts = view[ends[:-1]]
        doubtful.append(np.flatnonzero((starts <= ord(" ")) | (starts >= _HIGH)))
    return np.unique(np.concatenate(doubtful))


def _can_decode(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_text(content: bytes, encoding: str) -> bool:
    """Tell whether a line is text in an encoding, and not blank."""
    if b"\x00" in content or not _can_decode(content, encoding):
        return False
    return bool(content.decode(encoding).strip())
