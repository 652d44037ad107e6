"""What a section of a report is made of: paragraphs, figures and tables, before they are HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

_SHORT = 16  # rows


class Paragraph(NamedTuple):
    """A paragraph of plain text; a quiet one is a note."""

    text: str
    is_note: bool = False
    kind: str = "paragraph"


class Figure(NamedTuple):
    """A drawing with what it shows, and its answer in words for who does not see it."""

    svg: str  #: markup that `geosec.report.drawing.canvas` has cleaned
    caption: str
    note: str = ""
    kind: str = "figure"


class Picture(NamedTuple):
    """A drawing that is shown as an image, such as a map for paper."""

    address: str  #: ``data:`` of the image
    description: str
    caption: str = ""
    is_for_paper: bool = False
    kind: str = "picture"


class Frame(NamedTuple):
    """A page within the page: the map that can be moved, which no paper shows."""

    page: str
    title: str
    kind: str = "frame"


class Table(NamedTuple):
    """A table for reading; every cell is text."""

    caption: str
    head: list[str]
    rows: list[list[str]]
    numbers: frozenset[int] = frozenset()  #: columns that hold figures
    note: str = ""
    wide: frozenset[int] = frozenset()  #: columns of running text
    kind: str = "table"

    @property
    def is_short(self) -> bool:
        """Whether it fits on a page of paper, and is not cut."""
        return len(self.rows) <= _SHORT


class Facts(NamedTuple):
    """Names and what is said of each."""

    rows: list[tuple[str, str]]
    kind: str = "facts"


Block = Paragraph | Figure | Picture | Frame | Table | Facts


@dataclass(frozen=True)
class Section:
    """One question of a report, answered."""

    name: str  #: as in ``sections=`` and in the address of its heading
    title: str
    blocks: list[Block] = field(default_factory=list)
    finding: str = ""  #: its answer in a sentence, for the head of the report
    methods: list[str] = field(default_factory=list)  #: how, in plain words
    settings: list[tuple[str, str]] = field(default_factory=list)  #: parameter and value
    notices: list[str] = field(default_factory=list)  #: what an analysis warned of
    is_made: bool = True  #: False where the section only says why there is no answer
