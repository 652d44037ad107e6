"""Text from anyone, made fit for a line of a terminal."""

from __future__ import annotations

import math

from geosec.arguments import is_missing

_JOINERS = "\u200c\u200d"


def format_cell(value: object) -> str:
    """Give a cell of a table as text, empty where it is missing."""
    return "" if is_missing(value) else str(value).strip()


def escape_line(value: object) -> str:
    r"""Give a cell as one line that a terminal prints and does not obey, empty where it is missing.

    What is not printable, such as the start of an escape sequence or what turns the direction of
    a text, is a question mark. The joiners that Urdu is spelt with stay.
    """
    line = " ".join(format_cell(value).split())
    return "".join(letter if letter.isprintable() or letter in _JOINERS else "?" for letter in line)


def format_figure(value: float, form: str) -> str:
    """Write a number as `form` says, a dash where it is missing."""
    return "-" if math.isnan(value) else format(value, form)
