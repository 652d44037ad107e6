"""Which places a name means: candidates weighed by class, parents, neighbours and size."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geosec.geocoding.grammar.phrases import Item
from geosec.geocoding.placing.abroad import is_known_abroad
from geosec.geocoding.placing.guesses import keep_fitting, rate_guess
from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.geocoding.placing.places import is_around, make_written_point
from geosec.geocoding.placing.scope import ANYWHERE, Scope
from geosec.geodesy.geodesics import distance_between_m
from geosec.language import tags
from geosec.reference.feature_classes import FEATURE_CLASSES, NO_SITES, SETTLEMENTS, UNITS, WAYS
from geosec.reference.names import SIMILARITY_SOUND

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from geosec.geocoding.placing.ground import Ground
    from geosec.geocoding.placing.places import Place
    from geosec.reference.names import Name

    _Asked = tuple[Name, str, Scope, tuple[Name, ...]]  # name, nouns, scope, names beside
    _Found = dict[_Asked, tuple["Candidate", ...]]

_IN_ONE_DISTRICT = frozenset({"district", "union_council"})
_REMEMBERED = 65_536  # names in a scope whose candidates are kept
_SMALL_TOWN = 2_000.0
_CITY = 50_000.0  # people of a town whose quarters bear its name in front of their own
_SAME_PLACE_M = 25_000.0
_APART_DEG = 0.25  # of latitude, which is more than _SAME_PLACE_M everywhere
_LARGE_CITY = 200_000.0
_LAST_RANK = 1 + max(row.rank for row in FEATURE_CLASSES.values())
_ALIKE = 0.1  # of its weight keeps a place whose name only sounds like one spelt the same
_ELSEWHERE = 0.02  # of its weight keeps a candidate outside the district that the phrase names


class Candidate(NamedTuple):
    """A place that a name may mean."""

    place: Place
    weight: float  #: its share among the candidates, 0 to 1
    similarity: float  #: how near the spelling is, 0 to 1
    has_rival: bool = False  #: another district bears its name, too, and no events prefer it
    is_near: bool = False  #: it lies near the town that the phrase states beside it


def share_again(kept: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Make the weights of the candidates that are kept sum to 1."""
    total = sum([each.weight for each in kept])
    return tuple([each._replace(weight=each.weight / total) for each in kept])


class Matcher:
    """Weigh the places a name may mean; the same name in the same scope is weighed once.

    `wants` gives the feature classes that each noun asks for.
    """

    def __init__(self, ground: Ground, wants: Mapping[str, tuple[str, ...]]) -> None:
        self._ground = ground
        self._wants = wants
        self._everywhere: _Found = {}
        self._stated: _Found = {}

    def find_candidates(self, item: Item, scope: Scope) -> tuple[Candidate, ...]:
        """Weigh the places an item may mean in what is stated: the most probable first.

        Weights sum to 1. What lies far from a stated district is not meant.
        """
        if item.name is None or item.compound:
            return ()
        asked = (item.name, item.nouns, scope, item.beside)
        table = self._stated if scope.districts else self._everywhere
        found = table.get(asked)
        if found is None:
            found = self._look_up(item, item.name, scope)
            found = self._keep_stated(found, scope) if scope.districts else found
            _remember(table, asked, found)
        return found

    def find_everywhere(self, item: Item, scope: Scope) -> tuple[Candidate, ...]:
        """Weigh the places an item may mean, those outside a stated district too.

        A construction may start there: "12 km south of Sibi, Kachhi district".
        """
        if item.name is None or item.compound:
            return ()
        asked = (item.name, item.nouns, scope, item.beside)
        found = self._everywhere.get(asked)
        if found is None:
            found = self._look_up(item, item.name, scope)
            _remember(self._everywhere, asked, found)
        return found

    def _look_up(self, item: Item, name: Name, scope: Scope) -> tuple[Candidate, ...]:
        found = self._weigh(name, item.nouns, scope)
        return self._keep_together(found, item) if item.beside else found

    def hang_together(self, name: Name, other: Name) -> bool:
        """Whether two names that stand together mean places that lie together."""
        found = self._weigh(name, "", ANYWHERE)
        return bool(self._keep_together(found, Item("", name, beside=(other,), whole="")))

    def find_at_home(self, item: Item, scope: Scope) -> list[Candidate]:
        """Find the candidates that lie in a country which is answered."""
        return [each for each in self.find_everywhere(item, scope) if each.place.is_home]

    def find_points(self, item: Item, scope: Scope) -> list[Place]:
        """Find the places at home whose coordinate is known, or written."""
        if item.point is not None:
            return [make_written_point(item.point)]
        found = self.find_everywhere(item, scope)
        return [each.place for each in found if each.place.is_home and each.place.has_point]

    def _keep_together(self, found: tuple[Candidate, ...], item: Item) -> tuple[Candidate, ...]:
        """Keep the places that hang together with the names beside: "Khar Tangi" is not Khar."""
        others = [self._ground.list_places(name.places + name.alike) for name in item.beside]
        kept = [
            each
            for each in found
            if all(any(_hang_together(each.place, other) for other in named) for named in others)
        ]
        return share_again(kept or _keep_cities(found, item, others))

    def _keep_stated(self, found: tuple[Candidate, ...], scope: Scope) -> tuple[Candidate, ...]:
        """Keep what lies in or near a stated district, or is wider than one."""
        kept = [each for each in found if self._is_in_stated(each.place, scope)]
        return share_again(kept)

    def _is_in_stated(self, place: Place, scope: Scope) -> bool:
        if not place.adm2_code or place.adm2_code in scope.districts:
            return not self._is_beside_part(place, scope.unit)
        if place.feature_class in WAYS:
            return True
        if place.feature_class in _IN_ONE_DISTRICT or not place.has_point:
            return False
        footprint = self._ground.find_footprint(place)
        reach_m = PARAMETERS.stated_m
        return footprint is None or self._ground.is_near(footprint, scope.districts, reach_m)

    def _is_beside_part(self, place: Place, unit: Place | None) -> bool:
        """Whether a union council's district has only a part in the row's division, without any."""
        if place.feature_class != "union_council" or unit is None:
            return False
        return unit.feature_class == "division" and (
            place.adm2_code not in self._ground.list_whole_districts(unit)
        )

    def _weigh(self, name: Name, nouns: str, scope: Scope) -> tuple[Candidate, ...]:
        named = self._ground.list_places(name.places + name.alike)
        sure = name.similarity
        if len(named) == 1 and sure >= SIMILARITY_SOUND and named[0].is_home:  # as mostly
            return (Candidate(named[0], 1.0, sure),) if _is_allowed(named[0], name, scope) else ()
        places = self._list_meant(named, name, nouns, scope)
        if sure < SIMILARITY_SOUND:
            bearers = [each for each in named if _is_allowed(each, name, scope)]
            sure = rate_guess(sure, places, bearers, scope)
            if sure < PARAMETERS.guess_share:
                return ()
        shares = _share_out(places, name, nouns, scope)
        rival = len(named) > 1 and _has_rival(named, shares, name, scope)
        found = [
            Candidate(place, share, sure, rival and _is_weighed_by_people(place))
            for place, share in shares.items()
        ]
        return tuple(sorted(found, key=lambda each: (-each.weight, each.place.place_id)))

    def _list_meant(self, named: list[Place], name: Name, nouns: str, scope: Scope) -> list[Place]:
        """List the places in a scope that a name may mean, of the class that its nouns ask for."""
        places = [
            each
            for each in named
            if _is_allowed(each, name, scope)
            and (each.is_home or is_known_abroad(each, self._ground, nouns))
        ]
        if name.similarity < SIMILARITY_SOUND:
            places = keep_fitting(places, nouns, self._wants)
        if len(named) < 2:
            return places
        places = _keep_known(places)
        if scope.districts:
            places = [each for each in places if self._is_in_stated(each, scope)] or places
        wanted = _keep_wanted_class(places, nouns, self._wants)
        return _drop_doubles(wanted) if len(wanted) > 1 else wanted


def _has_rival(named: list[Place], kept: Collection[Place], name: Name, scope: Scope) -> bool:
    """Whether a name means a place elsewhere, too, and no district is named after those kept."""
    own = {place.adm2_code for place in kept}
    others = [each for each in _keep_known(named) if each.adm2_code not in own]
    if not others:
        return False
    if any(each.feature_class == "district" and each.adm2_code in own for each in named):
        return False
    return any(
        _is_stated(other, name, scope) and not any(_are_same(other, each) for each in kept)
        for other in others
    )


def _is_stated(place: Place, name: Name, scope: Scope) -> bool:
    """Whether a place that lies in a district may be meant where the districts are stated."""
    stated = place.adm2_code in scope.districts if scope.districts else bool(place.adm2_code)
    return stated and _is_allowed(place, name, scope)


def _is_weighed_by_people(place: Place) -> bool:
    """Whether a place is preferred for its people, and not for the events that were coded there."""
    return place.population >= _SMALL_TOWN * PARAMETERS.mention_weight * place.mentions


def _remember(table: _Found, asked: _Asked, found: tuple[Candidate, ...]) -> None:
    """Keep the candidates for what was asked in a table, which is emptied when it is full."""
    if len(table) >= _REMEMBERED:
        table.clear()
    table[asked] = found


def _keep_cities(
    found: tuple[Candidate, ...], item: Item, others: list[list[Place]]
) -> list[Candidate]:
    """Keep large cities before quarters, which other cities may have too: "Peshawar Saddar"."""
    if not item.whole or not item.whole.startswith(item.text):
        return []
    if any(_is_settled(place) for named in others for place in named):
        return []
    return [each for each in found if each.place.population >= _LARGE_CITY]


def _is_settled(place: Place) -> bool:
    """Whether a place is a unit, or a town of its own, and so no quarter of another."""
    return place.feature_class in UNITS or place.population > 0


def _hang_together(place: Place, other: Place) -> bool:
    """Whether one of two places holds the other: a unit, or a city round its quarters."""
    classes = {place.feature_class, other.feature_class}
    if not classes.isdisjoint(WAYS):
        return True
    if not classes.isdisjoint(UNITS | {"tehsil"}):
        return is_around(other, place) or is_around(place, other)
    if not (
        place.has_point and other.has_point and max(place.population, other.population) >= _CITY
    ):
        return False
    return distance_between_m(place.lon, place.lat, other.lon, other.lat) <= _SAME_PLACE_M


def _share_out(places: list[Place], name: Name, nouns: str, scope: Scope) -> dict[Place, float]:
    """Share 1 out among places as reports mean them, without shares too small to count."""
    if len(places) == 1:
        return {places[0]: 1.0}
    meant = {each.adm1_code for each in places if each.mentions >= PARAMETERS.counted_events}
    weights = {place: _weigh_place(place, name, nouns, scope, meant) for place in places}
    total = sum(weights.values())
    kept = {
        place: weight
        for place, weight in weights.items()
        if weight > 0 and weight >= PARAMETERS.least_weight * total
    }
    total = sum(kept.values())
    return {place: weight / total for place, weight in kept.items()}


def _is_allowed(place: Place, name: Name, scope: Scope) -> bool:
    """Whether a place may be meant: a guess at the spelling must agree with what else is said."""
    if scope.country:
        return place.country_code == scope.country
    guessed = name.similarity < SIMILARITY_SOUND
    if not place.is_home:
        return not (scope.provinces or scope.districts or guessed)
    if guessed and scope.districts and place.adm2_code not in scope.districts:
        return False
    if not scope.provinces or not place.adm1_code or place.adm1_code in scope.provinces:
        return True
    return place.feature_class in WAYS or place.feature_class == "country"


def _keep_known(places: list[Place]) -> list[Place]:
    """Keep a place known as a union council only where nothing else bears its name."""
    return [place for place in places if place.feature_class != "union_council"] or places


def _keep_wanted_class(
    places: list[Place], nouns: str, wants: Mapping[str, tuple[str, ...]]
) -> list[Place]:
    """Keep the classes a noun asks for, the first that has any; a facility wants a settlement."""
    if not nouns:
        return places
    asked = [wants[noun] for noun in nouns if noun in wants]
    if not asked and not tags.THINGS.isdisjoint(nouns):
        asked = [tuple({place.feature_class for place in places} - NO_SITES)]
    for classes in asked:
        fitting = [place for place in places if place.feature_class in classes]
        if fitting:
            return fitting
    return places


def _drop_doubles(places: list[Place]) -> list[Place]:
    """Drop what is the same place under another class: a town's own station, tehsil, district."""
    kept: list[Place] = []
    for place in sorted(places, key=_find_rank):
        if not any(_are_same(place, other) for other in kept):
            kept.append(place)
    return kept


def _find_rank(place: Place) -> int:
    """Order places of one name: the finest first, a tehsil without a point last."""
    if place.feature_class == "tehsil" and not place.has_point:
        return _LAST_RANK
    return place.row.rank


def _are_same(place: Place, other: Place) -> bool:
    if place.feature_class == "province" or other.feature_class == "province":
        return False
    areal = place.feature_class in UNITS or other.feature_class in UNITS
    if place.has_point and other.has_point and not areal:
        if abs(place.lat - other.lat) > _APART_DEG:
            return False
        return distance_between_m(place.lon, place.lat, other.lon, other.lat) <= _SAME_PLACE_M
    return bool(place.adm2_code) and place.adm2_code == other.adm2_code


def _weigh_place(place: Place, name: Name, nouns: str, scope: Scope, meant: set[str]) -> float:
    """Say how often reports mean a place by its name, as its class, people and events tell.

    `meant` are the provinces where events are coded at a place of the name: a town of theirs at
    which none are counts no more than a small one.
    """
    weight = place.row.prior
    if place.feature_class in SETTLEMENTS and tags.STATION not in nouns:
        weight *= max(place.population, _SMALL_TOWN) / _SMALL_TOWN
        if not place.mentions and place.adm1_code in meant:
            weight /= 1 + weight
    weight += PARAMETERS.mention_weight * place.mentions
    if scope.districts and place.adm2_code not in scope.districts:
        weight *= _ELSEWHERE
    if not scope.country and not place.is_home:
        weight *= _ELSEWHERE
    if place.place_id in name.alike:
        weight *= _ALIKE
    return weight
