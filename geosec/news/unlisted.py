"""Places that no gazetteer lists, told with the unit round them: "Balgatar, Kech district"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geosec.language.notation import Door, compile_pattern

if TYPE_CHECKING:
    from geosec.news.cutting import CutSentence

_KINDS = "village|town|area|quarter|tehsil"
_DOOR = Door(
    slots={
        "run": "village? ( unknown or name unknown|name or village name )"
        " name|unknown|village{0,4}",
        "told": f"( {_KINDS}{{0,2}} comma ignored{{0,3}} ( {_KINDS} in|of|near ignored{{0,3}} )?"
        f" or {_KINDS}{{1,2}} in|of ignored{{0,3}} or {_KINDS}{{0,2}} open ignored{{0,3}} )",
        "loose": "in|of ignored{0,3}",
        "bare": "village? unknown{1,3}",
        "far": f"{_KINDS}{{0,2}} comma|open about|ignored{{0,3}}",
    },
)
_UNLISTED = compile_pattern(
    f"( in|near ignored{{0,4}} ( {_KINDS} of )? ignored{{0,2}} or {_KINDS} of )"
    " {run} ( ( {told} or {loose} ) name !unknown|hyphen|owner !( and name ) or {far} length )",
    _DOOR,
)
_BARE = compile_pattern(
    f"( in|near ignored{{0,4}} ( {_KINDS} of ignored{{0,2}} )? or {_KINDS} of ) {{bare}}"
    " !unknown|facility|colony|owner|hyphen|train|capital|name",
    _DOOR,
)
_NOT_AT = frozenset({"on", "of"})  # before a day, a paper, a group
_LINKS = ("told", "far")


def find_unlisted(cut: CutSentence, *, wide: bool, known: int) -> int:
    """Find where the name of an unlisted place begins that what is known says more about.

    ``known`` is the lexeme where that begins: the unit round it, or the distance from another
    place. A name alone, as in "at Edhi Centre in Karachi", is a thing in the town; before the kind
    of place that it is, a comma or a bracket, or a district, it is a place.
    """
    links = (*_LINKS, "loose") if wide else _LINKS
    return next(
        (
            found.start("run")
            for found in _UNLISTED.finditer(cut.letters)
            if known in {found.end(link) for link in links}
        ),
        known,
    )


def find_unknown(cut: CutSentence) -> str:
    """Find a name that no gazetteer lists and of which nothing more is told: "at Sost"."""
    for found in _BARE.finditer(cut.letters):
        if cut.lexemes[found.start()].key not in _NOT_AT:
            first, last = found.span("bare")
            return cut.text[cut.lexemes[first].start : cut.lexemes[last - 1].end]
    return ""
