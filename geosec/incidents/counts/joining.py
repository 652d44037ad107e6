"""Rows of a table of counts joined to the units of boundaries, each distinct unit once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from geosec.arguments import require_text
from geosec.errors import ParameterError
from geosec.incidents.cells import Rejected
from geosec.incidents.counts.cells import judge_distinct
from geosec.incidents.counts.units import (
    OwnUnits,
    Told,
    choose_level,
    read_level,
    refuse_total,
    take_home_units,
)
from geosec.reference.boundaries import FIRST_DAY, find_vintage
from geosec.reference.home_units import list_home_units
from geosec.reference.toponyms import normalise
from geosec.reference.unit_index import Found

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    import geopandas as gpd

    from geosec.incidents.counts.cells import Faults
    from geosec.reference.boundaries import Level

PERIOD = "period"  # for `on`: the day on which each row's own period begins
_VINTAGE = "vintage"
_HOME_COLUMNS = ("adm1_code", "adm1_name", "adm2_code", "adm2_name", "adm2_pcode")
_COLUMNS = ("unit_level", "unit_code", "unit_name", "unit_rule", "unit_reason", *_HOME_COLUMNS)
_NOTHING = ("",) * len(_COLUMNS)
_ROLES = (*Told._fields, "provider_admin1", "provider_admin2")


@dataclass(frozen=True)
class UnitChoice:
    """Which units rows are joined to."""

    level: Level
    is_asked: bool  #: the caller named the level
    own: OwnUnits | None  #: those of the caller's boundaries
    on: str  #: the vintage of all rows, or ``period``, or empty for the districts that ship

    @classmethod
    def make(
        cls,
        level: str | None,
        boundaries: gpd.GeoDataFrame | None,
        on: str | date | None,
        texts: pd.DataFrame,
    ) -> UnitChoice:
        """Check what was asked for against what the table has."""
        if level is not None:
            require_text(level, "level", "the name of a level")
        chosen = choose_level(level, texts)
        if boundaries is None:
            return cls(chosen, level is not None, None, _read_vintage(on, chosen))
        if on is not None:
            msg = "`on` asks for the districts of Pakistan of a day, and `boundaries` are given."
            raise ParameterError(msg)
        own = OwnUnits.read(boundaries, chosen)
        _refuse_several(texts, own)
        return cls(chosen, level is not None, own, "")


def _read_vintage(on: str | date | None, level: str) -> str:
    if on is None or on == PERIOD:
        return "" if on is None else PERIOD
    if level != "adm2":
        msg = f"`on` asks for the districts of a day, and the level is {level!r}; leave it out."
        raise ParameterError(msg)
    try:
        return find_vintage(on)
    except ParameterError as error:
        msg = f'{error} Give such a day, or "{PERIOD}" for the first day of each row.'
        raise ParameterError(msg) from None


def _refuse_several(texts: pd.DataFrame, own: OwnUnits) -> None:
    """Refuse a table of several countries where it is not said of which the boundaries are."""
    role = next((name for name in ("country", "country_code") if name in texts.columns), None)
    if role is None or own.units.lands:
        return
    told = sorted({normalise(text) for text in texts[role].unique() if text})
    if len(told) > 1:
        msg = (
            f"the table tells of {len(told)} countries ({', '.join(told[:3])}), and `boundaries` "
            "do not say of which they are; give them a column 'country', or take its rows alone."
        )
        raise ParameterError(msg)


def join_units(
    texts: pd.DataFrame, starts: pd.Series, choice: UnitChoice, faults: Faults
) -> pd.DataFrame:
    """Join each row to its unit; totals, and rows that name no unit at all, are rejected."""
    vintages = _list_vintages(starts, choice)
    told = texts.assign(**{_VINTAGE: vintages})
    which, made = judge_distinct(told, (*_ROLES, _VINTAGE), _make_judge(choice), faults)
    found = [each or _NOTHING for each in made]
    table = pd.DataFrame(found, columns=list(_COLUMNS)).iloc[which].set_axis(texts.index)
    reasons = table["unit_reason"]
    table = table.where(table != "", None).astype("str").assign(unit_reason=reasons.astype("str"))
    return table.drop(columns=list(_HOME_COLUMNS)) if choice.own else table


def _list_vintages(starts: pd.Series, choice: UnitChoice) -> pd.Series | str:
    """List the vintage of each row; days before the first that is known count as its own."""
    if choice.on != PERIOD:
        return choice.on
    days = {day: find_vintage(max(str(day.date()), FIRST_DAY)) for day in starts.dropna().unique()}
    return starts.map(days).fillna("").astype("object")


def _make_judge(choice: UnitChoice) -> Callable[[dict[str, str]], tuple[str, ...]]:
    def judge(cells: dict[str, str]) -> tuple[str, ...]:
        vintage = cells.pop(_VINTAGE)
        told = Told.of(cells)
        level = read_level(told, choice.level, asked=choice.is_asked)
        units = choice.own.units if choice.own else take_home_units(level, vintage)
        refuse_total(told, level, units)
        if not any(told[:-1]):
            msg = "no unit"
            raise Rejected(msg)
        if choice.own is not None:
            found = units.find(told, level) if level == choice.level else _not_of(choice.level)
            name = choice.own.names.get(found.code, "")
            return level, found.code, name, found.rule, found.reason, *[""] * len(_HOME_COLUMNS)
        return level, *_write_home_unit(units.find(told, level), told, level, vintage)

    return judge


def _not_of(level: str) -> Found:
    return Found(reason=f"the boundaries are those of {level}")


def _write_home_unit(found: Found, told: Told, level: Level, vintage: str) -> tuple[str, ...]:
    """Write code, name, rule and reason of a unit that ships, and of the province it is in."""
    if not found.code:
        province = take_home_units("adm1", "").find(told, "adm1").code if level == "adm2" else ""
        name = list_home_units("adm1")["adm1_name"].get(province, "")
        return "", "", "", found.reason, province, name, "", "", ""
    row = list_home_units(level, vintage or None).loc[found.code]
    own = found.code, row[f"{level}_name"], found.rule, found.reason
    if level == "adm0":
        return *own, *[""] * len(_HOME_COLUMNS)
    if level == "adm1":
        return *own, found.code, row["adm1_name"], "", "", ""
    return *own, row["adm1_code"], row["adm1_name"], found.code, row["adm2_name"], row["adm2_pcode"]
