"""The item of a phrase that is the place, and what stands round it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geosec.geocoding.ground import AREAS, ROAMING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geosec.geocoding.ground import Place
    from geosec.geocoding.match import Candidate
    from geosec.geocoding.phrases import Item, Phrase

_SIZES = ("country", "province", "division", "district")


class Head(NamedTuple):
    """The item that is the place, and what of the phrase stands before it unresolved.

    Attributes
    ----------
    item : Item
        Of the phrase.
    candidates : sequence of Candidate
        Places it may mean, in EPSG:4326.
    skipped : tuple of Item
        Items before it that no place is known for.

    Examples
    --------
    >>> from geosec.geocoding.phrases import Item
    >>> Head(Item("Sibi"), [], ()).skipped
    ()
    """

    item: Item
    candidates: Sequence[Candidate]
    skipped: tuple[Item, ...]


def is_finer(found: Sequence[Candidate], than: Sequence[Candidate]) -> bool:
    """Say whether candidates are of a smaller kind than the areas before them.

    Parameters
    ----------
    found, than : sequence of Candidate
        At least one each; places in EPSG:4326.

    Returns
    -------
    bool

    Examples
    --------
    >>> from geosec.geocoding.geocoder import interpreter_for
    >>> from geosec.geocoding.match import Candidate
    >>> ground = interpreter_for(None).ground
    >>> sibi, sindh = ground.place("gn:1164896"), ground.place("adm1:PK-SD")
    >>> is_finer([Candidate(sibi, 1.0, 1.0)], [Candidate(sindh, 1.0, 1.0)])
    True
    """
    ranks = [
        max(
            _SIZES.index(kind) if kind in _SIZES else len(_SIZES)
            for kind in (each.place.feature_class for each in candidates)
        )
        for candidates in (found, than)
    ]
    return ranks[0] > ranks[1]


def is_around(unit: Place, place: Place) -> bool:
    """Say whether a place lies in the district, province or country that another is.

    Parameters
    ----------
    unit, place : Place
        Of the gazetteer, in EPSG:4326.

    Returns
    -------
    bool

    Examples
    --------
    >>> from geosec.geocoding.geocoder import interpreter_for
    >>> ground = interpreter_for(None).ground
    >>> is_around(ground.place("adm1:PK-BA"), ground.place("gn:1164896"))
    True
    """
    if unit.feature_class == "country":
        return unit.country_code == place.country_code
    if unit.feature_class == "province":
        return bool(unit.adm1_code) and unit.adm1_code == place.adm1_code
    return bool(unit.adm2_code) and unit.adm2_code == place.adm2_code


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
    >>> from geosec.geocoding.names import Name
    >>> from geosec.geocoding.phrases import Item, Phrase
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
    >>> from geosec.geocoding.phrases import Item
    >>> sibi = interpreter_for(None).ground.place("gn:1164896")
    >>> assumed(Head(Item("Sibi"), [], (Item("Zzyzx Mosque", nouns="F"),)), sibi)
    ["'Zzyzx Mosque' not in the gazetteer: placed in Sibi"]
    """
    told = []
    names = ", ".join(repr(item.text) for item in head.skipped if not item.generic)
    if names:
        told.append(f"{names} not in the gazetteer: placed in {place.name}")
    if not place.has_point and place.feature_class not in AREAS | ROAMING:
        told.append(f"no coordinate is known for {place.name}: its district is used")
    return told
