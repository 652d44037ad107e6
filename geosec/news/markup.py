"""HTML in a report: its tags and entities, and the plain words in their place.

What is no tag of HTML stays as it is: "fewer than <5", "<Mach>". Nothing here looks twice at a part
of the text, so that a text of any kind takes linear time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from geosec.news.plain_text import Edit

_BREAK = "\n\n"
_PARAGRAPHS = (
    "p|div|ul|ol|dl|dt|dd|table|thead|tbody|tfoot|tr|caption|section|article|header|main|aside|"
    "blockquote|pre|hr|body|html|head|figure|figcaption|address|fieldset|form|details|summary|center"
)
_HEADINGS = "h1|h2|h3|h4|h5|h6|title"
_CELLS = "td|th"
_INLINE = (
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|img|ins|kbd|label|mark|q|s|samp|"
    "small|span|strike|strong|sub|sup|time|tt|u|var|wbr|meta|link|base|input|source|picture|video|"
    "audio|canvas|object|param|embed|map|area|col|colgroup|legend"
)
_UNREAD = "script|style|noscript|template|svg|nav|footer|button|select|textarea|iframe"
_NAMES = f"{_PARAGRAPHS}|{_HEADINGS}|{_CELLS}|{_INLINE}|{_UNREAD}|li|br"
_REST = r"""(?:(?:[^<>"']|"[^"<]*"|'[^'<]*')*|[^<>]*)"""
_TOKEN = re.compile(
    rf"(?P<comment><!--)|(?P<declared><[!?][a-z][^<>]*>)"
    rf"|<(?P<close>/?)(?P<name>{_NAMES})(?=[\s/>])(?P<rest>{_REST})>"
    r"|(?P<entity>&(?:\#\d{1,7}|\#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});)|(?P<line>\n)",
    re.IGNORECASE,
)
_BLOCK = re.compile(rf"</?(?:{_PARAGRAPHS}|{_HEADINGS}|{_CELLS}|li|br)[\s/>]", re.IGNORECASE)
_BYLINE = re.compile(
    r"(?:class|itemprop|rel|id)\s*=\s*[\"']?(?:[^\"'>]*[\s\"'_-])?"
    r"(?:by-?line|author|credits?|time-?stamp|date-?line|pub-?date|published|updated)[\s\"'_>-]",
    re.IGNORECASE,
)
_LONGEST_BYLINE = 400  # characters; what goes on behind them is no byline
_BEHIND = 40  # characters behind a line break in which its next word begins
_KINDS = {
    name: kind
    for kind, names in (
        ("paragraph", _PARAGRAPHS),
        ("heading", _HEADINGS),
        ("cell", _CELLS),
        ("inline", _INLINE),
        ("unread", _UNREAD),
        ("item", "li"),
        ("line", "br"),
    )
    for name in names.split("|")
}
_OPENED = {
    **dict.fromkeys(("paragraph", "cell"), _BREAK),
    "heading": f"{_BREAK}# ",
    "item": f"{_BREAK}• ",
}


@dataclass
class _Reading:
    """What is known when a text is read so far."""

    text: str
    edits: list[Edit] = field(default_factory=list)
    #: Offset up to which all is done.
    done: int = 0
    #: What was looked for and does not stand behind.
    missing: set[str] = field(default_factory=set)

    def take(self, start: int, end: int, text: str) -> None:
        """Put other words in place of a part."""
        self.edits.append(Edit(start, end, text))
        self.done = end

    def find(self, mark: str, at: int) -> int:
        """Find a mark behind an offset, in any case; -1 if there is none."""
        if mark in self.missing:
            return -1
        found = re.compile(re.escape(mark), re.IGNORECASE).search(self.text, at)
        if found is None:
            self.missing.add(mark)
        return -1 if found is None else found.start()


def find_markup(text: str) -> list[Edit]:
    """Find the edits that make plain text of HTML, in their order.

    A heading begins with "# " and an item with "• ", each in a paragraph of its own. Of a text
    without tags of blocks the lines stay.
    """
    if "<" not in text and "&" not in text:
        return []
    reading, has_blocks = _Reading(text), _BLOCK.search(text) is not None
    for found in _TOKEN.finditer(text):
        if found.start() >= reading.done and (has_blocks or not found["line"]):
            _take_token(reading, found)
    return reading.edits


def _take_token(reading: _Reading, found: re.Match[str]) -> None:
    if found["name"]:
        _take_tag(reading, found)
    elif found["comment"]:
        end = reading.find("-->", found.end())
        reading.take(found.start(), found.end() if end < 0 else end + len("-->"), "")
    elif found["entity"]:
        reading.take(*found.span(), unescape(found["entity"]))
    else:
        reading.take(*found.span(), " " if found["line"] else "")


def _take_tag(reading: _Reading, found: re.Match[str]) -> None:
    """Put a break, a mark or nothing in place of a tag, or of all that it holds."""
    name = found["name"].lower()
    kind = _KINDS[name]
    if found["close"]:
        reading.take(*found.span(), "" if kind in {"inline", "unread"} else _BREAK)
    elif kind == "unread":
        end = reading.find(f"</{name}", found.end())
        reading.take(found.start(), max(end, found.end()), _BREAK)
    elif kind == "line":
        behind = reading.text[found.end() : found.end() + _BEHIND].lstrip()
        reading.take(*found.span(), " " if behind[:1].islower() else _BREAK)
    elif _BYLINE.search(found["rest"] + ">") and (end := _find_close(reading.text, name, found)):
        reading.take(found.start(), end, _BREAK)
    else:
        reading.take(*found.span(), _OPENED.get(kind, ""))


def _find_close(text: str, name: str, opened: re.Match[str]) -> int:
    """Find where an element that holds a byline ends; 0 where it holds too much for one."""
    depth, last = 1, opened.end() + _LONGEST_BYLINE
    for tag in re.compile(rf"<(/?){name}\b[^<>]*>", re.IGNORECASE).finditer(
        text, opened.end(), last
    ):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.end()
    return 0
