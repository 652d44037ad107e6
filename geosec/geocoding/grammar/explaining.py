"""A phrase written back as the expression it was understood to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geosec.language import tags
from geosec.numerals.numbers import UNREAD

if TYPE_CHECKING:
    from geosec.geocoding.grammar.phrases import Clause, Item, Phrase
    from geosec.numerals.coordinates import WrittenCoordinates
    from geosec.numerals.numbers import Amount

_RELATIONS: dict[str, str] = {
    "": "",
    tags.COMMA: "in ",
    tags.IN: "in ",
    tags.OF: "of ",
    tags.OWNER: "of ",
    tags.NEAR: "near ",
    tags.OFF: "off ",
    tags.FROM: "from ",
    tags.TO: "towards ",
    tags.AND: "and ",
    tags.HYPHEN: "and ",
}


def write_phrase(phrase: Phrase) -> str:
    """Write a phrase as the expression it was understood to be; metres are shown as kilometres."""
    parts = [_write_item(item) for item in phrase.items[: phrase.position]]
    if phrase.clause is not None:
        parts.append(_write_clause(phrase.clause))
        parts += [_write_item(item) for item in phrase.items[phrase.position :]]
    if phrase.point is not None:
        parts.insert(0, _write_point(phrase.point))
    parts += [f"aboard train({name!r})" for name in phrase.trains]
    return " ".join(parts) or "nothing"


def _write_item(item: Item) -> str:
    if item.point is not None:
        return _write_point(item.point)
    known = "" if item.name is not None and not item.compound else "?"
    nouns = [tags.BY_LETTER[letter].name for letter in item.nouns[::-1] if letter in tags.NOUNS]
    kind = nouns[0] if nouns else "place"
    name = item.text if item.generic else f"{item.text!r}{known}"
    return f"{_RELATIONS.get(item.relation, '')}{kind}({name})"


def _write_point(written: WrittenCoordinates) -> str:
    return f"point({written.lat:g}, {written.lon:g})"


def _write_clause(clause: Clause) -> str:
    places = ", ".join(_write_item(item).removeprefix("in ") for item in clause.items)
    km = write_km(clause.length_m)
    post = f"km_post({(clause.post_km or UNREAD).write()})"
    if clause.post_km is not None:
        places = post
    if clause.point is not None:
        places = _write_point(clause.point)
    written = {
        "km_post": post,
        "offset": f"offset({km}, {round(clause.azimuth_deg, 1):g}°, {places})",
        "side": f"side({clause.azimuth_deg:g}°, {places})",
        "toward": f"towards({km}, {places})",
        "distance": f"within({km}, {places})",
    }
    return written.get(clause.kind, f"between({places})")


def write_km(length_m: Amount | None) -> str:
    """Write a distance, or the two ends of a range, in kilometres to one decimal."""
    return f"{(length_m or UNREAD).scale(1 / 1000).write(1)} km"
