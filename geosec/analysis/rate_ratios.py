"""Intervals of the ratio of two Poisson rates: of chance alone, and of chance and place together.

Given how many incidents two counts have together, the second is binomial, and its share tells the
ratio: J. Przyborowski and H. Wilenski 1940, *Homogeneity of results in testing samples from Poisson
series*, Biometrika 31, doi:10.1093/biomet/31.3-4.313. The interval is that of C. J. Clopper and
E. S. Pearson 1934, doi:10.1093/biomet/26.4.404; p is twice the smaller tail, so that it is 0.05
where the 95 % interval ends at 1 (M. P. Fay 2010, doi:10.32614/RJ-2010-008).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from geosec.analysis.extras import import_extra
from geosec.analysis.rates import LEVEL

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Numbers = NDArray[np.int64]

_HALVINGS = 60  # of a share between 0 and 1


@dataclass(frozen=True, eq=False)
class CountPairs:
    """The pairs of counts that n units have in their draws: each distinct one, with its share.

    A tail of a unit is the mean of those of its draws, as in `geosec.analysis.rates`.
    """

    unit: Numbers
    first: Floats
    second: Floats
    share: Floats  #: of the unit's draws
    count: int  #: of units

    @classmethod
    def of(cls, first: ArrayLike, second: ArrayLike) -> CountPairs:
        """Take two counts of each unit in each draw, (units, draws)."""
        both = np.stack([np.atleast_2d(first), np.atleast_2d(second)]).astype("int64")
        _, units, draws = both.shape
        unit = np.repeat(np.arange(units), draws)
        rows = np.column_stack([unit, both[0].ravel(), both[1].ravel()])
        distinct, times = np.unique(rows, axis=0, return_counts=True)
        unit, one, other = distinct.T
        return cls(unit, one.astype("float64"), other.astype("float64"), times / draws, units)

    def find_interval(self, exposure: ArrayLike, *, level: float = LEVEL) -> tuple[Floats, Floats]:
        """Find the interval of the second rate divided by the first; `exposure` is their ratio.

        0 and infinity are ends like others: those of counts of 0.
        """
        tail = (1 - level) / 2
        low = self._halve(lambda share: self.find_tails(share)[0] < tail)
        high = self._halve(lambda share: self.find_tails(share)[1] > tail)
        low[self._mean(self.second == 0) >= tail] = 0.0  # exactly, whatever the halvings left
        high[self._mean(self.first == 0) >= tail] = 1.0
        with np.errstate(divide="ignore"):
            ends = [share / (1 - share) / np.asarray(exposure) for share in (low, high)]
        return ends[0], ends[1]

    def find_p(self, exposure: ArrayLike) -> Floats:
        """Find the two-sided p of equal rates; `exposure` is that of the second by the first."""
        ratio = np.broadcast_to(np.asarray(exposure, dtype="float64"), self.count)
        return np.asarray(np.minimum(1, 2 * np.min(self.find_tails(ratio / (1 + ratio)), axis=0)))

    def find_tails(self, share: Floats) -> tuple[Floats, Floats]:
        """Find the probabilities of as many or more, and as few or fewer, in the second count.

        `share` is that of the second among all incidents, for each unit.
        """
        special = import_extra("scipy.special")
        at, one, other = share[self.unit], self.first, self.second
        more = special.betainc(np.maximum(other, 1), one + 1, at)
        fewer = special.betaincc(other + 1, np.maximum(one, 1), at)
        above = self._mean(np.where(other > 0, more, 1.0))
        return above, self._mean(np.where(one > 0, fewer, 1.0))

    def _mean(self, values: NDArray[Any]) -> Floats:
        summed = np.bincount(self.unit, self.share * values, minlength=self.count)
        return np.asarray(summed, dtype="float64")

    def _halve(self, is_below: Callable[[Floats], NDArray[np.bool_]]) -> Floats:
        """Find, for each unit, the share at which `is_below` stops being true."""
        low, high = np.zeros(self.count), np.ones(self.count)
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            below = is_below(middle)
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        return np.asarray((low + high) / 2)
