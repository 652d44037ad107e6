"""Whether two mentions of a report are the same place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geosec.geodesy.geodesics import geodesic_distance_m

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geosec.geocoding.placing.readings import Answer, Reading

_SAME_M = 3_000.0
_TOWN_M = 10_000.0  # a quarter lies within that of its town
_NEAR_M = 60_000.0  # a town and a place told as where it was there
_FAR_DEG = 0.0275  # of latitude: farther than that on any meridian
_AREA_RULES = frozenset({"district", "province"})


def find_common_place(old: int | None, new: int | None, sites: Sequence[Answer]) -> int | None:
    """Find the finer of two mentions that may be the same place; None where they are apart."""
    one, two = _get_reading(old, sites), _get_reading(new, sites)
    if one is None or two is None:
        return None
    if _is_offset_from(two, one):
        return new
    if _are_same(one, two) or _lies_within(one, two):
        return old
    return new if _lies_within(two, one) else None


def list_near(places: Sequence[int | None], new: int | None, sites: Sequence[Answer]) -> list[int]:
    """List the numbers of the places that may be that of a new mention, the last one first.

    Left out is what is far by its latitude alone, where neither is an area.
    """
    last_first = range(len(places) - 1, -1, -1)
    two = _get_reading(new, sites)
    if two is None or two.rule in _AREA_RULES:
        return list(last_first)
    lat, place_id, near = two.footprint.lat, two.place_id, []
    for number in last_first:
        one = _get_reading(places[number], sites)
        if (
            one is None
            or abs(one.footprint.lat - lat) <= _FAR_DEG
            or one.place_id == place_id
            or one.rule in _AREA_RULES
        ):
            near.append(number)
    return near


def find_near_place(old: int | None, new: int | None, sites: Sequence[Answer]) -> int | None:
    """Find the finer of two mentions that are near each other; None where they are not."""
    one, two = _get_reading(old, sites), _get_reading(new, sites)
    if one is None or two is None:
        return None
    a, b = one.footprint, two.footprint
    if geodesic_distance_m(a.lon, a.lat, b.lon, b.lat) > _NEAR_M:
        return None
    return old if one.rule not in _AREA_RULES and two.rule in _AREA_RULES else new


def is_within(fine: int | None, coarse: int | None, sites: Sequence[Answer]) -> bool:
    """Whether one mention lies in the district or province that the other is."""
    one, two = _get_reading(fine, sites), _get_reading(coarse, sites)
    return one is not None and two is not None and _lies_within(one, two)


def keep_finest(places: tuple[int, ...], sites: Sequence[Answer]) -> tuple[int, ...]:
    """Leave out the places of a list in which another of them lies: "Manghopir, Karachi"."""
    return tuple(
        coarse
        for coarse in places
        if not any(_lies_in_town(fine, coarse, sites) for fine in places if fine != coarse)
    )


def _lies_in_town(fine: int, coarse: int, sites: Sequence[Answer]) -> bool:
    """Whether a mention lies in the unit, or as a quarter in the town, that another is."""
    one, two = _get_reading(fine, sites), _get_reading(coarse, sites)
    if one is None or two is None:
        return False
    if _lies_within(one, two):
        return True
    a, b = one.footprint, two.footprint
    if a.uncertainty_m >= b.uncertainty_m or two.rule in _AREA_RULES:
        return False
    return bool(geodesic_distance_m(a.lon, a.lat, b.lon, b.lat) <= max(b.uncertainty_m, _TOWN_M))


def _get_reading(place: int | None, sites: Sequence[Answer]) -> Reading | None:
    readings = sites[place].readings if place is not None else ()
    return readings[0] if readings else None


def _is_offset_from(one: Reading, two: Reading) -> bool:
    """Whether one is told by its way from the other: "15 km north of Kalat", which is finer."""
    return one.rule == "offset" != two.rule and one.place_id == two.place_id


def _are_same(one: Reading, two: Reading) -> bool:
    if one.place_id == two.place_id:
        return True
    a, b = one.footprint, two.footprint
    if abs(a.lat - b.lat) > _FAR_DEG or one.rule in _AREA_RULES or two.rule in _AREA_RULES:
        return False
    return bool(geodesic_distance_m(a.lon, a.lat, b.lon, b.lat) <= _SAME_M)


def _lies_within(fine: Reading, coarse: Reading) -> bool:
    shape = coarse.footprint.shape
    if coarse.rule not in _AREA_RULES or shape is None:
        return False
    if fine.footprint.uncertainty_m >= coarse.footprint.uncertainty_m:
        return False
    return bool(shapely.covers(shape, fine.footprint.point))
