"""What a command warns of and why it stops: a line each, and its exit code."""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from geosec.cli.printing.page import complain
from geosec.cli.printing.terminal import escape_line
from geosec.cli.wording import name_options
from geosec.errors import GeosecError, GeosecWarning

if TYPE_CHECKING:
    from collections.abc import Container, Iterator


@contextmanager
def tell_on_lines(options: Container[str]) -> Iterator[None]:
    """Print warnings and errors as lines for a reader, in the words of the command's options.

    An error of ours, or of the system about a file, ends the command with 1.
    """

    def tell(message: Warning | str | Exception, *_: object, **__: object) -> None:
        complain(name_options(escape_line(message), options))

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("default", GeosecWarning)
            warnings.showwarning = tell
            yield
    except (GeosecError, OSError) as error:
        tell(error)
        raise typer.Exit(1) from error
