"""Scripts and styles put into the page."""

from __future__ import annotations

import re

import pytest

from geosec import SourceError
from geosec.maps.assets import inline_assets

LEAFLET = "https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist/leaflet.js"


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


def test_an_asset_of_which_there_is_no_copy_is_named():
    page = '<head></head><script src="https://example.org/x.js"></script>'
    with pytest.raises(SourceError, match=r"no offline copy of https://example\.org/x\.js: "):
        inline_assets(page)
