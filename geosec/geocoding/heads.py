"""The item of a phrase that is the place, and what stands round it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import shapely

from geosec.geocoding.ground import AREAS, IN_TOWN, ROAMING, SETTLED
from geosec.geocoding.names import SIMILARITY_SOUND
from geosec.geocoding.parameters import PARAMETERS
from geosec.geodesy.kernels import DEGREE_M, apart_m

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geosec.geocoding.ground import Ground, Place
    from geosec.geocoding.match import Candidate, Context, Matcher
    from geosec.geocoding.phrases import Item, Phrase

_ENDS = frozenset({"f", "t"})  # where something comes from, or goes to
_NEAR = frozenset({"m", "y"})
_HOLDS = frozenset({"i", "o", "z", ","})
_SMALL_PLACES = frozenset({"tehsil", "area", "neighbourhood", "village"})
_FACILITY = frozenset("FH")
_LOCALITY = frozenset("AVK")
_REMEMBERED = 65_536  # names that are kept as a country, or none
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
    >>> from geosec.geocoding.match import Context, Matcher
    >>> from geosec.geocoding.phrases import parse_phrase
    >>> reader = interpreter_for(None)
    >>> phrase = parse_phrase("a mosque in Sibi", reader.ground.names, reader.language)
    >>> finder = HeadFinder(reader.ground, Matcher(reader.ground, reader.language.wants))
    >>> finder.find(phrase.items, Context()).item.text
    'Sibi'
    """

    def __init__(self, ground: Ground, matcher: Matcher) -> None:
        self._ground = ground
        self._matcher = matcher
        self._country = lru_cache(maxsize=_REMEMBERED)(self._country_of)

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
        >>> from geosec.geocoding.match import Context, Matcher
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
            wanted = self._with_district(item, skipped)
            found: Sequence[Candidate] = self._matcher.candidates(wanted, context)
            if found and found[0].similarity < SIMILARITY_SOUND:
                found = self._near_the_known(found, item, items)
            classes = {each.place.feature_class for each in found}
            if not found or self._is_named_after(item, found, items, context):
                skipped.append(item)
            elif classes <= ROAMING:
                roaming = roaming or Head(item, found, tuple(skipped))
            elif roaming is not None and classes <= AREAS:
                return roaming
            elif classes <= AREAS and "K" in item.nouns and not skipped:
                return Head(item, found, ())  # a tehsil known by its district: nothing is finer
            elif area is None and classes <= AREAS and not skipped:
                area = Head(item, found, ())  # "Balochistan, Kalat": something finer may follow
            elif area is None or is_finer(found, area.candidates):
                return Head(item, found, () if area else tuple(skipped))
            else:
                break
        return roaming or area

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
        >>> from geosec.geocoding.match import Context, Matcher
        >>> from geosec.geocoding.phrases import Item
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
            if any(each.place.feature_class in AREAS | ROAMING for each in found):
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
        >>> from geosec.geocoding.match import Matcher
        >>> ground = interpreter_for(None).ground
        >>> HeadFinder(ground, Matcher(ground, {})).abroad([])
        0.0
        """
        share = 0.0
        for each in found:
            if not self._ground.is_home(each.place):
                share += each.weight
        return share

    def _ordered(self, items: tuple[Item, ...]) -> tuple[Item, ...]:
        """Put where something comes from or goes to last."""
        finer = self._finer(items)
        if any(item.relation in _ENDS for item in finer):
            return tuple(sorted(finer, key=lambda item: item.relation in _ENDS))
        return finer

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
        home = self._country(item.name.places)
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
        classes = {each.place.feature_class for each in found}
        thing = classes <= IN_TOWN or bool(set(item.nouns) & _FACILITY)
        if item is items[-1] or not (thing or classes <= _SMALL_PLACES):
            return False
        reach_m = PARAMETERS.bring_up_m if thing else PARAMETERS.report_m
        behind = items[items.index(item) + 1]
        if behind.relation not in _HOLDS or set(behind.nouns) & _FACILITY:
            return False
        around = [each.place for each in self._matcher.candidates(behind, context)]
        around = [place for place in around if place.feature_class in SETTLED]
        return bool(around) and not any(
            is_around(unit, each.place) or self._is_near(each.place, unit, reach_m)
            for unit in around
            for each in found
        )

    def _near_the_known(
        self, found: Sequence[Candidate], guess: Item, items: tuple[Item, ...]
    ) -> Sequence[Candidate]:
        """Keep a guessed spelling only near the places that are named without doubt."""
        sure = [each.name for each in items if each.name is not None and each is not guess]
        known = [
            place
            for name in sure
            if name.similarity >= SIMILARITY_SOUND
            for place in map(self._ground.place, name.places)
        ]
        pointed = [place for place in known if place.has_point]
        if not known:
            return found
        return [
            each
            for each in found
            if any(is_around(place, each.place) for place in known)
            or (each.place.has_point and self._apart_m(each.place, pointed) <= PARAMETERS.report_m)
        ]

    def _apart_m(self, place: Place, others: list[Place]) -> float:
        pointed = [each for each in others if each.has_point and place.has_point]
        away_m = (apart_m(place.lon, place.lat, each.lon, each.lat) for each in pointed)
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
        if not skipped or item.relation in _NEAR:
            return item
        nouns = set("".join(each.nouns for each in skipped))
        bare = not set(item.nouns) & set("TDS")
        rural = nouns & set("VK") or (nouns & _LOCALITY and not nouns & _FACILITY)
        if bare and rural:
            places = [self._ground.place(each) for each in (item.name.places if item.name else ())]
            if any(place.feature_class == "district" for place in places):
                return item._replace(nouns=item.nouns + "D")
        return item


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
    >>> from geosec.geocoding.phrases import Item
    >>> kech = interpreter_for(None).ground.place("adm2:PK-BA-kech")
    >>> dam = Item("Zzyzx Dam", nouns="F")
    >>> stands_in(Head(Item("Kech"), [], (dam,)), kech), stands_in(Head(Item("Kech"), [], ()), kech)
    (True, False)
    """
    if place.feature_class in AREAS:
        return any(not item.generic for item in head.skipped)
    return not place.has_point and place.feature_class not in ROAMING
