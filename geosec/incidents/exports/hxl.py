"""Tables of the Humanitarian Exchange Language: a row of tags says what each column holds.

Tags: *HXL hashtag dictionary*, hxlstandard.org/standard/dictionary; those of event data as HDX
writes them. A tag stands for a column where it has these attributes, and perhaps others.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from geosec.incidents.cells import read_text
from geosec.incidents.exports.kinds import ExportKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TAG = re.compile("#[a-z]")  # of a cell; "#" and "#3" are none

HXL = ExportKind(
    name="hxl",
    title="a table with HXL tags",
    known_by=(),
    takes={
        "incident_id": ("#event+code", "#event+id", "#meta+id"),
        "date": ("#date+occurred", "#date+start", "#date+reported", "#date"),
        "date_from": ("#date+start",),
        "date_to": ("#date+end",),
        "location": ("#loc+name", "#loc", "#adm3+name", "#adm2+name", "#adm1+name"),
        "admin1": ("#adm1+name", "#adm1+code"),
        "admin2": ("#adm2+name",),
        "admin3": ("#adm3+name",),
        "event_type": ("#event+type",),
        "actor": ("#group+name+first", "#group+name", "#group"),
        "target": ("#group+name+second", "#targeted"),
        "fatalities": ("#affected+killed", "#affected+dead"),
        "injuries": ("#affected+injured",),
        "summary": ("#description", "#event+description"),
        "source_url": ("#meta+url", "#meta+source+url"),
        "latitude": ("#geo+lat",),
        "longitude": ("#geo+lon",),
    },
)


def read_tags(columns: Sequence[str], row: Mapping[str, Any] | None) -> dict[str, str]:
    """Read the tags that a row gives its columns; none unless all its cells are tags or empty."""
    if row is None:
        return {}
    cells = {name: read_text(row.get(name)) for name in columns}
    tags = {name: _fold_tag(text) for name, text in cells.items() if text is not None}
    return tags if tags and all(map(_TAG.match, tags.values())) else {}


def _fold_tag(text: str) -> str:
    """Write a tag with its attributes in one way: no blanks, small letters."""
    return "".join(text.split()).casefold()
