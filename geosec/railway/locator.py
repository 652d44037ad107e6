"""The search of linear referencing: which line is nearest to a point, and at which km post."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geosec.railway.edges import edges_between, index_edges
from geosec.shared import build_once_each

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from numpy.typing import ArrayLike, NDArray


class RailLocator:
    """Edges of a railway, to be asked for the nearest line and km post of many points.

    `edges` are rows of ``RailNetwork.edges``. Where two of them are equally near a point, the one
    that comes first is answered.
    """

    def __init__(self, edges: pd.DataFrame) -> None:
        self.line_id: NDArray[np.object_] = edges["line_id"].to_numpy(dtype="object")
        self._edges = edges
        self._index = index_edges(edges)

    @classmethod
    def from_posts(cls, posts: gpd.GeoDataFrame) -> RailLocator:
        """Build the locator from rows of ``RailNetwork.posts`` (EPSG:4326, km), lines in order."""
        return cls(edges_between(posts))

    def find_posts(
        self, lon: ArrayLike, lat: ArrayLike
    ) -> tuple[NDArray[np.object_], NDArray[np.float64], NDArray[np.float64]]:
        """Give line, official km and offset in metres of the foot nearest to each point.

        Points are degrees in EPSG:4326; where a point is NaN, the line is None and the rest NaN.
        """
        edge, km, offset_m = self.project(lon, lat)
        line = np.full(edge.shape, None, dtype="object")
        line[edge >= 0] = self.line_id[edge[edge >= 0]]
        return line, km, offset_m

    def project(
        self, lon: ArrayLike, lat: ArrayLike
    ) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
        """Give position of the nearest edge (-1 for no point), official km and offset in metres.

        Points are degrees in EPSG:4326; `line_id` holds the line of each edge.
        """
        edge, offset_m, along_m = self._index.project(lon, lat)
        km_a, km_b, per_m = self._scale
        return edge, np.minimum(km_a[edge] + along_m * per_m[edge], km_b[edge]), offset_m

    @build_once_each
    def _scale(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """First and last km of each edge, and kilometres of chainage in a metre of it."""
        km_a, km_b = self._edges["km_a"].to_numpy(), self._edges["km_b"].to_numpy()
        return km_a, km_b, (km_b - km_a) / (self._edges["chord_km"].to_numpy() * 1000)
