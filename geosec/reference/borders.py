"""The borders between administrative units, each as uncertain as it was measured to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geosec.arguments import require_text
from geosec.data.catalogue import layer_accuracy_m, layer_path
from geosec.reference.boundaries import find_vintage, load_boundaries
from geosec.shared import build_once

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from geosec.reference.boundaries import Level


def load_borders(level: Level = "adm2", *, on: str | date | None = None) -> gpd.GeoDataFrame:
    """Load the borders between the units of one level, with how far each may be off.

    Parameters
    ----------
    level : {"adm1", "adm2"}
        Between provinces and territories, or between districts; the country has none.
    on : str or datetime.date, optional
        A day from 2010 on, for the borders between the districts of that day. Where two districts
        of 2018 meet they are as accurate as that border; inside one, as the level of those days.

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
        If there is no such level, or `on` is none of the days that `load_boundaries` takes.

    Examples
    --------
    >>> borders = load_borders("adm1").set_index(["one", "other"])
    >>> bool(borders.loc[("PK-BA", "PK-SD"), "positional_accuracy_m"] < 5_000)
    True
    """
    require_text(level, "level", "the name of a level")
    return _borders(level, None if on is None else find_vintage(on)).copy()


@build_once
def _borders(level: Level, vintage: str | None) -> gpd.GeoDataFrame:
    units = load_boundaries(level, on=vintage)
    edges, pair = _share_edges(units.geometry.to_numpy())
    names = units.index.to_numpy()
    pairs, which = np.unique(pair, axis=0, return_inverse=True)
    lines = [
        shapely.line_merge(shapely.multilinestrings(edges[which == at])) for at in range(len(pairs))
    ]
    table = gpd.GeoDataFrame(
        {"one": names[pairs[:, 0]], "other": names[pairs[:, 1]]}, geometry=lines, crs=units.crs
    )
    parts = names if vintage is None else units["parent_code"].to_numpy()
    measured, level_m = _read_accuracy(level), layer_accuracy_m(level)
    inside_m = layer_accuracy_m("adm2_vintages")
    accuracy_m = [
        inside_m if one == other else measured.get((min(one, other), max(one, other)), level_m)
        for one, other in parts[pairs].tolist()
    ]
    return table.assign(positional_accuracy_m=accuracy_m)


@build_once
def _read_accuracy(level: Level) -> dict[tuple[str, str], float]:
    """Read how far each border that was measured may be off, metres, by the two that it parts."""
    table = pd.read_csv(layer_path("border_accuracy"))
    table = table[table["level"] == level]
    pairs = zip(table["one"], table["other"], strict=True)
    return dict(zip(pairs, table["positional_accuracy_m"], strict=True))


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
