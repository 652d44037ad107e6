"""`geosec describe`: how a file came about, and whether a folder of `geosec run` is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from geosec.cli.printing.origins import list_origin
from geosec.cli.printing.page import complain, show
from geosec.storage.addresses import show_place
from geosec.storage.describing import describe_file

if TYPE_CHECKING:
    from collections.abc import Mapping

_WHOLE = "as written"


def print_origin(place: str) -> None:
    """Print what a file, folder or table of a database says of itself; end with 1 if it changed."""
    told: Mapping[str, Any] = describe_file(place)
    show(list_origin(told))
    state = told.get("state", _WHOLE)
    if state != _WHOLE:
        complain(f"{show_place(place)} is not as it was written: {state}.")
        raise typer.Exit(1)
