"""Text from anyone, made fit for a line of a terminal."""

from __future__ import annotations

from geosec.maps.wording import format_cell

SHOWN = 48  # characters of a phrase or name in a printed table
_JOINERS = "\u200c\u200d"


def escape_line(value: object) -> str:
    r"""Give a cell as one line that a terminal prints and does not obey, empty where it is missing.

    What is not printable, such as the start of an escape sequence, is a question mark. The joiners
    that Urdu is spelt with stay.
    """
    line = " ".join(format_cell(value).split())
    return "".join(letter if letter.isprintable() or letter in _JOINERS else "?" for letter in line)


def shorten_line(value: object, most: int = SHOWN) -> str:
    """Give a cell as `escape_line` does, cut to so many characters, the last one a mark."""
    line = escape_line(value)
    return line if len(line) <= most else f"{line[: most - 1]}…"
