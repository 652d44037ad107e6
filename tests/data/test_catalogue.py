"""Layers by name: their files, their cards, and an installation that lacks one."""

from __future__ import annotations

import hashlib
import json
import math

import pytest

import geosec
from geosec.data import catalogue
from geosec.data.catalogue import example_path, layer_accuracy_m, layer_path, list_layers
from geosec.errors import SourceError, UnknownNameError


@pytest.fixture
def folders(tmp_path, monkeypatch):
    """Put the two folders that are searched under tmp_path: a wheel's and a checkout's."""
    installed, checkout = tmp_path / "layers", tmp_path / "repository"
    for folder in (installed, checkout / "boundaries", checkout / "examples" / "data"):
        folder.mkdir(parents=True)
    monkeypatch.setattr(catalogue, "_INSTALLED", installed)
    monkeypatch.setattr(catalogue, "_CHECKOUT", checkout)
    catalogue._read_resources.cache_clear()
    yield installed, checkout
    catalogue._read_resources.cache_clear()


def describe(folder, name="toy"):
    layer = {"name": name, "path": f"{name}.csv", "title": "Toy", "licenses": [{"name": "facts"}]}
    (folder / "datapackage.json").write_text(json.dumps({"resources": [layer]}), encoding="utf-8")


LAYERS = list_layers()


def test_every_listed_layer_is_a_file_of_the_listed_size():
    table = list_layers()
    assert table.index.name == "layer"
    for name, size in table["bytes"].items():
        assert layer_path(name).stat().st_size == size


def test_the_list_says_licence_and_vintage_of_every_layer():
    table = list_layers()
    assert (table[["title", "vintage", "licence"]] != "").all(axis=None)
    assert table.loc["rail_stations", "licence"] == "ODbL-1.0"


@pytest.mark.parametrize("ask", [layer_path, layer_accuracy_m])
def test_an_unknown_layer_is_answered_with_near_misses(ask):
    with pytest.raises(UnknownNameError, match="no layer 'rail_line'; did you mean 'rail_lines'"):
        ask("rail_line")


def test_an_accuracy_that_is_not_stated_is_missing():
    assert math.isnan(layer_accuracy_m("places"))


def test_an_installed_wheel_reads_its_own_folder(folders):
    installed, _ = folders
    describe(installed)
    (installed / "toy.csv").touch()
    assert layer_path("toy") == installed / "toy.csv"


def test_a_checkout_reads_where_the_layers_are_edited(folders):
    _, checkout = folders
    describe(checkout / "boundaries")
    (checkout / "boundaries" / "toy.csv").touch()
    assert layer_path("toy") == checkout / "boundaries" / "toy.csv"


@pytest.mark.parametrize("where", [0, 1])
def test_the_examples_are_found_in_both(folders, where):
    home = (folders[0], folders[1] / "examples" / "data")[where]
    (home / "incidents_pakistan.csv").touch()
    assert example_path() == home / "incidents_pakistan.csv"


def test_a_described_layer_whose_file_is_gone_is_an_incomplete_installation(folders):
    describe(folders[0])
    with pytest.raises(SourceError, match=r"toy\.csv is neither in .*install geosec again"):
        layer_path("toy")


@pytest.mark.usefixtures("folders")
def test_an_installation_without_any_layer_says_so():
    with pytest.raises(SourceError, match=r"datapackage\.json is neither in"):
        list_layers()


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
