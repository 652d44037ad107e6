"""The layers that the command line measures to, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geosec.errors import UnknownNameError, near_misses
from geosec.railway.network import load_rail_network, load_rail_stations
from geosec.reference.boundaries import load_boundaries

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd

_LOADERS: dict[str, Callable[[], gpd.GeoDataFrame]] = {
    "stations": load_rail_stations,
    "lines": lambda: load_rail_network().standing().lines,
    "districts": lambda: load_boundaries("adm2").rename(columns={"adm2_name": "name"}),
}


def load_target(name: str) -> gpd.GeoDataFrame:
    """Load a layer to measure to, EPSG:4326; an unknown name is answered with near misses."""
    if name not in _LOADERS:
        msg = f"there is no layer {name!r} to measure to; {near_misses(name, _LOADERS)}"
        raise UnknownNameError(msg)
    return _LOADERS[name]()
