"""Patterns over tags, written to be read and compiled to regular expressions.

A pattern is a line of words with spaces between:

=====================  =====================================================================
``near``               one tag, by its name in `tags`
``from|off`` ``~of``   one tag of several, a set of `tags.SETS` being the tags in it; any other tag
``away?`` ``in*``      at most one; any number
``name+`` ``name{2}``  at least one; so many, or ``{1,3}``
``( a or b c )?``      one of several ways, as often as the mark behind the bracket says
``{place}``            a slot: a pattern of its own, whose words can be asked for afterwards
``!of`` ``<!name``     no such tag stands behind, or before; ``!( ... )`` no such pattern
``^``                  the beginning
=====================  =====================================================================

The same line serves a phrase, which holds nothing but the place, and a running text, in which
words that mean nothing for a place stand between ("12 km *to the* south of *the restive* Kech").
A `Door` says what the words of a line stand for in each.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geosec.language import tags

if TYPE_CHECKING:
    from collections.abc import Mapping

_TIMES = r"[?*+]|\{\d+(?:,\d+)?\}"
_TOKEN = re.compile(
    rf"(?P<open>!?\()|(?P<close>\))(?P<group_times>{_TIMES})?|(?P<way>or)|(?P<start>\^)"
    rf"|(?P<not>!|<!)(?P<absent>[\w|-]+)|\{{(?P<slot>\w+)\}}(?P<slot_times>{_TIMES})?"
    rf"|(?P<tags>~?[a-z][a-z|-]*)(?P<tag_times>{_TIMES})?"
)

_SIGNS = {"(": "(?:", "!(": "(?!", "!": "(?!", "<!": "(?<!", "or": "|", "^": "^"}


@dataclass(frozen=True)
class Door:
    """What the words of a pattern stand for in one kind of text.

    Attributes
    ----------
    slots : mapping of str to str
        A pattern for each slot.
    fillers : int
        How many ignored words may stand behind a relation or a direction.
    most : int
        How often ``*`` and ``+`` may repeat, so that a text of any kind takes linear time; 0 for
        any number.
    captures : bool
        Whether the slots can be asked for afterwards: `place`, and `place2` for a second one.
    """

    slots: Mapping[str, str]
    fillers: int = 0
    most: int = 0
    captures: bool = True
    filled: frozenset[str] = field(default=tags.FILLED, repr=False)


def compile_pattern(pattern: str, door: Door) -> re.Pattern[str]:
    """Compile a pattern to a regular expression over a string of tags."""
    return re.compile(write_expression(pattern, door))


def write_expression(pattern: str, door: Door) -> str:
    """Write a pattern as a regular expression; a word that it does not know is a `ValueError`."""
    seen: Counter[str] = Counter()
    return "".join(_write_token(word, door, seen) for word in pattern.split())


def _write_token(word: str, door: Door, seen: Counter[str]) -> str:
    found = _TOKEN.fullmatch(word)
    if found is None:
        msg = f"{word!r} is no word of a pattern of tags"
        raise ValueError(msg)
    if found["slot"]:
        return _write_slot(found["slot"], found["slot_times"], door, seen)
    if found["tags"]:
        return _write_tags(_read_tags(found["tags"]), found["tag_times"], door)
    if found["absent"]:
        return f"{_SIGNS[found['not']]}{_write_class(_read_tags(found['absent']))})"
    if found["close"]:
        return ")" + _write_times(found["group_times"], door)
    return _SIGNS[word]


def _write_tags(letters: frozenset[str], times: str | None, door: Door) -> str:
    one = _write_class(letters)
    if door.fillers and letters <= door.filled:
        one = f"(?:{one}{tags.IGNORED}{{0,{door.fillers}}})"
    return one + _write_times(times, door)


def _write_slot(name: str, times: str | None, door: Door, seen: Counter[str]) -> str:
    inner = "".join(_write_token(word, door, Counter()) for word in door.slots[name].split())
    seen[name] += 1
    group = f"?P<{name}{seen[name] if seen[name] > 1 else ''}>" if door.captures else "?:"
    return f"({group}{inner})" + _write_times(times, door)


def _write_times(times: str | None, door: Door) -> str:
    if times in {"*", "+"} and door.most:
        return f"{{{int(times == '+')},{door.most}}}"
    return times or ""


def _write_class(letters: frozenset[str]) -> str:
    if letters == tags.SETS["any"]:
        return "."
    return f"[{''.join(sorted(map(re.escape, letters)))}]"


def _read_tags(names: str) -> frozenset[str]:
    """Give the tags that "from|off" names; `ValueError` for a name that is none."""
    if names.startswith("~"):
        return tags.SETS["any"] - _read_tags(names[1:])
    found: set[str] = set()
    for name in names.split("|"):
        if name not in tags.SETS and name not in tags.BY_NAME:
            msg = f"{name!r} is neither a tag nor a set of tags"
            raise ValueError(msg)
        found |= tags.SETS.get(name, {tags.BY_NAME[name]} if name in tags.BY_NAME else set())
    return frozenset(found)
