"""In which section of a corridor each incident lies, draw by draw.

An incident belongs to the section of the way that is nearest to it. The *cells* of n sections are
their strips: 0 to n - 1 within the half width, the next n beside those, and so on; the last cell is
beyond all strips. A draw on a day that does not count is in the twin of its cell, so many cells on
(`Corridor.count_cells`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geosec.analysis.strips import Track, measure_strips
from geosec.geodesy.segments import SegmentIndex
from geosec.shared import build_once_each
from geosec.uncertainty.layer_error import SURE, find_share_below

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from geosec.analysis.incident_draws import IncidentDraws, Rows
    from geosec.analysis.periods import Period
    from geosec.analysis.sections import Sections

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_STRIPS = (1.0, 2.0, 4.0)  # half widths at which the strips of a section end
_LARGEST_M = 250_000.0  # a footprint that reaches farther is drawn without asking where it is


@dataclass(frozen=True, eq=False)
class Corridor:
    """Sections with a half width, and the days that count."""

    track: Track
    error_m: Floats  #: standard error of where the track of each section lies
    period: Period

    @classmethod
    def of(cls, sections: Sections, half_width_m: float, period: Period) -> Corridor:
        """Index the track of sections."""
        table, error_m = sections.table, sections.error_m
        west, south, east, north = table.total_bounds.tolist()
        ends_m = half_width_m * np.array(_STRIPS)
        ends_m[-1] = max(ends_m[-1], half_width_m + SURE * float(error_m.max()))
        track = Track(
            SegmentIndex(table.geometry),
            len(table),
            (west, south, east, north),
            1000 * float(table["length_km"].sum()),
            ends_m,
        )
        return cls(track, error_m, period)

    @property
    def count(self) -> int:
        """How many sections there are."""
        return self.track.sections

    @property
    def count_cells(self) -> int:
        """How many cells there are, twins not counted."""
        return self.track.strips + 1

    @build_once_each
    def areas_m2(self) -> Floats:
        """The areas of the cells that are strips."""
        return measure_strips(self.track)


class Reach(NamedTuple):
    """What is known of incidents without drawing them.

    One that reaches no inner strip only tells how dense the others are, for which a single draw
    will do.
    """

    cell: Ints  #: that has the incident, -1 where it is open, or beyond
    is_open: NDArray[np.bool_]  #: which incidents have to be drawn


def find_reach(draws: IncidentDraws, corridor: Corridor) -> Reach:
    """Find which incidents need no draws, and where those are."""
    footprints = draws.footprints
    counted = draws.is_placed & corridor.period.may_hold(draws)
    reach_m = np.where(counted, footprints.reach_m, np.nan)
    lon = np.where(counted, footprints.lon, np.nan)
    widest_m = min(float(np.max(reach_m[counted], initial=0.0)), _LARGEST_M)
    limit_m = corridor.track.outer_m + 2 * widest_m
    pairs = corridor.track.segments.nearest(lon, footprints.lat, 2, limit_m)
    section = np.full(len(lon), -1, dtype="int64")
    first_m, second_m = np.full((2, len(lon)), limit_m)
    for rank, away_m in ((1, first_m), (2, second_m)):
        own = pairs.rank == rank
        away_m[pairs.point_idx[own]] = pairs.distance_m[own]
    own = pairs.rank == 1
    section[pairs.point_idx[own]] = pairs.target_idx[own]
    slack_m = reach_m + SURE * np.where(footprints.is_shaped, 0.0, corridor.error_m[section])
    alone = (reach_m == 0) | (second_m > first_m + 2 * reach_m)
    inner = first_m + slack_m <= corridor.track.half_width_m
    whole = corridor.period.holds(draws)
    sure = (section >= 0) & alone & inner & whole
    beside = counted & (first_m - slack_m > corridor.track.half_width_m)
    cell = np.where(sure, section, -1)
    near = np.flatnonzero(beside & (first_m - reach_m <= corridor.track.outer_m))
    for rows, drawn in draw_cells(replace(draws, draws=1), corridor, near):
        cell[rows] = drawn[:, 0]
    return Reach(cell, counted & ~sure & ~beside)


def draw_cells(draws: IncidentDraws, corridor: Corridor, rows: Rows) -> Iterator[tuple[Rows, Ints]]:
    """Draw incidents, and find the cell of each draw: rows, and cells (rows, draws), in chunks."""
    whole = corridor.period.holds(draws)
    for part in draws.split_rows(rows):
        lon, lat = draws.draw_places(part).reshape(-1, 2).T
        found = corridor.track.segments.project(lon, lat, corridor.track.outer_m)
        section = found.target_idx.reshape(len(part), draws.draws)
        offset_m = found.offset_m.reshape(len(part), draws.draws)
        inner = _is_inner(draws, corridor, part, (section, offset_m))
        least_m = np.nextafter(corridor.track.half_width_m, np.inf)
        cell = corridor.track.find_strips(section, np.fmax(offset_m, least_m))
        cell[inner] = section[inner]
        cell[section < 0] = corridor.count_cells - 1
        split = np.flatnonzero(~whole[part])
        if split.size:
            other = ~corridor.period.has(draws.draw_days(part[split]))
            cell[split] += corridor.count_cells * other
        yield part, cell


def _is_inner(
    draws: IncidentDraws, corridor: Corridor, rows: Rows, found: tuple[Ints, Floats]
) -> NDArray[np.bool_]:
    """Say which draws lie within the half width of the track, wherever that truly lies."""
    section, offset_m = found
    if not corridor.error_m.any():
        return np.asarray(offset_m <= corridor.track.half_width_m)
    is_shaped = draws.footprints.is_shaped[rows][:, None]
    error_m = np.where(is_shaped, 0.0, corridor.error_m[section])
    share = find_share_below(corridor.track.half_width_m, offset_m, error_m)
    return np.asarray(draws.draw_numbers(rows, "track") < share)
