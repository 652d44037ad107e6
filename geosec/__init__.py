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

if TYPE_CHECKING:
    from geosec.analysis.clusters import find_clusters
    from geosec.analysis.comparisons import compare_rates
    from geosec.analysis.corridors import corridor_rates
    from geosec.analysis.duplicates import find_duplicates
    from geosec.analysis.emerging_hot_spots import classify_emerging_hot_spots
    from geosec.analysis.hot_spots import find_hot_spots
    from geosec.analysis.near_repeats import find_near_repeats
    from geosec.analysis.network_density import estimate_network_density
    from geosec.analysis.proximity import nearest, within
    from geosec.analysis.summaries import summarise
    from geosec.analysis.target_counts import count_near
    from geosec.analysis.trends import count_trends
    from geosec.assignment.verbs import assign_boundaries, locate_on_rail
    from geosec.crs import metric_crs
    from geosec.data.catalogue import example_path, layer_path, list_layers
    from geosec.disclosure.audit import audit_release
    from geosec.disclosure.treatment import release
    from geosec.errors import (
        CRSError,
        GeosecError,
        GeosecWarning,
        ParameterError,
        SchemaError,
        SourceError,
        UnknownNameError,
    )
    from geosec.exports import write_table
    from geosec.geocoding.geocoder import candidates, explain, geocode
    from geosec.geodesy.live import LiveIndex
    from geosec.incidents.counts.read import read_counts
    from geosec.incidents.exports.descriptions import describe_columns
    from geosec.incidents.read import read_incidents
    from geosec.located import with_uncertainty
    from geosec.maps.figures import static_map, thumbnail
    from geosec.maps.webmap import incident_map, save_map
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
    from geosec.report.writing import write_report
    from geosec.storage.describing import describe_file
    from geosec.uncertainty.sampling import sample

__version__ = "0.1.0"

# pandas, GeoPandas and what is built on them take most of a second to import: the shell that only
# helps or completes, and a script that reads its options first, need not wait for them.
_HOMES = {
    "geosec.analysis.clusters": "find_clusters",
    "geosec.analysis.comparisons": "compare_rates",
    "geosec.analysis.corridors": "corridor_rates",
    "geosec.analysis.emerging_hot_spots": "classify_emerging_hot_spots",
    "geosec.analysis.hot_spots": "find_hot_spots",
    "geosec.analysis.near_repeats": "find_near_repeats",
    "geosec.analysis.network_density": "estimate_network_density",
    "geosec.analysis.duplicates": "find_duplicates",
    "geosec.analysis.proximity": "nearest within",
    "geosec.analysis.target_counts": "count_near",
    "geosec.analysis.summaries": "summarise",
    "geosec.analysis.trends": "count_trends",
    "geosec.assignment.verbs": "assign_boundaries locate_on_rail",
    "geosec.crs": "metric_crs",
    "geosec.data.catalogue": "example_path layer_path list_layers",
    "geosec.disclosure.audit": "audit_release",
    "geosec.disclosure.treatment": "release",
    "geosec.errors": (
        "CRSError GeosecError GeosecWarning ParameterError SchemaError SourceError UnknownNameError"
    ),
    "geosec.exports": "write_table",
    "geosec.geocoding.geocoder": "candidates explain geocode",
    "geosec.geodesy.live": "LiveIndex",
    "geosec.incidents.counts.read": "read_counts",
    "geosec.incidents.exports.descriptions": "describe_columns",
    "geosec.incidents.read": "read_incidents",
    "geosec.located": "with_uncertainty",
    "geosec.maps.figures": "static_map thumbnail",
    "geosec.maps.webmap": "incident_map save_map",
    "geosec.news.explanations": "explain_report",
    "geosec.news.reports": "Report parse_report",
    "geosec.railway.approaches": "locate_all",
    "geosec.railway.breaks": "load_chainage_breaks",
    "geosec.railway.linear_referencing": "interpolate locate stretch",
    "geosec.railway.network": "RailNetwork load_rail_lines load_rail_network load_rail_stations",
    "geosec.railway.paths": "rail_distance stretch_between",
    "geosec.railway.quoted_posts": "km_interval",
    "geosec.railway.route": "Route",
    "geosec.railway.stops": "load_route",
    "geosec.reference.borders": "load_borders",
    "geosec.reference.boundaries": "load_boundaries load_district_lineage",
    "geosec.reference.gazetteer": "Gazetteer load_gazetteer",
    "geosec.report.writing": "write_report",
    "geosec.storage.describing": "describe_file",
    "geosec.uncertainty.sampling": "sample",
}
_ON_FIRST_USE = {name: home for home, names in _HOMES.items() for name in names.split()}

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
    "audit_release",
    "candidates",
    "classify_emerging_hot_spots",
    "compare_rates",
    "corridor_rates",
    "count_near",
    "count_trends",
    "describe_columns",
    "describe_file",
    "estimate_network_density",
    "example_path",
    "explain",
    "explain_report",
    "find_clusters",
    "find_duplicates",
    "find_hot_spots",
    "find_near_repeats",
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
    "read_counts",
    "read_incidents",
    "release",
    "sample",
    "save_map",
    "static_map",
    "stretch",
    "stretch_between",
    "summarise",
    "thumbnail",
    "with_uncertainty",
    "within",
    "write_report",
    "write_table",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    if name in _ON_FIRST_USE:
        found = globals()[name] = getattr(import_module(_ON_FIRST_USE[name]), name)
        return found
    msg = f"module 'geosec' has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return sorted(__all__)
