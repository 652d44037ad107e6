"""How much traffic sections have: trains, or passengers, times the kilometres they run.

A table of traffic says from which official post to which of a line how much of it there is each
day. Rows that overlap add up. Between two posts that the track contradicts, an end counts as at the
nearer of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from geosec.arguments import describe_given, name_row, read_numbers
from geosec.errors import ParameterError, SchemaError, near_misses
from geosec.schema import require_columns

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_PER_DAY = {"trains_per_day": "train", "passengers_per_day": "passenger"}
_MILLION = 1_000_000
_WHOLE = 1 - 1e-6  # of a section that traffic must be known of


class Traffic(NamedTuple):
    """What ran over each section on a day."""

    unit: str  #: train or passenger
    km_per_day: Floats  #: train-km or passenger-km; NaN where traffic is known of a part only


def read_traffic(exposure: Any, pieces: pd.DataFrame, verb: str) -> Traffic:
    """Read a table of traffic for the pieces of sections; a `SchemaError` says what is wrong."""
    verb = f"{verb}(exposure=)"
    require_columns(exposure, ("rail_line", "km_from", "km_to"), verb)
    given = [name for name in _PER_DAY if name in exposure.columns]
    if len(given) != 1:
        msg = (
            f"`{verb}` needs either `trains_per_day` or `passengers_per_day`, and the table has "
            f"{' and '.join(given) or 'neither'}; keep one of them."
        )
        raise SchemaError(msg)
    km_from, km_to, per_day = (
        _read_column(exposure, name) for name in ("km_from", "km_to", *given)
    )
    _require_lines(exposure["rail_line"], pieces["line_id"])
    low, high = np.minimum(km_from, km_to), np.maximum(km_from, km_to)
    total, known = np.zeros(len(pieces)), np.zeros(len(pieces))
    for line_id, own in pieces.groupby("line_id", sort=False):
        rows = (exposure["rail_line"].astype("str") == line_id).to_numpy()
        covered = _cover(own, low[rows], high[rows])
        at = own.index.to_numpy()
        total[at] = covered @ per_day[rows]
        known[at] = _cover(own, *_join_stretches(low[rows], high[rows])).sum(axis=1)
    length_km = (pieces["end_km"] - pieces["start_km"]).to_numpy()
    section = pieces["section"].to_numpy()
    known_km = np.bincount(section, known * length_km)
    km_per_day: Floats = np.bincount(section, total * length_km).astype("float64")
    km_per_day[known_km < np.bincount(section, length_km) * _WHOLE] = np.nan
    return Traffic(_PER_DAY[given[0]], km_per_day)


def _read_column(exposure: pd.DataFrame, name: str) -> Floats:
    """Read a column of numbers of 0 or more."""
    numbers = read_numbers(exposure[name]).to_numpy()
    wrong = np.flatnonzero(~((numbers >= 0) & (numbers < np.inf)))
    if wrong.size:
        row = name_row(exposure.index, int(wrong[0]))
        said = describe_given(exposure[name].iloc[wrong[0]])
        msg = f"`{name}` of the exposure is a number of 0 or more, and is {said} in row {row}."
        raise SchemaError(msg)
    return np.asarray(numbers)


def _require_lines(given: pd.Series, known: pd.Series) -> None:
    """Refuse a table of traffic that names none of the lines of the way."""
    lines = known.unique()
    if not given.isin(lines).any():
        shown = str(given.iloc[0]) if len(given) else ""
        msg = (
            "the exposure names none of the lines that are counted along; its column `rail_line` "
            f"holds {shown!r}: {near_misses(shown, lines)}"
        )
        raise ParameterError(msg)


def _cover(pieces: pd.DataFrame, low: Floats, high: Floats) -> Floats:
    """Give the share of each piece that lies between two posts: (pieces, stretches)."""
    ends = pieces[["km_a", "km_b"]].to_numpy()
    start, stop = ends.min(axis=1)[:, None], ends.max(axis=1)[:, None]
    is_break = pieces["is_break"].to_numpy()[:, None]
    edges = []
    for km in (low, high):
        share = np.clip((km - start) / (stop - start), 0.0, 1.0)
        edges.append(np.where(is_break, np.round(share), share))
    return np.asarray(edges[1] - edges[0])


def _join_stretches(low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Join stretches that touch or overlap."""
    order = np.argsort(low, kind="stable")
    low, high = low[order], np.maximum.accumulate(high[order])
    if not len(low):
        return low, high
    fresh = np.append(True, low[1:] > high[:-1])
    last = np.append(np.flatnonzero(fresh)[1:] - 1, len(low) - 1)
    return low[fresh], high[last]
