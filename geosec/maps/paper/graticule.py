"""Meridians and parallels of a static map."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

if TYPE_CHECKING:
    from geosec.maps.paper.window import Window

_STEPS_DEG = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0)
_FEW = 5  # lines across a map
_POINTS = 181  # of a line
_METRES = 111_320.0  # of a degree of latitude


class Line(NamedTuple):
    """A meridian or a parallel, in EPSG:4326."""

    name: str
    is_meridian: bool
    shape: shapely.LineString


def list_graticule(window: Window) -> list[Line]:
    """List the lines at round degrees that a map shows."""
    tall = window.height * window.metres / _METRES
    wide = window.width * window.metres / _METRES
    wide /= max(0.1, float(np.cos(np.radians(window.lat)))) if window.is_local else 1.0
    step = next((each for each in _STEPS_DEG if max(tall, wide) / each <= _FEW * 1.6), 30.0)
    south, north = max(-84.0, window.lat - tall), min(84.0, window.lat + tall)
    west, east = window.lon - min(wide, 179.9), window.lon + min(wide, 179.9)
    lines = []
    for lon in _list_round(west, east, step):
        along = np.linspace(south, north, _POINTS)
        shape = shapely.LineString(np.column_stack((np.full(_POINTS, lon), along)))
        lines.append(Line(write_degrees((lon + 540) % 360 - 180, "E", "W"), True, shape))
    for lat in _list_round(south, north, step):
        along = np.linspace(west, east, _POINTS)
        shape = shapely.LineString(np.column_stack((along, np.full(_POINTS, lat))))
        lines.append(Line(write_degrees(lat, "N", "S"), False, shape))
    return lines


def _list_round(low: float, high: float, step: float) -> list[float]:
    return [
        round(number * step, 6)
        for number in range(int(np.ceil(low / step)), int(np.floor(high / step)) + 1)
    ]


def write_degrees(degrees: float, above: str, below: str) -> str:
    """Write degrees with the letter of their side, above or below 0."""
    return f"{abs(degrees):.4g}° {above if degrees >= 0 else below}"
