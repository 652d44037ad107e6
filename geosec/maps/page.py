"""The page of a map: a folium map whose incidents are streamed into the file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import folium
from branca.element import Figure
from folium.elements import JSCSSMixin
from folium.map import Layer
from folium.template import Template

from geosec.arguments import require_flag, require_path
from geosec.errors import SourceError
from geosec.maps.encoding import encode_json
from geosec.maps.foreign import are_texts_held
from geosec.maps.notebook import show_frame
from geosec.maps.rendering import NUMBERS_MARK, render_page
from geosec.storage.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geosec.maps.notebook import Picture
    from geosec.maps.payload import Payload

_PICTURES = {".png", ".svg", ".pdf", ".jpg", ".jpeg", ".webp", ".gif", ".tif", ".tiff"}


class IncidentLayer(JSCSSMixin):
    """The incidents of a page: a mark for their payload, and the call that opens the page."""

    _template = Template("""
        {% macro html(this, kwargs) %}
        <script type="application/json" id="gs-options">{{ this.options }}</script>
        <script type="application/json" id="gs-layers">{{ this._parent.list_layers() }}</script>
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
        self.mark = NUMBERS_MARK


class IncidentMap(folium.Map):
    """A folium map of incidents; its payload is streamed into the file when it is saved."""

    def __init__(self, picture: Picture, told: Mapping[str, str], **options: Any) -> None:
        super().__init__(**options)
        self._name = "Map"
        self.picture = picture
        #: ``title``, ``language``, ``direction`` of the page, and ``height`` of its frame
        self.told = dict(told)
        IncidentFigure().add_child(self)

    @property
    def payload(self) -> Payload:
        """The incidents, as `geosec.maps.payload` describes."""
        layers = (each for each in self._children.values() if isinstance(each, IncidentLayer))
        return next(layers).payload

    def list_layers(self) -> str:
        """List the layers that a user added, as JSON: their names and those of their variables."""
        layers = [
            [each.layer_name, each.get_name()]
            for each in self._children.values()
            if isinstance(each, Layer) and each.overlay and each.control
        ]
        return encode_json({"layers": layers})

    def save(  # type: ignore[override]
        self,
        outfile: str | Path | BinaryIO,
        close_file: Any = True,  # noqa: FBT002 - as folium has it
        **options: Any,
    ) -> None:
        """Save the map as `geosec.save_map` does, to a path or to an open binary file."""
        if isinstance(outfile, str | Path):
            write_map(self, outfile, **options)
            return
        outfile.writelines(piece.encode() for piece in _render_file(self, **options))
        if close_file:
            outfile.close()

    def render(self, **options: Any) -> str:
        """Render the map as a part of its page; another page has no room for its incidents."""
        if not are_texts_held():
            msg = (
                "a map of geosec stands in a page of its own, and not in a Figure, a popup or "
                "another map: show or save the map itself; `height` is that of its frame."
            )
            raise SourceError(msg)
        return super().render(**options)  # type: ignore[no-untyped-call,no-any-return]

    def _repr_html_(self, **_: Any) -> str:
        """Show the page in a notebook."""
        return show_frame(render_page(self), self.picture, self.told)


class IncidentFigure(Figure):
    """The page round a map of incidents, whole whichever way it is asked for."""

    def render(self, **_: Any) -> str:
        """Render the page, with its scripts and incidents in it."""
        maps = (each for each in self._children.values() if isinstance(each, IncidentMap))
        return "".join(render_page(next(maps)))

    def _repr_html_(self, **_: Any) -> str:
        """Show the page in a notebook."""
        maps = (each for each in self._children.values() if isinstance(each, IncidentMap))
        return next(maps)._repr_html_()


def write_map(map_: folium.Map, path: str | Path, *, offline: bool = True) -> Path:
    """Write a map as one HTML file, whole or not at all."""
    path = Path(require_path(path, "path"))
    if path.suffix.casefold() in _PICTURES:
        msg = (
            f"{path} ends in {path.suffix!r}, and a map is saved as one HTML file; "
            "`geosec.static_map` draws pictures."
        )
        raise SourceError(msg)
    pieces = _render_file(map_, offline=offline)
    with write_whole(path) as partial, partial.open("w", encoding="utf-8", newline="\n") as page:
        page.writelines(pieces)
    return path


def _render_file(map_: folium.Map, *, offline: bool = True) -> Iterator[str]:
    offline = require_flag(offline, "offline")
    return render_page(map_, inline=offline, offline=offline)
