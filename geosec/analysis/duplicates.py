"""Pairs of rows that may tell of one event, linked and never merged."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from geosec.analysis.incident_draws import IncidentDraws
from geosec.analysis.left_out import LEFT_OUT, warn_of_rows
from geosec.analysis.linkage.crowds import weigh_crowds
from geosec.analysis.linkage.evidence import FEATURES, EvidenceReader
from geosec.analysis.linkage.gaps import count_days, measure_intervals
from geosec.analysis.linkage.groups import group_pairs
from geosec.analysis.linkage.model import (
    Rivals,
    estimate_share,
    find_probabilities,
    load_weights,
    score_pairs,
    shift_score,
)
from geosec.analysis.linkage.near_pairs import (
    CandidatePairs,
    Window,
    find_candidates,
    join_candidates,
)
from geosec.analysis.linkage.reasons import write_reasons
from geosec.arguments import describe_given, name_row, require_number, require_text
from geosec.errors import ParameterError, SchemaError
from geosec.schema import INDEX, require_columns
from geosec.storage.provenance import note_step
from geosec.uncertainty.sampling import require_draws

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from geosec.analysis.linkage.model import Floats


_VERB = "find_duplicates"
_SOURCE = "source_kind"
_ACROSS, _WITHIN = 0.5, 0.02  # shares of rows with a duplicate that are expected before any is seen
_MOST_COMPARED, _MOST_KEPT = 20_000_000, 500_000  # pairs
_LEAST_SCORE = -12.0  # a pair with less is none, whatever the others are


class _Sides(NamedTuple):
    """The rows that are compared: those of two tables, or one table with itself."""

    tables: tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]
    draws: tuple[IncidentDraws, IncidentDraws]
    sources: tuple[NDArray[np.int64], NDArray[np.int64]]  #: of each row, -1 where there is none
    names: pd.Index | None  #: of the sources


def find_duplicates(  # noqa: PLR0913 - the window, the prior and the draws, each optional
    located: gpd.GeoDataFrame,
    other: gpd.GeoDataFrame | None = None,
    *,
    source: str | None = None,
    max_distance_m: float = 20_000,
    max_days: float = 2,
    threshold: float = 0.5,
    expected_share: float | None = None,
    draws: int = 199,
    seed: int = 0,
) -> pd.DataFrame:
    """Find pairs of rows that may tell of one event, with the probability that they do.

    Rows are compared that can be near each other in space and time, whatever their footprints and
    spans of days are. What speaks for and against a pair is the distance held against both
    footprints, the days against both spans, types, actors, tolls as ranges, and the words of the
    location and of what happened; what is missing says nothing. Both rows stay: a pair is told, and
    numbered as a group, and nothing is merged.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Points in any CRS with a column ``date``: geocoded incidents, or a table of your own.
    other : geopandas.GeoDataFrame, optional
        Another source, whose rows are compared with those of `located`; rows of one table are
        not compared with each other then. Without it the rows of `located` are.
    source : str, optional
        The column of `located` that names the source of each row; rows of one source are not
        compared. By default ``source_kind`` where there is one.
    max_distance_m : float, default 20 000
        How many metres may lie between the two footprints; 0 means that they must touch.
    max_days : float, default 2
        How many days may lie between the two spans.
    threshold : float, default 0.5
        Pairs that are less probable are left out.
    expected_share : float, optional
        The share of rows that have a duplicate in the other source, between 0 and 1. By default it
        is estimated from the tables, or 0.02 where a source is compared with itself.
    draws : int, default 199
        Draws for the interval of each distance; with 0 it is missing.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        A row for each pair, the most probable first: ``incident_id_a`` and ``incident_id_b``,
        ``source_a`` and ``source_b`` where sources are named, ``probability``, ``distance_m``
        between the best points with ``distance_low_m`` and ``distance_high_m`` (95 %, as if they
        were two places), ``days_apart`` between the dates with ``days_apart_low`` and
        ``days_apart_high`` between any days of the spans, ``duplicate_group`` and ``reasons``. A
        group has one row at most of each source, the most probable pairs being joined first; a pair
        that joins none, as one of its rows has a better partner, has no number. Within one source
        groups are the connected components.

    Raises
    ------
    SchemaError
        If a table has no points, no ``date``, or cells that are not what their column holds.
    ParameterError
        If a limit is negative, `threshold` or `expected_share` is no share, `source` names no
        column or is given with `other`, or the extra ``analysis`` is not installed.
    CRSError
        If the points have no CRS, or coordinates that it cannot have.

    Examples
    --------
    >>> import pandas as pd, geosec
    >>> report = {"admin1": "Balochistan", "date": "2016-10-07"}
    >>> ours = pd.DataFrame([{**report, "location": "Mach", "fatalities": 6}])
    >>> theirs = pd.DataFrame([{**report, "location": "near Mach", "fatalities": 6}])
    >>> tables = [geosec.geocode(geosec.read_incidents(each)[0]) for each in (ours, theirs)]
    >>> pairs = geosec.find_duplicates(*tables)
    >>> bool(pairs["probability"].item() > 0.9), pairs["reasons"].item()
    (True, 'for: same day, 0.0 km apart, places worded alike, 6 dead in both')
    """
    require_draws(draws, seed, 0)
    window = Window(
        require_number(max_distance_m, "max_distance_m", "m"),
        require_number(max_days, "max_days", "days"),
    )
    _require_share(threshold, "threshold")
    if expected_share is not None:
        _require_share(expected_share, "expected_share")
    sides = _read_sides(located, other, source, max(draws, 1), seed)
    reader = EvidenceReader(sides.tables, sides.draws)
    found, score = _score_all(sides, reader, window)
    rivals = _find_rivals(sides, found)
    share = _estimate_share(sides, score, rivals) if expected_share is None else expected_share
    probability = find_probabilities(shift_score(score, share), rivals)
    kept = np.flatnonzero(probability >= threshold)
    _refuse_many(len(kept), _MOST_KEPT)
    kept = kept[np.lexsort((found.b[kept], found.a[kept], -probability[kept]))]
    pairs = found.take(kept)
    table = _write_pairs(sides, reader, pairs, probability[kept], measured=draws > 0)
    lost = _count_lost(sides)
    table.attrs = {**deepcopy(located.attrs), LEFT_OUT: lost}
    told = {"max_distance_m": window.distance_m, "max_days": window.days, "threshold": threshold}
    counts = {"compared": len(found.a), **lost}
    settings = {**told, "expected_share": round(float(share), 4), **counts}
    return note_step(table, _VERB, (), **settings, draws=draws, seed=seed)


def _require_share(value: Any, name: str) -> None:
    if not 0 < require_number(value, name) < 1:
        msg = f"`{name}` is a share between 0 and 1, and was given {describe_given(value)}."
        raise ParameterError(msg)


def _read_sides(
    located: gpd.GeoDataFrame,
    other: gpd.GeoDataFrame | None,
    source: str | None,
    draws: int,
    seed: int,
) -> _Sides:
    """Read the rows that are to be compared, and say how many cannot be."""
    tables = (located,) if other is None else (located, other)
    read = []
    for salt, table in zip("ab", tables, strict=False):
        require_columns(table, ["date"], _VERB)
        read.append(IncidentDraws.of(table, _VERB, draws=draws, seed=seed, salt=salt))
    if other is not None:
        if source is not None:
            msg = (
                "`source` names a column of one table, and there are two; leave `source` out, or "
                "put the tables together with `pandas.concat`."
            )
            raise ParameterError(msg)
        ours, theirs = np.zeros(len(located), "int64"), np.ones(len(other), "int64")
        sides = _Sides((located, other), (read[0], read[1]), (ours, theirs), None)
    else:
        codes, names = _read_sources(located, source)
        sides = _Sides((located, located), (read[0], read[0]), (codes, codes), names)
    _warn_of_lost(sides)
    return sides


def _read_sources(
    located: gpd.GeoDataFrame, source: str | None
) -> tuple[NDArray[np.int64], pd.Index | None]:
    """Read the source of each row; -1 for all where they have one, and are compared with it."""
    if source is None and _SOURCE not in located.columns:
        return np.full(len(located), -1), None
    name = _SOURCE if source is None else require_text(source, "source", "the name of a column")
    require_columns(located, [name], f"{_VERB}(source=)")
    column = located[name]
    if column.isna().any():
        row = name_row(located.index, int(column.isna().to_numpy().argmax()))
        msg = f"`{name}` names the source of each row, and is missing in row {row}; fill it in."
        raise SchemaError(msg)
    codes, names = pd.factorize(column.astype("str"))
    if len(names) <= 1:
        return np.full(len(located), -1), None
    return codes.astype("int64"), pd.Index(names)


def _count_lost(sides: _Sides) -> dict[str, int]:
    """Count the rows that have no place or no date, and so no pairs."""
    distinct = sides.draws[: 1 + (sides.draws[0] is not sides.draws[1])]
    undated = (each.is_placed & ~each.is_dated for each in distinct)
    return {
        "incidents": sum(map(len, distinct)),
        "unplaced": sum(int((~each.is_placed).sum()) for each in distinct),
        "undated": sum(int(rows.sum()) for rows in undated),
    }


def _warn_of_lost(sides: _Sides) -> None:
    warn_of_rows(_count_lost(sides), _VERB, levels=5)


def _score_all(
    sides: _Sides, reader: EvidenceReader, window: Window
) -> tuple[CandidatePairs, Floats]:
    """Find all candidates, and the logarithm of the odds of each."""
    pairs, scores, compared = [], [], 0
    for part in find_candidates(*sides.draws, window):
        asked = part.take(_is_asked(sides, part))
        asked = asked.take(reader.is_within(asked, window.distance_m))
        score = score_pairs(reader.read(asked))
        compared += len(score)
        _refuse_many(compared, _MOST_COMPARED)
        likely = score > _LEAST_SCORE
        pairs.append(asked.take(likely))
        scores.append(score[likely])
    found, score = join_candidates(pairs), np.concatenate([*scores, np.empty(0)])
    if (sides.sources[0] < 0).any():
        score -= weigh_crowds(sides.draws[0], found, window)
    return found, score


def _refuse_many(pairs: int, most: int) -> None:
    """Refuse a window so wide that more rows fall together than anybody can look at."""
    if pairs > most:
        msg = (
            f"more than {most:,} pairs of rows come together, as where all are of one day and "
            "place; narrow `max_distance_m` or `max_days`, raise `threshold`, or compare parts."
        )
        raise ParameterError(msg)


def _is_asked(sides: _Sides, pairs: CandidatePairs) -> NDArray[np.bool_]:
    """Mark the pairs of two sources, each once; within one source the earlier row is `a`."""
    ours, theirs = sides.sources[0][pairs.a], sides.sources[1][pairs.b]
    return np.where(ours < 0, pairs.a < pairs.b, ours < theirs)


def _find_rivals(sides: _Sides, pairs: CandidatePairs) -> Rivals | None:
    """Find which pairs exclude each other: a row has one partner at most in another source."""
    ours, theirs = sides.sources[0][pairs.a], sides.sources[1][pairs.b]
    if (ours < 0).any():
        return None
    many = 1 + max(int(each.max(initial=0)) for each in sides.sources)
    return Rivals(pairs.a * many + theirs, pairs.b * many + ours)


def _estimate_share(sides: _Sides, score: Floats, rivals: Rivals | None) -> float:
    """Estimate which share of rows have a duplicate in another source; within one it is few."""
    if rivals is None:
        return _WITHIN
    ours, theirs = (int((each.is_placed & each.is_dated).sum()) for each in sides.draws)
    return estimate_share(score, rivals, min(ours, theirs), _ACROSS)


def _write_pairs(
    sides: _Sides,
    reader: EvidenceReader,
    pairs: CandidatePairs,
    probability: Floats,
    *,
    measured: bool,
) -> pd.DataFrame:
    """Write the table of the pairs that are kept."""
    one, other = sides.tables
    columns: dict[str, Any] = {
        f"{INDEX}_a": one.index.take(pairs.a),
        f"{INDEX}_b": other.index.take(pairs.b),
    }
    if sides.names is not None:
        columns["source_a"] = sides.names.take(sides.sources[0][pairs.a])
        columns["source_b"] = sides.names.take(sides.sources[1][pairs.b])
    columns["probability"] = probability
    columns["distance_m"] = pairs.distance_m
    columns["distance_low_m"], columns["distance_high_m"] = measure_intervals(
        sides.draws, pairs, measured=measured
    )
    columns |= count_days(sides.draws, pairs)
    table = pd.DataFrame(columns)
    table["duplicate_group"] = _group(sides, pairs, probability)
    weights = load_weights()[list(FEATURES)].to_numpy()
    tolls = tuple(
        toll.take(rows) for toll, rows in zip(reader.tolls, (pairs.a, pairs.b), strict=True)
    )
    table["reasons"] = write_reasons(table, reader.read(pairs) * weights, (tolls[0], tolls[1]))
    return table


def _group(sides: _Sides, pairs: CandidatePairs, probability: Floats) -> Any:
    """Group the pairs; rows of a second table are counted on from those of the first."""
    apart = sides.draws[0] is not sides.draws[1]
    b = pairs.b + len(sides.tables[0]) * apart
    sources = np.concatenate(sides.sources) if apart else sides.sources[0]
    return group_pairs(pairs.a.tolist(), b.tolist(), probability, sources.tolist())
