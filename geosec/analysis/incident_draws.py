"""Where and when each incident may have been, drawn for itself, for analyses that count incidents.

Marginal figures take the even draws of `geosec.uncertainty.draws`, which equal footprints share.
Here the draws of one incident say nothing of those of another, so that counts and the distances of
pairs come out as they would: numbers of SplitMix64 (Steele, Lea and Flood 2014,
doi:10.1145/2660193.2660195), whose state is a hash of the seed and the incident's identifier, or of
its row number where identifiers repeat. A row more changes no other row's draws.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geosec.assignment.days import read_days
from geosec.geodesy.compiled import load_loops
from geosec.geodesy.threads import run_in_parts
from geosec.located import require_coordinates
from geosec.uncertainty.sampling import draw_places, make_incident_keys, require_draws
from geosec.uncertainty.table_footprints import TableFootprints

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd
    from numpy.typing import NDArray

    Days = NDArray[np.datetime64]
    Rows = NDArray[np.intp]

_CHUNK_DRAWS = 2_000_000  # made at a time
_PLACE, _DAY = "place", "day"  # the two streams of numbers that an incident has


@dataclass(frozen=True)
class IncidentDraws:
    """The draws of a located table: asked for by rows, so that memory holds only those at work."""

    footprints: TableFootprints
    keys: list[str]  #: of each incident, with the salt of its table in front
    first_day: Days  #: from which day each may have been, NaT where no date is known
    last_day: Days
    draws: int
    seed: int

    @classmethod
    def of(
        cls, located: pd.DataFrame, verb: str, *, draws: int = 199, seed: int = 0, salt: str = ""
    ) -> IncidentDraws:
        """Read a located table; two that are compared get a salt each, and draw apart.

        Raises a `SchemaError` or `CRSError` where the table is none of located incidents, and a
        `ParameterError` where `draws` is less than 1.
        """
        require_draws(draws, seed)
        located, lon, lat = require_coordinates(located, verb)
        keys = [f"{salt}:{key}" for key in make_incident_keys(located.index)]
        if "date" in located.columns:
            first, last = read_days(located, verb)
        else:
            first = last = np.full(len(located), "NaT", dtype="datetime64[D]")
        return cls(TableFootprints.of(located, lon, lat), keys, first, last, draws, seed)

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def is_placed(self) -> NDArray[np.bool_]:
        """Which incidents have a place."""
        return ~np.isnan(self.footprints.lon)

    @property
    def is_dated(self) -> NDArray[np.bool_]:
        """Which incidents have a day, or a span of days."""
        return ~np.isnat(self.first_day)

    def draw_places(self, rows: Rows) -> NDArray[np.float64]:
        """Draw the places of some rows: (rows, draws, 2), lon and lat in EPSG:4326."""
        return draw_places(self.footprints.take(rows), self._make_numbers(rows, _PLACE, 3))

    def draw_days(self, rows: Rows) -> Days:
        """Draw the days of some rows evenly over their spans: (rows, draws); NaT for no day."""
        first, last = self.first_day[rows, None], self.last_day[rows, None]
        span = (last - first).astype("float64") + 1
        ahead = np.nan_to_num(self._make_numbers(rows, _DAY, 1)[..., 0] * span)
        return np.asarray(first + ahead.astype("timedelta64[D]"))

    def draw_numbers(self, rows: Rows, stream: str) -> NDArray[np.float64]:
        """Draw numbers between 0 and 1 for what else chance decides of some rows: (rows, draws)."""
        return np.asarray(self._make_numbers(rows, stream, 1)[..., 0])

    def make_states(self, rows: Rows, stream: str) -> NDArray[np.uint64]:
        """Make the states of generators of some rows, for a stream of numbers of their own."""
        return _hash_states((self.keys[row] for row in rows), f"{self.seed}:{stream}")

    def split_rows(self, rows: Rows) -> Iterator[Rows]:
        """Split rows into chunks whose draws fit into memory."""
        step = max(1, _CHUNK_DRAWS // self.draws)
        for start in range(0, len(rows), step):
            yield rows[start : start + step]

    def _make_numbers(self, rows: Rows, stream: str, axes: int) -> NDArray[np.float64]:
        states = self.make_states(rows, stream)
        numbers = np.empty((len(rows), self.draws, axes))
        fill = load_loops("uncertainty.loops").fill_independent
        run_in_parts(lambda start, end: fill(states, start, end, numbers), len(rows))
        return numbers


def _hash_states(keys: Iterable[str], stream: str) -> NDArray[np.uint64]:
    digests = b"".join(
        hashlib.blake2b(f"{stream}:{key}".encode(), digest_size=8).digest() for key in keys
    )
    return np.frombuffer(digests, dtype=">u8").astype("uint64")
