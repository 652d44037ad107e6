"""The shapes among the footprints of a table: how large they are, and how far points are off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from geosec.crs import STORAGE_CRS
from geosec.geodesy.segments import SegmentIndex
from geosec.geodesy.wgs84 import DEGREE_M
from geosec.uncertainty.distinct import find_distinct_shapes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geosec.uncertainty.table_footprints import TableFootprints

    Floats = NDArray[np.float64]
    Rows = NDArray[np.intp]

_LINE_WIDTH_M = 3_000.0  # a line counts as so wide: coders put places as far off it


class FootprintShapes:
    """The rows of a table whose footprints are polygons or lines."""

    def __init__(self, footprints: TableFootprints) -> None:
        rows = np.flatnonzero(footprints.is_shaped)
        distinct, which = find_distinct_shapes(footprints.shapes[rows])
        self._which = np.full(len(footprints), -1, dtype="int64")
        self._which[rows] = which
        self.area_m2 = np.zeros(len(footprints))  #: 0 for discs
        self._index = None
        if rows.size:
            self._index = SegmentIndex(gpd.GeoSeries(distinct, crs=STORAGE_CRS))
            self.area_m2[rows] = _measure_areas_m2(distinct)[which]

    def measure_m(self, rows: Rows, lon: Floats, lat: Floats) -> Floats:
        """Measure from a point (EPSG:4326) to the shape of each row, in metres; NaN for a disc."""
        away_m = np.full(len(rows), np.nan)
        shaped = np.flatnonzero(self._which[rows] >= 0)
        if self._index is not None and shaped.size:
            target = self._which[rows[shaped]]
            away_m[shaped] = self._index.distance_to_m(lon[shaped], lat[shaped], target)
        return away_m


def _measure_areas_m2(shapes: NDArray[np.object_]) -> Floats:
    """Measure polygons to a hundredth or so, and lines as narrow strips."""
    middle = shapely.get_y(shapely.centroid(shapes))
    areas_m2 = shapely.area(shapes) * DEGREE_M**2 * np.cos(np.radians(middle))
    strips_m2 = shapely.length(shapes) * DEGREE_M * _LINE_WIDTH_M
    return np.asarray(np.where(areas_m2 > 0, areas_m2, strips_m2))
