"""The incidents of a map, as plain values."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geosec.maps.encoding import DRAWN_DEG, _rounded
from geosec.maps.wording import facts, how_sure, safe_link, shown_degrees, text_of, when

if TYPE_CHECKING:
    import geopandas as gpd

# Okabe and Ito 2008, *Color Universal Design*: told apart with every common colour vision.
COLOURS = {
    "Explosions/Remote violence": "#d55e00",
    "Battles": "#0072b2",
    "Violence against civilians": "#aa3377",
    "Protests": "#009e73",
    "Riots": "#b58900",
    "Strategic developments": "#56b4e9",
    "": "#6b7280",
}
_CREDIT = (
    "Natural Earth · districts: public domain · places: GeoNames CC BY 4.0 · "
    "stations: © OpenStreetMap contributors, ODbL · geosec"
)


def incident_data(located: gpd.GeoDataFrame, title: str) -> dict[str, Any]:
    """Collect what the incident layer draws.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Geocoded incidents, EPSG:4326.
    title : str
        Heading of the map.

    Returns
    -------
    dict
        Plain values; degrees rounded to what each uncertainty supports, radii in metres.

    Examples
    --------
    >>> import geosec
    >>> data = incident_data(geosec.geocode(["Mach town", "Bolan Mail"]), "Two phrases")
    >>> len(data["incidents"]), data["missing"][0]["reason"]
    (1, "names a train ('Bolan Mail') and no place")
    """
    placed = located[located.geometry.notna()]
    shapes: dict[str, dict[str, Any]] = {}
    incidents = [_incident(str(incident_id), row, shapes) for incident_id, row in placed.iterrows()]
    kinds = [incident["type"] for incident in incidents]
    types = [name for name in [*COLOURS, *sorted(set(kinds) - set(COLOURS))] if name in kinds]
    bounds = None
    if len(placed):
        west, south, east, north = (float(each) for each in placed.total_bounds)
        bounds = [[south, west], [north, east]]
    return {
        "title": title,
        "subtitle": _subtitle(located, len(placed)),
        "credit": _CREDIT,
        "colours": COLOURS,
        "types": [[name, name or "type not reported", kinds.count(name)] for name in types],
        "incidents": incidents,
        "shapes": shapes,
        "bounds": bounds,
        "missing": [_missing(str(key), row) for key, row in located.drop(placed.index).iterrows()],
    }


def _subtitle(located: gpd.GeoDataFrame, placed: int) -> str:
    told = f"{placed} of {len(located)} incidents placed"
    if "date" not in located.columns or not located["date"].notna().any():
        return told
    first, last = located["date"].min(), located["date"].max()
    return f"{told} · {first:%B %Y} to {last:%B %Y}"


def _incident(
    incident_id: str, row: pd.Series, shapes: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    radius_m = float(row["uncertainty_m"])
    url, host = safe_link(row.get("source_url"))
    kind = text_of(row.get("event_type"))
    dead = row.get("fatalities")
    known_dead = 0 if dead is None or pd.isna(dead) else int(dead)
    return {
        "id": incident_id,
        "lat": shown_degrees(row["geometry"].y, radius_m),
        "lon": shown_degrees(row["geometry"].x, radius_m),
        "radius": round(radius_m),
        "size": 6 + min(6, round(known_dead**0.5)),
        "type": kind,
        "heading": f"{text_of(row.get('match_name')) or incident_id}, {when(row)}",
        "summary": text_of(row.get("summary")),
        "facts": facts(row),
        "sure": how_sure(row),
        "url": url,
        "host": host,
        "shape": _shape(row.get("footprint"), shapes),
    }


def _shape(footprint: Any, shapes: dict[str, dict[str, Any]]) -> str | None:
    """Keep each outline once, under a key; a district may hold many incidents."""
    if not isinstance(footprint, BaseGeometry):  # missing: None, or NaN out of a row
        return None
    line = "Line" in footprint.geom_type
    drawn = footprint if line else shapely.simplify(footprint, DRAWN_DEG)
    geometry = _rounded(json.loads(shapely.to_geojson(drawn)), 4)
    known = next((key for key, own in shapes.items() if own["geometry"] == geometry), None)
    if known is None:
        known = f"s{len(shapes)}"
        shapes[known] = {"geometry": geometry, "line": line}
    return known


def _missing(incident_id: str, row: pd.Series) -> dict[str, str]:
    return {
        "id": incident_id,
        "phrase": text_of(row.get("location")),
        "reason": text_of(row.get("match_reason")),
    }
