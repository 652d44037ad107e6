"""A map in a notebook: the page in a frame of its own, or a picture where it is too large."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from geosec.maps.words import load_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

MOST_BYTES = 10_000_000  # of a page in a notebook, which is saved with it
#: What the page in a frame may do: its scripts, CSV files, links; nothing of the notebook's.
_MAY = "allow-scripts allow-downloads allow-popups"
_WIDTH = 180  # cells of the picture
_SHADES = ("#fdd0a2", "#fdae6b", "#f16913", "#d94801", "#8c2d04")
_WINDOW_MOST = "1200px"  # of a share of the window, which in VS Code is as high as the notebook
_SVG_MOST = 400  # pixels of its height where the map says none


class Picture(NamedTuple):
    """How many incidents lie where: cells of one square size over the extent, north at the top."""

    counts: NDArray[np.int64]
    outlines: list[NDArray[np.float64]]  #: of the ground, in cells


def draw_picture(
    lon: NDArray[np.float64], lat: NDArray[np.float64], ground: Mapping[str, Any]
) -> Picture:
    """Count points (degrees, EPSG:4326) in cells of Web Mercator; the ground lies round them."""
    if not len(lon):
        return Picture(np.zeros((1, 1), dtype=np.int64), [])
    x, y = lon, _project(lat)
    west, east, south, north = x.min(), x.max(), y.min(), y.max()
    side = max(east - west, (north - south) * 1.5, 0.1) / (_WIDTH * 0.9)
    west, north = west - 9 * side, north + 9 * side
    wide, high = (int(span / side) + 10 for span in (east - west, north - south))
    counts, _, _ = np.histogram2d(
        np.clip((north - y) / side, 0, high - 1e-9),
        np.clip((x - west) / side, 0, wide - 1e-9),
        bins=(high, wide),
        range=((0, high), (0, wide)),
    )
    rings = [
        np.asarray(ring)
        for name in ("country", "provinces", "rail")
        for shape in ground.get(name, [])
        for ring in _list_rings(shape["coordinates"])
    ]
    outlines = [
        np.column_stack(((ring[:, 0] - west) / side, (north - _project(ring[:, 1])) / side))
        for ring in rings
    ]
    return Picture(counts.astype(np.int64), [each for each in outlines if len(each) > 1])


def _project(lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Project latitudes (degrees) to those of Web Mercator, in degrees of its equator."""
    clipped = np.radians(np.clip(lat, -85, 85))
    return np.degrees(np.log(np.tan(np.pi / 4 + clipped / 2)))


def _list_rings(coordinates: Any) -> list[Any]:
    if coordinates and coordinates[0] and isinstance(coordinates[0][0], int | float):
        return [coordinates]
    return [ring for part in coordinates for ring in _list_rings(part)]


def show_frame(pieces: Iterable[str], picture: Picture, told: Mapping[str, str]) -> str:
    """Give a page as a frame of a notebook, and its picture where it is too large for one."""
    held, size = [], 0
    for piece in pieces:
        size += len(piece)
        if size > MOST_BYTES:
            return _show_picture(picture, told)
        held.append(piece)
    height = escape(told.get("height", "") or "600px")
    if height.endswith("vh"):
        height = f"min({height},{_WINDOW_MOST})"
    say = load_words(told["language"])
    # all of it ASCII, so that the hashes of scripts hold whatever the page round it is read as
    page = escape("".join(held)).encode("ascii", "xmlcharrefreplace").decode("ascii")
    return (
        f'<div style="position:relative;width:100%;height:{height}">'
        f"<p><strong>{escape(told['title'])}</strong><br>{escape(say['trust'])}</p>"
        f'<iframe sandbox="{_MAY}" srcdoc="{page}" title="{escape(told["title"])}" '
        'style="position:absolute;inset:0;width:100%;height:100%;border:0;background:#fff">'
        "</iframe></div>"
    )


def _show_picture(picture: Picture, told: Mapping[str, str]) -> str:
    """Give a picture of where the incidents lie, and how to save the page."""
    say = load_words(told["language"])
    how = say["save_instead"].format(code='geosec.save_map(map_, "map.html")')
    return (
        f'<figure dir="{told["direction"]}" style="margin:0;font-family:sans-serif">'
        f"<figcaption><strong>{escape(told['title'])}</strong><br>{escape(told['subtitle'])}<br>"
        f"{escape(how)}</figcaption>{_write_svg(picture, told)}"
        f"<small>{escape(told['credit'])}</small></figure>"
    )


def _write_svg(picture: Picture, told: Mapping[str, str]) -> str:
    counts = picture.counts
    high, wide = counts.shape
    lines = "".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) for ring in picture.outlines
    )
    edges = np.geomspace(1, max(counts.max(), 2), len(_SHADES) + 1)[1:-1]
    shades = np.searchsorted(edges, counts, side="right")
    drawn = []
    for number, colour in enumerate(_SHADES):
        rows, columns = np.nonzero((counts > 0) & (shades == number))
        path = "".join(f"M{x} {y}h1v1h-1z" for y, x in zip(rows, columns, strict=True))
        drawn.append(f'<path fill="{colour}" d="{path}"/>' if path else "")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img" '
        f'aria-label="{escape(told["subtitle"])}" style="display:block;width:100%;'
        f'max-height:{_SVG_MOST}px;background:#f2f3f5">'
        f'<path d="{lines}" fill="none" stroke="#b4ae9c" stroke-width="0.35"/>'
        f"{''.join(drawn)}</svg>"
    )
