"""Colours and shapes of the values of a column, by the rule of ``web/src/palette.js``.

Seven colours of Okabe and Ito 2008, *Color Universal Design*, and grey. Up to twelve values are
told apart, the most frequent first: by colour and, when the colours are used up, by shape; the
rest are "other".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geosec.maps.incident_columns import describe_column

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

COLOURS = ("#d55e00", "#0072b2", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#b8a800")
GREY = "#6b7280"
_SHAPES = ("circle", "square", "triangle")
_MOST = 12


class Entry(NamedTuple):
    """A value of the column, and how its marks look."""

    value: str | None  #: None for all others, empty where none is reported
    colour: str
    shape: str
    rows: int


class Palette(NamedTuple):
    """What the values of a column look like, and the entry of each row."""

    entries: list[Entry]
    of_row: NDArray[np.int64]


def _take_free(free: list[str], number: int) -> tuple[str, str]:
    """Take the shape and colour of the value of a number among those without a colour."""
    shape = _SHAPES[min(number // max(1, len(free)), len(_SHAPES) - 1)]
    return shape, free[number % len(free)] if free else GREY


def assign_palette(column: pd.Series, given: Mapping[str, str]) -> Palette:
    """Assign colours and shapes to the values of a column; `given` are colours of some of them.

    Ordered values keep their order, others come by how frequent they are.
    """
    told, held = describe_column(column, str(column.name))
    values: list[str] = told.get("values", [])
    codes = np.full(len(column), -1)
    if told["kind"] == "category":
        codes = np.where(np.isnan(held), -1, held).astype(np.int64)
    counts = np.bincount(codes[codes >= 0], minlength=len(values))
    frequent = 0 * counts if told.get("ordered") else -counts
    order = np.lexsort((np.arange(len(values)), frequent))
    order = order[counts[order] > 0]
    kept, others = order[:_MOST], order[_MOST:]
    own = {int(code): given[values[code]] for code in kept if given.get(values[code])}
    free = [colour for colour in COLOURS if colour not in own.values()]
    entry_of = np.full(len(values) + 1, 0, dtype=np.int64)
    entries: list[Entry] = []
    following = 0
    for code in kept:
        colour = own.get(int(code))
        shape, colour = (_SHAPES[0], colour) if colour else _take_free(free, following)
        following += int(code) not in own
        entry_of[code] = len(entries)
        entries.append(Entry(values[code], colour, shape, int(counts[code])))
    if len(others):
        entry_of[others] = len(entries)
        entries.append(Entry(None, GREY, "square", int(counts[others].sum())))
    entry_of[-1] = len(entries)
    missing = int((codes < 0).sum())
    if missing or not entries:
        entries.append(Entry("", GREY, "circle", missing))
    return Palette(entries, entry_of[codes])
