"""Incident reports into places, with how sure we are.

The path is one way: ``read_incidents``, ``geocode``, ``assign_boundaries`` and
``locate_on_rail`` make one growing table; ``nearest`` and ``within`` ask questions of it;
``incident_map`` and ``write_table`` show and store it.

>>> import geosec
>>> located = geosec.geocode(["near Mach"], admin1="Balochistan")
>>> located["match_name"].item()
'Mach'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from geosec.analysis.proximity import nearest, within
from geosec.assignment.verbs import assign_boundaries, locate_on_rail
from geosec.crs import metric_crs
from geosec.data.catalogue import example_path, layer_path, list_layers
from geosec.errors import (
    CRSError,
    GeosecError,
    GeosecWarning,
    ParameterError,
    SchemaError,
    SourceError,
    UnknownNameError,
)
from geosec.geocoding.geocoder import candidates, explain, geocode
from geosec.geodesy.live import LiveIndex
from geosec.incidents.read import read_incidents
from geosec.located import with_uncertainty
from geosec.news.explanations import explain_report
from geosec.news.reports import Report, parse_report
from geosec.railway.approaches import locate_all
from geosec.railway.breaks import load_chainage_breaks
from geosec.railway.linear_referencing import interpolate, locate, stretch
from geosec.railway.network import (
    RailNetwork,
    load_rail_lines,
    load_rail_network,
    load_rail_stations,
)
from geosec.railway.paths import rail_distance, stretch_between
from geosec.railway.quoted_posts import km_interval
from geosec.railway.route import Route
from geosec.railway.stops import load_route
from geosec.reference.borders import load_borders
from geosec.reference.boundaries import load_boundaries, load_district_lineage
from geosec.reference.gazetteer import Gazetteer, load_gazetteer
from geosec.storage.writing import write_table
from geosec.uncertainty.sampling import sample

if TYPE_CHECKING:
    from geosec.maps.webmap import incident_map, save_map

__version__ = "0.1.0"

# folium takes a fifth of a second to import, and who draws no map need not wait for it.
_ON_FIRST_USE = {"incident_map": "geosec.maps.webmap", "save_map": "geosec.maps.webmap"}

__all__ = [
    "CRSError",
    "Gazetteer",
    "GeosecError",
    "GeosecWarning",
    "LiveIndex",
    "ParameterError",
    "RailNetwork",
    "Report",
    "Route",
    "SchemaError",
    "SourceError",
    "UnknownNameError",
    "assign_boundaries",
    "candidates",
    "example_path",
    "explain",
    "explain_report",
    "geocode",
    "incident_map",
    "interpolate",
    "km_interval",
    "layer_path",
    "list_layers",
    "load_borders",
    "load_boundaries",
    "load_chainage_breaks",
    "load_district_lineage",
    "load_gazetteer",
    "load_rail_lines",
    "load_rail_network",
    "load_rail_stations",
    "load_route",
    "locate",
    "locate_all",
    "locate_on_rail",
    "metric_crs",
    "nearest",
    "parse_report",
    "rail_distance",
    "read_incidents",
    "sample",
    "save_map",
    "stretch",
    "stretch_between",
    "with_uncertainty",
    "within",
    "write_table",
]


def __getattr__(name: str) -> Any:
    if name in _ON_FIRST_USE:
        return getattr(import_module(_ON_FIRST_USE[name]), name)
    msg = f"module 'geosec' has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return sorted(__all__)
