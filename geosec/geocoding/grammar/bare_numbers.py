"""Numbers without a unit right behind a road or line, which are told, and never dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geosec.language import tags

if TYPE_CHECKING:
    from geosec.geocoding.grammar.phrases import Phrase
    from geosec.language.lexemes import Lexeme

_BEFORE = frozenset({tags.COMMA, tags.IN, tags.HYPHEN, tags.OPEN, tags.NUMBER})  # M-2, at 230
_BEHIND = frozenset(
    {tags.COMMA, tags.IN, tags.NEAR, tags.OF, tags.HYPHEN, tags.TO, tags.AND, tags.CLOSE}
)


def add_bare_numbers(phrase: Phrase, lexemes: list[Lexeme], end: int) -> Phrase:
    """Add the bare numbers right behind a road or line to what was not understood: "M8 12.5".

    They may be posts, distances or houses, and refuse a phrase that names nothing else. `end` is
    where the construction of the phrase ends.
    """
    is_pair = phrase.clause is not None and phrase.clause.kind == "pair"
    way = end - 1 if is_pair else None
    bare = [each for each in range(len(lexemes)) if _is_bare(lexemes, each, way)]
    if not bare:
        return phrase
    said = " ".join(lexemes[at].text for at in bare)
    told = ", ".join(filter(None, (phrase.unread, repr(said))))
    if phrase.impossible or not _names_ways_alone(phrase):
        return phrase._replace(unread=told)
    reason = f"{said!r} behind a road or line may be a km post, a distance or a house: say which"
    return phrase._replace(unread=told, impossible=reason)


def _is_bare(lexemes: list[Lexeme], at: int, way: int | None) -> bool:
    """Whether a lexeme is a number behind a road or line, or behind the pair that ends at `way`."""
    if lexemes[at].tag != tags.NUMBER:
        return False
    if any(each.tag not in _BEHIND for each in lexemes[at + 1 : at + 2]):  # 45 people
        return False
    before = at - 1
    while before >= 0 and lexemes[before].tag in _BEFORE:
        before -= 1
    name = lexemes[before].name if before >= 0 else None
    return (before >= 0 and before == way) or (name is not None and name.is_way)


def _names_ways_alone(phrase: Phrase) -> bool:
    return all(item.name is None or item.name.is_way for item in phrase.items)
