"""Tables of counts read: units joined, periods with both ends, a side door with reasons."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Unpack

import pandas as pd

from geosec.arguments import require_flag
from geosec.errors import GeosecWarning, ParameterError, near_misses
from geosec.incidents.columns import read_given_names
from geosec.incidents.counts.cells import (
    Faults,
    find_repeated,
    read_measures,
    read_texts,
    read_types,
)
from geosec.incidents.counts.columns import PLAIN, match_count_columns, recognise_counts
from geosec.incidents.counts.incident_tables import refuse_incidents
from geosec.incidents.counts.joining import UnitChoice, join_units
from geosec.incidents.counts.periods import LENGTHS
from geosec.incidents.counts.spans import read_periods, read_until
from geosec.incidents.exports.terms import SOURCE_KIND, SOURCE_NOTICES
from geosec.incidents.sources import Opening, open_source
from geosec.reference.home_units import PART_OF
from geosec.storage.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    import geopandas as gpd


class CountsReading(Opening, total=False):
    """How the cells of a table of counts are read; every part may be left out."""

    day_first: bool  #: whether the day comes first in dates such as 03/04/2025
    every: str  #: what a single day of a row begins: a day, week, month, quarter or year
    until: str | date  #: the last day that the source covers


REJECTED_COLUMNS = ("line", "reason", "record")
_OVERLAP = {"civilian_targeting", "political_violence"}
_SHOWN = 500


def read_counts(
    source: str | Path | pd.DataFrame,
    *,
    kind: str | None = None,
    columns: Mapping[str, str] | None = None,
    level: str | None = None,
    boundaries: gpd.GeoDataFrame | None = None,
    on: str | date | None = None,
    **reading: Unpack[CountsReading],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read a table of counts: how many events there were, by unit and period.

    ACLED's monthly counts on HDX, its weekly counts by province, the conflict events of HDX HAPI,
    tables with HXL tags and plain ones are recognised by their columns. A row is joined to its unit
    by the unit's code (P-code), else by its name within the province that the row tells. A row
    whose unit is not known keeps its place without one, and says why.

    Parameters
    ----------
    source : path or pandas.DataFrame
        A file as `read_incidents` takes it, or a table.
    kind : {"acled_hdx", "acled_weekly", "hapi", "hxl", "plain"}, optional
        Whose table it is, where the columns tell it wrongly.
    columns : mapping of str to str, optional
        Names in the source to what they mean, such as ``{"Zila": "admin2", "n": "events"}``:
        ``admin1``, ``admin2``, ``admin2_code``, ``unit``, ``unit_code``, ``month``, ``year``,
        ``week``, ``period``, ``start``, ``end``, ``date``, ``event_type``, ``breakdown``,
        ``events``, ``fatalities`` and so on. ``breakdown`` is what else tells rows of one unit and
        period apart; several columns may be it.
    level : {"adm0", "adm1", "adm2"}, optional
        Country, provinces or districts; by default the finest that the columns tell.
    boundaries : geopandas.GeoDataFrame, optional
        Polygons of another country, with columns of codes and names as COD-AB, GADM and
        geoBoundaries spell them; by default those of Pakistan that ship.
    on : str or datetime.date, optional
        Whose districts: by default those of 2018, into which newer ones are joined as parts. A day
        from 2010 on takes those of that day, ``"period"`` those of the first day of each row.
    **reading
        ``encoding``, ``sheet``, ``sql`` and ``day_first``, as `read_incidents` takes them;
        ``every`` (``"day"``, ``"week"``, ``"month"``, ``"quarter"``, ``"year"``) says what a single
        date begins; ``until`` is the last day that the source covers: a period that goes on is
        partial.

    Returns
    -------
    counts : pandas.DataFrame
        Indexed by ``line``: ``unit_level``, ``unit_code``, ``unit_name``, ``unit_rule`` (``code``,
        ``name``, ``sound``, ``spelling``) and ``unit_reason``; for Pakistan also ``adm1_code``,
        ``adm1_name``, ``adm2_code``, ``adm2_name`` and ``adm2_pcode``; ``period_start`` and
        ``period_end``, both days within, ``period_days`` covered, ``period_partial``;
        ``event_type``, ``events``, ``fatalities``, ``injuries`` where the source has them; then
        the columns of the source, with ``given_`` before a name that is taken. Its credit and terms
        are in ``attrs``.
    rejected : pandas.DataFrame
        ``line``, ``reason`` and ``record``. Rows in the source = counts + rejected, a row of HXL
        tags aside. Rejected are counts that are negative or no whole number, periods that are none
        or may be two, totals, and rows that say otherwise what another says.

    Raises
    ------
    SourceError
        If the file is missing, empty, or not what its name says.
    SchemaError
        If a unit, a period or a count is missing, two columns mean one, or periods are columns; or
        it is a table of incidents, which `read_incidents` reads.
    ParameterError
        If an argument is none of those above, or `boundaries` do not say of which of the
        countries in the table they are.

    Warns
    -----
    GeosecWarning
        If single dates were taken for the beginning of longer periods, or ends for the day after;
        event types overlap; or units are parts of others, so that their counts are to be added up.

    Examples
    --------
    >>> import geosec, pandas as pd
    >>> table = pd.DataFrame(
    ...     {"district": ["Kech", "Turbat"], "month": ["2024-01", "Feb 2024"], "events": [3, 0]}
    ... )
    >>> counts, rejected = geosec.read_counts(table)
    >>> counts[["adm2_code", "period_end", "events"]].astype(str).to_numpy().tolist()
    [['PK-BA-kech', '2024-01-31', '3'], ['PK-BA-kech', '2024-02-29', '0']]
    """
    _check_reading(reading)
    given = read_given_names(columns)
    opening: Opening = {
        "encoding": reading.get("encoding", "utf-8"),
        "sheet": reading.get("sheet"),
        "sql": reading.get("sql"),
    }
    rows = open_source(source, **opening).rows
    first_rows = rows.list_rows(slice(1))
    recognised = recognise_counts(rows.columns, first_rows, kind)
    if recognised.kind is None:
        refuse_incidents(rows.columns, first_rows, is_named=bool(given))
    roles = match_count_columns(rows.columns, given, recognised.tags)
    table = rows.table.iloc[recognised.heads :]
    texts, faults = read_texts(table, roles), Faults(table)
    until = read_until(reading.get("until"))
    spans = read_periods(
        texts, faults, until, day_first=reading.get("day_first"), every=reading.get("every")
    )
    choice = UnitChoice.make(level, boundaries, on, texts)
    units = join_units(texts, spans["period_start"], choice, faults)
    measures = pd.concat([read_types(texts), read_measures(texts, faults)], axis=1)
    find_repeated(texts, spans, units, measures, faults)
    done = _order(units, pd.concat([spans, measures], axis=1), table)[faults.find_whole()]
    own = recognised.kind or PLAIN
    done.attrs = {SOURCE_KIND: own.name, **own.terms.list_attrs()}
    done.attrs[SOURCE_NOTICES] = [f"read as {own.title}"]
    _warn_of_parts(done)
    _warn_of_overlap(done)
    return done, _tabulate(faults, rows)


def _check_reading(reading: Mapping[str, Any]) -> None:
    """Refuse an option that there is not, or that has a value of another kind."""
    known = CountsReading.__annotations__
    for name in reading:
        if name not in known:
            msg = f"read_counts takes no {name!r}; {near_misses(name, known)}"
            raise ParameterError(msg)
    if reading.get("day_first") is not None:
        require_flag(reading["day_first"], "day_first")
    every = reading.get("every")
    if every is not None and every not in LENGTHS:
        msg = f"`every` is {every!r}; {near_misses(str(every), LENGTHS)}"
        raise ParameterError(msg)


def _order(units: pd.DataFrame, counts: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Put what was read before the columns of the source; one whose name is taken is kept too."""
    own = pd.concat([units, counts], axis=1)
    taken = {name: f"given_{name}" for name in table.columns if name in own.columns}
    return pd.concat([own, table.rename(columns=taken)], axis=1)


def _tabulate(faults: Faults, rows: Rows) -> pd.DataFrame:
    records = [(record.line, record.problem, record.raw) for record in rows.unreadable]
    wrong = faults.list_rows()
    shown = Rows(faults.table, []).list_rows([row for row, _ in wrong])
    for (row, reason), cells in zip(wrong, shown, strict=True):
        told = "; ".join(f"{name}={value}" for name, value in cells.items() if value is not None)
        records.append((int(faults.table.index[row]), reason, told[:_SHOWN]))
    table = pd.DataFrame(records, columns=list(REJECTED_COLUMNS))
    table = table.astype({"line": "int64", "reason": "str", "record": "str"})
    return table.sort_values("line", kind="stable").reset_index(drop=True)


def _warn_of_parts(counts: pd.DataFrame) -> None:
    """Warn where units are parts of those they were joined to."""
    parts = counts.loc[counts["unit_reason"].str.contains(PART_OF, regex=False), "unit_reason"]
    if len(parts):
        msg = (
            f"{len(parts):,} rows tell of units that are parts of those of the boundaries "
            f"({parts.iloc[0]}); add their counts up by `unit_code`, or take the districts of "
            "another day with `on=`."
        )
        warnings.warn(msg, GeosecWarning, stacklevel=3)


def _warn_of_overlap(counts: pd.DataFrame) -> None:
    """Warn where a type of events is a part of another, as in HDX's conflict events."""
    if set(counts["event_type"].dropna().unique()) >= _OVERLAP:
        msg = (
            "the event type 'civilian_targeting' is a part of 'political_violence'; do not add "
            "their counts up."
        )
        warnings.warn(msg, GeosecWarning, stacklevel=3)
