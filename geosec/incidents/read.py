"""Incidents read; what cannot be used leaves by a side door with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from geosec.arguments import require_kind
from geosec.incidents.cells import Rejected
from geosec.incidents.clean import clean_row
from geosec.incidents.columns import match_columns
from geosec.incidents.sources import open_source
from geosec.incidents.stages import join_later_stages
from geosec.schema import INDEX, complete_stage

if TYPE_CHECKING:
    from pathlib import Path

    from geosec.storage.rows import Rows

REJECTED_COLUMNS = ("line", INDEX, "reason", "record")
_SHOWN = 500


def read_incidents(
    source: str | Path | pd.DataFrame,
    *,
    columns: Mapping[str, str] | None = None,
    encoding: str = "utf-8",
    sheet: str | None = None,
) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Read incidents, and say of every row that cannot be used why not.

    Parameters
    ----------
    source : path or pandas.DataFrame
        ``.csv``, ``.tsv`` or ``.txt`` (delimited text), ``.xlsx``, ``.parquet``, ``.geojson``,
        ``.json`` or ``.gpkg``, or a table. A located table that geosec wrote as Parquet,
        GeoPackage or GeoJSON reads back as it was; from CSV and XLSX only its incidents do. The
        points of a spatial file become latitude and longitude, brought to EPSG:4326.
    columns : mapping of str to str, optional
        Names in the source to names of the contract, such as ``{"Ort": "location"}``. Usual
        names (``lat``, ``event_date``, ``url`` and so on) are understood without.
    encoding : str, default "utf-8"
        Of delimited text.
    sheet : str, optional
        Name of the sheet of a workbook, or layer of a GeoPackage, where there are several.

    Returns
    -------
    incidents : geopandas.GeoDataFrame
        Indexed by ``incident_id`` (``row-<line>`` where the source has none), with the columns of
        ``geosec.schema`` and then those of the source; ``geometry`` holds the points given,
        EPSG:4326.
    rejected : pandas.DataFrame
        ``line`` (of the text file; row of the sheet; number of the feature or row, from 1),
        ``incident_id`` where it could be read, ``reason``, and ``record``, its text cut at 500
        characters. Rows in the source = incidents + rejected.

    Raises
    ------
    SourceError
        If the file is missing, empty, or not what its name says; or it has several sheets or
        layers and none is named.
    CRSError
        If a spatial file does not say in which CRS its points are, or not by a code.
    SchemaError
        If it has no ``date``, or neither ``location`` nor coordinates; or two columns mean one.
    ParameterError
        If `source` is neither a path nor a table, `columns` names a column that is not there, or
        `encoding` is none.

    Warns
    -----
    GeosecWarning
        If texts of a table hold half a character (a lone surrogate), which is read as U+FFFD.

    Examples
    --------
    >>> import geosec
    >>> incidents, rejected = geosec.read_incidents(geosec.example_path())
    >>> len(incidents), len(rejected)
    (72, 0)
    """
    if columns is not None:
        require_kind(columns, Mapping, "columns")
    rows, later = open_source(source, encoding, sheet)
    names = match_columns(rows.columns, columns or {})
    accepted, lines, rejected = _judge_rows(rows, names)
    table = pd.DataFrame.from_dict(accepted, orient="index")
    table = table if len(table) else pd.DataFrame(columns=[*dict.fromkeys(names.values())])
    incidents = _add_points(table.drop(columns=INDEX, errors="ignore"))
    if later is not None:
        incidents = join_later_stages(incidents, later.loc[lines])
    return incidents, _tabulate_rejected(rejected)


def _judge_rows(
    rows: Rows, names: Mapping[str, str]
) -> tuple[dict[str, dict[str, Any]], list[int], list[dict[str, Any]]]:
    """Take the rows one by one; each is accepted under an identifier of its own, or rejected.

    The lines of those accepted are given too.
    """
    accepted: dict[str, dict[str, Any]] = {}
    lines: dict[str, int] = {}
    rejected = [
        {"line": record.line, INDEX: None, "reason": record.problem, "record": record.raw}
        for record in rows.unreadable
    ]
    for line, cells in zip(rows.lines, rows.cells, strict=True):
        row = {names[name]: value for name, value in cells.items()}
        found = row.pop(INDEX, None)
        given = "" if found is None else str(found).strip()
        identifier = given or f"row-{line}"
        try:
            _refuse_second(identifier, lines)
            accepted[identifier] = clean_row(row)
        except Rejected as verdict:
            rejected.append(_record_verdict(line, given, str(verdict), cells))
        else:
            lines[identifier] = line
    return accepted, list(lines.values()), rejected


def _refuse_second(identifier: str, lines: Mapping[str, int]) -> None:
    if identifier in lines:
        msg = f"incident_id {identifier!r} stands already on line {lines[identifier]}"
        raise Rejected(msg)


def _record_verdict(
    line: int, identifier: str, reason: str, cells: dict[str, Any]
) -> dict[str, Any]:
    record = "; ".join(f"{name}={value}" for name, value in cells.items() if value is not None)
    return {"line": line, INDEX: identifier or None, "reason": reason, "record": record[:_SHOWN]}


def _tabulate_rejected(rows: list[dict[str, Any]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=list(REJECTED_COLUMNS)).sort_values("line", kind="stable")
    types = {"line": "int64", INDEX: "str", "reason": "str", "record": "str"}
    return table.astype(types).reset_index(drop=True)


def _add_points(table: pd.DataFrame) -> gpd.GeoDataFrame:
    """Complete the columns of the contract, with a point where a row has coordinates."""
    incidents = complete_stage(table, "read")
    there = incidents["latitude"].notna()
    points = gpd.points_from_xy(incidents["longitude"], incidents["latitude"], crs=incidents.crs)
    incidents["geometry"] = gpd.GeoSeries(points, index=incidents.index).where(there, None)
    return incidents
