"""The file of a map, piece by piece: libraries, numbers, the page, and last the texts."""

from __future__ import annotations

import re
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from branca.element import Figure

from geosec.arguments import replace_surrogates
from geosec.errors import SourceError
from geosec.maps.assets import RESET, inline_assets
from geosec.maps.foreign import LOCK, add_foreign_assets, hold_texts, number_elements, tell_handlers
from geosec.maps.payload import Payload, write_numbers, write_texts
from geosec.maps.policy import list_tile_hosts, write_policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    import folium

#: Stands in the page where the numbers go: a million rows never pass through Jinja.
NUMBERS_MARK = "<!--geosec:numbers-->"
_REPLACED = re.compile(r'<meta (?:name="viewport"|http-equiv="content-type")[^>]*>\s*')
_ZOOMABLE = '<meta name="viewport" content="width=device-width, initial-scale=1" />'
_ENDED = re.compile(r"</(script|style)", re.IGNORECASE)
_OPENED = "<!--"  # with "<script" after it, a script runs on to the end of the file


def render_page(map_: folium.Map, *, inline: bool = True, offline: bool = False) -> Iterator[str]:
    """Render a map as the pieces of one HTML file.

    Scripts and styles are put into it where `inline`. An `offline` page is refused where a layer
    asks for pictures.
    """
    hosts = list_tile_hosts(map_)
    if offline and hosts:
        msg = (
            f"the map shows pictures of {', '.join(hosts)}, which a file cannot ask for without a "
            "network. Save it with `offline=False`, or make it without `tiles` and such layers."
        )
        raise SourceError(msg)
    header, body, script, page = _render_parts(map_)
    if inline:
        header = inline_assets(header)
    if "@layer folium" in header:
        page = f"{RESET}{page}"
    head = f"{header}{page}"
    tail = f"<script>\n{script}\n</script>\n"
    policy = write_policy(f"{head}{body}{tail}", hosts)
    told = _tell_page(map_)
    yield (
        f'<!DOCTYPE html>\n<html lang="{told["language"]}" dir="{told["direction"]}">\n<head>\n'
        f'<meta charset="utf-8" />\n{policy}\n<title>{escape(told["title"])}</title>\n'
        f"{head}</head>\n<body>\n"
    )
    payload = getattr(map_, "payload", None)
    before, _, after = body.partition(NUMBERS_MARK)
    yield before
    if isinstance(payload, Payload):
        yield from write_numbers(payload)
    yield f"{after}\n{tail}"
    if isinstance(payload, Payload):
        yield from write_texts(payload)
    yield "</body>\n</html>\n"


def _render_parts(map_: folium.Map) -> tuple[str, str, str, str]:
    """Render the header, the body and the script of a map, and what the page of geosec adds."""
    add_foreign_assets(map_)
    root = _find_figure(map_)
    with LOCK:
        return _render_numbered(root, own=hasattr(map_, "payload"))


def _render_numbered(root: Figure, *, own: bool) -> tuple[str, str, str, str]:
    number_elements(root)
    with hold_texts(root):
        for child in list(root._children.values()):  # noqa: SLF001 - branca offers no other way
            child.render()
        header, body, script = (
            _clean(part.render()) for part in (root.header, root.html, root.script)
        )
    tell_handlers(f"{header}{body}{script}")
    header = _REPLACED.sub("", header)
    script = _ENDED.sub(r"<\\/\1", script)  # in a text of JavaScript it means the same
    script = script.replace(_OPENED, r"<\u0021--")
    return f"{_ZOOMABLE}\n{header}", body, script, _read_own() if own else ""


def _find_figure(map_: folium.Map) -> Figure:
    root = map_.get_root()
    if isinstance(root, Figure):
        return root
    figure = Figure()
    figure.add_child(map_)
    return figure


def _clean(text: str) -> str:
    """Write what a browser makes of a text, so that the hash of a script is that of its file."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return replace_surrogates(text)


def _read_own() -> str:
    """Read the style and the script of the page."""
    web = files("geosec.maps") / "web"
    style, script = (
        (web / name).read_text(encoding="utf-8") for name in ("page.css", "map.bundle.js")
    )
    return f"<style>{style}</style>\n<script>{script}</script>\n"


def _tell_page(map_: Any) -> dict[str, str]:
    plain = {"language": "en", "direction": "ltr", "title": "Map"}
    return plain | getattr(map_, "told", {})
