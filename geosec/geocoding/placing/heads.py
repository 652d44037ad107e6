"""The item of a phrase that is the place, and what stands round it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import shapely

from geosec.geocoding.grammar.tags import BUILT, CLOSE_BY, ENDS, HOLDS
from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.geodesy.geodesics import distance_between_m
from geosec.geodesy.wgs84 import DEGREE_M
from geosec.reference.feature_classes import (
    FEATURE_CLASSES,
    IN_TOWN,
    SETTLED,
    SMALL_PLACES,
    UNITS,
    WAYS,
    find_class,
)
from geosec.reference.memo import Memo
from geosec.reference.names import SIMILARITY_SOUND

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geosec.geocoding.grammar.phrases import Item
    from geosec.geocoding.placing.ground import Ground
    from geosec.geocoding.placing.matcher import Candidate, Context, Matcher
    from geosec.geocoding.placing.places import Place

_LOCALITY = frozenset("AVK")
_VILLAGES = frozenset("VK")
_CLASSED = frozenset("TDS")  # nouns that say what kind of place a name is
_BELOW_UNITS = min(FEATURE_CLASSES[name].rank for name in UNITS) - 1


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
    >>> from geosec.geocoding.grammar.phrases import Item
    >>> Head(Item("Sibi"), [], ()).skipped
    ()
    """

    item: Item
    candidates: Sequence[Candidate]
    skipped: tuple[Item, ...]


class HeadFinder:
    """Find the item of a phrase that is the place.

    Parameters
    ----------
    ground : Ground
        Places in EPSG:4326.
    matcher : Matcher
        Of the same ground.

    Examples
    --------
    >>> from geosec.geocoding.geocoder import interpreter_for
    >>> from geosec.geocoding.placing.matcher import Context, Matcher
    >>> from geosec.geocoding.grammar.parsing import parse_phrase
    >>> reader = interpreter_for(None)
    >>> phrase = parse_phrase("a mosque in Sibi", reader.ground.names, reader.language)
    >>> finder = HeadFinder(reader.ground, Matcher(reader.ground, reader.language.wants))
    >>> finder.find(phrase.items, Context()).item.text
    'Sibi'
    """

    def __init__(self, ground: Ground, matcher: Matcher) -> None:
        self._ground = ground
        self._matcher = matcher
        self._country = Memo(self._country_of)

    def find(self, items: tuple[Item, ...], context: Context) -> Head | None:
        """Take the first item that is known; where a train comes from or goes to comes last.

        Parameters
        ----------
        items : tuple of Item
            Of a phrase.
        context : Context
            Province and district round it.

        Returns
        -------
        Head or None
            Places in EPSG:4326; None where no item is known.

        Examples
        --------
        >>> from geosec.geocoding.geocoder import interpreter_for
        >>> from geosec.geocoding.placing.matcher import Context, Matcher
        >>> ground = interpreter_for(None).ground
        >>> HeadFinder(ground, Matcher(ground, {})).find((), Context()) is None
        True
        """
        if len(items) == 1:
            alone = self._matcher.candidates(items[0], context)
            return Head(items[0], alone, ()) if alone else None
        skipped: list[Item] = []
        roaming: Head | None = None
        area: Head | None = None
        for item in self._ordered(items):
            found = self._meant_by(item, skipped, items, context)
            if not found:
                skipped.append(item)
                continue
            head, classes = Head(item, found, tuple(skipped)), _classes(found)
            if classes <= WAYS:
                roaming = roaming or head
            elif area is None and roaming is None and classes <= UNITS and _may_be_refined(head):
                area = head
            else:
                return _preferred(head, roaming, area, areal=classes <= UNITS)
        return roaming or area

    def _meant_by(
        self, item: Item, skipped: list[Item], items: tuple[Item, ...], context: Context
    ) -> Sequence[Candidate]:
        """List the places an item may mean; none where a thing only bears a place's name."""
        wanted = self._with_district(item, skipped) if skipped else item
        found: Sequence[Candidate] = self._matcher.candidates(wanted, context)
        if found and found[0].similarity < SIMILARITY_SOUND:
            found = self._near_the_known(found, item, items)
        if found and self._is_named_after(item, found, items, context):
            return ()
        return found

    def twins(self, head: Head, items: tuple[Item, ...], context: Context) -> list[Head]:
        """Find the other places of "Mach and Kolpur": named on a par with the first.

        Parameters
        ----------
        head : Head
            The first place.
        items : tuple of Item
            Of the phrase.
        context : Context
            Province and district round it.

        Returns
        -------
        list of Head
            Places in EPSG:4326.

        Examples
        --------
        >>> from geosec.geocoding.geocoder import interpreter_for
        >>> from geosec.geocoding.placing.matcher import Context, Matcher
        >>> from geosec.geocoding.grammar.phrases import Item
        >>> ground, sibi = interpreter_for(None).ground, Item("Sibi")
        >>> HeadFinder(ground, Matcher(ground, {})).twins(Head(sibi, [], ()), (sibi,), Context())
        []
        """
        if len(items) == 1:
            return []
        twins = []
        for item in items[items.index(head.item) + 1 :]:
            if item.relation != "&":
                break
            found = self._matcher.candidates(item, context)
            if any(each.place.feature_class in UNITS | WAYS for each in found):
                break
            twins += [Head(item, found, ())] if found else []
        return twins

    def abroad(self, found: Sequence[Candidate]) -> float:
        """Give the share of the candidates that lie in another country.

        Parameters
        ----------
        found : sequence of Candidate
            Places in EPSG:4326.

        Returns
        -------
        float
            0 to 1.

        Examples
        --------
        >>> from geosec.geocoding.geocoder import interpreter_for
        >>> from geosec.geocoding.placing.matcher import Matcher
        >>> ground = interpreter_for(None).ground
        >>> HeadFinder(ground, Matcher(ground, {})).abroad([])
        0.0
        """
        is_home = self._ground.is_home
        return sum([each.weight for each in found if not is_home(each.place)], start=0.0)

    def _ordered(self, items: tuple[Item, ...]) -> tuple[Item, ...]:
        """Put where something comes from or goes to last."""
        finer = self._finer(items)
        if ENDS.isdisjoint([item.relation for item in finer]):
            return finer
        return tuple(sorted(finer, key=lambda item: item.relation in ENDS))

    def _finer(self, items: tuple[Item, ...]) -> tuple[Item, ...]:
        """Leave out the country at home, and one across a border, where anything else is named."""
        aside = [self._is_aside(item) for item in items]
        if True not in aside:
            return items
        kept = tuple(item for item, beside in zip(items, aside, strict=True) if not beside)
        return kept if any(item.name for item in kept) else items

    def _is_aside(self, item: Item) -> bool:
        if item.name is None or item.compound:
            return False
        home = self._country[item.name.places]
        return home is True or (home is False and "B" in item.nouns)

    def _country_of(self, ids: tuple[str, ...]) -> bool | None:
        """Say whether a name is a country's: True for home, False abroad, None for no country."""
        places = [self._ground.place(each) for each in ids]
        if any(each.feature_class != "country" for each in places) or not places:
            return None
        return all(map(self._ground.is_home, places))

    def _is_named_after(
        self, item: Item, found: Sequence[Candidate], items: tuple[Item, ...], context: Context
    ) -> bool:
        """Whether a thing in one place only bears another's name: "Rustam Bazaar, Wana"."""
        if item is items[-1]:
            return False
        behind = items[items.index(item) + 1]
        reach_m = _namesake_reach_m(item, found)
        if reach_m is None or behind.relation not in HOLDS or _is_facility(behind):
            return False
        around = [each.place for each in self._matcher.candidates(behind, context)]
        around = [place for place in around if place.feature_class in SETTLED]
        return bool(around) and not self._are_near(found, around, reach_m)

    def _are_near(self, found: Sequence[Candidate], around: list[Place], reach_m: float) -> bool:
        """Whether any candidate lies in, or near, any of the places round it."""
        return any(
            is_around(unit, each.place) or self._is_near(each.place, unit, reach_m)
            for unit in around
            for each in found
        )

    def _near_the_known(
        self, found: Sequence[Candidate], guess: Item, items: tuple[Item, ...]
    ) -> Sequence[Candidate]:
        """Keep a guessed spelling only near the places that are named without doubt."""
        known = self._without_doubt(each for each in items if each is not guess)
        if not known:
            return found
        return [
            each
            for each in found
            if any(is_around(place, each.place) for place in known)
            or self._apart_m(each.place, known) <= PARAMETERS.report_m
        ]

    def _without_doubt(self, items: Iterable[Item]) -> list[Place]:
        """List the places whose names are spelt as in the gazetteer, or sound the same."""
        names = [each.name for each in items if each.name is not None]
        sure = [name for name in names if name.similarity >= SIMILARITY_SOUND]
        return [self._ground.place(each) for name in sure for each in name.places]

    def _apart_m(self, place: Place, others: list[Place]) -> float:
        pointed = [each for each in others if each.has_point and place.has_point]
        away_m = (distance_between_m(place.lon, place.lat, each.lon, each.lat) for each in pointed)
        return min(away_m, default=float("inf"))

    def _is_near(self, place: Place, unit: Place, reach_m: float) -> bool:
        """Whether a place is near another, or near the district that another is."""
        area = self._ground.area(unit.adm2_code) if unit.feature_class == "district" else None
        if area is None or not place.has_point:
            return self._apart_m(place, [unit]) <= reach_m
        point = shapely.Point(place.lon, place.lat)
        return bool(shapely.dwithin(area, point, reach_m / DEGREE_M))

    def _with_district(self, item: Item, skipped: list[Item]) -> Item:
        """Read "X village, Lakki Marwat" as the district: the village is not in the town."""
        if item.name is None or item.relation in CLOSE_BY or not _CLASSED.isdisjoint(item.nouns):
            return item
        places = map(self._ground.place, item.name.places)
        if _is_rural(skipped) and "district" in {each.feature_class for each in places}:
            return item._replace(nouns=item.nouns + "D")
        return item


def _classes(found: Sequence[Candidate]) -> set[str]:
    return {each.place.feature_class for each in found}


def _may_be_refined(head: Head) -> bool:
    """Whether something finer may follow: "Balochistan, Kalat", but nothing is under a tehsil."""
    return not head.skipped and "K" not in head.item.nouns


def _preferred(head: Head, roaming: Head | None, area: Head | None, *, areal: bool) -> Head:
    """Choose between an item and the road or line, or the area, that stands before it."""
    if areal and roaming is not None:
        return roaming
    tehsil = areal and "K" in head.item.nouns and not head.skipped
    if area is None or tehsil:
        return head
    if is_finer(head.candidates, area.candidates):
        return head._replace(skipped=())
    return roaming or area


def _namesake_reach_m(item: Item, found: Sequence[Candidate]) -> float | None:
    """Say how far from a place what bears another's name may be; None for what is no such thing."""
    classes = _classes(found)
    if classes <= WAYS:
        return None  # a highway is in every district it runs through
    if classes <= IN_TOWN or _is_facility(item):
        return PARAMETERS.bring_up_m
    return PARAMETERS.report_m if classes <= SMALL_PLACES else None


def _is_facility(item: Item) -> bool:
    return not BUILT.isdisjoint(item.nouns)


def _is_rural(items: list[Item]) -> bool:
    """Whether things are of the country: a village or tehsil, or a quarter without a facility."""
    nouns = {noun for each in items for noun in each.nouns}
    return bool(nouns & _VILLAGES or (nouns & _LOCALITY and not nouns & BUILT))


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
    >>> from geosec.geocoding.placing.matcher import Candidate
    >>> ground = interpreter_for(None).ground
    >>> sibi, sindh = ground.place("gn:1164896"), ground.place("adm1:PK-SD")
    >>> is_finer([Candidate(sibi, 1.0, 1.0)], [Candidate(sindh, 1.0, 1.0)])
    True
    """
    rank, than_rank = (
        min(find_class(each.place.feature_class).rank for each in candidates)
        for candidates in (found, than)
    )
    return max(rank, _BELOW_UNITS) < max(than_rank, _BELOW_UNITS)


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
