"""The catalogue asked for what it must not give, and what it promises of each layer."""

from __future__ import annotations

import hashlib
import json
import math

import pytest

import geosec
from geosec.data.catalogue import example_path, layer_accuracy_m, layer_path, list_layers
from geosec.errors import SourceError, UnknownNameError

LAYERS = list_layers()


@pytest.mark.parametrize("name", ["", "ADM2", "adm2.geojson", "../pyproject.toml", "/etc/passwd"])
@pytest.mark.parametrize("ask", [layer_path, layer_accuracy_m])
def test_only_names_of_the_list_are_layers(ask, name):
    with pytest.raises(UnknownNameError, match=f"there is no layer '{name}'; "):
        ask(name)


@pytest.mark.parametrize("name", ["", "none.csv", "نقشہ.csv"])
def test_an_example_that_is_not_there_is_an_incomplete_installation(name):
    with pytest.raises(SourceError, match="install geosec again"):
        example_path(name)


def test_every_layer_is_the_file_that_was_described():
    package = json.loads(layer_path("adm2").with_name("datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        content = layer_path(resource["name"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == resource["hash"].removeprefix("sha256:")


def test_a_layer_with_positions_states_how_exact_they_are():
    for level in ("adm0", "adm1", "adm2"):
        assert 0 < layer_accuracy_m(level) < 50_000
    assert math.isnan(layer_accuracy_m("adm2_lineage"))


def test_a_list_handed_out_is_a_copy():
    mine = list_layers()
    mine["title"] = "changed"
    assert (list_layers()["title"] != "changed").all()


def test_names_are_unique_and_sizes_are_whole_numbers():
    assert LAYERS.index.is_unique
    assert (LAYERS["bytes"] > 0).all()
    assert LAYERS["bytes"].dtype.kind == "i"


def test_the_example_is_the_table_that_the_readme_speaks_of():
    assert example_path() == geosec.example_path("incidents_pakistan.csv")
    lines = example_path().read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("incident_id,date,")
    assert len({line.partition(",")[0] for line in lines[1:] if line.startswith("PK-")}) == 72
