"""The unit of each row of a table of counts, among those that ship or those of a caller."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import geopandas as gpd
import pandas as pd

from geosec.arguments import require_kind
from geosec.errors import ParameterError, SchemaError, near_misses
from geosec.incidents.cells import Rejected
from geosec.incidents.counts.cells import tidy_text
from geosec.reference.boundaries import LEVELS, Level
from geosec.reference.home_units import index_home_units
from geosec.reference.toponyms import normalise
from geosec.reference.unit_index import Found, Unit, UnitIndex

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOLD_BY: dict[Level, set[str]] = {  # the finest first
    "adm2": {"admin2", "admin2_code"},
    "adm1": {"admin1", "admin1_code"},
}
_HOME = frozenset({"pakistan", "islamic republic of pakistan", "pk", "pak", "586"})
_NOUNS = {"adm0": "country", "adm1": "province", "adm2": "district"}
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
        texts = {role: tidy_text(value) for role, value in cells.items()}
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


def choose_level(level: str | None, texts: pd.DataFrame) -> Level:
    """Take the level that was asked for, or the finest that the columns tell.

    A column of units without a level has that whose units it names most.
    """
    if level is not None:
        if level not in LEVELS:
            msg = f"there is no level {level!r}; {near_misses(level, LEVELS)}"
            raise ParameterError(msg)
        return level
    told: Level = next((own for own, roles in _TOLD_BY.items() if {*texts.columns} & roles), "adm0")
    if {*texts.columns} & {"unit", "unit_code"} and told != "adm2":
        units = texts.reindex(columns=["unit", "unit_code"], fill_value="").drop_duplicates()
        return "adm1" if _count_known(units, "adm1") > _count_known(units, "adm2") else "adm2"
    return told


def _count_known(units: pd.DataFrame, level: Level) -> int:
    index = index_home_units(level)
    return sum(bool(index.find(*row).code) for row in units.itertuples(index=False))


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


def refuse_total(told: Told, level: Level, units: Units) -> None:
    """Refuse a row that adds others up, as its counts stand in the table already."""
    names = [normalise(text) for text in (told.unit, told.admin2, told.admin1, told.country)]
    name, code = told.take(level)
    bare = "" if code or level == "adm0" or units.index.knows(name) else normalise(name)
    if any(map(_TOTAL.fullmatch, names)) or _TOTAL_OF.fullmatch(bare) or bare in units.lands:
        text = next((said for said in told[:-1] if _TOTAL.fullmatch(normalise(said))), name)
        msg = f"{text!r} is a total over units, whose counts stand in their own rows"
        raise Rejected(msg)
    if bare and units.index.holds(name):
        msg = f"{name!r} is a {units.index.parent_noun}, and its row a total over its parts"
        raise Rejected(msg)


@dataclass(frozen=True)
class Units:
    """Units that rows are joined to, and those of each country by its names and codes."""

    index: UnitIndex
    lands: Mapping[str, UnitIndex]  #: by country, normalised; empty where none is told
    whose: str  #: how boundaries are called that are those of another country than a row

    def find(self, told: Told, level: Level) -> Found:
        """Find the unit of a row; one of another country is none of them."""
        index = self.index
        said = [text for text in (told.country, told.country_code) if text]
        if said and self.lands and level != "adm0":
            own = [self.lands[key] for key in map(normalise, said) if key in self.lands]
            if not own:
                return Found(reason=f"it lies in {said[0]}, and the boundaries are {self.whose}")
            index = own[0]
        name, code = told.take(level)
        parents = (told.admin1, told.admin1_code) if level == "adm2" else ("", "")
        return index.find(name, code, *parents)


def take_home_units(level: Level, vintage: str) -> Units:
    """Take the units of a level that ship, or the districts of a vintage."""
    index = index_home_units(level, vintage or None)
    return Units(index, dict.fromkeys(_HOME, index), "those of Pakistan")


class OwnColumns(NamedTuple):
    """The columns of a layer that tell its units."""

    codes: list[str]
    names: list[str]
    parents: list[str]  #: names and codes of the unit that holds each
    countries: list[str]

    @classmethod
    def find(cls, table: pd.DataFrame, level: Level) -> OwnColumns:
        """Find them as COD-AB, GADM and geoBoundaries spell them, or in plain words."""
        codes = _find_columns(table, _spell(level, _CODES)) or _find_columns(table, _PLAIN_CODES)
        names = _find_columns(table, _spell(level, _NAMES)) or _find_columns(table, _PLAIN_NAMES)
        above = _spell("adm1", (*_NAMES, *_CODES)) if level == "adm2" else []
        land = (*_spell("adm0", (*_NAMES, *_CODES)), "country", "iso3", "shapegroup")
        countries = [] if level == "adm0" else _find_columns(table, land)
        return cls(codes, names, _find_columns(table, above), countries)


@dataclass(frozen=True)
class OwnUnits:
    """The units of a layer that a caller brought."""

    units: Units
    names: Mapping[str, str]  #: by code

    @classmethod
    def read(cls, layer: Any, level: Level) -> OwnUnits:
        """Read a layer: which columns hold codes, names, and those of the unit that holds it."""
        require_kind(layer, gpd.GeoDataFrame, "boundaries", ", the polygons of units")
        table = _flatten(layer)
        columns = OwnColumns.find(table, level)
        if not columns.codes and not columns.names:
            msg = (
                f"`boundaries` needs a column with the code or the name of each unit of {level}, "
                f"and has {', '.join(map(str, table.columns)) or 'no other columns'}; call them "
                f"'{level}_code' and '{level}_name', or say with `level` which units they are."
            )
            raise SchemaError(msg)
        units = _make_units(table, columns)
        lands = {
            normalise(name): _index(list(part.values()), level)
            for name, part in _group_by_country(table, columns, units).items()
        }
        whole = _index(list({unit.code: unit for _, unit in units}.values()), level)
        names = {unit.code: unit.name for _, unit in units}
        return cls(Units(whole, lands, "those of another country"), names)


def _index(units: list[Unit], level: Level) -> UnitIndex:
    return UnitIndex(units, _NOUNS[level], "province")


def _group_by_country(
    table: pd.DataFrame, columns: OwnColumns, units: list[tuple[int, Unit]]
) -> dict[str, dict[str, Unit]]:
    """Group units by each name and code of their country."""
    told = [_list_texts(table[name]) for name in columns.countries]
    groups: dict[str, dict[str, Unit]] = {}
    for row, unit in units:
        for texts in told:
            if texts[row]:
                groups.setdefault(texts[row], {})[unit.code] = unit
    return groups


def _flatten(layer: gpd.GeoDataFrame) -> pd.DataFrame:
    """Take the columns of a layer without its polygons; an index of labels becomes one."""
    table = pd.DataFrame(layer.drop(columns=layer.active_geometry_name or []))
    if not table.columns.is_unique or table.columns.nlevels > 1 or table.index.nlevels > 1:
        msg = "`boundaries` needs columns of one name each, and an index of one level; mend them."
        raise SchemaError(msg)
    if isinstance(table.index, pd.RangeIndex) or table.index.name in table.columns:
        return table
    name = table.index.name or next(each for each in ("code", "index code") if each not in table)
    return table.rename_axis(name).reset_index()


def _spell(level: Level, forms: tuple[str, ...]) -> list[str]:
    return [form.format(level[-1]) for form in forms]


def _find_columns(table: pd.DataFrame, forms: Any) -> list[str]:
    """Find the columns spelt in one of some forms, in their order, in any case."""
    spelt = {str(name).strip().casefold(): name for name in reversed(table.columns)}
    return [spelt[form] for form in forms if form in spelt]


def _list_texts(column: pd.Series) -> list[str]:
    whole = column.astype("object").where(column.notna(), None)
    return [fold_number(tidy_text(value)) for value in whole]


def fold_number(text: str) -> str:
    """Write a whole number without a point."""
    return re.sub(r"(\d+)\.0+", r"\1", text) if re.fullmatch(r"\d+\.0+", text) else text


def _make_units(table: pd.DataFrame, columns: OwnColumns) -> list[tuple[int, Unit]]:
    """Make a unit of each row that tells one; two units of one code are refused."""
    parts = (columns.codes, columns.names, columns.parents)
    texts = [zip(*(_list_texts(table[name]) for name in part), strict=True) for part in parts]
    codes, names, parents = (list(part) or [()] * len(table) for part in texts)
    seen: dict[str, Unit] = {}
    units = []
    for row, (own, called, held) in enumerate(zip(codes, names, parents, strict=True)):
        unit = _make_unit([*filter(None, own)], [*filter(None, called)], (*filter(None, held),))
        if unit is None:
            continue
        if seen.setdefault(unit.code, unit) != unit:
            msg = f"two units of `boundaries` are both {unit.code!r}; give each a code of its own."
            raise SchemaError(msg)
        units.append((row, unit))
    return units


def _make_unit(codes: list[str], names: list[str], parents: tuple[str, ...]) -> Unit | None:
    """Make a unit of what its row tells; None where it has neither a code nor a name."""
    told = [*codes, *names]
    if not told:
        return None
    return Unit(told[0], (names or codes)[0], tuple(names[1:]), tuple(codes), parents)
