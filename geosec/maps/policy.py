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

from folium.raster_layers import ImageOverlay, TileLayer, WmsTileLayer

from geosec.errors import SourceError
from geosec.maps.foreign import list_descendants

if TYPE_CHECKING:
    from collections.abc import Iterable

    from branca.element import Element

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
_TYPE = re.compile(r"""(?<![\w-])type\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_SRC = re.compile(r"""(?<![\w-])src\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_STYLE = re.compile(r"""<link\b[^>]*\bhref\s*=\s*["']?(https?:[^"'\s>]+)""", re.IGNORECASE)
_RUN_TYPES = {"", "text/javascript", "application/javascript", "module"}
_REMOTE = re.compile(r"(?:https?:)?[/\\]{2}", re.IGNORECASE)
_HOST = re.compile(r"(?:\*\.)?[\w-]+(?:\.[\w-]+)*\.?(?::\d+)?|\[[\da-fA-F:.]+\](?::\d+)?", re.ASCII)


def write_policy(*parts: str, pictures: Iterable[str] = (), frames: bool = False) -> str:
    """Write the policy of a page as a ``meta`` element.

    Each of the `parts` holds its scripts whole: what stands in one cannot hide those of another.
    `pictures` are hosts of tiles; `frames` tells whether there are pages in frames, as folium's
    IFrame is: a data: page obeys the policy of this one.
    """
    scripts = [name for part in parts for name in (*hash_scripts(part), *_list_linked(part))]
    styles = ["'unsafe-inline'", *(name for part in parts for name in _list_styles(part))]
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
    if frames:
        rules["frame-src"] = ["data:"]
    said = "; ".join(" ".join([name, *dict.fromkeys(each)]) for name, each in rules.items())
    return f'<meta http-equiv="Content-Security-Policy" content="{escape(said, quote=False)}" />'


def refuse_links(*parts: str) -> None:
    """Refuse scripts and styles that a page without a network would have to ask for."""
    for part in parts:
        for address in (*_list_linked(part), *_list_styles(part)):
            if _REMOTE.match(address):
                msg = (
                    f"an element of the map loads {address}, which a file cannot without a "
                    "network. Save it with `offline=False`, or leave the element out."
                )
                raise SourceError(msg)


def _list_linked(html: str) -> list[str]:
    """List the addresses of scripts, as a policy names them."""
    linked = [_SRC.search(attributes) for attributes, _ in _SCRIPT.findall(html)]
    return [_name_address(found[1]) for found in linked if found]


def _list_styles(html: str) -> list[str]:
    """List the addresses of styles; a link in the text of a script is none."""
    return [_name_address(each) for each in _STYLE.findall(_SCRIPT.sub("", html))]


def _name_address(address: str) -> str:
    """Write an address so that it ends no rule of a policy."""
    return address.replace(";", "%3B").replace(",", "%2C")


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
        each = getattr(each, "tile_layer", each)  # noqa: PLW2901 - of a MiniMap
        if isinstance(each, TileLayer):
            found += _spread(each.tiles, each.options)
        elif isinstance(each, WmsTileLayer | ImageOverlay):
            found += _spread(str(each.url), {})
    return list(dict.fromkeys(found))


def _spread(address: str, options: dict[str, Any]) -> list[str]:
    """Give the hosts of an address of pictures: one for each of its subdomains; none of data."""
    if address.lower().startswith("data:"):
        return []
    whole = f"https:{address}" if address.startswith("//") else address
    if "{s}" in whole:
        subdomains = options.get("subdomains") or "abc"
        return [_name_host(whole.replace("{s}", each)) for each in subdomains]
    return [_name_host(whole)]


def _name_host(address: str) -> str:
    """Name the scheme and the host of an address; refuse it where a browser might read others."""
    scheme, _, rest = address.partition("://")
    host = re.split(r"[/?#\\]", rest, maxsplit=1)[0].rpartition("@")[2]
    host = re.sub(r"^.*\}", "*", host)
    try:
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        host = ""
    if scheme.lower() not in {"http", "https"} or _HOST.fullmatch(host) is None:
        msg = (
            f"a layer of the map asks for pictures or styles of {address!r}, which names no host; "
            "give an address that begins with https:// and its name."
        )
        raise SourceError(msg)
    return f"{scheme.lower()}://{host}"
