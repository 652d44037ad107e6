"""What users may import: these names, each with its documentation, and none in the dark."""

from __future__ import annotations

import importlib
import inspect

import pytest

import geosec

NAMES = (
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
)
FUNCTIONS = [name for name in NAMES if inspect.isfunction(getattr(geosec, name))]


def test_the_public_names_are_these():
    """A name that goes needs a warning for one minor version and a line in the CHANGELOG."""
    assert sorted(geosec.__all__) == list(NAMES)
    assert dir(geosec) == list(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_there_and_documented(name):
    assert inspect.getdoc(getattr(geosec, name))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_users_call_says_what_goes_in_and_comes_out_and_shows_it(name):
    text = inspect.getdoc(getattr(geosec, name))
    takes = inspect.signature(getattr(geosec, name)).parameters
    assert all(part in text for part in ("Returns\n-------", "Examples\n--------"))
    assert all(parameter in text.partition("Returns\n---")[0] for parameter in takes)


def test_a_name_that_is_not_there_is_told_as_python_does():
    with pytest.raises(AttributeError, match="module 'geosec' has no attribute 'geocod'"):
        geosec.geocod  # noqa: B018 - asking is the test


def test_a_star_brings_the_names():
    brought: dict[str, object] = {}
    exec("from geosec import *", brought)  # noqa: S102 - as a notebook does
    assert set(NAMES) <= set(brought)


@pytest.mark.parametrize("name", ["geosec.cli.commands", "geosec.maps.webmap"])
def test_documented_modules_stay(name):
    assert importlib.import_module(name)
