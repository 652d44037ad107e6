"""A report on paper: a page printed by a browser without a window."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from geosec.errors import SourceError

_NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("msedge", "microsoft-edge"),
)
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
_SECONDS = 120
_DATE = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}")
_NO_DATE = b"20000101000000"


def find_browser() -> str:
    """Find a browser that prints: the one of ``GEOSEC_CHROMIUM``, or one that is installed."""
    named = os.environ.get("GEOSEC_CHROMIUM", "")
    found = shutil.which(named) if named else None
    found = found or next(filter(None, map(shutil.which, _NAMES)), None)
    found = found or next((place for place in _PLACES if Path(place).is_file()), None)
    if found is None:
        msg = (
            "a PDF is printed by Chromium, Chrome or Edge, and none was found; name one in "
            "GEOSEC_CHROMIUM, or write the report as .html and print it."
        )
        raise SourceError(msg)
    return found


def print_pdf(page: str) -> bytes:
    """Print a page that needs no network as PDF: the same bytes each time, without a date."""
    browser = find_browser()
    with tempfile.TemporaryDirectory(prefix="geosec-") as folder:
        source, target = Path(folder) / "report.html", Path(folder) / "report.pdf"
        source.write_text(page, encoding="utf-8", newline="\n")
        command = [
            *(browser, "--headless", "--disable-gpu", "--no-sandbox", "--disable-extensions"),
            *("--no-first-run", "--disable-background-networking", "--no-pdf-header-footer"),
            *(f"--user-data-dir={Path(folder) / 'profile'}", f"--print-to-pdf={target}"),
            source.as_uri(),
        ]
        try:
            done = subprocess.run(  # noqa: S603 - a browser, and a file of our own
                command, capture_output=True, timeout=_SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            msg = f"{browser} did not print the report ({error}); write it as .html and print it."
            raise SourceError(msg) from error
        if not target.is_file():
            told = done.stderr.decode("utf-8", "replace").strip()[-300:]
            msg = f"{browser} did not print the report ({told}); write it as .html and print it."
            raise SourceError(msg)
        return _DATE.sub(rb"\g<1>" + _NO_DATE, target.read_bytes())
