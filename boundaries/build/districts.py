"""The districts: a public-domain drawing, georeferenced and made to nest in the provinces."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from boundaries.build.control import carry_borders, lay_borders, read_control
from boundaries.build.coverage import nest
from boundaries.build.georeference import METRIC, fit_outline
from boundaries.build.place_names import slug
from boundaries.build.reference import join_units, read_parents
from boundaries.build.svg import outlines

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = Path(__file__).parent
_HAIR_PX = 3.0  # gaps between neighbouring shapes of the drawing are narrower than that

_CELL_M = 1.0  # what is fitted is rounded to it, so that one machine's last digits decide nothing


@dataclass(frozen=True)
class Built:
    """The district layer and what was measured while it was made.

    Attributes
    ----------
    districts : geopandas.GeoDataFrame
        The districts of 2018, indexed by ``adm2_code``, EPSG:4326.
    units : geopandas.GeoSeries
        The districts of 2022, indexed by P-code, which nest in them.
    drawn : geopandas.GeoSeries
        The districts of 2018 before they were carried over the control points.
    """

    districts: gpd.GeoDataFrame
    units: gpd.GeoSeries
    drawn: gpd.GeoSeries


def build_districts(package: Path, provinces: gpd.GeoDataFrame) -> Built:
    """Make the district layer: the drawing carried over its control points.

    Parameters
    ----------
    package : pathlib.Path
        Folder of the drawing's package.
    provinces : geopandas.GeoDataFrame
        Polygons in EPSG:4326, indexed by ``adm1_code``.

    Returns
    -------
    Built
    """
    drawn = draw_districts(package, provinces)
    parents = read_parents()
    shapes = drawn.set_index("adm2_code").geometry
    borders = carry_borders(read_control(), shapes, parents)
    units = lay_borders(borders, shapes, parents)
    joined = join_units(units)
    districts = drawn.set_index("adm2_code").sort_index()
    districts = districts.set_geometry(joined.reindex(districts.index))
    require_seats(districts)
    return Built(districts.drop(columns=["seat_longitude", "seat_latitude"]), units, shapes)


def draw_districts(package: Path, provinces: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Fit the drawing to the country's outline and make its districts nest in the provinces.

    Gives the districts of 2018 in EPSG:4326, a valid coverage, with codes, names and seats.
    """
    drawn = outlines(package / "package" / "pakistan.districts.svg")
    table = pd.read_csv(HERE / "districts.csv", keep_default_na=False)
    unknown = set(drawn) ^ set(table["svg_label"])
    if unknown:
        msg = f"districts.csv and the drawing do not name the same shapes: {sorted(unknown)}"
        raise ValueError(msg)
    fit = fit_outline(_outline(list(drawn.values())), provinces.to_crs(METRIC).union_all())
    shapes = [_rounded(fit.apply(drawn[label])) for label in table["svg_label"]]
    fitted = _one_each(gpd.GeoDataFrame(table, geometry=shapes, crs=METRIC))
    return _finished(nest(fitted, provinces), fitted)


def require_seats(districts: gpd.GeoDataFrame) -> None:
    """Refuse districts whose headquarters lie outside, and name them."""
    known = districts[districts["seat"] != ""]
    seats = gpd.points_from_xy(
        pd.to_numeric(known["seat_longitude"]), pd.to_numeric(known["seat_latitude"]), crs=4326
    )
    outside = known[~known.geometry.contains(gpd.GeoSeries(seats, index=known.index))]
    if len(outside):
        found = ", ".join(f"{row.seat} of {row.adm2_name}" for row in outside.itertuples())
        msg = f"headquarters lie outside their districts: {found}"
        raise ValueError(msg)


def _rounded(shape: shapely.Geometry) -> shapely.Geometry:
    return shapely.transform(shape, lambda xy: np.round(xy / _CELL_M) * _CELL_M)


def _outline(shapes: Iterable[shapely.Geometry]) -> shapely.Polygon:
    return max(shapely.get_parts(_joined(shapes)), key=lambda part: part.area)


def _joined(shapes: Iterable[shapely.Geometry]) -> shapely.Geometry:
    """Join shapes of the drawing across the hairs between them."""
    wide = shapely.union_all([shape.buffer(_HAIR_PX, join_style="mitre") for shape in shapes])
    return wide.buffer(-_HAIR_PX, join_style="mitre")


def _one_each(fitted: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Merge the former Frontier Regions into their districts; index by district."""
    named = fitted[~fitted["note"].str.startswith("former Frontier")].set_index("adm2_name")
    whole = fitted[["adm2_name", "geometry"]].dissolve("adm2_name").geometry
    return named.set_geometry(whole.reindex(named.index))


def _finished(nested: gpd.GeoDataFrame, named: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    seats = {"longitude": "seat_longitude", "latitude": "seat_latitude"}
    table = nested.join(named[["alt_names", "seat", *seats]].rename(columns=seats))
    table["adm2_name"] = table.index
    table["adm2_code"] = [
        f"{code}-{slug(name)}" for code, name in zip(table["adm1_code"], table.index, strict=True)
    ]
    columns = ["adm2_code", "adm2_name", "alt_names", "adm1_code", "seat", *seats.values()]
    return table[[*columns, "geometry"]].sort_values("adm2_code").reset_index(drop=True)
