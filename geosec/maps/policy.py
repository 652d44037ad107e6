"""The Content-Security-Policy of a page: it runs the scripts that stand in it, and asks nobody.

Each script is named by its hash, so that no other runs, whatever a text of a report became. Where
a map has online tiles, exactly their hosts may be asked for pictures.
"""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from folium.raster_layers import ImageOverlay, TileLayer, WmsTileLayer

from geosec.maps.foreign import list_descendants

if TYPE_CHECKING:
    from collections.abc import Iterable

    from branca.element import Element

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
_TYPE = re.compile(r"""\btype\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_SRC = re.compile(r"""\bsrc\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_STYLE = re.compile(r"""<link\b[^>]*\bhref\s*=\s*["']?(https?:[^"'\s>]+)""", re.IGNORECASE)
_RUN_TYPES = {"", "text/javascript", "application/javascript", "module"}
_FRAME = re.compile(r"""<iframe\b[^>]*\bsrc\s*=\s*["']data:""", re.IGNORECASE)


def write_policy(html: str, pictures: Iterable[str] = ()) -> str:
    """Write the policy of a page as a ``meta`` element; `pictures` are hosts of tiles."""
    linked = [_SRC.search(attributes) for attributes, _ in _SCRIPT.findall(html)]
    scripts = [*hash_scripts(html), *(found[1] for found in linked if found)]
    styles = ["'unsafe-inline'", *_STYLE.findall(html)]
    hosts = dict.fromkeys(_name_host(address) for address in styles[1:])
    rules = {
        "default-src": ["'none'"],
        "script-src": scripts or ["'none'"],
        "style-src": styles,
        "img-src": ["data:", *hosts, *pictures],
        "font-src": ["data:", *hosts],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    if _FRAME.search(html):  # folium's IFrame; a data: page obeys the policy of this one
        rules["frame-src"] = ["data:"]
    said = "; ".join(" ".join([name, *dict.fromkeys(each)]) for name, each in rules.items())
    return f'<meta http-equiv="Content-Security-Policy" content="{escape(said, quote=False)}" />'


def hash_scripts(html: str) -> list[str]:
    """Give the hash of each script of a page that runs, as a policy names it."""
    found = []
    for attributes, text in _SCRIPT.findall(html):
        kind = _TYPE.search(attributes)
        if _SRC.search(attributes) is None and (kind[1].lower() if kind else "") in _RUN_TYPES:
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
            found.append(f"'sha256-{digest}'")
    return list(dict.fromkeys(found))


def list_tile_hosts(root: Element) -> list[str]:
    """List the hosts that the layers of a map ask for pictures: ``https://tile.example.org``."""
    found: list[str] = []
    for each in list_descendants(root):
        if isinstance(each, TileLayer):
            found += _spread(each.tiles, each.options)
        elif isinstance(each, WmsTileLayer | ImageOverlay):
            found += _spread(str(each.url), {})
    return list(dict.fromkeys(found))


def _spread(address: str, options: dict[str, Any]) -> list[str]:
    """Give the hosts of an address of tiles: one for each of its subdomains."""
    address = f"https:{address}" if address.startswith("//") else address
    if urlsplit(address).scheme not in {"http", "https"}:
        return []
    if "{s}" in address.split("/")[2]:
        return [_name_host(address.replace("{s}", each)) for each in options.get("subdomains", "")]
    return [_name_host(address)]


def _name_host(address: str) -> str:
    parts = urlsplit(address)
    host = re.sub(r"^.*\}", "*", parts.netloc.rpartition("@")[2])
    return f"{parts.scheme}://{host}"
