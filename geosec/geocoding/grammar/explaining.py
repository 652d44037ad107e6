"""A phrase written back as the expression it was understood to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geosec.geocoding.grammar import tags

if TYPE_CHECKING:
    from geosec.geocoding.grammar.phrases import Clause, Item, Phrase

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
    parts += [f"aboard train({name!r})" for name in phrase.trains]
    return " ".join(parts) or "nothing"


def _write_item(item: Item) -> str:
    known = "" if item.name is not None and not item.compound else "?"
    nouns = [tags.BY_LETTER[letter].name for letter in item.nouns[::-1] if letter in tags.NOUNS]
    kind = nouns[0] if nouns else "place"
    name = item.text if item.generic else f"{item.text!r}{known}"
    return f"{_RELATIONS.get(item.relation, '')}{kind}({name})"


def _write_clause(clause: Clause) -> str:
    places = ", ".join(_write_item(item).removeprefix("in ") for item in clause.items)
    km = f"{round(clause.number / 1000, 1):g} km"
    written = {
        "km_post": f"km_post({clause.number:g})",
        "offset": f"offset({km}, {clause.azimuth_deg:g}°, {places})",
        "side": f"side({clause.azimuth_deg:g}°, {places})",
        "toward": f"towards({km}, {places})",
        "distance": f"within({km}, {places})",
    }
    return written.get(clause.kind, f"between({places})")
