"""Incidents counted by unit and period, in every draw, and what could not be counted."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

import numpy as np
import pandas as pd

from geosec.analysis.calendar_periods import Periods, read_span
from geosec.analysis.incident_draws import IncidentDraws
from geosec.analysis.left_out import LEFT_OUT, warn_of_left_out
from geosec.analysis.units import UnitNumbers, Units, find_units
from geosec.arguments import describe_given
from geosec.errors import ParameterError
from geosec.schema import require_columns
from geosec.storage.provenance import note_step
from geosec.uncertainty.sampling import require_draws

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    import geopandas as gpd
    from numpy.typing import NDArray

    from geosec.analysis.incident_draws import Rows

    Counts = NDArray[np.int32]
    Table = TypeVar("Table", bound=pd.DataFrame)

_MOST_COUNTS = 300_000_000  # units x periods x draws: 1.2 GB
_CHUNK_COUNTS = 5_000_000
WHOLE = "all"  #: the unit that holds all incidents, where none are asked for


class SeriesOptions(TypedDict, total=False):
    """What the verbs that count by period are seldom given; their docstrings explain each."""

    since: str | date | None
    until: str | date | None
    within: gpd.GeoDataFrame | gpd.GeoSeries | None
    alpha: float


@dataclass(frozen=True, eq=False)
class PeriodCounts:
    """Counts (units, periods, draws), zeros and partial periods included."""

    units: Units | None  #: None where all incidents are one unit
    periods: Periods
    counts: Counts
    settings: dict[str, Any]  #: what was asked, for the step in `attrs`
    left_out: dict[str, float]  #: how many incidents are in no count, by reason

    @classmethod
    def of(
        cls,
        verb: str,
        located: gpd.GeoDataFrame,
        asked: tuple[Any, str],
        draws: int,
        seed: int,
        options: SeriesOptions,
    ) -> PeriodCounts:
        """Count a located table by the units and the period that a verb is asked for."""
        require_draws(draws, seed, 0)
        incidents = draw_incidents(located, verb, draws, seed)
        require_columns(located, ["date"], verb)
        span = read_span(
            options.get("since"), options.get("until"), incidents.first_day, incidents.last_day
        )
        periods = Periods.between(asked[1], *span)
        within = options.get("within")
        units = _read_units(asked[0], incidents, within, exact=draws == 0)
        size = (1 if units is None else len(units)) * len(periods) * incidents.draws
        if size > _MOST_COUNTS:
            msg = (
                f"{size // incidents.draws:,} counts by unit and period, in {incidents.draws} "
                f"draws, are more than memory holds: take fewer draws, larger units or longer "
                "periods."
            )
            raise ParameterError(msg)
        counts, outside = count_in_periods(incidents, units, periods)
        left_out = _count_left_out(incidents, units, periods, outside)
        warn_of_left_out(left_out, int(counts.any()), verb, levels=4)
        settings = {
            "units": WHOLE if units is None else units.kind,
            "period": periods.kind,
            "since": str(periods.since),
            "until": str(periods.until),
            "draws": draws,
            "seed": seed,
        }
        return cls(units, periods, counts, settings, left_out)

    def note(self, table: Table, located: pd.DataFrame, verb: str, **settings: Any) -> Table:
        """Note in a new table what was asked, and what is in no count."""
        table.attrs = {**deepcopy(located.attrs), LEFT_OUT: dict(self.left_out)}
        used = [self.units.kind] if self.units is not None and self.units.is_shipped else []
        return note_step(table, verb, used, **self.settings, **settings)

    @property
    def ids(self) -> pd.Index:
        """The units, by their identifiers."""
        if self.units is None:
            return pd.Index(np.array([WHOLE], dtype="object"), dtype="str", name="unit_id")
        return self.units.ids

    @property
    def names(self) -> NDArray[np.object_]:
        """What the units are called."""
        if self.units is None:
            return np.array(["all incidents"], dtype="object")
        return np.asarray(self.units.names.to_numpy(dtype="object"))

    @property
    def full(self) -> Counts:
        """The counts of full periods as series: (units, draws, periods)."""
        return self.counts[:, self.periods.full].swapaxes(1, 2)

    def split_units(self) -> Iterator[slice]:
        """Split the units into chunks whose series fit into memory."""
        step = max(1, _CHUNK_COUNTS // max(self.counts[0].size, 1)) if len(self.counts) else 1
        for start in range(0, len(self.counts), step):
            yield slice(start, start + step)


def _read_units(asked: Any, incidents: IncidentDraws, within: Any, *, exact: bool) -> Units | None:
    """Read the units that are asked for; None where all incidents are one."""
    if asked is not None:
        return Units.read(asked, incidents, within=within, exact=exact)
    if within is not None:
        msg = (
            "`within` is the area that cells cover, and with units=None there are none: give the "
            "polygons as `units`."
        )
        raise ParameterError(msg)
    return None


def draw_incidents(located: gpd.GeoDataFrame, verb: str, draws: int, seed: int) -> IncidentDraws:
    """Read a located table; with 0 draws, the best points and the middle of each span alone."""
    if draws == 0:
        drawn = IncidentDraws.of(located, verb, draws=1, seed=seed)
        half = (drawn.last_day - drawn.first_day) // 2
        middle = drawn.first_day + half
        points = drawn.footprints.keep_points()
        return replace(drawn, footprints=points, first_day=middle, last_day=middle)
    return IncidentDraws.of(located, verb, draws=draws, seed=seed)


def count_in_periods(
    draws: IncidentDraws, units: Units | None, periods: Periods
) -> tuple[Counts, float]:
    """Count the incidents of each unit and period in each draw: (units, periods, draws).

    Counts with it how many are expected to have happened in no unit.
    """
    shape = (1 if units is None else len(units)), len(periods), draws.draws
    counts = np.zeros(shape, dtype="int32")
    flat = counts.reshape(-1, draws.draws)
    rows = _find_possible(draws, periods)
    outside = 0.0
    for part in _find_parts(draws, units, rows):
        number = _number_periods(draws, part.rows, periods)
        keys = part.unit * len(periods) + number
        is_in = (part.unit >= 0) & (number >= 0)
        outside += float(((part.unit < 0) & (number >= 0)).mean(axis=1).sum())
        if keys.shape[1] == 1:
            flat += np.bincount(keys[is_in], minlength=len(flat)).astype("int32")[:, None]
        else:
            draw = np.broadcast_to(np.arange(draws.draws), keys.shape)
            np.add.at(flat, (keys[is_in], draw[is_in]), 1)
    return counts, outside


def _find_parts(draws: IncidentDraws, units: Units | None, rows: Rows) -> Iterator[UnitNumbers]:
    """Find the unit of rows, those of one period apart from those whose day is drawn."""
    is_dated = draws.first_day[rows] == draws.last_day[rows]
    for part in (rows[is_dated], rows[~is_dated]):
        if units is None:
            for chunk in draws.split_rows(part):
                yield UnitNumbers(chunk, np.zeros((len(chunk), 1), dtype="int64"))
        else:
            yield from find_units(draws, units, part)


def _find_possible(draws: IncidentDraws, periods: Periods) -> Rows:
    """Find the rows that may have happened on a day that was watched."""
    begins, ends = draws.first_day <= periods.until, draws.last_day >= periods.since
    return np.flatnonzero(begins & ends)  # never for NaT


def _number_periods(draws: IncidentDraws, rows: Rows, periods: Periods) -> NDArray[np.int64]:
    """Find the number of the period of rows: (rows, draws), or (rows, 1) where it is sure."""
    first, last = (periods.find(each[rows]) for each in (draws.first_day, draws.last_day))
    if ((first == last) & (first >= 0)).all():
        return first[:, None]
    return np.concatenate([periods.find(draws.draw_days(part)) for part in draws.split_rows(rows)])


def _count_left_out(
    draws: IncidentDraws, units: Units | None, periods: Periods, outside: float
) -> dict[str, float]:
    """Count the incidents that are in no count, by the first reason of each."""
    is_placed = draws.is_placed | (units is None)
    is_late = is_placed & draws.is_dated
    is_late[_find_possible(draws, periods)] = False
    return {
        "incidents": len(draws),
        "unplaced": int((~is_placed).sum()),
        "undated": int((is_placed & ~draws.is_dated).sum()),
        "outside_span": int(is_late.sum()),
        "in_no_unit": round(outside, 3),
    }


def read_alpha(given: Any) -> float:
    """Refuse a level of significance that is none."""
    is_number = isinstance(given, (int, float, np.number)) and not isinstance(given, bool)
    if not is_number or not 0 < given < 1:
        msg = (
            f"`alpha` is the share of false alarms that is accepted, between 0 and 1, and is "
            f"{describe_given(given)}."
        )
        raise ParameterError(msg)
    return float(given)
