"""Outlines of an SVG map of districts, in the pixels of the drawing."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import shapely

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

_PATH = "{http://www.w3.org/2000/svg}path"
_TOKEN = re.compile(r"([A-Za-z])|(-?\d*\.?\d+(?:e-?\d+)?)")
_MOST = 10_000_000  # bytes; a map of districts is a thousandth of that


def outlines(path: Path) -> dict[str, BaseGeometry]:
    """Read the shapes of an SVG map.

    Parameters
    ----------
    path : pathlib.Path
        The drawing; each district is a ``path`` with an ``aria-label``.

    Returns
    -------
    dict of str to shapely geometry
        Label to polygon, in pixels, y downwards. No CRS.
    """
    text = path.read_text(encoding="utf-8")
    if len(text) > _MOST or "<!ENTITY" in text:
        msg = f"{path.name} is no plain drawing: it is too large, or declares entities."
        raise ValueError(msg)
    shapes = {}
    for drawn in ET.fromstring(text).iter(_PATH):  # noqa: S314 - pinned by hash, entities refused
        rings = [ring for ring in _rings(drawn.attrib["d"]) if len(ring) > 3]
        polygons = [shapely.make_valid(shapely.Polygon(ring)) for ring in rings]
        shapes[drawn.attrib["aria-label"]] = shapely.union_all(polygons)
    return shapes


def _rings(commands: str) -> Iterator[list[tuple[float, float]]]:
    """Walk a path of straight lines: m, l, h, v and z, capital letters absolute."""
    tokens = [found.groups() for found in _TOKEN.finditer(commands)]
    ring: list[tuple[float, float]] = []
    x = y = 0.0
    letter, at = "", 0
    while at < len(tokens):
        if tokens[at][0]:
            letter, at = tokens[at][0], at + 1
            if letter in "zZ" and ring:
                yield ring
                (x, y), ring = ring[0], []
            continue
        if letter in "mM" and ring:
            yield ring
            ring = []
        size = 1 if letter in "hHvV" else 2
        numbers = [float(number) for _, number in tokens[at : at + size]]
        x, y = _moved(letter, x, y, numbers)
        ring.append((x, y))
        letter, at = {"m": "l", "M": "L"}.get(letter, letter), at + size
    if ring:
        yield ring


def _moved(letter: str, x: float, y: float, numbers: list[float]) -> tuple[float, float]:
    from_x, from_y = (x, y) if letter.islower() else (0.0, 0.0)
    match letter.lower():
        case "m" | "l":
            return from_x + numbers[0], from_y + numbers[1]
        case "h":
            return from_x + numbers[0], y
        case "v":
            return x, from_y + numbers[0]
    msg = f"the drawing uses the path command {letter!r}; only m, l, h, v and z are read."
    raise ValueError(msg)
