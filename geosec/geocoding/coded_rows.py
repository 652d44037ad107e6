"""Rows that come with coordinates: each distinct one is placed once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
import shapely

from geosec.arguments import describe_given
from geosec.geocoding.given_shapes import (
    fill_coordinates,
    place_disc,
    place_shape,
    read_given_shapes,
    take_given_radii,
)
from geosec.geocoding.placing.hints import NO_HINTS, Hints
from geosec.geocoding.placing.judge import add_note
from geosec.geocoding.placing.readings import Placement
from geosec.geocoding.rows import Row, make_row
from geosec.reference.codebooks import PRECISION_RULES
from geosec.uncertainty.coded_footprints import decode_footprint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from geosec.geocoding.placing.interpreter import Interpreter
    from geosec.geocoding.placing.readings import Answer
    from geosec.geocoding.row_hints import RowHints

_RADIUS = "uncertainty_m"
_NUMBERS = ("latitude", "longitude", "precision_code", _RADIUS)
_CODES = ("precision_scheme", "precision_code", "vicinity")
_SHAPE = "geom_wkt"  # of UCDP GED
_PHRASES = ("where_coordinates", "where_description", "location")  # two of GED, and our own
_LINE_RULES = {"route", "rail_between"}
_TAKEN = "`anywhere=True` takes coordinates in every country"
_SHORTEST_M = 0.475 * 25_000  # the 95 % radius of a line of 25 km: a shorter one is no UCDP 5
_BY_LINE = [key for key, rule in PRECISION_RULES.items() if rule.kind == "line"]


class CodedPoint(NamedTuple):
    """What a row says of its coordinates, in EPSG:4326, and of its place in words."""

    lon: float
    lat: float
    scheme: Any = None
    code: int | None = None
    vicinity: bool = False
    location: str = ""
    hints: Hints = NO_HINTS  #: what the row gives beside them
    shape: shapely.Geometry | None = None  #: the polygon or line that the source gives
    radius_m: float | None = None  #: the 95 % radius that it gives, metres


class CodedRows(NamedTuple):
    """The distinct rows with coordinates, which of them each incident has, and what is no number.

    -1 stands for an incident without coordinates; notes stand under the position of their row.
    """

    rows: list[Row]
    which: NDArray[np.intp]
    notes: dict[int, str]


def place_coded_rows(
    table: pd.DataFrame, hints: RowHints, interpreter: Interpreter, *, anywhere: bool = False
) -> CodedRows:
    """Place the rows that come with coordinates, each distinct one once.

    Where the code says that the coordinates stand for a line, the line is looked for in
    ``geom_wkt``, ``where_coordinates``, ``where_description`` and ``location``, in that order.
    `hints` are what the rows give beside them. Give the rows, one for each distinct place, code
    and line; those abroad are taken too if they may lie `anywhere`. A code that its code book does
    not have raises a `ParameterError`.
    """
    which = np.full(len(table), -1, dtype="intp")
    given = read_given_shapes(table)
    table = take_given_radii(fill_coordinates(table, given))
    if not {"latitude", "longitude"} <= set(table.columns):
        return CodedRows([], which, {})
    table, notes = _read_numbers(table)
    there = np.flatnonzero((table["latitude"].notna() & table["longitude"].notna()).to_numpy())
    asked = _keep_asked(table.iloc[there], hints.which[there])
    asked["drawn"] = given.which[there]
    number = asked.groupby(list(asked.columns), dropna=False, sort=False).ngroup().to_numpy()
    _, first = np.unique(number, return_index=True)
    which[there] = number
    distinct = asked.iloc[first].to_dict("records")
    for each in distinct:
        each["hint"] = hints.distinct[each["hint"]]
        each["drawn"] = given.shapes[each["drawn"]]
    said = list(dict.fromkeys(phrase for each in distinct for phrase in _list_phrases(each)))
    known = dict(zip(said, interpreter.answer_many(said), strict=True))
    interpreter.learn_unknown(dict.fromkeys(each["said"] for each in distinct))
    placed = [_place_row(each, known, interpreter, anywhere=anywhere) for each in distinct]
    return CodedRows(placed, which, notes)


def _read_numbers(table: pd.DataFrame) -> tuple[pd.DataFrame, dict[int, str]]:
    """Read coordinates and codes as numbers; of what is none, and of half a pair, a note says so.

    A row with such a note goes by its phrase, or without its code.
    """
    notes: dict[int, str] = {}
    numbers: dict[str, pd.Series] = {}
    for name in _NUMBERS:
        if name in table.columns:
            given = table[name]
            numbers[name] = read = pd.to_numeric(given, errors="coerce").astype("float64")
            if name == "precision_code":
                numbers[name] = read = read.where(read % 1 == 0)
            elif name == _RADIUS:
                numbers[name] = read = read.where((read >= 0) & np.isfinite(read))
            for row in np.flatnonzero((given.notna() & read.isna()).to_numpy()).tolist():
                said = describe_given(given.iloc[row])
                _add_note(notes, row, f"{name} {said} is no number that can be, and was not used")
    half = (numbers["latitude"].notna() != numbers["longitude"].notna()).to_numpy()
    for row in np.flatnonzero(half).tolist():
        if row not in notes:
            notes[row] = "only one of latitude and longitude is given, and was not used"
    if _RADIUS in numbers:
        bare = numbers[_RADIUS].notna() & numbers["latitude"].isna() & numbers["longitude"].isna()
        for row in np.flatnonzero(bare.to_numpy()).tolist():
            _add_note(notes, row, f"{_RADIUS} stands beside no coordinates, and was not used")
    return table.assign(**numbers), notes


def _add_note(notes: dict[int, str], row: int, note: str) -> None:
    notes[row] = f"{notes[row]}; {note}" if row in notes else note


def place_coded_row(
    asked: CodedPoint,
    interpreter: Interpreter,
    lines: Mapping[str, shapely.Geometry] | None = None,
    *,
    anywhere: bool = False,
) -> Row:
    """Make the columns of a row that comes with coordinates, degrees in EPSG:4326.

    The row is ``outside`` where the point lies in no country that is answered, unless it may lie
    `anywhere`, or the code names a unit and it lies in none of those shipped; ``unmatched`` where
    the code says that there is no place, or latitude and longitude are swapped. `lines` are those
    that the words of the source may mean, by name.
    """
    lon, lat, scheme, code = asked[:4]
    if asked.shape is not None:
        placement = place_shape(lon, lat, asked.shape, is_coded=code is not None)
        return make_row(interpreter.answer_coordinates(placement, asked.location, asked.hints))
    if asked.radius_m is not None:
        disc = place_disc(lon, lat, asked.radius_m, is_coded=code is not None)
        return _judge_point(disc, asked, interpreter, anywhere=anywhere)
    footprint, reason = decode_footprint(
        lon, lat, scheme, code, vicinity=asked.vicinity, lines=lines
    )
    if footprint is None:
        nowhere = PRECISION_RULES[scheme, int(code or 0)].kind == "nowhere"
        return Row("unmatched" if nowhere else "outside", match_reason=reason)
    name, place_id = f"{lat:.4f}, {lon:.4f}", f"at:{lat:.5f},{lon:.5f}"
    placement = Placement(footprint, "coordinates", name, place_id, told=reason)
    return _judge_point(placement, asked, interpreter, anywhere=anywhere)


def _judge_point(
    placement: Placement, asked: CodedPoint, interpreter: Interpreter, *, anywhere: bool
) -> Row:
    if anywhere and (answer := interpreter.answer_abroad(placement)) is not None:
        return make_row(answer)
    answer = interpreter.answer_coordinates(placement, asked.location, asked.hints)
    return make_row(add_note(answer, _TAKEN) if answer.status == "outside" else answer)


def _keep_asked(table: pd.DataFrame, hints: NDArray[np.int64]) -> pd.DataFrame:
    """Keep what a row's place depends on; words only where the code says that it is a line."""
    blank = pd.Series(None, index=table.index, dtype="object")
    asked = pd.DataFrame(
        {name: table[name].astype("float64") for name in ("longitude", "latitude")}
    )
    for name in _CODES:
        asked[name] = table.get(name, blank)
    asked[_RADIUS] = table.get(_RADIUS, blank).astype("float64")
    asked["vicinity"] = pd.to_numeric(asked["vicinity"]).eq(1).fillna(False).astype("bool")
    by_line = np.zeros(len(asked), dtype="bool")
    for scheme, code in _BY_LINE:
        both = asked["precision_scheme"].eq(scheme) & asked["precision_code"].eq(code)
        by_line |= both.fillna(False).to_numpy(dtype="bool")
    asked["said"] = table.get("location", blank).fillna("").astype("str")
    asked["hint"] = hints
    if by_line.any():
        for name, words in [(name, table.get(name, blank)) for name in (_SHAPE, *_PHRASES)]:
            asked[name] = words.astype("object").where(by_line, None)
    return asked


def _list_phrases(asked: dict[str, Any]) -> list[tuple[str, Hints]]:
    """List what the row says of its line, with its hints; nothing where it stands for none."""
    words = [asked.get(name) for name in _PHRASES]
    return [(str(said), asked["hint"]) for said in words if not pd.isna(said)]


def _place_row(
    asked: dict[str, Any],
    answers: Mapping[tuple[str, Hints], Answer],
    interpreter: Interpreter,
    *,
    anywhere: bool,
) -> Row:
    names = (*_CODES[:2], _RADIUS)
    scheme, code, radius_m = (None if pd.isna(asked[name]) else asked[name] for name in names)
    point = CodedPoint(
        asked["longitude"],
        asked["latitude"],
        scheme,
        None if code is None else int(code),
        asked["vicinity"],
        asked["said"],
        asked["hint"],
        asked["drawn"],
        radius_m,
    )
    return place_coded_row(point, interpreter, _find_lines(asked, answers), anywhere=anywhere)


def _find_lines(
    asked: dict[str, Any], answers: Mapping[tuple[str, Hints], Answer]
) -> dict[str, shapely.Geometry]:
    """Collect the lines that a row's words may mean, the surest first."""
    found = {}
    drawn = _read_shape(asked.get(_SHAPE))
    if drawn is not None:
        found[f"the shape given in {_SHAPE}"] = drawn
    for phrase in _list_phrases(asked):
        for reading in answers[phrase].readings:
            shape, long = reading.footprint.shape, reading.footprint.uncertainty_m >= _SHORTEST_M
            if reading.rule in _LINE_RULES and shape is not None and long:
                found.setdefault(reading.name, shape)
    return found


def _read_shape(text: Any) -> shapely.Geometry | None:
    """Read a line or a polygon in degrees; a point says no more than the coordinates do."""
    shape = shapely.from_wkt(text, on_invalid="ignore") if isinstance(text, str) else None
    if shape is None or shape.is_empty or not shape.is_valid or not shape.length:
        return None
    west, south, east, north = shape.bounds
    on_globe = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    return shape if on_globe and shape.geom_type != "GeometryCollection" else None
