"""Real browsers without a network: what asks for `page` is done in each."""

from __future__ import annotations

import os
from pathlib import Path

import browsers
import pytest


@pytest.fixture(scope="session")
def chromium():
    missing = browsers.why_not("chromium")
    assert not missing, missing
    with browsers.Browser("chromium") as opened:
        yield opened


@pytest.fixture(scope="session")
def firefox():
    """Open Firefox; it is there wherever CI runs (GEOSEC_BROWSERS=required)."""
    missing = browsers.why_not("firefox")
    if missing and not os.environ.get("GEOSEC_BROWSERS"):
        pytest.skip(missing)
    assert not missing, missing
    with browsers.Browser("firefox") as opened:
        yield opened


@pytest.fixture(params=browsers.NAMES)
def browser(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def page(browser):
    """Open a page with the network cut; what it asks for and complains of is kept."""
    return browser.open_page()


@pytest.fixture
def watched(chromium):
    """Open a page of Playwright's; it too keeps what it asks for and complains of."""
    opened = chromium.open_page(1400, 900)
    page = opened.page
    page.asked, page.complaints = opened.asked, opened.complaints
    return page


@pytest.fixture(scope="session")
def axe() -> str:
    """Give the text of axe-core, which looks for what bars readers."""
    if not browsers.has_tools() and not os.environ.get("GEOSEC_BROWSERS"):
        pytest.skip(browsers.NO_TOOLS)
    return browsers.AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def artefacts() -> Path:
    folder = Path(os.environ.get("GEOSEC_ARTEFACTS", "build-ci"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
