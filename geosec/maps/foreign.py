"""Elements that users add to a map: folium's, and texts of their own.

branca takes the text of every element for a Jinja template, also what a template has just written:
``{{`` out of a news report in a popup would run in Python. While a page of geosec is written, such
texts stand as they are. folium puts popups and tooltips into template literals of JavaScript;
there a ``${`` or a backslash of a text is written so that it stays text.
"""

from __future__ import annotations

import re
import warnings
from contextlib import ExitStack, contextmanager
from threading import RLock
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import folium
from branca import element as branca_element
from branca.element import Element, Figure, Html

from geosec.errors import GeosecWarning

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARTS = ("header", "html", "script")  # where branca keeps elements beside the children
_RUNS = re.compile(r"\{[{%#]")
_LITERAL = re.compile(r"\\(?!`)|\\?`|\$(?=\{)")
_HANDLER = re.compile(r"<\w[^<>]*?\s(on[a-z]+)\s*=", re.IGNORECASE)
LOCK = RLock()  #: held while a page is written


class PlainText:
    """A text in place of a template: it is written as it stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.module = self

    def render(self, **_: Any) -> str:
        """Give the text."""
        return self.text


def list_descendants(element: Element) -> list[Element]:
    """List the elements below an element, those in popups too, in the order of the page."""
    found = []
    for child in _list_children(element):
        found += [child, *list_descendants(child)]
    return found


def _list_children(element: Element) -> list[Element]:
    parts = [] if isinstance(element, Figure) else [vars(element).get(name) for name in _PARTS]
    held = [each for each in parts if isinstance(each, Element)]
    return [*held, *element._children.values()]  # noqa: SLF001 - branca offers no other way


def add_foreign_assets(map_: folium.Map) -> None:
    """Give folium's own popups and icons the scripts they need, if the user added some."""
    if not any(type(each).__module__.startswith("folium") for each in list_descendants(map_)):
        return
    for kind in ("default_js", "default_css"):
        own = getattr(map_, kind)
        setattr(map_, kind, list(dict([*getattr(folium.Map, kind), *own]).items()))


def number_elements(root: Figure) -> None:
    """Give stable identifiers in place of branca's random ones, and forget what they wrote."""
    _forget_written(root)
    elements = [root, *list_descendants(root)]
    old = {id(each): each.get_name() for each in elements}
    for number, each in enumerate(elements):
        each._id = f"{number:032x}"  # noqa: SLF001 - as above
    for each in elements:
        children = each._children  # noqa: SLF001 - as above
        named = [
            (child.get_name() if key == old.get(id(child)) else key, child)
            for key, child in children.items()
        ]
        children.clear()
        children.update(named)


def _forget_written(root: Figure) -> None:
    """Forget what elements wrote into the page when it was rendered before."""
    elements = [root, *list_descendants(root)]
    written, own = {each.get_name() for each in elements}, {id(each) for each in elements}
    for part in (*(getattr(root, name) for name in _PARTS), *elements):
        children = part._children  # noqa: SLF001 - as above
        added = f"{part.get_name()}_add"
        for key in [each for each in children if each == added or each in written]:
            if id(part) not in own or key.endswith("_add"):
                del children[key]


@contextmanager
def hold_texts(root: Figure) -> Iterator[None]:
    """Keep texts from being run in Python or in the page while a page is written.

    What elements add to each other while they are written is taken away again.
    """
    elements = [root, *list_descendants(root)]
    for name in _PARTS:
        part = getattr(root, name)
        elements += [part, *list_descendants(part)]
    with LOCK, ExitStack() as changes:
        changes.enter_context(patch.object(branca_element, "Template", PlainText))
        for each in elements:
            children = each._children  # noqa: SLF001 - as above
            changes.enter_context(patch.dict(children, children.copy(), clear=True))
            text = each._template_str or ""  # noqa: SLF001 - as above
            if type(each) is Element and _RUNS.search(text):
                _tell_braces(text)
                changes.enter_context(patch.object(each, "_template", PlainText(text)))
            if isinstance(each, folium.Popup):
                for child in each.html._children.values():  # noqa: SLF001 - as above
                    if isinstance(child, Html):
                        held = patch.object(child, "data", _write_literal(child.data))
                        changes.enter_context(held)
            if isinstance(each, folium.Tooltip):
                changes.enter_context(patch.object(each, "text", _write_literal(each.text)))
        yield


def _write_literal(text: str) -> str:
    """Write a text so that it means itself in a template literal; folium did so with backticks."""
    return _LITERAL.sub(lambda found: f"\\{found[0][-1]}", str(text))


def _tell_braces(text: str) -> None:
    near = _RUNS.split(text)[0][-30:]
    msg = (
        f"an element of the map has braces after {near!r}: it is written as it "
        "stands, and not run as a template. For one of your own use folium's MacroElement."
    )
    warnings.warn(msg, GeosecWarning, stacklevel=2)


def tell_handlers(html: str) -> None:
    """Tell of handlers in elements, which the policy of the page does not run."""
    names = sorted({found.lower() for found in _HANDLER.findall(html)})
    if names:
        msg = (
            f"elements that were added to the map have {', '.join(names)} in their HTML, which the "
            "page does not run; put what they do into a <script>."
        )
        warnings.warn(msg, GeosecWarning, stacklevel=2)
