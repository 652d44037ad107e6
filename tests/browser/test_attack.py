"""What a text or a link may break, beyond what it may run: the page still opens."""

from __future__ import annotations

import warnings

import folium
import map_reader as reader
import pytest
from folium import plugins

import geosec

pytestmark = pytest.mark.browser

SWALLOWS = "<!--<script>"


def feature(text):
    point = {"type": "Point", "coordinates": [66, 28]}
    told = {"name": text, "popup": text, "times": ["2024-01-01"]}
    return {"type": "Feature", "properties": told, "geometry": point}


def test_no_text_of_a_layer_swallows_the_rest_of_the_page(page, located, tmp_path):
    map_ = geosec.incident_map(located.iloc[:3])
    marker = folium.Marker([28, 66], popup=SWALLOWS, tooltip=SWALLOWS).add_to(map_)
    plugins.MarkerCluster([[28, 66]], popups=[SWALLOWS], name=SWALLOWS).add_to(map_)
    folium.GeoJson(feature(SWALLOWS), name=SWALLOWS).add_to(map_)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", geosec.GeosecWarning)
        path = geosec.save_map(map_, tmp_path / "swallowed.html")
    page.open(path)
    tooltip = f"{marker.get_name()}.getTooltip().getContent()"
    assert SWALLOWS in page.evaluate(f"() => {tooltip}.outerHTML ?? {tooltip}")
    reader.settle(page)
    assert page.complaints == []


LINKS = [
    *("at=5/1e308/1e308", "at=1e308/-1e308/0", "at=-9/91/1e9", "days=-1e308/1e308", "days=1/0"),
    *("is.__proto__=x&in.constructor=1/2&incident=__proto__", "is.event_type=__proto__"),
    *("text=%00%ED%A0%80(((", "in.fatalities=1e308/-1e308"),
]


@pytest.mark.parametrize("link", LINKS)
def test_no_link_breaks_the_page(page, located, tmp_path, link):
    path = geosec.save_map(geosec.incident_map(located), tmp_path / "map.html")
    page.load(f"{path.as_uri()}#{link}")
    reader.settle(page)
    assert page.evaluate("() => document.documentElement.dataset.geosec") == "ready"
    assert page.complaints == []
