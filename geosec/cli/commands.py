"""The command line, ``geosec``: its commands stand in `geosec.cli.app`."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from typer.main import get_command

from geosec.cli.app import app
from geosec.cli.printing.output import forget_output

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : sequence of str, optional
        Words after ``geosec``; those of the process by default. Distances are in metres or
        kilometres as each option's name says.

    Returns
    -------
    int
        0 if all went well, also where who reads the output stops early (``| head``); 1 if nothing
        was read or what was given cannot be used, 2 if the words are no command. The reason is on
        standard error.

    Examples
    --------
    >>> main(["geocode", "Kalat town", "--admin1", "Balochistan"])
    phrase: Kalat town
    ...
    0
    """
    if isinstance(sys.stdout, io.TextIOWrapper):  # a terminal in ASCII shows Urdu as \uXXXX
        sys.stdout.reconfigure(errors="backslashreplace")
    words = None if arguments is None else list(arguments)
    try:
        get_command(app).main(words, prog_name="geosec")
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):
            return _end_unread(end.__context__)
        return int(end.code or 0)
    except BrokenPipeError as error:
        return _end_unread(error)
    return 0


def _end_unread(error: BrokenPipeError) -> int:
    """End quietly where typer's own words had no reader, with what they were about."""
    for file in (sys.stdout, sys.stderr):
        forget_output(file)
    return int(getattr(error.__context__, "exit_code", 0))
