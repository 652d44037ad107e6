"""Why a phrase was not placed, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.geocoding.placing.readings import Answer
from geosec.geodesy.wgs84 import DEGREE_M
from geosec.railway.route import describe_route
from geosec.reference.feature_classes import find_class
from geosec.reference.toponyms import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from geosec.geocoding.grammar.coordinates import WrittenCoordinates
    from geosec.geocoding.grammar.language import Language
    from geosec.geocoding.grammar.phrases import Item, Phrase
    from geosec.geocoding.placing.ground import Ground
    from geosec.geocoding.placing.matcher import Candidate, Context

_SHOWN = 60  # letters of a phrase that a reason repeats
_POLE_DEG, _DATE_LINE_DEG = 90.0, 180.0


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
    >>> from geosec.geocoding.placing.ground import Ground
    >>> from geosec.geocoding.placing.matcher import Context
    >>> from geosec.geocoding.grammar.phrases import Phrase
    >>> refusal(Phrase("Bolan Mail", trains=("Bolan Mail",)), Context(), "", Ground()).reason
    "names a train ('Bolan Mail') and no place"
    """
    known = _known(phrase)
    if known and _all_abroad(known, ground):
        place = ground.place(known[0][1][0])
        where = ground.country_name(place.country_code)
        told = f"{place.name} is in {where}" if place.name != where else f"the phrase names {where}"
        return Answer("outside", reason=told)
    reason = _train(phrase, ground) or _grammar(phrase) or _clause(phrase, context, admin1, ground)
    reason = reason or _names(phrase, known, context, admin1)
    return Answer("unmatched", reason=reason)


def no_place(phrase: Phrase, ground: Ground, language: Language) -> str:
    """Say why a phrase that holds a place's name names no place.

    Parameters
    ----------
    phrase : Phrase
        As the grammar understood it.
    ground : Ground
        Places in EPSG:4326.
    language : Language
        Words for persons.

    Returns
    -------
    str
        The reason, or nothing.

    Examples
    --------
    >>> from geosec.geocoding.geocoder import interpreter_for
    >>> from geosec.geocoding.grammar.parsing import parse_phrase
    >>> reader = interpreter_for(None)
    >>> khan = parse_phrase("Khan of Kalat", reader.ground.names, reader.language)
    >>> no_place(khan, reader.ground, reader.language)
    "'Khan' of Kalat is a person"
    """
    unreadable = _unreadable(phrase)
    if unreadable:
        return unreadable
    if phrase.organisation:
        return f"{phrase.text.strip()!r} are those who serve there, and no place"
    if len(phrase.items) == 1 and not phrase.items[0].nouns:
        return ""
    return _title(phrase, language) or _institution(phrase, ground)


def _unreadable(phrase: Phrase) -> str:
    if phrase.too_long:
        long = f"a text of {len(phrase.text):,} characters is no location phrase"
        return f"{long}; `parse_report` reads reports"
    short = phrase.impossible if len(phrase.impossible) <= _SHOWN else "what it gives"
    return f"{short!r} is no distance or post that can be" if phrase.impossible else ""


def _title(phrase: Phrase, language: Language) -> str:
    """Recognise a person or a body that is named after a place: the Khan of Kalat."""
    if len(phrase.items) < 2 or phrase.clause is not None or phrase.items[1].relation != "o":
        return ""
    first, second = phrase.items[:2]
    title = normalise(first.text)
    unknown = first.name is None and not first.nouns
    if unknown and title and not language.titles.isdisjoint({title, *title.split()[-1:]}):
        return f"{first.text!r} of {second.text} is a person"
    if title in language.institutions:
        return f"{first.text!r} of {second.text} is a body, and no place"
    return ""


def _institution(phrase: Phrase, ground: Ground) -> str:
    """Recognise a thing named after a whole province: the Balochistan Assembly."""
    known = [number for number, item in enumerate(phrase.items) if item.name is not None]
    if phrase.clause is not None or not known or not _is_of_thing(phrase, known[0]):
        return ""
    item = phrase.items[known[0]]
    names = [item.name for item in phrase.items if item.name is not None]
    kinds = {ground.place(each).feature_class for name in names for each in name.places}
    if not kinds <= {"province", "country"}:
        return ""
    return f"{phrase.text.strip()!r} is named after {item.text}; where it stands is not known"


def _is_of_thing(phrase: Phrase, at: int) -> bool:
    """Whether a name belongs to a thing: "Balochistan Assembly", "the bank of Punjab"."""
    item = phrase.items[at]
    if item.owner or "F" in item.nouns:
        return True
    return at > 0 and item.relation == "o" and "F" in phrase.items[at - 1].nouns


def abroad(found: Sequence[Candidate], ground: Ground) -> Answer:
    """Say that a name is most probably a place abroad.

    Parameters
    ----------
    found : sequence of Candidate
        The most probable first; places in EPSG:4326.
    ground : Ground
        Countries.

    Returns
    -------
    Answer

    Examples
    --------
    >>> from geosec.geocoding.geocoder import interpreter_for
    >>> from geosec.geocoding.placing.matcher import Candidate
    >>> ground = interpreter_for(None).ground
    >>> name = ground.names.find("Kandahar")
    >>> abroad([Candidate(ground.place(name.places[0]), 1.0, 1.0)], ground).status
    'outside'
    """
    foreign = next(each for each in found if not ground.is_home(each.place))
    where = ground.country_name(foreign.place.country_code)
    reason = f"{foreign.place.name} is in {where}"
    if foreign.place.name == where:
        reason = f"the phrase names {where}"
    home = [each.place for each in found if ground.is_home(each.place)]
    if home:
        reason += f"; {find_class(home[0].feature_class).wording} at home is named alike, so give"
        reason += " the province if that is meant"
    return Answer("outside", reason=reason)


def misplaced(written: WrittenCoordinates, ground: Ground) -> Answer | None:
    """Refuse coordinates that lie on no globe, abroad, or are given longitude first.

    Parameters
    ----------
    written : WrittenCoordinates
        Degrees in EPSG:4326.
    ground : Ground
        The countries that are answered.

    Returns
    -------
    Answer or None
        None where they can be used.

    Examples
    --------
    >>> from geosec.geocoding.grammar.coordinates import WrittenCoordinates
    >>> from geosec.geocoding.geocoder import interpreter_for
    >>> ground = interpreter_for(None).ground
    >>> misplaced(WrittenCoordinates(30.2, 67.0, 100.0), ground).reason
    '67 N 30.2 E lies outside, and 30.2 N 67 E inside: latitude comes first, so swap them'
    """
    lon, lat, land = written.lon, written.lat, ground.land
    where, swapped = f"{lat:g} N {lon:g} E", f"{lon:g} N {lat:g} E"
    if abs(lat) > _POLE_DEG or abs(lon) > _DATE_LINE_DEG:
        msg = f"{where} lies on no globe: latitudes go to 90, longitudes to 180"
        return Answer("unmatched", reason=msg)
    if land is None or _is_within(land, lon, lat):
        return None
    if _is_within(land, lat, lon):
        msg = f"{where} lies outside, and {swapped} inside: latitude comes first, so swap them"
        return Answer("unmatched", reason=msg)
    names = " and ".join(sorted(map(ground.country_name, ground.gazetteer.home)))
    return Answer("outside", reason=f"{where} lies outside {names}")


def _is_within(land: BaseGeometry, lon: float, lat: float) -> bool:
    return bool(shapely.dwithin(land, shapely.Point(lon, lat), PARAMETERS.border_m / DEGREE_M))


def _known(phrase: Phrase) -> list[tuple[str, tuple[str, ...]]]:
    """List the names that the gazetteer knows, with their places."""
    items: tuple[Item, ...] = phrase.items + (phrase.clause.items if phrase.clause else ())
    whole = [item for item in items if not item.compound]
    return [(item.text, item.name.places) for item in whole if item.name is not None]


def _all_abroad(known: list[tuple[str, tuple[str, ...]]], ground: Ground) -> bool:
    return all(not ground.is_home(ground.place(each)) for _, places in known for each in places)


def _train(phrase: Phrase, ground: Ground) -> str:
    """Say that only a train is named, and where it runs."""
    if not phrase.trains or any(item.name for item in phrase.items):
        return ""
    train = ground.find_train(phrase.trains[0])
    told = f"; {describe_route(train)}" if train else ""
    return f"names a train ({phrase.trains[0]!r}) and no place{told}"


def _grammar(phrase: Phrase) -> str:
    """Give the reason that lies in how the phrase is built, if one does."""
    parts = [item.text for item in phrase.items if item.compound]
    if parts:
        return f"{parts[0]!r} is a name of its own, and not known as a place"
    if phrase.clause is not None and phrase.clause.kind == "km_post":
        return f"no line it names, or that is near, has a km {phrase.clause.number:g}"
    return ""


def _clause(phrase: Phrase, context: Context, admin1: str, ground: Ground) -> str:
    """Say which place of a construction is not known here."""
    items = phrase.clause.items if phrase.clause is not None else ()
    unknown = [item.text for item in items if not _is_here(item, context, ground)]
    if unknown:
        where = admin1 or ", ".join(sorted(context.provinces))
        return (
            f"{' and '.join(map(repr, unknown))} is not known {f'in {where}' if where else 'here'}"
        )
    if len(items) > 1 and len({item.name for item in items}) == 1:
        return f"it goes from {items[0].text!r} to the same place"
    return ""


def _is_here(item: Item, context: Context, ground: Ground) -> bool:
    places = map(ground.place, item.name.places if item.name is not None else ())
    return any(
        ground.is_home(place)
        and (not context.provinces or place.adm1_code in context.provinces or not place.adm1_code)
        for place in places
    )


def _names(
    phrase: Phrase, known: list[tuple[str, tuple[str, ...]]], context: Context, admin1: str
) -> str:
    if known and context.provinces:
        where = admin1 or ", ".join(sorted(context.provinces))
        return f"{known[0][0]!r} is not known in {where}"
    if known and context.districts:
        return f"{known[0][0]!r} is not known in the district that the phrase names"
    if known:
        return f"no coordinate is known for {known[0][0]!r}"
    names = ", ".join(repr(item.text) for item in phrase.items) or "nothing"
    return f"no place of the gazetteer is named; it names {names}"
