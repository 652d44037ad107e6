"""The columns of the geocode stage, made of answers."""

from __future__ import annotations

import json
from functools import lru_cache
from math import nan
from typing import TYPE_CHECKING, Any, NamedTuple

import geopandas as gpd
import pandas as pd

from geosec.crs import STORAGE_CRS, make_points
from geosec.schema import complete_stage
from geosec.uncertainty.footprints import mixture_radius_m

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import shapely

    from geosec.geocoding.placing.readings import Answer, Reading
    from geosec.uncertainty.footprints import Footprint


class Row(NamedTuple):
    """The columns of the geocode stage for one incident, as `geosec.schema.COLUMNS` lists them."""

    match_status: str
    lon: float = nan  #: of the best point, EPSG:4326
    lat: float = nan
    match_rule: str | None = None
    match_reason: str | None = None
    match_name: str | None = None
    match_id: str | None = None
    match_score: float = nan
    uncertainty_m: float = nan
    footprint: shapely.Geometry | None = None
    match_candidates: str | None = None


def make_row(answer: Answer) -> Row:
    """Make the columns of an answer, its radius in metres."""
    return Row(*list_cells(answer))


def list_cells(answer: Answer) -> tuple[Any, ...]:
    """List the columns of an answer as `Row` has them, its radius in metres."""
    if not answer.readings:
        return tuple(Row(answer.status, match_reason=answer.reason))
    best = answer.readings[0]
    several = len(answer.readings) > 1
    return (
        answer.status,
        best.footprint.lon,
        best.footprint.lat,
        best.rule,
        _join_reasons(answer) if several else best.reason or None,
        best.name,
        best.place_id,
        round(best.score, 3),
        float(round(_measure_radius_m(answer) if several else best.footprint.uncertainty_m)),
        None if several else best.footprint.shape,
        _store_readings(answer.readings) if several else None,
    )


def make_rows(answers: Iterable[Answer]) -> list[Row]:
    """Make the columns of answers, in their order."""
    return [make_row(answer) for answer in answers]


def _measure_radius_m(answer: Answer) -> float:
    return _mix_radii_m(tuple((each.footprint, each.weight) for each in answer.readings))


@lru_cache(maxsize=4096)
def _mix_radii_m(parts: tuple[tuple[Footprint, float], ...]) -> float:
    return mixture_radius_m(list(parts))


def make_table(rows: Sequence[Row | tuple[Any, ...]]) -> gpd.GeoDataFrame:
    """Make the geocode stage, indexed from 0 and in EPSG:4326, of rows or of tuples like them."""
    table = pd.DataFrame(rows, columns=list(Row._fields))
    points = make_points(*(table.pop(name).to_numpy("float64") for name in ("lon", "lat")))
    table["geometry"] = gpd.GeoSeries(points, crs=STORAGE_CRS)
    return complete_stage(table, "geocode")


def _join_reasons(answer: Answer) -> str | None:
    best, *others = answer.readings
    also = ", ".join(f"{each.name} ({each.weight:.0%})" for each in others)
    parts = [best.reason, f"may also be {also}" if also else ""]
    return "; ".join(each for each in parts if each) or None


def _store_readings(readings: tuple[Reading, ...]) -> str:
    records = [
        {
            "weight": round(each.weight, 4),
            "match_name": each.name,
            "match_id": each.place_id,
            "match_rule": each.rule,
            "longitude": round(each.footprint.lon, 6),
            "latitude": round(each.footprint.lat, 6),
            "uncertainty_m": round(each.footprint.uncertainty_m),
            "footprint": each.footprint.shape.wkt if each.footprint.shape is not None else None,
        }
        for each in readings
    ]
    return json.dumps(records, ensure_ascii=False)
