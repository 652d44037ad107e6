"""A map in a notebook: a frame of its own, or a picture where the page is too large."""

from __future__ import annotations

import html
import re

import numpy as np
import pytest

import geosec
from geosec.maps import notebook
from geosec.maps.notebook import draw_picture


@pytest.fixture(scope="module")
def map_():
    return geosec.incident_map(geosec.geocode(["near Mach", "Kech", "Sibi"]), height="40vh")


def test_the_page_stands_whole_in_a_frame_that_may_little(map_):
    shown = map_._repr_html_()
    assert 'sandbox="allow-scripts allow-downloads allow-popups"' in shown
    assert "height:min(40vh,1200px)" in shown
    page = html.unescape(re.search('srcdoc="([^"]*)"', shown)[1])
    assert page == map_.get_root().render()
    assert not re.findall(r"<script[^>]+src=|<link", page)
    assert map_.get_root()._repr_html_() == shown


def test_where_frames_are_not_let_in_it_says_what_to_do(map_):
    bare = re.sub("<iframe.*</iframe>", "", map_._repr_html_(), flags=re.DOTALL)
    assert "Reported incidents" in bare
    assert "trust this notebook" in bare


def test_a_page_that_is_too_large_is_a_picture_and_the_way_to_save_it(map_, monkeypatch):
    monkeypatch.setattr(notebook, "MOST_BYTES", 1_000)
    shown = map_._repr_html_()
    assert "<iframe" not in shown
    assert "geosec.save_map(map_, &quot;map.html&quot;)" in shown
    assert "3 of 3 incidents placed" in shown
    assert "<svg" in shown
    assert len(shown) < 500_000


def test_the_picture_counts_every_incident():
    chance = np.random.default_rng(0)
    lon, lat = chance.uniform(61, 77, 1000), chance.uniform(24, 37, 1000)
    assert draw_picture(lon, lat, {}).counts.sum() == 1000
    assert draw_picture(lon[:1], lat[:1], {}).counts.sum() == 1
    assert draw_picture(lon[:0], lat[:0], {}).counts.sum() == 0


@pytest.mark.parametrize(
    "height", [0, -1, "tall", "1px;color:red", "50%", True, None, float("nan")]
)
def test_what_is_no_height_is_refused(height):
    with pytest.raises(geosec.ParameterError, match="`height` takes pixels, or a length"):
        geosec.incident_map(geosec.geocode(["Sibi"]), height=height)
