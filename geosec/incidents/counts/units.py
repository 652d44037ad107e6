"""The unit of each row of a table of counts, among those that ship or those of a caller."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import geopandas as gpd
import pandas as pd

from geosec.arguments import require_kind
from geosec.errors import ParameterError, SchemaError, near_misses
from geosec.incidents.cells import MISSING, Rejected, read_text
from geosec.reference.boundaries import LEVELS, Level
from geosec.reference.home_units import index_home_units
from geosec.reference.toponyms import normalise
from geosec.reference.unit_index import Found, Unit, UnitIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_TOLD_BY: dict[Level, set[str]] = {  # the finest first
    "adm2": {"admin2", "admin2_code", "unit", "unit_code"},
    "adm1": {"admin1", "admin1_code"},
}
_HOME = frozenset({"pakistan", "islamic republic of pakistan", "pk", "pak", "586"})
_TOTAL = re.compile(
    r"(?:grand |sub ?|overall |national |country )?totals?|all|overall|sum|nationwide"
)
_TOTAL_OF = re.compile(r"(?:sub ?)?totals?(?: of| for)? (.+)|(.+?) (?:sub ?)?totals?")
_NAMES = ("adm{0}_name", "adm{0}_en", "name_{0}", "admin{0}name", "admin{0}name_en", "admin{0}")
_CODES = ("adm{0}_pcode", "adm{0}_code", "gid_{0}", "admin{0}pcode", "admin{0}_pcode")
_PLAIN_NAMES = ("name", "shapename", "name_en", "unit_name", "unit", "district", "province")
_PLAIN_CODES = ("code", "pcode", "unit_code", "shapeid", "shapeiso", "id")


class Told(NamedTuple):
    """What a row tells of its unit, as texts; empty where it tells nothing."""

    country: str = ""
    country_code: str = ""
    admin1: str = ""
    admin1_code: str = ""
    admin2: str = ""
    admin2_code: str = ""
    unit: str = ""
    unit_code: str = ""
    level: str = ""

    @classmethod
    def of(cls, cells: Mapping[str, Any]) -> Told:
        """Take the cells of a row by their roles; a provider's names where there are no others."""
        texts = {role: _tidy(value) for role, value in cells.items()}
        for role in ("admin1", "admin2"):
            texts[role] = texts.get(role, "") or texts.get(f"provider_{role}", "")
        return cls(**{role: texts.get(role, "") for role in cls._fields})

    def take(self, level: str) -> tuple[str, str]:
        """Give the name and the code of the unit at a level."""
        if level == "adm0":
            return self.country, self.country_code
        name, code = (
            (self.admin1, self.admin1_code) if level == "adm1" else (self.admin2, self.admin2_code)
        )
        return (name or self.unit, code or self.unit_code)


def _tidy(value: Any) -> str:
    text = read_text(value) or ""
    return "" if text.casefold() in MISSING else text


def choose_level(level: str | None, roles: Iterable[str]) -> Level:
    """Take the level that was asked for, or the finest that the columns tell."""
    told = set(roles)
    if level is None:
        return next((name for name, own in _TOLD_BY.items() if told & own), "adm0")
    for name in LEVELS:
        if name == level:
            return name
    msg = f"there is no level {level!r}; {near_misses(level, LEVELS)}"
    raise ParameterError(msg)


def read_level(told: Told, usual: Level, *, asked: bool) -> Level:
    """Read the level of a row; raises `Rejected` where it is another than was asked for."""
    if not told.level:
        return usual
    number = told.level.removesuffix(".0")[-1:]
    level = next((name for name in LEVELS if name[-1] == number), None)
    if level is None:
        msg = f"level {told.level!r} is none of 0 (country), 1 (province), 2 (district)"
        raise Rejected(msg)
    if asked and level != usual:
        msg = f"a row of {level}, and those of {usual} were asked for"
        raise Rejected(msg)
    return level


def refuse_total(told: Told, level: Level, knows: Callable[[str], bool]) -> None:
    """Refuse a row that adds others up, as its counts stand in the table already."""
    for text in (told.unit, told.admin2, told.admin1, told.country):
        if text and _TOTAL.fullmatch(normalise(text)):
            msg = f"{text!r} is a total over units, whose counts stand in their own rows"
            raise Rejected(msg)
    if level == "adm0":
        return
    name, code = told.take(level)
    found = _TOTAL_OF.fullmatch(normalise(name))
    if not code and (found or (normalise(name) in _HOME and not knows(name))):
        msg = f"{name!r} is a total over units, whose counts stand in their own rows"
        raise Rejected(msg)
    if level == "adm2" and name and not code and not knows(name):
        province = index_home_units("adm1").find(name)
        if province.rule == "name":
            msg = f"{name!r} is a province, and its row a total over districts"
            raise Rejected(msg)


def find_home_unit(told: Told, level: Level, vintage: str) -> Found:
    """Find the unit of a row among those that ship, or the districts of a vintage."""
    for said in (told.country, told.country_code):
        if said and normalise(said) not in _HOME:
            return Found(reason=f"it lies in {said}, and the boundaries are those of Pakistan")
    if level == "adm0":
        return Found("PK", "name" if told.country else "code")
    index = index_home_units(level, vintage or None)
    name, code = told.take(level)
    if level == "adm1":
        return index.find(name, code)
    return index.find(name, code, told.admin1, told.admin1_code)


@dataclass(frozen=True)
class OwnUnits:
    """The units of a layer that a caller brought."""

    index: UnitIndex
    names: Mapping[str, str]  #: by code
    countries: frozenset[str]  #: names and codes of their countries, normalised; empty if not said

    @classmethod
    def read(cls, layer: Any, level: str) -> OwnUnits:
        """Read a layer: which columns hold codes, names, and those of the unit that holds it."""
        require_kind(layer, gpd.GeoDataFrame, "boundaries", ", the polygons of units")
        table = pd.DataFrame(layer.drop(columns=layer.active_geometry_name or []))
        if table.index.name is not None or not isinstance(table.index, pd.RangeIndex):
            table = table.reset_index(names=table.index.name or "code")
        number = level[-1]
        codes = _find_columns(table, [form.format(number) for form in _CODES]) or _find_columns(
            table, _PLAIN_CODES
        )
        names = _find_columns(table, [form.format(number) for form in _NAMES]) or _find_columns(
            table, _PLAIN_NAMES
        )
        if not codes and not names:
            msg = (
                f"`boundaries` needs a column with the code or the name of each unit of {level}, "
                f"and has {', '.join(map(str, table.columns)) or 'no other columns'}; call them "
                f"'{level}_code' and '{level}_name'."
            )
            raise SchemaError(msg)
        above = f"adm{int(number) - 1}"
        parents = [] if above == "adm0" else _find_columns(table, _spell(above))
        land = _find_columns(table, (*_spell("adm0"), "country", "iso3", "shapegroup"))
        units = _make_units(table, codes, names, parents)
        said = {normalise(text) for name in land for text in _list_texts(table[name]) if text}
        noun = "unit" if level != "adm2" else "district"
        return cls(
            UnitIndex(units, noun, "province"),
            {each.code: each.name for each in units},
            frozenset(said),
        )

    def find(self, told: Told, level: str) -> Found:
        """Find the unit of a row; one of another country is none of them."""
        said = {normalise(text) for text in (told.country, told.country_code) if text}
        if self.countries and said and not said & self.countries:
            where = told.country or told.country_code
            return Found(
                reason=f"it lies in {where}, and the boundaries are those of another country"
            )
        name, code = told.take(level)
        if level == "adm2":
            return self.index.find(name, code, told.admin1, told.admin1_code)
        return self.index.find(name, code)


def _spell(level: str) -> list[str]:
    return [form.format(level[-1]) for form in (*_NAMES, *_CODES)]


def _find_columns(table: pd.DataFrame, forms: Any) -> list[str]:
    """Find the columns spelt in one of some forms, in their order, in any case."""
    spelt = {str(name).strip().casefold(): name for name in reversed(table.columns)}
    return [spelt[form] for form in forms if form in spelt]


def _list_texts(column: pd.Series) -> list[str]:
    whole = column.astype("object").where(column.notna(), None)
    return [fold_number(_tidy(value)) for value in whole]


def fold_number(text: str) -> str:
    """Write a whole number without a point."""
    return re.sub(r"(\d+)\.0+", r"\1", text) if re.fullmatch(r"\d+\.0+", text) else text


def _make_units(
    table: pd.DataFrame, codes: list[str], names: list[str], parents: list[str]
) -> list[Unit]:
    """Make a unit of each row; rows of one code are one, and two units of one code are refused."""
    columns = {name: _list_texts(table[name]) for name in {*codes, *names, *parents}}
    units: dict[str, Unit] = {}
    for row in range(len(table)):
        own_codes = [columns[name][row] for name in codes if columns[name][row]]
        own_names = [columns[name][row] for name in names if columns[name][row]]
        held = tuple(columns[name][row] for name in parents if columns[name][row])
        if not own_codes and not own_names:
            continue
        code = (own_codes or own_names)[0]
        before = units.get(code)
        unit = Unit(code, (own_names or own_codes)[0], tuple(own_names[1:]), tuple(own_codes), held)
        if before is not None and before != unit:
            msg = f"two units of `boundaries` are both {code!r}; give each a code of its own."
            raise SchemaError(msg)
        units[code] = unit
    return list(units.values())
