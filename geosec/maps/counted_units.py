"""Units of the ground in which a map counts its incidents: ``choropleth="adm2"``."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, NamedTuple

import geopandas as gpd
import numpy as np
import shapely

from geosec.analysis.incident_draws import IncidentDraws
from geosec.analysis.target_counts import tally_near
from geosec.arguments import describe_given, read_numbers
from geosec.errors import GeosecWarning, ParameterError, near_misses
from geosec.geodesy.geodesics import geodesic_distance_m
from geosec.maps.drawn_shapes import take_areas
from geosec.maps.encoding import DRAWN_DEG, encode_shapes, write_label
from geosec.maps.ground import is_home, read_layers
from geosec.railway.network import load_rail_network
from geosec.reference.boundaries import LEVELS, load_boundaries
from geosec.reference.unit_columns import UnitColumns, find_columns
from geosec.shared import build_once
from geosec.uncertainty.open_rows import find_interval

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from geosec.reference.boundaries import Level

    Shapes = NDArray[np.object_]

_INSIDE = "inside"  # of `attrs`: how many incidents are expected in any unit
_TOLD_OUTSIDE = 0.05  # incidents expected in no unit


class Units(NamedTuple):
    """Areas with what the numbers of incidents in them can be divided by, where it is known."""

    names: list[str]
    shapes: Shapes  #: EPSG:4326
    population: NDArray[np.float64] | None
    rail_km: NDArray[np.float64] | None


def find_units(given: str, located: gpd.GeoDataFrame, ground: Any) -> Units:
    """Find the units of a level in the ground of a map: the shipped ones, or a caller's own."""
    level = next((each for each in LEVELS if each == given), None)
    if level is None:
        msg = (
            "`choropleth` takes a table, or a level of the boundaries in whose units incidents are "
            f"counted, and was given {given!r}; {near_misses(given, LEVELS)}"
        )
        raise ParameterError(msg)
    if ground is None and is_home(located):
        boundaries = load_boundaries(level)
        names = boundaries[f"{level}_name"].tolist()
        return Units(names, boundaries.geometry.to_numpy(), None, measure_shipped_rail_km(level))
    layers = {} if ground is None else read_layers(ground)
    if level not in layers:
        there = [name for name in LEVELS if name in layers]
        has = f"has only {', '.join(there)}" if there else "has no boundaries"
        msg = (
            f"`choropleth={level!r}` counts the incidents in the units of the ground, which {has}; "
            f"give them as ground={{'boundaries': {{{level!r}: units}}}}."
        )
        raise ParameterError(msg)
    units = _read_units(level, layers[level], layers.get("lines"))
    if not units.names:
        msg = f"`choropleth={level!r}` counts in the {level} of the ground, which has no areas."
        raise ParameterError(msg)
    return units


def _read_units(level: str, layer: gpd.GeoDataFrame | gpd.GeoSeries, lines: Any) -> Units:
    table = layer if isinstance(layer, gpd.GeoDataFrame) else gpd.GeoDataFrame(geometry=layer)
    shapes = take_areas(table.geometry.to_numpy())
    has_area = ~shapely.is_missing(shapes)
    table, shapes = table[has_area], shapes[has_area]
    name = find_columns(table, level, UnitColumns(None, None), plain=True).name
    names = table.index if name is None else table[name]
    return Units(
        [write_label(each) for each in names],
        shapes,
        _read_people(table),
        None if lines is None else measure_km(shapes, lines.geometry.dropna().to_numpy()),
    )


def _read_people(table: gpd.GeoDataFrame) -> NDArray[np.float64] | None:
    """Read how many people live in each unit; what is no number of them is told, and left out."""
    name = next((each for each in table.columns if str(each).lower() == "population"), None)
    if name is None:
        return None
    people = read_numbers(table[name]).to_numpy()
    wrong = table[name].notna().to_numpy() & ~((people >= 0) & np.isfinite(people))
    if wrong.any():
        given = describe_given(table[name].iloc[int(wrong.argmax())])
        msg = (
            f"`ground` has a column {name!r} that is no number of people in {wrong.sum()} of its "
            f"{len(table)} units, where there is no rate; the first is {given}."
        )
        warnings.warn(msg, GeosecWarning, stacklevel=5)
    return np.where(wrong, np.nan, people)


@build_once
def measure_shipped_rail_km(level: Level) -> NDArray[np.float64]:
    """Measure the railway in each unit that ships, in km, in their order."""
    lines = load_rail_network().standing().lines.geometry.to_numpy()
    return measure_km(load_boundaries(level).geometry.to_numpy(), lines)


def measure_km(areas: Shapes, lines: Shapes) -> NDArray[np.float64]:
    """Measure how much of lines lies in each area, in km."""
    which, line = shapely.STRtree(lines).query(areas, predicate="intersects")
    held = shapely.intersection(areas[which], lines[line])
    parts, of = shapely.get_parts(held, return_index=True)
    points, part = shapely.get_coordinates(parts, return_index=True)
    step = part[1:] == part[:-1]
    metres = geodesic_distance_m(*points[:-1][step].T, *points[1:][step].T)
    return np.bincount(which[of[part[1:][step]]], metres, len(areas)) / 1000


def tell_units(units: Units, words: Mapping[str, str]) -> dict[str, Any]:
    """Tell the page of the units in which it is to count what it shows."""
    columns: dict[str, list[Any]] = {"name": units.names}
    for name in ("population", "rail_km"):
        numbers = getattr(units, name)
        if numbers is not None:
            columns[name] = [round(each, 1) if each > 0 else None for each in numbers.tolist()]
    drawn = shapely.coverage_simplify(units.shapes, DRAWN_DEG)
    told = {"title": words["measure_expected"], "columns": columns, "shapes": encode_shapes(drawn)}
    overlap = int(not shapely.coverage_is_valid(units.shapes))
    return {**told, "counted": 1, "overlap": overlap}


def count_units(
    units: Units, located: gpd.GeoDataFrame, words: Mapping[str, str]
) -> gpd.GeoDataFrame:
    """Count the incidents in each unit, as a table that a map draws.

    Those of unknown radius count where their point lies, as on the page.
    """
    known = located.assign(uncertainty_m=located["uncertainty_m"].fillna(0.0))
    drawn = IncidentDraws.of(known, "choropleth")
    areas = [*units.shapes]
    if not shapely.coverage_is_valid(units.shapes):  # an incident may be in several of them
        areas.append(shapely.union_all(units.shapes))
    counts = tally_near(drawn, gpd.GeoSeries(areas, crs=4326), 0.0).counts
    inside, counts = counts[len(units.names) :], counts[: len(units.names)]
    low, high = find_interval(counts)
    low, high = np.floor(low), np.ceil(high)  # incidents are whole
    told = {"name": units.names, "value": counts.mean(axis=1).round(2), "low": low, "high": high}
    table = gpd.GeoDataFrame(told, geometry=units.shapes, crs=4326)
    table.attrs["title"] = words["measure_expected"]
    table.attrs[_INSIDE] = float((inside if len(inside) else counts).mean(axis=1).sum())
    return table


def tell_counted(
    counts: gpd.GeoDataFrame, located: gpd.GeoDataFrame, words: Mapping[str, str]
) -> list[str]:
    """Tell how the incidents in units were counted, and how many of them lie in none."""
    is_placed = located.geometry.notna()
    is_unknown = is_placed & located["uncertainty_m"].isna()
    is_unknown &= shapely.is_missing(located["footprint"].to_numpy())
    if "match_candidates" in located.columns:
        is_unknown &= located["match_candidates"].isna()
    unknown, outside = is_unknown.sum(), is_placed.sum() - counts.attrs[_INSIDE]
    told = [words["counted_by_share"]]
    if outside >= _TOLD_OUTSIDE:
        told.append(words["outside_units"].format(number=f"{outside:,.3g}"))
    if unknown:
        told.append(words["unknown_counted"].format(number=f"{unknown:,}"))
    return told
