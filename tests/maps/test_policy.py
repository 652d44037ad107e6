"""The policy of a page: the scripts that stand in it, and the hosts of its tiles."""

from __future__ import annotations

import base64
import hashlib
import re

import folium
import pytest

import geosec
from geosec.maps.policy import hash_scripts, list_tile_hosts, write_policy


def name_hash(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_every_script_that_runs_is_named_by_its_hash_and_no_other():
    page = "<script>a()</script><script type='text/plain'>b</script><SCRIPT type=module>ق</SCRIPT >"
    assert hash_scripts(page) == [name_hash("a()"), name_hash("ق")]
    policy = write_policy(page)
    assert "script-src 'sha256-" in policy
    assert "'unsafe-inline'" not in re.search("script-src([^;]*);", policy)[1]


def test_a_page_without_scripts_and_links_asks_for_nothing():
    policy = write_policy("<p>text</p>")
    assert (
        "default-src 'none'; script-src 'none'; style-src 'unsafe-inline'; img-src data:" in policy
    )
    assert "http" not in policy.replace("http-equiv", "")


def test_linked_scripts_and_styles_open_exactly_their_addresses():
    policy = write_policy(
        '<script src="https://a.example/x.js"></script><link rel="stylesheet" href="https://b.example/y.css"/>'
    )
    assert "script-src https://a.example/x.js;" in policy
    assert "style-src 'unsafe-inline' https://b.example/y.css;" in policy
    assert "font-src data: https://b.example;" in policy


def test_a_frame_of_data_is_let_in_where_there_is_one():
    assert "frame-src" not in write_policy("<p>")
    assert "frame-src data:" in write_policy('<iframe src="data:text/html;base64,eA=="></iframe>')


@pytest.mark.parametrize(
    ("layer", "hosts"),
    [
        (folium.TileLayer("OpenStreetMap"), ["https://tile.openstreetmap.org"]),
        (
            folium.TileLayer("https://{s}.example.org:8080/{z}/{x}/{y}.png", attr="x"),
            [f"https://{part}.example.org:8080" for part in "abc"],
        ),
        (folium.TileLayer("//tiles.example/{z}", attr="x"), ["https://tiles.example"]),
        (folium.WmsTileLayer("http://wms.example/ows?", layers="a"), ["http://wms.example"]),
        (folium.raster_layers.ImageOverlay("data:image/png;base64,", [[0, 0], [1, 1]]), []),
        (folium.Marker([1, 1]), []),
    ],
)
def test_hosts_are_those_that_a_layer_asks(layer, hosts):
    map_ = folium.Map(tiles=None)
    layer.add_to(folium.FeatureGroup().add_to(map_))
    assert list_tile_hosts(map_) == hosts


def test_the_file_of_a_map_names_all_of_its_scripts(tmp_path):
    map_ = geosec.incident_map(geosec.geocode(["Sibi"]))
    folium.Marker([30, 67], popup="mine\r\nand yours").add_to(map_)
    page = geosec.save_map(map_, tmp_path / "map.html").read_text(encoding="utf-8")
    named = re.search('Content-Security-Policy" content="([^"]*)"', page)[1]
    assert hash_scripts(page)
    assert all(each in named for each in hash_scripts(page))
    assert "http" not in named


def test_tiles_open_their_host_and_need_a_network(tmp_path):
    map_ = geosec.incident_map(geosec.geocode(["Sibi"]), tiles="OpenStreetMap")
    with pytest.raises(geosec.SourceError, match=r"tile\.openstreetmap\.org, .* `offline=False`"):
        geosec.save_map(map_, tmp_path / "map.html")
    path = geosec.save_map(map_, tmp_path / "map.html", offline=False)
    page = path.read_text(encoding="utf-8")
    assert "https://tile.openstreetmap.org;" in page
    assert "background pictures are asked of tile.openstreetmap.org" in page
