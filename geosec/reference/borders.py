"""The borders between administrative units, each as uncertain as it was measured to be."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geosec.arguments import require_text
from geosec.data.catalogue import layer_accuracy_m, layer_path
from geosec.reference.boundaries import load_boundaries

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geosec.reference.boundaries import Level


def load_borders(level: Level = "adm2") -> gpd.GeoDataFrame:
    """Load the borders between the units of one level, with how far each may be off.

    Parameters
    ----------
    level : {"adm1", "adm2"}
        Between provinces and territories, or between districts; the country has none.

    Returns
    -------
    geopandas.GeoDataFrame
        One row for each two units that meet, lines in EPSG:4326: ``one`` and ``other``, the codes
        in order, and ``positional_accuracy_m``, the distance in metres that holds the true border
        with 95 %. Where a border was not measured it is that of the level. The outer border is in
        no row.

    Raises
    ------
    ParameterError
        If there is no such level.

    Examples
    --------
    >>> borders = load_borders("adm1").set_index(["one", "other"])
    >>> bool(borders.loc[("PK-BA", "PK-SD"), "positional_accuracy_m"] < 5_000)
    True
    """
    require_text(level, "level", "the name of a level")
    return _borders(level).copy()


@cache
def _borders(level: Level) -> gpd.GeoDataFrame:
    units = load_boundaries(level).geometry
    edges, pair = _share_edges(units.to_numpy())
    names = units.index.to_numpy()
    pairs, which = np.unique(pair, axis=0, return_inverse=True)
    lines = [
        shapely.line_merge(shapely.multilinestrings(edges[which == at])) for at in range(len(pairs))
    ]
    table = gpd.GeoDataFrame(
        {"one": names[pairs[:, 0]], "other": names[pairs[:, 1]]}, geometry=lines, crs=units.crs
    )
    measured = pd.read_csv(layer_path("border_accuracy")).query("level == @level")
    table = table.merge(
        measured[["one", "other", "positional_accuracy_m"]], how="left", on=["one", "other"]
    )
    accuracy_m = table["positional_accuracy_m"].fillna(layer_accuracy_m(level))
    return table.assign(positional_accuracy_m=accuracy_m)


def _share_edges(
    shapes: NDArray[np.object_],
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Find the edges that two shapes of a coverage share: (n, 2, 2), and the two, in order."""
    parts, holder = shapely.get_parts(shapes, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    inside = ring[1:] == ring[:-1]
    edges = np.stack([xy[:-1], xy[1:]], axis=1)[inside]
    owner = holder[part[ring[:-1][inside]]]
    start, end = edges[:, 0], edges[:, 1]
    turned = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    edges[turned] = edges[turned][:, ::-1]
    order = np.lexsort((owner, *edges.reshape(-1, 4).T))
    edges, owner = edges[order], owner[order]
    twice = np.flatnonzero((edges[1:] == edges[:-1]).all(axis=(1, 2)))
    return edges[twice], np.stack([owner[twice], owner[twice + 1]], axis=1)
