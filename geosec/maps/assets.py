"""Scripts and styles put into the page itself, so that a map opens without a network."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING

from geosec.errors import SourceError, near_misses
from geosec.shared import build_once

if TYPE_CHECKING:
    from collections.abc import Mapping

_SCRIPT = re.compile(r'<script src="(https?://[^"]+)"></script>')
_STYLE = re.compile(r'<link rel="stylesheet" href="(https?://[^"]+)"\s*/>')
# A second wall: the page may run what stands in it and ask the network for nothing.
_POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'\" />"
)


def inline_assets(html: str) -> str:
    """Replace every script and style that a page loads by its text, and forbid it to load more.

    Raises a `SourceError` that names the asset of which there is no copy at hand.
    """
    done = _SCRIPT.sub(lambda found: f"<script>{_read_script(found[1])}</script>", html)
    done = _STYLE.sub(lambda found: f"<style>{_read_asset(found[1])}</style>", done)
    return done.replace("<head>", f"<head>\n    {_POLICY}", 1)


def _read_script(url: str) -> str:
    return _read_asset(url).replace("</script", "<\\/script")


def _read_asset(url: str) -> str:
    assets = _open_assets()
    if url not in assets:
        msg = (
            f"there is no offline copy of {url}: {near_misses(url, assets, limit=1)} "
            "Save with `offline=False`, or leave out the folium element that loads it."
        )
        raise SourceError(msg)
    return assets[url]


@build_once
def _open_assets() -> Mapping[str, str]:
    """Open the files of folium's addresses; on first use, as that takes half a second."""
    assets: Mapping[str, str] = import_module("offlinefolium.elements")._res  # noqa: SLF001
    return assets
