"""Whatever is given to a public verb, no exception but geosec's own leaves it."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import Point

import geosec

LOCATED = geosec.assign_boundaries(geosec.geocode(["near Mach", "Kech district", "Mirpur"]))
POINTS = gpd.GeoSeries.from_xy([67.3], [29.8], crs=4326)
BAD = (
    *(None, 12, -5, 2.5, float("nan"), float("inf"), True, "x", "\ud800a", b"Sibi", pd.NA),
    *((), [], ["a"], {}, {"a": 1}, pd.Series(["a"]), np.array([1, 2]), pd.DataFrame(), object()),
)
BASICS: dict[str, dict[str, Any]] = {
    "geocode": {"incidents": ["Sibi"], "admin1": None, "admin2": None, "admin3": None},
    "candidates": {"located": LOCATED},
    "explain": {"phrase": "Sibi", "gazetteer": None},
    "parse_report": {"text": "A blast near Mach.", "published": "2025-03-12", "gazetteer": None},
    "read_incidents": {"source": geosec.example_path(), "columns": None, "kind": None,
                       "encoding": "utf-8", "sheet": None, "sql": None},
    "assign_boundaries": {
        "located": LOCATED, "levels": ("adm1",), "draws": 9, "seed": 0, "layer_accuracy": True
    },
    "locate_on_rail": {
        "located": LOCATED, "max_offset_m": 9, "draws": 9, "seed": 0, "network": None,
        "layer_accuracy": True,
    },
    "nearest": {
        "located": LOCATED, "targets": POINTS, "k": 1, "max_distance_m": 9, "draws": 9, "seed": 0
    },
    "within": {"located": LOCATED, "targets": POINTS, "distance_m": 9, "draws": 9, "seed": 0},
    "sample": {"located": LOCATED, "draws": 9, "seed": 0},
    "write_table": {"table": LOCATED, "path": "table.csv"},
    "incident_map": {"located": LOCATED, "title": "t", "tiles": None},
    "save_map": {"map_": None, "path": "map.html", "offline": True},
    "static_map": {
        "located": LOCATED, "path": "map.png", "size_in": (5, 5), "dpi": 50, "footprints": None
    },
    "thumbnail": {"located": LOCATED, "size_px": (99, 99), "palette": None},
    "km_interval": {"line_id": "ML-3", "km": 268, "network": None},
    "interpolate": {"line_id": "ML-3", "km": 268, "network": None},
    "stretch": {"line_id": "ML-3", "km_from": 200, "km_to": 210, "network": None},
    "stretch_between": {"from_station": "Mach", "to_station": "Nari", "network": None},
    "locate": {"points": POINTS, "line_id": None, "network": None},
    "locate_all": {"points": POINTS, "max_offset_m": 9, "network": None},
    "rail_distance": {"from_points": POINTS, "to_points": POINTS, "network": None},
    "load_boundaries": {"level": "adm2", "on": None},
    "load_borders": {"level": "adm2"},
    "load_route": {"name": "Jaffar Express"},
    "load_chainage_breaks": {"network": None},
    "layer_path": {"name": "adm2"},
    "metric_crs": {"layer": LOCATED},
}  # fmt: skip
CASES = [(verb, name) for verb, given in BASICS.items() for name in given]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("verb", "name"), CASES)
@pytest.mark.filterwarnings("ignore::geosec.GeosecWarning")
@pytest.mark.usefixtures("folder")
def test_no_other_exception_leaves_a_verb(verb, name):
    function = getattr(geosec, verb)
    only_named = inspect.Parameter.KEYWORD_ONLY
    kinds = {each.name: each.kind for each in inspect.signature(function).parameters.values()}
    for bad in BAD:
        given = {**BASICS[verb], name: bad}
        named = {key: each for key, each in given.items() if kinds.get(key) in {None, only_named}}
        first = [value for key, value in given.items() if key not in named]
        try:
            function(*first, **named)
        except geosec.GeosecError as error:
            assert str(error)  # noqa: PT017 - that it may pass as well is the point


COLUMNS = {
    "uncertainty_m": ["5 km", float("nan"), float("inf"), -5.0],
    "footprint": ["POINT (67 29)", 12, Point(67, 29)],
    "match_candidates": ["no JSON", "[]", "12", '[{"weight": 1}]', 12, ["a"]],
}
ASKED = {
    "assign_boundaries": {},
    "locate_on_rail": {},
    "nearest": {"targets": POINTS},
    "within": {"targets": POINTS, "distance_m": 9},
    "sample": {},
    "candidates": {},
    "incident_map": {},
}


@pytest.mark.parametrize("verb", ASKED)
@pytest.mark.parametrize(
    ("column", "value"), [(name, value) for name, values in COLUMNS.items() for value in values]
)
def test_a_cell_of_the_wrong_kind_is_named(verb, column, value):
    cells = pd.Series([value, *LOCATED[column].iloc[1:]], index=LOCATED.index, dtype="object")
    table = LOCATED.assign(**{column: cells})
    if verb == "incident_map" and value != value:  # noqa: PLR0124 - NaN is not itself
        geosec.incident_map(table)  # which draws places of unknown radius
        return
    with pytest.raises(geosec.SchemaError, match=f"`{column}` "):
        getattr(geosec, verb)(table, **ASKED[verb])


@pytest.mark.parametrize("verb", ASKED)
@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA])
def test_a_missing_footprint_is_none_however_it_is_written(verb, missing):
    cells = pd.Series([missing] * len(LOCATED), index=LOCATED.index, dtype="object")
    table = LOCATED.assign(footprint=cells, match_candidates=None)
    answers = [
        getattr(geosec, verb)(each, **ASKED[verb])
        for each in (table, table.assign(footprint=gpd.GeoSeries([None] * len(table), crs=4326)))
    ]
    assert type(answers[0]) is type(answers[1])


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("date", "no day", "`date` holds days"),
        ("fatalities", "many", "`fatalities` holds numbers"),
        ("adm2_prob", "sure", "`adm2_prob` holds numbers"),
    ],
)
def test_a_map_names_the_cell_that_it_cannot_draw(column, value, told):
    with pytest.raises(geosec.SchemaError, match=f"{told} .* and '{value}' in row"):
        geosec.incident_map(LOCATED.assign(**{column: value}))


def test_days_and_numbers_as_text_are_drawn():
    table = LOCATED.assign(date="2025-03-11", fatalities="3", adm2_prob="0.5")
    head = geosec.incident_map(table).payload.head
    kinds = {column["name"]: column["kind"] for column in head["columns"]}
    assert (kinds["fatalities"], kinds["adm2_prob"]) == ("number", "number")
    day = next(plane for plane in head["planes"] if plane["name"] == "day")
    assert day["offset"] == (pd.Timestamp("2025-03-11") - pd.Timestamp("1970-01-01")).days


def test_a_column_of_mixed_values_is_refused_by_parquet(folder):
    table = LOCATED.assign(summary=pd.Series([1, "a", None], LOCATED.index, dtype="object"))
    with pytest.raises(geosec.SchemaError, match="column summary"):
        geosec.write_table(table, folder / "table.parquet")


def test_the_paths_are_made_in_a_folder_of_the_test(folder):
    assert geosec.write_table(LOCATED, "table.csv") == Path("table.csv")
    assert (folder / "table.csv").exists()


def make_live():
    live = geosec.LiveIndex()
    live.insert("a", 67.3, 29.8)
    return live


METHODS = {
    "insert": (make_live, {"identifier": "b", "lon": 67.3, "lat": 29.8}),
    "update": (make_live, {"identifier": "a", "lon": 67.4, "lat": 29.8}),
    "delete": (make_live, {"identifier": "a"}),
    "nearest": (make_live, {"lon": 67.3, "lat": 29.8, "k": 1}),
    "within": (make_live, {"lon": 67.3, "lat": 29.8, "distance_m": 9}),
    "on": (geosec.load_rail_network, {"line_ids": ["ML-3"]}),
    "posts_of": (geosec.load_rail_network, {"line_id": "ML-3"}),
    "station_id": (geosec.load_rail_network, {"name": "Mach"}),
    "measure_km": (lambda: geosec.Route.named("Jaffar Express"), {"place": "Mach"}),
    "from_table": (lambda: geosec.Gazetteer, {"table": None, "home": "PK"}),
    "from_geonames": (lambda: geosec.Gazetteer, {"path": "PK.txt", "alternate_names": None}),
}


@pytest.mark.parametrize(
    ("method", "name"), [(method, name) for method, (_, own) in METHODS.items() for name in own]
)
@pytest.mark.usefixtures("folder")
def test_no_other_exception_leaves_a_method(method, name):
    make, basics = METHODS[method]
    for bad in BAD:
        try:
            getattr(make(), method)(**{**basics, name: bad})
        except geosec.GeosecError as error:
            assert str(error)  # noqa: PT017 - that it may pass as well is the point
