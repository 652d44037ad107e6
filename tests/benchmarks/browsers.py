"""Chromium and Firefox without a network, driven alike: for tests and for benchmarks of maps.

Chromium is driven by Playwright, Firefox by the npm package puppeteer-core, which is installed by
``npm ci`` in ``tests/browser``. Paths are those of ``GEOSEC_CHROMIUM`` and ``GEOSEC_FIREFOX``, or
found.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from types import TracebackType

TOOLS = Path(__file__).parents[1] / "browser"
AXE = TOOLS / "node_modules" / "axe-core" / "axe.min.js"
NAMES = ("chromium", "firefox")
READY = "() => document.documentElement.dataset.geosec === 'ready'"
_SWITCHES = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
_WAIT_S = 120.0


def find_browser(name: str) -> str | None:
    """Give the path of a browser, or None."""
    known = {"chromium": ["chromium"], "firefox": ["firefox-esr", "firefox"]}[name]
    return os.environ.get(f"GEOSEC_{name.upper()}") or next(
        filter(None, map(shutil.which, known)), None
    )


def why_not(name: str) -> str:
    """Say why a browser cannot be driven here; nothing where it can."""
    if find_browser(name) is None:
        return f"there is no {name}: install it, or set GEOSEC_{name.upper()} to its path"
    if name == "firefox":
        return "" if shutil.which("node") and has_tools() else NO_TOOLS
    return ""


def has_tools() -> bool:
    """Tell whether the tools from npm are installed."""
    return AXE.exists() and (TOOLS / "node_modules" / "puppeteer-core").exists()


NO_TOOLS = "puppeteer-core and axe-core are not installed: run `npm ci` in tests/browser"


class Browser:
    """A browser that is open; `open_page` gives a new page of it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._path = str(find_browser(name))
        self._page: Page | None = None

    def __enter__(self) -> Self:
        if self.name == "firefox":
            words = ["node", str(TOOLS / "firefox.mjs"), self._path]
            self._node = subprocess.Popen(words, stdin=-1, stdout=-1, text=True, cwd=TOOLS)
            self.pid = self._node.pid
        else:
            self._driver = sync_playwright().start()
            launch = self._driver.chromium.launch
            self._chromium = launch(executable_path=self._path, args=_SWITCHES)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.name == "firefox":
            with self._node as node:  # closes its pipes, and waits
                assert node.stdin is not None
                node.stdin.close()
        else:
            self._chromium.close()
            self._driver.stop()

    def open_page(self, width: int = 1280, height: int = 800) -> Page:
        """Open a page; the one before it is closed."""
        if self._page is not None:
            self._page.close()
        if self.name == "firefox":
            self._page = FirefoxPage(self._node, width, height)
        else:
            self._page = ChromiumPage(self._chromium, width, height)
        return self._page


class Page:
    """A page, with what it asked of a network and what it complained of."""

    def close(self) -> None:
        """Close the page."""

    def open(self, path: Path, fragment: str = "") -> Page:
        """Open a map, and wait until it can be used."""
        if fragment:  # another fragment alone would be a change within the page that is open
            self.load("about:blank")
        self.load(f"{path.absolute().as_uri()}{fragment}")
        return self.wait(READY)

    def wait(self, code: str, given: Any = None, seconds: float = _WAIT_S) -> Page:
        """Wait until a function in JavaScript gives something that is true."""
        end = time.monotonic() + seconds
        while not self.evaluate(code, given):
            if time.monotonic() > end:
                msg = f"this did not become true: {code} of {given!r}"
                raise TimeoutError(msg)
            time.sleep(0.05)
        return self

    def load(self, address: str) -> None:
        """Go to an address."""
        raise NotImplementedError

    def evaluate(self, code: str, given: Any = None) -> Any:
        """Call a function in JavaScript with what is given, and take its answer."""
        raise NotImplementedError


class ChromiumPage(Page):
    """A page of Chromium."""

    def __init__(self, chromium: Any, width: int, height: int) -> None:
        size = {"width": width, "height": height}
        self._context = chromium.new_context(viewport=size, offline=True)
        self.page = page = self._context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("requestfailed", lambda request: self.complaints.append(f"failed {request.url}"))
        page.on("console", lambda told: self.complaints.append(told.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.press, self.type = page.keyboard.press, page.keyboard.type
        self.hold, self.release = page.keyboard.down, page.keyboard.up
        self.click, self.move = page.mouse.click, page.mouse.move
        self.down, self.up = page.mouse.down, page.mouse.up

    def close(self) -> None:
        self._context.close()

    def load(self, address: str) -> None:
        self.page.goto(address, timeout=_WAIT_S * 1000)

    def evaluate(self, code: str, given: Any = None) -> Any:
        return self.page.evaluate(code, given)

    def resize(self, width: int, height: int) -> None:
        self.page.set_viewport_size({"width": width, "height": height})

    def screenshot(self, path: Path) -> None:
        self.page.screenshot(path=path)


class FirefoxPage(Page):
    """A page of Firefox, behind ``tests/browser/firefox.mjs``."""

    def __init__(self, node: subprocess.Popen[str], width: int, height: int) -> None:
        self._node = node
        self._order("new", width=width, height=height)

    def _order(self, order: str, **given: Any) -> Any:
        assert self._node.stdin is not None
        assert self._node.stdout is not None
        self._node.stdin.write(json.dumps({"order": order, **given}) + "\n")
        self._node.stdin.flush()
        told = json.loads(self._node.stdout.readline())
        if "error" in told:
            raise RuntimeError(told["error"])
        return told["answer"]

    @property
    def asked(self) -> list[str]:
        return self._order("kept")["asked"]

    @property
    def complaints(self) -> list[str]:
        return self._order("kept")["complaints"]

    def load(self, address: str) -> None:
        self._order("open", address=address)

    def evaluate(self, code: str, given: Any = None) -> Any:
        return self._order("evaluate", code=code, given=given)

    def press(self, key: str) -> None:
        if "+" in key and len(key) > 1:
            held, _, key = key.partition("+")
            self._order("hold", key=held)
            self._order("press", key=key)
            self._order("release", key=held)
        else:
            self._order("press", key=key)

    def type(self, text: str) -> None:
        self._order("type", text=text)

    def click(self, x: float, y: float) -> None:
        self._order("click", x=x, y=y)

    def move(self, x: float, y: float) -> None:
        self._order("move", x=x, y=y)

    def down(self) -> None:
        self._order("down")

    def up(self) -> None:
        self._order("up")

    def resize(self, width: int, height: int) -> None:
        self._order("resize", width=width, height=height)

    def screenshot(self, path: Path) -> None:
        self._order("screenshot", path=str(path.absolute()))
