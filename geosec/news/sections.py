"""A section of a file of words, whose lists are compiled when they are first asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geosec.news.notation import write_loose, write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geosec.news.notation import Entry

_LOOSE = frozenset({"names.parts", "names.rounds", "scenes.turns", "scenes.distance_away"})


class Section:
    """A section of a file of words, each list of which is compiled when it is first asked for."""

    #: The regular expression of each list, and those of its entries.
    written: Mapping[str, str]
    entries: Mapping[str, Sequence[str]]

    def __init__(self, name: str, lists: Mapping[str, Sequence[Entry]]) -> None:
        written = {
            key: (write_loose if f"{name}.{key}" in _LOOSE else write_whole)(entries)
            for key, entries in lists.items()
        }
        entries = {key: [each.regex for each in entries] for key, entries in lists.items()}
        vars(self).update(written=written, entries=entries)

    def __getattr__(self, name: str) -> re.Pattern[str]:
        written = vars(self).get("written", {})
        if name not in written:
            msg = f"report words have no list {name!r}"
            raise AttributeError(msg)
        found: re.Pattern[str] = vars(self).setdefault(name, re.compile(written[name]))
        return found
