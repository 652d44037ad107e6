"""A text made plain by edits, which still knows where each of its letters was given."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Edit(NamedTuple):
    """Other words in place of a part of a text."""

    start: int
    end: int
    text: str


class Quotation(NamedTuple):
    """Words of a text on one line, and their offsets in the text as it was given."""

    words: str
    start: int
    end: int


@dataclass(frozen=True)
class _Layer:
    """One round of edits: a text as pieces, each kept or put in place of others."""

    #: Where each piece begins in the edited text, and where the last ends.
    starts: list[int]
    #: The offsets of each piece in the text before.
    spans: list[tuple[int, int]]

    def find_start(self, at: int) -> int:
        """Find where the letter at an offset of the edited text begins in the text before."""
        piece = self._find_piece(at)
        start, end = self.spans[piece]
        return min(start + at - self.starts[piece], end)

    def find_end(self, at: int) -> int:
        """Find where the letter before an offset of the edited text ends in the text before."""
        piece = self._find_piece(max(at - 1, 0))
        start, end = self.spans[piece]
        kept = end - start == self.starts[piece + 1] - self.starts[piece]
        return start + at - self.starts[piece] if kept else end

    def _find_piece(self, at: int) -> int:
        return min(bisect_right(self.starts, at), len(self.spans)) - 1


@dataclass(frozen=True)
class PlainText:
    """A text, and the rounds of edits that made it of the given one."""

    text: str
    layers: tuple[_Layer, ...] = ()
    #: The text as it was given; empty where that is this one.
    given: str = ""

    def edit(self, edits: Sequence[Edit]) -> PlainText:
        """Make the edits, which stand in their order and do not overlap."""
        changes = [each for each in edits if self.text[each.start : each.end] != each.text]
        if not changes:
            return self
        pieces, spans, at = [], [], 0
        for start, end, text in (*changes, Edit(len(self.text), len(self.text), "")):
            for piece, span in ((self.text[at:start], (at, start)), (text, (start, end))):
                if piece:
                    pieces.append(piece)
                    spans.append(span)
            at = end
        if not pieces:
            pieces, spans = [""], [(0, 0)]
        layer = _Layer([0, *accumulate(map(len, pieces))], spans)
        return PlainText("".join(pieces), (*self.layers, layer), self.given or self.text)

    def find_span(self, start: int, end: int) -> tuple[int, int]:
        """Find the offsets in the given text of a part of this one."""
        for layer in reversed(self.layers):
            start, end = layer.find_start(start), layer.find_end(end)
        return start, end

    def quote(self, *spans: tuple[int, int]) -> list[Quotation]:
        """Give the words of parts: as they were given, if nothing was taken from among them."""
        given = self.given or self.text
        quoted = []
        for start, end in spans:
            words = self.text[start:end]
            first, last = self.find_span(start, end)
            as_given = given[first:last]
            same = len(as_given) == len(words)
            quoted.append(Quotation(" ".join((as_given if same else words).split()), first, last))
        return quoted
