"""Near repeats: whether incidents are followed by others nearby sooner than by chance."""

from __future__ import annotations

import warnings
from copy import deepcopy
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from geosec.analysis.incident_draws import IncidentDraws
from geosec.analysis.knox import Bands, DrawnIncidents, count_knox
from geosec.analysis.left_out import LEFT_OUT, warn_of_rows
from geosec.analysis.point_cells import MOST_M
from geosec.analysis.repeat_pairs import find_repeat_pairs
from geosec.arguments import (
    describe_given,
    require_list,
    require_number,
    require_whole,
)
from geosec.errors import GeosecWarning, ParameterError
from geosec.schema import require_columns
from geosec.storage.provenance import note_step
from geosec.uncertainty.sampling import require_draws

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd
    from numpy.typing import NDArray

    from geosec.analysis.knox import KnoxCounts
    from geosec.analysis.repeat_pairs import RepeatPairs

    Rows = NDArray[np.intp]

_MOST_DAYS = 36_525  # a century
_ENDS = (0.025, 0.975)
_TELLING_SHARE = 0.1  # of exact incidents on one point, from which on a warning tells of them
_VERB = "find_near_repeats"
_OF_DRAWS = {
    *("pairs_low", "pairs_high", "ratio_low", "ratio_high", "significant_share"),
    *("distance_low_m", "distance_high_m", "days_apart_low", "days_apart_high"),
    *("probability", "cell_probability"),
}


class NearRepeats(NamedTuple):
    """What `find_near_repeats` finds: `table`, a row for each cell, and the `pairs` themselves."""

    table: pd.DataFrame
    pairs: pd.DataFrame


def find_near_repeats(
    located: gpd.GeoDataFrame,
    *,
    distances_m: Iterable[float] = (1_000, 2_000, 5_000, 10_000),
    days: Iterable[int] = (1, 7, 14, 28),
    permutations: int = 999,
    draws: int = 199,
    seed: int = 0,
) -> NearRepeats:
    """Test whether incidents are followed by others nearby sooner than chance would have it.

    The Knox test: the pairs of incidents are counted by how far and how many days they are apart,
    and held against the same incidents with their dates permuted. Places and days are drawn for
    each incident by itself, so that incidents put on one point of a gazetteer are no repeats
    because of that: two of 10 km radius that share their point are 9 km apart on average.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Points in any CRS with a column ``date``: geocoded incidents, or a GeoDataFrame of your own,
        whose points are exact where it has no ``uncertainty_m``.
    distances_m : iterable of float, default (1_000, 2_000, 5_000, 10_000)
        Where bands of distance end, in geodesic metres, rising to at most 1,000 km. A pair at such
        a distance is in the band that it ends.
    days : iterable of int, default (1, 7, 14, 28)
        Where bands of days apart end, rising; 0 is the same day. The first band of the default
        holds pairs of one day and of two days in a row.
    permutations : int, default 999
        How often dates are permuted; a p-value is no less than ``1 / (permutations + 1)``.
    draws : int, default 199
        Draws of places and days. With 0 the best points and first days alone are taken, and what
        tells of draws is missing.
    seed : int, default 0
        Seed of the draws and of the permutations.

    Returns
    -------
    NearRepeats
        A named tuple of two tables, ``table`` and ``pairs``.

        ``table`` has a row for each cell: ``distance_from_m``, ``distance_to_m``, ``days_from``,
        ``days_to``; ``pairs``, the mean over the draws, and what 95 % of the draws are between
        (``pairs_low``, ``pairs_high``); ``expected``, the mean over all permutations, and what 95 %
        of those that were made are between; ``ratio``, pairs by expected, with the spread over
        draws; ``p_value``; ``p_adjusted``, the chance that any of the cells has one as low; and
        ``significant_share``, the share of draws that each by itself have a p-value of at most
        0.05.

        ``pairs`` has a row for each pair that is as likely as not within the last of both bands:
        ``first_id`` and ``second_id`` in the order of their dates; ``distance_m`` and
        ``days_apart``, the medians over the draws, with their intervals of 95 %; ``probability`` of
        being within the last of both bands; and the cell that is the most probable, by its ends,
        with its ``cell_probability``. Pairs of the nearest and soonest cells come first.

        Incidents without a place or a date are left out, which a warning tells; they and those that
        share their point with others are counted in ``attrs``. Where more than ten million pairs
        may be that near, none is listed, which a warning tells.

    Raises
    ------
    SchemaError
        If the table has no points, or no dates.
    ParameterError
        If bands do not rise, `permutations` is less than 1, or `draws` is negative.
    CRSError
        If the table has no CRS, or coordinates that it cannot have.

    Examples
    --------
    >>> import geopandas as gpd
    >>> import pandas as pd
    >>> import geosec
    >>> attacks = gpd.GeoDataFrame(
    ...     {"date": pd.to_datetime(["2025-03-01", "2025-03-02", "2025-03-09", "2025-06-01"])},
    ...     geometry=gpd.points_from_xy([67, 67.001, 67.02, 67.01], [30.19, 30.19, 30.19, 30.2]),
    ...     crs=4326,
    ... )
    >>> table, pairs = geosec.find_near_repeats(attacks)
    >>> pairs[["first_id", "second_id"]].to_numpy().tolist()
    [[0, 1], [1, 2], [0, 2]]
    >>> float(table["ratio"].iloc[0])  # a pair of the one there, where 1/6 was expected
    6.0
    """
    bands = Bands(_read_ends(distances_m, "distances_m", 0, MOST_M), _read_days(days))
    permutations = require_whole(permutations, "permutations")
    require_draws(draws, seed, 0)
    source = _read_incidents(located, draws, seed)
    rows = np.flatnonzero(source.is_placed & source.is_dated)
    told = _tell_of_rows(source, rows)
    drawn = DrawnIncidents.of(source, rows)
    counts = count_knox(drawn, bands, permutations, np.random.default_rng([seed % 2**64, 1]))
    found = find_repeat_pairs(source, rows, drawn, bands)
    settings = {
        "distances_m": list(bands.distances_m),
        "days": list(bands.days),
        "permutations": permutations,
        "draws": draws,
        "seed": seed,
        **told,
        "tested_draws": len(counts.tested) if draws else 0,
    }
    tables = []
    for table in (_make_table(counts, bands), _make_pairs(located, rows, found, bands)):
        blank = [name for name in table.columns if draws == 0 and name in _OF_DRAWS]
        table[blank] = np.nan
        table.attrs = {**deepcopy(located.attrs), LEFT_OUT: told}
        tables.append(note_step(table, _VERB, (), **settings))
    return NearRepeats(*tables)


def _read_ends(given: Any, name: str, least: float, most: float) -> tuple[float, ...]:
    """Read where bands end: numbers that rise."""
    ends = tuple(require_number(end, name) for end in require_list(given, name))
    rises = all(low < high for low, high in pairwise(ends))
    if not ends or not rises or ends[0] < least or ends[-1] > most:
        msg = (
            f"`{name}` says where bands end: numbers that rise, from {least:,} to {most:,.0f}; "
            f"it is {describe_given(ends)}: {', '.join(f'{end:g}' for end in ends) or 'nothing'}."
        )
        raise ParameterError(msg)
    return ends


def _read_days(given: Any) -> tuple[int, ...]:
    ends = [require_whole(end, "days", 0) for end in require_list(given, "days")]
    return tuple(int(end) for end in _read_ends(ends, "days", 0, _MOST_DAYS))


def _read_incidents(located: Any, draws: int, seed: int) -> IncidentDraws:
    """Read a table; without draws, its best points and first days are exact."""
    require_columns(located, ["date"], _VERB)
    source = IncidentDraws.of(located, _VERB, draws=max(draws, 1), seed=seed)
    if draws:
        return source
    return replace(source, footprints=source.footprints.keep_points(), last_day=source.first_day)


def _tell_of_rows(source: IncidentDraws, rows: Rows) -> dict[str, int]:
    """Count the incidents that are left out, and those that share a point; warn where needed."""
    total, used = len(source), source.footprints.take(rows)
    at = pd.DataFrame({"lon": used.lon.round(5), "lat": used.lat.round(5)})
    stacked = at.duplicated(keep=False).to_numpy()
    exact = int((stacked & ~used.has_extent).sum())
    told = {
        "incidents": total,
        "unplaced": int((~source.is_placed).sum()),
        "undated": int((source.is_placed & ~source.is_dated).sum()),
        "stacked": int(stacked.sum()),
        "stacked_exact": exact,
    }
    warn_of_rows(told, _VERB, levels=4)
    if exact > _TELLING_SHARE * len(rows):
        msg = (
            f"of {len(rows):,} incidents, {exact:,} are taken to be exact and share their point "
            "with another one: they are repeats at 0 m. Where such points are the middles of "
            "towns, say how far they may be off with `geosec.with_uncertainty`."
        )
        warnings.warn(msg, GeosecWarning, stacklevel=3)
    return told


def _make_table(counts: KnoxCounts, bands: Bands) -> pd.DataFrame:
    """Put the figures of the cells into a table, a row for each."""
    permuted = counts.statistics[1:] / len(counts.tested)
    expected = counts.expected.mean(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = counts.observed / counts.expected
        ratio = counts.observed.mean(axis=0) / expected
    ratios = np.where(counts.expected > 0, ratios, np.nan)
    p_value, p_adjusted = counts.find_p_values()
    figures = {
        "pairs": (counts.observed.mean(axis=0), *np.quantile(counts.observed, _ENDS, axis=0)),
        "expected": (expected, *np.quantile(permuted, _ENDS, axis=0)),
        "ratio": (np.where(expected > 0, ratio, np.nan), *_find_spread(ratios)),
    }
    columns = _name_cells(bands)
    for name, (middle, low, high) in figures.items():
        columns |= {name: middle, f"{name}_low": low, f"{name}_high": high}
    columns |= {"p_value": p_value, "p_adjusted": p_adjusted}
    columns["significant_share"] = counts.find_significant_share()
    return pd.DataFrame({name: np.ravel(values) for name, values in columns.items()})


def _find_spread(ratios: NDArray[np.float64]) -> NDArray[np.float64]:
    """Find what 95 % of the draws are between, cell by cell, NaN where nothing is expected."""
    known = ~np.isnan(ratios).all(axis=0)
    spread = np.full((len(_ENDS), *known.shape), np.nan)
    spread[:, known] = np.nanquantile(ratios[:, known], _ENDS, axis=0)
    return spread


def _name_cells(bands: Bands) -> dict[str, Any]:
    """Name the cells by their bands, those of the nearest band first."""
    near, soon = np.meshgrid(*(np.arange(length) for length in bands.shape), indexing="ij")
    to_m, to_days = np.array(bands.distances_m), np.array(bands.days)
    from_m = np.append(0.0, to_m[:-1])
    from_days = np.append(0, to_days[:-1] + 1)
    return {
        "distance_from_m": from_m[near],
        "distance_to_m": to_m[near],
        "days_from": from_days[soon],
        "days_to": to_days[soon],
    }


def _make_pairs(located: Any, rows: Rows, found: RepeatPairs, bands: Bands) -> pd.DataFrame:
    """Put pairs into a table."""
    first, second = (located.index.take(rows[column]) for column in (found.first, found.second))
    low_m, away_m, high_m = found.distance_m
    days_low, apart, days_high = found.days
    return pd.DataFrame(
        {
            "first_id": first,
            "second_id": second,
            "distance_m": away_m,
            "distance_low_m": low_m,
            "distance_high_m": high_m,
            "days_apart": apart,
            "days_apart_low": days_low,
            "days_apart_high": days_high,
            "probability": found.probability,
            "distance_to_m": np.array(bands.distances_m)[found.band],
            "days_to": np.array(bands.days)[found.span],
            "cell_probability": found.cell_probability,
        }
    )
