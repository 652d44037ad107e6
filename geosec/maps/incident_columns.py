"""The incidents of a map, column by column: what the payload of the page is packed from."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from geosec.incidents.spans import spread_days
from geosec.maps.encoding import DRAWN_DEG, encode_shape
from geosec.maps.numbered import make_numbered_plane, number_texts
from geosec.maps.payload import Payload, Plane, make_plane, pack, to_texts
from geosec.match_rules import MATCH_RULES
from geosec.schema import INDEX
from geosec.uncertainty.table_footprints import Readings, require_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_DEGREES = 1e-5  # about 1 m: no place of a map is drawn finer
_SPAN = ("date_from", "date_to")
_EARTH_DEG = (-180, -90, 180, 90)  # one curve for all maps
#: Texts in groups of their own: a search reads the first, and leaves the addresses out.
_GROUPS = {"summary": "first", "source_url": "sources"}
MOST_VALUES = 4_096  # of a category; a column of more distinct texts is text

#: Columns that the page tells of an incident, where the table has them, and what each holds.
TOLD = {
    **dict.fromkeys(("event_type", "actor", "target", "adm1_name", "adm2_name"), "category"),
    **dict.fromkeys(("match_status", "match_rule", "match_name", "match_reason"), "category"),
    **dict.fromkeys(("rail_line", "rail_prev_station", "rail_next_station"), "category"),
    **dict.fromkeys(("fatalities", "injuries", "match_score", "adm1_prob", "adm2_prob"), "number"),
    **dict.fromkeys(("rail_km", "rail_km_low", "rail_km_high", "rail_offset_m"), "number"),
    **dict.fromkeys(("location", "summary", "source_url", "fatalities_text"), "text"),
}
#: Columns that the page tells of a row without a place, where the table has them.
UNPLACED_TOLD = (
    *("location", "match_reason", "date", "event_type", "actor", "target"),
    *("fatalities", "admin1", "admin2", "summary", "source_url"),
)
_SCALES = {"match_score": 0.001, "adm1_prob": 0.001, "adm2_prob": 0.001, "rail_offset_m": 1.0}
_KM = {"rail_km": 0.01, "rail_km_low": 0.01, "rail_km_high": 0.01}


class Places(NamedTuple):
    """The places of the rows: which each has, and what each is."""

    which: NDArray[np.int64]
    lon: NDArray[np.float64]  #: degrees, EPSG:4326, rounded to what the radius supports
    lat: NDArray[np.float64]
    radius_m: NDArray[np.float64]  #: 95 %; NaN where it is not known
    shape: NDArray[np.int64]  #: number of its outline from 0, -1 for a disc
    readings: NDArray[np.int64]  #: number of its several readings from 0, -1 for one
    shapes: list[dict[str, Any]]  #: GeoJSON geometries
    mixed: list[list[list[float]]]  #: of several readings: share, lon, lat, radius in m, outline


def pack_incidents(located: gpd.GeoDataFrame, asked: Sequence[str] = ()) -> Payload:
    """Pack the rows of a table; `asked` are columns of it beside those always told."""
    has_place = located.geometry.notna().to_numpy()
    placed = located if has_place.all() else located[has_place]
    places = find_places(placed)
    first, last = find_days(placed)
    order = np.lexsort((np.nan_to_num(first), places.which))
    counts = np.bincount(places.which, minlength=len(places.lon))
    planes = [
        make_plane("place_lon", places.lon, scale=_DEGREES, delta=True),
        make_plane("place_lat", places.lat, scale=_DEGREES, delta=True),
        make_plane("place_radius_m", np.rint(places.radius_m)),
        make_plane("place_shape", np.where(places.shape < 0, np.nan, places.shape)),
        make_plane("place_readings", np.where(places.readings < 0, np.nan, places.readings)),
        make_plane("place_rows", counts),
        make_plane("day", first[order], delta=True),
        make_plane("days_more", (last - first)[order]),
    ]
    told: list[dict[str, Any]] = []
    names, numbered, identifiers = _pack_identifiers(placed, order, first[order])
    groups: dict[str, dict[str, pa.Array]] = {"first": {}, "rest": names}
    there = [each for each in TOLD if each in placed.columns and placed[each].notna().any()]
    for name in dict.fromkeys([*there, *asked]):
        kind, packed = describe_column(placed[name], name)
        if isinstance(packed, pa.Array):
            groups.setdefault(_GROUPS.get(name, "rest"), {})[name] = packed
        else:
            planes.append(make_plane(name, packed[order], scale=kind.pop("scale", None)))
        told.append({"name": name, **kind})
    head = {
        "rows": len(placed),
        "places": len(places.lon),
        "columns": told,
        "shapes": places.shapes,
        "readings": places.mixed,
        "numbered": numbered,
        "rules": {name: rule.wording for name, rule in MATCH_RULES.items()},
    }
    unplaced = {} if has_place.all() else _list_unplaced(located[~has_place])
    ordered = {
        group: {name: texts.take(pa.array(order)) for name, texts in columns.items()}
        for group, columns in groups.items()
        if columns
    }
    return pack(planes, ordered, head, unplaced, identifiers)


def _pack_identifiers(
    rows: gpd.GeoDataFrame, order: NDArray[np.int64], days: NDArray[np.float64]
) -> tuple[dict[str, pa.Array], dict[str, Any] | None, Plane | None]:
    """Give identifiers as a column of texts, or what is told of them and their plane."""
    names = _name_rows(rows)
    numbered = number_texts(names)
    if numbered is None:
        return {INDEX: names}, None, None
    return {}, *make_numbered_plane(numbered, INDEX, order, days)


def _name_rows(rows: gpd.GeoDataFrame) -> pa.Array:
    return to_texts(rows.index.to_series())


def _list_unplaced(rows: gpd.GeoDataFrame) -> dict[str, pa.Array]:
    """List the texts that are told of rows without a place."""
    told = {name: to_texts(rows[name]) for name in UNPLACED_TOLD if name in rows.columns}
    return {INDEX: _name_rows(rows), **told}


def describe_column(
    column: pd.Series, name: str
) -> tuple[dict[str, Any], NDArray[np.float64] | pa.Array]:
    """Tell what a column holds, with its numbers, codes or texts."""
    if TOLD.get(name, "number") == "number" and _is_number(column, name):
        numbers = pd.to_numeric(column, errors="coerce").to_numpy(dtype="float64", na_value=np.nan)
        scale = {**_SCALES, **_KM}.get(name, 1.0 if name in TOLD else None)
        return {"kind": "number", "scale": scale}, numbers
    if isinstance(column.dtype, pd.CategoricalDtype) and column.cat.ordered:
        values = [str(value) for value in column.cat.categories]
        codes = column.cat.codes.to_numpy(dtype="float64")
        return {"kind": "category", "values": values, "ordered": True}, np.where(
            codes < 0, np.nan, codes
        )
    texts = to_texts(column)
    if name in _GROUPS:
        return {"kind": "text"}, texts
    codes, values = _code_texts(texts)
    half = len(column) // 2
    most = min(MOST_VALUES, half) if TOLD.get(name) == "text" else max(MOST_VALUES, half)
    if len(values) > most:
        return {"kind": "text"}, texts
    return {"kind": "category", "values": values}, codes


def _is_number(column: pd.Series, name: str) -> bool:
    kinds = pd.api.types
    return name in TOLD or (kinds.is_numeric_dtype(column) and not kinds.is_bool_dtype(column))


def _code_texts(texts: pa.Array) -> tuple[NDArray[np.float64], list[str]]:
    """Give texts without blanks round them as codes, NaN for none, and the sorted values."""
    coded = texts.dictionary_encode()
    held = [text.strip() for text in coded.dictionary.to_pylist()]
    values = sorted(set(filter(None, held)))
    known = {value: float(code) for code, value in enumerate(values)}
    codes = np.array([*(known.get(text, np.nan) for text in held), np.nan])
    return codes[coded.indices.fill_null(len(held)).to_numpy()], values


def find_places(placed: gpd.GeoDataFrame) -> Places:
    """Find the distinct places of rows, along a Hilbert curve."""
    radius_m = placed["uncertainty_m"].to_numpy(dtype="float64", na_value=np.nan)
    lon, lat = (
        round_to_radii(degrees, radius_m)
        for degrees in (shapely.get_x(placed.geometry), shapely.get_y(placed.geometry))
    )
    shape, shapes = _number_shapes(placed["footprint"])
    readings, mixed = _number_readings(placed, shapes)
    points = pd.DataFrame(
        {"lon": lon, "lat": lat, "radius_m": np.rint(radius_m), "shape": shape, "of": readings}
    )
    which = points.groupby(list(points.columns), dropna=False, sort=False).ngroup().to_numpy()
    _, row = np.unique(which, return_index=True)
    distinct = points.iloc[row]
    where = gpd.GeoSeries.from_xy(distinct["lon"], distinct["lat"])
    order = np.argsort(where.hilbert_distance(_EARTH_DEG).to_numpy(), kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    kept = distinct.iloc[order]
    lon, lat, radius_m, shape, readings = (kept[name].to_numpy() for name in points.columns)
    return Places(rank[which], lon, lat, radius_m, shape, readings, shapes, mixed)


def round_to_radii(
    degrees: NDArray[np.float64], uncertainty_m: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Round coordinates to a tenth of their 95 % radius (metres) or finer.

    Degrees have five decimals at the most.
    """
    step_deg = np.fmax(uncertainty_m, 10.0) / 10 / 111_320
    decimals = np.clip(np.ceil(-np.log10(step_deg)), 0, 5)
    tens = 10.0**decimals
    return np.rint(degrees * tens) / tens


def _number_shapes(footprints: pd.Series) -> tuple[NDArray[np.int64], list[dict[str, Any]]]:
    """Give each distinct outline a number; a district may hold many incidents."""
    there = footprints.notna().to_numpy()
    known = np.full(len(footprints), -1, dtype=np.int64)
    geometries = footprints.to_numpy(dtype="object")[there]
    codes, distinct = pd.factorize(np.asarray(shapely.to_wkb(geometries), dtype="object"))
    known[there] = codes
    drawn = [shapely.from_wkb(each) for each in distinct]
    return known, [_draw_shape(shape) for shape in drawn]


def _number_readings(
    placed: gpd.GeoDataFrame, shapes: list[dict[str, Any]]
) -> tuple[NDArray[np.int64], list[list[list[float]]]]:
    """Give each distinct text of several readings a number, and add their outlines to `shapes`."""
    if "match_candidates" not in placed.columns:
        return np.full(len(placed), -1, dtype=np.int64), []
    cells = placed["match_candidates"].astype("object")
    require_texts(cells[cells.notna()].to_numpy())
    codes, texts = pd.factorize(cells)
    if not len(texts):
        return codes, []
    readings = Readings.of(np.asarray(texts, dtype="object"))
    found = readings.footprints
    lon, lat = (round_to_radii(each, found.uncertainty_m) for each in (found.lon, found.lat))
    outline = np.full(len(lon), -1)
    outline[found.is_shaped] = len(shapes) + np.arange(found.is_shaped.sum())
    shapes += [_draw_shape(shape) for shape in found.shapes[found.is_shaped]]
    columns = (np.round(readings.share, 4), lon, lat, np.rint(found.uncertainty_m), outline)
    told = [list(each) for each in zip(*(column.tolist() for column in columns), strict=True)]
    ends = pairwise(readings.starts.tolist())
    return codes, [told[start:end] for start, end in ends]


def _draw_shape(shape: Any) -> dict[str, Any]:
    line = "Line" in shape.geom_type
    return encode_shape(shape if line else shapely.simplify(shape, DRAWN_DEG))


def find_days(placed: gpd.GeoDataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the first and the last day on which each row may have been, in days since 1970.

    They are ``date_from`` and ``date_to`` where the table has them, else the day, week, month or
    year of ``date``. NaN where no date is reported.
    """
    if "date" not in placed.columns:
        nothing = np.full(len(placed), np.nan)
        return nothing, nothing.copy()
    first = last = _take_days(placed["date"])
    if "date_precision" in placed.columns:
        precision = placed["date_precision"].astype("object").fillna("day")
        first, last = spread_days(first, precision)
    given = [_take_days(placed[name]) if name in placed.columns else None for name in _SPAN]
    first, last = (
        days if told is None else np.where(np.isnat(told), days, told)
        for days, told in zip((first, last), given, strict=True)
    )
    return _count_days(first), _count_days(np.fmax(first, last))


def _take_days(dates: pd.Series) -> NDArray[np.datetime64]:
    """Take the local day of times."""
    local = pd.to_datetime(dates)
    local = local if local.dt.tz is None else local.dt.tz_localize(None)
    days: NDArray[np.datetime64] = local.to_numpy().astype("datetime64[D]")
    return days


def _count_days(days: NDArray[np.datetime64]) -> NDArray[np.float64]:
    counted: NDArray[np.float64] = (days - np.datetime64("1970-01-01")) / np.timedelta64(1, "D")
    return counted
