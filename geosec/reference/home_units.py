"""The provinces and districts that ship with geosec, as tables of any day name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geosec.reference.boundaries import (
    load_boundaries,
    load_district_lineage,
    load_district_vintages,
)
from geosec.reference.unit_index import Unit, UnitIndex
from geosec.shared import build_once

if TYPE_CHECKING:
    from geosec.reference.boundaries import Level

#: What a province was called that is a part of another since 2018.
_MERGED = {"PK-KP": ("FATA", "Federally Administered Tribal Areas", "Tribal Areas")}
_COUNTRY_CODES = {"PK": ("PAK", "586")}  # ISO 3166-1, of three letters and of three figures
PART_OF = " is a part of "  #: what a note says between the names of a part and its unit
_NOUNS = {
    "adm0": ("country", "world"),
    "adm1": ("province", "country"),
    "adm2": ("district", "province"),
}


@build_once
def index_home_units(level: Level, vintage: str | None = None) -> UnitIndex:
    """Index the units of a level: those that ship, or the districts of a vintage.

    Districts of other days are known too: one that was made of a district of the layer, or became
    a part of one, has its code and a note that says so.
    """
    noun, parent_noun = _NOUNS[level]
    if level != "adm2":
        return UnitIndex(_list_units(load_boundaries(level), level), noun, parent_noun)
    layer = load_boundaries("adm2", on=vintage)
    own = list(_list_units(layer, "adm2"))
    return UnitIndex([*own, *_list_of_other_days(layer)], noun, parent_noun)


@build_once
def list_home_units(level: Level, vintage: str | None = None) -> pd.DataFrame:
    """List names and codes of the units of a level, by code, without their polygons."""
    layer = load_boundaries(level, on=vintage if level == "adm2" else None)
    return pd.DataFrame(layer.drop(columns="geometry"))


def _list_units(layer: pd.DataFrame, level: Level) -> list[Unit]:
    others = layer["alt_names"] if "alt_names" in layer.columns else [""] * len(layer)
    if level == "adm2" and "alt_names" not in layer.columns:
        known = load_boundaries("adm2")["alt_names"]
        others = known.reindex(layer.index).fillna("")
    pcodes = layer.get(f"{level}_pcode", [""] * len(layer))
    rows = zip(layer.index, layer[f"{level}_name"], others, pcodes, strict=True)
    parents = [_name_parents(code) for code in layer["adm1_code"]] if level == "adm2" else None
    units = []
    for number, (code, name, alt, pcode) in enumerate(rows):
        extra = _MERGED.get(code, ()) if level == "adm1" else ()
        held = parents[number] if parents else ()
        all_as_written = (*_split(pcode), pcode, *_COUNTRY_CODES.get(code, ()))
        codes = tuple(dict.fromkeys(filter(None, all_as_written)))
        units.append(Unit(code, name, (*_split(alt), *extra), codes, held))
    return units


def _list_of_other_days(layer: pd.DataFrame) -> list[Unit]:
    """List the districts of other days: parts of those of the layer, or of none of them."""
    vintages = load_district_vintages()
    vintages = vintages[~vintages.index.duplicated(keep="last")]
    lineage = load_district_lineage().set_index(["name", "adm1_code"])
    shipped = load_boundaries("adm2")
    known = {
        **{
            code: (row.adm2_name, row.adm1_code, code, row.adm2_pcode)
            for code, row in shipped.iterrows()
        }
    }
    known |= {
        code: (row.adm2_name, row.adm1_code, row.parent_code, row.adm2_pcode)
        for code, row in vintages.iterrows()
    }
    known |= {
        f"{province}:{name}": (name, province, row.parent_code, "")
        for (name, province), row in lineage.iterrows()
        if not ((vintages["adm2_name"] == name) & (vintages["adm1_code"] == province)).any()
    }
    units = []
    for code, (name, province, parent, pcodes) in known.items():
        if code in layer.index:
            continue
        told = lineage["alt_names"].get((name, province), "")
        held = parent if parent in layer.index else ""
        note = _write_note(name, layer, held)
        codes = tuple(each for each in _split(pcodes) if ";" not in pcodes)
        units.append(Unit(held, name, _split(told), codes, _name_parents(province), note))
    return units


def _write_note(name: str, layer: pd.DataFrame, held: str) -> str:
    if held:
        return f"{name}{PART_OF}{layer['adm2_name'][held]} in these boundaries"
    return f"{name} is no district of these boundaries, but of another day"


@build_once
def _name_parents(code: str) -> tuple[str, ...]:
    """Name the province of a code in every way, the usual one first."""
    province = load_boundaries("adm1").loc[code]
    others = (*_split(province["alt_names"]), *_MERGED.get(code, ()))
    return province["adm1_name"], *others, code, province["adm1_pcode"]


def _split(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split(";")))
