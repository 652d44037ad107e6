"""The districts: a public-domain drawing, georeferenced and made to nest in the provinces."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from boundaries.build.coverage import Correction, nest
from boundaries.build.georeference import METRIC, Fit, fit_outline
from boundaries.build.place_names import slug
from boundaries.build.svg import outlines

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = Path(__file__).parent
_HAIR_PX = 3.0  # gaps between neighbouring shapes of the drawing are narrower than that

# The drawing gives Washuk's tehsil Basima to Kharan, and Washuk's seat with it. Kharan ends at
# 27 deg 59' 17" N and has 14,958 km2 (https://pakistanalmanac.com/balochistan-kharan/); Washuk
# reaches round it to Basima and has 33,093 km2 (http://besima.blogspot.com/2012/). Drawn were
# 22,600 and 25,300 km2; with the ground south of that parallel they are 13,800 and 34,000 km2.
_TOO_FAR_SOUTH, _RIGHT_SOUTH, _PARALLEL_DEG = "Kharan", "Washuk", 27 + 59 / 60 + 17 / 3600


@dataclass(frozen=True)
class Built:
    """The district layer and what was measured while it was made.

    Attributes
    ----------
    districts : geopandas.GeoDataFrame
        Indexed by ``adm2_code``, EPSG:4326.
    corrections : list of Correction
        Borders moved for a headquarters town.
    residuals_m : dict of str to float
        Medians and quantiles of the fit, metres.
    """

    districts: gpd.GeoDataFrame
    corrections: list[Correction]
    residuals_m: dict[str, float]


def build_districts(package: Path, provinces: gpd.GeoDataFrame) -> Built:
    """Make the district layer.

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
    drawn = outlines(package / "package" / "pakistan.districts.svg")
    table = pd.read_csv(HERE / "districts.csv", keep_default_na=False)
    unknown = set(drawn) ^ set(table["svg_label"])
    if unknown:
        msg = f"districts.csv and the drawing do not name the same shapes: {sorted(unknown)}"
        raise ValueError(msg)
    metric = provinces.to_crs(METRIC)
    fit = fit_outline(_outline(list(drawn.values())), metric.union_all())
    own = [drawn[label] for label in table["svg_label"]]
    residuals_m = _residuals(fit, gpd.GeoDataFrame(table, geometry=own), metric)
    fitted = gpd.GeoDataFrame(table, geometry=[fit.apply(shape) for shape in own], crs=METRIC)
    districts = _mended(_one_each(fitted))
    nested, corrections = nest(districts, provinces, _seats(districts))
    return Built(_finished(nested, districts), corrections, residuals_m)


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


def _mended(districts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give the south of Kharan to Washuk."""
    shapes = districts.geometry.copy()
    south = shapely.segmentize(shapely.box(60, 20, 80, _PARALLEL_DEG), 0.05)
    south = gpd.GeoSeries([south], crs="EPSG:4326").to_crs(METRIC).item()
    taken = shapes[_TOO_FAR_SOUTH].intersection(south)
    shapes[_TOO_FAR_SOUTH] = shapes[_TOO_FAR_SOUTH].difference(south)
    shapes[_RIGHT_SOUTH] = shapely.union_all([shapes[_RIGHT_SOUTH], taken])
    return districts.set_geometry(shapes)


def _residuals(fit: Fit, drawn: gpd.GeoDataFrame, provinces: gpd.GeoDataFrame) -> dict[str, float]:
    """Measure the fit on the outline, and on province borders that took no part in it."""
    whole = provinces.union_all().boundary.buffer(5_000)
    inner = shapely.union_all(provinces.boundary.to_numpy()).difference(whole)
    points = shapely.points(shapely.get_coordinates(shapely.segmentize(inner, 2_000.0)))
    joined = [fit.apply(_joined(own)) for _, own in drawn.groupby("adm1_code").geometry]
    away_m = shapely.distance(points, shapely.union_all(shapely.boundary(joined)))
    return {
        "outline_median": float(np.median(fit.residual_m)),
        "outline_p90": float(np.quantile(fit.residual_m, 0.9)),
        "inner_median": float(np.median(away_m)),
        "inner_p90": float(np.quantile(away_m, 0.9)),
        "inner_p95": float(np.quantile(away_m, 0.95)),
        "inner_most": float(away_m.max()),
    }


def _seats(named: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    known = named[named["seat"] != ""]
    points = gpd.points_from_xy(known["longitude"], known["latitude"], crs="EPSG:4326")
    return gpd.GeoDataFrame({"seat": known["seat"]}, geometry=points, index=known.index)


def _finished(nested: gpd.GeoDataFrame, named: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    table = nested.join(named[["alt_names", "seat"]])
    table["adm2_name"] = table.index
    table["adm2_code"] = [
        f"{code}-{slug(name)}" for code, name in zip(table["adm1_code"], table.index, strict=True)
    ]
    columns = ["adm2_code", "adm2_name", "alt_names", "adm1_code", "seat", "geometry"]
    return table[columns].set_index("adm2_code").sort_index()
