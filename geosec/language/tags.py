"""The alphabet of the grammar: what each lexeme of a phrase is, by name.

A phrase is cut into lexemes, and each gets a tag. A tag is one letter, so that a phrase is a short
string of tags and a construction a regular expression over it; but the letters stand in this file
alone. Everywhere else a tag is called by its name, and so is every set of tags.
"""

from __future__ import annotations

from typing import Final, Literal, Self

Kind = Literal["name", "noun", "relation", "measure", "mark", "aside", "behind"]


class Tag(str):
    """One letter that knows its name.

    Attributes
    ----------
    name : str
        What the language files and the constructions call it.
    kind : str
        ``name`` (proper names), ``noun`` (kinds of place), ``relation`` (how one thing hangs on
        another), ``measure`` (numbers, units, directions), ``mark`` (punctuation), ``aside``
        (what means nothing for a place) or ``behind`` (a relation that stands behind its name).
    says : str
        What it is, with an example.
    """

    __slots__ = ("kind", "name", "says")

    name: str
    kind: Kind
    says: str

    def __new__(cls, letter: str, name: str, kind: Kind, says: str) -> Self:
        """Make a tag; two tags of one letter are a mistake that `BY_NAME` finds."""
        tag = super().__new__(cls, letter)
        tag.name, tag.kind, tag.says = name, kind, says
        return tag


# proper names
NAME: Final = Tag("X", "name", "name", "a name that the gazetteer knows: Sibi")
UNKNOWN: Final = Tag("W", "unknown", "name", "a word that nothing knows: Zzyzx")

# nouns beside a name, which say what kind of place it is
TOWN: Final = Tag("T", "town", "noun", "Kalat town")
VILLAGE: Final = Tag("V", "village", "noun", "Goth Ali")
DISTRICT: Final = Tag("D", "district", "noun", "Kech district")
PROVINCE: Final = Tag("P", "province", "noun", "Sindh province")
TEHSIL: Final = Tag("K", "tehsil", "noun", "Tump tehsil, Kotri taluka")
STATION: Final = Tag("S", "station", "noun", "Panir railway station")
QUARTER: Final = Tag("N", "quarter", "noun", "a part of a town: Lyari sector, a mohalla")
AREA: Final = Tag("A", "area", "noun", "an area without a border: Zehri area, the hills")
RAILWAY: Final = Tag("R", "railway", "noun", "railway track, the Sibi section")
ROAD: Final = Tag("H", "road", "noun", "Sariab Road, the coastal highway")
BORDER: Final = Tag("B", "border", "noun", "the Iran border")
FACILITY: Final = Tag("F", "facility", "noun", "a thing at a place: mosque, checkpost, dam")
COLONY: Final = Tag("G", "colony", "noun", "what is named after a place far off: Dir Colony")
ROUTE: Final = Tag("L", "route", "noun", "the way of a train: Jaffar Express route")
TRAIN: Final = Tag("E", "train", "noun", "Jaffar Express, Bolan Mail")

# relations: how a name hangs on what stands before it
IN: Final = Tag("i", "in", "relation", "in, at, on, along Mach")
NEAR: Final = Tag("m", "near", "relation", "near, around, close to Mach")
OF: Final = Tag("o", "of", "relation", "south of Mach")
OFF: Final = Tag("y", "off", "relation", "off Gwadar, off the coast of Gwadar")
FROM: Final = Tag("f", "from", "relation", "from, beyond, short of Mach")
TO: Final = Tag("t", "to", "relation", "to, towards Mach")
BETWEEN: Final = Tag("b", "between", "relation", "between Sibi and Mach")
AND: Final = Tag("&", "and", "relation", "Sibi and Mach")
BOUND: Final = Tag("g", "bound", "relation", "the Quetta-bound train")
AWAY: Final = Tag("a", "away", "relation", "12 km away from Mach")
OWNER: Final = Tag("z", "owner", "relation", "the 's of Quetta's bypass")

# measures
NUMBER: Final = Tag("n", "number", "measure", "12, two hundred")
UNIT: Final = Tag("u", "unit", "measure", "km, miles")
DIRECTION: Final = Tag("d", "direction", "measure", "south, NNE, northerly, 190 degrees")
POST: Final = Tag("k", "post", "measure", "km post, pole number, without its number")
LENGTH: Final = Tag("l", "length", "measure", "12 km, two and a half miles, 10 to 15 km")
KILOMETRE: Final = Tag("p", "kilometre", "measure", "a post with its number: km 268, KP 268")
POINT: Final = Tag("@", "point", "measure", "coordinates: 29.543, 67.877")
ABOUT: Final = Tag("q", "about", "measure", "about, nearly, more than 12 km")

# marks
COMMA: Final = Tag(",", "comma", "mark", "a comma or a semicolon")
HYPHEN: Final = Tag("-", "hyphen", "mark", "a hyphen or a dash")
OPEN: Final = Tag("(", "open", "mark", "an opening bracket")
CLOSE: Final = Tag(")", "close", "mark", "a closing bracket")

# what means nothing for a place
IGNORED: Final = Tag("w", "ignored", "aside", "the, remote, restive")
CAPITAL: Final = Tag("C", "capital", "aside", "an ignored word with a capital, in running text")
OTHER: Final = Tag(".", "other", "aside", "any other word of a running text")
BREAK: Final = Tag("/", "break", "aside", "a quotation mark, a colon: it ends a construction")
COMMON_ROAD: Final = Tag("h", "common-road", "aside", "road, in lower case, in running text")
VEHICLE: Final = Tag("v", "vehicle", "aside", "train, in running text: it is on its way")

# relations of Urdu, which stand behind their name; `rewriting` turns them round
NEAR_BEHIND: Final = Tag("μ", "near-behind", "behind", "مچھ کے قریب")
BETWEEN_BEHIND: Final = Tag("β", "between-behind", "behind", "سبی اور مچھ کے درمیان")
OF_BEHIND: Final = Tag("γ", "of-behind", "behind", "سبی کے جنوب میں")
IN_BEHIND: Final = Tag("λ", "in-behind", "behind", "مچھ میں")
FROM_BEHIND: Final = Tag("φ", "from-behind", "behind", "سبی سے")
TO_BEHIND: Final = Tag("δ", "to-behind", "behind", "سبی کی جانب")

ALL: Final = tuple(each for each in globals().copy().values() if isinstance(each, Tag))
BY_NAME: Final = {tag.name: tag for tag in ALL}
BY_LETTER: Final = {str(tag): tag for tag in ALL}

# sets of tags that rules speak of
NOUNS: Final = frozenset(tag for tag in ALL if tag.kind == "noun") - {TRAIN}
"""Nouns that stand beside the name of a place."""
RUN: Final = NOUNS | {NAME, UNKNOWN}
"""What a place is written with: its name, unknown words, and the nouns beside it."""
TOLD_NOUNS: Final = NOUNS - {RAILWAY, FACILITY, COLONY, ROUTE}
"""Nouns behind a name that belong to it in a running text."""
GUESSED_NOUNS: Final = frozenset(
    {TOWN, VILLAGE, DISTRICT, PROVINCE, TEHSIL, STATION, FACILITY, COLONY}
)
"""Nouns that a misspelt word may stand for: "Pasni Cty"."""
CARRIED: Final = frozenset(
    {TOWN, VILLAGE, DISTRICT, PROVINCE, TEHSIL, BORDER, AREA, QUARTER, STATION}
)
"""Nouns of "town of Mach", which belong to the name that follows."""
AREAL: Final = frozenset({DISTRICT, PROVINCE, TEHSIL})
"""A name with such a noun behind it is no part of a longer name."""
LOCALITY: Final = frozenset({AREA, VILLAGE, TEHSIL})
"""What lies in the country, not in a town."""
RURAL: Final = frozenset({VILLAGE, TEHSIL})
"""What lies in the country even where a facility is named beside it."""
CLASSED: Final = frozenset({TOWN, DISTRICT, STATION})
"""Nouns that say for certain what kind of place a name is."""
VAGUE: Final = frozenset({AREA, QUARTER})
"""Nouns that say that a place is meant with what lies round it."""
PART_OF_PLACE: Final = frozenset({AREA, VILLAGE, TEHSIL, QUARTER, ROAD})
"""What is somewhere in, or round, the place named behind it."""
TEHSIL_OR_AREA: Final = frozenset({TEHSIL, AREA})
"""Nouns by which the tehsil of a name may be meant."""
BUILT: Final = frozenset({FACILITY, COLONY, ROAD})
"""Nouns of things at a place."""
THINGS: Final = frozenset({FACILITY, COLONY, AREA, QUARTER})
"""Nouns of things that want a settlement."""
MEASURES: Final = frozenset({NUMBER, UNIT, LENGTH, KILOMETRE, DIRECTION})
"""What must be understood, where it stands beside a construction."""
JOINS: Final = frozenset({HYPHEN, AND, TO})
LISTED: Final = frozenset({AND, COMMA})
"""What may stand between two measures that belong together."""
TRACK: Final = frozenset({RAILWAY, ROAD, COMMON_ROAD, ROUTE})
"""Nouns of what one travels on: "road from Quetta to Sibi"."""
LINE_NOUNS: Final = TRACK | {BORDER, STATION}
"""Nouns of what lies between two places: "Quetta-Sibi railway line"."""
BEHIND: Final = frozenset(tag for tag in ALL if tag.kind == "behind")
"""Relations that stand behind their name."""
ENDS: Final = frozenset({FROM, TO})
"""Relations: where something comes from, or goes to."""
HOLDS: Final = frozenset({IN, OF, OWNER, COMMA})
"""Relations: the item is round the one before."""
CLOSE_BY: Final = frozenset({NEAR, OFF})
"""Relations: the item is not far."""
JOINING: Final = frozenset({AND, IN, OF, NEAR, BETWEEN, FROM, TO, OFF})
"""Relations that stand between names: a name with such a word in it must be spelt alike."""
FILLED: Final = frozenset(tag for tag in ALL if tag.kind == "relation") | {DIRECTION}
"""Tags behind which a running text may put words that mean nothing: "south of the restive Kech"."""

SETS: Final = {
    "any": frozenset(ALL),
    "run": RUN,
    "noun": NOUNS,
    "told-noun": TOLD_NOUNS,
    "track": TRACK,
    "line-noun": LINE_NOUNS,
}
"""Sets that patterns call by name, as they call a tag."""


def spell_tags(tags: str) -> str:
    """Write a string of tags by their names, with spaces between: "number unit direction"."""
    return " ".join(BY_LETTER[letter].name for letter in tags)


def read_tags(names: str) -> str:
    """Write the names of tags as a string of tags; `spell_tags` the other way round."""
    return "".join(str(BY_NAME[name]) for name in names.split())
