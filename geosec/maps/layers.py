"""The layers of a map, as folium elements: the ground, and the incidents with their uncertainty.

All data reaches the page as JSON in script elements that run nothing; ``web/map.js`` builds text
nodes from it. So no text of a report is ever read as HTML or as code.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

from branca.element import Element, Figure
from folium.elements import JSCSSMixin
from folium.template import Template

from geosec.maps.encoding import encode_json

if TYPE_CHECKING:
    from collections.abc import Mapping

_CLUSTER = "https://cdnjs.cloudflare.com/ajax/libs/leaflet.markercluster/1.1.0/"


class GeosecLayer(JSCSSMixin):
    """A layer whose data is JSON and which a function of ``web/map.js`` draws.

    The function is ``drawBasemap`` or ``drawIncidents``; coordinates in the data are degrees,
    EPSG:4326.
    """

    _template = Template("""
        {% macro html(this, kwargs) %}
        <script type="application/json" id="{{ this.get_name() }}_data">{{ this.json }}</script>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        geosec.{{ this.function }}({{ this._parent.get_name() }}, "{{ this.get_name() }}_data");
        {% endmacro %}
    """)

    default_js = [("markercluster", f"{_CLUSTER}leaflet.markercluster.js")]  # noqa: RUF012 - folium's way
    default_css = [("markercluster_css", f"{_CLUSTER}MarkerCluster.css")]  # noqa: RUF012 - folium's way

    def __init__(self, data: Mapping[str, Any], function: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "geosec_layer"
        self.function = function
        self.json = encode_json(data)

    def render(self, **kwargs: Any) -> None:  # type: ignore[override]
        """Add the style and script that all layers share to the page, once."""
        super().render(**kwargs)  # type: ignore[no-untyped-call]
        figure = self.get_root()
        if isinstance(figure, Figure):
            web = files("geosec.maps") / "web"
            style = (web / "map.css").read_text(encoding="utf-8")
            script = (web / "map.js").read_text(encoding="utf-8")
            figure.header.add_child(Element(f"<style>{style}</style>"), name="geosec_css")
            figure.header.add_child(Element(f"<script>{script}</script>"), name="geosec_js")
