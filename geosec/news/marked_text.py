"""An article as numbered lines of a readable width, with its words marked in plain signs."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH = 92  # letters of a line


class Bracket(NamedTuple):
    """Words put in brackets, with a label behind: ``[Mach]1``."""

    start: int
    end: int
    label: str


class Underline(NamedTuple):
    """Words with signs on the line below."""

    start: int
    end: int
    sign: str


@dataclass(frozen=True)
class MarkedText:
    """The lines of an article, and where each begins in it."""

    lines: Sequence[str]
    #: The signs below each line; empty where nothing is underlined.
    signs: Sequence[str]
    starts: Sequence[int]

    def find_line(self, offset: int) -> int:
        """Find the number of the line, from 1, that holds an offset of the article."""
        return bisect_right(self.starts, offset)

    def write(self) -> list[str]:
        """Write the lines with their numbers, and below them their signs."""
        wide = len(str(len(self.lines)))
        written = []
        for number, (line, signs) in enumerate(zip(self.lines, self.signs, strict=True), start=1):
            written.append(f"{number:{wide}}  {line}".rstrip())
            written += [f"{'':{wide}}  {signs}"] if signs else []
        return written


def mark_text(
    text: str, brackets: Sequence[Bracket], underlines: Iterable[Underline], width: int = WIDTH
) -> MarkedText:
    """Mark words of a text, and cut it into lines of a width; empty lines are left out."""
    signs = [" "] * len(text)
    for start, end, sign in underlines:
        signs[start:end] = sign * (end - start)
    behind = {each.end: f"]{each.label}" for each in brackets}
    before = {each.start for each in brackets}
    lines: list[str] = []
    below: list[str] = []
    starts: list[int] = []
    at = 0
    for paragraph in text.split("\n"):
        shown, under, offsets = "", "", []
        for here in range(at, at + len(paragraph) + 1):
            letter = text[here : here + 1].replace("\t", " ")
            extra = behind.get(here, "") + ("[" if here in before else "")
            letter = "" if here == at + len(paragraph) else letter
            shown += extra + letter
            under += " " * len(extra) + (signs[here] if letter else "")
            offsets += [here] * len(extra + letter)
        for start, end in _cut_lines(shown, width):
            lines.append(shown[start:end])
            below.append(under[start:end].rstrip())
            starts.append(offsets[start])
        at += len(paragraph) + 1
    return MarkedText(lines, below, starts)


def _cut_lines(shown: str, width: int) -> Iterable[tuple[int, int]]:
    """Cut a paragraph at spaces, or in a word that is longer than a line."""
    at = 0
    while at < len(shown):
        if shown[at].isspace():
            at += 1
            continue
        space = shown.rfind(" ", at, at + width + 1)
        fits = len(shown) - at <= width
        end = len(shown) if fits else (space if space > at else at + width)
        yield at, end
        at = end
