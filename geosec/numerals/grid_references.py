"""References of the Military Grid Reference System (MGRS) read: 42R TU 98231 48312.

The letters name a square of 100 km of a UTM zone (NGA.STND.0037, Universal Grids and the
Transverse Mercator, 2014); pyproj, which is here anyway, does the rest.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pyproj import Transformer

_REFERENCE = re.compile(
    r"(?<!\w)(?P<zone>0?[1-9]|[1-5]\d|60)\s?(?P<band>[C-HJ-NP-X])\s?"
    r"(?P<column>[A-HJ-NP-Z])(?P<row>[A-HJ-NP-V])\s?"
    r"(?P<digits>\d{5} \d{5}|\d{4} \d{4}|\d{3} \d{3}|\d{2} \d{2}|\d{10}|\d{8}|\d{6}|\d{4})"
    r"(?! ?\d|\w)"
)
_COLUMNS = ("ABCDEFGH", "JKLMNPQR", "STUVWXYZ")  # of every third zone
_ROWS = "ABCDEFGHJKLMNPQRSTUV"
_BANDS = "CDEFGHJKLMNPQRSTUVWX"  # of 8 degrees each, from 80 S
_EVEN_ROWS = 5  # rows by which the letters of even zones are ahead
_SQUARE_M = 100_000
_CYCLE_M = len(_ROWS) * _SQUARE_M
_SLACK_M = _SQUARE_M  # a square that a band only cuts begins below it


class GridSquare(NamedTuple):
    """The middle of a square of the grid, degrees in EPSG:4326, and half its side in metres."""

    lon: float
    lat: float
    half_side_m: float
    start: int  #: offsets of the words in the text
    end: int


def find_grid_square(text: str) -> GridSquare | None:
    """Find the first MGRS reference in a text; None where the letters are no square of the zone."""
    found = _REFERENCE.search(text)
    if found is None:
        return None
    zone, column = int(found["zone"]), _COLUMNS[(int(found["zone"]) - 1) % 3].find(found["column"])
    if column < 0:
        return None
    digits = found["digits"].replace(" ", "")
    half = len(digits) // 2
    side_m = 10.0 ** (5 - half)
    east_m = (column + 1) * _SQUARE_M + (int(digits[:half]) + 0.5) * side_m
    row = (_ROWS.index(found["row"]) - (0 if zone % 2 else _EVEN_ROWS)) % len(_ROWS)
    north_m = row * _SQUARE_M + (int(digits[half:]) + 0.5) * side_m
    to_degrees = _load_zone(zone, found["band"])
    bottom_m = _find_bottom_m(zone, found["band"])
    while north_m < bottom_m - _SLACK_M:
        north_m += _CYCLE_M
    lon, lat = to_degrees.transform(east_m, north_m)
    return GridSquare(lon, lat, side_m / 2, *found.span())


@cache
def _load_zone(zone: int, band: str) -> Transformer:
    code = (32600 if band >= "N" else 32700) + zone
    return Transformer.from_crs(code, 4326, always_xy=True)


@cache
def _find_bottom_m(zone: int, band: str) -> float:
    """Give the northing at which a band begins, in the middle of its zone."""
    lat, lon = -80.0 + 8 * _BANDS.index(band), 6.0 * zone - 183
    back = _load_zone(zone, band)
    return float(back.transform(lon, lat, direction="INVERSE")[1])
