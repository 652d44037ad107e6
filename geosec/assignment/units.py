"""Which unit of a layer holds each place, with draws only where the answer is open."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import geopandas as gpd
import numpy as np
import shapely

from geosec.geodesy.areas import AreaIndex
from geosec.geodesy.segments import SegmentIndex
from geosec.reference.borders import load_borders
from geosec.reference.boundaries import Level, load_boundaries
from geosec.shared import build_once, build_once_each
from geosec.uncertainty.layer_error import (
    OF_LINE,
    SURE,
    make_normals,
    move_draws,
    standard_error_m,
)
from geosec.uncertainty.open_rows import DrawnRows, draw_open_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from geosec.uncertainty.table_footprints import TableFootprints

    Found = tuple[NDArray[np.int64], NDArray[np.float64]]  # position of the unit, its probability


@dataclass(frozen=True, eq=False)
class Coverage:
    """Polygons of one level, EPSG:4326, and its borders with how far they are off, as indexes."""

    layer: gpd.GeoDataFrame
    load_borders: Callable[[], gpd.GeoDataFrame]  #: lines, with ``positional_accuracy_m``

    @build_once_each
    def areas(self) -> AreaIndex:
        """The polygons, as an index."""
        return AreaIndex(self.layer)

    @build_once_each
    def edges(self) -> SegmentIndex:
        """Their edges, as an index."""
        return SegmentIndex(self.layer)

    @build_once_each
    def borders(self) -> SegmentIndex:
        """The lines whose error is known, as an index."""
        return SegmentIndex(self.load_borders())

    @build_once_each
    def errors_m(self) -> NDArray[np.float64]:
        """The standard error of each of these lines in metres."""
        return standard_error_m(self.load_borders())


@dataclass(frozen=True, eq=False)
class Units:
    """The units of one level, to be asked for those that hold points."""

    level: Level
    names: pd.Series  #: of the units in the order of the layer
    codes: pd.Index | pd.Series
    coverage: Coverage
    error_m: float  #: largest standard error of a border between units, metres

    @classmethod
    def load(cls, level: Level, *, exact: bool = False, vintage: str | None = None) -> Units:
        """Take a level of the shipped boundaries, or the districts of a day.

        If `exact`, borders lie where they are drawn.
        """
        coverage = _load_coverage(level, vintage)
        error_m = 0.0 if exact else float(coverage.errors_m.max())
        layer = load_boundaries(level, on=vintage)
        return cls(level, layer[f"{level}_name"], layer.index, coverage, error_m)

    @classmethod
    def of_own(cls, level: Level, own: gpd.GeoDataFrame, *, exact: bool = False) -> Units:
        """Take a level that a caller brought, as `read_own_boundaries` reads it."""
        accuracy_m = own["accuracy_m"]
        coverage = _keep_coverage(own)
        error_m = 0.0 if exact else float(accuracy_m.max()) / OF_LINE
        return cls(level, own["name"], own["code"], coverage, error_m)

    @property
    def layer(self) -> gpd.GeoDataFrame:
        """The polygons, in EPSG:4326."""
        return self.coverage.layer

    @property
    def areas(self) -> AreaIndex:
        """The polygons, as an index."""
        return self.coverage.areas

    @property
    def borders(self) -> SegmentIndex:
        """Their borders, as an index."""
        return self.coverage.edges

    def find_errors_m(
        self, lon: NDArray[np.float64], lat: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Give the standard error, in metres, of the border between units nearest to each point."""
        if self.error_m == 0:
            return np.zeros(len(lon))
        nearest = self.coverage.borders.project(lon, lat).target_idx
        return np.where(nearest < 0, self.error_m, self.coverage.errors_m[nearest])


@build_once
def _load_coverage(level: Level, vintage: str | None) -> Coverage:
    return Coverage(load_boundaries(level, on=vintage), lambda: load_borders(level, on=vintage))


class _Kept(NamedTuple):
    """A caller's polygons, held so that nothing else takes their identity, and their indexes."""

    shapes: NDArray[np.object_]
    coverage: Coverage


_KEPT: dict[bytes, _Kept] = {}  # by the identity of polygons, which never change
_MOST_KEPT, _KEEPING = 4, Lock()


def _keep_coverage(own: gpd.GeoDataFrame) -> Coverage:
    """Keep the indexes of the last few layers that callers brought, for when they come again."""
    shapes = own.geometry.to_numpy()
    identity = np.fromiter(map(id, shapes), dtype="int64", count=len(shapes))
    columns = identity, own["accuracy_m"].to_numpy(), own.index.to_numpy()
    key = b"".join(column.tobytes() for column in columns)
    with _KEEPING:
        kept = _KEPT.pop(key, None)
        if kept is None:
            while len(_KEPT) >= _MOST_KEPT:
                _KEPT.pop(next(iter(_KEPT)))
            kept = _Kept(shapes, Coverage(own[["geometry"]], lambda: _list_borders(own)))
        _KEPT[key] = kept
        return kept.coverage


def _list_borders(own: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """List the borders of a caller's units, the least accurate first: of two it is taken."""
    worst = own.sort_values("accuracy_m", ascending=False, kind="stable")
    lines = shapely.boundary(worst.geometry.to_numpy())
    columns = {"positional_accuracy_m": worst["accuracy_m"].to_numpy()}
    return gpd.GeoDataFrame(columns, geometry=lines, crs=own.crs)


def assign_units(
    footprints: TableFootprints, layers: Sequence[Units], draws: int, seed: int
) -> list[Found]:
    """Name the most probable unit of each footprint, for each layer by itself.

    Gives the position of the unit, -1 for none, and the share of the draws that lie in it. An exact
    point is in the unit that holds it, however near its border.
    """
    found: list[Found] = []
    is_open = np.zeros(len(footprints), dtype="bool")
    for units in layers:
        unit = _find_units(units, footprints, dict(zip(layers, found, strict=False)))
        found.append((unit, (unit >= 0).astype("float64")))
        is_open |= may_cross_border(units, footprints)
    for drawn in draw_open_rows(footprints, is_open, draws, seed):
        normal = _draw_errors(footprints, drawn, draws, seed)
        for units, (unit, share) in zip(layers, found, strict=True):
            counts = _count_drawn(units, footprints, drawn, normal)
            rows = drawn.rows
            best = choose_most_probable(counts, favour_best(counts, unit[rows]))
            best = np.where(footprints.has_extent[rows], best, unit[rows])
            unit[rows], share[rows] = best, take_counts(counts, best) / draws
    return found


def find_overlaps(
    units: Units, footprints: TableFootprints, unit: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Find another unit that holds each best point than the first, -1 for none.

    `unit` is what was found of the footprints; that of an exact point is the first that holds it.
    """
    lon, lat, wide = footprints.lon, footprints.lat, np.flatnonzero(footprints.has_extent)
    holder = unit.copy()
    if wide.size:
        holder[wide] = units.areas.find_holder(lon[wide], lat[wide])
    return units.areas.find_other(lon, lat, holder)


def count_draws(
    units: Units, footprints: TableFootprints, draws: int, seed: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Count the draws of each footprint in each unit, (n, units), and give the best points' units.

    The draws are those of `assign_units`; a place that is surely in a unit has all of them there.
    """
    unit = units.areas.find_holder(footprints.lon, footprints.lat)
    counts = np.zeros((len(unit), len(units.layer)), dtype="int64")
    there = np.flatnonzero(unit >= 0)
    counts[there, unit[there]] = draws
    is_open = may_cross_border(units, footprints)
    for drawn in draw_open_rows(footprints, is_open, draws, seed):
        normal = _draw_errors(footprints, drawn, draws, seed)
        counts[drawn.rows] = _count_drawn(units, footprints, drawn, normal)
    return unit, counts


def _draw_errors(
    footprints: TableFootprints, drawn: DrawnRows, draws: int, seed: int
) -> NDArray[np.float64]:
    """Draw how borders are off, in standard errors; a shape is off as they are."""
    normal = make_normals(drawn.texts, draws, seed=seed)
    normal[footprints.is_shaped[drawn.rows]] = 0.0
    return normal


def _count_drawn(
    units: Units, footprints: TableFootprints, drawn: DrawnRows, normal: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Count the draws of a chunk in each unit."""
    errors_m = units.find_errors_m(footprints.lon[drawn.rows], footprints.lat[drawn.rows])
    held = find_units_of_draws(units, drawn.places, normal, errors_m)
    rows, count = len(held), len(units.layer)
    keys = np.arange(rows)[:, None] * (count + 1) + np.where(held < 0, count, held)
    counts = np.bincount(keys.ravel(), minlength=rows * (count + 1)).reshape(rows, count + 1)
    return counts[:, :-1]


def may_cross_border(units: Units, footprints: TableFootprints) -> NDArray[np.bool_]:
    """Say which places are so near a border that they may be on its other side."""
    needed_m = footprints.reach_m + SURE * units.error_m
    most_m = float(np.nanmax(needed_m, initial=0.0))
    if most_m == 0.0:
        return np.zeros(len(footprints), dtype="bool")
    away_m = units.borders.border_m(footprints.lon, footprints.lat, most_m)
    return np.asarray(away_m <= needed_m)


def _find_units(
    units: Units, footprints: TableFootprints, known: Mapping[Units, Found]
) -> NDArray[np.int64]:
    """Find the units of best points; a province is that of the district, if that is known."""
    own = f"{units.level}_code"
    for finer, (unit, _) in known.items():
        if own in finer.layer.columns:
            parent = units.layer.index.get_indexer(finer.layer[own])
            return np.where(unit >= 0, parent[unit], -1)
    return units.areas.find_holder(footprints.lon, footprints.lat)


def find_units_of_draws(
    units: Units,
    places: NDArray[np.float64],
    normal: NDArray[np.float64],
    errors_m: NDArray[np.float64],
) -> NDArray[np.int64]:
    """Give the unit of each draw, (n, draws), when the borders between units are off at random.

    The outer border stays where it is: beyond it there is no unit to be in.
    """
    shape = places.shape[:2]
    as_drawn = units.areas.find_holder(places[..., 0].ravel(), places[..., 1].ravel()).reshape(
        shape
    )
    if units.error_m == 0:
        return as_drawn
    moved = move_draws(places, errors_m, normal)
    held = units.areas.find_holder(moved[..., 0].ravel(), moved[..., 1].ravel()).reshape(shape)
    return np.where((held < 0) | (as_drawn < 0), as_drawn, held)


def favour_best(counts: NDArray[np.int64], best: NDArray[np.int64]) -> NDArray[np.float64]:
    """Give counts of draws in units, so that of two that are equal the best point's is more."""
    favour = counts.astype("float64")
    there = np.flatnonzero(best >= 0)
    favour[there, best[there]] += 0.5 * (counts[there, best[there]] > 0)
    return favour


def choose_most_probable(
    counts: NDArray[np.int64], favour: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Give the unit of each row that is favoured most, -1 where no draw lies in any."""
    return np.where(counts.any(axis=1), favour.argmax(axis=1), -1)


def take_counts(counts: NDArray[np.int64], unit: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give each row's count for its unit; 0 where it has none, as then no draw lies in any."""
    return counts[np.arange(len(counts)), np.maximum(unit, 0)]
