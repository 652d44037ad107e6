"""The ground of a map: boundaries, railway, towns, as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from geosec.maps.encoding import DRAWN_DEG, _geojson

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import pandas as pd

_NAMED_DEG2 = 1.5  # a smaller province has no room for its name
_CITY = 500_000
_TOWNS = ((800_000, 5), (150_000, 6), (40_000, 7), (10_000, 8), (0, 9))


def basemap_data(
    boundaries: Mapping[str, gpd.GeoDataFrame],
    rail: tuple[gpd.GeoDataFrame, gpd.GeoDataFrame],
    places: pd.DataFrame,
    *,
    tiles: bool = False,
) -> dict[str, Any]:
    """Collect what the base map draws.

    Parameters
    ----------
    boundaries : mapping of str to geopandas.GeoDataFrame
        ``adm0``, ``adm1`` and ``adm2`` in EPSG:4326, coverages.
    rail : (geopandas.GeoDataFrame, geopandas.GeoDataFrame)
        Lines and stations in EPSG:4326.
    places : pandas.DataFrame
        Places of a gazetteer; towns of it are labelled by population.
    tiles : bool, default False
        Whether tiles lie underneath, so that the country is not filled.

    Returns
    -------
    dict
        Plain values, degrees.

    Examples
    --------
    >>> import geosec
    >>> levels = {level: geosec.load_boundaries(level) for level in ("adm0", "adm1", "adm2")}
    >>> rail = geosec.load_rail_lines(), geosec.load_rail_stations()
    >>> towns = geosec.load_gazetteer().places
    >>> sorted(basemap_data(levels, rail, towns))[:3]
    ['country', 'districts', 'provinces']
    """
    lines, stations = rail
    towns = _towns(places)
    named = {town["name"] for town in towns}
    return {
        "country": _geojson(_coarse(boundaries["adm0"])),
        "provinces": _geojson(_coarse(boundaries["adm1"])),
        "districts": _geojson(_coarse(boundaries["adm2"])),
        "rail": _geojson(lines.geometry.to_numpy()),
        "stations": [
            {
                "name": "" if name in named else name,
                "lat": round(point.y, 4),
                "lon": round(point.x, 4),
                "zoom": 10,
                "kind": "station",
            }
            for name, point in zip(stations["name"], stations.geometry, strict=True)
        ],
        "towns": [*_provinces(boundaries["adm1"]), *towns],
        "tiles": tiles,
    }


def _coarse(layer: gpd.GeoDataFrame) -> Any:
    return shapely.coverage_simplify(layer.geometry.to_numpy(), DRAWN_DEG)


def _provinces(layer: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    layer = layer[shapely.area(layer.geometry.to_numpy()) > _NAMED_DEG2]
    middles = layer.geometry.representative_point()
    return [
        {
            "name": name,
            "lat": round(at.y, 3),
            "lon": round(at.x, 3),
            "zoom": 5,
            "until": 7,
            "kind": "province",
        }
        for name, at in zip(layer["adm1_name"], middles, strict=True)
    ]


def _towns(places: pd.DataFrame) -> list[dict[str, Any]]:
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
