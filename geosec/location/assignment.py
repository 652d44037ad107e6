"""Which district and which kilometre of railway: assignments with their probabilities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from geosec.errors import ParameterError, near_misses
from geosec.location.sampling import sample
from geosec.reference.boundaries import Level, load_boundaries
from geosec.reference.railway import RailNetwork, load_rail_network
from geosec.reference.referencing import RailLocator
from geosec.schema import conform, require_located

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

_INTERVAL = (0.025, 0.975)


def assign_boundaries(
    located: gpd.GeoDataFrame,
    levels: Sequence[Level] = ("adm1", "adm2"),
    *,
    draws: int = 199,
    seed: int = 0,
) -> gpd.GeoDataFrame:
    """Say in which province and district each incident lies, and how probably.

    Each level is judged by itself: the unit that holds most of the draws is named, and its share
    of them is the probability. Draws that fall in no unit (abroad, at sea) count against it.

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
    places = sample(located, draws, seed)
    table = conform(located, "boundaries")
    for level in levels:
        units = load_boundaries(level)
        unit, share = _most_probable(located.geometry, places, units)
        there = unit >= 0
        for column, values in (
            (f"{level}_name", units[f"{level}_name"]),
            (f"{level}_code", units.index),
        ):
            names = np.full(len(table), None, dtype="object")
            names[there] = values.to_numpy()[unit[there]]
            table[column] = pd.Series(names, index=table.index, dtype="str")
        table[f"{level}_prob"] = np.where(there, share, np.nan)
    return table


def _most_probable(
    best: gpd.GeoSeries, places: NDArray[np.float64], units: gpd.GeoDataFrame
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Count draws in units; of two with the same count the one of the best point wins."""
    rows, draws, _ = places.shape
    inside = _unit_of(units, places[..., 0].ravel(), places[..., 1].ravel()).reshape(rows, draws)
    counts = np.zeros((rows, len(units) + 1))
    np.add.at(counts, (np.arange(rows)[:, None], inside), 1)
    counts = counts[:, :-1]  # the last column, -1, gathers the draws in no unit
    own = _unit_of(units, best.x.to_numpy(), best.y.to_numpy())
    at_best = np.flatnonzero(own >= 0)
    favour = counts.copy()
    favour[at_best, own[at_best]] += 0.5 * (counts[at_best, own[at_best]] > 0)
    unit = np.where(counts.any(axis=1), favour.argmax(axis=1), -1)
    share = counts[np.arange(rows), np.maximum(unit, 0)] / draws
    return unit, share


def _unit_of(
    units: gpd.GeoDataFrame, lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> NDArray[np.intp]:
    """Give the position of the unit that holds each point, -1 for none."""
    found = np.full(lon.shape, -1, dtype="intp")
    there = np.flatnonzero(~np.isnan(lon))
    points = shapely.points(lon[there], lat[there])
    point, unit = units.sindex.query(points, predicate="intersects")
    found[there[point[::-1]]] = unit[::-1]  # reversed: on a shared border the first unit stays
    return found


def locate_on_rail(
    located: gpd.GeoDataFrame,
    *,
    max_offset_m: float = 25_000,
    draws: int = 199,
    seed: int = 0,
    network: RailNetwork | None = None,
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
    places = sample(located, draws, seed)
    line = _nearest_line(located.geometry, places, network)
    line = _named_line(located, line, network)
    parts = [
        _on_line(located.geometry[line == line_id], places[line == line_id], posts, max_offset_m)
        for line_id, posts in network.posts.groupby("line_id", sort=False)
        if (line == line_id).any()
    ]
    table = conform(located, "rail")
    if parts:
        found = pd.concat(parts)
        for column in found.columns:
            table[column] = found[column].reindex(table.index)
    return conform(table, "rail")


def _nearest_line(
    best: gpd.GeoSeries, places: NDArray[np.float64], network: RailNetwork
) -> NDArray[np.object_]:
    """Name the line nearest to most draws; of two with as many, that of the best point."""
    locator = RailLocator.of_posts(network.posts)
    rows, draws, _ = places.shape
    of_draws, _, _ = locator(places[..., 0].ravel(), places[..., 1].ravel())
    of_best, _, _ = locator(best.x.to_numpy(), best.y.to_numpy())
    names = list(network.lines.index)
    votes = pd.Categorical(of_draws, categories=names).codes.reshape(rows, draws)
    counts = np.stack([(votes == code).sum(axis=1) for code in range(len(names))], axis=1)
    own = pd.Categorical(of_best, categories=names).codes
    placed = np.flatnonzero(own >= 0)
    favour = counts.astype("float64")
    favour[placed, own[placed]] += 0.5
    line: NDArray[np.object_] = np.array(names, dtype="object")[favour.argmax(axis=1)]
    line[own < 0] = None
    return line


def _named_line(
    located: gpd.GeoDataFrame, line: NDArray[np.object_], network: RailNetwork
) -> NDArray[np.object_]:
    """Keep the line that the phrase was read as, where two share a track."""
    if "match_id" not in located.columns:
        return line
    parts = located["match_id"].fillna("").str.split(":", n=2)
    named = [
        each[1] if each[0] == "rail" and each[1] in network.lines.index else None for each in parts
    ]
    return np.array([own or other for own, other in zip(named, line, strict=True)], dtype="object")


def _on_line(
    best: gpd.GeoSeries, places: NDArray[np.float64], posts: gpd.GeoDataFrame, max_offset_m: float
) -> pd.DataFrame:
    """Fill the rail columns for incidents that belong to one line."""
    locator = RailLocator.of_posts(posts)
    line, km, offset_m = locator(best.x.to_numpy(), best.y.to_numpy())
    shape = places.shape[:2]
    _, draw_km, draw_offset_m = locator(places[..., 0].ravel(), places[..., 1].ravel())
    reached = draw_offset_m.reshape(shape) <= max_offset_m
    low, high = _interval(np.where(reached, draw_km.reshape(shape), np.nan))
    near = offset_m <= max_offset_m
    posts_km, names = posts["km"].to_numpy(), posts["name"].to_numpy()
    after = np.clip(np.searchsorted(posts_km, km, side="right"), 1, len(posts_km) - 1)
    table = pd.DataFrame({"rail_line": line}, index=best.index.astype("str"))
    table["rail_km"] = np.where(near, km, np.nan)
    table["rail_km_low"] = np.where(near, np.fmin(low, km), np.nan)
    table["rail_km_high"] = np.where(near, np.fmax(high, km), np.nan)
    table["rail_offset_m"] = offset_m
    table["rail_prob"] = reached.mean(axis=1)
    table["rail_prev_station"] = np.where(near, names[after - 1], None)
    table["rail_next_station"] = np.where(near, names[after], None)
    return table


def _interval(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the 2.5 % and 97.5 % quantiles of each row, NaN where it holds nothing."""
    low, high = np.full(len(values), np.nan), np.full(len(values), np.nan)
    filled = ~np.isnan(values).all(axis=1)
    if filled.any():
        low[filled], high[filled] = np.nanquantile(values[filled], _INTERVAL, axis=1)
    return low, high
