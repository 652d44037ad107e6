"""The notation in which the words of reports are written down, and what it compiles to.

It is told at the head of ``words/en.toml``: words, phrases and, where these cannot say it, regular
expressions; each phrase with an example.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from geosec.errors import SourceError, near_misses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BEGINS = r"\b"
WHOLE = r"(?!\w)"
"""Ends every pattern of whole words."""
_NEVER = "(?!)"
_WORD = re.compile(r"[\w'. -]+[?*]?")
_KEYS = frozenset({"match", "regex", "example", "not"})
_TOKEN = re.compile(
    r"<(?P<most>\d+)(?P<gap>[,§-]*)> ?"
    r"|(?<!\S)\[(?P<option>[^]]+)\] "
    r"|\[(?P<ending>[^]]+)\]"
    r"|\{(?P<group>\w+)\}"
    r"|(?P<letters>[*+#])"
    r"|(?P<kept>[()|? '-])"
    r"|(?P<plain>\w+|.)"
)
_GROUP = re.compile(r"\{(?P<group>[a-z_]+)\}")
_LETTERS = {"*": r"\w*", "+": r"\w+", "#": r"\d+"}
#: A sign of a regular expression that groups or parts, one that is escaped, or a class.
_SIGN = re.compile(r"\\.|\[\^?\]?[^]]*\]|[()|]", re.DOTALL)
_REPEATS = ("?", "*", "+", "{")
_KEPT = 4_000  # regular expressions of which is known where they part
_MOST_COPIED = 150  # letters written again for other letters; more take longer to compile
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
        return Entry(raw, compile_phrase(raw, groups), _list_own_examples(raw))
    text = raw.get("match") or raw.get("regex")
    if text is None or set(raw) - _KEYS:
        msg = f"an entry of report words has `match` or `regex`, `example` and `not`, and not {raw}"
        raise SourceError(msg)
    regex = compile_phrase(text, groups) if "match" in raw else _expand_groups(text, groups)
    return Entry(text, regex, (raw["example"],) if "example" in raw else (), raw.get("not", ""))


def _list_own_examples(word: str) -> tuple[str, ...]:
    """List what a plain word finds: itself, with its last letter and without; a phrase has none."""
    if not _WORD.fullmatch(word):
        return ()
    return (word[:-1], word[:-2]) if word.endswith("?") else (word.rstrip("*"),)


def compile_phrase(phrase: str, groups: Groups) -> str:
    """Write a phrase as a regular expression; ``groups`` are the lists that it may name."""
    if phrase.replace(" ", "").isalnum():
        return phrase
    return "".join(_compile_token(found, groups) for found in _TOKEN.finditer(phrase))


def _compile_token(found: re.Match[str], groups: Groups) -> str:
    """Write one sign of the notation as a regular expression; its group tells what it is."""
    kind, sign = str(found.lastgroup), found[str(found.lastgroup)]
    if kind == "gap":
        return _compile_gap(int(found["most"]), sign)
    if kind == "option":
        return f"(?:{_compile_options(sign.split('|'), groups, behind=' ')})?"
    if kind == "ending":
        return f"(?:{_compile_options(sign.split('|'), groups)})?"
    if kind == "group":
        return _compile_group(sign, groups)
    if kind == "letters":
        return _LETTERS[sign]
    return sign.replace("(", "(?:") if kind == "kept" else re.escape(sign)


def _expand_groups(regex: str, groups: Groups) -> str:
    return _GROUP.sub(lambda found: _compile_group(found["group"], groups), regex)


def _compile_group(name: str, groups: Groups) -> str:
    if name not in groups:
        msg = f"report words have no group {name!r}; {near_misses(name, groups)}"
        raise SourceError(msg)
    return f"(?:{_compile_options(groups[name], groups)})"


def _compile_gap(most: int, joints: str) -> str:
    word = r"[\w§]" if "§" in joints else r"\w"
    return f"(?:{word}+{_JOINTS[joints.replace('§', '')]}){{0,{most}}}"


def _compile_options(options: Iterable[str], groups: Groups, behind: str = "") -> str:
    return "|".join(compile_phrase(each, groups) + behind for each in options)


def join_whole(entries: Iterable[Entry]) -> re.Pattern[str]:
    """Make one pattern that finds any of the entries, the longest first, as whole words."""
    return re.compile(write_whole(entries))


def write_whole(entries: Iterable[Entry]) -> str:
    """Write the regular expression that finds any of the entries as whole words.

    Those that begin with the same letter stand together behind it, so that at each word of a text
    only the letters are compared, and then the entries of one. Which comes first does not change:
    what begins with no plain letter parts those before it from those behind it.
    """
    parts = [each.regex for each in sorted(entries, key=lambda each: len(each.regex), reverse=True)]
    split = ((part, _split_by_letter(part)) for part in parts)
    runs = groupby(split, key=lambda each: bool(each[1]))
    joined = (
        _join_by_letter(by_letter for _, by_letter in run)
        if is_plain
        else "|".join(part for part, _ in run)
        for is_plain, run in runs
    )
    return rf"{_BEGINS}(?:{'|'.join(joined)}){WHOLE}" if parts else _NEVER


def _join_by_letter(parts: Iterable[Mapping[str, str]]) -> str:
    """Join regular expressions that were split by their first letters, those of one behind it."""
    by_letter: dict[str, list[str]] = {}
    for part in parts:
        for letter, rest in part.items():
            by_letter.setdefault(letter, []).append(rest)
    return "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in by_letter.items())


def _split_by_letter(regex: str) -> dict[str, str]:
    """Split a regular expression by the letter it begins with: what may stand behind each.

    It is one letter, or those of the words of a group; nothing where it may begin otherwise, or
    where much would be written again behind each.
    """
    if len(split_options(regex)) > 1:
        return {}
    if not regex.startswith("(?:"):
        is_plain = regex[:1].isalpha() and regex[1:2] not in _REPEATS
        return {regex[0]: regex[1:]} if is_plain else {}
    return _split_group(regex, find_close(regex))


def _split_group(regex: str, end: int) -> dict[str, str]:
    """Split a group that begins a regular expression, and ends there, by its first letters."""
    options, behind = split_options(regex[3:end]), regex[end + 1 :]
    if any(not each[:1].isalpha() or each[1:2] in _REPEATS for each in (*options, f"a{behind}")):
        return {}
    by_letter: dict[str, list[str]] = {}
    for option in options:
        by_letter.setdefault(option[0], []).append(option[1:])
    if len(behind) * (len(by_letter) - 1) > _MOST_COPIED:
        return {}
    return {letter: f"(?:{'|'.join(rest)}){behind}" for letter, rest in by_letter.items()}


def _list_depths(regex: str) -> Iterator[tuple[int, str, int]]:
    """List the signs of a regular expression that group or part, with their depth."""
    depth = 0
    for found in _SIGN.finditer(regex):
        sign = found.group()
        depth -= sign == ")"
        if len(sign) == 1:
            yield found.start(), sign, depth
        depth += sign == "("


@lru_cache(_KEPT)
def split_options(regex: str) -> Sequence[str]:
    """Split a regular expression at the bars that stand in no group."""
    if "|" not in regex:
        return (regex,)
    bars = [at for at, sign, depth in _list_depths(regex) if sign == "|" and not depth]
    return [regex[a + 1 : b] for a, b in pairwise([-1, *bars, len(regex)])]


@lru_cache(_KEPT)
def find_close(regex: str) -> int:
    """Find the end of the group that a regular expression begins with."""
    return next(at for at, sign, depth in _list_depths(regex) if sign == ")" and not depth)


def join_loose(entries: Iterable[Entry]) -> re.Pattern[str]:
    """Make one pattern that finds any of the entries, which say themselves where they end."""
    return re.compile(write_loose(entries))


def write_loose(entries: Iterable[Entry]) -> str:
    """Write the regular expression that finds any of the entries as they are."""
    return "|".join(each.regex for each in entries)


def join_words(words: Iterable[str]) -> str:
    """Write the alternatives of plain words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@cache
def anchor_pattern(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """Make a pattern find only what ends a text."""
    return re.compile(rf"(?:{pattern.pattern})\Z")
