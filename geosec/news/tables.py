"""The tables of a report: the places it names, and the events it tells of."""

from __future__ import annotations

from functools import cache
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from geopandas.array import from_shapely
from pyproj import CRS

from geosec.crs import STORAGE_CRS
from geosec.geocoding.rows import Row, make_rows
from geosec.schema import COLUMNS, INDEX, list_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geosec.geocoding.placing.readings import Answer
    from geosec.news.happenings import Happening
    from geosec.news.plain_text import PlainText, Quotation
    from geosec.news.tolls import Count

_FOUND = list_columns("geocode")
_RANGES = ("fatalities_low", "fatalities_high", "injuries_low", "injuries_high")
_OFFSETS = ("date_start", "date_end", "fatalities_start", "fatalities_end")
_WORDS = ("date_text", "date_reason", "fatalities_text", "fatalities_reason")
_EVENT_COLUMNS = (
    *("date", "date_precision", "location", "event_type", "fatalities", "injuries"),
    *_RANGES,
    *_WORDS,
    *_OFFSETS,
    "summary",
)
_NO_DAY = "the report does not say when; the day is that of what it told before, or of publication"
_GAP = " … "  # between words that stand apart in the report
_PLACE_COLUMNS = ("location", "start", "end", "role")
_GEOMETRY = "geometry"
_TEXT = pd.api.types.pandas_dtype("str")
_WHOLE_NUMBER = pd.Int64Dtype()
_DTYPES = {
    name: dtype if dtype == _GEOMETRY else pd.api.types.pandas_dtype(dtype)
    for name, dtype in (
        *((column.name, column.dtype) for column in COLUMNS),
        *((name, "Int64") for name in (*_RANGES, *_OFFSETS)),
        *((name, "str") for name in _WORDS),
        *(("start", "int64"), ("end", "int64"), ("role", "str")),
    )
}
_TEXTS = frozenset(name for name, dtype in _DTYPES.items() if dtype == _TEXT)
_NUMBERS = frozenset(name for name, dtype in _DTYPES.items() if dtype == _WHOLE_NUMBER)


def make_place_table(
    records: Sequence[Mapping[str, Any]], sites: Sequence[Answer]
) -> gpd.GeoDataFrame:
    """Put the places that a report names together with what each means, in EPSG:4326."""
    return _make_table(records, sites, _PLACE_COLUMNS)


def make_event_table(
    plain: PlainText,
    happenings: Sequence[Happening],
    locations: Sequence[str | None],
    sites: Sequence[Answer],
) -> gpd.GeoDataFrame:
    """Put what happened together with the words that say where, and what these mean.

    Offsets of the words for days and dead count in the report as it was given.
    """
    records = [
        _write_event(happening, location, plain)
        for happening, location in zip(happenings, locations, strict=True)
    ]
    return _make_table(records, sites, _EVENT_COLUMNS)


def _write_event(happening: Happening, location: str | None, plain: PlainText) -> dict[str, Any]:
    dead, hurt = happening.toll.dead, happening.toll.hurt
    days = (happening.day_told,) if happening.day_told else ()
    quoted = plain.quote(*days, *(dead.told if dead else ()))
    return {
        "date": None if happening.day_note else happening.when.day,
        "date_precision": None if happening.day_note else happening.when.precision,
        "location": location,
        "event_type": happening.event_type,
        "fatalities": dead.low if dead else 0,
        "injuries": hurt.low if hurt else None,
        **_write_ends("fatalities", dead),
        **_write_ends("injuries", hurt),
        "date_reason": happening.day_note or (None if happening.day_told else _NO_DAY),
        "fatalities_reason": _explain_range(dead, plain),
        **_write_words("date", quoted[: len(days)]),
        **_write_words("fatalities", quoted[len(days) :]),
        "summary": " ".join(happening.sentence.split()),
    }


def _explain_range(count: Count | None, plain: PlainText) -> str | None:
    """Say why a number of people is a range that the report does not give in one place."""
    if count is not None and count.rival:
        rival = _GAP.join(each.words for each in plain.quote(*count.rival))
        return f"another side says {rival!r}"
    if count is None or not count.guess:
        return None
    return f"no number is told of {count.guess!r}: two at least"


def _write_ends(name: str, count: Count | None) -> dict[str, int | None]:
    return {
        f"{name}_low": count.low if count else 0,
        f"{name}_high": count.high if count else None,
    }


def _write_words(name: str, quoted: Sequence[Quotation]) -> dict[str, Any]:
    """Write the words that say so, from the first to the last; none where nothing says so."""
    return {
        f"{name}_text": _GAP.join(each.words for each in quoted) or None,
        f"{name}_start": quoted[0].start if quoted else None,
        f"{name}_end": max(each.end for each in quoted) if quoted else None,
    }


def _make_table(
    records: Sequence[Mapping[str, Any]], sites: Sequence[Answer], told: tuple[str, ...]
) -> gpd.GeoDataFrame:
    """Make each column once with the type it has in the contract: one frame, nothing is cast."""
    values: dict[str, list[Any]] = {name: [each[name] for each in records] for name in told}
    rows = make_rows(sites)
    found: dict[str, list[Any]] = {
        name: [row[at] for row in rows] for at, name in enumerate(Row._fields)
    }
    points = _make_points(found.pop("lon"), found.pop("lat"))
    values |= {name: found[name] for name in _FOUND if name != _GEOMETRY}
    columns = {_GEOMETRY: points}
    columns |= _make_together(values, _TEXTS, lambda every: pd.array(every, dtype=_TEXT))
    columns |= _make_together(values, _NUMBERS, _make_integers)
    columns |= {
        name: _make_array(each, name) for name, each in values.items() if name not in columns
    }
    index = pd.Index([str(number) for number in range(len(records))], dtype="str", name=INDEX)
    frame = {name: columns[name] for name in (*told, *_FOUND)}
    table = pd.DataFrame(frame, index=index, copy=False)
    table.__class__ = gpd.GeoDataFrame  # its points are made above, and need not be looked at again
    return table.__finalize__(_load_empty_table())


@cache
def _load_empty_table() -> gpd.GeoDataFrame:
    """Make a table whose points are the geometry, to tell others so."""
    return gpd.GeoDataFrame({_GEOMETRY: _make_points([], [])}, geometry=_GEOMETRY)


def _make_together(
    values: Mapping[str, list[Any]], names: frozenset[str], make: Callable[[list[Any]], Any]
) -> dict[str, Any]:
    """Make all columns of one type in one go, which costs what one of them does."""
    alike = {name: each for name, each in values.items() if name in names}
    every = make(list(chain.from_iterable(alike.values())))
    ends = accumulate(map(len, alike.values()), initial=0)
    return {name: every[a:b] for name, (a, b) in zip(alike, pairwise(ends), strict=True)}


def _make_integers(values: list[int | None]) -> Any:
    missing = np.array([each is None for each in values], dtype="bool")
    return pd.arrays.IntegerArray(np.array([each or 0 for each in values], dtype="int64"), missing)


def _make_array(values: list[Any], name: str) -> Any:
    """Make the values of a column, with its type."""
    if _DTYPES[name] != _GEOMETRY:
        return np.array(values, dtype=_DTYPES[name])
    shapes = np.full(len(values), None, dtype="object")
    shapes[:] = values
    return from_shapely(shapes, crs=_load_crs())


@cache
def _load_crs() -> CRS:
    return CRS.from_user_input(STORAGE_CRS)


def _make_points(lon: list[float], lat: list[float]) -> Any:
    """Make points of degrees; NaN is no point."""
    points = shapely.points(np.array(lon, dtype="float64"), np.array(lat, dtype="float64"))
    points[np.isnan(lon)] = None
    return from_shapely(points, crs=_load_crs())
