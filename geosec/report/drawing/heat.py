"""How many times as many pairs as by chance: bands of distance down, bands of days across."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geosec.report.drawing.canvas import (
    INK,
    PALE,
    PLAIN,
    QUIET,
    SMALL,
    Drawing,
    draw,
    mix,
    style_text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

_NAMES, _HEAD, _ROW, _GAP = 120.0, 44.0, 46.0, 3.0
_CELL = 132.0
_LETTER = 0.56  # as wide as high
_STOPS = ("#fdf3e7", "#f2c7a5", "#ec8b45")  # from as many as by chance to three times as many
_FULL = 3.0


def draw_heat(  # noqa: PLR0913 - a table, the names of its bands, what the figure says
    ratios: pd.DataFrame,
    sure: pd.DataFrame,
    notes: pd.DataFrame,
    *,
    over: str,
    name: str,
    title: str,
    description: str,
) -> str:
    """Draw a cell for each band of distance (rows) and of days (columns), with its ratio.

    `ratios` holds numbers, NaN where none was expected, `sure` whether chance is ruled out, and
    `notes` what stands below each number; index and columns are the names of the bands. `over`
    stands above the columns.
    """

    def make() -> Drawing:
        rows, columns = ratios.shape
        wide = min(_CELL, (680.0 - _NAMES) / max(columns, 1))
        drawing = Drawing(_HEAD + rows * _ROW)
        box = drawing.add_box(_NAMES, _HEAD, columns * wide, rows * _ROW)
        box.axis("off")
        box.set(xlim=(0, columns * wide), ylim=(rows * _ROW, 0))
        drawing.write(_NAMES, 14, over, **style_text(SMALL, QUIET))
        for across, label in enumerate(map(str, ratios.columns)):
            drawing.write(_NAMES + across * wide + 8, 34, label, **style_text(PLAIN, INK))
        for down, label in enumerate(map(str, ratios.index)):
            y = _HEAD + (down + 0.5) * _ROW + 4
            drawing.write(_NAMES - 10, y, label, ha="right", **style_text(PLAIN, INK))
            cells = _list_cells(ratios.iloc[down], sure.iloc[down], notes.iloc[down])
            for across, (colour, number, weight, note) in enumerate(cells):
                left, top = across * wide, down * _ROW
                shape = [(left, top), (left + wide - _GAP, top)]
                box.fill_between(
                    *([each[0] for each in shape], top, top + _ROW - _GAP),
                    color=colour,
                    linewidth=0,
                )
                at = _NAMES + left + 8
                drawing.write(at, _HEAD + top + 19, number, **style_text(14, INK, weight))
                size = min(SMALL, (wide - 18) / (_LETTER * max(len(note), 1)))
                drawing.write(at, _HEAD + top + 35, note, **style_text(size, INK))
        return drawing

    return draw(make, name, title, description)


def _list_cells(
    ratios: pd.Series, sure: pd.Series, notes: pd.Series
) -> Sequence[tuple[str, str, str, str]]:
    """Say how each cell looks: colour, number, weight of its letters, note."""
    cells = []
    for ratio, is_sure, note in zip(ratios, sure, notes, strict=True):
        known = not np.isnan(ratio)
        colour = mix(_STOPS, (ratio - 1) / (_FULL - 1)) if known and is_sure else PALE
        number = f"× {ratio:.1f}" if known else "–"
        cells.append((colour, number, "bold" if is_sure else "normal", str(note)))
    return cells
