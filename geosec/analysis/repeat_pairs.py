"""The pairs of incidents that are probably near each other in space and in time."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from geosec.analysis.point_cells import to_chord_m, to_distance_m
from geosec.errors import GeosecWarning
from geosec.geodesy.compiled import load_loops
from geosec.geodesy.geodesics import to_cartesian

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geosec.analysis.incident_draws import IncidentDraws
    from geosec.analysis.knox import Bands, DrawnIncidents

    Floats = NDArray[np.float64]
    Rows = NDArray[np.intp]

LEAST_PROBABILITY = 0.5  #: of pairs that are listed: as likely as not
_ENDS = (0.025, 0.5, 0.975)
_FIRST_ROOM, _MOST_PAIRS = 100_000, 10_000_000  # that may be near
_CHUNK = 4_000_000  # draws of pairs that are measured at a time


class RepeatPairs(NamedTuple):
    """Pairs of positions among the incidents, the earlier one first."""

    first: Rows
    second: Rows
    distance_m: Floats  #: (3, pairs): low, median and high over the draws
    days: Floats  #: the same
    probability: Floats  #: of being within the bands
    band: Rows  #: of distance, of the most probable cell
    span: Rows  #: of days
    cell_probability: Floats


def find_repeat_pairs(
    source: IncidentDraws, rows: Rows, drawn: DrawnIncidents, bands: Bands
) -> RepeatPairs:
    """Find the pairs of some rows that are as likely as not within the bands."""
    first, second = _list_possible(source, rows, bands)
    draws = len(drawn.days)
    step = max(1, _CHUNK // draws)
    parts = [
        _measure(first[begin : begin + step], second[begin : begin + step], drawn, bands)
        for begin in range(0, max(len(first), 1), step)
    ]
    joined: Any = (np.concatenate(column, axis=-1) for column in zip(*parts, strict=True))
    found = RepeatPairs(*joined)
    order = np.lexsort((found.distance_m[1], -found.cell_probability, found.span, found.band))
    ordered: Any = (column[..., order] for column in found)
    return RepeatPairs(*ordered)


def _list_possible(source: IncidentDraws, rows: Rows, bands: Bands) -> tuple[Rows, Rows]:
    """List the pairs that may be within the bands in any draw, the earlier one first.

    None, with a warning, where there are too many to be listed.
    """
    footprints = source.footprints.take(rows)
    first, last = (day[rows].astype("int64") for day in (source.first_day, source.last_day))
    order = np.argsort(first, kind="stable")
    points = to_cartesian(footprints.lon, footprints.lat)[order]
    limit = float(to_chord_m(bands.distances_m[-1])), int(bands.days[-1])
    find = load_loops("analysis.pair_loops").find_possible_pairs
    room, found = 0, 1
    while found > room and room < _MOST_PAIRS:
        room = min(max(room * 10, _FIRST_ROOM), _MOST_PAIRS)
        pairs = np.empty((room, 2), dtype="int64")
        found = find(points, footprints.reach_m[order], (first[order], last[order]), limit, pairs)
    if found > room:
        msg = (
            f"more than {_MOST_PAIRS:,} pairs may be within {bands.distances_m[-1]:,.0f} m and "
            f"{bands.days[-1]:,} days, and none is listed in `pairs`; the table holds all of them."
        )
        warnings.warn(msg, GeosecWarning, stacklevel=4)
        found = 0
    return order[pairs[:found, 0]], order[pairs[:found, 1]]


def _measure(first: Rows, second: Rows, drawn: DrawnIncidents, bands: Bands) -> RepeatPairs:
    """Measure pairs in every draw, and keep those that are probable enough."""
    shape = len(drawn.days), len(first)
    away_m, gaps = np.empty(shape), np.empty(shape, dtype="int32")
    pairs = first.astype("int64"), second.astype("int64")
    load_loops("analysis.pair_loops").measure_pairs(drawn.points, drawn.days, pairs, away_m, gaps)
    ends = to_chord_m(bands.distances_m)
    kept = ((away_m <= ends[-1]) & (gaps <= bands.days[-1])).mean(axis=0) >= LEAST_PROBABILITY
    away_m, gaps = away_m[:, kept], gaps[:, kept]
    band = np.searchsorted(ends, away_m)
    span = np.searchsorted(np.array(bands.days), gaps)
    is_within = (band < bands.shape[0]) & (span < bands.shape[1])
    cell = np.where(is_within, band * bands.shape[1] + span, -1)
    times = np.stack([(cell == one).sum(axis=0) for one in range(np.prod(bands.shape))])
    best = times.argmax(axis=0)
    return RepeatPairs(
        first[kept],
        second[kept],
        to_distance_m(np.quantile(away_m, _ENDS, axis=0)),
        np.quantile(gaps, _ENDS, axis=0),
        is_within.mean(axis=0),
        best // bands.shape[1],
        best % bands.shape[1],
        times.max(axis=0) / shape[0],
    )
