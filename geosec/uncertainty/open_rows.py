"""The one loop of every verb that draws: sure rows are answered at once, open rows are drawn.

A verb folds its table (`fold_table`), answers the rows whose answer no draw could change, and asks
`draw_open_rows` for draws of the others, a chunk that fits into memory at a time:

    footprints, which = fold_table(TableFootprints.of(located, lon, lat), exact_too=False)
    answers = ...                                        # of every distinct footprint, at once
    for rows, places, texts in draw_open_rows(footprints, is_open, draws=199, seed=0):
        answers[rows] = ...                              # of the open ones, from their draws
    return answers[which]                                # of every row

Equal footprints are drawn once, and what is drawn for a place depends on the place and the seed
alone: not on the incident's identifier, the order of the rows, or the other rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from geosec.uncertainty.distinct import find_distinct_shapes
from geosec.uncertainty.draws import make_uniforms
from geosec.uncertainty.sampling import draw_places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from geosec.uncertainty.table_footprints import TableFootprints

_CHUNK_DRAWS = 500_000  # made at a time
_INTERVAL = (0.025, 0.975)


class DrawnRows(NamedTuple):
    """A chunk of open rows with their draws."""

    rows: NDArray[np.intp]  #: positions of the footprints
    places: NDArray[np.float64]  #: longitude and latitude of each draw, (rows, draws, 2), degrees
    texts: list[str]  #: the footprints as text, the keys of all that is drawn for them


def draw_open_rows(
    footprints: TableFootprints,
    is_open: NDArray[np.bool_],
    draws: int,
    seed: int,
    *,
    answers: int = 1,
) -> Iterator[DrawnRows]:
    """Draw the footprints whose answer is open, as many at a time as memory holds.

    A chunk is the smaller, the more `answers` one footprint may need, such as three targets each.
    """
    rows = _sort_by_shape(np.flatnonzero(is_open), footprints)
    step = max(1, _CHUNK_DRAWS // (draws * answers))
    for first in range(0, len(rows), step):
        part = rows[first : first + step]
        written = footprints.take(part).round_as_written()
        texts = written.write_texts()
        uniform = make_uniforms(texts, draws, seed=seed)
        yield DrawnRows(part, draw_places(written, uniform), texts)


def _sort_by_shape(rows: NDArray[np.intp], footprints: TableFootprints) -> NDArray[np.intp]:
    """Put rows of one shape side by side, so that it is cut into triangles for few chunks only."""
    shape = np.full(len(rows), -1, dtype="int64")
    is_shaped = footprints.is_shaped[rows]
    number = find_distinct_shapes(footprints.shapes[rows[is_shaped]])[1]
    shape[is_shaped] = pd.factorize(number)[0]  # in the order of the rows, not of the memory
    return rows[np.argsort(shape, kind="stable")]


def find_interval(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Find the 95 % interval of each row of values, NaN left out, as `numpy.nanquantile` does."""
    ordered = np.sort(values, axis=1)  # what is missing stands last
    last = (values.shape[1] - 1) - np.isnan(ordered).sum(axis=1)
    row = np.arange(len(values))
    low, high = (_interpolate_ranks(ordered, row, share * last) for share in _INTERVAL)
    return low, high


def _interpolate_ranks(
    ordered: NDArray[np.float64], row: NDArray[np.intp], rank: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give what stands at a rank that may lie between two; NaN where there is nothing."""
    below = np.maximum(np.floor(rank), 0).astype("intp")
    share = rank - below
    lower, upper = ordered[row, below], ordered[row, np.ceil(np.maximum(rank, 0)).astype("intp")]
    step = upper - lower  # from whichever end is nearer, as NumPy does it
    return np.asarray(np.where(share < 0.5, lower + step * share, upper - step * (1 - share)))
