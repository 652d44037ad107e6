"""Scripts and styles put into the page itself, so that a map opens without a network."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from geosec.errors import SourceError, near_misses

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
    """Replace every script and style that a page loads by its text.

    Parameters
    ----------
    html : str
        A page that folium rendered. No unit or CRS is involved.

    Returns
    -------
    str
        The page with nothing left to load, and a policy that forbids it.

    Raises
    ------
    SourceError
        If there is no copy of an asset at hand; the message names it.

    Examples
    --------
    >>> page = '<head></head><script src="https://example.org/x.js"></script>'
    >>> inline_assets(page)
    Traceback (most recent call last):
    ...
    geosec.errors.SourceError: there is no offline copy of https://example.org/x.js: ...
    """
    done = _SCRIPT.sub(lambda found: f"<script>{_script(found[1])}</script>", html)
    done = _STYLE.sub(lambda found: f"<style>{_asset(found[1])}</style>", done)
    return done.replace("<head>", f"<head>\n    {_POLICY}", 1)


def _script(url: str) -> str:
    return _asset(url).replace("</script", "<\\/script")


def _asset(url: str) -> str:
    assets = _assets()
    if url not in assets:
        msg = (
            f"there is no offline copy of {url}: {near_misses(url, assets, limit=1)} "
            "Save with `offline=False`, or leave out the folium element that loads it."
        )
        raise SourceError(msg)
    return assets[url]


@cache
def _assets() -> Mapping[str, str]:
    """Open the files of folium's addresses; on first use, as that takes half a second."""
    assets: Mapping[str, str] = import_module("offlinefolium.elements")._res  # noqa: SLF001
    return assets
