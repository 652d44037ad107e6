"""A running text cut into sentences."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from geosec.news.labels import list_label_cuts

if TYPE_CHECKING:
    from geosec.news.layout import Layout
    from geosec.news.vocabulary import ReportWords

_SENTENCE_END = re.compile(r"[.!?۔؟][\"”’')]*\s+|\n\s*\n|\n\s*(?=[•●▪*–-]\s|\d{1,2}[.)]\s)")
_CLOCK = frozenset({"a.m", "p.m"})
_ITEM = re.compile(r"(?:^|\n)\s*\d{1,2}$")  # the number of an item of a list
_LAST_WORD = re.compile(r"([\w.]+)$")
_LONGEST = 2_000  # characters of a sentence


def split_sentences(
    text: str, words: ReportWords, layout: Layout | None = None
) -> list[tuple[int, int]]:
    """Cut a text into sentences; gives the offsets of each.

    The headline, the place that a report is dated from, and labels end a sentence too.
    """
    cuts = [0]
    for found in _SENTENCE_END.finditer(text):
        if not _is_inner_stop(text, cuts[-1], found, words):
            cuts.append(found.end())
    if layout is not None:
        ends = (layout.headline_end, layout.dateline[1])
        cuts = sorted({*cuts, *ends, *list_label_cuts(layout.labels)})
    pairs = [_strip_space(text, *ends) for ends in pairwise(_add_breaks(text, [*cuts, len(text)]))]
    return [(start, end) for start, end in pairs if end > start]


def _is_inner_stop(text: str, start: int, found: re.Match[str], words: ReportWords) -> bool:
    """Whether a full stop belongs to an abbreviation, an initial or the number of an item."""
    at = found.start()
    if text[at] != ".":
        return False
    word = _LAST_WORD.search(text[start:at][-24:])
    last = word.group(1).lower() if word else ""
    initial = len(last) == 1 and last.isalpha()
    short = words.names.abbreviations.fullmatch(last) is not None
    clock = last in _CLOCK and text[found.end() : found.end() + 1].isupper()
    return initial or (short and not clock) or _ITEM.search(text, start, at) is not None


def _strip_space(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), start + len(part.rstrip())


def _add_breaks(text: str, cuts: list[int]) -> list[int]:
    """Cut what no sentence is as long as, so that a text of any kind takes linear time."""
    broken = [cuts[0]]
    for end in cuts[1:]:
        while end - broken[-1] > _LONGEST:
            least, most = broken[-1] + _LONGEST // 2, broken[-1] + _LONGEST
            space = text.rfind(" ", least, most)
            broken.append(space + 1 if space > 0 else most)
        broken.append(end)
    return broken
