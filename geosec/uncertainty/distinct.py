"""Values that are equal, numbered in the order of their first appearance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray


def find_distinct_shapes(
    shapes: NDArray[np.object_],
) -> tuple[NDArray[np.object_], NDArray[np.intp]]:
    """Find the shapes that differ, and which of them each one is; many rows share a district."""
    # The same objects first: writing each of a million polygons as bytes would take seconds.
    own, _ = pd.factorize(np.fromiter(map(id, shapes), "int64", len(shapes)))
    objects = shapes[find_first_rows(own)]
    alike, _ = pd.factorize(np.array(shapely.to_wkb(objects), dtype="object"))
    return objects[find_first_rows(alike)], alike[own]


def find_first_rows(codes: NDArray[np.intp]) -> NDArray[np.intp]:
    """Find the first row of each code, for codes that are numbered from 0."""
    first = np.empty(codes.max(initial=-1) + 1, dtype="intp")
    first[codes[::-1]] = np.arange(len(codes))[::-1]  # what is written last stays
    return first


def join_ranges(starts: NDArray[np.intp], counts: NDArray[np.intp]) -> NDArray[np.intp]:
    """Put ranges of positions one behind the other, each with its start and its length."""
    before = np.cumsum(counts) - counts
    return np.repeat(starts - before, counts) + np.arange(counts.sum())
