"""A place named in a running text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from geosec.geocoding.grammar.phrases import Phrase

if TYPE_CHECKING:
    from geosec.geocoding.grammar.constructions import ClauseKind, ThingKind

MEASURED_KINDS = frozenset({"offset", "distance"})
"""Kinds of mention that say how far something is from a place."""
REMARK = re.compile(r"\s*[,(]\s*(?:\w+\s+){0,3}")
"""Before such a mention that only says where the place before it is: "Tump, 9 km from Mand"."""
_READ_ELSEWHERE = Phrase("")


class Part(NamedTuple):
    """A place in a mention that stands for it unless something happened there."""

    start: int
    end: int
    phrase: Phrase


class Mention(NamedTuple):
    """A place named in a text."""

    text: str  #: the words, as written
    start: int  #: their offsets in the text
    end: int
    kind: ClauseKind | ThingKind
    sentence: int  #: number of the sentence it stands in
    wide: bool = False  #: it can only be a district, a province or a country
    widest: bool = False  #: it can only be a province or a country
    parts: tuple[Part, ...] = ()  #: the places in it: "about 60 km from Parachinar"
    in_town: bool = False  #: it can only be a thing in a town, such as a street
    is_part: bool = False  #: a quarter, a street or an area, of which many towns have a namesake
    is_way: bool = False  #: it can only be a road or a railway line
    phrase: Phrase = _READ_ELSEWHERE  #: with the "near" before it and the district behind it
    lexemes: tuple[int, int] = (0, 0)  #: the first of its sentence, and the one behind its last
    owns_next: bool = False  #: it owns the place behind it: "North Waziristan's Shawal area"
    lies_in_next: bool = False  #: the place behind it is the district or province round it
