"""What all figures of a report share: their sheet, their colours, and SVG fit to stand in a page.

matplotlib measures and draws; what it writes is then cleaned: looks become attributes, so that a
page needs no styles in its elements, names of parts are the figure's own, and texts are texts in
the fonts of the page, which can be searched, copied and read aloud. A pixel is 1/96 inch.
"""

from __future__ import annotations

import io
import re
import warnings
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import numpy as np

from geosec.errors import SourceError
from geosec.maps.figures import load_matplotlib

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, QUIET, LINE, PALE = "#1f2430", "#59606e", "#d7d9de", "#eef0f3"
BLUE, ORANGE, SKY, SAND = "#0072b2", "#d55e00", "#9cc4de", "#f2c7a5"
WIDTH = 680.0  # of a figure, pixels
SMALL, PLAIN = 11.0, 12.0  # letters, pixels
POINTS = 0.75  # to a pixel
_PIXELS = 96.0
_SVG = "http://www.w3.org/2000/svg"
_LINK = "{http://www.w3.org/1999/xlink}href"
_USED = re.compile(r"url\(#([^)]+)\)")
HALO = "halo"  #: as `gid` of a text, gives it a white edge
_HALO = {"paint-order": "stroke", "stroke": "#ffffff", "stroke-width": "2.5"}
_FONT = re.compile(r"(?:(bold|\d00) )?([\d.]+)px ")
_LEVEL = re.compile(r"rotate\(-?0 [^)]*\)")
_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")  # letters that run from the right
_APART, _END = "\u2068", "\u2069"  # round a text whose direction is its own
_SETTINGS: dict[str, Any] = {
    "svg.hashsalt": "geosec",
    "svg.fonttype": "none",
    "path.simplify": True,
    "text.parse_math": False,
    "text.usetex": False,
    "axes.unicode_minus": True,
}


class Drawing:
    """A figure with boxes at places in pixels, y from the top."""

    def __init__(self, height: float, width: float = WIDTH) -> None:
        self.width, self.height = width, height
        load_matplotlib()
        made = import_module("matplotlib.figure").Figure
        size = (width / _PIXELS, height / _PIXELS)
        self.figure: Figure = made(figsize=size, facecolor="none")
        import_module("matplotlib.backends.backend_svg").FigureCanvasSVG(self.figure)

    def add_box(self, left: float, top: float, width: float, height: float) -> Axes:
        """Add a box for data, with a line below it and nothing else."""
        bottom = self.height - top - height
        box = self.figure.add_axes(
            (
                *(left / self.width, bottom / self.height),
                *(width / self.width, height / self.height),
            ),
            facecolor="none",
        )
        for edge in ("top", "right", "left"):
            box.spines[edge].set_visible(False)
        box.spines["bottom"].set_color(QUIET)
        box.spines["bottom"].set_linewidth(POINTS)
        style: dict[str, Any] = {"labelsize": SMALL * POINTS, "labelcolor": QUIET, "color": LINE}
        box.tick_params(which="both", length=3, width=POINTS, **style)
        return box

    def write(self, x: float, y: float, text: str, **style: Any) -> None:
        """Write a line whose baseline begins at a place in pixels."""
        self.figure.text(
            *(x / self.width, 1 - y / self.height, text),
            **({"va": "baseline"} | style_text() | style),
        )


def style_text(size: float = SMALL, colour: str = QUIET, weight: str = "normal") -> dict[str, Any]:
    """Say how a text looks; it is never mathematics."""
    return {"fontsize": size * POINTS, "color": colour, "weight": weight, "parse_math": False}


def rule_across(box: Axes, values: Any) -> None:
    """Draw thin lines across a box at values of its y axis, behind what it shows."""
    for value in values:
        box.axhline(value, color=LINE, linewidth=POINTS, zorder=0)


@contextmanager
def settle() -> Iterator[None]:
    """Draw with settings of our own, whatever style a caller has set."""
    load_matplotlib()
    matplotlib = import_module("matplotlib")
    usual: dict[Any, Any] = dict(matplotlib.rcParamsDefault)
    usual.pop("backend", None)
    with matplotlib.rc_context(usual | _SETTINGS), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")  # the page has fonts of its own
        yield


def draw(make: Callable[[], Drawing], name: str, title: str, description: str) -> str:
    """Draw a figure and write it as SVG for a page: the same bytes each time.

    `name` keeps the names of its parts apart from those of other figures; `title` and `description`
    say in words what it shows.
    """
    with settle():
        held = io.BytesIO()
        made = make().figure
        made.savefig(held, format="svg", metadata={"Date": None, "Creator": "geosec"})
    return clean_svg(held.getvalue(), name, title, description)


def clean_svg(written: bytes, name: str, title: str, description: str) -> str:
    """Clean what matplotlib wrote, so that it can stand in a page beside other figures."""
    ET.register_namespace("", _SVG)
    root = ET.fromstring(written)  # noqa: S314 - matplotlib's own
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in {f"{{{_SVG}}}metadata", f"{{{_SVG}}}style"}:
                parent.remove(child)
    used = {found for each in root.iter() for found in _list_used(each)}
    for each in root.iter():
        _clean_element(each, name, used)
    box = root.get("viewBox", "")
    root.attrib.clear()
    root.attrib |= {
        "viewBox": box,
        "role": "img",
        "aria-labelledby": f"{name}-title {name}-told",
        "stroke-linejoin": "round",
        "direction": "ltr",
    }
    for at, (tag, told) in enumerate((("title", title), ("desc", description))):
        said = ET.Element(f"{{{_SVG}}}{tag}", {"id": f"{name}-{'told' if at else 'title'}"})
        said.text = told
        root.insert(at, said)
    return re.sub(r">\s+<", "><", ET.tostring(root, encoding="unicode"))


def _list_used(element: ET.Element) -> list[str]:
    """List the names of parts that an element refers to."""
    linked = element.get(_LINK, "").removeprefix("#")
    return [linked, *(found for each in element.attrib.values() for found in _USED.findall(each))]


def _clean_element(element: ET.Element, name: str, used: set[str]) -> None:
    """Make looks attributes, and the names of parts the figure's own; those unused are dropped."""
    link = element.attrib.pop(_LINK, "").removeprefix("#")
    own = element.attrib.pop("id", None)
    if own == HALO:
        element.attrib |= _HALO
    if _LEVEL.fullmatch(element.get("transform", "")):
        del element.attrib["transform"]
    _spread_style(element)
    for key, value in element.attrib.items():
        if key == "d":
            element.set(key, " ".join(value.split()))
        elif "url(#" in value:
            element.set(key, value.replace("url(#", f"url(#{name}-"))
    if own in used:
        element.set("id", f"{name}-{own}")
    if element.text and _RIGHT.search(element.text):
        element.text = f"{_APART}{element.text}{_END}"
    if link:
        element.set("href", f"#{name}-{link}")


def _spread_style(element: ET.Element) -> None:
    """Make an attribute of each look of an element; the family of letters is that of the page."""
    for part in element.attrib.pop("style", "").split(";"):
        key, _, value = (each.strip() for each in part.partition(":"))
        if key == "font":
            _set_font(element, value)
        elif key and key != "font-family":
            element.set(key, value)


def _set_font(element: ET.Element, value: str) -> None:
    found = _FONT.search(value)
    if found is None:
        msg = f"matplotlib wrote a font as {value!r}, which a report cannot read."
        raise SourceError(msg)
    element.set("font-size", found[2])
    if found[1]:
        element.set("font-weight", found[1])


def mix(stops: Sequence[str], part: float) -> str:
    """Mix a colour of a ramp, at a part between its first and its last."""
    parts = np.array([[int(stop[at : at + 2], 16) for at in (1, 3, 5)] for stop in stops])
    along = np.linspace(0, 1, len(stops))
    mixed = [int(np.rint(np.interp(min(max(part, 0.0), 1.0), along, each))) for each in parts.T]
    return "#{:02x}{:02x}{:02x}".format(*mixed)


def list_ticks(top: float, most: int = 5) -> list[float]:
    """List round numbers from 0 to about the top, for the lines of an axis."""
    size = 10.0 ** np.floor(np.log10(max(top, 1e-9)))
    steps = [step * size / 10 for step in (1, 2, 5, 10, 20, 50)]
    step = next((each for each in steps if top / each <= most), steps[-1])
    step = max(step, 1.0) if top >= 2 and top == round(top) else step
    return [float(f"{each:.12g}") for each in np.arange(0, top + step * 1e-6, step)]
