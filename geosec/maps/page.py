"""The page of a map: a folium map whose incidents are streamed into the file."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Element, Figure
from folium.elements import JSCSSMixin
from folium.template import Template

from geosec.maps.encoding import encode_json
from geosec.maps.payload import write_scripts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geosec.maps.payload import Payload

#: Stands in the rendered page where the payload goes: a million notes never pass through Jinja.
PAYLOAD_MARK = "<!--geosec:payload-->"


class IncidentLayer(JSCSSMixin):
    """The incidents of a page: a mark for their payload, and the call that opens the page."""

    _template = Template("""
        {% macro html(this, kwargs) %}
        <script type="application/json" id="gs-options">{{ this.options }}</script>
        {{ this.mark }}
        {% endmacro %}
        {% macro script(this, kwargs) %}
        geosec.open({{ this._parent.get_name() }});
        {% endmacro %}
    """)
    default_js = []  # noqa: RUF012 - folium's way
    default_css = []  # noqa: RUF012 - folium's way

    def __init__(self, payload: Payload, options: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "geosec_incidents"
        self.payload = payload
        self.options = encode_json(options)
        self.mark = PAYLOAD_MARK

    def render(self, **kwargs: Any) -> None:  # type: ignore[override]
        """Add the style and script of the page, once."""
        super().render(**kwargs)  # type: ignore[no-untyped-call]
        figure = self.get_root()
        if isinstance(figure, Figure):
            web = files("geosec.maps") / "web"
            style = (web / "page.css").read_text(encoding="utf-8")
            script = (web / "map.bundle.js").read_text(encoding="utf-8")
            figure.header.add_child(Element(f"<style>{style}</style>"), name="geosec_css")
            figure.header.add_child(Element(f"<script>{script}</script>"), name="geosec_js")


class IncidentMap(folium.Map):
    """A folium map of incidents; its payload is streamed into the file when it is saved."""

    @property
    def payload(self) -> Payload:
        """The incidents, as `geosec.maps.payload` describes."""
        layers = (each for each in self._children.values() if isinstance(each, IncidentLayer))
        return next(layers).payload


def stream_page(html: str, payload: Payload) -> Iterator[str]:
    """Give a rendered page piece by piece, with the payload in place of its mark."""
    before, after = html.split(PAYLOAD_MARK)
    yield before
    yield from write_scripts(payload)
    yield after
