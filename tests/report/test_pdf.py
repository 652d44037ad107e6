"""A report on paper: found browsers, the same bytes each time, and what is said without one."""

from __future__ import annotations

import sys

import pytest

import geosec
from geosec import SourceError
from geosec.report import pdf


@pytest.fixture
def _no_browser(monkeypatch):
    monkeypatch.setattr(pdf, "_NAMES", ())
    monkeypatch.setattr(pdf, "_PLACES", ())
    monkeypatch.delenv("GEOSEC_CHROMIUM", raising=False)


@pytest.mark.usefixtures("_no_browser")
def test_without_a_browser_it_is_said_what_to_do(tmp_path):
    with pytest.raises(SourceError, match=r"write the report as \.html and print it"):
        geosec.write_report(geosec.geocode(["near Mach"]), tmp_path / "report.pdf", sections=[])
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("_no_browser")
def test_the_browser_that_is_named_is_taken(monkeypatch):
    monkeypatch.setenv("GEOSEC_CHROMIUM", sys.executable)
    assert pdf.find_browser() == sys.executable


@pytest.mark.usefixtures("_no_browser")
def test_a_browser_that_prints_nothing_is_told_of(monkeypatch):
    monkeypatch.setenv("GEOSEC_CHROMIUM", sys.executable)
    with pytest.raises(SourceError, match="did not print the report"):
        pdf.print_pdf("<p>nothing</p>")
