"""Which units are asked: those that ship with geosec, or polygons that the caller brought."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import geopandas as gpd

from geosec.arguments import describe_given
from geosec.assignment.units import Units
from geosec.errors import ParameterError, near_misses
from geosec.geodesy.areas import AreaIndex
from geosec.geodesy.segments import SegmentIndex
from geosec.reference.boundaries import (
    find_changed,
    find_vintage,
    list_vintages,
    name_districts,
    read_day,
)
from geosec.reference.own_boundaries import read_own_boundaries
from geosec.reference.validity import FROM, TO, find_day, find_standing, list_days
from geosec.shared import build_once

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    import pandas as pd

    from geosec.reference.boundaries import Level

    Changed = tuple[AreaIndex, SegmentIndex]

LEVELS: tuple[Level, ...] = ("adm2", "adm1")  # the finest first
INCIDENT = "incident"  # for `on`: each row's own days


@dataclass(frozen=True, eq=False)
class Lineage:
    """The units of the finest level as they stood on one day after another."""

    level: Level
    days: tuple[str, ...]  #: since when they stood as they did; before the first it is taken
    names: pd.Series  #: of all that ever stood, by the labels of the layers
    codes: pd.Index | pd.Series
    find_day: Callable[[str | date], str]  #: of those days, for any day
    load: Callable[[str], Units]  #: the units of one of the days
    index_changed: Callable[[str], Changed]  #: what ended or began on it


class Source(NamedTuple):
    """The units that are asked: of levels as they stand, the finest first, and of days."""

    units: list[Units]
    lineage: Lineage | None
    is_shipped: bool


def read_source(
    levels: Any,
    on: str | date | None,
    own: tuple[Any, Any, Any],
    *,
    exact: bool,
) -> Source:
    """Read `levels` and `on`, and the caller's boundaries with their columns of names and codes.

    If `exact`, borders lie where they are drawn.
    """
    asked = _read_levels(levels)
    boundaries, name, code = own
    if boundaries is None:
        for given, argument in ((name, "name"), (code, "code")):
            if given is not None:
                msg = f"`{argument}` names a column of `boundaries`, and none were given."
                raise ParameterError(msg)
        return _read_shipped(list(LEVELS) if asked is None else asked, on, exact=exact)
    return _read_own(boundaries, asked, on, (name, code), exact=exact)


def _read_shipped(asked: list[Level], on: str | date | None, *, exact: bool) -> Source:
    """Take the boundaries that ship, with the districts of days where those are asked for."""
    _require_districts(asked, on)
    dated = None if on is None else "adm2"
    units = [Units.load(level, exact=exact) for level in asked if level != dated]
    lineage = None if on is None else _take_shipped_lineage(exact=exact)
    return Source(units, lineage, is_shipped=True)


def _read_own(
    boundaries: Any,
    asked: list[Level] | None,
    on: str | date | None,
    columns: tuple[Any, Any],
    *,
    exact: bool,
) -> Source:
    """Take the boundaries of a caller."""
    day = None if on is None or on == INCIDENT else read_day(on)
    layers = read_own_boundaries(boundaries, asked, LEVELS, columns, (on is not None, day))
    _require_districts(list(layers), on)
    dated = layers.pop("adm2") if on is not None else None
    units = [
        Units.of_own(cast("Level", level), layer, exact=exact) for level, layer in layers.items()
    ]
    lineage = None if dated is None else _make_lineage(dated, exact=exact)
    return Source(units, lineage, is_shipped=False)


def _read_levels(levels: Any) -> list[Level] | None:
    """Refuse what is no list of levels; the finest first, None for those there are."""
    if levels is None:
        return None
    if isinstance(levels, Mapping | gpd.GeoDataFrame | gpd.GeoSeries):
        msg = (
            f"`levels` takes a list of levels, and was given {describe_given(levels)}; polygons of "
            "your own go in by name: assign_boundaries(located, boundaries=...)."
        )
        raise ParameterError(msg)
    if isinstance(levels, str) or not isinstance(levels, Iterable):
        known = tuple(sorted(LEVELS))
        msg = f"`levels` takes a list of levels, and was given {describe_given(levels)}: {known}?"
        raise ParameterError(msg)
    asked = list(levels)
    for level in asked:
        if level not in LEVELS:
            msg = f"boundaries are assigned by level, and {level!r} is none; "
            raise ParameterError(msg + near_misses(str(level), LEVELS))
    return [level for level in LEVELS if level in asked]


def _require_districts(asked: list[Any], on: str | date | None) -> None:
    """Refuse a day where there are no districts to take of it."""
    if on is not None and "adm2" not in asked:
        msg = (
            f"`on` is {describe_given(on)} and asks for the districts of a day, and `levels` has "
            f"no 'adm2', but {', '.join(map(repr, asked)) or 'nothing'}; add it or leave out `on`."
        )
        raise ParameterError(msg)


def _take_shipped_lineage(*, exact: bool) -> Lineage:
    names = name_districts()
    return Lineage(
        "adm2",
        list_vintages(),
        names,
        names.index,
        find_vintage,
        lambda day: Units.load("adm2", exact=exact, vintage=day),
        _index_shipped_changes,
    )


@build_once
def _index_shipped_changes(day: str) -> Changed:
    changed = find_changed(day)
    return AreaIndex(changed), SegmentIndex(changed)


def _make_lineage(own: gpd.GeoDataFrame, *, exact: bool) -> Lineage:
    """Make the lineage of units of a caller that have a first day and a first day no more."""
    days = tuple(list_days(own))
    last = own[~own.index.duplicated(keep="last")].sort_index()

    @build_once
    def load(day: str) -> Units:
        return Units.of_own("adm2", own[find_standing(own, day)], exact=exact)

    @build_once
    def index_changed(day: str) -> Changed:
        changed = own.geometry[(own[FROM] == day) | (own[TO] == day)]
        return AreaIndex(changed), SegmentIndex(changed)

    return Lineage(
        "adm2",
        days,
        last["name"],
        last["code"],
        lambda on: find_day(days, read_day(on)),
        load,
        index_changed,
    )
