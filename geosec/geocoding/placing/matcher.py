"""Which place a name means: candidates weighed by class, parents, neighbours and size."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geosec.geocoding.grammar.tags import HOLDS
from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.geodesy.geodesics import distance_between_m
from geosec.reference.feature_classes import (
    FEATURE_CLASSES,
    NO_SITES,
    SETTLEMENTS,
    UNITS,
    WAYS,
    find_class,
)
from geosec.reference.memo import Memo
from geosec.reference.names import SIMILARITY_SOUND

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geosec.geocoding.grammar.phrases import Item
    from geosec.geocoding.placing.ground import Ground
    from geosec.geocoding.placing.places import Place
    from geosec.reference.names import Name

_SMALL_TOWN = 2_000.0
_SAME_PLACE_M = 25_000.0
_APART_DEG = 0.25  # of latitude, which is more than _SAME_PLACE_M everywhere
_LAST_RANK = 1 + max(each.rank for each in FEATURE_CLASSES.values())
_BORDER = "border_crossing"
_COUNTRIES = frozenset({"country", "abroad"})  # a country, or a town in one, that is not home
_ALIKE = 0.05  # of its weight keeps a place whose name only sounds like one spelt the same
_ELSEWHERE = 0.02  # of its weight keeps a candidate outside the district that the phrase names


class Context(NamedTuple):
    """What is known beside the name itself.

    Attributes
    ----------
    provinces : frozenset of str
        ``adm1_code`` of the provinces the place must be in; empty for any.
    districts : frozenset of str
        ``adm2_code`` of the districts the phrase names.
    country : str
        ISO 3166-1 code of a neighbouring country the phrase names, else empty.
    is_place : bool
        Whether the words round the phrase say that a place is meant.

    Examples
    --------
    >>> Context(frozenset({"PK-BA"})).country
    ''
    """

    provinces: frozenset[str] = frozenset()
    districts: frozenset[str] = frozenset()
    country: str = ""
    is_place: bool = False


NOTHING_KNOWN = Context()


class Candidate(NamedTuple):
    """A place that a name may mean.

    Attributes
    ----------
    place : Place
        The place; its coordinates are degrees in EPSG:4326.
    weight : float
        Its share among the candidates, 0 to 1.
    similarity : float
        How near the spelling is, 0 to 1.

    Examples
    --------
    >>> from geosec.geocoding.placing.places import Place
    >>> mach = Place("x", "Mach", "town", "PK", "", "", 67.3, 29.9, 0, 0, 0)
    >>> Candidate(mach, 1.0, 1.0).weight
    1.0
    """

    place: Place
    weight: float
    similarity: float


class Matcher:
    """Weigh the places a name may mean; the same name in the same context is weighed once.

    Parameters
    ----------
    ground : Ground
        Places in EPSG:4326.
    wants : mapping of str to tuple of str
        Feature classes each noun asks for.

    Examples
    --------
    >>> from geosec.geocoding.placing.ground import Ground
    >>> from geosec.geocoding.grammar.language import load_language
    >>> from geosec.geocoding.grammar.parsing import parse_phrase
    >>> ground, words = Ground(), load_language()
    >>> item = parse_phrase("Quetta", ground.names, words).items[0]
    >>> Matcher(ground, words.wants).candidates(item, Context())[0].place.place_id
    'gn:1167528'
    """

    def __init__(self, ground: Ground, wants: Mapping[str, tuple[str, ...]]) -> None:
        self._ground = ground
        self._wants = wants
        self._found = Memo(self._weighed)
        self._containers = Memo(self._containers_of)

    def candidates(self, item: Item, context: Context) -> tuple[Candidate, ...]:
        """Weigh the places an item may mean.

        Parameters
        ----------
        item : Item
            Name and nouns from a phrase.
        context : Context
            Province and district it must or should be in.

        Returns
        -------
        tuple of Candidate
            The most probable first, weights sum to 1; empty where none is left. Places are in
            EPSG:4326.

        Examples
        --------
        >>> from geosec.geocoding.placing.ground import Ground
        >>> from geosec.geocoding.grammar.phrases import Item
        >>> Matcher(Ground(), {}).candidates(Item("Zzyzx"), Context())
        ()
        """
        if item.name is None or item.compound:
            return ()
        return self._found[item.name, item.nouns, context]

    def _weighed(self, asked: tuple[Name, str, Context]) -> tuple[Candidate, ...]:
        name, nouns, context = asked
        ground = self._ground
        named = list(map(ground.place, name.places + name.alike))
        places = [place for place in named if _allowed(place, name, context, ground)]
        if len(named) > 1:
            inside = [place for place in places if place.adm2_code in context.districts]
            places = _without_doubles(_of_wanted_class(inside or places, nouns, self._wants))
        if len(places) < 2:
            return tuple([Candidate(place, 1.0, name.similarity) for place in places])
        weights = _shares({place: _weight(place, name, nouns, context, ground) for place in places})
        found = [Candidate(place, weight, name.similarity) for place, weight in weights.items()]
        return tuple(sorted(found, key=lambda each: (-each.weight, each.place.place_id)))

    def containers(self, items: Sequence[Item]) -> Context:
        """Read off the provinces and districts that a phrase names round its place.

        Parameters
        ----------
        items : sequence of Item
            Items of the phrase; a bare district name counts where it stands behind another item.
            Places are in EPSG:4326.

        Returns
        -------
        Context

        Examples
        --------
        >>> from geosec.geocoding.placing.ground import Ground
        >>> from geosec.geocoding.grammar.language import load_language
        >>> from geosec.geocoding.grammar.parsing import parse_phrase
        >>> ground, words = Ground(), load_language()
        >>> phrase = parse_phrase("Mach, Balochistan", ground.names, words)
        >>> sorted(Matcher(ground, words.wants).containers(phrase.items).provinces)
        ['PK-BA']
        """
        codes: list[tuple[str, str]] = []
        for number, item in enumerate(items):
            if item.name is None or item.compound or item.relation == "m":
                continue
            for kind, code in self._containers[item.name.places]:
                if self._is_around(kind, items, number):
                    codes.append((kind, code))
        return _context(tuple(codes)) if codes else NOTHING_KNOWN

    def _is_around(self, kind: str, items: Sequence[Item], number: int) -> bool:
        """Whether a phrase says that its place lies in the container that an item names."""
        item = items[number]
        if kind == "districts":
            return "D" in item.nouns or (number > 0 and item.relation in HOLDS)
        if kind == "abroad" and (number == 0 or item.relation not in HOLDS):
            return False
        if kind in _COUNTRIES and item.relation != "z":
            return not self._is_across(items, number)
        return True

    def _is_across(self, items: Sequence[Item], number: int) -> bool:
        """Whether a country is only across the border: "the border gate with Iran" is at home."""
        if number > 0 and self._is_border(items[number - 1]):
            return True
        return "B" in items[number].nouns and sum(each.name is not None for each in items) > 1

    def _is_border(self, item: Item) -> bool:
        if "B" in item.nouns:
            return True
        places = item.name.places if item.name is not None else ()
        return any(self._ground.place(each).feature_class == _BORDER for each in places)

    def _containers_of(self, places: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        """List the provinces, districts and countries abroad among places, with their codes.

        A town abroad, where no place at home bears the name, says in which country the rest is.
        """
        known = [self._ground.place(each) for each in places]
        found = [_container(place, self._ground) for place in known]
        if all(
            place.feature_class == "town" and not self._ground.is_home(place) for place in known
        ):
            found = [("abroad", place.country_code) for place in known]
        return tuple((kind, code) for kind, code in found if code)


@lru_cache(maxsize=4096)
def _context(codes: tuple[tuple[str, str], ...]) -> Context:
    """Make a context of kinds and codes; phrases of one district share it."""
    provinces = frozenset(code for kind, code in codes if kind == "provinces")
    districts = frozenset(code for kind, code in codes if kind == "districts")
    country = min((code for kind, code in codes if kind in _COUNTRIES), default="")
    return Context(provinces, districts, country)


def _shares(weights: dict[Place, float]) -> dict[Place, float]:
    """Make weights sum to 1, without those too small to count."""
    total = sum(weights.values())
    kept = {
        place: weight
        for place, weight in weights.items()
        if weight > 0 and weight >= PARAMETERS.least_weight * total
    }
    total = sum(kept.values())
    return {place: weight / total for place, weight in kept.items()}


def _allowed(place: Place, name: Name, context: Context, ground: Ground) -> bool:
    """Whether a place may be meant: a guess at the spelling must agree with what else is said."""
    if context.country:
        return place.country_code == context.country
    home = ground.is_home(place)
    guessed = name.similarity < SIMILARITY_SOUND
    if not home:
        return not context.provinces and not guessed
    if guessed and context.districts and place.adm2_code not in context.districts:
        return False
    roaming = place.feature_class in WAYS or place.feature_class == "country"
    free = not context.provinces or roaming or not place.adm1_code
    return free or place.adm1_code in context.provinces


def _of_wanted_class(
    places: list[Place], nouns: str, wants: Mapping[str, tuple[str, ...]]
) -> list[Place]:
    """Keep the classes a noun asks for, the first that has any; a facility wants a settlement."""
    if not nouns:
        return places
    asked = [wants[noun] for noun in nouns if noun in wants]
    if set(nouns) & set("FAN") and not asked:
        asked = [tuple({place.feature_class for place in places} - NO_SITES)]
    for classes in asked:
        fitting = [place for place in places if place.feature_class in classes]
        if fitting:
            return fitting
    return places


def _without_doubles(places: list[Place]) -> list[Place]:
    """Drop what is the same place under another class: a town's own station, tehsil, district."""
    if len(places) < 2:
        return places
    kept: list[Place] = []
    for place in sorted(places, key=_rank):
        if not any(_same(place, other) for other in kept):
            kept.append(place)
    return kept


def _rank(place: Place) -> int:
    """Order places of one name: the finest first, a tehsil without a point last."""
    if place.feature_class == "tehsil" and not place.has_point:
        return _LAST_RANK
    return find_class(place.feature_class).rank


def _same(place: Place, other: Place) -> bool:
    if place.feature_class == "province" or other.feature_class == "province":
        return False
    areal = {place.feature_class, other.feature_class} & UNITS
    if place.has_point and other.has_point and not areal:
        if abs(place.lat - other.lat) > _APART_DEG:
            return False
        return distance_between_m(place.lon, place.lat, other.lon, other.lat) <= _SAME_PLACE_M
    return bool(place.adm2_code) and place.adm2_code == other.adm2_code


def _weight(place: Place, name: Name, nouns: str, context: Context, ground: Ground) -> float:
    weight = find_class(place.feature_class).prior
    if place.feature_class in SETTLEMENTS and "S" not in nouns:
        weight *= max(place.population, _SMALL_TOWN) / _SMALL_TOWN
    if context.districts and place.adm2_code not in context.districts:
        weight *= _ELSEWHERE
    if not context.country and not ground.is_home(place):
        weight *= _ELSEWHERE
    if place.place_id in name.alike:
        weight *= _ALIKE
    return weight


def _container(place: Place, ground: Ground) -> tuple[str, str]:
    """Say what kind of container a place is, and its code; no code for one that is none."""
    if place.feature_class in {"country", "province"} and not ground.is_home(place):
        return "country", place.country_code
    if place.feature_class == "province":
        return "provinces", place.adm1_code
    if place.feature_class == "district":
        return "districts", place.adm2_code
    return "", ""
