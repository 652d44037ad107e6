"""The constructions by which a text says where in relation to named places, each once.

`CONSTRUCTIONS` is the one table: a location phrase is read by it, and a running text is searched
with it. A line of the table is a pattern as `notation` explains it. In a phrase, the first
construction of the table that is found anywhere is taken; in a running text, at every word the
first that fits.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from geosec.language.notation import Door, compile_pattern, write_expression

if TYPE_CHECKING:
    from collections.abc import Mapping

ClauseKind = Literal[
    "km_post", "between", "near_both", "pair", "offset", "toward", "distance", "side"
]
ThingKind = Literal["area", "facility", "inside", "name", "journey"]

_SLOTS = {
    "length": "length|unit",  # a unit without a number is a length that cannot be read
    "post": "kilometre",
    "point": "point",
    "spot": "point",  # that stands for a place
    "direction": "direction",
    "name": "name",
    "stop": "name station|railway|vehicle*",
    "station": "name station",
    "border": "border",
    "line": "line-noun|vehicle+",
    "track": "track+",
}
_PLACES = frozenset({"place", "end", "name", "stop", "station", "spot"})  # slots of places
_NOUNS = ("border", "line", "track")  # slots of nouns
PHRASE: Final = Door(slots={**_SLOTS, "place": "run+", "end": "run+"})
"""A location phrase: all of it is the place, and ignored words are taken out before."""
TEXT: Final = Door(
    slots={
        **_SLOTS,
        "place": "name told-noun*",
        "end": "name|unknown+ told-noun*",
        "thing": "( unknown|capital+ facility|colony|road or facility|colony )",
    },
    fillers=4,
    most=6,
    captures=False,
)
"""A running text: places are known by name, and words that mean nothing stand between."""


class Construction(NamedTuple):
    """One way to say where.

    Attributes
    ----------
    kind : str
        What it means: how its footprint is made.
    pattern : str
        Over tags; `{place}` and `{end}` are the places it starts from.
    example : str
        A phrase of the kind.
    before, behind : str
        Patterns of what else belongs to it in a running text: the track that "between Sibi and
        Mach" runs on, the line that a km post stands on.
    aside : bool
        Whether a comma behind it in a running text makes it a remark on the place before: "in
        Hangu, 40 km to the south, a bomber ..." tells where Hangu is; and "to" before it: "taken
        to Quetta, 100 km to the south" tells how far they were taken.
    """

    kind: ClauseKind
    pattern: str
    example: str
    before: str = ""
    behind: str = ""
    aside: bool = False


_OF_LINE = "( of|in name ( hyphen name )? line-noun|vehicle* or comma? near {place} )?"
_IN_PAIR = "( in|of name hyphen name railway|vehicle|station+ )?"
_ON_TRACK = "railway|vehicle|station*"
CONSTRUCTIONS: Final = (
    Construction(
        "offset",
        "{length} to|in* {direction} of|from|off {post}",
        "12 km south of km 268 of ML-3",
        behind=_OF_LINE,
    ),
    Construction(
        "distance", "{length} away? from|off {post}", "2 km from km 268 of ML-3", behind=_OF_LINE
    ),
    Construction("km_post", "{post}", "km 268 of ML-3", behind=_OF_LINE),
    Construction(
        "offset", "{length} to|in* {direction} of|from|off {point}", "12 km south of 29.565, 67.731"
    ),
    Construction("distance", "{length} away? from|off {point}", "12 km from 29.565N, 67.731E"),
    Construction(
        "between", "between {spot} and|to {spot}", "between 29.565, 67.731 and 30.123, 67.012"
    ),
    Construction("between", "from? {spot} to {spot}", "from 29.565, 67.731 to 30.123, 67.012"),
    Construction("between", "between {spot} and|to {end}", "between 29.565, 67.731 and Sibi"),
    Construction("between", "between {end} and|to {spot}", "between Sibi and 29.565, 67.731"),
    Construction("between", "from {spot} to {end}", "from 29.565, 67.731 to Sibi"),
    Construction("between", "from {end} to {spot}", "from Sibi to 29.565, 67.731"),
    Construction(
        "between",
        "{border}? between {end} and|to {end}",
        "between Sibi and Mach",
        _ON_TRACK,
        _IN_PAIR,
    ),
    Construction(
        "between",
        "{border}? between station|railway|vehicle+ of {end} and|to {end}",
        "between the stations of Sibi and Mach",
        _ON_TRACK,
        _IN_PAIR,
    ),
    Construction(
        "between", "{border} of {place} and|to {place}", "border of Kohlu and Dera Bugti districts"
    ),
    Construction("between", "between {stop} {stop}", "between Panir station Peshi station"),
    Construction("near_both", "near {name} and {station}", "near Sultankot and Abad stations"),
    Construction("pair", "{name} hyphen {name} {line}", "Quetta-Sibi railway line"),
    Construction("between", "{track} from {place} to {place}", "road from Kalat to Khuzdar"),
    Construction(
        "offset",
        "{length} to? {direction} and|comma? {length} to? {direction} of|from|off* {place}",
        "12 km south and 5 km east of Sibi",
    ),
    Construction(
        "offset", "{length} away? to|in* {direction} of|from|off* {place}", "12 km south of Sibi"
    ),
    Construction(
        "offset",
        "{length} away? from|off|of {place} comma? to|in* {direction} !of|name|unknown",
        "10 km off Sibi in the northwesterly direction",
    ),
    Construction("offset", "{length} to? {place} owner {direction}", "5 km to Tank's north-east"),
    Construction(
        "offset",
        "{place} comma? {length} to? {direction} and|comma? {length} to? {direction} !of",
        "Sibi, 12 km to the south and 5 km to the east",
        aside=True,
    ),
    Construction(
        "offset",
        "{place} comma? {length} to|in* {direction} !of",
        "Sibi, 12 km to the south",
        aside=True,
    ),
    Construction("offset", "{place} open {length} to|in* {direction} close", "Sibi (12 km S)"),
    Construction(
        "toward",
        "{length} away? from|off {place} in|to* {track}? to {place}",
        "45 km from Khuzdar towards Kalat",
    ),
    Construction("distance", "{length} away? from|off {place}", "3 km short of Mach"),
    Construction("distance", "in {length} of|near|about {place}", "within 12 km of Sibi"),
    Construction("distance", "{length} away of {place}", "12 km upstream of Sukkur"),
    Construction("distance", "{place} open {length} away? close", "Sibi (12 km)"),
    Construction("side", "to|in* {direction} of|from {place}", "to the west of Quetta"),
    Construction("side", "off {place} comma? to|in* {direction} !of", "off Gwadar to the south"),
)

_THINGS: Final[tuple[tuple[ThingKind, str], ...]] = (
    ("area", "name|unknown+ road|facility|colony? area|tehsil|quarter of {place}"),
    (
        "facility",
        "{thing} facility|colony|road|area* ( in|of or comma )? {place}",
    ),
    ("inside", "name unknown? facility|colony+"),
    ("name", "{place}"),
    ("journey", "vehicle+ from {place} to {place}"),
)
"""What a running text calls a place by where it uses no construction, the longest first.

A train that runs from one place to another is on a journey, and says of neither that it was there.
"""

MENTION_KINDS: Final[Mapping[str, ClauseKind | ThingKind]] = {
    **{f"construction{number}": each.kind for number, each in enumerate(CONSTRUCTIONS)},
    **{kind: kind for kind, _ in _THINGS},
}
"""The kind of mention that each group of `mention_pattern` is."""


class Found(NamedTuple):
    """A construction found in the tags of a phrase, and where its parts stand among them."""

    kind: ClauseKind
    span: tuple[int, int]
    places: tuple[tuple[int, int], ...]
    lengths: tuple[int, ...]
    directions: tuple[int, ...]
    post: int | None
    point: int | None
    nouns: str  #: of the line, the track or the border that it speaks of


@lru_cache(maxsize=4096)
def find_construction(letters: str) -> Found | None:
    """Find the first construction in the tags of a phrase; many phrases share one string."""
    for construction, pattern in zip(CONSTRUCTIONS, _phrase_patterns(), strict=True):
        match = pattern.search(letters)
        if match is not None:
            return _locate_parts(construction.kind, match)
    return None


def _locate_parts(kind: ClauseKind, match: re.Match[str]) -> Found:
    spans = {slot: match.span(slot) for slot, words in match.groupdict().items() if words}
    return Found(
        kind,
        match.span(),
        places=tuple(span for slot, span in spans.items() if slot.rstrip("2") in _PLACES),
        lengths=tuple(spans[slot][0] for slot in ("length", "length2") if slot in spans),
        directions=tuple(spans[slot][0] for slot in ("direction", "direction2") if slot in spans),
        post=spans["post"][0] if "post" in spans else None,
        point=spans["point"][0] if "point" in spans else None,
        nouns="".join(match[slot] for slot in _NOUNS if slot in spans),
    )


@cache
def _phrase_patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(compile_pattern(construction.pattern, PHRASE) for construction in CONSTRUCTIONS)


@cache
def mention_pattern() -> re.Pattern[str]:
    """Compile what a running text is searched with: a group of `MENTION_KINDS` for each way."""
    ways = [
        f"(?P<construction{number}>{_write_told(construction)})"
        for number, construction in enumerate(CONSTRUCTIONS)
    ]
    ways += [f"(?P<{kind}>{write_expression(pattern, TEXT)})" for kind, pattern in _THINGS]
    return re.compile("|".join(ways))


def _write_told(construction: Construction) -> str:
    line = f"{construction.before} {construction.pattern} {construction.behind}"
    return write_expression(f"<!to {line} !comma" if construction.aside else line, TEXT)
