"""Incidents of every kind of footprint, and where Python draws them: JSON on standard output."""

from __future__ import annotations

import json
import sys

import geopandas as gpd
import numpy as np
from shapely import LineString, MultiLineString, MultiPolygon, Point, Polygon, box

import geosec
from geosec.maps.encoding import encode_shapes
from geosec.maps.incident_columns import find_places, pack_incidents

AREAS = [box(66.0 + at % 3, 28.0 + at // 3, 67.0 + at % 3, 29.0 + at // 3) for at in range(9)]
RING = Polygon(box(66.0, 28.0, 68.0, 31.0).exterior, [box(66.4, 28.5, 67.9, 30.8).exterior])
BENT = LineString([(67.0, 30.2), (67.4, 29.8), (67.35, 29.1), (68.4, 28.2)])
FOOTPRINTS = [
    None,
    Polygon([(66.0, 24.0), (70.0, 24.5), (67.0, 36.0)]),
    RING,
    MultiPolygon([box(66.0, 30.0, 66.3, 30.3), box(68.0, 30.0, 69.0, 30.8)]),
    BENT,
    MultiLineString([[(67.0, lat) for lat in range(5, 61)], [(68.0, 30.0), (68.0, 31.0)]]),
]


def make_table() -> gpd.GeoDataFrame:
    """Make a row of each kind of footprint; a very wide disc, an exact place, and two readings."""
    told = [
        ("Hyderabad", 0.7, 68.4, 25.4, 9_000.0, ""),
        ("elsewhere", 0.3, 66.0, 29.0, 0.0, BENT.wkt),
    ]
    names = ("name", "weight", "longitude", "latitude", "uncertainty_m", "footprint")
    readings = json.dumps([dict(zip(names, each, strict=True)) for each in told])
    points = [
        each.representative_point() if each else Point(67.3, 29.9 + 0.1 * at)
        for at, each in enumerate([*FOOTPRINTS, None, None, None])
    ]
    points[len(FOOTPRINTS)] = Point(60, 55)
    columns = {
        "uncertainty_m": [20_000.0] * len(FOOTPRINTS) + [2_000_000.0, 0.0, 9_000.0],
        "footprint": gpd.GeoSeries([*FOOTPRINTS, None, None, None], crs=4326),
        "match_candidates": [None] * (len(points) - 1) + [readings],
        "match_score": np.linspace(0.3, 1, len(points)),
    }
    return gpd.GeoDataFrame(columns, geometry=points, crs=4326)


def main() -> None:
    """Write the payload, the quartiles of what Python draws of each place, and counts in areas."""
    table = make_table()
    places = find_places(table)
    drawn = geosec.sample(table, draws=20_000)[np.argsort(places.which)]
    quarters = np.quantile(drawn, [0.25, 0.5, 0.75], axis=1)
    made = pack_incidents(table)._asdict() | {"quarters": quarters.transpose(1, 2, 0).tolist()}
    areas = gpd.GeoSeries(AREAS, crs=4326)
    counts = geosec.count_near(table, areas, distance_m=0, draws=4_000)
    made["areas"] = encode_shapes(areas)
    made["counts"] = counts[["count", "count_low", "count_high"]].to_numpy().tolist()
    json.dump(made, sys.stdout)


if __name__ == "__main__":
    main()
