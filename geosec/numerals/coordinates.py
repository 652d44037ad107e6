"""Coordinates written in a text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise
from math import cos, hypot, isnan, nan, radians
from typing import NamedTuple

from geosec.geodesy.wgs84 import DEGREE_M
from geosec.numerals.grid_references import find_grid_square

hold_two_numbers = re.compile(r"\d\D+\d").search  # no text without them holds coordinates
_DEGREE = r"(?:°|deg(?:rees?)?\b\.?)"
_MINUTE = r"(?:['′’‘]|min(?:utes?)?\b\.?)"
_SECOND = r"(?:[\"″”“]|''|′′|’’|sec(?:onds?)?\b\.?)"
_ANGLE = re.compile(
    r"(?:(?<![a-z])(?P<label>lat(?:itude)?|lon(?:g(?:itude)?)?|lng)[\s.:=]*)?"
    r"(?:(?<![a-z])(?P<before>[nsew])\.?\s*|(?<![\w.]))"
    r"(?P<degrees>[-+]?\d{1,3}(?:\.\d+)?)\s*"
    rf"(?P<mark>{_DEGREE})?\s*"
    r"(?:-?(?P<bare_minutes>\d{1,2})[\s-]+(?P<bare_seconds>\d{1,2}(?:\.\d+)?)(?=\s*[nsew]\b)"
    r"|-?(?P<only_minutes>\d\d(?:\.\d+)?)(?=\s*[nsew]\b))?"
    rf"(?:(?P<minutes>\d{{1,2}}(?:\.\d+)?)\s*(?:{_MINUTE}(?!['’′]))\s*)?"
    rf"(?:(?P<seconds>\d{{1,2}}(?:\.\d+)?)\s*{_SECOND})?"
    r"(?(before)|[\s-]*(?P<after>[nsew](?![a-z])|(?:nor|sou)th(?![- ]?(?:east|west|of\b))"
    r"|(?:ea|we)st(?! of\b)))?"
    r"(?![\w.]*\d)",
    re.IGNORECASE,
)
_LENGTH_BEHIND = r"\s*(?:k\.?m|kilom|mi\b|mile|m\b|met[er])"
_FRONTED = re.compile(  # degrees and minutes without a mark, with what they are in front
    r"(?:(?<![a-z])(?P<label>lat(?:itude)?|lon(?:g(?:itude)?)?|lng)[\s.:=]*)?"
    r"(?:(?<![a-z])(?P<before>[nsew])\.?\s*)?(?(before)|(?(label)|(?!)))"
    rf"(?P<degrees>\d{{1,3}})(?:\s*(?P<mark>{_DEGREE})\s*|\s+|-)"
    rf"(?P<minutes>\d{{1,2}}(?:\.\d+)?)(?![\w.]|{_LENGTH_BEHIND})(?:\s*{_MINUTE})?"
    rf"(?:[\s-]*(?P<seconds>\d{{1,2}}(?:\.\d+)?)(?![\w.]|{_LENGTH_BEHIND})(?:\s*{_SECOND})?)?",
    re.IGNORECASE,
)
_HALF = re.compile(  # N30 15.5, and no longitude: no road, if nothing is measured by the number
    r"(?<![\w.])[NS]\s?\d{1,2}(?:\s+|\s?°\s?)\d{1,2}(?:\.\d+|\s+\d{1,2}(?:\.\d+)?)"
    r"(?=\s*(?:[,;.)]|$|[EW]\s?\d))"
    r"|(?<![\w.])\d{1,2}\.\d{2,}\s?°?\s?[NS](?!\w)(?! +of\b)",
    re.IGNORECASE,
)
_GAP = re.compile(r"[\s,;/|&()]*(?:\band\b|\bby\b)?[\s,;/|&().]*", re.IGNORECASE)
_BOTH_LABELS = re.compile(r"\blat\w*\.?\s*[/,&-]\s*lon\w*[\s.:=]*", re.IGNORECASE)
_NUMERAL = r"-?\d{1,3}(?:\.\d*)?"
_POINT = re.compile(rf"\bPOINT\s*\(\s*(?P<x>{_NUMERAL})\s+(?P<y>{_NUMERAL})\s*\)", re.IGNORECASE)
_MINUTES = r"\d\d(?:\d\d(?:\.\d+)?)?"
_UNMARKED = re.compile(
    rf"(?<![\w.])(?:(?P<lat_digits>[0-8]\d{_MINUTES})\s?(?P<lat_side>[NS])"
    rf"|(?P<lat_side2>[NS])\s?(?P<lat_digits2>[0-8]\d{_MINUTES}))[\s,;/]*"
    rf"(?:(?P<lon_digits>[01]\d\d{_MINUTES})\s?(?P<lon_side>[EW])"
    rf"|(?P<lon_side2>[EW])\s?(?P<lon_digits2>[01]\d\d{_MINUTES}))(?!\w)",
    re.IGNORECASE,
)
_DECIMAL_COMMA = re.compile(
    r"(?<![\d.,])\d{1,3},\d{2,}(?=\s*°?\s*[nsew]\b|\s*[;/]\s*\d{1,3},\d)"
    r"|(?<=[;/])\s*\d{1,3},\d{2,}(?![\d.,])|(?<=[nsew])\s*\d{1,3},\d{2,}(?![\d.,])",
    re.IGNORECASE,
)
_DEGREE_SIGNS = "°º˚"
_LEAST_DECIMALS = 1  # of two bare numbers that are taken for coordinates
_SURE_DECIMALS = 2  # of two bare numbers that are nothing else
_TOO_MANY = "minutes and seconds go to 59"
_BARE_GAPS = frozenset({"", ",", ";"})  # between two numbers that are not sure
_SAME_M = 100.0  # within which two notations of one point may differ
_MOST_POINTS = 8  # of one text


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
    start: int = 0  #: offsets of the words in the text
    end: int = 0
    fault: str = ""  #: why they cannot be read
    is_sure: bool = True  #: they are nothing else, such as two measures
    said: str = ""  #: the words, of coordinates found among others

    def is_same_as(self, other: WrittenCoordinates) -> bool:
        """Whether both may be one point, as finely as they are written."""
        room_m = _SAME_M + self.resolution_m + other.resolution_m
        turn = cos(radians(self.lat))
        return hypot(self.lat - other.lat, (self.lon - other.lon) * turn) * DEGREE_M <= room_m


class _Angle(NamedTuple):
    """A number of degrees, what axis it is said to be on, and how finely it is written."""

    degrees: float
    axis: str
    step_deg: float
    marked: bool
    fault: str
    start: int
    end: int


def find_coordinates(text: str) -> WrittenCoordinates | None:
    """Find a latitude and longitude in a text.

    Parameters
    ----------
    text : str
        Degrees with decimals, minutes or seconds. Letters, or the words latitude and longitude,
        say which is which; else the latitude comes first, but for the POINT of well-known text
        (OGC 06-103r4), which gives x and y. Two bare numbers count only with decimals, and
        are sure with two or more each.

    Returns
    -------
    WrittenCoordinates or None
        None where there are none. They may lie on no globe (latitude 95): that is for the caller
        to say. Where they have a `fault`, as minutes of 60 and more, they are nowhere.

    Examples
    --------
    >>> find_coordinates("at 30.1841° N, 67.0014° E").lon
    67.0014
    >>> round(find_coordinates('''26°00'04"N 63°02'55"E''').lat, 4)
    26.0011
    >>> round(find_coordinates("N 26° 58.312' E 64° 05.675'").lon, 4)
    64.0946
    >>> find_coordinates("7, 20 injured") is None
    True
    """
    if hold_two_numbers(text) is None:
        return None
    if text.isascii():
        return _find_plain(text)
    kept = [at for at, letter in enumerate(text) if not unicodedata.combining(letter)]
    found = _find_plain("".join([_plain_letter(text[at]) for at in kept]))
    if found is None:
        return None
    ends = [*kept, len(text)]
    return replace(found, start=ends[found.start], end=ends[found.end])


def find_all_coordinates(text: str) -> list[WrittenCoordinates]:
    """Find the coordinates of a text, in their order, but no more than the first eight found.

    >>> [point.lat for point in find_all_coordinates("from 29.56, 67.73 to 30.12, 67.01")]
    [29.56, 30.12]
    """
    found: list[WrittenCoordinates] = []
    while len(found) < _MOST_POINTS and (one := find_coordinates(text)) is not None:
        if found and isnan(one.lat):
            break  # half of coordinates beside whole ones
        found.append(replace(one, said=text[one.start : one.end].strip()))
        text = f"{text[: one.start]}{'|'.ljust(one.end - one.start, '_')}{text[one.end :]}"
    return sorted(found, key=lambda each: each.start)


def _find_plain(text: str) -> WrittenCoordinates | None:
    """Find coordinates in a text without marks on its letters."""
    text = _BOTH_LABELS.sub(lambda found: " " * len(found.group()), text)
    for find in (_find_point, _find_unmarked, _find_square, _find_fronted, _find_pair, _find_half):
        found = find(text)
        if found is not None:
            return found
    return None


def _plain_letter(letter: str) -> str:
    """Give a letter without its accents, and one degree sign for all that look like it."""
    return "°" if letter in _DEGREE_SIGNS else unicodedata.normalize("NFD", letter)[:1]


def _find_point(text: str) -> WrittenCoordinates | None:
    """Find the POINT of well-known text: x, then y."""
    found = _POINT.search(text)
    if found is None:
        return None
    lon, lat = (float(found[number]) for number in ("x", "y"))
    decimals = min(len(found[number].partition(".")[2]) for number in ("x", "y"))
    return WrittenCoordinates(lon, lat, 10.0**-decimals * DEGREE_M / 2, *found.span())


def _find_unmarked(text: str) -> WrittenCoordinates | None:
    """Find degrees, minutes and seconds without marks: 293235N 0674200E, N2932 E06742."""
    found = _UNMARKED.search(text)
    if found is None:
        return None
    degrees, steps_deg, fault = [], [], ""
    for axis, wide in (("lat", 2), ("lon", 3)):
        digits = found[f"{axis}_digits"] or found[f"{axis}_digits2"]
        side = (found[f"{axis}_side"] or found[f"{axis}_side2"]).lower()
        whole, minutes, seconds = digits[:wide], digits[wide : wide + 2], digits[wide + 2 :]
        fine = seconds or minutes
        fault = fault or _find_fault(minutes, seconds)
        size = float(whole) + float(minutes) / 60 + float(seconds or 0) / 3600
        degrees.append(-size if side in {"s", "w"} else size)
        decimals = len(fine.partition(".")[2])
        steps_deg.append(10.0**-decimals / (3600 if seconds else 60))
    lat, lon = degrees
    return WrittenCoordinates(lon, lat, max(steps_deg) * DEGREE_M / 2, *found.span(), fault)


def _find_square(text: str) -> WrittenCoordinates | None:
    """Find the square of an MGRS reference."""
    square = find_grid_square(text)
    return None if square is None else WrittenCoordinates(*square)


def _point_commas(found: re.Match[str]) -> str:
    return found.group().replace(",", ".", 1)


def _find_fronted(text: str) -> WrittenCoordinates | None:
    """Find degrees and minutes behind what they are: N30 15.5 E67 10.1, Lat 30 15 Long 67 10."""
    return _join_angles(text, _FRONTED)


def _find_pair(text: str) -> WrittenCoordinates | None:
    return _join_angles(_DECIMAL_COMMA.sub(_point_commas, text), _ANGLE)


def _join_angles(text: str, pattern: re.Pattern[str]) -> WrittenCoordinates | None:
    """Find the first two angles, one behind the other, that are a latitude and a longitude."""
    angles = [_angle(found) for found in pattern.finditer(text)]
    for one, two in pairwise(angles):
        if _GAP.fullmatch(text, one.end, two.start) and _are_a_pair(one, two):
            sure = _are_sure(one, two)
            if sure or text[one.end : two.start].strip() in _BARE_GAPS:
                return _combine(one, two, is_sure=sure)
    return None


def _combine(one: _Angle, two: _Angle, *, is_sure: bool) -> WrittenCoordinates:
    lat, lon = (two, one) if one.axis == "lon" or two.axis == "lat" else (one, two)
    step_m = max(one.step_deg, two.step_deg) * DEGREE_M / 2
    fault = one.fault or two.fault
    return WrittenCoordinates(
        lon.degrees, lat.degrees, step_m, one.start, two.end, fault, is_sure=is_sure
    )


def _are_sure(one: _Angle, two: _Angle) -> bool:
    """Whether two angles can be nothing else: they say what they are, or are finely written."""
    fine = max(one.step_deg, two.step_deg) <= 10.0**-_SURE_DECIMALS
    return fine or bool(one.axis or two.axis)


def _find_half(text: str) -> WrittenCoordinates | None:
    """Find a latitude in degrees and minutes that stands alone, and is no road with a number."""
    found = _HALF.search(text)
    if found is None:
        return None
    return WrittenCoordinates(nan, nan, nan, *found.span(), "it gives no longitude")


def _are_a_pair(one: _Angle, two: _Angle) -> bool:
    if one.axis and two.axis:
        return one.axis != two.axis
    bare = not (one.axis or two.axis)
    fine = max(one.step_deg, two.step_deg) <= 10.0**-_LEAST_DECIMALS
    return fine and (bare or one.marked == two.marked)


def _angle(found: re.Match[str]) -> _Angle:
    parts = found.groupdict()
    said = (parts["before"] or parts.get("after") or "")[:1].lower()
    label = (parts["label"] or "")[:3].lower().replace("lng", "lon")
    axis = {"n": "lat", "s": "lat", "e": "lon", "w": "lon"}.get(said, label)
    minutes = parts["minutes"] or parts.get("bare_minutes") or parts.get("only_minutes")
    seconds = parts["seconds"] or parts.get("bare_seconds")
    degrees, step_deg = _value(parts["degrees"], minutes, seconds)
    road = bool(parts["before"]) and parts["degrees"].startswith("-")  # the N-65, no latitude
    return _Angle(
        -degrees if said in {"s", "w"} else degrees,
        "road" if road else axis,
        step_deg,
        bool(parts["mark"]),
        _find_fault(minutes, seconds),
        *found.span(),
    )


def _find_fault(minutes: str | None, seconds: str | None) -> str:
    """Say what is wrong with minutes and seconds."""
    return _TOO_MANY if max(float(minutes or 0), float(seconds or 0)) >= 60 else ""


def _value(degrees: str, minutes: str | None, seconds: str | None) -> tuple[float, float]:
    """Give degrees, and the unit of the last digit written, in degrees."""
    size = abs(float(degrees)) + float(minutes or 0) / 60 + float(seconds or 0) / 3600
    finest, unit_deg = degrees, 1.0
    if minutes:
        finest, unit_deg = minutes, 1 / 60
    if seconds:
        finest, unit_deg = seconds, 1 / 3600
    decimals = len(finest.partition(".")[2])
    return (-size if degrees.startswith("-") else size), unit_deg * 10.0**-decimals
