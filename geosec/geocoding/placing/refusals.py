"""Why a phrase was not placed, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geosec.geocoding.placing.abroad import is_known_abroad
from geosec.language import tags
from geosec.numerals.coordinates import hold_two_numbers
from geosec.railway.route import describe_route
from geosec.reference.feature_classes import WIDE_UNITS
from geosec.reference.toponyms import normalise
from geosec.uncertainty.footprints import full_radius_m

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geosec.geocoding.grammar.phrases import Item, Phrase
    from geosec.geocoding.placing.ground import Ground
    from geosec.geocoding.placing.heads import Head
    from geosec.geocoding.placing.matcher import Candidate
    from geosec.geocoding.placing.places import Place
    from geosec.geocoding.placing.scope import Scope
    from geosec.language.languages import Language
    from geosec.uncertainty.footprints import Footprint

_NO_COORDINATES = "coordinates are read as 29.543, 67.877 or as 29 32 35 N 67 52 38 E"
_NAMESAKES = frozenset({tags.FACILITY, tags.COLONY})  # what may bear the name of a province
_POLE_DEG, _DATE_LINE_DEG = 90.0, 180.0


# ------------------------------------------------------ before anything is looked for


def explain_unreadable(phrase: Phrase) -> str:
    """Say what of a phrase cannot be read: it is too long, or a measure that cannot be."""
    if phrase.too_long:
        long = f"a text of {len(phrase.text):,} characters is no location phrase"
        return f"{long}; `parse_report` reads reports"
    if phrase.misread:
        return phrase.misread
    return phrase.impossible


def explain_body(phrase: Phrase, ground: Ground, language: Language) -> str:
    """Say that a phrase names a person or a body; empty if it may be a place."""
    if phrase.clause is not None:
        return ""
    title = ""
    if len(phrase.items) > 1 and phrase.items[1].relation == tags.OF:
        title = _explain_title(phrase, language)
    namesake = None if title else _find_namesake(phrase.items)
    return title if namesake is None else _explain_institution(phrase, namesake, ground)


def _explain_title(phrase: Phrase, language: Language) -> str:
    """Recognise a person or a body that is named after a place: the Khan of Kalat."""
    first, second = phrase.items[:2]
    title = normalise(first.text)
    unknown = first.name is None and not first.nouns
    if unknown and title and not language.titles.isdisjoint({title, *title.split()[-1:]}):
        return f"{first.text!r} of {second.text} is a person"
    if title in language.institutions:
        return f"{first.text!r} of {second.text} is a body, and no place"
    return ""


def _explain_institution(phrase: Phrase, namesake: Item, ground: Ground) -> str:
    """Recognise a thing named after a whole province: the Balochistan Assembly."""
    ids = [each for item in phrase.items if item.name is not None for each in item.name.places]
    if any(place.feature_class not in WIDE_UNITS for place in ground.list_places(ids)):
        return ""
    return f"{phrase.text.strip()!r} is named after {namesake.text}; where it stands is not known"


def _find_namesake(items: Sequence[Item]) -> Item | None:
    """Find the first known name if a thing bears it: "Balochistan Assembly", "bank of Punjab"."""
    before = ""
    for item in items:
        if item.name is not None:
            of_before = item.relation == tags.OF and not _NAMESAKES.isdisjoint(before)
            named_after = tags.FACILITY in item.nouns or tags.COLONY in item.nouns
            return item if item.owner or named_after or of_before else None
        before = item.nouns
    return None


# ------------------------------------------------------------------ written coordinates


def explain_impossible_coordinates(lon: float, lat: float, ground: Ground) -> str:
    """Say why coordinates can be no place: they lie on no globe, or give longitude first."""
    where, swapped = _format_point(lon, lat), _format_point(lat, lon)
    if off_globe := explain_off_globe(lon, lat):
        return off_globe
    if not ground.is_at_home(lon, lat) and ground.is_at_home(lat, lon):
        return f"{where} lies outside, and {swapped} inside: latitude comes first, so swap them"
    return ""


def explain_off_globe(lon: float, lat: float) -> str:
    """Say that degrees lie on no globe; empty where they do."""
    if abs(lat) > _POLE_DEG or abs(lon) > _DATE_LINE_DEG:
        return f"{_format_point(lon, lat)} lies on no globe: latitudes go to 90, longitudes to 180"
    return ""


def explain_far_coordinates(footprint: Footprint, ground: Ground) -> str:
    """Say which countries coordinates lie outside of; empty if they may lie in one.

    They may where their own radius reaches into it: a coarse point by a border.
    """
    lon, lat = footprint.lon, footprint.lat
    if ground.is_at_home(lon, lat, full_radius_m(footprint.uncertainty_m)):
        return ""
    names = " and ".join(sorted(map(ground.name_country, ground.gazetteer.home)))
    return f"{_format_point(lon, lat)} lies outside {names}"


def _format_point(lon: float, lat: float) -> str:
    return f"{lat:g} N {lon:g} E"


# ------------------------------------------------------------------ after nothing was found


def explain_abroad(found: Sequence[Candidate], ground: Ground) -> str:
    """Say in which country a name is most probably a place, and what would make it one at home."""
    foreign = next(each.place for each in found if not each.place.is_home)
    home = [each.place for each in found if each.place.is_home]
    reason = _name_country(foreign, ground)
    if not home:
        return reason
    alike = f"{home[0].row.wording} at home is named alike"
    return f"{reason}; {alike}, so give the province if that is meant"


def explain_all_abroad(phrase: Phrase, ground: Ground) -> str:
    """Say in which country a phrase is, where every place that it names lies abroad; else empty."""
    ids = [each for item in _known_items(phrase) if item.name for each in item.name.places]
    places = ground.list_places(ids)
    home = any(place.is_home for place in places)
    nouns = "".join([item.nouns for item in _known_items(phrase)])
    known = any(is_known_abroad(place, ground, nouns) for place in places)
    if home or not known:
        return ""
    return _name_country(places[0], ground)


def _name_country(place: Place, ground: Ground) -> str:
    where = ground.name_country(place.country_code)
    return f"{place.name} is in {where}" if place.name != where else f"the phrase names {where}"


def explain_word(head: Head) -> str:
    """Say that a name is also a word, and what would make it a place."""
    also = f"{head.item.text!r} is also a word: it needs a province, or one like station"
    return f"{also} or town"


def explain_divided(phrase: Phrase, language: Language) -> str:
    """Say where a region of several countries is, if a phrase names no place but that."""
    if phrase.trains or _known_items(phrase):
        return ""
    told = f" {normalise(phrase.text)} "
    found = [name for name in language.divided if f" {name} " in told]
    if not found:
        return ""
    others = [repr(item.text) for item in phrase.items if normalise(item.text) != found[0]]
    beside = f"; {' and '.join(others)} is not known" if others else ""
    return f"{found[0].title()} lies in {language.divided[found[0]]}: say in which part{beside}"


def explain_refusal(phrase: Phrase, scope: Scope, ground: Ground) -> str:
    """Say what in a phrase, or round it, kept it from being placed."""
    return (
        _explain_train(phrase, ground)
        or _explain_grammar(phrase, scope)
        or _explain_clause(phrase, scope, ground)
        or _explain_names(phrase, scope, ground)
    )


def _explain_train(phrase: Phrase, ground: Ground) -> str:
    """Say that only a train is named, and where it runs."""
    if not phrase.trains or any(item.name for item in phrase.items):
        return ""
    train = ground.find_train(phrase.trains[0])
    told = f"; {describe_route(train)}" if train else ""
    return f"names a train ({phrase.trains[0]!r}) and no place{told}"


def _explain_grammar(phrase: Phrase, scope: Scope) -> str:
    """Give the reason that lies in how the phrase is built, if one does."""
    items = phrase.items + (phrase.clause.items if phrase.clause is not None else ())
    parts = [item.whole or item.text for item in items if item.compound or item.whole]
    if parts:
        return f"{parts[0]!r} is a name of its own, and not known as a place"
    post_km = phrase.clause.post_km if phrase.clause is not None else None
    if post_km is not None:
        where = " in what is stated" if scope.districts or scope.provinces else ""
        return f"no line it names, or that is near, has a km {post_km.write()}{where}"
    return ""


def _explain_clause(phrase: Phrase, scope: Scope, ground: Ground) -> str:
    """Say which place of a construction is not known here."""
    items = phrase.clause.items if phrase.clause is not None else ()
    unknown = [item.text for item in items if not _is_here(item, scope, ground)]
    if unknown:
        where = _name_scope(scope)
        names = " and ".join(map(repr, unknown))
        return f"{names} is not known {f'in {where}' if where else 'here'}"
    if len(items) > 1 and len({item.name for item in items}) == 1:
        return f"it goes from {items[0].text!r} to the same place"
    return ""


def _is_here(item: Item, scope: Scope, ground: Ground) -> bool:
    places = ground.list_places(item.name.places) if item.name is not None else []
    return item.point is not None or any(
        place.is_home
        and (not scope.provinces or place.adm1_code in scope.provinces or not place.adm1_code)
        for place in places
    )


def _explain_names(phrase: Phrase, scope: Scope, ground: Ground) -> str:
    """Say of the names alone why none of them was placed."""
    known = _known_items(phrase)
    if not known:
        names = ", ".join(repr(item.text) for item in phrase.items)
        if not names and hold_two_numbers(phrase.text):
            return f"no place of the gazetteer is named; {_NO_COORDINATES}"
        return f"no place of the gazetteer is named; it names {names or 'nothing'}"
    return (
        _explain_guess(known, ground)
        or _explain_foreign(known[0], ground)
        or _explain_known(known[0], scope)
    )


def _explain_guess(known: list[Item], ground: Ground) -> str:
    """Say that a name is spelt unlike any place; empty if none is guessed at."""
    guess = next((item for item in known if item.is_guess), None)
    if guess is None or guess.name is None:
        return ""
    nearest = ground.find_place(guess.name.places[0]).name
    return f"{guess.text!r} is not in the gazetteer, nor like enough to {nearest!r}"


def _explain_foreign(item: Item, ground: Ground) -> str:
    """Say in which country a name is known; empty if one at home bears it."""
    places = ground.list_places(item.name.places) if item.name is not None else []
    if not places or any(place.is_home for place in places):
        return ""
    return f"{_name_country(places[0], ground)}; none at home is known by that name"


def _explain_known(item: Item, scope: Scope) -> str:
    """Say where a name of the gazetteer is not known, or that its coordinate is not."""
    if scope.provinces:
        return f"{item.text!r} is not known in {_name_scope(scope)}"
    if scope.districts:
        return f"{item.text!r} is not known in the district that the phrase names"
    return f"no coordinate is known for {item.text!r}"


def _known_items(phrase: Phrase) -> list[Item]:
    """List the items whose names the gazetteer knows, those of the construction last."""
    items = phrase.items + (phrase.clause.items if phrase.clause is not None else ())
    return [item for item in items if item.name is not None and not item.compound]


def _name_scope(scope: Scope) -> str:
    """Name the province as the row gives it, else the codes of those that the phrase names."""
    return scope.hints.admin1 or ", ".join(sorted(scope.provinces))
