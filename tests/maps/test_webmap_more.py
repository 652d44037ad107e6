"""Maps saved: other scripts, double identifiers of layers, tiles, and files left alone."""

from __future__ import annotations

import json
import re

import folium
import pytest

import geosec
from geosec import SchemaError, SourceError
from geosec.maps.assets import inline_assets

LEAFLET = "https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist/leaflet.js"


@pytest.fixture(scope="module")
def phrases():
    return geosec.geocode(["near Mach", "کوئٹہ", "Jaffar Express"])


def save(page, path, **options):
    return geosec.save_map(page, path, **options).read_text(encoding="utf-8")


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


@pytest.mark.parametrize("column", ["uncertainty_m", "footprint", "match_status"])
def test_each_column_a_map_needs_is_asked_for(phrases, column):
    with pytest.raises(SchemaError, match=f"`incident_map` needs the column '{column}'"):
        geosec.incident_map(phrases.drop(columns=column))


def test_scripts_and_styles_become_text_and_a_policy_forbids_more():
    page = (
        f'<html><head></head><script src="{LEAFLET}"></script>'
        f'<link rel="stylesheet" href="{LEAFLET.removesuffix(".js")}.css"/></html>'
    )
    done = inline_assets(page)
    assert "Leaflet 1.9.3" in done
    assert ".leaflet-container" in done
    assert not re.findall(r"<script[^>]+src=|<link", done)
    assert done.startswith('<html><head>\n    <meta http-equiv="Content-Security-Policy"')
    assert done.count("</script>") == 1


def test_a_page_that_loads_nothing_only_gets_the_policy():
    done = inline_assets("<head></head><script>1</script>")
    assert done.startswith("<head>\n    <meta")
    assert done.endswith("</head><script>1</script>")


def test_a_near_address_is_offered():
    page = f'<head></head><script src="{LEAFLET.replace("1.9.3", "1.9.2")}"></script>'
    with pytest.raises(SourceError, match=r"did you mean 'https://cdn\.jsdelivr.*offline=False"):
        inline_assets(page)


def test_a_table_in_metres_makes_the_same_map(tmp_path):
    located = geosec.geocode(["Mach town", "Kech district"])
    tables = {"degrees.html": located, "metres.html": located.to_crs(32642)}
    pages = [save(geosec.incident_map(each), tmp_path / name) for name, each in tables.items()]
    bounds = [re.findall(r'"bounds": ?(\[\[.*?\]\])', page) for page in pages]
    assert len(bounds[0]) == 1
    assert json.loads(bounds[1][0]) == [
        pytest.approx(corner) for corner in json.loads(bounds[0][0])
    ]
