"""Figures as SVG, which needs nothing but a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geosec.evaluation.reliability import compare_scores, measure_calibration_error

if TYPE_CHECKING:
    import pandas as pd

_SIDE, _EDGE = 400, 60
_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#333}.axis{stroke:#999;fill:none}"
    ".ideal{stroke:#bbb;stroke-dasharray:4 4}.bar{stroke:#1f5f8b;stroke-width:2}"
    ".kept{fill:#1f5f8b;fill-opacity:.75}"
)


def draw_reliability_diagram(scored: pd.DataFrame) -> str:
    """Draw what scores promise against what came true, as an SVG document.

    A dot stands for each class of scores, as large as it has phrases (their number stands below),
    with its 95 % interval; on the dashed line every promise is kept.
    """
    low, high = _EDGE, _EDGE + _SIDE
    parts = [
        f'<rect class="axis" x="{low}" y="{low}" width="{_SIDE}" height="{_SIDE}"/>',
        f'<line class="ideal" x1="{low}" y1="{high}" x2="{high}" y2="{low}"/>',
    ]
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        along = tick * _SIDE
        parts += [
            _write_text(low + along, high + 20, f"{tick:g}", "middle"),
            _write_text(low - 8, high - along + 4, f"{tick:g}", "end"),
        ]
    for _, row in compare_scores(scored).iterrows():
        x, y = low + row["promised"] * _SIDE, high - row["kept"] * _SIDE
        top, bottom = high - row["high"] * _SIDE, high - row["low"] * _SIDE
        radius = 3 + row["phrases"] ** 0.5
        below = max(bottom, y + radius) + 14
        label_y = below if below < high else top - 6
        parts += [
            f'<line class="bar" x1="{x:.1f}" y1="{top:.1f}" x2="{x:.1f}" y2="{bottom:.1f}"/>',
            f'<circle class="kept" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>',
            _write_text(x, label_y, f"{row['phrases']:.0f}", "middle"),
        ]
    error = measure_calibration_error(scored)
    middle = low + _SIDE / 2
    turned = f'transform="rotate(-90 18 {middle})"'
    parts += [
        _write_text(middle, high + 42, "score promised", "middle"),
        _write_text(18, middle, "share right", "middle", turned),
        _write_text(low, low - 14, f"expected calibration error {error:.3f}", "start"),
    ]
    size = _SIDE + 2 * _EDGE
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" role="img">'
    title = "<title>Reliability of match_score</title>"
    return "\n".join([head, title, f"<style>{_STYLE}</style>", *parts, "</svg>"]) + "\n"


def _write_text(x: float, y: float, words: str, anchor: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {more}>{words}</text>'
