"""A report in a browser: its map lives in its frame, and paper has the drawn one in its place."""

from __future__ import annotations

import pytest

import geosec

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.html"
    located = geosec.geocode(["near Mach", "Kech district", "<img src=x onerror=alert(1)>"])
    return geosec.write_report(located, path, sections=["summary", "map", "precision"])


def test_the_map_draws_and_nobody_is_asked(watched, path):
    watched.goto(path.as_uri())
    frame = watched.frames[1]
    frame.wait_for_selector("html[data-geosec=ready]", state="attached")
    assert frame.evaluate("window.origin") == "null"
    assert watched.locator(".for-paper img").is_hidden()
    assert watched.asked == [watched.url]
    assert watched.complaints == []


def test_paper_has_the_drawn_map_in_place_of_the_other(watched, path):
    watched.goto(path.as_uri())
    watched.emulate_media(media="print")
    assert watched.locator(".for-paper img").is_visible()
    assert watched.locator("iframe").is_hidden()
    wide = watched.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_wider_than_the_window(watched, path, width):
    watched.set_viewport_size({"width": width, "height": 700})
    watched.goto(path.as_uri())
    assert watched.evaluate("document.documentElement.scrollWidth") <= width


def test_it_prints_as_a_pdf_the_same_each_time(path):
    located = geosec.geocode(["near Mach"])
    papers = [
        geosec.write_report(located, path.with_suffix(f".{n}.pdf"), sections=["summary"])
        for n in range(2)
    ]
    first, second = (paper.read_bytes() for paper in papers)
    assert first.startswith(b"%PDF")
    assert first == second
