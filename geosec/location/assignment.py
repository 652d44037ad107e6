"""Which district and which kilometre of railway: assignments with their probabilities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geosec.errors import ParameterError, near_misses
from geosec.location.on_rail import OnRail
from geosec.location.units import Units, assigned
from geosec.reference.railway import RailNetwork, load_rail_network
from geosec.schema import conform, require_located

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

    from geosec.reference.boundaries import Level


def assign_boundaries(
    located: gpd.GeoDataFrame,
    levels: Sequence[Level] = ("adm1", "adm2"),
    *,
    draws: int = 199,
    seed: int = 0,
    layer_accuracy: bool = True,
) -> gpd.GeoDataFrame:
    """Say in which province and district each incident lies, and how probably.

    Each level is judged by itself: the unit that holds most of the draws is named, and its share
    of them is the probability. Draws that fall in no unit (abroad, at sea) count against it.
    Draws are made only where the answer is open: a place certainly farther from every border than
    the border may be off is in its unit with probability 1.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Geocoded incidents in any CRS.
    levels : sequence of {"adm1", "adm2"}
        Provinces, districts or both.
    draws : int, default 199
        Draws for each incident; the standard error of a probability p is at most
        ``sqrt(p (1 - p) / draws)``.
    seed : int, default 0
        Seed of the draws.
    layer_accuracy : bool, default True
        Whether borders are as uncertain as their layer says (``positional_accuracy_m``), or lie
        exactly where they are drawn.

    Returns
    -------
    geopandas.GeoDataFrame
        A new table in EPSG:4326 with ``adm1_name``, ``adm1_code``, ``adm1_prob`` and the same
        for adm2; missing where there is no place, or none of the draws lies in a unit.

    Raises
    ------
    SchemaError
        If the table has not been geocoded, or ``geometry`` holds something else than points.
    ParameterError
        If a level is unknown.
    CRSError
        If the table has no CRS, or coordinates that it cannot have.

    Examples
    --------
    >>> import geosec
    >>> quetta = geosec.assign_boundaries(geosec.geocode(["Quetta"]))
    >>> quetta["adm2_name"].item()
    'Quetta'
    """
    located = require_located(located, "assign_boundaries")
    known = ("adm1", "adm2")
    for level in levels:
        if level not in known:
            msg = f"boundaries are assigned by level, and {level!r} is none; "
            raise ParameterError(msg + near_misses(level, known))
    if draws < 1:
        msg = f"`draws` must be 1 or more, and is {draws}."
        raise ParameterError(msg)
    table = conform(located, "boundaries")
    layers = [Units.load(level, exact=not layer_accuracy) for level in levels]
    for units, (unit, share) in zip(layers, assigned(located, layers, draws, seed), strict=True):
        table[f"{units.level}_name"] = _taken(units.layer[f"{units.level}_name"], unit, table.index)
        table[f"{units.level}_code"] = _taken(units.layer.index, unit, table.index)
        table[f"{units.level}_prob"] = np.where(unit >= 0, share, np.nan)
    return table


def _taken(names: pd.Series | pd.Index, which: NDArray[np.int64], index: pd.Index) -> pd.Series:
    """Give each row its name, missing where there is none."""
    values = pd.array(names.to_numpy(), dtype="str").take(which, allow_fill=True)
    return pd.Series(values, index=index)


def locate_on_rail(
    located: gpd.GeoDataFrame,
    *,
    max_offset_m: float = 25_000,
    draws: int = 199,
    seed: int = 0,
    network: RailNetwork | None = None,
    layer_accuracy: bool = True,
) -> gpd.GeoDataFrame:
    """Say at which kilometre of which railway line each incident lies.

    The line is the one nearest to most of the draws. ``rail_offset_m`` and ``rail_km`` are those
    of the best point; ``rail_km_low`` and ``rail_km_high`` hold 95 % of the draws that lie within
    `max_offset_m` of the line; ``rail_prob`` is the share of all draws that do.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Geocoded incidents in any CRS.
    max_offset_m : float, default 25000
        Farther from the line than so many metres, a place has no chainage.
    draws : int, default 199
        Draws for each incident.
    seed : int, default 0
        Seed of the draws.
    network : RailNetwork, optional
        The railway; by default the one that ships with geosec, without lines whose track was
        dismantled.
    layer_accuracy : bool, default True
        Whether ``rail_prob`` takes the line to be as uncertain as its layer says.

    Returns
    -------
    geopandas.GeoDataFrame
        A new table in EPSG:4326 with the columns ``rail_line``, ``rail_km``, ``rail_km_low``,
        ``rail_km_high`` (official km posts, kilometres), ``rail_offset_m`` (metres),
        ``rail_prob``, ``rail_prev_station`` and ``rail_next_station``. Where the best point lies
        farther than `max_offset_m` there is no chainage: km and stations are missing.

    Raises
    ------
    SchemaError
        If the table has not been geocoded, or ``geometry`` holds something else than points.
    ParameterError
        If `max_offset_m` is negative.
    CRSError
        If the table has no CRS, or coordinates that it cannot have.

    Examples
    --------
    >>> import geosec
    >>> phrase = "the Jaffar Express between Pehro Kunri and Panir, Bolan"
    >>> train = geosec.locate_on_rail(geosec.geocode([phrase]))
    >>> train["rail_line"].item(), train["rail_prev_station"].item()
    ('ML-3', 'Pehro Kunri')
    """
    located = require_located(located, "locate_on_rail")
    if not max_offset_m >= 0:
        msg = f"`max_offset_m` must be 0 m or more, and is {max_offset_m}."
        raise ParameterError(msg)
    network = network or load_rail_network().standing()
    on_rail = OnRail(network, max_offset_m, exact=not layer_accuracy)
    found = on_rail.locate(located, draws, seed)
    table = conform(located, "rail")
    table["rail_line"] = _taken(network.lines.index, found.line, table.index)
    table["rail_km"], table["rail_offset_m"] = found.km, found.offset_m
    table["rail_km_low"], table["rail_km_high"] = found.km_low, found.km_high
    table["rail_prob"] = found.share
    names = network.posts["name"]
    table["rail_prev_station"] = _taken(names, found.post_before, table.index)
    table["rail_next_station"] = _taken(names, found.post_after, table.index)
    return table
