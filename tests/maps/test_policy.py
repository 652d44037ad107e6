"""The policy of a page: the scripts that stand in it, and the hosts of its tiles."""

from __future__ import annotations

import base64
import hashlib
import re

import folium
import pytest
from folium.plugins import MiniMap

import geosec
from geosec.maps.policy import hash_scripts, list_tile_hosts, write_policy
from geosec.maps.rendering import render_page


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
    frame = folium.IFrame("<p>mine</p>")
    told = [render(folium.Popup(frame)), render(folium.Popup('<iframe src="data:text/html,x">'))]
    assert ["frame-src data:" in each for each in told] == [True, False]


def render(popup):
    map_ = folium.Map(tiles=None)
    folium.Marker([30, 67], popup=popup).add_to(map_)
    return "".join(render_page(map_))


@pytest.mark.parametrize(
    "text",
    [
        "<link rel=stylesheet href=https://evil.example/x.css>",
        '<script src="https://evil.example/x.js"></script>',
        "<iframe <iframe " * 60_000,
    ],
)
@pytest.mark.filterwarnings("ignore:texts of elements")
def test_no_text_of_a_layer_opens_a_host(tmp_path, text):
    map_ = geosec.incident_map(geosec.geocode(["Sibi"]))
    folium.Marker([30, 67], popup=text, tooltip=text).add_to(map_)
    folium.GeoJson({"type": "Point", "coordinates": [1, 2]}, name=text).add_to(map_)
    page = geosec.save_map(map_, tmp_path / "map.html").read_text(encoding="utf-8")
    assert "evil" not in re.search('Content-Security-Policy" content="([^"]*)"', page)[1]


@pytest.mark.parametrize(
    "html",
    [
        "<script src=https://cdn.example/x.js></script>",
        "<script async src='//cdn.example/x.js'></script>",
        '<link rel="stylesheet" href="https://cdn.example/x.css"/>',
    ],
)
def test_a_file_without_a_network_refuses_what_it_would_ask_for(tmp_path, html):
    map_ = geosec.incident_map(geosec.geocode(["Sibi"]))
    map_.get_root().html.add_child(folium.Element(html))
    with pytest.raises(
        geosec.SourceError, match=r"loads (https:)?//cdn.example/x.*`offline=False`"
    ):
        geosec.save_map(map_, tmp_path / "map.html")


def test_a_text_of_one_part_hides_no_script_of_another():
    assert name_hash("ours") in write_policy("<img alt='<script>'>", "<script>ours</script>")


def test_an_address_ends_no_rule_of_the_policy():
    page = "<script src=https://a.example/x;script-src,*></script>"
    assert "https://a.example/x%3Bscript-src%2C*;" in write_policy(page)


HOSTLESS = [
    *("https://a.example;connect-src *;/{z}", 'https://a.example" x="/{z}', "https:// https: /{z}"),
    *("https://'unsafe-inline'/{z}", "https://*/{z}", "https://a.example, b/{z}", "https:{z}"),
    *("{s}://a.example/{z}", "tiles/{z}", "/\\a.example/{z}", "\x01https://a.example/{z}"),
]


@pytest.mark.parametrize("address", HOSTLESS)
def test_an_address_without_a_plain_host_is_refused(address):
    map_ = folium.Map(tiles=None)
    folium.TileLayer(address, attr="x").add_to(map_)
    with pytest.raises(geosec.SourceError, match="names no host; give an address that begins with"):
        list_tile_hosts(map_)


@pytest.mark.parametrize(
    ("layer", "hosts"),
    [
        (folium.TileLayer("OpenStreetMap"), ["https://tile.openstreetmap.org"]),
        (
            folium.TileLayer("https://{s}.example.org:8080/{z}/{x}/{y}.png", attr="x"),
            [f"https://{part}.example.org:8080" for part in "abc"],
        ),
        (folium.TileLayer("https://\u0430.example/{z}", attr="x"), ["https://xn--80a.example"]),
        (folium.TileLayer(r"https://a.example\@b.example/{z}", attr="x"), ["https://a.example"]),
        (MiniMap(folium.TileLayer("https://a.example/{z}", attr="x")), ["https://a.example"]),
        (folium.TileLayer("//tiles.example/{z}", attr="x"), ["https://tiles.example"]),
        (folium.WmsTileLayer("http://wms.example/ows?", layers="a"), ["http://wms.example"]),
        (folium.raster_layers.ImageOverlay("data:image/png;base64,", [[0, 0], [1, 1]]), []),
        (folium.Marker([1, 1]), []),
    ],
)
def test_hosts_are_those_that_a_layer_asks(layer, hosts):
    map_ = folium.Map(tiles=None)
    (map_ if isinstance(layer, MiniMap) else folium.FeatureGroup().add_to(map_)).add_child(layer)
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
