"""The columns that a release has, but for its places: days, counts, texts, and what is told."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geosec.arguments import describe_given, is_missing, read_numbers
from geosec.crs import lon_lat
from geosec.data.catalogue import list_layers
from geosec.disclosure.levels import WHOLE
from geosec.errors import ParameterError
from geosec.geodesy.wgs84 import DEGREE_M
from geosec.schema import name_points
from geosec.storage.provenance import SOURCE, STEPS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from geosec.disclosure.grounds import Ground
    from geosec.disclosure.places import Placed

    Columns = dict[str, Any]
    Days = NDArray[np.datetime64]
    Picked = NDArray[np.intp]

_COUNTS = ("fatalities", "injuries")
_MOST = 2.0**53  # of a count that is known to the last digit
_SLIP_DEG = 0.05  # within which numbers are a copy of coordinates
_MOST_DEG = 360.0  # coordinates beyond are metres, or feet
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_WKB = re.compile(r"0[01][0-9A-Fa-f]{40,}")  # of a point or more, in hexadecimal digits
_CELL, _IDENTIFIER = "h3_cell", "incident_id"


def spread_months(first: Days, last: Days) -> tuple[Days, Days]:
    """Widen spans of days to whole months."""
    begin, behind = first.astype("datetime64[M]"), last.astype("datetime64[M]") + 1
    end = behind.astype("datetime64[D]") - np.timedelta64(1, "D")
    return begin.astype("datetime64[D]"), np.asarray(end, dtype="datetime64[D]")


def make_days(first: Days, last: Days, precision: pd.Series | None) -> Columns:
    """Make the columns of days, of spans of days that each row may have been on.

    `precision` are the words for them; without it they are whole months.
    """
    words = precision
    if words is None:
        is_month = first.astype("datetime64[M]") == last.astype("datetime64[M]")
        words = pd.Series(np.where(is_month, "month", "year"))
    told = np.where(np.isnat(first), None, words.to_numpy(dtype="object"))
    return {
        "date": first.astype("datetime64[s]"),
        "date_precision": pd.array(told, dtype="str"),
        "date_from": first.astype("datetime64[s]"),
        "date_to": last.astype("datetime64[s]"),
    }


def take_columns(table: pd.DataFrame, rows: Picked, names: Sequence[str], least: int) -> Columns:
    """Take columns that are given, without anything that hangs on to them.

    Of the kind of an event, which some tables tell in words of their own, only what `least` rows
    have is given.
    """
    taken: Columns = {}
    for name in names:
        if name not in table.columns:
            continue
        values = pd.Series(table[name].array.take(rows))
        if name in _COUNTS:
            numbers = read_numbers(values)
            is_count = (numbers % 1 == 0) & (numbers >= 0) & (numbers < _MOST)
            taken[name] = numbers.where(is_count).astype("Int64").array
        elif name in WHOLE:
            taken[name] = _take_kinds(values, least)
        else:
            is_category = isinstance(values.dtype, pd.CategoricalDtype)
            taken[name] = (values.astype("object") if is_category else values).array
    return taken


def _take_kinds(values: pd.Series, least: int) -> Any:
    """Take texts that at least so many rows have; missing for the others."""
    texts = [None if is_missing(value) else str(value) for value in values]
    often = Counter(texts)
    told = [text if text is not None and often[text] >= least else None for text in texts]
    return pd.array(told, dtype="str")


def refuse_repeated(table: pd.DataFrame) -> None:
    """Refuse several rows for an incident, as `geosec.candidates` gives: k counts rows."""
    if _IDENTIFIER not in table.columns:
        return
    identifiers = table[_IDENTIFIER].dropna().map(str)
    again = identifiers[identifiers.duplicated()]
    if len(again):
        msg = (
            f"the column {_IDENTIFIER!r} holds {describe_given(again.iloc[0])} in more rows than "
            "one, and each row is counted as an incident; release the table that it was made of."
        )
        raise ParameterError(msg)


def refuse_places(table: pd.DataFrame, names: Sequence[str], lon: Any, lat: Any) -> None:
    """Refuse to keep columns that hold geometries, or copies of the coordinates.

    `table` is as it was given, in any CRS; longitudes and latitudes are in EPSG:4326.
    """
    places = [lon, lat, *lon_lat(table[name_points(table)])]
    for name in names:
        values = table[name]
        if _hold_geometries(values) or any(_hold_copies(values, place) for place in places):
            msg = f"`keep` names {str(name)!r}, which holds the places; take it out of `keep`."
            raise ParameterError(msg)


def _hold_geometries(values: pd.Series) -> bool:
    """Say whether a column holds geometries, also as WKB."""
    if isinstance(values, gpd.GeoSeries):
        return True
    coded = [
        value
        for value in values
        if isinstance(value, bytes) or (isinstance(value, str) and _WKB.fullmatch(value))
    ]
    return any(isinstance(value, BaseGeometry) for value in values) or bool(
        coded and shapely.is_geometry(shapely.from_wkb(coded, on_invalid="ignore")).any()
    )


def _hold_copies(values: pd.Series, place: Any) -> bool:
    """Say whether most rows hold their coordinate, as a number, in a text or in a list."""
    there = np.flatnonzero(~np.isnan(place) & ~values.isna().to_numpy())
    if not len(there):
        return False
    slip = _SLIP_DEG * (DEGREE_M if np.abs(place[there]).max() > _MOST_DEG else 1)
    near = [
        any(abs(float(number) - own) < slip for number in _NUMBER.findall(str(value)))
        for value, own in zip(values.iloc[there], place[there], strict=True)
    ]
    return sum(near) > len(there) / 2


def name_units(ground: Ground, placed: Placed) -> Columns:
    """Name the unit that each row is told by, and those round it."""
    columns: Columns = {}
    for at, level in enumerate(ground.levels[:-1]):  # the last holds all
        unit = np.where(placed.level <= at, ground.paths[:, at], -1)
        for column, labels in _name_columns(level.name, level.codes, level.titles):
            finer = columns.get(column, np.full(len(unit), None, dtype="object"))
            is_told = (unit >= 0) & pd.isna(finer)
            columns[column] = np.where(is_told, labels[unit], finer)
    told = np.array([*(each.name for each in ground.levels), None], dtype="object")
    columns["place_level"] = told[placed.level]
    return {name: pd.array(cells, dtype="str") for name, cells in columns.items()}


def _name_columns(level: str, codes: Any, titles: Any) -> list[tuple[str, Any]]:
    if level.startswith("adm"):
        return [(f"{level}_name", titles), (f"{level}_code", codes)]
    return [(_CELL, codes)]


def take_origin(attrs: Mapping[Any, Any]) -> dict[str, Any]:
    """Take from the `attrs` of a table whose data it is, and which shipped layers it rests on.

    Whatever else stands there, settings of verbs and notices of the source, may name incidents.
    """
    origin: dict[str, Any] = {
        name: attrs[name] for name in SOURCE if isinstance(attrs.get(name), str)
    }
    steps, known = attrs.get(STEPS), set(list_layers().index)
    if isinstance(steps, dict):
        told = {}
        for verb, step in steps.items():
            layers = step.get("layers") if isinstance(step, dict) else None
            if isinstance(verb, str) and verb.isidentifier() and isinstance(layers, list):
                told[verb] = {"layers": [name for name in layers if name in known]}
        origin[STEPS] = told
    return origin
