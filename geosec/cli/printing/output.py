"""Output that nobody reads any more is let go."""

from __future__ import annotations

import io
import os
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO


def write_line(file: TextIO, text: str) -> None:
    """Write a text and the end of its line; a reader who has stopped (``| head``) is let go."""
    try:
        file.write(f"{text}\n")
        file.flush()
    except BrokenPipeError:
        forget_output(file)


def forget_output(file: TextIO) -> None:
    """Send what is still to be written nowhere, so that the end of the process is quiet."""
    with suppress(io.UnsupportedOperation):
        os.dup2(os.open(os.devnull, os.O_WRONLY), file.fileno())
