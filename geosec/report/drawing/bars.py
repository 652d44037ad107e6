"""Counts side by side: a bar for each name, with its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geosec.report.drawing.canvas import BLUE, INK, PLAIN, Drawing, draw, style_text

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMES, _ROW, _BAR = 190.0, 24.0, 14.0  # pixels: of the names, of a row, of its bar
_NUMBER = 60.0


def draw_bars(names: Sequence[str], counts: Sequence[float], *, name: str, title: str) -> str:
    """Draw a bar for each name, as SVG; the numbers stand at their ends."""

    def make() -> Drawing:
        drawing = Drawing(len(names) * _ROW + 4)
        wide = drawing.width - _NAMES - _NUMBER
        box = drawing.add_box(_NAMES, 2, wide, len(names) * _ROW)
        box.spines["bottom"].set_visible(False)
        box.set(
            xlim=(0, max([*counts, 1])), ylim=(max(len(names), 1) - 0.5, -0.5), xticks=[], yticks=[]
        )
        rows = range(len(names))
        box.barh(rows, counts, height=_BAR / _ROW, color=BLUE, linewidth=0)
        for at in rows:
            y = 2 + (at + 0.5) * _ROW + 4
            drawing.write(_NAMES - 12, y, names[at], ha="right", **style_text(PLAIN, INK))
            end = _NAMES + wide * counts[at] / max([*counts, 1]) + 7
            drawing.write(end, y, f"{counts[at]:,}", **style_text(PLAIN, INK))
        return drawing

    told = "; ".join(f"{each}: {count:,}" for each, count in zip(names, counts, strict=True))
    return draw(make, name, title, told)
