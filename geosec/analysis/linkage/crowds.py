"""How crowded the place and the weeks of a pair are, where a source is compared with itself.

Two rows of one source at one place and day are often two events: a source that has fifty killings
a month in one town, all put at its middle, has such pairs by chance. So the rate of rows that could
be at the same place, taken from the weeks around, is held against the even spread that the weights
of places and days assume (`geosec.analysis.linkage.evidence`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geosec.analysis.linkage.evidence import ANYWHERE_M2, MONTH
from geosec.analysis.linkage.near_pairs import Window, find_candidates

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geosec.analysis.incident_draws import IncidentDraws
    from geosec.analysis.linkage.near_pairs import CandidatePairs

    Floats = NDArray[np.float64]

_WEEKS_AROUND = 30.0  # days before and after, but for those in which duplicates are looked for
_NEAR_M = 5_000.0  # beyond both footprints: a source puts all of a town at one point, or near it
_FEW = 0.1  # rows that are counted where there are none


def weigh_crowds(incidents: IncidentDraws, pairs: CandidatePairs, window: Window) -> Floats:
    """Weigh how many more rows than assumed are at the places of pairs: a natural logarithm."""
    days = 2 * max(_WEEKS_AROUND - window.days, 1.0)
    near_m = min(window.distance_m, _NEAR_M)
    around = Window(near_m, window.days + days / 2)
    counts = np.zeros(len(incidents))
    for part in find_candidates(incidents, incidents, around):
        np.add.at(counts, part.a[part.gap_days > window.days], 1)
    rate = (np.maximum(counts[pairs.a], counts[pairs.b]) + _FEW) / days
    reach_m = incidents.footprints.reach_m
    within_m = near_m + reach_m[pairs.a] + reach_m[pairs.b]
    assumed = np.pi * np.square(np.maximum(within_m, 1.0)) / ANYWHERE_M2 / MONTH
    return np.asarray(np.log(rate / assumed))
