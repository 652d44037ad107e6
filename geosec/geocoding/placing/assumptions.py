"""What a phrase leaves open about its place, and what is assumed instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geosec.geocoding.grammar.tags import CLOSE_BY
from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.reference.feature_classes import TOWN_SIZED, UNITS, WAYS

if TYPE_CHECKING:
    from geosec.geocoding.grammar.phrases import Item, Phrase
    from geosec.geocoding.placing.heads import Head
    from geosec.geocoding.placing.places import Place

_VAGUE = frozenset("AN")
_QUARTER = frozenset("AVKNH")


def left_over(phrase: Phrase, heads: list[Head]) -> str:
    """Name what stands behind the place and was not understood.

    Parameters
    ----------
    phrase : Phrase
        As the grammar understood it. No unit or CRS is involved.
    heads : list of Head
        The place, and those named on a par with it.

    Returns
    -------
    str
        Empty where nothing is left.

    Examples
    --------
    >>> from geosec.geocoding.placing.heads import Head
    >>> from geosec.reference.names import Name
    >>> from geosec.geocoding.grammar.phrases import Item, Phrase
    >>> sibi, other = Item("Sibi", Name(("x",), 1.0)), Item("Zzyzx", relation=",")
    >>> left_over(Phrase("Sibi, Zzyzx", (sibi, other)), [Head(sibi, [], ())])
    "'Zzyzx' not understood"
    """
    if len(phrase.items) == 1:
        return ""
    behind = phrase.items[phrase.items.index(heads[-1].item) + 1 :]
    names = [repr(item.text) for item in behind if item.name is None and not item.generic]
    return f"{', '.join(names)} not understood" if names else ""


def assumed(head: Head, place: Place) -> list[str]:
    """Say what of the phrase was not known, and what stands for it.

    Parameters
    ----------
    head : Head
        The place, with what stands before it.
    place : Place
        What it was read as, in EPSG:4326.

    Returns
    -------
    list of str

    Examples
    --------
    >>> from geosec.geocoding.geocoder import interpreter_for
    >>> from geosec.geocoding.placing.heads import Head
    >>> from geosec.geocoding.grammar.phrases import Item
    >>> sibi = interpreter_for(None).ground.place("gn:1164896")
    >>> assumed(Head(Item("Sibi"), [], (Item("Zzyzx Mosque", nouns="F"),)), sibi)
    ["'Zzyzx Mosque' not in the gazetteer: placed in Sibi"]
    """
    told = []
    if head.skipped and (stood_for := _not_found(head.skipped)):
        told.append(f"{stood_for}: placed in {place.name}")
    if not place.has_point and place.feature_class not in UNITS | WAYS:
        told.append(f"no coordinate is known for {place.name}: its district is used")
    return told


def _not_found(items: tuple[Item, ...]) -> str:
    """Tell names that no place bears from those that a place elsewhere bears."""
    names: dict[str, list[str]] = {}
    for item in items:
        if not item.generic:
            known = item.name is not None and not item.compound
            told = "known elsewhere only" if known else "not in the gazetteer"
            names.setdefault(told, []).append(repr(item.text))
    return ", ".join(f"{', '.join(each)} {told}" for told, each in names.items())


def stands_in(head: Head, place: Place) -> bool:
    """Say whether an area stands for something in it whose own point is not known.

    Parameters
    ----------
    head : Head
        The place, with what stands before it.
    place : Place
        What it was read as, in EPSG:4326.

    Returns
    -------
    bool

    Examples
    --------
    >>> from geosec.geocoding.geocoder import interpreter_for
    >>> from geosec.geocoding.placing.heads import Head
    >>> from geosec.geocoding.grammar.phrases import Item
    >>> kech = interpreter_for(None).ground.place("adm2:PK-BA-kech")
    >>> dam = Item("Zzyzx Dam", nouns="F")
    >>> stands_in(Head(Item("Kech"), [], (dam,)), kech), stands_in(Head(Item("Kech"), [], ()), kech)
    (True, False)
    """
    if place.feature_class in UNITS:
        return any(not item.generic for item in head.skipped)
    return not place.has_point and place.feature_class not in WAYS


def vague_m(head: Head, place: Place) -> float:
    """Say how far from a place something near it, or in a quarter of it, may be.

    Parameters
    ----------
    head : Head
        The place, with what stands before it.
    place : Place
        What it was read as, in EPSG:4326.

    Returns
    -------
    float
        Metres beyond the place itself; 0 where the phrase is not vague.

    Examples
    --------
    >>> from geosec.geocoding.geocoder import interpreter_for
    >>> from geosec.geocoding.placing.heads import Head
    >>> from geosec.geocoding.grammar.phrases import Item
    >>> sibi = interpreter_for(None).ground.place("gn:1164896")
    >>> vague_m(Head(Item("Sibi", relation="m"), [], ()), sibi)
    10000.0
    """
    own = head.item.nouns
    vague_station = place.feature_class == "rail_station" and "S" not in own
    if head.item.relation in CLOSE_BY:
        wide = vague_station or place.feature_class in TOWN_SIZED
        return PARAMETERS.near_m if wide else PARAMETERS.near_station_m
    quarter = any(not _QUARTER.isdisjoint(each.nouns) for each in head.skipped)
    vague = quarter or vague_station or not _VAGUE.isdisjoint(own)
    return PARAMETERS.area_m if vague else 0.0
