"""Which units are neighbours, and with which weights."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geosec.analysis.extras import import_extra
from geosec.arguments import describe_given
from geosec.crs import metric_crs
from geosec.errors import ParameterError, near_misses
from geosec.shared import build_once_each

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geosec.analysis.units import Units

    Numbers = NDArray[np.int64]
    Floats = NDArray[np.float64]

_TOUCH_DEG = 1e-6  # 10 cm: corners that neighbours share may be rounded apart
_SIZED = re.compile(r"(knn|distance):(\d+(?:\.\d*)?)")


@dataclass(frozen=True, eq=False)
class Neighbours:
    """The neighbours of n units, those of one behind those of another; none is its own."""

    starts: Numbers  #: where those of each unit start, and where the last end
    members: Numbers
    weights: Floats

    @classmethod
    def of(cls, focal: Numbers, other: Numbers, weights: Floats, count: int) -> Neighbours:
        """Take pairs of units; those of a unit with itself, or of weight 0, are left out."""
        kept = np.flatnonzero((focal != other) & (weights != 0))
        order = kept[np.lexsort((other[kept], focal[kept]))]
        starts = np.append(0, np.cumsum(np.bincount(focal[order], minlength=count)))
        return cls(starts, other[order].astype("int64"), weights[order].astype("float64"))

    @classmethod
    def read(cls, weights: Any, units: Units) -> Neighbours:
        """Read the argument `weights` of a verb.

        ``"queen"`` are units that touch, ``"rook"`` those that share more than a point, ``"knn:8"``
        the eight nearest and ``"distance:50000"`` those within so many metres, middle to middle;
        or a `libpysal.graph.Graph` or `libpysal.weights.W` by ``unit_id``.
        """
        if not isinstance(weights, str):
            return _read_graph(weights, units)
        shapes = units.geometry.to_numpy()
        count = len(shapes)
        if weights == "queen":
            focal, other = shapely.STRtree(shapes).query(shapes, "dwithin", distance=_TOUCH_DEG)
            return cls.of(focal, other, np.ones(len(focal)), count)
        graph = import_extra("libpysal.graph").Graph
        layer = units.geometry.reset_index(drop=True)
        sized = _SIZED.fullmatch(weights)
        if weights == "rook":
            return _take_graph(graph.build_contiguity(layer, rook=True), count)
        if sized is None:
            hint = near_misses(weights, ("queen", "rook", "knn:8", "distance:50000"))
            msg = f"`weights` is {weights!r}, which names no neighbours; {hint}"
            raise ParameterError(msg)
        middles = layer.to_crs(metric_crs(gpd.GeoDataFrame(geometry=layer))).centroid
        if sized[1] == "distance":
            within = graph.build_distance_band(middles, float(sized[2]))
            return _take_graph(within, count)
        nearest = min(_read_nearest(sized[2]), count - 1)
        if nearest < 1:
            none = np.empty(0, "int64")
            return cls.of(none, none, np.empty(0), count)
        return _take_graph(graph.build_knn(middles, nearest, coplanar="clique"), count)

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def is_island(self) -> NDArray[np.bool_]:
        """Which units have no neighbours."""
        return np.asarray(np.diff(self.starts) == 0)

    @build_once_each
    def matrix(self) -> Any:
        """The weights, as a sparse matrix of SciPy."""
        parts = self.weights, self.members, self.starts
        return import_extra("scipy.sparse").csr_matrix(parts, shape=(len(self),) * 2)

    def with_self(self) -> Neighbours:
        """Make each unit its own neighbour, with weight 1."""
        own, focal = np.arange(len(self)), np.repeat(np.arange(len(self)), np.diff(self.starts))
        order = np.argsort(np.append(own, focal), kind="stable")
        members = np.append(own, self.members)[order]
        weights = np.append(np.ones(len(self)), self.weights)[order]
        return Neighbours(self.starts + np.arange(len(self) + 1), members, weights)

    def take(self, units: Numbers) -> Neighbours:
        """Take some of the units, with their neighbours among them."""
        number = np.full(len(self), -1)
        number[units] = np.arange(len(units))
        focal = number[np.repeat(np.arange(len(self)), np.diff(self.starts))]
        other = number[self.members]
        kept = (focal >= 0) & (other >= 0)
        return Neighbours.of(focal[kept], other[kept], self.weights[kept], len(units))


def _read_nearest(size: str) -> int:
    if not size.isdigit() or int(size) < 1:
        msg = f"`weights` is 'knn:{size}', and takes a whole number of neighbours, 1 or more."
        raise ParameterError(msg)
    return int(size)


def _take_graph(graph: Any, count: int) -> Neighbours:
    """Take the neighbours out of a graph over positions."""
    pairs = graph.adjacency.reset_index()
    return Neighbours.of(
        pairs["focal"].to_numpy(), pairs["neighbor"].to_numpy(), pairs["weight"].to_numpy(), count
    )


def _read_graph(weights: Any, units: Units) -> Neighbours:
    """Read a graph of libpysal, whose labels are those of the units, or their positions."""
    if hasattr(weights, "to_adjlist") and not hasattr(weights, "adjacency"):
        weights = import_extra("libpysal.graph").Graph.from_W(weights)
    if not isinstance(getattr(weights, "adjacency", None), pd.Series):
        msg = (
            "`weights` is 'queen', 'rook', 'knn:8', 'distance:50000' (metres), or a Graph or W of "
            f"libpysal, and was given {describe_given(weights)}."
        )
        raise ParameterError(msg)
    pairs = weights.adjacency.reset_index()
    labels = units.ids if set(weights.unique_ids) <= set(units.ids) else pd.RangeIndex(len(units))
    focal, other = (labels.get_indexer(pairs[side]) for side in ("focal", "neighbor"))
    strength = pairs["weight"].to_numpy("float64")
    strange = np.flatnonzero((focal < 0) | (other < 0))
    if strange.size:
        label = pairs["focal" if focal[strange[0]] < 0 else "neighbor"].iloc[strange[0]]
        msg = (
            f"`weights` has the label {describe_given(label)}, and the units are named as "
            f"{describe_given(units.ids[0])}: build it on the table of units, by `unit_id`."
        )
        raise ParameterError(msg)
    if not (strength >= 0).all():
        msg = "`weights` must be 0 or more, and some are less, or no numbers."
        raise ParameterError(msg)
    return Neighbours.of(focal, other, strength, len(units))
