"""A sheet of paper for a static map: matplotlib measured in pixels, its texts and its files.

Imported when the first static map is drawn; matplotlib comes with ``geosec[report]``. A pixel is
1/96 inch, x from the left and y from the top. matplotlib shapes and orders Urdu and Arabic itself.
"""

from __future__ import annotations

import io
import unicodedata
import warnings
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

from matplotlib import font_manager, patheffects, rc_context, rcParamsDefault
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.textpath import text_to_path

from geosec.errors import GeosecWarning

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from matplotlib.axes import Axes

PIXELS = 96.0  # to an inch
POINTS = 72.0 / PIXELS  # to a pixel
INK, QUIET, PAPER, LINE = "#1f2430", "#59606e", "#ffffff", "#d7d9de"
_FAMILY = "DejaVu Sans"  # comes with matplotlib
#: Fonts with letters that the usual one lacks, Urdu's first.
_FAMILIES = (
    *("Noto Naskh Arabic", "Noto Sans Arabic", "Vazirmatn", "Scheherazade New", "Scheherazade"),
    *("Amiri", "Noto Nastaliq Urdu", "Segoe UI", "Tahoma", "Geeza Pro", "Arial"),
    *("Noto Sans", "Noto Sans CJK SC", "Noto Sans Devanagari", "Arial Unicode MS"),
)
_ENLARGED = {"Scheherazade": 1.4, "Scheherazade New": 1.3, "Amiri": 1.2}  # drawn small
_SETTINGS: dict[str, Any] = {
    "svg.hashsalt": "geosec",
    "svg.fonttype": "path",  # the same everywhere, whichever fonts a reader has
    "pdf.fonttype": 42,  # texts of a PDF can be searched
    "path.simplify": True,
    "text.hinting": "none",  # as wide at each dpi
    "text.usetex": False,
    "text.parse_math": False,
}
_CUT = "…"
_APART, _END = "\u2068", "\u2069"  # a text within another, which keeps its own direction


class MapFigure(Figure):
    """A figure that a notebook shows."""

    def _repr_png_(self) -> bytes:
        return write_figure(self, "png", dpi=110)


class Sheet:
    """A figure with texts and marks in pixels; mirrored where the words run from the right."""

    def __init__(self, width: float, height: float, *, is_mirrored: bool = False) -> None:
        self.width, self.height, self.is_mirrored = width, height, is_mirrored
        self.figure = MapFigure(figsize=(width / PIXELS, height / PIXELS), facecolor=PAPER)
        FigureCanvasAgg(self.figure)
        self.page = self.add_axes(0, 0, width, height)
        self.page.patch.set_visible(False)

    def add_axes(self, left: float, top: float, width: float, height: float) -> Axes:
        """Add a box whose coordinates are its own pixels, y downwards."""
        left = self.width - left - width if self.is_mirrored else left
        bottom = self.height - top - height
        box = self.figure.add_axes(
            (
                *(left / self.width, bottom / self.height),
                *(width / self.width, height / self.height),
            )
        )
        box.set_xlim(0, width)
        box.set_ylim(height, 0)
        box.set_xticks([])
        box.set_yticks([])
        for edge in box.spines.values():
            edge.set_visible(False)
        box.set_autoscale_on(False)
        return box

    def at(self, x: float) -> float:
        """Give where a distance from the side lies that words begin at."""
        return self.width - x if self.is_mirrored else x

    def write(self, x: float, y: float, text: str, *, is_end: bool = False, **style: Any) -> None:
        """Write a line whose baseline begins, or with `is_end` ends, at a point."""
        side = "right" if is_end != self.is_mirrored else "left"
        draw_text(self.page, self.at(x), y, text, ha=side, va="baseline", **style)


def draw_text(  # noqa: PLR0913 - a place, a text, how it looks
    box: Axes,
    x: float,
    y: float,
    text: str,
    *,
    size: float,
    weight: str = "normal",
    colour: str = INK,
    halo: str = "",
    **placing: Any,
) -> None:
    """Draw a text; it is never mathematics. `size` is in pixels."""
    effects = [patheffects.withStroke(linewidth=3 * POINTS, foreground=halo)] if halo else None
    box.text(
        *(x, y, text),
        family=choose_families(text),
        fontsize=size * POINTS * _enlarge(text),
        weight=weight,
        color=colour,
        parse_math=False,
        path_effects=effects,
        clip_on=False,
        **placing,
    )


def clean_text(text: Any) -> str:
    """Put a text on one line, without letters that direct or control."""
    line = " ".join(str(text).split())
    return "".join(letter for letter in line if unicodedata.category(letter)[0] != "C")


def set_apart(text: str) -> str:
    """Keep the direction of a text from the line that it stands in."""
    return text if text.isascii() else f"{_APART}{text}{_END}"


@cache
def measure_text(text: str, size: float, weight: str = "normal") -> float:
    """Measure the width of a line, in pixels."""
    font = font_manager.FontProperties(
        family=choose_families(text), weight=weight, size=size * POINTS * _enlarge(text)
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # letters without a font are told by `choose_families`
        width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width) / POINTS


def wrap_text(
    text: str, width: float, size: float, *, weight: str = "normal", most: int = 99
) -> list[str]:
    """Break a clean text into lines of a width (pixels); what `most` lines cannot hold is cut."""
    lines = [""]
    for word in _break_words(text, width, size, weight):
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or measure_text(longer, size, weight) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
        if len(lines) > most:
            return [*lines[: most - 1], _cut(lines[most - 1], width, size, weight)]
    return [line for line in lines if line]


def _break_words(text: str, width: float, size: float, weight: str) -> Iterator[str]:
    """Give the words of a text, those that are wider than a line in parts."""
    for word in text.split():
        rest = word
        while len(rest) > 1 and measure_text(rest, size, weight) > width:
            room = max(1, int(len(rest) * width / measure_text(rest, size, weight)))
            yield rest[:room]
            rest = rest[room:]
        yield rest


def _cut(line: str, width: float, size: float, weight: str) -> str:
    while line and measure_text(line + _CUT, size, weight) > width:
        line = line[:-1]
    return line.rstrip(" ,·") + _CUT


@cache
def choose_families(text: str) -> list[str]:
    """Choose fonts that have all letters of a text, and say which letters none has."""
    letters = {ord(letter) for letter in text if not letter.isspace()} - {ord(_APART), ord(_END)}
    if letters <= _list_letters(_FAMILY):
        return [_FAMILY]
    installed = _list_families()
    known = [family for family in _FAMILIES if family in installed]
    found = next((each for each in known if letters <= _list_letters(each)), None)
    if found is not None:
        return [found, _FAMILY]
    lacking = letters - _list_letters(_FAMILY)
    best = max(known, key=lambda each: len(lacking & _list_letters(each)), default=_FAMILY)
    without = lacking - _list_letters(best)
    if without:
        shown = " ".join(chr(letter) for letter in sorted(without)[:10])
        msg = (
            f"no font at hand has the letters {shown}, which are drawn as boxes; install one, as "
            "Noto Naskh Arabic for Urdu."
        )
        warnings.warn(msg, GeosecWarning, stacklevel=2)
    return list(dict.fromkeys([best, _FAMILY]))


def _enlarge(text: str) -> float:
    return _ENLARGED.get(choose_families(text)[0], 1.0)


@cache
def _list_families() -> frozenset[str]:
    """List the fonts at hand, also those that were installed after matplotlib listed them."""
    listed = {font.fname for font in font_manager.fontManager.ttflist}
    for path in sorted(font_manager.findSystemFonts()):
        if path not in listed:
            with suppress(OSError, RuntimeError):  # a font that cannot be read is none
                font_manager.fontManager.addfont(path)
    return frozenset(font_manager.get_font_names())


@cache
def _list_letters(family: str) -> frozenset[int]:
    path = font_manager.findfont(family, fallback_to_default=True)
    return frozenset(font_manager.get_font(path).get_charmap())


def settle() -> AbstractContextManager[None]:
    """Draw with settings of our own, whatever style a caller has set."""
    usual: dict[Any, Any] = dict(rcParamsDefault)
    usual.pop("backend", None)
    return rc_context(usual | _SETTINGS)


def write_figure(figure: Figure, kind: str, *, dpi: float, title: str = "") -> bytes:
    """Write a figure as PNG, SVG or PDF: the same bytes each time, without a date."""
    named = {"Creator": "geosec"} | ({"Title": title} if title else {})
    told: dict[str, dict[str, Any]] = {
        "png": {"Software": None},
        "svg": {"Date": None, **named},
        "pdf": {"CreationDate": None, **named},
    }
    held = io.BytesIO()
    with settle(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")  # told by `choose_families`
        figure.savefig(held, format=kind, dpi=dpi, metadata=told[kind], facecolor=PAPER)
    return held.getvalue()
