"""A map in the frame of a notebook: the same page, and nothing of the notebook's."""

from __future__ import annotations

import folium
import pytest

import geosec

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def table():
    made = geosec.geocode(["near Mach", "Kech district", "nowhere at all"])
    return made.assign(event_type=["Battles", "Riots", "Riots"])


def open_frame(watched, html, tmp_path):
    path = tmp_path / "notebook.html"
    path.write_text(f"<title>notebook</title><h1>one</h1>{html}", encoding="utf-8")
    watched.goto(path.as_uri())
    frame = watched.frames[1]
    frame.wait_for_selector("html[data-geosec=ready]", state="attached")
    return frame


def test_the_page_lives_in_its_frame(watched, table, tmp_path):
    frame = open_frame(watched, geosec.incident_map(table, height=500)._repr_html_(), tmp_path)
    assert watched.locator("iframe").bounding_box()["height"] == 500
    assert frame.evaluate("window.origin") == "null"
    frame.get_by_label("Riots").first.check()
    frame.wait_for_selector("text=1 of 2 incidents")
    frame.get_by_label("Riots").first.uncheck()
    assert watched.asked == [watched.url]
    assert watched.complaints == []
    watched.screenshot(path=str(tmp_path / "notebook.png"))


def test_layers_of_ones_own_are_there_too(watched, table, tmp_path):
    map_ = geosec.incident_map(table)
    folium.Marker([30, 67], popup="my own", icon=folium.Icon(icon="star", prefix="fa")).add_to(map_)
    frame = open_frame(watched, map_._repr_html_(), tmp_path)
    frame.locator(".awesome-marker-icon-blue").click()
    frame.wait_for_selector("text=my own")
    assert watched.complaints == []


def test_texts_of_popups_and_tooltips_run_nothing(watched, table, tmp_path):
    hostile = (
        "`;window.hit=1;` ${window.hit=2} \\u{zz} {{ hit }} </script><script>window.hit=3</script>"
    )
    map_ = geosec.incident_map(table)
    folium.Marker([30, 67], popup=hostile, tooltip=hostile).add_to(map_)
    frame = open_frame(watched, map_._repr_html_(), tmp_path)
    frame.locator(".leaflet-marker-icon").first.click()
    popup = frame.locator(".leaflet-popup-content")
    popup.wait_for()
    assert "`;window.hit=1;` ${window.hit=2} \\u{zz} {{ hit }}" in popup.inner_text()
    assert frame.evaluate("window.hit") is None
    assert [said for said in watched.complaints if "Content Security Policy" not in said] == []
