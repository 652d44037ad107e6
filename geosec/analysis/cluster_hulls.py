"""The convex hulls of clusters, also of one that lies across the 180th meridian."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.affinity import translate

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Floats = NDArray[np.float64]

_WORLD = shapely.box(-180, -90, 180, 90)


def draw_hulls(lon: Floats, lat: Floats, labels: NDArray[np.int64]) -> NDArray[np.object_]:
    """Draw the hull of the points of each label from 0, degrees in EPSG:4326.

    A point where all of them are one, a line where they stand in a row.
    """
    count = int(labels.max(initial=-1)) + 1
    hulls = np.full(count, None, dtype="object")
    for label in range(count):
        inside = labels == label
        hulls[label] = _draw_hull(lon[inside], lat[inside])
    return hulls


def _draw_hull(lon: Floats, lat: Floats) -> BaseGeometry:
    """Draw one hull, in two parts where it lies across the 180th meridian."""
    near = lon[0] + (lon - lon[0] + 180) % 360 - 180
    hull = shapely.MultiPoint(np.column_stack([near, lat])).convex_hull
    if near.min() >= -180 and near.max() <= 180:
        return hull
    turned = 360 if near.min() < -180 else -360
    parts = [hull.intersection(_WORLD), translate(hull, turned).intersection(_WORLD)]
    return shapely.union_all([part for part in parts if not part.is_empty])
