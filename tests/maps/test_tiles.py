"""Online tiles: a name, or an address and whose they are."""

from __future__ import annotations

import folium
import pytest
import xyzservices

from geosec import ParameterError
from geosec.maps.tiles import open_tiles


@pytest.mark.parametrize("given", ["OpenStreetMap", "openstreetmap", "OpenTopoMap"])
def test_a_name_brings_its_attribution(given):
    assert "OpenStreetMap" in open_tiles(given).options["attribution"]


def test_an_address_needs_to_say_whose_it_is():
    layer = open_tiles(("https://{s}.example.org/{z}/{x}/{y}.png", "© <us> & co"))
    assert layer.options["attribution"] == "© &lt;us&gt; &amp; co"
    with pytest.raises(ParameterError, match=r"say whose they are: tiles=\('https://a\.example"):
        open_tiles("https://a.example/{z}/{x}/{y}.png")


def test_what_is_ready_made_is_taken():
    layer = folium.TileLayer("OpenStreetMap")
    assert open_tiles(layer) is layer
    provider = xyzservices.TileProvider(name="x", url="https://x.example/{z}", attribution="x")
    assert open_tiles(provider).tiles == "https://x.example/{z}"
    assert open_tiles(None) is None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("OpenStretMap", "did you mean 'OpenStreetMap'"),
        ("nonsense", "there are no `tiles` 'nonsense'"),
        ("Jawg.Streets", "need a key"),
        (7, "was given 7"),
        (("ftp://x", "us"), "begins with https://"),
        (("https://x.example/{z}/{x}/{y}", " "), "need to say whose they are"),
    ],
)
def test_what_is_no_tiles_is_answered(given, said):
    with pytest.raises(ParameterError, match=said):
        open_tiles(given)


@pytest.mark.parametrize("address", ["https://x.org/tiles", "https://x.org/{z}/{x}.png"])
def test_an_address_says_where_the_numbers_of_a_tile_go(address):
    with pytest.raises(ParameterError, match=r"and 'https://x.org/.*' has no {[zy]}"):
        open_tiles((address, "© x"))
    assert open_tiles(("https://x.org/{z}/{x}/{-y}.png", "© x")) is not None
