"""Maps drawn and saved: offline, in any script, of any text, the same bytes each time."""

from __future__ import annotations

import base64
import json
import re
import zlib

import folium
import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

import geosec
from geosec import SchemaError, SourceError


@pytest.fixture(scope="module")
def saved(located, tmp_path_factory):
    path = tmp_path_factory.mktemp("map") / "map.html"
    return geosec.save_map(geosec.incident_map(located), path).read_text(encoding="utf-8")


HOSTILE = "<img src=x onerror=alert(1)></script><script>alert(1)</script>\u2028`${alert(1)}`&"


@pytest.fixture(scope="module")
def phrases():
    return geosec.geocode(["near Mach", "کوئٹہ", "Jaffar Express"])


def save(page, path, **options):
    return geosec.save_map(page, path, **options).read_text(encoding="utf-8")


def test_an_offline_page_loads_nothing(saved):
    assert not re.findall(r"<script[^>]+src=|<link[^>]+href=|@import|url\(['\"]?http", saved)
    assert "default-src 'none'" in saved


def test_the_page_is_small_and_says_its_language(saved):
    assert len(saved) < 3_000_000
    assert '<html lang="en" dir="ltr">' in saved


def test_the_same_table_gives_the_same_bytes(located, tmp_path):
    for name in ("one.html", "two.html"):
        geosec.save_map(geosec.incident_map(located), tmp_path / name)
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_an_online_page_keeps_the_links(located, tmp_path):
    page = geosec.save_map(geosec.incident_map(located), tmp_path / "map.html", offline=False)
    assert "leaflet@1.9.3/dist/leaflet.js" in page.read_text(encoding="utf-8")


def test_a_hostile_title_stays_text(located, tmp_path):
    page = geosec.save_map(geosec.incident_map(located, title=HOSTILE), tmp_path / "map.html")
    assert "<img src=x" not in page.read_text(encoding="utf-8")


def test_only_the_geocode_stage_is_needed(tmp_path):
    located = geosec.geocode(["near Mach", "Jaffar Express"])
    assert geosec.save_map(geosec.incident_map(located), tmp_path / "map.html").is_file()


def test_an_empty_table_gives_an_empty_map(located, tmp_path):
    page = geosec.save_map(geosec.incident_map(located.iloc[:0]), tmp_path / "map.html")
    assert "0 of 0 incidents placed" in page.read_text(encoding="utf-8")


def test_folium_layers_of_ones_own_stay_and_work_offline(located, tmp_path):
    page = geosec.incident_map(located)
    folium.Marker([30, 67], popup="mine").add_to(page)
    text = geosec.save_map(page, tmp_path / "map.html").read_text(encoding="utf-8")
    assert "jQuery v3.7.1" in text
    assert not re.findall(r"<script[^>]+src=", text)


def test_an_element_without_offline_copy_is_named(located, tmp_path):
    page = geosec.incident_map(located)
    page.add_js_link("mine", "https://example.org/mine.js")
    with pytest.raises(SourceError, match=r"no offline copy of https://example\.org/mine\.js"):
        geosec.save_map(page, tmp_path / "map.html")
    assert not list(tmp_path.iterdir())


def test_a_missing_folder_is_named(located, tmp_path):
    with pytest.raises(SourceError, match=r"there is no folder .*nowhere to write map\.html"):
        geosec.save_map(geosec.incident_map(located), tmp_path / "nowhere" / "map.html")


def test_a_table_that_is_not_geocoded_is_refused(incidents):
    with pytest.raises(SchemaError, match=r"Run `geosec\.geocode` on it first"):
        geosec.incident_map(incidents)


def test_saving_one_map_twice_gives_the_same_bytes(phrases, tmp_path):
    page = geosec.incident_map(phrases)
    assert save(page, tmp_path / "one.html") == save(page, str(tmp_path / "نقشہ.html"))


def test_two_maps_of_one_session_do_not_mix(phrases, tmp_path):
    first, second = (geosec.incident_map(phrases, title=title) for title in ("Aleph-1", "Beth-2"))
    assert "Beth-2" not in save(first, tmp_path / "first.html")
    assert "Aleph-1" not in save(second, tmp_path / "second.html")


def test_every_identifier_of_a_page_is_its_own(phrases, tmp_path):
    found = re.findall(r'\bid="([^"]+)"', save(geosec.incident_map(phrases), tmp_path / "m.html"))
    assert len(found) == len(set(found)) > 0


def test_the_title_may_be_in_any_script_and_of_any_text(phrases, tmp_path):
    text = save(
        geosec.incident_map(phrases, title="{{ 7 * 7 }} نقشہ </script>"), tmp_path / "m.html"
    )
    assert "\\u007b{ 7 * 7 }} \\u0646" in text


def test_drawing_leaves_the_table_alone(phrases):
    before = phrases.copy()
    geosec.incident_map(phrases)
    assert phrases.equals(before)


def test_tiles_are_laid_under_and_the_country_is_told_of_them(phrases, tmp_path):
    page = geosec.incident_map(phrases, tiles="OpenStreetMap")
    text = save(page, tmp_path / "map.html", offline=False)
    assert "tile.openstreetmap.org" in text
    assert '"tiles":true' in text


def test_without_tiles_no_address_of_tiles_is_there(phrases, tmp_path):
    text = save(geosec.incident_map(phrases), tmp_path / "map.html", offline=False)
    assert "openstreetmap.org/{z}" not in text
    assert '"tiles":false' in text


def test_an_old_map_stays_where_a_new_one_cannot_be_made(phrases, tmp_path):
    path = tmp_path / "map.html"
    path.write_text("old", encoding="utf-8")
    page = geosec.incident_map(phrases)
    page.add_css_link("mine", "https://example.org/mine.css")
    with pytest.raises(SourceError, match=r"no offline copy of https://example\.org/mine\.css"):
        geosec.save_map(page, path)
    assert path.read_text(encoding="utf-8") == "old"


def test_a_plain_map_of_folium_can_be_saved_too(tmp_path):
    page = folium.Map(location=(30, 67), tiles=None)
    folium.Marker([30, 67], tooltip="Mach").add_to(page)
    assert not re.findall(r"<script[^>]+src=", save(page, tmp_path / "map.html"))


@pytest.mark.parametrize("column", ["footprint", "match_status"])
def test_a_map_can_do_without_what_is_assumed_of_plain_points(phrases, column, tmp_path):
    page = save(geosec.incident_map(phrases.drop(columns=column)), tmp_path / "map.html")
    assert "incidents placed" in page


def test_a_table_in_metres_makes_the_same_map(tmp_path):
    located = geosec.geocode(["Mach town", "Kech district"])
    tables = {"degrees.html": located, "metres.html": located.to_crs(32642)}
    pages = [save(geosec.incident_map(each), tmp_path / name) for name, each in tables.items()]
    bounds = [re.findall(r'"bounds": ?(\[\[.*?\]\])', page) for page in pages]
    assert len(bounds[0]) == 1
    assert json.loads(bounds[1][0]) == [
        pytest.approx(corner) for corner in json.loads(bounds[0][0])
    ]


def test_half_a_character_is_drawn_as_one_that_is_unknown(tmp_path):
    table = geosec.geocode(["Sibi"])
    table["summary"] = pd.Series(["a\ud800b"], index=table.index, dtype="object")
    with pytest.warns(geosec.GeosecWarning, match="in 'summary', half a character"):
        map_ = geosec.incident_map(table)
    page = geosec.save_map(map_, tmp_path / "map.html").read_text(encoding="utf-8")
    block = re.search(r'id="gs-first-0">([^<]*)<', page)
    assert "a\ufffdb".encode() in zlib.decompress(base64.b64decode(block[1]), -15)


def test_tiles_that_nobody_knows_are_refused():
    with pytest.raises(geosec.ParameterError, match="there are no `tiles` 'nonsense'"):
        geosec.incident_map(geosec.geocode(["Sibi"]), tiles="nonsense")


@pytest.mark.parametrize(("lon", "lat", "is_home"), [(30.5, 50.4, False), (67.3, 29.9, True)])
def test_the_ground_of_pakistan_is_drawn_and_credited_where_a_place_is_near(lon, lat, is_home):
    place = gpd.GeoDataFrame(geometry=gpd.points_from_xy([lon], [lat]), crs=4326)
    page = geosec.incident_map(place).get_root().render()
    assert ("Balochistan" in page) == is_home
    assert ("COD-AB" in page) == is_home
    assert "1 of 1 incidents placed" in page


def test_points_that_nobody_matched_are_not_told_as_matched():
    mixed = gpd.GeoDataFrame(geometry=[Point(67, 30), None], crs=4326)
    read = mixed.assign(match_status=["matched", "unmatched"], uncertainty_m=5.0)
    pages = [geosec.incident_map(table).get_root().render() for table in (mixed, read)]
    assert ['"name":"match_status"' in page for page in pages] == [False, True]
