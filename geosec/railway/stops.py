"""The stops of named trains, as the timetable gives them."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from geosec.crs import STORAGE_CRS
from geosec.data.catalogue import layer_path
from geosec.errors import UnknownNameError, near_misses
from geosec.railway.network import load_rail_network


def load_route(name: str) -> gpd.GeoDataFrame:
    """Load the stops of a named train.

    Parameters
    ----------
    name : str
        Name, number or identifier of the train, such as ``"Jaffar Express"``.

    Returns
    -------
    geopandas.GeoDataFrame
        Stops in order (EPSG:4326), indexed by ``seq``: ``station_id``, ``name``, ``line_id`` and
        ``km_from_origin``, the timetable's distance in kilometres.

    Raises
    ------
    UnknownNameError
        If no route has that name.

    See Also
    --------
    geosec.Route : The way between the stops, measured from the origin.

    Examples
    --------
    >>> load_route("Jaffar Express")["km_from_origin"].iloc[-1]
    np.float64(1632.0)
    """
    routes = load_routes()
    wanted = name.casefold().strip()
    known = {
        spelt.casefold(): route_id
        for route_id, row in routes.drop_duplicates("route_id").set_index("route_id").iterrows()
        for spelt in (route_id, row["route_name"], *row["alt_names"].split(";"))
    }
    if wanted not in known:
        msg = f"there is no train {name!r}; {near_misses(name, routes['route_name'])}"
        raise UnknownNameError(msg)
    stops = routes[routes["route_id"] == known[wanted]].set_index("seq")
    stations = load_rail_network().stations
    table = stops[["station_id", "line_id", "km_from_origin"]].copy()
    table.insert(1, "name", stations["name"].reindex(stops["station_id"]).to_numpy())
    points = stations.geometry.reindex(stops["station_id"]).to_numpy()
    return gpd.GeoDataFrame(table, geometry=points, crs=STORAGE_CRS)


def load_routes() -> pd.DataFrame:
    """Load the table of trains and their stops.

    Returns
    -------
    pandas.DataFrame
        ``route_id``, ``route_name``, ``alt_names``, ``seq``, ``line_id``, ``station_id``,
        ``km_from_origin`` (kilometres), ``source``.

    Examples
    --------
    >>> len(load_routes())
    44
    """
    table = pd.read_csv(layer_path("routes"), keep_default_na=False)
    return table.astype({"km_from_origin": "float64"})
