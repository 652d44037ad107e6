"""Real browsers without a network: the tests of this folder are done in each."""

from __future__ import annotations

import os
from pathlib import Path

import browsers
import pytest


@pytest.fixture(scope="session", params=browsers.NAMES)
def browser(request):
    """Chromium, then Firefox; there are both wherever CI runs (GEOSEC_BROWSERS=required)."""
    missing = browsers.why_not(request.param)
    if missing and request.param == "firefox" and not os.environ.get("GEOSEC_BROWSERS"):
        pytest.skip(missing)
    assert not missing
    with browsers.Browser(request.param) as opened:
        yield opened


@pytest.fixture
def page(browser):
    """Open a page with the network cut; what it asks for and complains of is kept."""
    return browser.open_page()


@pytest.fixture(scope="session")
def artefacts() -> Path:
    folder = Path(os.environ.get("GEOSEC_ARTEFACTS", "build-ci"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
