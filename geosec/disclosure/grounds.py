"""The units that places are released by: of each row, the finest that its place is known to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from geosec.analysis.extras import import_extra
from geosec.arguments import describe_given
from geosec.assignment.sources import read_source
from geosec.assignment.vintages import assign_levels
from geosec.errors import ParameterError, near_misses
from geosec.geodesy.geodesics import geodesic_distance_m
from geosec.reference.boundaries import load_boundaries
from geosec.uncertainty.folding import fold_table
from geosec.uncertainty.footprints import find_best_points

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from geosec.geodesy.areas import AreaIndex
    from geosec.uncertainty.table_footprints import TableFootprints

    Floats = NDArray[np.float64]
    Numbers = NDArray[np.int64]

_KNOWN = 0.5  # share of a place from which it is told of a unit
_DRAWS, _SEED = 199, 0
_LEVELS = ("adm2", "adm1")
_CELLS = re.compile(r"h3:(\d{1,2})")
_FINEST = 15  # of H3's resolutions
_WHOLE = "adm0"
_POLE_M = 1.2  # a cell's children reach beyond it: by less than a fifth of its radius


@dataclass(frozen=True, eq=False)
class Level:
    """The units of one level: where each is, and how it is called."""

    name: str  #: ``"adm2"``, ``"h3:5"``; ``"adm0"`` for all of them together
    codes: NDArray[np.object_]
    titles: NDArray[np.object_]
    lon: Floats  #: of the point that stands for each, degrees in EPSG:4326; NaN for none
    lat: Floats
    reach_m: Floats  #: from there to its farthest corner
    shapes: NDArray[np.object_]  #: polygons; None where places are not certain to be in them


@dataclass(frozen=True, eq=False)
class Ground:
    """Levels, the finest first, and the unit of each row at each of them."""

    levels: list[Level]
    paths: Numbers  #: (rows, levels), -1 where a row is not known so finely, or lies in no unit
    share: Floats  #: (rows, levels), how much of the place is in it; 0 where that is not known
    areas: list[AreaIndex]  #: of the levels that have polygons, the finest first
    layers: tuple[str, ...]  #: the shipped layers that they are of

    def take(self, rows: NDArray[np.bool_]) -> Ground:
        """Take some of the rows."""
        return replace(self, paths=self.paths[rows], share=self.share[rows])


def read_ground(footprints: TableFootprints, boundaries: Any, unit: str) -> Ground:
    """Find the units of places: districts and provinces, one's own, or cells as ``"h3:5"``."""
    cells = _CELLS.fullmatch(unit) if isinstance(unit, str) else None
    if cells is not None and int(cells.group(1)) <= _FINEST:
        return _read_cells(footprints, int(cells.group(1)))
    if unit not in _LEVELS:
        hint = near_misses(unit, _LEVELS) if isinstance(unit, str) else ""
        msg = (
            f"`unit` is 'adm2', 'adm1' or H3 cells as 'h3:5', and was given "
            f"{describe_given(unit)}. {hint}"
        )
        raise ParameterError(msg.rstrip())
    return _read_boundaries(footprints, boundaries, unit)


def _read_boundaries(footprints: TableFootprints, boundaries: Any, unit: str) -> Ground:
    """Find the districts and provinces of places, each district in one province."""
    source = read_source(None, None, (boundaries, None, None), exact=False)
    units = [each for each in source.units if each.level <= unit]
    if not units:
        known = ", ".join(repr(each.level) for each in source.units)
        msg = f"`unit` is {unit!r}, and `boundaries` has {known} alone; give that as `unit`."
        raise ParameterError(msg)
    folded, which = fold_table(footprints, exact_too=True)
    found = assign_levels(folded, source._replace(units=units), None, _DRAWS, _SEED)
    levels, paths = [], []
    for own, answer in zip(units, found, strict=True):
        shapes = own.layer.geometry.to_numpy()
        levels.append(_make_level(own.level, own.codes, own.names, shapes))
        paths.append(np.where(answer.share >= _KNOWN, answer.unit, -1)[which])
    for at in range(1, len(units)):  # a district's province is that which holds its point
        parents = units[at].areas.find_holder(levels[at - 1].lon, levels[at - 1].lat)
        below = paths[at - 1]
        paths[at] = np.where(below >= 0, parents[below], paths[at])
    home = units[-1].areas.find_holder(folded.lon, folded.lat)[which]
    share = [
        np.where(path == answer.unit[which], answer.share[which], 0.0)
        for path, answer in zip(paths, found, strict=True)
    ]
    is_in = np.maximum.reduce([*paths, home]) >= 0
    levels.append(_make_whole(units[-1].layer, is_shipped=source.is_shipped))
    paths.append(np.where(is_in, 0, -1))
    share.append(np.zeros(len(footprints)))
    areas = [each.areas for each in units]
    shipped = tuple(each.name for each in levels) if source.is_shipped else ()
    return Ground(levels, np.column_stack(paths), np.column_stack(share), areas, shipped)


def _make_level(name: str, codes: Any, titles: Any, shapes: NDArray[np.object_]) -> Level:
    lon, lat = find_best_points(shapes)
    told = pd.Series(np.asarray(codes, dtype="object"))
    titles = np.asarray(titles, dtype="object")
    told = told.where(told.notna(), titles).to_numpy()
    return Level(name, told, titles, lon, lat, _measure_reach_m(lon, lat, shapes), shapes)


def _make_whole(layer: gpd.GeoDataFrame, *, is_shipped: bool) -> Level:
    """Make the level of one unit that holds all others: the country, or all that was given."""
    if is_shipped:
        country = load_boundaries("adm0")
        return _make_level(_WHOLE, country.index, country["adm0_name"], country.geometry.to_numpy())
    shapes = layer.geometry.to_numpy()
    hull = shapely.convex_hull(shapely.geometrycollections(shapes[~shapely.is_missing(shapes)]))
    none = np.array([None], dtype="object")
    return _make_level(_WHOLE, none, none, np.array([hull], dtype="object"))


def _measure_reach_m(lon: Floats, lat: Floats, shapes: NDArray[np.object_]) -> Floats:
    """Measure, in metres, from points to the farthest corner of their polygons."""
    corners, owner = shapely.get_coordinates(shapes, return_index=True)
    away_m = geodesic_distance_m(lon[owner], lat[owner], corners[:, 0], corners[:, 1])
    reach_m = np.zeros(len(shapes))
    np.fmax.at(reach_m, owner, away_m)
    return reach_m


def _read_cells(footprints: TableFootprints, resolution: int) -> Ground:
    """Find the H3 cells of places, no smaller than the places, and the larger cells round them."""
    h3 = import_extra("h3")
    there = np.flatnonzero(~np.isnan(footprints.lon))
    finest = [
        h3.latlng_to_cell(lat, lon, resolution)
        for lon, lat in zip(
            footprints.lon[there].tolist(), footprints.lat[there].tolist(), strict=True
        )
    ]
    levels, paths = [], []
    for size in range(resolution, -1, -1):
        names = [h3.cell_to_parent(cell, size) for cell in finest]
        codes, which = np.unique(np.array(names, dtype="str"), return_inverse=True)
        path = np.full(len(footprints), -1, dtype="int64")
        path[there] = which.ravel()
        too_fine = h3.average_hexagon_edge_length(size, "m") < footprints.uncertainty_m
        path[too_fine & (size > 0)] = -1
        paths.append(path)
        levels.append(_make_cells(h3, size, codes))
    none, nan = np.array([None], dtype="object"), np.array([np.nan])
    levels.append(Level(_WHOLE, none, none, nan, nan, nan, none))
    is_there = np.full(len(footprints), -1, dtype="int64")
    is_there[there] = 0
    paths.append(is_there)
    told = np.column_stack(paths)
    return Ground(levels, told, np.zeros(told.shape), [], ())


def _make_cells(h3: Any, size: int, codes: NDArray[Any]) -> Level:
    """Make the level of some H3 cells of one resolution."""
    lat, lon = np.array([h3.cell_to_latlng(cell) for cell in codes]).reshape(-1, 2).T
    reach_m = np.zeros(len(codes))
    for at, cell in enumerate(codes):
        corner_lat, corner_lon = np.array(h3.cell_to_boundary(cell)).T
        reach_m[at] = geodesic_distance_m(lon[at], lat[at], corner_lon, corner_lat).max()
    names = codes.astype("object")
    shapes = np.full(len(codes), None, dtype="object")
    return Level(f"h3:{size}", names, names, lon, lat, _POLE_M * reach_m, shapes)
