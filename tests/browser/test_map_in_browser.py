"""The map as a reader meets it: a file opened in a browser that has no network."""

from __future__ import annotations

import re

import geopandas as gpd
import pytest

import geosec
from geosec.maps.assets import _open_assets

pytestmark = pytest.mark.browser

READY = "window.geosec && geosec.state.ready === true"
ATTACK = (
    "<img src=x onerror=window.hacked=1><svg onload=window.hacked=1></script>"
    "<script>window.hacked=1</script>`${window.hacked=1}`'\"-window.hacked=1-\"'\u2028"
    "{{window.hacked=1}}"
)
CLUSTERED = """() => {
    const counts = [...document.querySelectorAll('.gs-cluster')].map(face => +face.textContent);
    return counts.reduce((all, one) => all + one, 0) + document.querySelectorAll('.gs-dot').length;
}"""
DRAWN = "() => document.querySelectorAll('.leaflet-map-pane path, .leaflet-marker-icon').length"
WHOLE = "() => geosec.state.clusters._map.setView([30, 69], 4, {animate: false})"
OPEN_ALL = """() => geosec.state.markers.map(marker => {
    const map = geosec.state.clusters._map, at = marker.getLatLng();
    map.openTooltip(marker.getTooltip(), at);
    marker.getPopup().setLatLng(at).openOn(map);
    return document.querySelector('.gs-popup').innerText;
})"""
OPEN_ONE = """number => {
    const marker = geosec.state.markers[number], map = geosec.state.clusters._map;
    map.setView(marker.getLatLng(), 11, {animate: false});
    marker.getPopup().setLatLng(marker.getLatLng()).openOn(map);
    return document.querySelector('.gs-popup').innerText;
}"""

OPACITIES = """() => {
    const map = geosec.state.clusters._map, found = [];
    map.eachLayer(layer => { if (layer.geosecOpacity) {
        const one = layer.getLayers ? layer.getLayers()[0] : layer;
        found.push([layer.geosecOpacity, one.options.opacity, !!one.options.fill]);
    }});
    return found;
}"""
HOVER_ALL = "event => geosec.state.markers.forEach(marker => marker.fire(event))"


@pytest.fixture(scope="module")
def page_file(located, tmp_path_factory):
    path = tmp_path_factory.mktemp("map") / "map.html"
    return geosec.save_map(geosec.incident_map(located), path)


@pytest.fixture
def page(watched, page_file):
    watched.goto(page_file.as_uri())
    watched.wait_for_function(READY)
    watched.wait_for_timeout(400)  # the first zoom is drawn in steps
    return watched


def test_it_opens_without_a_request_or_a_complaint(page, page_file, artefacts):
    page.screenshot(path=artefacts / "map.png")
    assert page.asked == [page_file.as_uri()]
    assert page.complaints == []


def test_it_shows_as_many_incidents_as_the_table_places(page, located):
    placed = int(located.geometry.notna().sum())
    assert page.evaluate("() => geosec.state.incidents") == placed
    page.evaluate(WHOLE)
    page.wait_for_timeout(500)
    assert page.evaluate(CLUSTERED) == placed
    assert f"{placed} of {len(located)} incidents placed" in page.inner_text(".gs-box >> nth=0")


def test_a_popup_tells_source_date_and_how_sure(page, located, artefacts):
    row = list(located[located.geometry.notna()].index).index("PK-20251124-01")
    told = page.evaluate(OPEN_ONE, row)
    page.wait_for_timeout(400)
    page.screenshot(path=artefacts / "popup.png")
    for words in (
        "24 November 2025",
        "between Mach and Aab-i-Gum",
        "km 306",
        "95 %",
        "www.dawn.com",
    ):
        assert words in told
    link = page.locator(".gs-popup a")
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert link.get_attribute("href").startswith("https://www.dawn.com/")


@pytest.mark.parametrize(
    "layer", ["Incidents", "Uncertainty", "Railway", "Towns", "Districts", "Provinces"]
)
def test_a_layer_can_be_taken_away_and_put_back(page, layer):
    page.hover(".leaflet-control-layers")
    box = page.locator(".leaflet-control-layers label", has_text=layer).locator("input")
    assert box.is_checked()
    whole = page.evaluate(DRAWN)
    box.uncheck()
    without = page.evaluate(DRAWN)
    assert without < whole
    box.check()
    assert page.evaluate(DRAWN) > without


def test_markers_are_reached_by_the_keyboard(page):
    focusable = page.evaluate(
        "() => [...document.querySelectorAll('.leaflet-marker-pane .leaflet-interactive')]"
        ".filter(each => each.tabIndex === 0).length"
    )
    assert focusable > 10


def test_it_fits_a_telephone(page, artefacts):
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    page.wait_for_function(READY)
    page.wait_for_timeout(300)
    page.screenshot(path=artefacts / "map-phone.png")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


def hostile_table(located) -> gpd.GeoDataFrame:
    """Put an attack in every text of three incidents, one of them not on the map."""
    table = located.iloc[:3].copy()
    for name in table.columns:
        if table[name].dtype in ("str", "object") and name not in {
            "match_status",
            "match_rule",
            "match_candidates",
        }:
            table[name] = ATTACK
    table["source_url"] = ["javascript:window.hacked=1", ATTACK, f"https://host/{ATTACK}"]
    table.loc[table.index[2], "geometry"] = None
    return table.set_axis([f"{number}{ATTACK}" for number in range(3)]).rename_axis("incident_id")


@pytest.mark.parametrize("offline", [True, False])
def test_hostile_text_runs_nothing(watched, located, tmp_path, offline):
    map_ = geosec.incident_map(hostile_table(located), title=ATTACK)
    online = geosec.save_map(map_, tmp_path / "online.html", offline=False)
    file = geosec.save_map(map_, tmp_path / "offline.html") if offline else online
    if not offline:
        watched.context.set_offline(False)
        from_disk(watched)
    watched.goto(file.as_uri())
    watched.wait_for_function(READY)
    watched.evaluate(
        "() => document.querySelectorAll('details').forEach(each => { each.open = true; })"
    )
    told = watched.evaluate(OPEN_ALL)
    watched.hover(".leaflet-control-layers")
    for box in watched.locator(".leaflet-control-layers input").all():
        box.click()
    watched.wait_for_timeout(300)
    assert watched.evaluate("() => window.hacked") is None
    assert len(told) == 2
    assert all("onerror=window.hacked=1" in text for text in told)  # it is there, as text
    assert watched.locator("img[src=x], .gs-popup a, .gs-box img").count() == 0


def from_disk(page):
    """Answer the addresses of folium's assets as the network would."""

    def answer(route):
        text = _open_assets().get(route.request.url)
        kind = "text/css" if route.request.url.endswith(".css") else "text/javascript"
        route.fulfill(body=text, content_type=kind) if text else route.abort()

    page.route(re.compile("^https://"), answer)


def test_an_area_stands_out_under_the_pointer_and_fades_again(page):
    at_rest = page.evaluate(OPACITIES)
    assert {(own, shown) for own, shown, _ in at_rest} == {(0.45, 0.45), (0.3, 0.3)}
    page.evaluate(HOVER_ALL, "mouseover")
    assert {shown for _, shown, _ in page.evaluate(OPACITIES)} == {0.95}
    page.evaluate(HOVER_ALL, "mouseout")
    assert page.evaluate(OPACITIES) == at_rest


def test_an_outline_that_several_share_is_drawn_once_in_each_colour(page, located):
    placed = located[located.geometry.notna()]
    shapes = placed["footprint"].dropna()
    colours = placed.loc[shapes.index, "event_type"]
    pairs = {(shape.wkt, colour) for shape, colour in zip(shapes, colours, strict=True)}
    discs = len(placed) - len(shapes)
    assert len(page.evaluate(OPACITIES)) == len(pairs) + discs


def test_stations_come_by_zoom_until_a_reader_switches_them(page):
    shown = "() => geosec.state.clusters._map.hasLayer(geosec.state.overlays.Stations)"
    zoom = "zoom => geosec.state.clusters._map.setView([29.9, 67.3], zoom, {animate: false})"
    switch = "() => geosec.state.clusters._map.removeLayer(geosec.state.overlays.Stations)"
    page.evaluate(zoom, 6)
    assert not page.evaluate(shown)
    page.evaluate(zoom, 9)
    assert page.evaluate(shown)
    page.evaluate(switch)
    page.evaluate(zoom, 10)
    assert not page.evaluate(shown)


def test_a_table_abroad_opens_without_the_ground_of_pakistan(watched, tmp_path):
    points = gpd.points_from_xy([30.5, 36.2, 24.0], [50.4, 50.0, 49.8])
    abroad = gpd.GeoDataFrame(geometry=points, crs=4326)
    path = geosec.save_map(geosec.incident_map(abroad), tmp_path / "abroad.html")
    watched.goto(path.as_uri())
    watched.wait_for_function(READY)
    assert watched.complaints == []
    assert watched.evaluate(CLUSTERED) == 3
    assert "railway" not in watched.inner_text("body")
