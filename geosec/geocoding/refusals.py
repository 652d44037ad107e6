"""Why a phrase was not placed, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geosec.geocoding.readings import Answer

if TYPE_CHECKING:
    from geosec.geocoding.ground import Ground
    from geosec.geocoding.match import Context
    from geosec.geocoding.phrases import Item, Phrase


def refusal(phrase: Phrase, context: Context, admin1: str, ground: Ground) -> Answer:
    """Say why nothing was answered.

    Parameters
    ----------
    phrase : Phrase
        As the grammar understood it.
    context : Context
        Provinces and districts it had to be in.
    admin1 : str
        Province the report gives, as it gives it.
    ground : Ground
        Places in EPSG:4326.

    Returns
    -------
    Answer
        ``outside`` where every place it names lies abroad, else ``unmatched``, with the reason.

    Examples
    --------
    >>> from geosec.geocoding.ground import Ground
    >>> from geosec.geocoding.match import Context
    >>> from geosec.geocoding.phrases import Phrase
    >>> refusal(Phrase("Bolan Mail", trains=("Bolan Mail",)), Context(), "", Ground()).reason
    "names a train ('Bolan Mail') and no place"
    """
    known = _known(phrase)
    if known and _all_abroad(known, ground):
        place = ground.place(known[0][1][0])
        where = ground.country_name(place.country_code)
        return Answer("outside", reason=f"{place.name} is in {where}")
    return Answer("unmatched", reason=_grammar(phrase) or _names(phrase, known, context, admin1))


def _known(phrase: Phrase) -> list[tuple[str, tuple[str, ...]]]:
    """List the names that the gazetteer knows, with their places."""
    items: tuple[Item, ...] = phrase.items + (phrase.clause.items if phrase.clause else ())
    whole = [item for item in items if not item.compound]
    return [(item.text, item.name.places) for item in whole if item.name is not None]


def _all_abroad(known: list[tuple[str, tuple[str, ...]]], ground: Ground) -> bool:
    return all(not ground.is_home(ground.place(each)) for _, places in known for each in places)


def _grammar(phrase: Phrase) -> str:
    """Give the reason that lies in how the phrase is built, if one does."""
    if not phrase.items and phrase.trains:
        return f"names a train ({phrase.trains[0]!r}) and no place"
    parts = [item.text for item in phrase.items if item.compound]
    if parts:
        return f"{parts[0]!r} is a name of its own, and not known as a place"
    if phrase.clause is not None and phrase.clause.kind == "km_post":
        return f"no line it names, or that is near, has a km {phrase.clause.number:g}"
    return ""


def _names(
    phrase: Phrase, known: list[tuple[str, tuple[str, ...]]], context: Context, admin1: str
) -> str:
    if known and context.provinces:
        where = admin1 or ", ".join(sorted(context.provinces))
        return f"{known[0][0]!r} is not known in {where}"
    names = ", ".join(repr(item.text) for item in phrase.items) or "nothing"
    return f"no place of the gazetteer is named; it names {names}"
