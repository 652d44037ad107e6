"""The ground of a map: boundaries, railway and towns, as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from geosec.maps.encoding import DRAWN_DEG, encode_shapes

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import pandas as pd

_NAMED_DEG2 = 1.5  # a smaller province has no room for its name
_CITY = 500_000
#: Population from which a town is named, and the zoom of the map from which it is.
_TOWNS = ((800_000, 5), (150_000, 6), (40_000, 7), (10_000, 8), (0, 9))


def collect_basemap(
    boundaries: Mapping[str, gpd.GeoDataFrame],
    rail: tuple[gpd.GeoDataFrame, gpd.GeoDataFrame],
    rivers: gpd.GeoSeries,
    places: pd.DataFrame,
    *,
    tiles: bool = False,
) -> dict[str, Any]:
    """Collect what the base map draws, in degrees of EPSG:4326.

    `boundaries` are the coverages ``adm0``, ``adm1`` and ``adm2``, `rail` the lines and the
    stations, `places` those of a gazetteer, whose towns are labelled by population. Where tiles
    lie underneath, the country is not filled.
    """
    lines, stations = rail
    towns = label_towns(places)
    named = {town["name"] for town in towns}
    return {
        "country": encode_shapes(_simplify(boundaries["adm0"])),
        "provinces": encode_shapes(_simplify(boundaries["adm1"])),
        "districts": encode_shapes(_simplify(boundaries["adm2"])),
        "rivers": encode_shapes(rivers),
        "rail": encode_shapes(lines.geometry.to_numpy()),
        "stations": label_stations(stations, named),
        "towns": [*label_provinces(boundaries["adm1"]), *towns],
        "tiles": tiles,
    }


def _simplify(layer: gpd.GeoDataFrame) -> Any:
    return shapely.coverage_simplify(layer.geometry.to_numpy(), DRAWN_DEG)


def label_stations(stations: gpd.GeoDataFrame, named: set[str]) -> list[dict[str, Any]]:
    """Label stations, with their km posts in the column ``km_posts`` if there is one.

    One that is called as its town has no name of its own on the map.
    """
    posts = stations["km_posts"] if "km_posts" in stations.columns else [""] * len(stations)
    return [
        {
            "name": "" if name in named else name,
            "lat": round(point.y, 4),
            "lon": round(point.x, 4),
            "zoom": 10,
            "kind": "station",
            **({"km": post} if post else {}),
        }
        for name, point, post in zip(stations["name"], stations.geometry, posts, strict=True)
    ]


def label_provinces(layer: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Label areas by their ``adm1_name``, where there is room for it."""
    layer = layer[shapely.area(layer.geometry.to_numpy()) > _NAMED_DEG2]
    middles = layer.geometry.representative_point()
    return [
        {
            "name": name,
            "lat": round(middle.y, 3),
            "lon": round(middle.x, 3),
            "zoom": 5,
            "until": 7,
            "kind": "province",
        }
        for name, middle in zip(layer["adm1_name"], middles, strict=True)
    ]


def label_towns(places: pd.DataFrame) -> list[dict[str, Any]]:
    """Label towns, the more people the farther away."""
    towns = places[
        (places["feature_class"] == "town")
        & places["latitude"].notna()
        & (places["population"] > 0)
    ].sort_values(["population", "name"], ascending=[False, True])
    return [
        {
            "name": row.name,
            "lat": round(row.latitude, 4),
            "lon": round(row.longitude, 4),
            "zoom": next(zoom for least, zoom in _TOWNS if row.population >= least),
            "kind": "city" if row.population >= _CITY else "town",
        }
        for row in towns[["name", "latitude", "longitude", "population"]].itertuples(index=False)
    ]
