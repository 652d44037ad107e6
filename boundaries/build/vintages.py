"""The districts of every year: which parts belonged to which, told with the first and last day."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import shapely

from boundaries.build.reference import UNITS


def tell_vintages(units: gpd.GeoSeries, districts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Make a row for each district and each extent that it had.

    `units` are the districts of 2022 by P-code, `districts` those of 2018 by code. ``valid_from``
    is the first day and ``valid_to`` the first no more, empty where it is open; of a change only
    the year is known, and it is taken from 1 January.
    """
    table = pd.read_csv(UNITS, dtype="str", keep_default_na=False)
    years = sorted({*table["valid_from"], *table["valid_to"]} - {""})
    spans: list[tuple[str, tuple[str, ...], str, str]] = []  # code, P-codes, from, to
    there: dict[str, tuple[tuple[str, ...], str]] = {}
    for year in ["", *years]:
        held = name_holders(table, year)
        for code, (pcodes, since) in [*there.items()]:
            if held.get(code) != pcodes:
                spans.append((code, pcodes, since, year))
                del there[code]
        for code, pcodes in held.items():
            there.setdefault(code, (pcodes, year))
    spans += [(code, pcodes, since, "") for code, (pcodes, since) in there.items()]
    names = dict(zip(table["unit_code"], table["unit_name"], strict=True))
    parents = dict(zip(table["adm2_pcode"], table["adm2_code"], strict=True))
    rows = []
    for code, pcodes, since, until in spans:
        known = districts.loc[parents[pcodes[0]]]
        is_own = code in districts.index
        rows.append(
            {
                "adm2_code": code,
                "adm2_name": known["adm2_name"] if is_own else names[code],
                "adm1_code": code[:5],
                "adm1_pcode": pcodes[0][:3],
                "adm2_pcode": ";".join(pcodes),
                "parent_code": parents[pcodes[0]],
                "valid_from": _first_day(since),
                "valid_to": _first_day(until),
                "geometry": shapely.normalize(shapely.coverage_union_all(units[list(pcodes)])),
            }
        )
    layer = gpd.GeoDataFrame(rows, crs=units.crs)
    return layer.sort_values(["adm2_code", "valid_from"], ignore_index=True)


def name_holders(table: pd.DataFrame, year: str) -> dict[str, tuple[str, ...]]:
    """Name the districts of a year, each with the P-codes of the units that it held."""
    by_code = table.set_index("unit_code").to_dict("index")
    held: dict[str, list[str]] = {}
    for own in table.to_dict("records"):
        code, unit = own["unit_code"], own
        while unit and not _is_there(unit, year):
            code = unit["before_code"]
            unit = by_code.get(code, {})
        held.setdefault(code, []).append(own["adm2_pcode"])
    return {code: tuple(pcodes) for code, pcodes in held.items()}


def _is_there(unit: dict[str, str], year: str) -> bool:
    return unit["valid_from"] <= year and (not unit["valid_to"] or year < unit["valid_to"])


def _first_day(year: str) -> str:
    return f"{year}-01-01" if year else ""
