"""Texts all in capitals or without any: capitals are given to the names of places alone.

Elsewhere capitals tell a name from a word; here only the gazetteer can, so that names that are also
words, and names of small places that are also names of people, need "in" or its like before them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geosec.language import tags
from geosec.language.lexer import lex
from geosec.news.plain_text import Edit
from geosec.news.wrapping import list_blocks
from geosec.reference.feature_classes import WIDE_UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geosec.geocoding.placing.interpreter import Interpreter
    from geosec.language.lexemes import Lexeme

_FEWEST_WORDS = 5  # of a paragraph in capitals that is no mere name or label
_KNOWN = WIDE_UNITS | {"district", "town", "rail_station"}  # classes of places that people know
_LEADS = (tags.JOINING | {tags.IN, tags.NEAR, tags.FROM, tags.OWNER, tags.COMMA, tags.HYPHEN}) - {
    tags.OF
}
_ARTICLES = re.compile(r".*\b(?:an?|the)")
_UNITS = re.compile(r"\s(?:area|district|tehsil|region|town|city|village)s?$", re.IGNORECASE)
# Behind a name they go on with it: "Qabul Khel" is not Kabul.
_ENDS = re.compile(r"(?:\s(?:khel|kheil|zai|kalay|kalli|banda|garhi|dheri|tangi|kot|goth|nag)\b)?")
_FIRST_LETTER = re.compile(r"(?<![\w'’])\w")


def find_casing(text: str, reader: Interpreter) -> list[Edit]:
    """Find the edits, of equal length, that give capitals to the names of places alone."""
    is_lower = text.islower()
    edits: list[Edit] = []
    for start, end in list_blocks(text):
        block = text[start:end]
        if is_lower or (block.isupper() and block.count(" ") >= _FEWEST_WORDS - 1):
            edits.append(Edit(start, end, _restore_case(block, reader)))
    return edits


def _restore_case(block: str, reader: Interpreter) -> str:
    """Write a paragraph in small letters, and the names in it with capitals."""
    low = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in block)
    parts, at = [], 0
    for start, end in _list_names(low, reader):
        parts += [low[at:start], _FIRST_LETTER.sub(_raise, low[start:end])]
        at = end
    return "".join([*parts, low[at:]])


def _raise(found: re.Match[str]) -> str:
    upper = found.group().upper()
    return upper if len(upper) == 1 else found.group()


def _list_names(low: str, reader: Interpreter) -> Iterator[tuple[int, int]]:
    before = ""
    for lexeme in lex(low, reader.ground.names, reader.language, keep_ignored=True):
        if lexeme.tag == tags.ROAD and any(letter.isdigit() for letter in lexeme.text):
            yield lexeme.start, lexeme.end
        elif lexeme.tag == tags.NAME and _is_name(lexeme, before, reader):
            yield lexeme.start, _find_end(lexeme, low)
        before = lexeme.tag if lexeme.tag != tags.IGNORED else before


def _find_end(lexeme: Lexeme, low: str) -> int:
    """Find where a name ends: before the kind of unit that it is, behind what goes on with it."""
    unit = _UNITS.search(lexeme.text)
    if unit is not None:
        return lexeme.start + unit.start()
    behind = _ENDS.match(low, lexeme.end)
    return behind.end() if behind else lexeme.end


def _is_name(lexeme: Lexeme, before: str, reader: Interpreter) -> bool:
    """Whether words in small letters are the name of a place, behind a word of such a tag."""
    if _ARTICLES.fullmatch(lexeme.text) or lexeme.name is None:
        return False
    if before in _LEADS:
        return True
    places = reader.ground.list_places(lexeme.name.places)
    known = not _KNOWN.isdisjoint(place.feature_class for place in places)
    return (known or " " in lexeme.text) and lexeme.key not in reader.language.also_words
