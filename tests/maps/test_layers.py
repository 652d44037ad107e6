"""A layer as a folium element."""

from __future__ import annotations

import folium
import pytest

from geosec.maps.layers import GeosecLayer


@pytest.mark.parametrize("function", ["drawBasemap", "drawIncidents"])
def test_a_layer_calls_its_function_with_its_data(function):
    page = folium.Map(tiles=None)
    layer = GeosecLayer({"text": "</script>"}, function)
    layer.add_to(page)
    html = page.get_root().render()
    assert layer.get_name().startswith("geosec_layer_")
    assert f'geosec.{function}({page.get_name()}, "{layer.get_name()}_data");' in html
    assert '{"text":"\\u003c/script\\u003e"}' in html


def test_layers_of_one_page_share_their_script_and_style():
    page = folium.Map(tiles=None)
    for function in ("drawBasemap", "drawIncidents"):
        GeosecLayer({}, function).add_to(page)
    html = page.get_root().render()
    assert html.count("window.geosec = ") == 1
    assert html.count("leaflet.markercluster.js") == 1
