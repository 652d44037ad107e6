"""Every chainage of a point: where lines meet or run side by side it has several.

An approach is a part of a line that keeps within a tolerance of the point. A line that leaves the
tolerance and comes back makes a second approach; each is answered by its nearest place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geosec.arguments import require_number
from geosec.crs import require_lon_lat
from geosec.geodesy.geodesics import geodesic_distance_m
from geosec.railway.edges import edges_between, index_edges, share_along
from geosec.railway.network import RailNetwork, take_network

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

_DECIMALS = 6  # lines that meet in a station are equally near, whatever the last bits say


def locate_all(
    points: gpd.GeoSeries, *, max_offset_m: float, network: RailNetwork | None = None
) -> pd.DataFrame:
    """Find every km post that a point may be told by, not only the nearest.

    Parameters
    ----------
    points : geopandas.GeoSeries
        Points in any CRS.
    max_offset_m : float
        How far from a line a point may lie, in geodesic metres.
    network : RailNetwork, optional
        The railway; the one that ships with geosec by default.

    Returns
    -------
    pandas.DataFrame
        A long table on the index of `points`, each label once for each hit: ``rank`` (1 for the
        nearest), ``rail_line``, ``rail_km`` (official, kilometres) and ``rail_offset_m``
        (geodesic metres). A line has one row for each approach to the point. A missing point,
        and one with no line in reach, has no rows. Of two lines equally near the one listed
        first comes first.

    Raises
    ------
    ParameterError
        If `max_offset_m` is negative or missing.
    SchemaError
        If one of them is no point.
    CRSError
        If the points have no CRS, or coordinates that it cannot have.

    See Also
    --------
    geosec.locate : The nearest line alone, at any distance.

    Examples
    --------
    >>> import geopandas as gpd
    >>> sibi = gpd.GeoSeries.from_xy([67.877], [29.543], crs="EPSG:4326")
    >>> locate_all(sibi, max_offset_m=5_000)[["rank", "rail_line"]].to_numpy().tolist()
    [[1, 'ML-3'], [2, 'SIBI-KHOST']]
    """
    max_offset_m = require_number(max_offset_m, "max_offset_m", "m")
    points, lon, lat = require_lon_lat(points, "points")
    network = take_network(network)
    edges = edges_between(network.track)
    found = index_edges(edges).nearest(lon, lat, k=len(edges), max_distance_m=max_offset_m)
    km_a, km_b = (edges[name].to_numpy()[found.target_idx] for name in ("km_a", "km_b"))
    km = km_a + share_along(edges, found) * (km_b - km_a)
    order = np.lexsort((found.target_idx, found.point_idx))
    point, edge = found.point_idx[order], found.target_idx[order]
    approach = np.cumsum(_mark_approaches(edges, lon[point], lat[point], point, edge, max_offset_m))
    hits = pd.DataFrame(
        {
            "point": point,
            "rail_line": edges["line_id"].to_numpy()[edge],
            "rail_km": km[order],
            "rail_offset_m": found.distance_m[order].round(_DECIMALS),
        }
    )
    best = hits.groupby(approach)["rail_offset_m"].idxmin()
    hits = hits.loc[best].sort_values(["point", "rail_offset_m"], kind="stable")
    hits.insert(1, "rank", hits.groupby("point").cumcount() + 1)
    return hits.set_index(points.index[hits.pop("point")]).astype({"rail_line": "str"})


def _mark_approaches(
    edges: pd.DataFrame,
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    point: NDArray[np.intp],
    edge: NDArray[np.intp],
    max_offset_m: float,
) -> NDArray[np.bool_]:
    """Mark where a new approach begins: an edge whose first post does not lie in reach as well.

    The distance to a point falls and then rises along a geodesic, so that an edge is in reach on
    one interval, and two neighbours belong together where their common post is in reach.
    """
    line = pd.factorize(edges["line_id"])[0][edge]
    fresh = np.ones(len(edge), dtype="bool")
    fresh[1:] = (np.diff(point) != 0) | (np.diff(edge) != 1) | (np.diff(line) != 0)
    post_lon, post_lat = edges["lon_a"].to_numpy()[edge], edges["lat_a"].to_numpy()[edge]
    return fresh | (geodesic_distance_m(lon, lat, post_lon, post_lat) > max_offset_m)
