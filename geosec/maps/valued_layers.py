"""Tables drawn on the map: values of districts, and of sections of the railway."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geosec.arguments import describe_given, read_numbers, require_kind
from geosec.errors import ParameterError, SchemaError, UnknownNameError, near_misses
from geosec.maps.analysis_tables import draw_analysis
from geosec.maps.counted_units import measure_shipped_rail_km
from geosec.maps.drawn_shapes import read_shapes, take_parts
from geosec.maps.encoding import DRAWN_DEG, encode_shapes, write_label
from geosec.railway.linear_referencing import stretch
from geosec.reference.boundaries import load_boundaries

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geosec.railway.network import RailNetwork

_DISTRICT = "adm2_code"
_SECTION = ("rail_line", "km_from", "km_to")
_NUMBERS = ("low", "high", "count", "population", "rail_km")
_NAMES = ("unit_name", "adm2_name", "adm1_name", "name", "shapeName")


def collect_values(
    choropleth: Any, corridor: Any, words: Mapping[str, str], network: RailNetwork | None
) -> dict[str, dict[str, Any]]:
    """Collect the layers of values that were given, by name."""
    told = {
        "choropleth": collect_choropleth(choropleth, words),
        "corridor": collect_corridor(corridor, words, network),
    }
    return {name: layer for name, layer in told.items() if layer is not None}


def collect_choropleth(table: Any, words: Mapping[str, str]) -> dict[str, Any] | None:
    """Collect the values of districts, or of areas of the caller's own, as they are drawn."""
    if table is None:
        return None
    table, title = _choose_value(table, words, "choropleth")
    values = _read_values(table, "choropleth")
    if isinstance(table, gpd.GeoDataFrame):
        name = next((each for each in _NAMES if each in table.columns), None)
        names = table.index.astype(str) if name is None else table[name].map(write_label)
        areas = _draw_areas(read_shapes(table, "choropleth", 2))
        return _describe(title, _name_units(values, names), areas)
    units = load_boundaries("adm2")
    codes = table[_DISTRICT] if _DISTRICT in table.columns else table.index.to_series()
    place = units.index.get_indexer(codes)
    if (place < 0).any():
        unknown = str(codes.iloc[int((place < 0).argmax())])
        raise UnknownNameError(_tell_no_district(table, unknown, units.index))
    if len(np.unique(place)) < len(place):
        twice = codes[codes.duplicated()].iloc[0]
        msg = f"`choropleth` has more than one row of the district {twice!r}; sum or choose first."
        raise SchemaError(msg)
    if "rail_km" not in values:
        values["rail_km"] = np.round(measure_shipped_rail_km("adm2")[place], 1)
    shapes = shapely.coverage_simplify(units.geometry.to_numpy(), DRAWN_DEG)[place]
    return _describe(title, _name_units(values, units["adm2_name"].iloc[place]), shapes)


def _tell_no_district(table: pd.DataFrame, unknown: str, codes: pd.Index) -> str:
    if _DISTRICT not in table.columns:
        near = near_misses(_DISTRICT, map(str, table.columns), list_all=False)
        msg = (
            f"`choropleth` takes codes of districts in a column {_DISTRICT!r}, or as the index; "
            f"there is no such column, and the index has {unknown!r}"
        )
        return f"{msg}; {near}" if near else f"{msg}."
    near = near_misses(unknown, codes, list_all=False)
    msg = f"`choropleth` takes a column {_DISTRICT!r}; there is no district {unknown!r}"
    return f"{msg}; {near or f'codes are as {codes[0]!r}.'}"


def collect_corridor(
    table: Any, words: Mapping[str, str], network: RailNetwork | None = None
) -> dict[str, Any] | None:
    """Collect the values of sections of the railway, as they are drawn."""
    if table is None:
        return None
    table, title = _choose_value(table, words, "corridor")
    missing = [name for name in _SECTION if name not in table.columns]
    if missing:
        msg = (
            f"`corridor` takes the columns {', '.join(_SECTION)} and value, and has no "
            f"{missing[0]!r}; {near_misses(missing[0], map(str, table.columns))}"
        )
        raise SchemaError(msg)
    values = _read_values(table, "corridor")
    ends = [_read_column(table, name, "corridor").to_numpy() for name in _SECTION[1:]]
    sections = list(zip(table[_SECTION[0]], *ends, strict=True))
    shapes: Any
    if isinstance(table, gpd.GeoDataFrame):
        shapes = read_shapes(table, "corridor", 1)
    else:
        shapes = [stretch(*section, network=network) for section in sections]
    names = [f"{write_label(line)} km {start:g}\u2013{end:g}" for line, start, end in sections]
    return _describe(title, _name_units(values, names), shapes)


def _choose_value(table: Any, words: Mapping[str, str], name: str) -> tuple[pd.DataFrame, str]:
    """Give a table with ``value``, which is chosen where it is of an analysis, and its title."""
    remedy = "; a level of the boundaries, as 'adm2', counts the incidents shown"
    require_kind(table, pd.DataFrame, name, remedy if name == "choropleth" else "")
    title = write_label(table.attrs.get("title"))
    if "value" not in table.columns and (drawn := draw_analysis(table, words)) is not None:
        return drawn.table, title or drawn.title
    return table, title or words[f"layer_{name}"]


def _read_values(table: pd.DataFrame, name: str) -> dict[str, Any]:
    """Read the numbers and labels of a table; a value that is missing is drawn as not known."""
    if "value" not in table.columns:
        known = near_misses("value", map(str, table.columns))
        msg = (
            f"`{name}` takes a table with a column 'value', or one of an analysis, and has no such "
            f"column; {known}"
        )
        raise SchemaError(msg)
    found: dict[str, Any] = {}
    for column in ("value", *_NUMBERS):
        if column not in table.columns:
            continue
        found[column] = _read_column(table, column, name).to_numpy()
    if "label" in table.columns:
        found["label"] = [write_label(each) for each in table["label"]]
    return found


def _read_column(table: pd.DataFrame, column: str, name: str) -> pd.Series:
    numbers = read_numbers(table[column])
    wrong = table[column].notna() & numbers.isna()
    if wrong.any():
        given = describe_given(table[column][wrong].iloc[0])
        msg = f"`{name}` has a column {column!r} of numbers, and in it {given}."
        raise ParameterError(msg)
    return numbers


def _name_units(values: dict[str, Any], names: Sequence[str] | pd.Index) -> dict[str, Any]:
    return {"name": [str(each) for each in names], **values}


def _describe(title: str, columns: dict[str, Any], shapes: Any) -> dict[str, Any]:
    """Describe a layer: its title, the columns of its units, and their shapes."""
    told = {
        name: [_plain(each) for each in column] if isinstance(column, np.ndarray) else column
        for name, column in columns.items()
    }
    return {
        "title": title,
        "columns": told,
        "shapes": encode_shapes(shapes),
    }


def _plain(number: float) -> float | None:
    """Write a number for JSON, which has no NaN, with six figures."""
    return float(f"{number:.6g}") if np.isfinite(number) else None


def _draw_areas(areas: Any) -> Any:
    return shapely.simplify(take_parts(shapely.make_valid(areas), 2), DRAWN_DEG)
