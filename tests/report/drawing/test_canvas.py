"""SVG that can stand in a page: texts as texts, no styles, names of its own."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import matplotlib as mpl
import pytest

from geosec.report.drawing.bars import draw_bars
from geosec.report.drawing.canvas import Drawing, draw, style_text

read = ET.fromstring
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def drawn():
    def make():
        drawing = Drawing(120)
        box = drawing.add_box(60, 10, 500, 80)
        box.plot([0, 1], [0, 1], clip_on=True)
        drawing.write(0, 110, "<b>& $x$ ہے", **style_text(weight="bold"))
        return drawing

    return draw(make, "one", "A line", "It rises <steeply>.")


def test_texts_are_texts_and_looks_are_attributes(drawn):
    root = read(drawn)
    texts = [each.text for each in root.iter(f"{SVG}text")]
    assert "\u2068<b>& $x$ ہے\u2069" in texts
    assert "style" not in drawn
    assert "font-family" not in drawn
    assert "1970" not in drawn
    assert "matplotlib" not in drawn


def test_it_says_what_it_shows(drawn):
    root = read(drawn)
    assert [each.text for each in list(root)[:2]] == ["A line", "It rises <steeply>."]
    assert root.get("aria-labelledby") == "one-title one-told"


def test_its_parts_have_names_of_its_own_and_colours_stay(drawn):
    root = read(drawn)
    names = [each.get("id") for each in root.iter() if each.get("id")]
    assert all(name.startswith("one-") for name in names)
    links = [each.get("href") for each in root.iter() if each.get("href")]
    assert links
    assert {link[1:] for link in links} <= set(names)
    assert 'stroke="#59606e"' in drawn


def test_a_caller_s_style_changes_nothing():
    bars = draw_bars(["a"], [1], name="bars", title="Bars")
    with mpl.rc_context({"svg.fonttype": "path", "axes.facecolor": "red", "font.size": 30}):
        assert draw_bars(["a"], [1], name="bars", title="Bars") == bars


def test_bars_tell_their_numbers():
    drawn = draw_bars(["near", "far"], [1, 1_200], name="bars", title="Bars")
    texts = [each.text for each in read(drawn).iter(f"{SVG}text")]
    assert texts == ["near", "1", "far", "1,200"]
    assert "near: 1; far: 1,200" in drawn


def test_nothing_at_all_is_drawn_too():
    assert draw_bars([], [], name="none", title="None").startswith("<svg")
