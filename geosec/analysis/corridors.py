"""Incidents along a railway or the route of a train: how many on each section, and how surely."""

from __future__ import annotations

import warnings
from copy import deepcopy
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from geosec.analysis.corridor_cells import Corridor, find_reach
from geosec.analysis.incident_draws import IncidentDraws
from geosec.analysis.learned_counts import allocate, draw_counts, learn_counts
from geosec.analysis.left_out import LEFT_OUT, warn_of_rows
from geosec.analysis.periods import Period, warn_of_undated
from geosec.analysis.rates import combine_intervals, find_poisson_interval
from geosec.analysis.sections import cut_sections
from geosec.analysis.traffic import read_traffic
from geosec.analysis.ways import find_way
from geosec.arguments import describe_given, require_number
from geosec.errors import GeosecWarning, ParameterError, near_misses
from geosec.storage.provenance import note_step
from geosec.uncertainty.open_rows import find_interval

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    from geosec.railway.network import RailNetwork
    from geosec.railway.route import Route

    Floats = NDArray[np.float64]

Fill = Literal["learned", "even"]
_RATE = "rate_per_100km_year"
_PER_KM = 100.0
_MILLION = 1_000_000
_SHORT_DAYS = 28
_WIDEST_M = 200_000.0
_PRIOR = 0.5  # incidents that the mean rate weighs in each section


def corridor_rates(  # noqa: PLR0913 - what a rate may be asked of, each optional
    located: gpd.GeoDataFrame,
    route_or_line: Route | gpd.GeoDataFrame | str,
    *,
    half_width_m: float = 10_000.0,
    by: Literal["station"] | float = "station",
    period: Sequence[str | date] | None = None,
    exposure: pd.DataFrame | None = None,
    fill: Fill = "learned",
    network: RailNetwork | None = None,
    draws: int = 199,
    seed: int = 0,
) -> gpd.GeoDataFrame:
    """Count incidents along a railway, section by section, as rates with intervals.

    An incident counts in the nearest section if it lies within the half width of the track. Each is
    drawn for itself in its footprint and its days, so that a section's count has a spread, and
    chance, that as many incidents might have been more or fewer, has an interval of its own; the
    two are given apart and together.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Points in any CRS: geocoded incidents, or a GeoDataFrame of your own, whose points are exact
        where it has no ``uncertainty_m``, and all of the period where no row has a ``date``.
    route_or_line : Route, geopandas.GeoDataFrame or str
        A `geosec.Route`, the stops of `geosec.load_route`, a row of `geosec.load_rail_lines`, or
        the name of a train or a line, such as ``"Jaffar Express"`` or ``"ML-3"``.
    half_width_m : float, default 10000
        How far from the track an incident may lie, geodesic metres, at its ends, too; best no less
        than the errors of the incidents.
    by : "station" or float, default "station"
        Sections from station to station, or of so many metres of track, such as ``50_000``; a rest
        shorter than a fifth of that joins the section before it. A section does not end between
        two posts that the track contradicts, but at the nearer of them.
    period : sequence of two days, optional
        First and last day, both included. By default the span of all dated incidents, which makes
        rates of few incidents too high: give the days on which incidents were looked for.
    exposure : pandas.DataFrame, optional
        ``rail_line``, ``km_from``, ``km_to`` (official posts, kilometres) and ``trains_per_day`` or
        ``passengers_per_day``; rows that overlap add up.
    fill : {"learned", "even"}, default "learned"
        How discs of no more than the half width are filled. Evenly, the incidents of a hot section
        spill into its neighbours. ``"learned"`` draws an incident the rather in a section, the more
        others have been there. Larger discs and shapes are evenly filled.
    network : RailNetwork, optional
        The railway; the one that ships with geosec by default.
    draws : int, default 199
        Draws of each incident.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    geopandas.GeoDataFrame
        A row for each section in the order of the way, its track as geometry (EPSG:4326):
        ``rail_line`` (several with ``;`` between), ``km_from`` and ``km_to`` (official posts, of
        the first and the last of those lines), ``station_from`` and ``station_to`` (at the ends, or
        the next outside), ``measure_from_km``, ``measure_to_km`` (track from the start of the way)
        and ``length_km``; ``is_across_break`` (between two posts inside it there is more or less
        track than posts) and ``break_kinds`` (all kinds of `geosec.load_chainage_breaks` that touch
        it); ``count`` (expected number), ``count_low`` and ``count_high`` (95 % of the draws),
        ``count_even`` (expected, were footprints evenly filled); ``count_coarse`` (how many of
        those are known to no better than the half width: where they are a good part, a hot section
        has more than its interval says); ``rate_per_100km_year`` with
        ``_low`` and ``_high`` (chance and draws together, 95 %), ``_chance_low`` and
        ``_chance_high`` (exact Poisson interval of chance alone), and ``_spread_low`` and
        ``_spread_high`` (of the draws alone);
        ``worst_share``, the share of draws in which its rate is the highest, and ``worst_prob``,
        the probability that it would be so in the long run, chance included. With `exposure` also
        ``million_train_km`` and ``rate_per_million_train_km`` with ``_low`` and ``_high`` (or
        ``passenger``); missing where traffic is known of a part only. ``attrs`` tell the period and
        how many rows were not counted.

    Raises
    ------
    UnknownNameError
        If there is no such train or line.
    ParameterError
        If an argument is none of those above, or no incident has a date and `period` is not given.
    SchemaError
        If the table has no points, or `exposure` lacks a column.
    CRSError
        If the incidents have no CRS, or coordinates that it cannot have.

    Warns
    -----
    GeosecWarning
        If rows have no place or, where others have one, no date, or if incidents span less than
        four weeks and `period` is not given.

    Notes
    -----
    The interval of chance is that of Garwood (1936, doi:10.1093/biomet/28.3-4.437). How it is
    combined with the draws, and footprints are filled, is told in the documentation of analyses.

    Examples
    --------
    Two incidents at Mach and one at Sibi in ten years, on sections of 50 km:

    >>> import geosec
    >>> located = geosec.geocode(["Mach", "near Mach", "Sibi town"], admin1="Balochistan")
    >>> ten_years = ("2015-01-01", "2024-12-31")
    >>> rates = geosec.corridor_rates(located, "ML-3", by=50_000, period=ten_years)
    >>> rates.loc[rates["worst_share"].idxmax(), ["station_from", "station_to"]].tolist()
    ['Chidarzai', 'Spezand Junction']
    """
    half_width_m = _require_width(half_width_m)
    if fill not in get_args(Fill):
        known = near_misses(str(fill), get_args(Fill))
        msg = f"`fill` says how footprints are filled, and is {describe_given(fill)}; {known}"
        raise ParameterError(msg)
    drawn = IncidentDraws.of(located, "corridor_rates", draws=draws, seed=seed)
    sections = cut_sections(find_way(route_or_line, network), by)
    days = Period.of(period, drawn)
    corridor = Corridor.of(sections, half_width_m, days)
    reach = find_reach(drawn, corridor)
    if fill == "learned":
        found = allocate(drawn, corridor, reach)
        counts = learn_counts(drawn, corridor, found)
        even = found.sum_up(found.shares)[: corridor.count]
        coarse = found.count_coarse()[: corridor.count]
    else:
        counts, coarse = draw_counts(drawn, corridor, reach)
        even = counts.mean(axis=1)
    table = sections.table.assign(**_describe_counts(counts), count_even=even)
    table["count_coarse"] = coarse
    by_length = _PER_KM / (table["length_km"].to_numpy() * days.years)
    table = table.assign(**_make_rates(counts, by_length), **_find_worst(counts, by_length, seed))
    if exposure is not None:
        traffic = read_traffic(exposure, sections.pieces, "corridor_rates")
        millions = traffic.km_per_day * days.days / _MILLION
        table = table.assign(**_relate(counts, millions, f"{traffic.unit}_km"))
    left_out = _count_left_out(drawn, days)
    warn_of_rows(left_out, "corridor_rates")
    _warn_of_none(left_out, counts, half_width_m)
    table.attrs = {**deepcopy(located.attrs), LEFT_OUT: left_out}
    warn_of_undated(days, located, "corridor_rates")
    _warn_of_short(days, is_given=period is not None)
    asked = {"half_width_m": half_width_m, "by": by, "fill": fill, "period": days.texts}
    told = {"period_is_given": period is not None, **left_out}
    layers = [] if network is not None else ["rail_lines", "rail_stations", "rail_breaks"]
    return note_step(table, "corridor_rates", layers, **asked, **told, draws=draws, seed=seed)


def _require_width(half_width_m: Any) -> float:
    width_m = require_number(half_width_m, "half_width_m", "m")
    if not 0 < width_m <= _WIDEST_M:
        msg = (
            "`half_width_m` is the metres to either side of the track, more than 0 and no more "
            f"than {_WIDEST_M:,.0f}, and is {width_m:g}."
        )
        raise ParameterError(msg)
    return width_m


def _describe_counts(counts: Floats) -> dict[str, Floats]:
    low, high = find_interval(counts)
    return {"count": counts.mean(axis=1), "count_low": low, "count_high": high}


def _make_rates(counts: Floats, per_incident: Floats) -> dict[str, Floats]:
    """Make rates of counts, of which each incident is so much; with all intervals."""
    mean = counts.mean(axis=1)
    low, high = combine_intervals(counts)
    chance, spread = find_poisson_interval(mean), find_interval(counts)
    columns = {
        _RATE: mean,
        f"{_RATE}_low": low,
        f"{_RATE}_high": high,
        f"{_RATE}_chance_low": chance[0],
        f"{_RATE}_chance_high": chance[1],
        f"{_RATE}_spread_low": spread[0],
        f"{_RATE}_spread_high": spread[1],
    }
    return {name: values * per_incident for name, values in columns.items()}


def _relate(counts: Floats, millions: Floats, unit: str) -> dict[str, Floats]:
    """Relate counts to millions of kilometres run; missing where nothing runs."""
    per_incident = np.where(millions > 0, 1 / np.where(millions > 0, millions, 1.0), np.nan)
    low, high = combine_intervals(counts)
    rate = f"rate_per_million_{unit}"
    return {
        f"million_{unit}": millions,
        rate: counts.mean(axis=1) * per_incident,
        f"{rate}_low": low * per_incident,
        f"{rate}_high": high * per_incident,
    }


def _find_worst(counts: Floats, per_incident: Floats, seed: int) -> dict[str, Floats]:
    """Find how surely each section is the worst: of what was, and of what may be expected.

    The latter draws a mean rate for each count, from a gamma distribution round the mean of all
    sections that weighs half an incident.
    """
    known = 1 / per_incident[:, None]
    mean = (counts.sum(axis=0) + _PRIOR) / known.sum()
    random = np.random.default_rng(seed % 2**63)
    expected = random.standard_gamma(counts + _PRIOR) / (known + _PRIOR / mean)
    return {
        "worst_share": _share_highest(counts / known),
        "worst_prob": _share_highest(expected) * bool(counts.any()),
    }


def _share_highest(rates: Floats) -> Floats:
    """Give the share of draws in which each section has the highest rate; ties are split."""
    highest = rates.max(axis=0)
    is_worst = (rates >= highest * (1 - 1e-12)) & (highest > 0)
    return np.asarray((is_worst / np.maximum(is_worst.sum(axis=0), 1)).mean(axis=1))


def _count_left_out(drawn: IncidentDraws, days: Period) -> dict[str, int]:
    """Count the rows that no section can have, by the reason."""
    placed, undated = drawn.is_placed, ~drawn.is_dated & days.is_dated
    outside = ~undated & ~days.may_hold(drawn)
    return {
        "incidents": len(drawn),
        "unplaced": int((~placed).sum()),
        "undated": int((placed & undated).sum()),
        "outside_period": int((placed & outside).sum()),
    }


def _warn_of_none(left_out: dict[str, int], counts: Floats, half_width_m: float) -> None:
    """Warn where there are incidents, and none is near: another country, or axes swapped."""
    kept = 2 * left_out["incidents"] - sum(left_out.values())
    if kept and not counts.any():
        msg = (
            f"none of {kept:,} incidents lies within {half_width_m:,.0f} m of the way in any draw "
            "and on a day of the period: see that both are of one country."
        )
        warnings.warn(msg, GeosecWarning, stacklevel=3)


def _warn_of_short(days: Period, *, is_given: bool) -> None:
    if not is_given and days.days < _SHORT_DAYS:
        msg = (
            f"the incidents span {days.days} days, from {' to '.join(days.texts)}, and rates per "
            "year are made of that; give the days on which incidents were looked for as `period`."
        )
        warnings.warn(msg, GeosecWarning, stacklevel=3)
