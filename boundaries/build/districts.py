"""The districts: a public-domain drawing, georeferenced and made to nest in the provinces."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from boundaries.build.coverage import Correction, nest
from boundaries.build.georeference import METRIC, Fit, fit_outline
from boundaries.build.svg import outlines

HERE = Path(__file__).parent
_HAIR_PX = 3.0  # gaps between neighbouring shapes of the drawing are narrower than that


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
    shapes = [fit.apply(drawn[label]) for label in table["svg_label"]]
    fitted = gpd.GeoDataFrame(table, geometry=shapes, crs=METRIC)
    residuals_m = _residuals(fit, fitted, metric)
    named = fitted[table["note"].str.startswith("former Frontier") == False]  # noqa: E712
    whole = fitted[["adm2_name", "geometry"]].dissolve("adm2_name").geometry
    named = named.set_index("adm2_name").set_geometry(whole.reindex(named["adm2_name"]))
    nested, corrections = nest(named, provinces, _seats(named))
    return Built(_finished(nested, named), corrections, residuals_m)


def _outline(shapes: list[shapely.Geometry]) -> shapely.Polygon:
    joined = shapely.union_all([shape.buffer(_HAIR_PX, join_style="mitre") for shape in shapes])
    parts = shapely.get_parts(joined.buffer(-_HAIR_PX, join_style="mitre"))
    return max(parts, key=lambda part: part.area)


def _residuals(fit: Fit, fitted: gpd.GeoDataFrame, provinces: gpd.GeoDataFrame) -> dict[str, float]:
    """Measure the fit on the outline, and on province borders that took no part in it."""
    country = provinces.union_all().boundary.buffer(5_000)
    inner = shapely.union_all(provinces.boundary.to_numpy()).difference(country)
    points = shapely.points(shapely.get_coordinates(shapely.segmentize(inner, 2_000.0)))
    away_m = shapely.distance(points, shapely.union_all(fitted.boundary.to_numpy()))
    return {
        "outline_median": float(np.median(fit.residual_m)),
        "outline_p90": float(np.quantile(fit.residual_m, 0.9)),
        "inner_median": float(np.median(away_m)),
        "inner_p90": float(np.quantile(away_m, 0.9)),
        "inner_p95": float(np.quantile(away_m, 0.95)),
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


def slug(name: str) -> str:
    """Write a name in lower-case letters and hyphens.

    Parameters
    ----------
    name : str
        Of a district.

    Returns
    -------
    str

    Examples
    --------
    >>> slug("Dera Ismail Khan")
    'dera-ismail-khan'
    """
    return re.sub(r"[^a-z]+", "-", name.lower()).strip("-")
