"""Points put into clusters, by DBSCAN or HDBSCAN, distances on WGS84.

DBSCAN: M. Ester, H.-P. Kriegel, J. Sander and X. Xu 1996, KDD-96:226-231. HDBSCAN: R. J. G. B.
Campello, D. Moulavi and J. Sander 2013, doi:10.1007/978-3-642-37456-2_14, as scikit-learn has it.
Its DBSCAN lists the neighbours of all points, which a town of 20,000 incidents makes 400 million;
ours holds no list, and the result is the same but for border points, which here are in the cluster
of the nearest core point, whatever the order of the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from geosec.analysis.extras import import_extra
from geosec.analysis.point_cells import sort_into_cells, to_chord_m
from geosec.geodesy.compiled import load_loops

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Labels = NDArray[np.int64]

Method = Literal["dbscan", "hdbscan"]
_CELLS_ACROSS = 2  # the side of a cube goes this often into the chord, so that its points are near


@dataclass(frozen=True)
class Clustering:
    """How points are put into clusters."""

    method: Method
    distance_m: float | None  #: of DBSCAN
    min_incidents: int

    def label(self, points: Floats) -> Labels:
        """Label points (n, 3) in metres by their cluster, 0 the first; -1 for none."""
        if len(points) < self.min_incidents:
            return np.full(len(points), -1, dtype="int64")
        if self.distance_m is None:
            return _label_hdbscan(points, self.min_incidents)
        return _label_dbscan(points, float(to_chord_m(self.distance_m)), self.min_incidents)


def _label_dbscan(points: Floats, chord_m: float, least: int) -> Labels:
    cells = sort_into_cells(points, chord_m / np.sqrt(3.0), around=_CELLS_ACROSS)
    arrays = cells.points, cells.starts, cells.keys, cells.sides
    loops = load_loops("analysis.cluster_loops")
    is_core = np.zeros(len(points), dtype="bool")
    loops.mark_cores(arrays, (chord_m**2, least), is_core)
    parents = np.arange(len(cells.keys))
    loops.join_cells(arrays, chord_m**2, is_core, parents)
    labels = np.empty(len(points), dtype="int64")
    loops.label_points(arrays, chord_m**2, is_core, parents, labels)
    own = np.empty_like(labels)
    own[cells.order] = labels
    return _number(own)


def _label_hdbscan(points: Floats, least: int) -> Labels:
    cluster = import_extra("sklearn.cluster")
    found = cluster.HDBSCAN(min_cluster_size=least, copy=True).fit_predict(points - points[0])
    return _number(np.asarray(found, dtype="int64"))


def _number(labels: Labels) -> Labels:
    """Give clusters numbers from 0, the largest first, of equal ones that of the first row."""
    distinct, first, counts = np.unique(labels, return_index=True, return_counts=True)
    if len(distinct) and distinct[0] == -1:
        distinct, first, counts = distinct[1:], first[1:], counts[1:]
    ranked = distinct[np.lexsort((first, -counts))]
    numbers = np.full(len(labels), -1, dtype="int64")
    if len(ranked):
        position = np.empty(int(ranked.max()) + 1, dtype="int64")
        position[ranked] = np.arange(len(ranked))
        inside = labels >= 0
        numbers[inside] = position[labels[inside]]
    return numbers
