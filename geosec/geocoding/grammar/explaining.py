"""A phrase printed back as the expression it was understood to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geosec.geocoding.geocoder import interpreter_for
from geosec.geocoding.grammar.phrases import parse_phrase

if TYPE_CHECKING:
    from geosec.geocoding.grammar.phrases import Clause, Item, Phrase
    from geosec.reference.gazetteer import Gazetteer

_NOUNS = {
    "T": "town",
    "V": "village",
    "D": "district",
    "P": "province",
    "K": "tehsil",
    "S": "station",
    "N": "quarter",
    "A": "area",
    "R": "railway",
    "H": "road",
    "B": "border",
    "F": "facility",
    "L": "route",
}
_RELATIONS = {
    "": "",
    ",": "in ",
    "i": "in ",
    "o": "of ",
    "m": "near ",
    "y": "off ",
    "f": "from ",
    "t": "towards ",
    "&": "and ",
    "-": "and ",
    "z": "of ",
}


def explain(phrase: str, *, gazetteer: Gazetteer | None = None) -> str:
    """Say how a location phrase is understood, before any place is looked for.

    Parameters
    ----------
    phrase : str
        Such as ``"12 km south of Sibi"``; distances in any unit the language files know.
    gazetteer : Gazetteer, optional
        Names to be known; those of Pakistan that ship with geosec by default.

    Returns
    -------
    str
        An expression: places with the nouns beside them and what they hang on, at most one
        construction. A question mark stands behind a name that is not known.

    Examples
    --------
    >>> import geosec
    >>> geosec.explain("12 km south of Sibi, Balochistan")
    "offset(12 km, 180°, place('Sibi')) in place('Balochistan')"
    >>> geosec.explain("near Zzyzx Masjid, Mastung")
    "near facility('Zzyzx Masjid'?) in place('Mastung')"
    >>> geosec.explain("between Sibi and Mach aboard the Jaffar Express")
    "between(place('Sibi'), place('Mach')) aboard train('Jaffar Express')"
    """
    reader = interpreter_for(gazetteer)
    return explained(parse_phrase(phrase, reader.ground.names, reader.language))


def explained(phrase: Phrase) -> str:
    """Print a phrase back.

    Parameters
    ----------
    phrase : Phrase
        As the grammar understood it; metres are shown as kilometres.

    Returns
    -------
    str

    Examples
    --------
    >>> from geosec.geocoding.grammar.phrases import Phrase
    >>> explained(Phrase("zzz"))
    'nothing'
    """
    parts = [_item(item) for item in phrase.items[: phrase.position]]
    if phrase.clause is not None:
        parts.append(_clause(phrase.clause))
        parts += [_item(item) for item in phrase.items[phrase.position :]]
    parts += [f"aboard train({name!r})" for name in phrase.trains]
    return " ".join(parts) or "nothing"


def _item(item: Item) -> str:
    known = "" if item.name is not None and not item.compound else "?"
    kind = next((_NOUNS[noun] for noun in item.nouns[::-1] if noun in _NOUNS), "place")
    name = item.text if item.generic else f"{item.text!r}{known}"
    return f"{_RELATIONS.get(item.relation, '')}{kind}({name})"


def _clause(clause: Clause) -> str:
    places = ", ".join(_item(item).removeprefix("in ") for item in clause.items)
    if clause.kind == "km_post":
        return f"km_post({clause.number:g})"
    if clause.kind in {"offset", "side"}:
        km = f"{round(clause.number / 1000, 1):g} km, " if clause.kind == "offset" else ""
        return f"{clause.kind}({km}{clause.azimuth_deg:g}°, {places})"
    if clause.kind == "toward":
        return f"towards({round(clause.number / 1000, 1):g} km, {places})"
    if clause.kind == "distance":
        return f"within({round(clause.number / 1000, 1):g} km, {places})"
    return f"between({places})"
