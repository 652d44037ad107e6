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
from geosec.maps.foreign import (
    LOCK,
    add_foreign_assets,
    disarm_tags,
    has_frames,
    hold_texts,
    list_descendants,
    number_elements,
    tell_handlers,
)
from geosec.maps.payload import Payload, write_numbers, write_texts
from geosec.maps.policy import list_tile_hosts, refuse_links, write_policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    import folium

#: Stands in the page where the numbers go: a million rows never pass through Jinja.
NUMBERS_MARK = "<!--geosec:numbers-->"
_REPLACED = re.compile(r'<meta (?:name="viewport"|http-equiv="content-type")[^>]*>\s*')
_ZOOMABLE = '<meta name="viewport" content="width=device-width, initial-scale=1" />'
# Not even the name of a host is asked for before a reader follows a link to it.
_ASKS_NOBODY = '<meta http-equiv="x-dns-prefetch-control" content="off" />'
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
    if offline:
        refuse_links(header, body)
    if "@layer folium" in header:
        page = f"{RESET}{page}"
    head = f"{header}{page}"
    tail = f"<script>\n{script}\n</script>\n"
    policy = write_policy(head, body, tail, pictures=hosts, frames=has_frames(map_))
    told = _tell_page(map_)
    yield (
        f'<!DOCTYPE html>\n<html lang="{told["language"]}" dir="{told["direction"]}">\n<head>\n'
        f'<meta charset="utf-8" />\n{policy}\n{_ASKS_NOBODY}\n'
        f"<title>{escape(told['title'])}</title>\n{head}</head>\n<body>\n"
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
    marks = [each for each in list_descendants(root) if getattr(each, "mark", "") == NUMBERS_MARK]
    if len(marks) > 1:
        msg = (
            f"a page holds one map of geosec, and this one has {len(marks)}: save each of them as "
            "a page of its own, or give the incidents of all to one."
        )
        raise SourceError(msg)
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
    script = disarm_tags(script.replace(_OPENED, r"<\u0021--"))
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
