"""The footprints of a table, a row each, and which of them are the same place.

Two footprints are the same place if a file would hold them alike: degrees rounded to five decimals
(about 1 m) and radii to the metre, as `geosec.write_table` writes text, and shapes whatever corner
they begin with. What is drawn for a place depends on that text alone, so it survives a file.

The limits of the rule: a table that has been to another CRS and back may round a coordinate that
stood exactly between two fifth decimals the other way, and is then another place, a metre off; and
a polygon so small or narrow that rounding breaks it stays as it is.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.errors import ShapelyError

from geosec.arguments import describe_given
from geosec.crs import DEGREE_DECIMALS, round_degrees
from geosec.errors import GeosecError, SchemaError
from geosec.footprint_texts import SHAPES
from geosec.geodesy.geodesics import geodesic_distance_m
from geosec.located import read_radii_m
from geosec.shared import build_once_each
from geosec.uncertainty.distinct import find_distinct_shapes, join_ranges
from geosec.uncertainty.footprints import LEVEL, Footprint

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

_BULGE_M = 500.0  # an edge of 200 km, straight in degrees, leaves its geodesic by less
_MOST_CORNERS = 1_000_000  # measured at a time


@dataclass(frozen=True, eq=False)
class TableFootprints:
    """The footprints of n rows."""

    lon: NDArray[np.float64]  #: of the best points, degrees in EPSG:4326; NaN for no place
    lat: NDArray[np.float64]
    uncertainty_m: NDArray[np.float64]  #: 95 % radii round them
    shapes: NDArray[np.object_]  #: polygons and lines in EPSG:4326, None for a disc
    is_mixed: NDArray[np.bool_]  #: which rows have several readings
    readings: NDArray[np.object_]  #: those readings, as ``match_candidates`` has them, or None

    @classmethod
    def of(
        cls, located: gpd.GeoDataFrame, lon: NDArray[np.float64], lat: NDArray[np.float64]
    ) -> TableFootprints:
        """Take the footprints out of a located table whose best points are known already."""
        is_mixed = np.zeros(len(located), dtype="bool")
        if "match_candidates" in located.columns:
            is_mixed = located["match_candidates"].notna().to_numpy(dtype="bool")
        readings = _make_nones(len(located))
        if is_mixed.any():
            readings = readings.copy()
            readings[is_mixed] = located["match_candidates"][is_mixed].to_numpy(dtype="object")
            require_texts(readings[is_mixed])
        shapes = _make_nones(len(located))
        if "footprint" in located.columns:
            shapes = located["footprint"].to_numpy()
        uncertainty_m = read_radii_m(located, ~np.isnan(lon))
        return cls(lon, lat, uncertainty_m, shapes, is_mixed, readings)

    def keep_points(self) -> TableFootprints:
        """Keep the best points alone, as if they were exact."""
        nones, is_mixed = _make_nones(len(self)), np.zeros(len(self), dtype="bool")
        exact_m = np.where(np.isnan(self.lon), np.nan, 0.0)
        return TableFootprints(self.lon, self.lat, exact_m, nones, is_mixed, nones)

    def __len__(self) -> int:
        return len(self.lon)

    def take(self, rows: NDArray[np.intp]) -> TableFootprints:
        """Take some of the rows, by position."""
        return TableFootprints(
            self.lon[rows],
            self.lat[rows],
            self.uncertainty_m[rows],
            self.shapes[rows],
            self.is_mixed[rows],
            self.readings[rows],
        )

    @build_once_each
    def is_shaped(self) -> NDArray[np.bool_]:
        """Which footprints are shapes: made of the layers, or cut by them, and off as much."""
        return ~np.asarray(shapely.is_missing(self.shapes))

    @build_once_each
    def radius_m(self) -> NDArray[np.float64]:
        """The full radii of the discs in metres, 0 for what is drawn from something else."""
        full_m = self.uncertainty_m / np.sqrt(LEVEL)
        return np.where(self.is_shaped | self.is_mixed, 0.0, full_m)

    @build_once_each
    def has_extent(self) -> NDArray[np.bool_]:
        """Which rows may lie elsewhere than at their best point."""
        return (self.radius_m > 0) | self.is_shaped | self.is_mixed

    @build_once_each
    def reach_m(self) -> NDArray[np.float64]:
        """Metres from the best point within which each row certainly lies; NaN for no place.

        The full radius of a disc, the farthest corner of a shape, the farthest end of several
        readings.
        """
        reach = np.where(np.isnan(self.lon), np.nan, self.radius_m)
        rows = np.flatnonzero(self.is_shaped)
        reach[rows] = _measure_farthest_m(self.lon[rows], self.lat[rows], self.shapes[rows])
        rows = np.flatnonzero(self.is_mixed)
        if rows.size:
            readings = Readings.of(self.readings[rows])
            reach[rows] = readings.measure_reach_m(self.lon[rows], self.lat[rows])
        return reach

    def round_as_written(self) -> TableFootprints:
        """Round every number as a file does, and begin every shape at the same corner."""
        shapes = self.shapes.copy()
        rows = np.flatnonzero(self.is_shaped)
        distinct, which = find_distinct_shapes(shapes[rows])
        rounded = shapely.normalize(round_degrees(distinct))
        shapes[rows] = np.where(shapely.is_valid(rounded), rounded, distinct)[which]
        return TableFootprints(
            np.round(self.lon, DEGREE_DECIMALS) + 0.0,  # -0 is 0
            np.round(self.lat, DEGREE_DECIMALS) + 0.0,
            np.round(self.uncertainty_m),
            shapes,
            self.is_mixed,
            self.readings,
        )

    def write_texts(self) -> list[str]:
        """Write what is drawn from as a text for each row, from footprints that are rounded."""
        discs = zip(self.lon.tolist(), self.lat.tolist(), self.uncertainty_m.tolist(), strict=True)
        texts = [f"{lon:.5f} {lat:.5f} {radius_m:.0f} m" for lon, lat, radius_m in discs]
        rows = np.flatnonzero(self.is_shaped)
        shapes = shapely.to_wkt(self.shapes[rows], rounding_precision=DEGREE_DECIMALS)
        for row, text in zip(rows.tolist(), shapes, strict=True):
            texts[row] = text
        rows = np.flatnonzero(self.is_mixed)
        if rows.size:
            mixed = Readings.of(self.readings[rows]).write_texts()
            for row, text in zip(rows.tolist(), mixed, strict=True):
                texts[row] = text
        return texts


@dataclass(frozen=True, eq=False)
class Readings:
    """The readings of rows that have several, those of one row behind those of another."""

    row: NDArray[np.intp]  #: whose reading it is
    starts: NDArray[np.intp]  #: first reading of each row, and one behind the last of all
    weight: NDArray[np.float64]
    footprints: TableFootprints

    @classmethod
    def of(cls, texts: NDArray[np.object_]) -> Readings:
        """Read the readings of rows out of their ``match_candidates``."""
        known = {text: _parse_readings(text) for text in dict.fromkeys(texts)}
        parts = [part for text in texts for part in known[text]]
        counts = np.array([len(known[text]) for text in texts], dtype="intp")
        columns = np.array(
            [(weight, one.lon, one.lat, one.uncertainty_m) for weight, one in parts]
        ).reshape(-1, 4)
        shapes = np.full(len(parts), None, dtype="object")
        shapes[:] = [one.shape for _, one in parts]
        is_mixed = np.zeros(len(parts), dtype="bool")
        weight, lon, lat, uncertainty_m = columns.T
        return cls(
            np.repeat(np.arange(len(texts)), counts),
            np.append(0, np.cumsum(counts)),
            weight,
            TableFootprints(lon, lat, uncertainty_m, shapes, is_mixed, _make_nones(len(parts))),
        )

    @property
    def share(self) -> NDArray[np.float64]:
        """How probable each reading is among those of its row."""
        whole = np.add.reduceat(self.weight, self.starts[:-1])
        return np.asarray(self.weight / whole[self.row])

    def measure_reach_m(
        self, lon: NDArray[np.float64], lat: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Measure from the point of each row to the farthest end of its readings, in metres."""
        lon, lat = lon[self.row], lat[self.row]
        parts, shaped = self.footprints, np.flatnonzero(self.footprints.is_shaped)
        ends_m = geodesic_distance_m(lon, lat, parts.lon, parts.lat) + parts.radius_m
        ends_m[shaped] = _measure_farthest_m(lon[shaped], lat[shaped], parts.shapes[shaped])
        return np.asarray(np.maximum.reduceat(ends_m, self.starts[:-1]))

    def write_texts(self) -> list[str]:
        """Write the readings of each row as one text, with their weights."""
        parts = self.footprints.round_as_written().write_texts()
        weighted = [f"{self.weight[part]:.4f} {text}" for part, text in enumerate(parts)]
        ends = pairwise(self.starts.tolist())
        return ["; ".join(weighted[first:behind]) for first, behind in ends]


def restore_footprint(reading: dict[str, Any]) -> Footprint:
    """Rebuild the footprint of one reading stored in ``match_candidates``.

    Raises a `ValueError` where it is nowhere on the globe, or neither a disc, a polygon nor a line.
    """
    shape = shapely.from_wkt(reading["footprint"]) if reading["footprint"] else None
    if shape is not None and shape.is_empty:
        shape = None
    lon, lat = float(reading["longitude"]), float(reading["latitude"])
    uncertainty_m = float(reading["uncertainty_m"])
    west, south, east, north = (lon, lat, lon, lat) if shape is None else shape.bounds
    is_drawn = shape is None or shapely.get_type_id(shape) in SHAPES
    on_globe = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    if not (is_drawn and on_globe and 0 <= uncertainty_m < np.inf):
        msg = "a reading is a disc, a polygon or a line on the globe"
        raise ValueError(msg)
    return Footprint(lon, lat, uncertainty_m, shape)


def require_texts(cells: NDArray[np.object_]) -> None:
    """Refuse cells of ``match_candidates`` that are no texts, saying what one is."""
    for cell in cells:
        if not isinstance(cell, str):
            load_readings(cell)


def load_readings(text: Any) -> list[tuple[dict[str, Any], Footprint]]:
    """Load the readings that ``match_candidates`` holds as JSON, the first the most probable.

    Raises a `SchemaError` where it holds something else.
    """
    try:
        found = [(one, restore_footprint(one)) for one in json.loads(text)]
        weights = [float(one["weight"]) for one, _ in found]
        if weights and weights[0] > 0 and min(weights) >= 0 and np.isfinite(weights).all():
            return found
    except (KeyError, TypeError, ValueError, ShapelyError, GeosecError):
        pass
    msg = (
        "`match_candidates` holds the readings that `geosec.geocode` wrote as JSON, and one is "
        f"{describe_given(text)}; leave the column out to take the best points alone."
    )
    raise SchemaError(msg)


def _make_nones(count: int) -> NDArray[np.object_]:
    """Give as many None as rows, one that stands for all of them."""
    return np.broadcast_to(np.array(None, dtype="object"), count)


def _parse_readings(text: str) -> list[tuple[float, Footprint]]:
    return [(float(one["weight"]), footprint) for one, footprint in load_readings(text)]


def _measure_farthest_m(
    lon: NDArray[np.float64], lat: NDArray[np.float64], shapes: NDArray[np.object_]
) -> NDArray[np.float64]:
    """Bound how far each shape reaches from its own point, in metres."""
    distinct, which = find_distinct_shapes(shapes)
    corners, owner = shapely.get_coordinates(shapely.convex_hull(distinct), return_index=True)
    starts = np.searchsorted(owner, np.arange(len(distinct) + 1))
    counts = np.diff(starts)
    farthest_m = np.empty(len(shapes))
    step = max(1, _MOST_CORNERS // int(counts.max(initial=1)))
    for begin in range(0, len(shapes), step):
        part = slice(begin, begin + step)
        own = counts[which[part]]
        corner = join_ranges(starts[which[part]], own)
        at = np.repeat(lon[part], own), np.repeat(lat[part], own)
        away_m = geodesic_distance_m(*at, *corners[corner].T)
        farthest_m[part] = np.maximum.reduceat(away_m, np.cumsum(own) - own)
    return farthest_m + _BULGE_M
