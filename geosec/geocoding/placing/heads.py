"""The item of a phrase that is the place, and what stands round it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import shapely

from geosec.geocoding.placing.ground import comes_within
from geosec.geocoding.placing.matcher import share_again
from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.geocoding.placing.places import is_around
from geosec.geocoding.placing.scope import is_listed
from geosec.geodesy.geodesics import distance_between_m
from geosec.language import tags
from geosec.reference.feature_classes import (
    FEATURE_CLASSES,
    IN_TOWN,
    SETTLED,
    SETTLEMENTS,
    SMALL_PLACES,
    UNITS,
    WAYS,
)
from geosec.reference.memo import Memo
from geosec.reference.names import SIMILARITY_SOUND

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geosec.geocoding.grammar.phrases import Item
    from geosec.geocoding.placing.ground import Ground
    from geosec.geocoding.placing.matcher import Candidate, Matcher
    from geosec.geocoding.placing.places import Place
    from geosec.geocoding.placing.scope import Scope
    from geosec.reference.names import Name

_BESIDE = tags.HOLDS | tags.CLOSE_BY
_STATED = (SETTLED - {"province"}) | {"area"}  # what says where a place beside it is
_SMALL = SETTLEMENTS | SMALL_PLACES | IN_TOWN | {"rail_station"}
_WELL_KNOWN = 50_000.0  # people of a town that needs no other to be found
_BELOW_UNITS = min(FEATURE_CLASSES[name].rank for name in UNITS) - 1


class Head(NamedTuple):
    """The item that is the place, and what of the phrase stands before it unresolved."""

    item: Item
    candidates: Sequence[Candidate]  #: the places it may mean
    skipped: tuple[Item, ...] = ()  #: items before it that no place is known for
    abroad: float = 0.0  #: share of the candidates that lie in other countries, 0 to 1


class HeadFinder:
    """Find the item of a phrase that is the place."""

    def __init__(self, ground: Ground, matcher: Matcher) -> None:
        self._ground = ground
        self._matcher = matcher
        self._country = Memo(self._is_home_country)

    def find(self, items: tuple[Item, ...], scope: Scope) -> Head | None:
        """Take the first item that is known; where a train comes from or goes to comes last."""
        if len(items) == 1:
            alone = self._matcher.find_candidates(items[0], scope)
            return _make_head(items[0], alone) if alone else None
        skipped: list[Item] = []
        way: Head | None = None
        area: Head | None = None
        for item in self._order_items(items):
            found = self._find_meant(item, skipped, items, scope)
            if not found:
                skipped.append(item)
                continue
            head, classes = _make_head(item, found, tuple(skipped)), _list_classes(found)
            if classes <= WAYS:
                way = way or head
            elif area is None and way is None and classes <= UNITS and _may_be_refined(head):
                area = head
            else:
                return _choose_head(head, way, area, areal=classes <= UNITS)
        return way or area

    def _find_meant(
        self, item: Item, skipped: list[Item], items: tuple[Item, ...], scope: Scope
    ) -> Sequence[Candidate]:
        """List the places an item may mean; none where a thing only bears a place's name."""
        wanted = self._read_as_district(item, skipped) if skipped else item
        found: Sequence[Candidate] = self._matcher.find_candidates(wanted, scope)
        if found and found[0].similarity < SIMILARITY_SOUND:
            found = self._keep_probable(found, item, items)
        if not found:
            return ()
        if found[0].place.feature_class == "union_council" and _is_bare(items, scope):
            return ()
        if item is items[-1]:
            return found
        if self._is_named_after(item, found, items, scope):
            return ()
        return self._keep_beside(found, item, items, scope)

    def _keep_beside(
        self, found: Sequence[Candidate], item: Item, items: tuple[Item, ...], scope: Scope
    ) -> Sequence[Candidate]:
        """Keep what lies near the town that a phrase states: "Langar near Khwazakhela"."""
        at = items.index(item) + 1
        behind = items[at]
        if behind.relation not in _BESIDE or _is_facility(behind):
            return found
        stated = self._matcher.find_candidates(behind, scope)
        towns = [each.place for each in stated if each.similarity >= SIMILARITY_SOUND]
        if not towns or not all(each.is_home and each.feature_class in _STATED for each in towns):
            return found
        return self._keep_near(found, towns, items, at)

    def _keep_near(
        self, found: Sequence[Candidate], towns: list[Place], items: tuple[Item, ...], at: int
    ) -> Sequence[Candidate]:
        """Keep what lies near the towns that an item states, unless it is a unit or a way.

        Behind a comma a town as large as the one before it is another of a list.
        """
        classes, by_comma = _list_classes(found), items[at].relation == tags.COMMA
        if by_comma and (is_listed(items, at) or _are_known(found) or not classes <= _SMALL):
            return found
        if not classes.isdisjoint(UNITS | WAYS):
            return found
        reach_m = PARAMETERS.report_m if by_comma else PARAMETERS.beside_m
        near = [each for each in found if self.is_near_any(each.place, towns, reach_m)]
        return share_again([each._replace(has_rival=False, is_near=True) for each in near])

    def find_twins(self, head: Head, items: tuple[Item, ...], scope: Scope) -> list[Head]:
        """Find the other places of "Mach and Kolpur": named on a par with the first."""
        if head.item is items[-1]:
            return []
        twins: list[Head] = []
        known = {head.candidates[0].place}
        for item in items[items.index(head.item) + 1 :]:
            if item.relation != tags.AND:
                break
            found = self._matcher.find_candidates(item, scope)
            if any(each.place.feature_class in UNITS | WAYS for each in found):
                break
            if found and found[0].place not in known:  # "Sibi and Sibi" is Sibi
                twins.append(_make_head(item, found))
                known.add(found[0].place)
        return twins

    def _order_items(self, items: tuple[Item, ...]) -> tuple[Item, ...]:
        """Put where something comes from or goes to last."""
        finer = self._drop_countries(items)
        if tags.ENDS.isdisjoint([item.relation for item in finer]):
            return finer
        return tuple(sorted(finer, key=lambda item: item.relation in tags.ENDS))

    def _drop_countries(self, items: tuple[Item, ...]) -> tuple[Item, ...]:
        """Leave out the country at home, and one across a border, where anything else is named."""
        for item in items:
            if item.name is not None and self._country[item.name] is not None:
                kept = tuple(each for each in items if not self._is_aside(each))
                return kept if any(each.name for each in kept) else items
        return items

    def _is_aside(self, item: Item) -> bool:
        if item.name is None or item.compound:
            return False
        home = self._country[item.name]
        return home is True or (home is False and tags.BORDER in item.nouns)

    def _is_home_country(self, name: Name) -> bool | None:
        """Say whether a name is a country's: True for home, False abroad, None for no country."""
        places = self._ground.list_places(name.places)
        if any(each.feature_class != "country" for each in places) or not places:
            return None
        return all(each.is_home for each in places)

    def _is_named_after(
        self, item: Item, found: Sequence[Candidate], items: tuple[Item, ...], scope: Scope
    ) -> bool:
        """Whether a thing in one place only bears another's name: "Rustam Bazaar, Wana"."""
        behind = items[items.index(item) + 1]
        reach_m = _namesake_reach_m(item, found)
        if reach_m is None or behind.relation not in tags.HOLDS or _is_facility(behind):
            return False
        around = [each.place for each in self._matcher.find_candidates(behind, scope)]
        around = [place for place in around if place.feature_class in SETTLED]
        return bool(around) and not any(
            self.is_near_any(each.place, around, reach_m) for each in found
        )

    def is_near_any(self, place: Place, around: list[Place], reach_m: float) -> bool:
        """Whether a place lies in, or near, any of the places round it."""
        return any(is_around(unit, place) or self._is_near(place, unit, reach_m) for unit in around)

    def _keep_probable(
        self, found: Sequence[Candidate], guess: Item, items: tuple[Item, ...]
    ) -> Sequence[Candidate]:
        """Keep a guessed spelling beside places named without doubt only near them, and if sure."""
        known = self._list_undoubted(each for each in items if each is not guess)
        if not known:
            return found
        if found[0].similarity < PARAMETERS.guess_beside:
            return ()
        return [
            each
            for each in found
            if any(is_around(place, each.place) for place in known)
            or self._least_distance_m(each.place, known) <= PARAMETERS.report_m
        ]

    def _list_undoubted(self, items: Iterable[Item]) -> list[Place]:
        """List the places whose names are spelt as in the gazetteer, or sound the same."""
        names = [each.name for each in items if each.name is not None]
        sure = [name for name in names if name.similarity >= SIMILARITY_SOUND]
        return self._ground.list_places([each for name in sure for each in name.places])

    def _least_distance_m(self, place: Place, others: list[Place]) -> float:
        pointed = [each for each in others if each.has_point and place.has_point]
        away_m = (distance_between_m(place.lon, place.lat, each.lon, each.lat) for each in pointed)
        return min(away_m, default=float("inf"))

    def _is_near(self, place: Place, unit: Place, reach_m: float) -> bool:
        """Whether a place is near another, or near the district that another is."""
        area = self._ground.find_area(unit.adm2_code) if unit.feature_class == "district" else None
        if area is None or not place.has_point:
            return self._least_distance_m(place, [unit]) <= reach_m
        point = shapely.Point(place.lon, place.lat)
        return comes_within(area, point, reach_m)

    def _read_as_district(self, item: Item, skipped: list[Item]) -> Item:
        """Read "X village, Lakki Marwat" as the district: the village is not in the town."""
        classed = not tags.CLASSED.isdisjoint(item.nouns)
        if item.name is None or item.relation in tags.CLOSE_BY or classed or not _is_rural(skipped):
            return item
        places = self._ground.list_places(item.name.places)
        if any(each.feature_class == "district" for each in places):
            return item._replace(nouns=item.nouns + tags.DISTRICT)
        return item


def _are_known(found: Sequence[Candidate]) -> bool:
    """Whether a name is that of a town so large that nobody adds another to find it."""
    return any(each.place.population >= _WELL_KNOWN for each in found)


def _is_bare(items: tuple[Item, ...], scope: Scope) -> bool:
    """Whether a name stands beside others, and no unit that is stated bears any of them out."""
    if scope.districts or scope.provinces:
        return False
    return sum(item.name is not None and not item.compound for item in items) > 1


def _make_head(item: Item, candidates: Sequence[Candidate], skipped: tuple[Item, ...] = ()) -> Head:
    is_home = len(candidates) == 1 and candidates[0].place.is_home  # as mostly
    return Head(item, candidates, skipped, 0.0 if is_home else share_abroad(candidates))


def share_abroad(found: Sequence[Candidate]) -> float:
    """Give the share of candidates that lies in other countries, 0 to 1."""
    share = 0.0
    for each in found:
        if not each.place.is_home:
            share += each.weight
    return share


def _list_classes(found: Sequence[Candidate]) -> set[str]:
    return {each.place.feature_class for each in found}


def _may_be_refined(head: Head) -> bool:
    """Whether something finer may follow: "Balochistan, Kalat", but nothing is under a tehsil.

    What an unknown thing is named after does not hold it: "Balochistan High Court, Quetta".
    """
    return (not head.skipped or head.item.owner) and tags.TEHSIL not in head.item.nouns


def _choose_head(head: Head, way: Head | None, area: Head | None, *, areal: bool) -> Head:
    """Choose between an item and the road or line, or the area, that stands before it."""
    if areal and way is not None:
        return way
    tehsil = areal and tags.TEHSIL in head.item.nouns and not head.skipped
    if area is None or tehsil:
        return head
    if is_finer(head.candidates, area.candidates):
        return head._replace(skipped=area.skipped)
    return way or area


def _namesake_reach_m(item: Item, found: Sequence[Candidate]) -> float | None:
    """Say how far from a place what bears another's name may be; None for what is no such thing."""
    classes = _list_classes(found)
    if classes <= WAYS:
        return None  # a highway is in every district it runs through
    if classes <= IN_TOWN or _is_facility(item):
        return PARAMETERS.bring_up_m
    return PARAMETERS.report_m if classes <= SMALL_PLACES else None


def _is_facility(item: Item) -> bool:
    return not tags.BUILT.isdisjoint(item.nouns)


def _is_rural(items: list[Item]) -> bool:
    """Whether things are of the country: a village or tehsil, or a quarter without a facility."""
    nouns = {noun for each in items for noun in each.nouns}
    return bool(nouns & tags.RURAL or (nouns & tags.LOCALITY and not nouns & tags.BUILT))


def is_finer(found: Sequence[Candidate], than: Sequence[Candidate]) -> bool:
    """Whether candidates are of a smaller kind than others; below districts all kinds are alike."""
    rank, than_rank = (
        min(each.place.row.rank for each in candidates) for candidates in (found, than)
    )
    return max(rank, _BELOW_UNITS) < max(than_rank, _BELOW_UNITS)
