from __future__ import annotations

import json
import re

import folium
import pytest

import geosec
from geosec import SchemaError, SourceError
from geosec.maps.encoding import encode_json
from geosec.maps.incident_data import collect_incidents

HOSTILE = "<img src=x onerror=alert(1)></script><script>alert(1)</script>\u2028`${alert(1)}`&"


@pytest.fixture(scope="module")
def saved(located, tmp_path_factory):
    path = tmp_path_factory.mktemp("map") / "map.html"
    return geosec.save_map(geosec.incident_map(located), path).read_text(encoding="utf-8")


def test_an_offline_page_loads_nothing(saved):
    assert not re.findall(r"<script[^>]+src=|<link[^>]+href=|@import|url\(['\"]?http", saved)
    assert "default-src 'none'" in saved


def test_the_page_is_small_and_says_its_language(saved):
    assert len(saved) < 3_000_000
    assert '<html lang="en">' in saved


def test_the_same_table_gives_the_same_bytes(located, tmp_path):
    for name in ("one.html", "two.html"):
        geosec.save_map(geosec.incident_map(located), tmp_path / name)
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_an_online_page_keeps_the_links(located, tmp_path):
    page = geosec.save_map(geosec.incident_map(located), tmp_path / "map.html", offline=False)
    assert "leaflet@1.9.3/dist/leaflet.js" in page.read_text(encoding="utf-8")


def test_every_placed_incident_is_drawn_once(located):
    data = collect_incidents(located, "")
    assert len(data["incidents"]) == located.geometry.notna().sum()
    assert len(data["missing"]) == located.geometry.isna().sum()


def test_no_more_decimals_than_the_radius_supports(located):
    for incident in collect_incidents(located, "")["incidents"]:
        decimals = len(str(incident["lat"]).partition(".")[2])
        assert 111_320 * 10.0 ** -(decimals - 1) >= incident["radius"] / 10


@pytest.mark.parametrize(
    "text", [HOSTILE, "<!--", "]]>", "\u2029", "</SCRIPT >", "{{7*7}}", "{% raw %}", "{#", "{{{%"]
)
def test_no_text_can_leave_the_json(text):
    written = encode_json({"text": text})
    assert not set("<>&\u2028\u2029") & set(written)
    assert not re.search(r"\{[{%#]", written)
    assert json.loads(written) == {"text": text}


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
