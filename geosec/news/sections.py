"""A section of a file of words, whose lists are compiled when they are first asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from geosec.news.notation import write_loose, write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geosec.news.notation import Entry

NOTHING = re.compile("\0")  # stands in no plain text
_LOOSE = frozenset({"names.parts", "names.rounds", "scenes.turns", "scenes.distance_away"})


class Section:
    """A section of a file of words, each list of which is compiled when it is first asked for."""

    #: The regular expression of each list, and those of its entries.
    written: Mapping[str, str]
    entries: Mapping[str, Sequence[str]]
    #: The lists that were asked for, here or of what was kept of these.
    compiled: dict[str, re.Pattern[str]]
    #: A section of which nothing is kept.
    blank: Mapping[str, Any]

    def __init__(self, name: str, lists: Mapping[str, Sequence[Entry]]) -> None:
        written = {
            key: (write_loose if f"{name}.{key}" in _LOOSE else write_whole)(entries)
            for key, entries in lists.items()
        }
        entries = {key: [each.regex for each in entries] for key, entries in lists.items()}
        known = {"written": written, "entries": entries, "compiled": {}}
        vars(self).update(known, blank={**known, **dict.fromkeys(lists, NOTHING)})

    def __getattr__(self, name: str) -> re.Pattern[str]:
        written = vars(self).get("written", {})
        if name not in written:
            msg = f"report words have no list {name!r}"
            raise AttributeError(msg)
        found = self.compiled.get(name) or self.compiled.setdefault(name, re.compile(written[name]))
        known: re.Pattern[str] = vars(self).setdefault(name, found)
        return known
