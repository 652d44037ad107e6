"""The density of incidents along a railway, and how sure it is which stretch has most."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import numpy as np

from geosec.analysis.incident_draws import IncidentDraws
from geosec.analysis.left_out import LEFT_OUT
from geosec.analysis.network_counts import count_on_track, warn_of_left_out
from geosec.analysis.network_diffusion import TrackDiffusion
from geosec.analysis.periods import Period, warn_of_undated
from geosec.analysis.traffic import read_traffic
from geosec.arguments import describe_given, require_number, require_options
from geosec.errors import ParameterError
from geosec.located import require_coordinates
from geosec.railway.lixels import cut_lixels
from geosec.railway.network import RailNetwork, take_network
from geosec.storage.provenance import note_step
from geosec.uncertainty.open_rows import find_interval
from geosec.uncertainty.sampling import require_draws

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_MOST_CELLS = 40_000_000  # lixels times draws that are held at once
_BLOCK = 4_000_000  # of them, sorted at a time
_STEP_SHARE, _STEP_M = 0.1, 1_000.0  # of the bandwidth; without one
_MAX_OFFSET_M, _TOP = 5_000.0, 0.05
_MILLION = 1_000_000
_LONGEST_M = 20_000_000  # half round the Earth: beyond any railway


class DensityOptions(TypedDict, total=False):
    """What `estimate_network_density` is seldom given; its docstring explains each."""

    step_m: float
    max_offset_m: float
    top: float


def estimate_network_density(  # noqa: PLR0913 - what a density may be asked of, each optional
    located: gpd.GeoDataFrame,
    network: RailNetwork | None = None,
    *,
    bandwidth_m: float = 10_000,
    period: Sequence[str | date] | None = None,
    exposure: pd.DataFrame | None = None,
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
    located : geopandas.GeoDataFrame
        Points in any CRS: geocoded incidents, or a GeoDataFrame of your own, whose points are exact
        where it has no ``uncertainty_m``.
    network : RailNetwork, optional
        The railway, of any country: `RailNetwork.from_table` makes one of your own. By default that
        of Pakistan, which ships with geosec, without lines whose track was dismantled.
    bandwidth_m : float, default 10000
        Standard deviation of the kernel in metres along the track: 68 % of an incident stays
        within it, 95 % within twice as far. With 0 nothing is spread.
    period : sequence of two days, optional
        First and last day, both included; other incidents, and those without a date where others
        have one, do not count. By default all incidents count, dated or not, and with `exposure`
        those of the span of all dates.
    exposure : pandas.DataFrame, optional
        ``rail_line``, ``km_from``, ``km_to`` (official posts, kilometres) and ``trains_per_day`` or
        ``passengers_per_day``; rows that overlap add up. Where two lines share a track, those of
        the line listed first count for it.
    draws : int, default 199
        Draws for each incident, by itself. With 0 the best points alone are taken, and intervals
        and probabilities are missing.
    seed : int, default 0
        Seed of the draws.
    **options
        ``step_m``, a tenth of the bandwidth by default: how long lixels, the pieces that the
        railway is cut into, are at the most, in metres. ``max_offset_m``, 5,000 by default: a draw
        farther from the railway, in metres, is not on it and does not count. ``top``, 0.05 by
        default: the share of the railway's length that counts as its top.

    Returns
    -------
    geopandas.GeoDataFrame
        A row for each lixel in EPSG:4326, line by line: ``rail_line``, ``km_from`` and ``km_to``
        (official posts, kilometres; missing between two posts that the track contradicts, as
        `geosec.load_chainage_breaks` lists them), ``station_from`` and ``station_to`` (the posts
        before and behind it), ``length_km`` (geodesic), ``density_per_km`` (incidents per km of
        track, the mean over draws), ``density_per_km_low`` and ``density_per_km_high`` (which hold
        95 % of the draws), ``top_share`` (the share of draws in which the lixel is in the top) and
        the track as geometry. Density times length sums up to the incidents on the railway, which
        ``attrs`` tell as ``on_track``, beside how many are left out and why.

        With `exposure` also ``million_train_km`` and ``rate_per_million_train_km`` with ``_low``
        and ``_high`` (or ``passenger``): incidents spread, by traffic spread alike, so that a rate
        that is even stays even; missing where nothing runs, or nobody knows what. The top is then
        that of the rate.

    Raises
    ------
    SchemaError
        If the table has no points, or something else than points, or `exposure` lacks a column.
    ParameterError
        If `bandwidth_m`, ``max_offset_m`` or `draws` is negative, ``step_m`` is not above 0,
        ``top`` does not lie between 0 and 1, `period` is none, or is missing where an `exposure`
        needs it, or the lixels are too many for memory.
    CRSError
        If the table has no CRS, or coordinates that it cannot have.

    Warns
    -----
    GeosecWarning
        If no incident can be on the railway, or rows have no place or, with a period, no date: how
        many.

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
    located = require_coordinates(located, "estimate_network_density")[0]
    railway = take_network(network, standing=True)
    lixels = cut_lixels(railway, asked["step_m"], _MOST_CELLS // max(draws, 1))
    own = IncidentDraws.of(located, "estimate_network_density", draws=max(draws, 1), seed=seed)
    if not draws:
        own = replace(own, footprints=own.footprints.keep_points(), last_day=own.first_day)
    days = None if period is exposure is None else Period.of(period, own)
    traffic = None
    if exposure is not None:
        traffic = read_traffic(exposure, lixels.list_pieces(), "estimate_network_density")
    counted = count_on_track(own, lixels, asked["max_offset_m"], days)
    warn_of_undated(days, located, "estimate_network_density")
    warn_of_left_out(counted.left_out, asked["max_offset_m"])
    diffusion, length_km = TrackDiffusion(lixels, bandwidth_m), lixels.length_m / 1000
    density = diffusion.spread(counted.counts) / length_km[:, None]
    figures = _describe("density_per_km", density, draws)
    top = _find_top(density, length_km, asked["top"])
    if traffic is not None and days is not None:
        millions = traffic.km_per_day * days.days / _MILLION
        rates = _relate(counted.counts, millions, diffusion)
        figures[f"million_{traffic.unit}_km"] = millions
        figures |= _describe(f"rate_per_million_{traffic.unit}_km", rates, draws)
        top = _find_top(rates, length_km, asked["top"])
    figures["top_share"] = top if draws else np.full(len(top), np.nan)
    table = lixels.describe(figures)
    table.attrs = {**deepcopy(located.attrs), LEFT_OUT: counted.left_out}
    layers = () if network is not None else ("rail_lines", "rail_stations", "rail_breaks")
    settings = {"bandwidth_m": bandwidth_m, **asked, "period": days and days.texts}
    told = {"on_track": counted.on_track, **counted.left_out}
    settings |= {"draws": draws, "seed": seed, **told}
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
    top = require_number(options.get("top", _TOP), "top")
    if not 0 < top < 1:
        msg = f"`top` is a share of the railway between 0 and 1, and is {top:g}."
        raise ParameterError(msg)
    return {"step_m": step_m, "max_offset_m": max_offset_m, "top": top}


def _require_metres(value: Any, name: str) -> float:
    """Refuse what is no number of metres that a railway may have."""
    metres = require_number(value, name, "m")
    if metres > _LONGEST_M:
        msg = f"`{name}` is {describe_given(value)} m, more than half way round the Earth."
        raise ParameterError(msg)
    return metres


def _relate(counts: NDArray[np.int32], millions: Floats, diffusion: TrackDiffusion) -> Floats:
    """Relate incidents to traffic, both spread alike, where there is any; NaN elsewhere."""
    runs = np.nan_to_num(millions) > 0
    traffic = diffusion.spread(np.where(runs, millions, 0.0)[:, None])
    runs &= traffic[:, 0] > 0
    spread = diffusion.spread(counts * runs[:, None])
    return np.asarray(np.where(runs[:, None], spread / np.where(traffic > 0, traffic, 1.0), np.nan))


def _describe(name: str, values: Floats, draws: int) -> dict[str, Floats]:
    """Give the mean over draws and what holds 95 % of them, some lixels at a time."""
    mean = values.mean(axis=1)
    parts = [find_interval(part) for part in _split(values, axis=0)]
    low, high = (np.concatenate(ends) for ends in zip(*parts, strict=True))
    known = np.where(draws > 0, 1.0, np.nan)
    low, high = known * np.minimum(low, mean), known * np.maximum(high, mean)
    return {name: mean, f"{name}_low": low, f"{name}_high": high}


def _find_top(values: Floats, length_km: Floats, top: float) -> Floats:
    """Find in how many of the draws each lixel is among the highest, a share of the length.

    Lixels as high as the last of them are in it too; those without any incident never are.
    Missing where there is no value.
    """
    known = np.flatnonzero(~np.isnan(values[:, 0]))
    length_km, hits = length_km[known], np.zeros(len(known))
    for block in _split(values, axis=1) if known.size else ():
        part = block[known]
        order = np.argsort(-part, axis=0, kind="stable")
        before_km = np.cumsum(length_km[order], axis=0) - length_km[order]
        last = (before_km < top * length_km.sum()).sum(axis=0) - 1
        least = np.take_along_axis(part, order, axis=0)[last, np.arange(part.shape[1])]
        hits += ((part >= least) & (part > 0)).sum(axis=1)
    share = np.full(len(values), np.nan)
    share[known] = hits / values.shape[1]
    return share


def _split(values: Floats, axis: int) -> list[Floats]:
    """Split a table into blocks that may be sorted at once."""
    return np.array_split(values, max(1, -(-values.size // _BLOCK)), axis=axis)
