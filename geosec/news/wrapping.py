"""The lines of a report joined to paragraphs, however they were broken, quoted or marked.

Lines of a text that was cut at a width, quotes of a letter, marks of Markdown, and characters that
are not seen: without them the same article is the same text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from geosec.news.plain_text import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

_BREAK = "\n\n"
_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_LEAD = re.compile(r"(?:[\s>\u200b\ufeff]|&gt;)*(?=\S|$)")
_RULE = re.compile(r"[-=_*~`+|: ]{3,}")
_UNSEEN = "\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\x00-\x08\x0e-\x1b\x7f"
_ODD = re.compile(
    rf"(?P<unseen>[{_UNSEEN}]+)"
    r"|(?P<space> ?[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000\x1f][\s\x1f]*|  +)"
    r"|\[(?P<linked>[^][()\n]{1,300})\]\([^()\s]{1,600}\)"
    r"|(?<![\w*_])(?P<mark>[*_]{1,3})(?=[^\s*_])(?P<marked>[^*_\n]{1,600})(?<=\S)(?P=mark)(?![\w*_])"
)
_MARKED = re.compile(r"[#|•●▪◦■►➤✓]")
_ITEM = re.compile(r"[*+–—-]\s|\(?(?:\d{1,2}|[a-h])[.)]\s")
_LABEL = re.compile(r"[A-Z][\w'’., /()-]{0,40}:(?:\s|$)")
_DATELINE = re.compile(
    r"[A-Z][A-Z./ -]{2,40}(?:,[^:\n]{1,40}|\s\([^)\n]{1,30}\))?\s?(?::|[–—-]{1,2})\s"
)
_GOES_ON = re.compile(
    r"(?:[,;(–—-]|\b(?:an?|the|in|of|at|on|to|by|for|from|and|or|with|near|as|was|were|is))$"
)
_ENDED = re.compile(r"[.!?…۔؟:][\"”’')]*$")
_LONG_LINES = 120  # characters; a text with longer lines was not cut at a width
_SPARE = 3  # characters less than the width that a cut line may have
_BEHIND = 10  # characters of a line in which it ends
_BAR = re.compile(r"(?<!\s)\s*[|][|\s]*")
_NEXT_WORD = re.compile(r"\S+")


class _Line(NamedTuple):
    """A line that is not empty: the offsets of its words, and what stands before them."""

    start: int
    end: int
    text: str
    #: Whether an empty line stands above it.
    apart: bool


def find_wrapping(text: str) -> list[Edit]:
    """Find the edits that leave one line to a paragraph, an empty one between two, in order."""
    lines = list(_list_lines(text))
    width = max((len(line.text) for line in lines), default=0)
    edits, at, before = [], 0, None
    for line in lines:
        joint = "" if before is None else _find_joint(before, line, width)
        edits.append(Edit(at, line.start, joint))
        edits += _find_odd(line)
        at, before = line.end, line
    edits.append(Edit(at, len(text), ""))
    return [each for each in edits if text[each.start : each.end] != each.text]


def list_blocks(text: str, at: int = 0) -> list[tuple[int, int]]:
    """List the offsets of the paragraphs of a plain text, from an offset on."""
    blocks = []
    while at < len(text):
        end = text.find(_BREAK, at)
        end = len(text) if end < 0 else end
        if end > at:
            blocks.append((at, end))
        at = end + len(_BREAK)
    return blocks


def _list_lines(text: str) -> Iterator[_Line]:
    """List the lines that hold words, without the marks of quotes before them."""
    apart = False
    end = 0
    for found in _LINE.finditer(text):
        gap = text[end : found.start()]
        apart = apart or gap.count("\n") > 1 or "\u2029" in gap
        end = found.end()
        raw = found.group()
        lead = _LEAD.match(raw)
        start = lead.end() if lead else 0
        words = raw[start:].rstrip()
        if not words or _RULE.fullmatch(words):
            apart = True
            continue
        yield _Line(found.start() + start, found.start() + start + len(words), words, apart)
        apart = False


def _find_joint(before: _Line, line: _Line, width: int) -> str:
    """Find what stands between two lines: a break between paragraphs, a space, or nothing."""
    if line.apart or before.text.startswith("#") or _MARKED.match(line.text):
        return _BREAK
    if before.text[-1] == "-" and before.text[-2:-1].isalnum() and line.text[0].isalnum():
        return ""
    room = _find_room(before.text, line.text, width)
    if _begins_anew(before.text, line.text, room=room):
        return _BREAK
    goes_on = line.text[0].islower() or _GOES_ON.search(before.text[-_BEHIND:])
    return " " if goes_on or not room else _BREAK


def _begins_anew(before: str, line: str, *, room: bool) -> bool:
    """Whether a line begins an item of a list, what a label stands over, or a dated report."""
    if _DATELINE.match(line) and not before.isupper():
        return True
    head = next((head for head in (_ITEM, _LABEL) if head.match(line)), None)
    if head is None:
        return False
    return room or _ENDED.search(before[-_BEHIND:]) is not None or head.match(before) is not None


def _find_room(before: str, line: str, width: int) -> bool:
    """Whether a line had room for the first word of the next, and its writer left it."""
    word = _NEXT_WORD.match(line)
    room = width - len(before) - 1 - (len(word.group()) if word else 0)
    return width > _LONG_LINES or room >= _SPARE


def _find_odd(line: _Line) -> Iterator[Edit]:
    """Find spaces and marks within a line, and the cells of a row of a table."""
    if line.text[0] == line.text[-1] == "|":
        for bar in _BAR.finditer(line.text):
            yield Edit(line.start + bar.start(), line.start + bar.end(), _BREAK)
        return
    for found in _ODD.finditer(line.text):
        start, end = found.start() + line.start, found.end() + line.start
        group = next((name for name in ("linked", "marked") if found[name] is not None), "")
        if group:
            yield Edit(start, line.start + found.start(group), "")
            yield Edit(line.start + found.end(group), end, "")
        else:
            yield Edit(start, end, "" if found["unseen"] else " ")
