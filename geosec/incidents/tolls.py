"""Tolls as reports bound them: "3+", "2-3", "at least 5" keep their low end and their words."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from geosec.incidents.cells import NUMBER, Rejected, read_count, read_text

_LEAST = rf"(?:at least|no (?:fewer|less) than|minimum(?: of)?|≥|>=)\s*(?P<least>{NUMBER})"
_MORE = rf"(?:more than|over|above|>)\s*(?P<more>{NUMBER})"
_PLUS = rf"(?P<plus>{NUMBER})\s*(?:\+|plus|or more|and (?:above|more))"
_ABOUT = rf"(?:about|around|approximately|approx\.?|some|circa|ca?\.|~|≈)\s*(?P<about>{NUMBER})"
_RANGE = rf"(?P<low>{NUMBER})\s*(?:[-\u2013\u2014]|to|or)\s*(?P<high>{NUMBER})"
_BETWEEN = rf"between\s+(?P<from>{NUMBER})\s+and\s+(?P<till>{NUMBER})"
_BOUNDED = re.compile(f"{_LEAST}|{_MORE}|{_PLUS}|{_ABOUT}|{_RANGE}|{_BETWEEN}", re.IGNORECASE)

_SHOWN = 60  # letters of what the rows say that a warning repeats


class Toll(NamedTuple):
    """A count, and the words that bound it where it is no plain number."""

    low: int | None
    text: str | None = None


def read_toll(name: str, value: Any) -> Toll:
    """Read a count; of one that is bounded from below, or a range, the low end and its words.

    "More than 5" is 6 at least. What is bounded from above alone has no low end, and is rejected.
    """
    try:
        return Toll(read_count(name, value))
    except Rejected:
        text = read_text(value) or ""
        found = _BOUNDED.fullmatch(text)
        if found is None:
            raise
    ends = {end: read_count(name, digits) for end, digits in found.groupdict().items() if digits}
    low, *high = (number or 0 for number in ends.values())
    if high and high[0] <= low:
        msg = f"{name} {text!r} is a range whose ends stand the wrong way; write the low one first"
        raise Rejected(msg)
    return Toll(low + ("more" in ends), text)


def tell_bounded(name: str, texts: list[str]) -> str:
    """Say of how many rows a toll is the low end, with the first of what they say."""
    shown = ", ".join(repr(text) for text in dict.fromkeys(texts))
    few = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
    return (
        f"`{name}` of {len(texts)} rows is the low end of what they say ({few}); the words are in "
        f"`{name}_text`."
    )
