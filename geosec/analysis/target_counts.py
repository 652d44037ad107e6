"""Incidents near targets: how many there were within a distance of each, and how surely any."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
import shapely

from geosec.analysis.incident_draws import IncidentDraws
from geosec.analysis.left_out import LEFT_OUT, warn_of_rows
from geosec.analysis.rates import combine_intervals
from geosec.arguments import require_number
from geosec.crs import to_storage
from geosec.geodesy.segments import SegmentIndex
from geosec.geodesy.wgs84 import DEGREE_M
from geosec.schema import require_columns
from geosec.storage.provenance import note_step
from geosec.uncertainty.layer_error import SURE, find_share_below, standard_error_m
from geosec.uncertainty.open_rows import find_interval

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_WORST = 0.95  # of the draws have no more incidents than the worst that is told
_ROUGH = 1.01  # how much larger boxes are than the metres they stand for
_CHUNK_ROWS, _CHUNK_DRAWS = 20_000, 2_000_000  # asked for pairs, and measured, at a time


def count_near(
    located: gpd.GeoDataFrame,
    targets: gpd.GeoDataFrame | gpd.GeoSeries,
    *,
    distance_m: float,
    draws: int = 199,
    seed: int = 0,
) -> pd.DataFrame:
    """Count the incidents within a distance of each target, with intervals.

    Each incident is drawn for itself in its footprint and counts at every target within the
    distance. Where targets state their ``positional_accuracy_m``, a draw counts with the
    probability that the target, wherever it truly is, lies within the distance.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Points in any CRS: geocoded incidents, or a GeoDataFrame of your own, whose points are exact
        where it has no ``uncertainty_m``.
    targets : geopandas.GeoDataFrame or geopandas.GeoSeries
        Stations, schools or others: points, lines or polygons in any CRS.
    distance_m : float
        How near, geodesic metres; 0 counts what lies in a polygon.
    draws : int, default 199
        Draws of each incident.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        On the index of `targets`, in their order: ``target_name`` where they have a ``name``;
        ``count``, the expected number of incidents; ``count_low`` and ``count_high``, which 95 % of
        the draws lie between; ``count_worst``, the number that only one draw in twenty exceeds;
        ``count_coarse``, how many of those expected have footprints that reach farther than
        `distance_m`: where they are a good part, a target at which incidents crowd has more than
        its intervals say;
        ``any_prob``, the probability of at least one; ``mean_low`` and ``mean_high``, which hold
        with 95 % the mean number of such a time and place: chance (exact Poisson intervals) and the
        draws together.

    Raises
    ------
    SchemaError
        If the incidents have no points, or something else than points.
    ParameterError
        If a target has no geometry, `distance_m` is negative or NaN, or `draws` is less than 1.
    CRSError
        If the incidents or the targets have no CRS, or coordinates that it cannot have.

    Warns
    -----
    GeosecWarning
        If incidents have no place, and are not counted.

    See Also
    --------
    geosec.within : The probability that each incident lies near any of the targets.

    Examples
    --------
    >>> import geosec
    >>> located = geosec.geocode(["Mach", "near Mach", "Kech district"], admin1="Balochistan")
    >>> stations = geosec.load_rail_stations().loc[["mach", "quetta"]]
    >>> near = geosec.count_near(located, stations, distance_m=5_000)
    >>> near["count"].round(1).tolist(), near["any_prob"].round(2).tolist()
    ([1.2, 0.0], [1.0, 0.0])
    """
    drawn = IncidentDraws.of(located, "count_near", draws=draws, seed=seed)
    distance_m = require_number(distance_m, "distance_m", "m")
    counts, none, coarse = tally_near(drawn, targets, distance_m)
    table = pd.DataFrame(index=targets.index)
    if "name" in getattr(targets, "columns", ()):
        table["target_name"] = targets["name"].to_numpy()
    table["count"] = counts.mean(axis=1)
    table["count_low"], table["count_high"] = find_interval(counts)
    worst = np.quantile(counts, _WORST, axis=1, method="inverted_cdf")
    table["count_worst"] = worst.astype("int64")
    table["count_coarse"] = coarse
    table["any_prob"] = 1 - none
    table["mean_low"], table["mean_high"] = combine_intervals(counts)
    told = {"incidents": len(drawn), "unplaced": int((~drawn.is_placed).sum())}
    warn_of_rows(told, "count_near")
    table.attrs = {**deepcopy(located.attrs), LEFT_OUT: told}
    return note_step(table, "count_near", (), distance_m=distance_m, **told, draws=draws, seed=seed)


class Tally(NamedTuple):
    """Incidents near each target."""

    counts: Floats  #: (targets, draws)
    none: Floats  #: the probability that there is none
    coarse: Floats  #: incidents expected among them that may lie farther away than they are near


def tally_near(
    drawn: IncidentDraws, targets: gpd.GeoDataFrame | gpd.GeoSeries, distance_m: float
) -> Tally:
    """Tally the incidents within a distance of each target, in each draw."""
    layer = _Layer.of(targets)
    counts, none = np.zeros((len(targets), drawn.draws)), np.ones(len(targets))
    coarse, is_coarse = np.zeros(len(targets)), drawn.footprints.reach_m > distance_m * _ROUGH
    for row, target, is_near in _find_pairs(drawn, layer, distance_m):
        _add_pairs(counts, none, (row, target), is_near)
        open_share = is_near.mean(axis=1) * (is_coarse[row] & ~is_near.all(axis=1))
        coarse += np.bincount(target, open_share, minlength=len(targets))
    return Tally(counts, none, coarse)


class _Layer(NamedTuple):
    """Targets: their shapes, boxes to look them up, and how far each may be off."""

    segments: SegmentIndex
    tree: shapely.STRtree
    error_m: Floats

    @classmethod
    def of(cls, targets: gpd.GeoDataFrame | gpd.GeoSeries) -> _Layer:
        if isinstance(targets, pd.DataFrame | pd.Series):
            table = targets if isinstance(targets, pd.DataFrame) else targets.to_frame()
            require_columns(table, (), "count_near(targets=)")
        segments = SegmentIndex(targets)
        shapes = to_storage(targets, "targets").geometry.to_numpy()
        return cls(segments, shapely.STRtree(shapes), standard_error_m(targets))

    def look_up(self, lon: Floats, lat: Floats, away_m: Floats) -> tuple[Ints, Ints]:
        """Pair points with the targets whose box may be so near; a point on the date line sees all.

        Positions of points and of targets come out.
        """
        high = away_m * _ROUGH / DEGREE_M
        top = np.minimum(np.abs(lat) + high, 89.9)
        wide = np.where(top < 89.9, high / np.cos(np.radians(top)), 360.0)
        wide = np.where(np.abs(lon) + wide > 180, 360.0, wide)
        boxes = shapely.box(lon - wide, lat - high, lon + wide, lat + high)
        point, target = self.tree.query(boxes)
        return point.astype("int64"), target.astype("int64")


def _find_pairs(
    drawn: IncidentDraws, layer: _Layer, distance_m: float
) -> Iterator[tuple[Ints, Ints, NDArray[np.bool_]]]:
    """Pair incidents with targets that they may be near: rows, targets, and shares of each draw."""
    footprints = drawn.footprints
    most_m = distance_m + SURE * float(layer.error_m.max())
    placed = np.flatnonzero(drawn.is_placed)
    for start in range(0, len(placed), _CHUNK_ROWS):
        rows = placed[start : start + _CHUNK_ROWS]
        lon, lat, reach_m = (
            at[rows] for at in (footprints.lon, footprints.lat, footprints.reach_m)
        )
        point, target = layer.look_up(lon, lat, most_m + reach_m)
        away_m = layer.segments.distance_to_m(lon[point], lat[point], target)
        own_error_m = np.where(footprints.is_shaped[rows][point], 0.0, layer.error_m[target])
        near = away_m - reach_m[point] <= distance_m + SURE * own_error_m
        sure = near & (away_m + reach_m[point] + SURE * own_error_m <= distance_m)
        yield rows[point[sure]], target[sure], np.ones((int(sure.sum()), 1), dtype="bool")
        is_open = np.flatnonzero(near & ~sure)
        pairs = rows[point[is_open]], target[is_open], own_error_m[is_open]
        yield from _draw_pairs(drawn, layer, distance_m, pairs)


def _draw_pairs(
    drawn: IncidentDraws, layer: _Layer, distance_m: float, pairs: tuple[Ints, Ints, Floats]
) -> Iterator[tuple[Ints, Ints, NDArray[np.bool_]]]:
    """Draw incidents of pairs, and say in which draws the incident is near the target."""
    step = max(1, _CHUNK_DRAWS // drawn.draws)
    for first in range(0, len(pairs[0]), step):
        part = slice(first, first + step)
        row, target, error_m = pairs[0][part], pairs[1][part], pairs[2][part]
        rows: Ints
        rows, own = np.unique(row, return_inverse=True)
        lon, lat = drawn.draw_places(rows)[own].reshape(-1, 2).T
        away_m = layer.segments.distance_to_m(lon, lat, np.repeat(target, drawn.draws))
        away_m = away_m.reshape(len(row), drawn.draws)
        is_near = away_m <= distance_m
        off = np.flatnonzero(error_m > 0)
        if off.size:
            share = find_share_below(distance_m, away_m[off], error_m[off, None])
            share[away_m[off] == 0] = 1.0
            is_near[off] = drawn.draw_numbers(rows, "target")[own[off]] < share
        yield row, target, is_near


def _add_pairs(
    counts: Floats, none: Floats, pairs: tuple[Ints, Ints], is_near: NDArray[np.bool_]
) -> None:
    """Add pairs to the counts of each draw, and to the probability that a target has none."""
    if not len(pairs[0]):
        return
    order = np.argsort(pairs[1], kind="stable")
    target, is_near = pairs[1][order], is_near[order]
    starts = np.flatnonzero(np.diff(target, prepend=-1))
    counts[target[starts]] += np.add.reduceat(is_near, starts, axis=0, dtype="float64")
    none[target[starts]] *= np.multiply.reduceat(1 - is_near.mean(axis=1), starts)
