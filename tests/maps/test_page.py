"""A map as folium's: saved, rendered and shown by whichever of its doors."""

from __future__ import annotations

import io
import re

import folium
import pytest

import geosec


@pytest.fixture(scope="module")
def map_():
    return geosec.incident_map(
        geosec.geocode(["near Mach", "Kech", "nowhere"]), title="<b>Ours</b> & theirs"
    )


def test_every_door_gives_the_same_page(map_, tmp_path):
    saved = geosec.save_map(map_, tmp_path / "one.html").read_bytes()
    map_.save(tmp_path / "two.html")
    held = io.BytesIO()
    map_.save(held, close_file=False)
    assert saved == (tmp_path / "two.html").read_bytes() == held.getvalue()
    assert saved == map_.get_root().render().encode()
    held = io.BytesIO()
    map_.get_root().save(held, close_file=False)
    assert saved == held.getvalue()


def test_libraries_come_first_then_numbers_the_app_and_the_texts(map_):
    page = map_.get_root().render()
    marks = ["Leaflet 1.9", 'id="gs-options"', 'id="gs-numbers"', "geosec.open(", 'id="gs-rest-0"']
    places = [page.index(mark) for mark in marks]
    assert places == sorted(places)
    assert page.index('id="gs-unplaced-0"') > places[-1]


def test_the_page_has_a_title_a_language_and_may_be_zoomed(map_):
    page = map_.get_root().render()
    assert "<title>&lt;b&gt;Ours&lt;/b&gt; &amp; theirs</title>" in page
    assert page.startswith('<!DOCTYPE html>\n<html lang="en" dir="ltr">')
    assert re.findall(r'<meta name="viewport"[^>]*>', page) == [
        '<meta name="viewport" content="width=device-width, initial-scale=1" />'
    ]


def test_a_page_in_urdu_runs_from_right_to_left():
    table = geosec.geocode(["Sibi"]).assign(date="2024-03-01")
    page = geosec.incident_map(table, language="ur").get_root().render()
    assert '<html lang="ur" dir="rtl">' in page
    assert "<title>رپورٹ شدہ واقعات</title>" in page


def test_saving_elsewhere_than_in_a_file_is_refused(map_):
    with pytest.raises(geosec.ParameterError, match="`offline` is True or False"):
        map_.save("map.html", offline="no")


@pytest.mark.parametrize("figure", [folium.Figure, folium.Map])
def test_a_page_of_others_is_refused_before_it_shows_no_incidents(figure):
    mine = geosec.incident_map(geosec.geocode(["Sibi"]))
    root = figure().add_child(mine).get_root()
    for show in (root.render, root._repr_html_):
        with pytest.raises(geosec.SourceError, match="show or save the map itself; `height`"):
            show()
    assert 'id="gs-numbers"' in mine._repr_html_().replace("&quot;", '"')


def test_two_maps_of_one_page_are_refused(tmp_path):
    one, other = (geosec.incident_map(geosec.geocode([name])) for name in ("Sibi", "Mach"))
    folium.Figure().add_child(one).add_child(other)
    with pytest.raises(geosec.SourceError, match="one map of geosec, and this one has 2"):
        geosec.save_map(one, tmp_path / "map.html")
    assert not (tmp_path / "map.html").exists()


def test_no_host_is_looked_up_before_a_reader_goes_there(map_):
    assert '<meta http-equiv="x-dns-prefetch-control" content="off" />' in map_.get_root().render()


@pytest.mark.parametrize("name", ["map.png", "map.PDF"])
def test_a_page_is_no_picture(map_, tmp_path, name):
    for save in (lambda path: geosec.save_map(map_, path), map_.save):
        with pytest.raises(geosec.SourceError, match=r"one HTML file; `geosec\.static_map`"):
            save(tmp_path / name)
