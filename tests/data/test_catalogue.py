"""Finding the layers: in a checkout, in an installed wheel, and not at all."""

from __future__ import annotations

import json
import math

import pytest

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
