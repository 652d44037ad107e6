"""The notation in which the words of reports are written down, and what it compiles to.

It is told at the head of ``words/en.toml``: words, phrases and, where these cannot say it, regular
expressions; each phrase with an example.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geosec.errors import SourceError, near_misses

if TYPE_CHECKING:
    from collections.abc import Iterable

_NEVER = re.compile(r"(?!)")
_WORD = re.compile(r"[\w'. -]+[?*]?")
_KEYS = frozenset({"match", "regex", "example", "not"})
_TOKEN = re.compile(
    r"<(?P<most>\d+)(?P<joints>[,§-]*)>\ ?"
    r"|(?<!\S)\[(?P<word>[^]]+)\]\ "
    r"|\[(?P<ending>[^]]+)\]"
    r"|\{(?P<group>\w+)\}"
    r"|(?P<letters>[*+#])"
    r"|(?P<kept>[()|?])"
    r"|(?P<plain>.)",
)
_LETTERS = {"*": r"\w*", "+": r"\w+", "#": r"\d+"}
_JOINTS = {"": " ", "-": "[ -]", ",": "[ ,]+", ",-": "[ ,-]+"}

#: Words that several phrases share, by the name that stands for them.
Groups = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Entry:
    """An entry of a list of words: as it is written, and as a regular expression."""

    text: str
    regex: str
    #: What it finds; empty where a phrase has no example.
    examples: tuple[str, ...]
    #: What it must not find.
    not_example: str = ""


def read_entry(raw: str | Mapping[str, str], groups: Groups) -> Entry:
    """Read a word, or a table with ``match`` or ``regex``, ``example`` and perhaps ``not``."""
    if isinstance(raw, str):
        examples = (raw.rstrip("?*"), raw.rstrip("*?" if raw.endswith("*") else "?")[:-1])
        own = examples if raw.endswith("?") else examples[:1]
        return Entry(raw, compile_phrase(raw, groups), own if _WORD.fullmatch(raw) else ())
    text = raw.get("match") or raw.get("regex")
    if text is None or set(raw) - _KEYS:
        msg = f"an entry of report words has `match` or `regex`, `example` and `not`, and not {raw}"
        raise SourceError(msg)
    regex = compile_phrase(text, groups) if "match" in raw else text
    return Entry(text, regex, (raw["example"],) if "example" in raw else (), raw.get("not", ""))


def compile_phrase(phrase: str, groups: Groups) -> str:
    """Write a phrase as a regular expression; ``groups`` are the lists that it may name."""
    return "".join(_compile_token(found, groups) for found in _TOKEN.finditer(phrase))


def _compile_token(found: re.Match[str], groups: Groups) -> str:
    if found["most"]:
        joints = found["joints"]
        word = r"[\w§]" if "§" in joints else r"\w"
        return f"(?:{word}+{_JOINTS[joints.replace('§', '')]}){{0,{found['most']}}}"
    if found["word"] or found["ending"]:
        space = " " if found["word"] else ""
        options = (found["word"] or found["ending"]).split("|")
        return f"(?:{'|'.join(compile_phrase(each, groups) + space for each in options)})?"
    if found["group"]:
        words = _get_group(found["group"], groups)
        return f"(?:{'|'.join(compile_phrase(each, groups) for each in words)})"
    if found["letters"]:
        return _LETTERS[found["letters"]]
    if found["kept"]:
        return found["kept"].replace("(", "(?:")
    return found["plain"] if found["plain"] in " -'" else re.escape(found["plain"])


def _get_group(name: str, groups: Groups) -> Sequence[str]:
    if name not in groups:
        msg = f"report words have no group {name!r}; {near_misses(name, groups)}"
        raise SourceError(msg)
    return groups[name]


def join_whole(entries: Iterable[Entry]) -> re.Pattern[str]:
    """Make one pattern that finds any of the entries, the longest first, as whole words."""
    parts = [each.regex for each in sorted(entries, key=lambda each: len(each.text), reverse=True)]
    return re.compile(rf"\b(?:{'|'.join(parts)})(?!\w)") if parts else _NEVER


def join_loose(entries: Iterable[Entry]) -> re.Pattern[str]:
    """Make one pattern that finds any of the entries, which say themselves where they end."""
    return re.compile("|".join(each.regex for each in entries))
