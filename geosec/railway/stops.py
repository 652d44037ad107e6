"""The stops of named trains, as the timetable gives them."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from geosec.arguments import require_text
from geosec.crs import STORAGE_CRS
from geosec.data.catalogue import layer_path
from geosec.errors import UnknownNameError, near_misses
from geosec.railway.network import load_rail_network
from geosec.reference.toponyms import normalise
from geosec.shared import build_once


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
    train = find_train(require_text(name, "name", "the name of a train"))
    if train is None:
        msg = f"there is no train {name!r}; {near_misses(name, routes['route_name'])}"
        raise UnknownNameError(msg)
    stops = routes[routes["route_name"] == train].set_index("seq")
    stations = load_rail_network().stations
    table = stops[["station_id", "line_id", "km_from_origin"]].copy()
    table.insert(1, "name", stations["name"].reindex(stops["station_id"]).to_numpy())
    points = stations.geometry.reindex(stops["station_id"]).to_numpy()
    return gpd.GeoDataFrame(table, geometry=points, crs=STORAGE_CRS)


def find_train(name: str) -> str | None:
    """Find the name by which the timetable lists a train; None if it lists no such train.

    The train may go by name, number or identifier, in any case, with or without an article.
    """
    return _listed_names().get(_key_of(name))


@build_once
def _listed_names() -> dict[str, str]:
    """Map all that a train is called to the name that the timetable lists."""
    trains = load_routes().drop_duplicates("route_id")
    columns = (trains[column] for column in ("route_id", "route_name", "alt_names"))
    names = {
        _key_of(spelt): listed
        for route_id, listed, others in zip(*columns, strict=True)
        for spelt in (route_id, listed, *others.split(";"))
    }
    names.pop("", None)
    return names


def _key_of(name: str) -> str:
    """Give what the ways to write a train's name have in common."""
    return normalise(name).removeprefix("the ")


def load_routes() -> pd.DataFrame:
    """Load the timetable: one row for each stop of each train.

    ``route_id``, ``route_name``, ``alt_names``, ``seq``, ``line_id``, ``station_id``,
    ``km_from_origin`` (km) and ``source``.
    """
    table = pd.read_csv(layer_path("routes"), keep_default_na=False)
    return table.astype({"km_from_origin": "float64"})
