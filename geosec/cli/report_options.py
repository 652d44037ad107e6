"""The options of `geosec report`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer

from geosec.cli.release_options import SecretFile  # noqa: TC001 - typer reads it

SECTIONS = ("summary", "map", "corridor", "trend", "hot_spots", "near_repeats", "precision")


def _complete_section(incomplete: str) -> list[str]:
    return [name for name in SECTIONS if name.startswith(incomplete)]


@dataclass(frozen=True)
class Telling:
    """What a report asks and says, as `write_report` takes it."""

    question: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="The question it answers.", show_default="a general one"),
    ] = None
    title: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="Its heading.", show_default="a general one"),
    ] = None
    section: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help=f"A part to write: {', '.join(SECTIONS)}; may be repeated.",
            autocompletion=_complete_section,
            show_default="all",
        ),
    ] = None
    route: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Railway line, or train, whose sections are looked at.",
            show_default="the line with most incidents",
        ),
    ] = None
    language: Annotated[str, typer.Option(metavar="CODE", help="Of its words: en or ur.")] = "en"
    paper: Annotated[str, typer.Option(metavar="SIZE", help="Of a PDF: A4 or letter.")] = "A4"
    audience: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Who is to read it: public, partner or internal.",
            show_default="whoever may have the file",
        ),
    ] = None
    secret_file: SecretFile = None
