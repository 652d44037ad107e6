"""Incidents read; what cannot be used leaves by a side door with a reason."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import pandas as pd
from geopandas.array import from_shapely

from geosec.arguments import require_flag
from geosec.crs import make_points
from geosec.errors import GeosecWarning
from geosec.incidents.clean import TOLLS
from geosec.incidents.columns import read_given_names, warn_of_slips
from geosec.incidents.counts.columns import refuse_counts
from geosec.incidents.exports.terms import SOURCE_NOTICES
from geosec.incidents.exports.translation import finish_columns, read_columns
from geosec.incidents.indexes import name_keys
from geosec.incidents.judging import judge_in_order
from geosec.incidents.sources import keep_whole_identifiers, open_source
from geosec.incidents.spans import fill_spans
from geosec.incidents.stages import add_footprints, join_later_stages
from geosec.incidents.tolls import tell_bounded
from geosec.schema import INDEX, complete_stage
from geosec.shared import hold_collector
from geosec.storage.addresses import is_address
from geosec.storage.describing import recall_source
from geosec.storage.provenance import STEPS

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping
    from pathlib import Path
    from typing import Unpack

    import geopandas as gpd

    from geosec.incidents.indexes import Keys
    from geosec.incidents.sources import Opening
    from geosec.storage.rows import Rows

REJECTED_COLUMNS = ("line", INDEX, "reason", "record")


def read_incidents(
    source: str | Path | pd.DataFrame,
    *,
    columns: Mapping[str, str] | None = None,
    kind: str | None = None,
    day_first: bool | None = None,
    **options: Unpack[Opening],
) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Read incidents, and say of every row that cannot be used why not.

    Parameters
    ----------
    source : path, address of a database, or pandas.DataFrame
        ``.csv``, ``.tsv`` or ``.txt`` (delimited text), ``.xlsx``, ``.parquet``, ``.geojson``,
        ``.json`` or ``.gpkg``, or a table. A located table that geosec wrote as Parquet,
        GeoPackage or GeoJSON reads back as it was; from CSV and XLSX only its incidents do. The
        points of a spatial file become latitude and longitude, brought to EPSG:4326, where a row
        has none in columns; its lines and polygons ``footprint`` too, as does WKT in a column
        ``geometry_wkt``, ``geometry`` or ``footprint``. Of PostGIS,
        ``"postgresql://user@host/base/table"`` or ``.../schema.table`` (needs
        ``geosec[postgis]``): a table that geosec wrote reads back as it was.
    columns : mapping of str to str, optional
        Names in the source to names of the contract, such as ``{"Ort": "location"}``. Usual
        names (``lat``, ``event_date``, ``url`` and so on) are understood without.
    kind : {"plain", "acled", "ucdp", "gtd", "hxl", "satp"}, optional
        Which export it is, of the Armed Conflict Location & Event Data project, UCDP GED or
        Candidate events, the Global Terrorism Database, with a row of HXL tags, or as the tables of
        the South Asia Terrorism Portal. Recognised by its columns where it is not said; ``attrs``
        say as what, and whom to credit. ``"plain"`` goes by the names of columns alone.
    day_first : bool, optional
        Whether the day comes first in dates such as 03/04/2025. Where it is not said, such a date
        is rejected, as it may be two days, but for 13/02/2025, which is one. Dates with dots such
        as 03.04.2024 are read as the others of their column where these say it (29.02.2024).
    **options
        How the source is opened. ``encoding="utf-8"`` is that of delimited text; ``sheet`` names
        the sheet of a workbook, or the layer of a GeoPackage, where there are several; ``sql`` is
        what to select from a database, ``"postgresql://user@host/base"``: one statement, run in a
        transaction that cannot write.

    Returns
    -------
    incidents : geopandas.GeoDataFrame
        Indexed by ``incident_id`` (the index of a table where no column is it and it is more than
        a count; else ``row-<line>`` where the source has none), with the columns of
        ``geosec.schema`` and then those of the source; ``geometry`` holds the points given,
        EPSG:4326, and ``footprint``, where there are any, lines and polygons (the hull of several
        points), for which the coordinates are the best point. An export keeps all its columns
        beside ours, and columns of numbers, truths and times keep their type. Identifiers are
        texts, but whole numbers where they are so in a database or an index without a name.
    rejected : pandas.DataFrame
        ``line`` (of the text file; row of the sheet; number of the feature or row, from 1),
        ``incident_id`` where it could be read, ``reason``, and ``record``, its text cut at 500
        characters. Rows in the source = incidents + rejected.

    Raises
    ------
    SourceError
        If the file is missing, empty, or not what its name says; or it has several sheets or
        layers and none is named. If a database cannot be reached or asked; no message repeats a
        user or a password.
    CRSError
        If a spatial file does not say in which CRS its points are, or not by a code.
    SchemaError
        If it has no ``date``, or neither ``location`` nor coordinates; two columns mean one; a
        ``precision_code`` has no ``precision_scheme``; or it is a table of counts, which
        `read_counts` reads.
    ParameterError
        If `source` is neither a path nor a table, `columns` names a column that is not there,
        `kind` or `encoding` is none that is known, or `sql` stands beside something else than a
        database.

    Warns
    -----
    GeosecWarning
        If texts of a table hold half a character (a lone surrogate), which is read as U+FFFD; or
        tolls are no plain number ("3+", "2-3", "at least 5"), of which the low end is taken. Their
        words stand in ``fatalities_text`` and ``injuries_text``. If a column looks like a code of
        spatial precision and is not used; or coordinates in columns lie more than 100 m from a
        geometry beside them: the columns are taken. If `columns` gives a name that is none of the
        contract's, and like one that is.

    Examples
    --------
    >>> import geosec
    >>> incidents, rejected = geosec.read_incidents(geosec.example_path())
    >>> len(incidents), len(rejected)
    (72, 0)
    """
    given = read_given_names(columns)
    if day_first is not None:
        require_flag(day_first, "day_first")
    rows, later, footprints, told, keys = open_source(source, **options)
    is_named = bool(given) or kind is not None
    with hold_collector():
        refuse_counts(rows.columns, rows.list_rows(slice(1)), is_named=is_named)
        warn_of_slips(given)
        rows, names, attrs = read_columns(rows, given, kind, day_first=day_first)
        rows, names, keys = name_keys(rows, names, keys)
        (table, lines, rejected), order = judge_in_order(rows, names, day_first=day_first)
        _warn_of_low_ends(table, names.values())
        incidents = _add_points(table)
    if later is not None:
        incidents = join_later_stages(incidents, later.loc[lines])
    incidents = add_footprints(incidents, footprints, lines)
    incidents = finish_columns(incidents, attrs, _recall(source, is_located=later is not None))
    tell_source(incidents, [*told, *order], keys)
    if is_address(source) or (keys is not None and keys.is_bare):
        own = [rows.table.loc[lines, name] for name, known in names.items() if known == INDEX]
        incidents = keep_whole_identifiers(incidents, next(iter(own), None))
    return incidents, _tabulate_rejected(rows, rejected)


def _recall(source: str | Path | pd.DataFrame, *, is_located: bool) -> dict[Any, Any]:
    """Recall what is told of a source: in a table's own notes, or in a file that geosec wrote."""
    if isinstance(source, pd.DataFrame):
        return dict(source.attrs)
    told = recall_source(source)
    return told if is_located else {name: told[name] for name in told if name != STEPS}


def tell_source(incidents: gpd.GeoDataFrame, told: Iterable[str], keys: Keys | None) -> None:
    """Note what was done with a source and its index, and warn of what is `told`."""
    noted = [] if keys is None else [keys.told]
    notices = [*incidents.attrs.get(SOURCE_NOTICES, []), *noted, *told]
    if notices:
        incidents.attrs[SOURCE_NOTICES] = notices
    for notice in told:
        warnings.warn(notice, GeosecWarning, stacklevel=3)


def _warn_of_low_ends(table: pd.DataFrame, names: Container[str]) -> None:
    for toll in TOLLS:
        words = f"{toll}_text"
        if words in table.columns and words not in names:
            said = tell_bounded(toll, table[words].dropna().tolist())
            warnings.warn(said, GeosecWarning, stacklevel=3)


def _tabulate_rejected(rows: Rows, rejected: list[dict[str, Any]]) -> pd.DataFrame:
    unreadable = [
        {"line": record.line, INDEX: None, "reason": record.problem, "record": record.raw}
        for record in rows.unreadable
    ]
    table = pd.DataFrame(unreadable + rejected, columns=list(REJECTED_COLUMNS)).sort_values(
        "line", kind="stable"
    )
    types = {"line": "int64", INDEX: "str", "reason": "str", "record": "str"}
    return table.astype(types).reset_index(drop=True)


def _add_points(table: pd.DataFrame) -> gpd.GeoDataFrame:
    """Complete the columns of the contract, with a point where a row has coordinates."""
    incidents = fill_spans(complete_stage(table, "read"))
    points = make_points(*(incidents[name].to_numpy() for name in ("longitude", "latitude")))
    incidents["geometry"] = from_shapely(points, incidents.crs)
    return incidents
