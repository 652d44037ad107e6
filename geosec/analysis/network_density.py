"""The density of incidents along a railway, and how sure it is which stretch has most."""

from __future__ import annotations

import warnings
from copy import deepcopy
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import numpy as np

from geosec.analysis.incident_draws import IncidentDraws
from geosec.analysis.network_diffusion import TrackDiffusion
from geosec.arguments import describe_given, require_number, require_options
from geosec.errors import GeosecWarning, ParameterError
from geosec.located import require_coordinates
from geosec.railway.lixels import Lixels, cut_lixels
from geosec.railway.network import RailNetwork, take_network
from geosec.storage.provenance import note_step
from geosec.uncertainty.open_rows import find_interval
from geosec.uncertainty.sampling import require_draws

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Counts = NDArray[np.int32]

_MOST_CELLS = 40_000_000  # lixels times draws that are held at once
_BLOCK = 4_000_000  # of them, sorted at a time
_STEP_SHARE, _STEP_M = 0.1, 1_000.0  # of the bandwidth; without one
_MAX_OFFSET_M, _TOP_SHARE = 5_000.0, 0.05
_LONGEST_M = 20_000_000  # half round the Earth: beyond any railway


class DensityOptions(TypedDict, total=False):
    """What `estimate_network_density` is seldom given; its docstring explains each."""

    step_m: float
    max_offset_m: float
    top_share: float


def estimate_network_density(
    incidents: gpd.GeoDataFrame,
    network: RailNetwork | None = None,
    *,
    bandwidth_m: float = 10_000,
    draws: int = 199,
    seed: int = 0,
    **options: Unpack[DensityOptions],
) -> gpd.GeoDataFrame:
    """Estimate how many incidents there are on each kilometre of a railway, and how sure that is.

    In every draw each incident is put where it may have happened; if that is near the railway, it
    goes to the nearest track and is spread along it by a Gaussian kernel, over junctions by the
    equal-split continuous rule of Okabe, Satoh and Sugihara (2009): no mass is lost, and none
    is made at a junction or a dead end.

    Parameters
    ----------
    incidents : geopandas.GeoDataFrame
        Points in any CRS: geocoded incidents, or a GeoDataFrame of your own, whose points are exact
        where it has no ``uncertainty_m``.
    network : RailNetwork, optional
        The railway, of any country: `RailNetwork.from_table` makes one of your own. By default that
        of Pakistan, which ships with geosec, without lines whose track was dismantled.
    bandwidth_m : float, default 10000
        Standard deviation of the kernel in metres along the track: 68 % of an incident stays
        within it, 95 % within twice as far. With 0 nothing is spread.
    draws : int, default 199
        Draws for each incident, by itself. With 0 the best points alone are taken, and intervals
        and probabilities are missing.
    seed : int, default 0
        Seed of the draws.
    **options
        ``step_m``, a tenth of the bandwidth by default: how long lixels, the pieces that the
        railway is cut into, are at the most, in metres. ``max_offset_m``, 5,000 by default: a draw
        farther from the railway, in metres, is not on it and does not count. ``top_share``, 0.05
        by default: the share of the railway's length that counts as its top.

    Returns
    -------
    geopandas.GeoDataFrame
        A row for each lixel in EPSG:4326, line by line: ``rail_line``, ``km_from`` and ``km_to``
        (official posts, kilometres; missing between two posts that the track contradicts, as
        `geosec.load_chainage_breaks` lists them), ``station_from`` and ``station_to`` (the posts
        before and behind it), ``length_km`` (geodesic), ``density_per_km`` (incidents per km of
        track, the mean over draws), ``density_per_km_low`` and ``density_per_km_high`` (which hold
        95 % of the draws), ``top_prob`` (the share of draws in which the lixel is in the top) and
        the track as geometry. Density times length sums up to the incidents that are on the
        railway, ``incidents_on_track`` of the step in ``attrs``; beside it stand how many have no
        place, and how many lie out of reach in every draw.

    Raises
    ------
    SchemaError
        If the table has no points, or something else than points.
    ParameterError
        If `bandwidth_m`, ``max_offset_m`` or `draws` is negative, ``step_m`` is not above 0,
        ``top_share`` does not lie between 0 and 1, or the lixels are too many for memory.
    CRSError
        If the table has no CRS, or coordinates that it cannot have.

    Warns
    -----
    GeosecWarning
        If no incident can be on the railway, or rows have no place: how many.

    Notes
    -----
    The interval is that of where incidents may have been; it does not say how many there might
    have been by chance. An incident is put evenly into its lixel, half a step off at the most.

    Examples
    --------
    >>> import geosec
    >>> incidents, rejected = geosec.read_incidents(geosec.example_path())
    >>> density = geosec.estimate_network_density(geosec.geocode(incidents))
    >>> worst = density.loc[density["density_per_km"].idxmax()]
    >>> worst["rail_line"], worst["station_from"], worst["station_to"]
    ('ML-3', 'Mach', 'Hirok')
    """
    require_options(options, DensityOptions.__annotations__, "estimate_network_density")
    bandwidth_m = _require_metres(bandwidth_m, "bandwidth_m")
    asked = _read_options(bandwidth_m, options)
    require_draws(draws, seed, 0)
    incidents = require_coordinates(incidents, "estimate_network_density")[0]
    railway = take_network(network, standing=True)
    lixels = cut_lixels(railway, asked["step_m"], _MOST_CELLS // max(draws, 1))
    own = IncidentDraws.of(incidents, "estimate_network_density", draws=max(draws, 1), seed=seed)
    counts, told = _count_on_track(own, lixels, asked["max_offset_m"], exact=draws == 0)
    _warn_of_left_out(told, asked["max_offset_m"])
    length_km = lixels.length_m / 1000
    density = TrackDiffusion(lixels, bandwidth_m).spread(counts) / length_km[:, None]
    mean = density.mean(axis=1)
    low, high = _find_intervals(density)
    known = np.where(draws > 0, 1.0, np.nan)
    columns = {
        "density_per_km": mean,
        "density_per_km_low": known * np.minimum(low, mean),
        "density_per_km_high": known * np.maximum(high, mean),
        "top_prob": known * _find_top(density, length_km, asked["top_share"]),
    }
    table = lixels.describe(columns)
    table.attrs = deepcopy(incidents.attrs)
    layers = () if network is not None else ("rail_lines", "rail_stations", "rail_breaks")
    settings = {"bandwidth_m": bandwidth_m, **asked, "draws": draws, "seed": seed, **told}
    return note_step(table, "estimate_network_density", layers, **settings)


def _read_options(bandwidth_m: float, options: DensityOptions) -> dict[str, float]:
    """Check the options, and fill in those that were not given."""
    step_m = options.get("step_m")
    if step_m is None:
        step_m = bandwidth_m * _STEP_SHARE or _STEP_M
    step_m = _require_metres(step_m, "step_m")
    if step_m == 0:
        msg = "`step_m` must be more than 0 m, such as a tenth of `bandwidth_m`."
        raise ParameterError(msg)
    max_offset_m = _require_metres(options.get("max_offset_m", _MAX_OFFSET_M), "max_offset_m")
    top_share = require_number(options.get("top_share", _TOP_SHARE), "top_share")
    if not 0 < top_share < 1:
        msg = f"`top_share` is a share of the railway between 0 and 1, and is {top_share:g}."
        raise ParameterError(msg)
    return {"step_m": step_m, "max_offset_m": max_offset_m, "top_share": top_share}


def _require_metres(value: Any, name: str) -> float:
    """Refuse what is no number of metres that a railway may have."""
    metres = require_number(value, name, "m")
    if metres > _LONGEST_M:
        msg = f"`{name}` is {describe_given(value)} m, more than half way round the Earth."
        raise ParameterError(msg)
    return metres


def _count_on_track(
    own: IncidentDraws, lixels: Lixels, max_offset_m: float, *, exact: bool
) -> tuple[Counts, dict[str, Any]]:
    """Count the incidents of each lixel in each draw, and how many there are where.

    Only those whose footprint may reach the railway are drawn, and of them those alone that are
    not known to the metre.
    """
    places = own.footprints.keep_points() if exact else own.footprints
    reach_m = places.reach_m
    most_m = max_offset_m + float(np.max(reach_m, initial=0.0, where=own.is_placed))
    offset_m = lixels.index.project(places.lon, places.lat, most_m).offset_m
    can_reach = offset_m - reach_m <= max_offset_m
    counts = np.zeros((len(lixels), own.draws), dtype="int32")
    fixed = np.flatnonzero(can_reach & (reach_m == 0))
    at = lixels.find(places.lon[fixed], places.lat[fixed], max_offset_m)
    counts += np.bincount(at[at >= 0], minlength=len(lixels))[:, None].astype("int32")
    reached = len(fixed)
    for rows in own.split_rows(np.flatnonzero(can_reach & (reach_m > 0))):
        lon, lat = own.draw_places(rows).reshape(-1, 2).T
        at = lixels.find(lon, lat, max_offset_m)
        there = np.flatnonzero(at >= 0)
        np.add.at(counts.reshape(-1), at[there] * own.draws + there % own.draws, np.int32(1))
        reached += len(np.unique(there // own.draws))
    placed = int(own.is_placed.sum())
    told = {
        "incidents": len(own),
        "incidents_without_place": len(own) - placed,
        "incidents_out_of_reach": placed - reached,
        "incidents_on_track": float(counts.sum(dtype="int64")) / own.draws,
    }
    return counts, told


def _warn_of_left_out(told: dict[str, Any], max_offset_m: float) -> None:
    """Warn where incidents have no place, or none of those that have one is near the railway."""
    lost, placed = (
        told["incidents_without_place"],
        told["incidents"] - told["incidents_without_place"],
    )
    if lost:
        msg = f"of {told['incidents']:,} incidents, {lost:,} have no place and are not counted."
        warnings.warn(msg, GeosecWarning, stacklevel=3)
    if placed and told["incidents_out_of_reach"] == placed:
        msg = (
            f"none of {placed:,} incidents lies within {max_offset_m:,.0f} m of the railway in any "
            "draw; another country needs its own `network`, and a wider strip a `max_offset_m`."
        )
        warnings.warn(msg, GeosecWarning, stacklevel=3)


def _find_intervals(density: Floats) -> tuple[Floats, Floats]:
    """Find what holds 95 % of the draws of each lixel, some lixels at a time."""
    parts = [find_interval(part) for part in _split(density, axis=0)]
    low, high = (np.concatenate(ends) for ends in zip(*parts, strict=True))
    return low, high


def _find_top(density: Floats, length_km: Floats, top_share: float) -> Floats:
    """Find in how many of the draws each lixel is among the densest that make up the top.

    Lixels as dense as the last of them are in it too; those without any incident never are.
    """
    hits = np.zeros(len(density))
    for part in _split(density, axis=1):
        order = np.argsort(-part, axis=0, kind="stable")
        before_km = np.cumsum(length_km[order], axis=0) - length_km[order]
        last = (before_km < top_share * length_km.sum()).sum(axis=0) - 1
        least = np.take_along_axis(part, order, axis=0)[last, np.arange(part.shape[1])]
        hits += ((part >= least) & (part > 0)).sum(axis=1)
    return np.asarray(hits / density.shape[1])


def _split(values: Floats, axis: int) -> list[Floats]:
    """Split a table into blocks that may be sorted at once."""
    return np.array_split(values, max(1, -(-values.size // _BLOCK)), axis=axis)
