"""Make districts nest exactly in their provinces: no gap and no overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from boundaries.build.georeference import METRIC

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

_GRID_DEG = 1e-5
_SPACING_M = 1_000.0
_SPECK_M2 = 250_000.0


def nest(fitted: gpd.GeoDataFrame, provinces: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Nest fitted districts in the provinces.

    Parameters
    ----------
    fitted : geopandas.GeoDataFrame
        Shapes in `METRIC`, indexed by district, with ``adm1_code``.
    provinces : geopandas.GeoDataFrame
        Polygons in EPSG:4326, indexed by ``adm1_code``.

    Returns
    -------
    geopandas.GeoDataFrame
        Polygons in EPSG:4326 on a grid of 1e-5 degrees, a valid coverage, with ``adm1_code``.
    """
    metric = provinces.to_crs(METRIC)
    shapes: dict[str, BaseGeometry] = {}
    for code, own in fitted.groupby("adm1_code"):
        shapes |= _fill(own.geometry.to_dict(), metric.geometry[code])
    table = fitted[["adm1_code"]].copy()
    rough = gpd.GeoSeries(shapes, crs=METRIC).to_crs("EPSG:4326")
    exact = _planar(rough, provinces.geometry, table["adm1_code"].to_dict())
    return gpd.GeoDataFrame(table, geometry=exact.reindex(table.index))


def _fill(drawn: dict[str, BaseGeometry], province: BaseGeometry) -> dict[str, BaseGeometry]:
    """Cut districts to the province and give what is left over to the nearest of them."""
    names = list(drawn)
    clipped = _without_overlaps([shapely.make_valid(drawn[name]) for name in names], province)
    left = province.difference(shapely.union_all(clipped))
    if left.is_empty:
        return dict(zip(names, clipped, strict=True))
    cells = _nearest_cells(clipped, province)
    return {
        name: shapely.union_all([own, left.intersection(cell)])
        for name, own, cell in zip(names, clipped, cells, strict=True)
    }


def _without_overlaps(shapes: list[BaseGeometry], province: BaseGeometry) -> list[BaseGeometry]:
    """Cut to the province; where two drawn shapes overlap, the earlier keeps the ground."""
    kept: list[BaseGeometry] = []
    taken: BaseGeometry = shapely.Polygon()
    for shape in shapes:
        own = shape.intersection(province).difference(taken)
        kept.append(own)
        taken = shapely.union_all([taken, own])
    return kept


def _nearest_cells(shapes: list[BaseGeometry], province: BaseGeometry) -> list[BaseGeometry]:
    """Divide the province by which shape's outline is nearest."""
    outlines = [shapely.segmentize(shapely.boundary(shape), _SPACING_M) for shape in shapes]
    points = [shapely.get_coordinates(outline) for outline in outlines]
    owner = np.repeat(np.arange(len(shapes)), [len(each) for each in points])
    xy, first = np.unique(np.round(np.concatenate(points), 1), axis=0, return_index=True)
    owner = owner[first]
    frame = shapely.box(*shapely.bounds(province)).buffer(10 * _SPACING_M)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(xy), extend_to=frame))
    point, cell = shapely.STRtree(cells).query(shapely.points(xy), predicate="intersects")
    return [
        shapely.union_all(cells[np.unique(cell[owner[point] == number])])
        for number in range(len(shapes))
    ]


def _planar(
    rough: gpd.GeoSeries, provinces: gpd.GeoSeries, parents: dict[str, str]
) -> gpd.GeoSeries:
    """Build faces of all borders on one grid and hand each to the district that covers it."""
    borders = [*shapely.boundary(rough.to_numpy()), *shapely.boundary(provinces.to_numpy())]
    noded = shapely.union_all(borders, grid_size=_GRID_DEG)
    faces = shapely.get_parts(shapely.polygonize([noded]))
    inner = shapely.point_on_surface(faces)
    province = _holder(inner, provinces.to_numpy())
    faces, inner, province = faces[province >= 0], inner[province >= 0], province[province >= 0]
    codes = provinces.index.to_numpy()[province]
    owners = np.array(
        [_owner(point, rough, parents, code) for point, code in zip(inner, codes, strict=True)]
    )
    shapes = {name: _merged(faces[owners == name]) for name in rough.index}
    return _without_specks(gpd.GeoSeries(shapes, crs=rough.crs), parents)


def _holder(points: Iterable[BaseGeometry], areas: np.ndarray) -> np.ndarray:
    found = np.full(len(list(points)), -1)
    point, area = shapely.STRtree(areas).query(points, predicate="intersects")
    found[point] = area
    return found


def _owner(point: BaseGeometry, rough: gpd.GeoSeries, parents: dict[str, str], code: str) -> str:
    """Name the district of the province that covers a face, or is nearest to it."""
    own = rough[[name for name in rough.index if parents[name] == code]]
    return str(own.index[int(np.argmin(shapely.distance(own.to_numpy(), point)))])


def _merged(faces: np.ndarray) -> BaseGeometry:
    return shapely.normalize(shapely.coverage_union_all(faces))


def _without_specks(shapes: gpd.GeoSeries, parents: dict[str, str]) -> gpd.GeoSeries:
    """Give detached specks to the neighbour of the same province with the longest border."""
    parts = {name: list(shapely.get_parts(shape)) for name, shape in shapes.items()}
    for name, own in {name: tuple(own) for name, own in parts.items()}.items():
        areas_m2 = gpd.GeoSeries(list(own), crs=shapes.crs).to_crs(METRIC).area
        for part, area_m2 in zip(own, areas_m2, strict=True):
            if area_m2 >= _SPECK_M2 or len(parts[name]) == 1:
                continue
            taker = _longest_neighbour(part, name, parts, parents)
            if taker is not None:
                parts[name].remove(part)
                parts[taker].append(part)
    merged = {name: _merged(np.array(own)) for name, own in parts.items()}
    return gpd.GeoSeries(merged, crs=shapes.crs)


def _longest_neighbour(
    speck: BaseGeometry, name: str, parts: dict[str, list[BaseGeometry]], parents: dict[str, str]
) -> str | None:
    borders = {
        other: shapely.length(shapely.intersection(speck, shapely.union_all(rest)))
        for other, rest in parts.items()
        if other != name and parents[other] == parents[name]
    }
    best = max(borders, key=lambda other: borders[other], default=None)
    return best if best is not None and borders[best] > 0 else None
