"""Tables folded to their distinct footprints, so that every place is answered once.

Real tables name few places: a million rows may hold ten thousand. Most columns are compared as
numbers; shapes are compared only among rows whose points and radii are equal, and are written as
bytes only where they differ there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from geosec.uncertainty.distinct import find_distinct_shapes, find_first_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geosec.uncertainty.table_footprints import TableFootprints


def fold_table(
    footprints: TableFootprints, *, exact_too: bool, apart: NDArray[np.int64] | None = None
) -> tuple[TableFootprints, NDArray[np.intp] | slice]:
    """Give the distinct footprints of a table, and which of them each row has.

    Values of the distinct footprints, indexed by the second, are values of the rows. A table of
    exact points is folded only if `exact_too`: what needs no draws costs less than the folding.
    Rows with another number in `apart` are kept apart.
    """
    if not exact_too and not footprints.has_extent.any():
        return footprints, slice(None)
    which = _number_rows(footprints, apart)
    first = find_first_rows(which)
    return footprints.take(first), which


def _number_rows(footprints: TableFootprints, apart: NDArray[np.int64] | None) -> NDArray[np.intp]:
    """Give rows that are equal in all columns one number, in the order of first appearance."""
    codes, _ = pd.factorize(_view_bits(footprints.lon))
    for column in (footprints.lat, footprints.uncertainty_m):
        codes = _split_codes(codes, _view_bits(column))
    if apart is not None:
        codes = _split_codes(codes, apart)
    if footprints.is_mixed.any():
        codes = _split_codes(codes, pd.factorize(footprints.readings)[0])
    return _split_by_shape(codes, footprints)


def _view_bits(column: NDArray[np.float64]) -> NDArray[np.int64]:
    """See numbers as integers, so that what is missing equals what is missing."""
    return np.ascontiguousarray(column + 0.0).view("int64")


def _split_codes(codes: NDArray[np.intp], column: NDArray[np.int64]) -> NDArray[np.intp]:
    """Part rows of one code where a further column differs; where it never does, cheaply."""
    if (column == column[find_first_rows(codes)][codes]).all():
        return codes
    other, values = pd.factorize(column)
    return np.asarray(pd.factorize(codes * len(values) + other)[0])


def _split_by_shape(codes: NDArray[np.intp], footprints: TableFootprints) -> NDArray[np.intp]:
    """Part rows of one code where their shapes differ: seldom, as their points and radii do too."""
    codes = _split_codes(codes, footprints.is_shaped.astype("int64"))
    rows = np.flatnonzero(footprints.is_shaped)
    shapes = footprints.shapes[rows]
    first = footprints.shapes[find_first_rows(codes)[codes[rows]]]
    if shapely.equals_identical(shapes, first).all():
        return codes
    shape = np.full(len(codes), -1, dtype="int64")
    shape[rows] = find_distinct_shapes(shapes)[1]
    return _split_codes(codes, shape)
