"""Scripts and styles put into the page."""

from __future__ import annotations

import re

import pytest

from geosec import SourceError
from geosec.maps.assets import inline_assets

LEAFLET = "https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist/leaflet.js"


def test_scripts_and_styles_become_text():
    page = (
        f'<html><head></head><script src="{LEAFLET}"></script>'
        f'<link rel="stylesheet" href="{LEAFLET.removesuffix(".js")}.css"/></html>'
    )
    done = inline_assets(page)
    assert "Leaflet 1.9.3" in done
    assert ".leaflet-container" in done
    assert not re.findall(r"<script[^>]+src=|<link", done)
    assert done.count("</script>") == 1


def test_a_page_that_loads_nothing_stays_as_it_is():
    page = "<head></head><script>1</script>"
    assert inline_assets(page) == page


def test_a_style_asks_for_no_file_and_keeps_its_fonts():
    awesome = "https://cdn.jsdelivr.net/npm/@fortawesome/fontawesome-free@6.2.0/css/all.min.css"
    style = inline_assets(f'<link rel="stylesheet" href="{awesome}"/>')
    assert "url(data:font" in style.replace('"', "")
    assert "webfonts/" not in style
    assert not re.findall(r"url\((?!['\"]?(?:data:|#))", style)


def test_a_near_address_is_offered():
    page = f'<head></head><script src="{LEAFLET.replace("1.9.3", "1.9.2")}"></script>'
    with pytest.raises(SourceError, match=r"did you mean 'https://cdn\.jsdelivr.*offline=False"):
        inline_assets(page)


def test_an_asset_of_which_there_is_no_copy_is_named():
    page = '<head></head><script src="https://example.org/x.js"></script>'
    with pytest.raises(SourceError, match=r"no offline copy of https://example\.org/x\.js: "):
        inline_assets(page)
