"""The reference that control points are read off: COD-AB, districts valid on 2022-09-09.

The file is given by its path and is no part of the project; the build does not need it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable

UNITS = Path(__file__).with_name("pcodes.csv")
_GRID_DEG = 1e-6

# Where the two draw different lines and not the same one differently, up to 80 km apart, Natural
# Earth's outline stays: Gilgit-Baltistan (Siachen), and the sea with its creeks: Gwadar, Lasbela,
# Sujawal, Thatta, and Karachi's.
_KEPT = ("PK3", "PK205", "PK217", "PK722", "PK727", "PK712", "PK714", "PK721", "PK729")


def read_reference(path: Path) -> gpd.GeoSeries:
    """Read the polygons of a reference, a valid coverage in EPSG:4326, indexed by P-code."""
    layer = gpd.read_parquet(path) if path.suffix == ".parquet" else gpd.read_file(path)
    unknown = set(layer["ADM2_PCODE"]) ^ set(read_parents())
    if unknown:
        msg = f"{path.name} and {UNITS.name} do not hold the same districts: {sorted(unknown)}"
        raise ValueError(msg)
    shapes = layer.set_index("ADM2_PCODE").geometry.to_crs("EPSG:4326")
    return gpd.GeoSeries(shapes.sort_index())


def end_at_outline(reference: gpd.GeoSeries, country: shapely.Geometry) -> gpd.GeoSeries:
    """Let the units of `_KEPT` end where the country does; all in EPSG:4326, a valid coverage.

    Ground of theirs outside the country is dropped, and ground of the country that no unit of the
    reference holds goes to the nearest unit, if that is one of them and beside it.
    """
    lines = [*shapely.boundary(reference.to_numpy()), shapely.boundary(country)]
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all(lines, grid_size=_GRID_DEG)]))
    inner = shapely.point_on_surface(faces)
    tree = shapely.STRtree(reference.to_numpy())
    holder = np.full(len(faces), -1)
    face, unit = tree.query(inner, predicate="intersects")
    holder[face] = unit
    shapely.prepare(country)
    is_home = shapely.contains(country, inner)
    kept = is_kept(reference.index)
    holder[~is_home & (holder >= 0) & kept[holder]] = -1
    for empty in np.flatnonzero(is_home & (holder < 0)):
        nearest = tree.nearest(faces[empty])
        beside = shapely.intersection(shapely.boundary(faces[empty]), tree.geometries[nearest])
        if kept[nearest] and beside.length > 0:
            holder[empty] = nearest
    shapes = [shapely.coverage_union_all(faces[holder == at]) for at in range(len(reference))]
    return gpd.GeoSeries(shapes, index=reference.index, crs=reference.crs)


def is_kept(pcodes: Iterable[str]) -> np.ndarray:
    """Say which units end where Natural Earth's country does."""
    return np.array([pcode.startswith(_KEPT) for pcode in pcodes], dtype="bool")


def read_parents() -> dict[str, str]:
    """Say to which district of 2018 the district of each P-code belonged."""
    table = pd.read_csv(UNITS)
    return dict(zip(table["adm2_pcode"], table["adm2_code"], strict=True))


def join_units(units: gpd.GeoSeries) -> gpd.GeoSeries:
    """Join units by P-code to the districts of 2018, indexed by ``adm2_code``."""
    groups = units.groupby(units.index.map(read_parents()))
    shapes = {code: shapely.coverage_union_all(own.to_numpy()) for code, own in groups}
    return gpd.GeoSeries(shapes, crs=units.crs).rename_axis("adm2_code")
