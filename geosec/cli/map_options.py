"""The options of `geosec map`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer

from geosec.cli.options import USUAL_TITLE, Title


def _complete_level(incomplete: str) -> list[str]:
    return [name for name in ("adm1", "adm2") if name.startswith(incomplete)]


@dataclass(frozen=True)
class Drawing:
    """What a map shows and says, as `incident_map` and `static_map` take it."""

    title: Title = USUAL_TITLE
    subtitle: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="Below the heading.", show_default="how many, and when"),
    ] = None
    credit: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT", help="Whose the incidents are.", show_default="what the file says"
        ),
    ] = None
    color_by: Annotated[
        str | None,
        typer.Option(metavar="COLUMN", help="Colours by its values.", show_default="event_type"),
    ] = None
    size_by: Annotated[
        str | None,
        typer.Option(metavar="COLUMN", help="Marks grow with it.", show_default="fatalities"),
    ] = None
    filters: Annotated[
        list[str] | None,
        typer.Option(
            "--filter",
            metavar="COLUMN",
            help="To filter by, on a page; may be repeated.",
            show_default="types, actors, districts and others",
        ),
    ] = None
    choropleth: Annotated[
        str | None,
        typer.Option(
            metavar="LEVEL",
            help="Counts the incidents in districts (adm2) or provinces (adm1).",
            autocompletion=_complete_level,
            show_default=False,
        ),
    ] = None
    language: Annotated[str, typer.Option(metavar="CODE", help="Of its words: en or ur.")] = "en"
    online: Annotated[bool, typer.Option("--online", help="Load Leaflet from the network.")] = False
