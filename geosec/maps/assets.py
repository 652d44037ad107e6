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
_RESTYLES = "/bootstrap.min.css"
#: Gives the page of geosec the browser's own styles where Bootstrap changed them; ours come after.
RESET = (
    "<style>@layer folium, gs-reset; @layer gs-reset{.gs-page :not(.leaflet-container, "
    ".leaflet-pane *, .leaflet-control-container *, svg *){all: revert}}</style>\n"
)
# An address in a style that is no data: a file beside it, or a font in a form nobody reads.
_ADDRESS = re.compile(r"""url\(\s*(['"]?)(?!data:|#|%23)[^)'"]*\1\s*\)""", re.IGNORECASE)


def inline_assets(html: str) -> str:
    """Replace every script and style that a page loads by its text.

    Raises a `SourceError` that names the asset of which there is no copy at hand.
    """
    done = _SCRIPT.sub(lambda found: f"<script>{_read_script(found[1])}</script>", html)
    return _STYLE.sub(lambda found: f"<style>{_read_style(found[1])}</style>", done)


def _read_style(url: str) -> str:
    """Read a style; pictures and fonts that are not in it are left out, as nothing is asked for.

    Bootstrap, which restyles all of a page, goes into a layer of its own (`RESET`).
    """
    style = _ADDRESS.sub("url(data:,)", _read_asset(url)).replace("</style", "<\\/style")
    return f"@layer folium{{{style}}}" if _RESTYLES in url else style


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
