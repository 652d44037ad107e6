"""What the library says of its arguments, in the words of the shell."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

_ARGUMENT = re.compile(
    r"`(?P<name>[a-z]\w*)(?:=(?P<value>[^`]*))?`"
    r"|(?<![\w`])(?P<bare>[a-z]\w*)=(?P<told>'[^']*'|\"[^\"]*\"|\{[^{}]*\}|True|False|(?=[\s,.;]|$))"
)
_CALLED = re.compile(r"\bcolumns? $")  # what follows is the name of a column, and no option
_PAIR = re.compile(r"""\{(['"])(?P<theirs>.+)\1: (['"])(?P<ours>\w+)\3\}""")
_VERBS = {"geosec.read_counts": "geosec counts FILE", "geosec.read_incidents": "geosec run FILE"}
_OTHERWISE = {"name": "unit_name", "code": "unit_code", "network": "stations"}
_SWITCHES = {
    ("day_first", "True"): "--day-first",
    ("day_first", "False"): "--month-first",
    ("day_first", ""): "--day-first or --month-first",
    ("offline", "False"): "--online",
}


def name_options(message: str, options: Container[str]) -> str:
    """Write arguments that a message names as options, those that the command has.

    >>> name_options("name it with `sheet='old data'`.", {"sheet"})
    "name it with --sheet 'old data'."
    >>> name_options("`draws` must be 0 or more.", {"sheet"})
    '`draws` must be 0 or more.'
    """

    def spell(match: re.Match[str]) -> str:
        name, value = match["name"] or match["bare"], match["value"] or match["told"] or ""
        name = _OTHERWISE.get(name, name)
        switch = _SWITCHES.get((name, value))
        if name not in options or _CALLED.search(message[: match.start()]):
            return match[0]
        return switch or f"--{name.replace('_', '-')}{_spell_value(value)}"

    for verb, command in _VERBS.items():
        message = message.replace(f"`{verb}`", f"`{command}`")
    return _ARGUMENT.sub(spell, message)


def _spell_value(value: str) -> str:
    pair = _PAIR.fullmatch(value)
    if pair:
        return " " + shlex.quote(f"{pair['theirs']}={pair['ours']}")
    bare = value[1:-1] if value[:1] in {"'", '"'} else value
    return f" {shlex.quote(bare)}" if bare else ""
