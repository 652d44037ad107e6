"""A location phrase, understood as far as grammar goes: items, and at most one clause."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geosec.reference.names import SIMILARITY_SOUND

if TYPE_CHECKING:
    from geosec.geocoding.grammar.constructions import ClauseKind
    from geosec.numerals.coordinates import WrittenCoordinates
    from geosec.numerals.numbers import Amount
    from geosec.reference.names import Name


class Item(NamedTuple):
    """A place, or something in one, that a phrase speaks of."""

    text: str  #: the words, as written
    name: Name | None = None  #: what the gazetteer knows by them; None for an unknown thing
    nouns: str = ""  #: tags of the nouns beside the name: district, facility
    relation: str = ""  #: tag of what hangs it on what stands before: in, of, near
    compound: bool = False  #: a known name is only part of a longer name that is not known
    generic: bool = False  #: a thing without a name of its own, such as "a mosque"
    owner: bool = False  #: the first part of the name of the thing before: "Quetta Press Club"
    beside: tuple[Name, ...] = ()  #: other names that stand beside it with nothing between
    whole: str = ""  #: it and they, as written: perhaps one name, "Khar Tangi"
    point: WrittenCoordinates | None = None  #: the coordinates that stand for it

    @property
    def is_guess(self) -> bool:
        """Whether the name is spelt otherwise than any known, and does not sound the same."""
        return self.name is not None and self.name.similarity < SIMILARITY_SOUND


class Clause(NamedTuple):
    """A construction that says where in relation to named places."""

    kind: ClauseKind  #: what it means, as `constructions.CONSTRUCTIONS` lists
    items: tuple[Item, ...] = ()  #: the places it starts from
    length_m: Amount | None = None  #: distance in metres
    azimuth_deg: float = 0.0  #: direction, degrees clockwise from north
    nouns: str = ""  #: tags of the nouns of a line: "Quetta-Sibi rail section"
    post_km: Amount | None = None  #: the post that it is, or starts from
    point: WrittenCoordinates | None = None  #: the coordinates that it starts from

    @property
    def number(self) -> float:
        """Distance in metres, or the km post in kilometres; the middle where a range is given."""
        amount = self.length_m or self.post_km
        return 0.0 if amount is None else amount.middle


class Phrase(NamedTuple):
    """A location phrase as the grammar understands it."""

    text: str  #: as written
    items: tuple[Item, ...] = ()  #: what it names beside the clause, in the order of the text
    clause: Clause | None = None  #: the construction, if there is one
    position: int = 0  #: how many of the items stand before the clause; all if there is none
    rail: bool = False  #: whether it speaks of a railway
    track: bool = False  #: whether it speaks of the track itself
    trains: tuple[str, ...] = ()  #: trains it names
    organisation: bool = False  #: it names a force or an authority by its place: "Punjab police"
    too_long: bool = False  #: it is longer than any location phrase, and was not read
    impossible: str = ""  #: why a distance or a post in it cannot be, in words
    unread: str = ""  #: measures in it that no construction takes up, as written
    point: WrittenCoordinates | None = None  #: coordinates in it that are the place
    starts: tuple[WrittenCoordinates, ...] = ()  #: coordinates in it that its clause starts from
    misread: str = ""  #: why coordinates in it cannot be read
