"""Groups of rows that tell of one event, from the pairs that are probable enough."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def group_pairs(
    a: Sequence[int], b: Sequence[int], probability: NDArray[np.float64], sources: Sequence[int]
) -> Any:
    """Give each pair the number of its group, from 1; missing for a pair that joins none.

    The most probable pair is joined first. A group has one row at most of a source; a `source` of
    -1 is none, and such rows join without limit, so that groups are connected components.
    """
    parent: dict[int, int] = {}
    members: dict[int, set[int]] = {}

    def find_root(row: int) -> int:
        while parent.setdefault(row, row) != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        members.setdefault(row, {sources[row]} - {-1})
        return row

    order = np.lexsort((np.asarray(b), np.asarray(a), -probability))
    for pair in order.tolist():
        one, other = find_root(a[pair]), find_root(b[pair])
        if one != other and not members[one] & members[other]:
            parent[other] = one
            members[one] |= members.pop(other)
    roots = [(find_root(one), find_root(other)) for one, other in zip(a, b, strict=True)]
    joined = [one if one == other else -1 for one, other in roots]
    codes, _ = pd.factorize(np.where(np.array(joined, dtype="int64") < 0, np.nan, joined))
    numbers = pd.array(codes + 1, dtype="Int64")
    numbers[codes < 0] = pd.NA
    return numbers
