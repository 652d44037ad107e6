"""Darwin Core: the terms in which biodiversity, and georeferencing with it, tells of places.

Terms: *Darwin Core Quick Reference* (dwc.tdwg.org/terms). Its ``coordinateUncertaintyInMeters``
is the radius of the circle round the coordinates that holds the whole of the place; it is empty
where that is not known, and never 0. Ours holds 95 % of it, so that it is made wider here.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geosec.arguments import is_missing
from geosec.crs import to_storage
from geosec.errors import SchemaError
from geosec.footprint_texts import read_footprints
from geosec.geodesy.geodesics import geodesic_distance_m
from geosec.schema import INDEX, name_points

if TYPE_CHECKING:
    from numpy.typing import NDArray

_DATUM = "EPSG:4326"
_SHARE = 0.95  # of a disc's area, that lies within `uncertainty_m`
_DECIMALS = 6
_FORMATS = {"month": "%Y-%m", "year": "%Y"}
#: Columns that give a term; of several the first that is there.
_TERMS = {
    "eventType": ("event_type",),
    "verbatimLocality": ("location",),
    "locality": ("match_name",),
    "stateProvince": ("adm1_name", "admin1"),
    "county": ("adm2_name", "admin2"),
    "municipality": ("admin3",),
    "georeferenceRemarks": ("match_reason",),
    "eventRemarks": ("summary",),
    "references": ("source_url",),
    "dataGeneralizations": ("data_generalizations",),
    "informationWithheld": ("information_withheld",),
}
_TOLD = {"date", "date_precision", "latitude", "longitude", "uncertainty_m", "footprint"}
_CREDITS = {"bibliographicCitation": "source_credit", "accessRights": "source_terms"}


def write_terms(table: pd.DataFrame) -> pd.DataFrame:
    """Write located incidents in the terms of Darwin Core, a row each.

    Columns that no term has stand in ``dynamicProperties``, as JSON. Raises a `SchemaError` where a
    table has no points.
    """
    name = name_points(table)
    if not isinstance(table, gpd.GeoDataFrame) or name not in table.columns:
        msg = (
            "the profile 'darwin-core' tells of places, and the table has no points; run "
            "`geosec.geocode` first."
        )
        raise SchemaError(msg)
    points = to_storage(gpd.GeoSeries(table[name]), "geometry")
    there = (points.notna() & ~points.is_empty).to_numpy()
    shapes = _read_shapes(table)
    columns: dict[str, Any] = {
        "eventID": table.index.astype("str"),
        "eventDate": _write_dates(table),
        "decimalLatitude": np.where(there, points.y.round(_DECIMALS), np.nan),
        "decimalLongitude": np.where(there, points.x.round(_DECIMALS), np.nan),
        "geodeticDatum": _name_datum(there),
        "coordinateUncertaintyInMeters": _measure_circles(table, points, shapes),
        "footprintWKT": shapely.to_wkt(shapes, rounding_precision=5),
        "footprintSRS": _name_datum(~shapely.is_missing(shapes)),
    }
    used = {name, "geometry", INDEX, *_TOLD}
    for term, sources in _TERMS.items():
        own = [source for source in sources if source in table.columns]
        if own:
            columns[term] = table[own[0]].to_numpy()
            used.add(own[0])
    columns |= {term: table.attrs[key] for term, key in _CREDITS.items() if table.attrs.get(key)}
    columns["dynamicProperties"] = _write_rest(table.drop(columns=[*used & {*table.columns}]))
    terms = pd.DataFrame(columns, index=pd.RangeIndex(len(table)))
    terms.attrs = table.attrs
    return terms


def _name_datum(there: NDArray[np.bool_]) -> list[str | None]:
    return [_DATUM if known else None for known in there.tolist()]


def _read_shapes(table: pd.DataFrame) -> NDArray[np.object_]:
    if "footprint" not in table.columns:
        return np.full(len(table), None, dtype="object")
    shapes = read_footprints(table["footprint"])
    if isinstance(shapes, gpd.GeoSeries) and shapes.notna().any():
        shapes = to_storage(shapes, "footprint")
    return np.asarray(shapes.to_numpy(), dtype="object")


def _write_dates(table: pd.DataFrame) -> list[str | None]:
    """Write days, months and years in ISO 8601, and a week as its first and last day."""
    if "date" not in table.columns:
        return [None] * len(table)
    days = pd.to_datetime(table["date"], errors="coerce")
    plain = pd.Series("day", index=table.index)
    precisions = table["date_precision"].fillna("day") if "date_precision" in table else plain
    return [_write_date(day, known) for day, known in zip(days, precisions, strict=True)]


def _write_date(day: pd.Timestamp, precision: str) -> str | None:
    if is_missing(day):
        return None
    if precision == "week":
        return f"{day:%Y-%m-%d}/{day + timedelta(days=6):%Y-%m-%d}"
    return format(day, _FORMATS.get(precision, "%Y-%m-%d"))


def _measure_circles(
    table: pd.DataFrame, points: gpd.GeoSeries, shapes: NDArray[np.object_]
) -> pd.array:
    """Measure, in metres, the circle round each point that holds all of its disc or shape."""
    radii = np.full(len(table), np.nan)
    if "uncertainty_m" in table.columns:
        radii = pd.to_numeric(table["uncertainty_m"]).to_numpy("float64", na_value=np.nan)
    shaped = ~shapely.is_missing(shapes)
    whole = np.where(shaped, radii, radii / _SHARE**0.5)
    corners, row = shapely.get_coordinates(shapes, return_index=True)
    lon, lat = points.x.to_numpy()[row], points.y.to_numpy()[row]
    np.fmax.at(whole, row, geodesic_distance_m(lon, lat, corners[:, 0], corners[:, 1]))
    metres = pd.Series(np.ceil(whole), dtype="Float64")
    return metres.where(metres > 0).astype("Int64").array


def _write_rest(table: pd.DataFrame) -> list[str | None]:
    """Write what has no term of its own, a row as JSON; missing cells are left out."""
    rows = pd.DataFrame(table).astype("object").to_dict("records")
    texts = []
    for row in rows:
        kept = {
            str(name): round(value, 3) if isinstance(value, float) else value
            for name, value in row.items()
            if not is_missing(value)
        }
        texts.append(json.dumps(kept, ensure_ascii=False, default=str) if kept else None)
    return texts
