"""The incidents of a map, as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geosec.incidents.exports.terms import SOURCE_CREDIT
from geosec.maps.encoding import DRAWN_DEG, encode_shape
from geosec.maps.wording import (
    check_link,
    describe_certainty,
    format_cell,
    format_date,
    list_facts,
    round_to_radius,
)

if TYPE_CHECKING:
    import geopandas as gpd

#: By event type, after Okabe and Ito 2008, *Color Universal Design*: told apart with every common
#: colour vision.
COLOURS = {
    "Explosions/Remote violence": "#d55e00",
    "Battles": "#0072b2",
    "Violence against civilians": "#aa3377",
    "Protests": "#009e73",
    "Riots": "#b58900",
    "Strategic developments": "#56b4e9",
    "Accident": "#000000",  # not of ACLED's, from news reports
    "": "#6b7280",
}
_CREDIT = (
    "Boundaries: Natural Earth, COD-AB (OCHA) CC BY 3.0 IGO · places: GeoNames CC BY 4.0 · "
    "stations: © OpenStreetMap contributors, ODbL · geosec"
)


def collect_incidents(
    located: gpd.GeoDataFrame, title: str, *, is_home: bool = True
) -> dict[str, Any]:
    """Collect what the incident layer draws: markers, outlines, legend, and who has no place.

    Where the table is not of the country whose ground ships, that ground is not credited.
    Degrees of EPSG:4326 are rounded to what each radius supports; radii are in metres.
    """
    has_place = located.geometry.notna()
    placed, unplaced = located[has_place], located[~has_place]
    shapes: dict[str, dict[str, Any]] = {}
    markers = [_make_marker(str(key), row, shapes) for key, row in placed.iterrows()]
    kinds = [marker["type"] for marker in markers]
    types = [name for name in [*COLOURS, *sorted(set(kinds) - set(COLOURS))] if name in kinds]
    bounds = None
    if len(placed):
        west, south, east, north = (float(degrees) for degrees in placed.total_bounds)
        bounds = [[south, west], [north, east]]
    return {
        "title": title,
        "subtitle": _write_subtitle(located, len(placed)),
        "credit": " · ".join(
            filter(None, (_tell_credit(located), _CREDIT if is_home else "geosec"))
        ),
        "colours": COLOURS,
        "types": [[name, name or "type not reported", kinds.count(name)] for name in types],
        "incidents": markers,
        "shapes": shapes,
        "bounds": bounds,
        "missing": [_explain_absence(str(key), row) for key, row in unplaced.iterrows()],
    }


def _tell_credit(located: gpd.GeoDataFrame) -> str:
    """Tell whose incidents they are, where it is known."""
    return format_cell(located.attrs.get(SOURCE_CREDIT))


def _write_subtitle(located: gpd.GeoDataFrame, placed: int) -> str:
    counted = f"{placed} of {len(located)} incidents placed"
    if "date" not in located.columns or not located["date"].notna().any():
        return counted
    first, last = located["date"].min(), located["date"].max()
    return f"{counted} · {first:%B %Y} to {last:%B %Y}"


def _make_marker(
    incident_id: str, row: pd.Series, shapes: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    radius_m = float(row["uncertainty_m"])
    url, host = check_link(row.get("source_url"))
    dead = row.get("fatalities")
    known_dead = 0 if dead is None or pd.isna(dead) else max(0, int(dead))
    return {
        "id": incident_id,
        "lat": round_to_radius(row["geometry"].y, radius_m),
        "lon": round_to_radius(row["geometry"].x, radius_m),
        "radius": round(radius_m),
        "size": 6 + min(6, round(known_dead**0.5)),
        "type": format_cell(row.get("event_type")),
        "heading": f"{format_cell(row.get('match_name')) or incident_id}, {format_date(row)}",
        "summary": format_cell(row.get("summary")),
        "facts": list_facts(row),
        "sure": describe_certainty(row),
        "url": url,
        "host": host,
        "shape": _keep_shape(row.get("footprint"), shapes),
    }


def _keep_shape(footprint: Any, shapes: dict[str, dict[str, Any]]) -> str | None:
    """Keep each outline once, under a key; a district may hold many incidents."""
    if not isinstance(footprint, BaseGeometry):  # missing: None, or NaN out of a row
        return None
    line = "Line" in footprint.geom_type
    geometry = encode_shape(footprint if line else shapely.simplify(footprint, DRAWN_DEG))
    known = next((key for key, own in shapes.items() if own["geometry"] == geometry), None)
    if known is None:
        known = f"s{len(shapes)}"
        shapes[known] = {"geometry": geometry, "line": line}
    return known


def _explain_absence(incident_id: str, row: pd.Series) -> dict[str, str]:
    return {
        "id": incident_id,
        "phrase": format_cell(row.get("location")),
        "reason": format_cell(row.get("match_reason")),
    }
