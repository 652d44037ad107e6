"""Who, what, where and when: a table of incidents in few rows, and in words."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from geosec.analysis.summary_words import write_summary
from geosec.analysis.toll_ranges import TollRanges, read_toll_ranges
from geosec.arguments import read_numbers, require_text
from geosec.assignment.days import read_days
from geosec.errors import ParameterError, near_misses
from geosec.located import read_radii_m, require_coordinates
from geosec.schema import name_points
from geosec.storage.provenance import note_step

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Days = NDArray[np.datetime64]
    Rows = NDArray[np.intp]

_VERB = "summarise"
_ALL = "all"
_PARTS = {
    "year": "datetime64[Y]",
    "month": "datetime64[M]",
}  # of dates, where no column is so named
_TOLLS = ("fatalities", "injuries")
_NAMED = {  # what rows say, in the first of these columns that says anything
    "what": ("event_type",),
    "who": ("actor",),
    "whom": ("target",),
    "where": ("adm2_name", "admin2", "match_name", "adm1_name", "admin1"),
}
_MOST = 3  # names of each
_SHARES = {"uncertainty_median_m": 0.5, "uncertainty_90_m": 0.9}


class Summary(pd.DataFrame):  # type: ignore[misc]
    """What `summarise` gives: a table with a row for each group, which `print` tells in words."""

    @property
    def _constructor(self) -> Any:
        return pd.DataFrame  # what is cut out of a summary is a plain table

    def __str__(self) -> str:
        return write_summary(self)


class _Facts(NamedTuple):
    """What is told of each row."""

    names: dict[str, pd.Series]
    tolls: dict[str, TollRanges]
    first: Days
    last: Days
    radius_m: Floats  #: NaN for no place
    within: Floats | None  #: probability of being in the group it is counted in


def summarise(located: gpd.GeoDataFrame, by: str | None = None) -> Summary:
    """Summarise incidents: how many, who, what, where and when, and what is not known.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Points in any CRS: geocoded incidents, or a GeoDataFrame of your own.
    by : str, optional
        A column whose values make the groups, such as ``"adm1_name"`` or ``"actor"``; ``"year"``
        or ``"month"`` of the date. By default all rows are one group.

    Returns
    -------
    Summary
        A `pandas.DataFrame` with a row for each group, the largest first (years and months in their
        order), that `print` tells in sentences. ``incidents``; ``first_day`` and ``last_day`` on
        which one may have been; ``fatalities`` as the sources say at best, ``fatalities_low`` and
        ``fatalities_high`` with every toll at its low and its high end, the latter missing where
        ``fatalities_open`` rows have no upper end; ``fatalities_untold``, rows without a toll; the
        same of ``injuries`` where there are some; ``what``, ``who``, ``whom`` and ``where``, the
        three most common names with their numbers; ``uncertainty_median_m`` and
        ``uncertainty_90_m``, metres within which half and nine in ten of the places are known;
        ``unplaced`` and ``undated`` rows. Grouped by ``adm1_name`` or ``adm2_name``,
        ``expected_elsewhere`` tells how many of the incidents are expected to lie in another unit.

    Raises
    ------
    SchemaError
        If the table has no points, or cells that are not what their column holds.
    ParameterError
        If there is no column `by`.
    CRSError
        If the points have no CRS, or coordinates that it cannot have.

    Examples
    --------
    >>> import geosec
    >>> incidents, rejected = geosec.read_incidents(geosec.example_path())
    >>> by_type = geosec.summarise(geosec.geocode(incidents), by="event_type")
    >>> by_type["incidents"].to_dict()["Battles"], by_type["fatalities_high"].to_dict()["Battles"]
    (22, 295)
    """
    located, lon, _ = require_coordinates(located, _VERB)
    facts = _read_facts(located, ~np.isnan(lon), by)
    groups = _split(located, facts, by)
    rows = [_describe(facts, group) for group in groups.values()]
    names = pd.Index(list(groups), name=by or "group", dtype="object").infer_objects()
    summary = Summary(pd.DataFrame(rows, columns=list(_describe(facts, np.arange(0)))))
    summary.index = names
    for name in summary.columns[[_is_count(name) for name in summary.columns]]:
        summary[name] = pd.array(summary[name], dtype="Int64")
    summary.attrs = deepcopy(located.attrs)
    return note_step(summary, _VERB, (), by=by)


def _is_count(name: str) -> bool:
    return name in {"incidents", "unplaced", "undated"} or name.startswith(_TOLLS)


def _split(located: gpd.GeoDataFrame, facts: _Facts, by: str | None) -> dict[Any, Rows]:
    """Split the rows into groups, by the name of each; those without one stand last."""
    if by is None:
        return {_ALL: np.arange(len(located))}
    keys = _read_keys(located, facts, require_text(by, "by", "the name of a column"))
    codes, found = pd.factorize(keys.map(_make_key))
    counts = np.bincount(codes[codes >= 0], minlength=len(found))
    in_order = np.argsort(np.argsort(found.astype("str")))
    is_time = by in _PARTS and by not in located.columns
    order = np.argsort(in_order) if is_time else np.lexsort((in_order, -counts))
    groups = {found[code]: np.flatnonzero(codes == code) for code in order}
    return groups | ({None: np.flatnonzero(codes < 0)} if (codes < 0).any() else {})


def _read_keys(located: gpd.GeoDataFrame, facts: _Facts, name: str) -> pd.Series:
    """Read the name of the group that each row is in."""
    if name in located.columns and name != name_points(located):
        return located[name].reset_index(drop=True)
    if name in _PARTS:
        begins = facts.first.astype(_PARTS[name])
        return pd.Series(begins.astype("str")).where(~np.isnat(begins), None)
    known = [*map(str, located.columns.drop(name_points(located))), *_PARTS]
    msg = f"`by` names a column that makes groups, and the table has none called {name!r}; "
    raise ParameterError(msg + near_misses(name, known))


def _make_key(value: Any) -> Any:
    """Make a name of a group; a list or the like has that of its text."""
    try:
        hash(value)
    except TypeError:
        return str(value)
    return value


def _read_facts(located: gpd.GeoDataFrame, placed: NDArray[np.bool_], by: str | None) -> _Facts:
    first = last = np.full(len(located), "NaT", dtype="datetime64[D]")
    if "date" in located.columns:
        first, last = read_days(located, _VERB)
    columns = {
        kind: next((name for name in names if name != by and _says_anything(located, name)), None)
        for kind, names in _NAMED.items()
    }
    names = {kind: located[name].reset_index(drop=True) for kind, name in columns.items() if name}
    tolls = {name: read_toll_ranges(located, name) for name in _TOLLS}
    within = None
    if by in {"adm1_name", "adm2_name"} and (prob := by.replace("name", "prob")) in located.columns:
        within = read_numbers(located[prob]).to_numpy()
    radius_m = np.where(placed, read_radii_m(located, placed), np.nan)
    return _Facts(names, tolls, first, last, radius_m, within)


def _says_anything(located: gpd.GeoDataFrame, name: str) -> bool:
    return name in located.columns and bool(located[name].notna().any())


def _describe(facts: _Facts, rows: Rows) -> dict[str, Any]:
    """Describe one group of rows."""
    first, last = facts.first[rows], facts.last[rows]
    dated, radii_m = ~np.isnat(first), facts.radius_m[rows]
    placed = radii_m[~np.isnan(radii_m)]
    told: dict[str, Any] = {
        "incidents": len(rows),
        "first_day": pd.Timestamp(first[dated].min()) if dated.any() else pd.NaT,
        "last_day": pd.Timestamp(last[dated].max()) if dated.any() else pd.NaT,
    }
    for name, toll in facts.tolls.items():
        if not np.isnan(toll.best).all():
            told |= _add_up(name, toll.take(rows))
    told |= {kind: _list_most(names.iloc[rows]) for kind, names in facts.names.items()}
    for name, share in _SHARES.items():
        told[name] = float(np.quantile(placed, share)) if len(placed) else np.nan
    if facts.within is not None:
        told["expected_elsewhere"] = float(np.nansum(1 - facts.within[rows]))
    return told | {"unplaced": len(rows) - len(placed), "undated": int((~dated).sum())}


def _add_up(name: str, toll: TollRanges) -> dict[str, Any]:
    """Add up tolls: at best, at the least and at the most; those without an end are counted."""
    known = ~np.isnan(toll.best)
    is_open = np.isinf(toll.high)
    return {
        name: int(toll.best[known].sum()),
        f"{name}_low": int(toll.low[known].sum()),
        f"{name}_high": None if is_open.any() else int(toll.high[known].sum()),
        f"{name}_open": int(is_open.sum()),
        f"{name}_untold": int((~known).sum()),
    }


def _list_most(names: pd.Series) -> str | None:
    """List the most common names with their numbers: "22 Battles, 3 Riots, 4 others"."""
    counts = names.dropna().astype("str").value_counts().to_dict()
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    if not ordered:
        return None
    rest = sum(count for _, count in ordered[_MOST:])
    parts = [f"{count:,} {name}" for name, count in ordered[:_MOST]]
    return ", ".join(parts + ([f"{rest:,} other{'' if rest == 1 else 's'}"] if rest else []))
