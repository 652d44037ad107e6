r"""The payload of a map: incidents as columns of numbers and blocks of text, deflated.

Its layout, which ``web/src/payload.js`` reads:

``head``
    JSON: ``rows`` and ``places`` (counts), ``planes``, ``columns``, ``groups``, ``shapes`` and
    ``readings``: for each set of them the share, longitude, latitude, radius in metres and number
    of the shape (-1 for a disc) of each reading.
``numbers``
    One base64 text of raw deflate. It holds the planes one after another, in the order of
    ``head.planes``. A plane of ``count`` numbers of ``bytes`` bytes has the first byte of each
    number, then the second of each, and so on, the lowest first. A plane of integers is unsigned;
    with ``delta`` it holds what is added to the one before, 0 before the first: 2 n for n >= 0,
    -2 n - 1 for n < 0. A number is ``(integer + offset) * scale``; with ``gaps`` integer 0 is
    missing, and the others are one larger. A plane of 8 bytes holds IEEE 754 doubles, NaN for
    missing.
``text``
    For each group of columns of texts, and each block of `BLOCK_ROWS` rows, one base64 text of raw
    deflate: for each column the lengths of its texts in bytes as a plane of 4 bytes, then the texts
    of the first column in UTF-8, then those of the second. A missing text is empty. The group
    ``unplaced`` holds the rows without a place, in their order in the table; ``head.unplaced``
    tells how many they are and their columns. Identifiers that are numbers after the same letters
    are no texts: the group ``numbered`` is one block, their plane, which ``head.numbered`` tells
    of. Its rows stand by their first day, those without one last, else as they do elsewhere.

Rows are sorted by place along a Hilbert curve, those of one place by date. A place is a point
with its radius, its shape and the readings of its phrase where they are several; ``place_rows``
says how many rows each has.
"""

from __future__ import annotations

import base64
import zlib
from concurrent.futures import ThreadPoolExecutor
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from geosec.maps.encoding import encode_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import ArrayLike, NDArray

BLOCK_ROWS = 1024
UNPLACED = "unplaced"  # the group of the rows without a place
NUMBERED = "numbered"  # the group of identifiers that are numbers
_LEVEL = 6  # of zlib: of what is asked of a map the size of its file is the scarcest
_SIZES = (1, 2, 4)  # bytes of an integer
_THREADS = 2
_INERT = '<script type="text/plain"'


class Plane(NamedTuple):
    """Numbers of one meaning, as ``head.planes`` tells of them, and their bytes."""

    told: dict[str, Any]
    content: bytes


class Payload(NamedTuple):
    """What a page holds of the incidents."""

    head: dict[str, Any]
    numbers: str  #: base64
    text: list[tuple[str, int, str]]  #: group, number of the block, base64


def make_plane(
    name: str, numbers: ArrayLike, *, scale: float | None = None, delta: bool = False
) -> Plane:
    """Write numbers as a plane: integers as small as they can be, else doubles; NaN is missing.

    With a `scale` numbers are rounded to it.
    """
    values = np.asarray(numbers, dtype=np.float64)
    known = np.isfinite(values)
    filled = np.where(known, values, 0.0)
    steps = np.rint(filled / (scale or 1.0))
    exact = scale is not None or bool((steps == filled).all())
    least = float(steps[known].min()) if known.any() else 0.0
    largest = float(steps[known].max()) - least if known.any() else 0.0
    gaps = not known.all()
    if not exact or largest + gaps >= 2**32:
        told = {"name": name, "bytes": 8, "count": len(values)}
        return Plane(told, _split_bytes(np.where(known, values, np.nan).astype("<f8"), 8))
    whole = np.where(known, steps - least + gaps, 0).astype(np.int64)
    folded = _fold(whole) if delta else None
    whole = whole if folded is None else folded
    size = _find_size(whole)
    told = {"name": name, "bytes": size, "count": len(values)}
    told |= {
        "offset": least,
        "scale": scale or 1.0,
        "gaps": bool(gaps),
        "delta": folded is not None,
    }
    return Plane(told, _split_bytes(whole.astype(f"<u{size}"), size))


def _find_size(whole: NDArray[np.int64]) -> int:
    return next(each for each in _SIZES if whole.max(initial=0) < 256**each)


def _fold(whole: NDArray[np.int64]) -> NDArray[np.int64] | None:
    """Give what is added to each number as one that is not negative; None where it is too large."""
    added = np.diff(whole, prepend=0)
    folded = np.where(added < 0, -2 * added - 1, 2 * added)
    return folded if folded.max(initial=0) < 2**32 else None


def _split_bytes(numbers: NDArray[Any], size: int) -> bytes:
    """Put the first bytes of all numbers first, then the second ones: alike bytes deflate well."""
    return np.ascontiguousarray(numbers.view(np.uint8).reshape(-1, size).T).tobytes()


def to_texts(column: pd.Series) -> pa.Array:
    """Give a column as texts; missing ones stay so."""
    if isinstance(column.dtype, pd.StringDtype):
        texts = pa.array(column.array, from_pandas=True)
    else:
        cells = column.astype("object")
        try:
            texts = pa.array(cells, pa.large_string(), from_pandas=True)
        except (pa.ArrowTypeError, pa.ArrowInvalid):  # not all are texts
            cells = cells.map(str, na_action="ignore")
            texts = pa.array(cells, pa.large_string(), from_pandas=True)
    whole = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    return whole.cast(pa.large_string())


def encode_texts(arrays: Sequence[pa.Array]) -> Iterator[str]:
    """Write the texts of columns of one length, block by block, as base64 of raw deflate."""
    rows = len(arrays[0]) if arrays else 0
    starts = range(0, rows, BLOCK_ROWS)
    with ThreadPoolExecutor(_THREADS) as threads:  # zlib lets other threads run
        yield from threads.map(lambda start: _deflate(b"".join(_join_block(arrays, start))), starts)


def _join_block(arrays: Sequence[pa.Array], start: int) -> list[bytes]:
    """Give the lengths of the texts of a block, column by column, and then the texts."""
    lengths, texts = [], []
    for array in arrays:
        part = array.slice(start, BLOCK_ROWS)
        ends = np.frombuffer(part.buffers()[1], "<i8")[part.offset : part.offset + len(part) + 1]
        lengths.append(_split_bytes(np.diff(ends).astype("<u4"), 4))
        content = part.buffers()[2]
        texts.append(b"" if content is None else content[ends[0] : ends[-1]].to_pybytes())
    return lengths + texts


def _deflate(content: bytes) -> str:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return base64.b64encode(packer.compress(content) + packer.flush()).decode("ascii")


def pack(
    planes: Iterable[Plane],
    groups: Mapping[str, Mapping[str, pa.Array]],
    head: Mapping[str, Any],
    unplaced: Mapping[str, pa.Array] = MappingProxyType({}),
    identifiers: Plane | None = None,
) -> Payload:
    """Pack planes, and groups of columns of texts (in the order of the rows), with their head.

    `unplaced` are the columns of texts of rows that have no place, `identifiers` a plane of those
    that are numbers.
    """
    planes = list(planes)
    text = [
        (group, number, block)
        for group, columns in {**groups, UNPLACED: unplaced}.items()
        for number, block in enumerate(encode_texts(list(columns.values())))
    ]
    names = {group: list(columns) for group, columns in groups.items()}
    if identifiers is not None:
        names[NUMBERED] = [identifiers.told["name"]]
        text.append((NUMBERED, 0, _deflate(identifiers.content)))
    told = {
        **head,
        "planes": [plane.told for plane in planes],
        "groups": names,
        "block": BLOCK_ROWS,
        "unplaced": {
            "rows": len(next(iter(unplaced.values()))) if unplaced else 0,
            "columns": list(unplaced),
        },
    }
    return Payload(told, _deflate(b"".join(plane.content for plane in planes)), text)


def write_numbers(payload: Payload) -> Iterator[str]:
    """Write the head and the numbers as script elements that run nothing."""
    yield f'<script type="application/json" id="gs-head">{encode_json(payload.head)}</script>\n'
    yield f'{_INERT} id="gs-numbers">{payload.numbers}</script>\n'


def write_texts(payload: Payload) -> Iterator[str]:
    """Write the blocks of text as script elements that run nothing."""
    for group, number, block in payload.text:
        yield f'{_INERT} id="gs-{group}-{number}">{block}</script>\n'
