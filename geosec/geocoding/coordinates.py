"""Coordinates written in a text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_LATITUDE_M = 111_320.0  # one degree of latitude, mean over the ellipsoid (GRS 80: 111.1-111.7 km)
_DIGIT = re.compile(r"\d")
_NUMBER = r"-?\d{1,3}(?:\.\d+)?"
_GAP = r"\s*(?:[,;/]|\s)\s*"
_LAT_WORD, _LON_WORD = r"(?:lat\w*\.?:?\s*)?", r"(?:lon\w*\.?:?\s*)?"
_DECIMAL = re.compile(
    rf"(?<![\w.]){_LAT_WORD}(?P<lat>{_NUMBER})\s*°?\s*(?P<ns>[NS])?"
    rf"{_GAP}(?:e\.?:?\s*)?{_LON_WORD}(?P<lon>{_NUMBER})\s*°?\s*(?P<ew>[EW])?(?![\w.]*\d)",
    re.IGNORECASE,
)
# Letters, or words, say which is which, whatever their order.
_LABELLED = (
    re.compile(
        rf"(?<![\w.])(?P<lon>{_NUMBER})\s*°?\s*(?P<ew>[EW]){_GAP}"
        rf"(?P<lat>{_NUMBER})\s*°?\s*(?P<ns>[NS])(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<!\w)(?P<ns>[NS])\s*(?P<lat>{_NUMBER})\s*°?{_GAP}"
        rf"(?P<ew>[EW])\s*(?P<lon>{_NUMBER})(?![\w.]*\d)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<!\w)lon\w*\.?:?\s*(?P<lon>{_NUMBER})\s*°?\s*(?P<ew>[EW])?{_GAP}"
        rf"lat\w*\.?:?\s*(?P<lat>{_NUMBER})\s*°?\s*(?P<ns>[NS])?(?![\w.]*\d)",
        re.IGNORECASE,
    ),
)
_DEG, _MIN = r"(?:°|deg(?:rees)?\.?)", r"(?:['′’]|min(?:utes)?\.?)"
_SEC = r"(?:[\"″”]|sec(?:onds)?\.?)"


def _angle(number: int) -> str:
    """Write the pattern of degrees, minutes and, where they are given, seconds."""
    return (
        rf"(?P<d{number}>\d{{1,3}})\s*{_DEG}\s*(?P<m{number}>\d{{1,2}})\s*{_MIN}"
        rf"\s*(?:(?P<s{number}>\d{{1,2}}(?:\.\d+)?)\s*{_SEC})?"
    )


_SEXAGESIMAL = (
    re.compile(
        rf"{_angle(1)}\s*(?P<ns>[NS])[\s,;]*{_angle(2)}\s*(?P<ew>[EW])(?![a-z])", re.IGNORECASE
    ),
    re.compile(
        rf"(?<![a-z])(?P<ns>[NS])\s*{_angle(1)}[\s,;]*(?P<ew>[EW])\s*{_angle(2)}", re.IGNORECASE
    ),
)


@dataclass(frozen=True)
class WrittenCoordinates:
    """A position as a text gives it.

    Attributes
    ----------
    lon, lat : float
        Degrees in EPSG:4326.
    resolution_m : float
        Metres that half a unit of the last digit written stands for.

    Examples
    --------
    >>> WrittenCoordinates(67.8773, 29.543, 5.6).lat
    29.543
    """

    lon: float
    lat: float
    resolution_m: float


def find_coordinates(text: str) -> WrittenCoordinates | None:
    """Find a latitude and longitude in a text.

    Parameters
    ----------
    text : str
        Decimal degrees, or degrees, minutes and seconds; latitude first. Two bare numbers count
        only with two decimals or more each.

    Returns
    -------
    WrittenCoordinates or None
        None where there are none. They may lie on no globe (latitude 95): that is for the caller
        to say.

    Examples
    --------
    >>> find_coordinates("at 30.1841° N, 67.0014° E").lon
    67.0014
    >>> round(find_coordinates('''26°00'04"N 63°02'55"E''').lat, 4)
    26.0011
    >>> find_coordinates("7, 20 injured") is None
    True
    """
    if _DIGIT.search(text) is None:
        return None
    if not text.isascii():
        plain = unicodedata.normalize("NFD", text).replace("º", "°")
        text = "".join(letter for letter in plain if not unicodedata.combining(letter))
    found = next((hit for each in _SEXAGESIMAL if (hit := each.search(text))), None)
    if found:
        return _from_sexagesimal(found)
    labelled = next((hit for each in _LABELLED if (hit := each.search(text))), None)
    return _decimal(labelled) if labelled else _from_decimal(text)


def _from_sexagesimal(found: re.Match[str]) -> WrittenCoordinates:
    lat = _degrees(found["d1"], found["m1"], found["s1"])
    lon = _degrees(found["d2"], found["m2"], found["s2"])
    step_deg = 1 / 3600 if found["s1"] and found["s2"] else 1 / 60
    return WrittenCoordinates(
        -lon if found["ew"].upper() == "W" else lon,
        -lat if found["ns"].upper() == "S" else lat,
        step_deg * _LATITUDE_M / 2,
    )


def _degrees(degrees: str, minutes: str, seconds: str | None) -> float:
    return int(degrees) + int(minutes) / 60 + float(seconds or 0) / 3600


def _from_decimal(text: str) -> WrittenCoordinates | None:
    for found in _DECIMAL.finditer(text):
        decimals = min(_decimals(found["lat"]), _decimals(found["lon"]))
        if decimals >= 2 or (found["ns"] and found["ew"]):
            return _decimal(found)
    return None


def _decimal(found: re.Match[str]) -> WrittenCoordinates:
    lat, lon = float(found["lat"]), float(found["lon"])
    decimals = min(_decimals(found["lat"]), _decimals(found["lon"]))
    return WrittenCoordinates(
        -lon if (found["ew"] or "").upper() == "W" else lon,
        -lat if (found["ns"] or "").upper() == "S" else lat,
        10.0**-decimals * _LATITUDE_M / 2,
    )


def _decimals(number: str) -> int:
    return len(number.partition(".")[2])
