"""How stable clusters are when places are drawn anew: the Jaccard coefficients of Hennig.

C. Hennig 2007, *Cluster-wise assessment of cluster stability*, Computational Statistics & Data
Analysis 52:258-271, doi:10.1016/j.csda.2006.11.025.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geosec.geodesy.threads import run_in_threads

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geosec.analysis.cluster_points import Clustering

    Floats = NDArray[np.float64]
    Labels = NDArray[np.int64]

DISSOLVED = 0.5  #: a cluster that shares no more with any of a draw is not there (Hennig 2007)


class Match(NamedTuple):
    """The clusters of one draw that are most like some given ones."""

    jaccard: Floats  #: of each given cluster, 0 where nothing is like it
    label: Labels  #: of the cluster of the draw, -1 where the given one is dissolved
    size: Floats  #: of that cluster, NaN where the given one is dissolved


class Stability(NamedTuple):
    """How clusters fare over the draws, and their incidents."""

    jaccard: Floats  #: (draws, clusters)
    size: Floats  #: the same: incidents in the cluster, NaN where it is dissolved
    own_share: Floats  #: of each incident, of draws in which it is in its cluster
    any_share: Floats  #: of each incident, of draws in which it is in any cluster


def measure_stability(points: Floats, given: Labels, clustering: Clustering) -> Stability:
    """Cluster the points of every draw (draws, n, 3), and hold the clusters against given ones."""
    draws, count = points.shape[:2]
    found: list[tuple[Match, Labels]] = [None] * draws  # type: ignore[list-item]

    def cluster_draw(draw: int) -> None:
        labels = clustering.label(points[draw])
        found[draw] = match_clusters(given, labels), labels

    run_in_threads(cluster_draw, range(draws))
    own, inside = np.zeros(count), np.zeros(count)
    for match, labels in found:
        inside += labels >= 0
        wanted = np.append(match.label, -1)[given]  # the last stands for no cluster
        own += (wanted >= 0) & (labels == wanted)
    return Stability(
        np.stack([match.jaccard for match, _ in found]),
        np.stack([match.size for match, _ in found]),
        np.where(given >= 0, own / draws, np.nan),
        inside / draws,
    )


def match_clusters(given: Labels, drawn: Labels) -> Match:
    """Find for each given cluster the one of a draw that shares most with it.

    Two incidents in three, say, make a coefficient of 2/3: those in both by those in either.
    """
    count, most = int(given.max(initial=-1)) + 1, int(drawn.max(initial=-1)) + 1
    given_size = np.bincount(given[given >= 0], minlength=count)
    drawn_size = np.bincount(drawn[drawn >= 0], minlength=most)
    inside = (given >= 0) & (drawn >= 0)
    pairs, shared = np.unique(given[inside] * most + drawn[inside], return_counts=True)
    one, other = pairs // max(most, 1), pairs % max(most, 1)
    jaccard = shared / (given_size[one] + drawn_size[other] - shared)
    best = np.zeros(count)
    np.maximum.at(best, one, jaccard)
    label = np.full(count, -1, dtype="int64")
    stands = jaccard > DISSOLVED  # of one cluster of a draw at most
    label[one[stands]] = other[stands]
    size = np.where(label >= 0, np.append(drawn_size, 0)[label], np.nan)
    return Match(best, label, size)
