"""Elements that users add to a map: folium's, and texts of their own.

branca takes the text of every element for a Jinja template, also what a template has just written:
``{{`` out of a news report in a popup would run in Python. While a page of geosec is written, such
texts stand as they are. folium puts popups and tooltips into template literals of JavaScript;
there a ``${`` or a backslash of a text is written so that it stays text.
"""

from __future__ import annotations

import json
import re
import warnings
from contextlib import ExitStack, contextmanager
from threading import RLock
from typing import TYPE_CHECKING, Any, Self
from unittest.mock import patch

import folium
from branca import element as branca_element
from branca.element import Element, Figure, IFrame
from folium.plugins import Search

from geosec.errors import GeosecWarning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PARTS = ("header", "html", "script")  # where branca keeps elements beside the children
_RUNS = re.compile(r"\{[{%#]")
_LITERAL = re.compile(r"\\(?!`)|\\?`|\$(?=\{)")
_NAME = re.compile(r"[A-Za-z_$][\w$]*", re.ASCII)
# Elements that a policy lets go away or look up a host, as they stand in texts of JavaScript.
_TAG = re.compile(r"(?:<|(?<!\\)((?:\\\\)*)\\u003c)(?=(meta|link)\b)", re.IGNORECASE)
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


class Written(str):
    """A text that is written into a page otherwise than Python reads it."""

    __slots__ = ("written",)
    written: str

    def __new__(cls, text: str, written: str) -> Self:
        """Take the text, and what is written in its place."""
        made = super().__new__(cls, text)
        made.written = written
        return made

    def __str__(self) -> str:
        """Give what is written."""
        return self.written


class PropertyPath(Written):
    """The way to a property of a feature, which folium cuts at its dots to follow it."""

    __slots__ = ()
    _BEFORE = "feature.properties."

    def split(self, *_: Any) -> list[str]:
        """Give the steps of the way; a dot in the name of the property parts nothing."""
        return [*self._BEFORE.split(".")[:-1], self.removeprefix(self._BEFORE)]


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
            for name, held in _hold_literals(each).items():
                changes.enter_context(patch.object(each, name, held))
            if isinstance(each, folium.Popup):
                for child in each.html._children.values():  # noqa: SLF001 - as above
                    render = _render_literal(child.render)
                    changes.enter_context(patch.object(child, "render", render))
        yield


def _hold_literals(element: Element) -> dict[str, str]:
    """Give texts that folium puts into JavaScript as they are, so that they stay texts there."""
    if isinstance(element, folium.Tooltip):
        style = getattr(element, "style", None)
        held = {} if not style else {"style": _LITERAL.sub(_write_reference, style)}
        return {"text": _write_literal(element.text), **held}
    if isinstance(element, folium.ClickForMarker) and element.popup.startswith("`"):
        return {"popup": f"`{_write_literal(element.popup[1:-1])}`"}
    if isinstance(element, Search):
        named = {
            name: getattr(element, name) for name in ("search_label", "placeholder", "position")
        }
        return {name: _write_quoted(text) for name, text in named.items() if text}
    path = getattr(element, "feature_identifier", "")
    before, _, name = path.partition("properties.")
    if isinstance(element, folium.GeoJson) and before and name and not _NAME.fullmatch(name):
        return {"feature_identifier": PropertyPath(path, f"feature.properties[{json.dumps(name)}]")}
    return {}


def _write_quoted(text: str) -> Written:
    """Write a text so that it stays one between apostrophes in JavaScript."""
    return Written(text, json.dumps(text)[1:-1].replace("'", "\\'"))


def _write_reference(found: re.Match[str]) -> str:
    return f"&#{ord(found[0][-1])};"


def _render_literal(render: Callable[..., str]) -> Callable[..., str]:
    """Give a way to render what stands in a template literal."""
    return lambda **options: _write_literal(render(**options))


def are_texts_held() -> bool:
    """Tell whether a page of geosec is written now."""
    return vars(branca_element)["Template"] is PlainText


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


def has_frames(root: Element) -> bool:
    """Tell whether there are pages in frames among the elements of a map."""
    found = list_descendants(root)
    clicked = [each.popup for each in found if isinstance(each, folium.ClickForMarker)]
    return any(isinstance(each, IFrame) for each in found) or any(
        "<iframe " in each for each in clicked
    )


def disarm_tags(script: str) -> str:
    """Write <meta> and <link> in texts of a script as text, as no policy keeps them in the page.

    As HTML of a popup or a tooltip they would take a reader elsewhere, or look a host up.
    """
    names = sorted({found[2].lower() for found in _TAG.finditer(script)})
    if not names:
        return script
    tags = " and ".join(f"<{name}>" for name in names)
    msg = (
        f"texts of elements that were added to the map have {tags}: they are written as texts, "
        "and not as HTML. Escape what comes from a report with `html.escape`."
    )
    warnings.warn(msg, GeosecWarning, stacklevel=2)
    return _TAG.sub(lambda found: f"{found[1] or ''}&lt;", script)
