"""What a file or table of incidents holds, row by row, before any row is judged."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TypedDict

import geopandas as gpd
import pandas as pd

from geosec.arguments import (
    clean_telling,
    describe_given,
    require_path,
    require_text,
)
from geosec.errors import ParameterError
from geosec.incidents.geometries import take_places
from geosec.incidents.indexes import Keys, take_index
from geosec.incidents.stages import drop_later_stages, keep_geometry_text, take_later_stages
from geosec.schema import INDEX, complete_stage, refuse_levels
from geosec.storage.addresses import is_address, show_place
from geosec.storage.features import is_own_layer
from geosec.storage.files import refuse_sheet
from geosec.storage.postgis import read_postgis
from geosec.storage.reading import read_file
from geosec.storage.rows import Rows, refuse_double_names


class Opening(TypedDict, total=False):
    """What a file or database does not say of itself: how `read_incidents` opens it."""

    encoding: str
    sheet: str | None
    sql: str | None


class Source(NamedTuple):
    """Rows as they came, and the columns of later stages, by row, if geosec wrote them."""

    rows: Rows
    later: pd.DataFrame | None = None
    footprints: pd.Series | None = None  #: by line, in EPSG:4326; None where no row has one
    told: tuple[str, ...] = ()  #: what a reader of the table should know
    keys: Keys | None = None  #: of the index of a table


def open_source(
    source: str | Path | pd.DataFrame,
    encoding: str = "utf-8",
    sheet: str | None = None,
    sql: str | None = None,
) -> Source:
    """Read the rows of a file, a table or a database; `encoding` is that of delimited text."""
    if sheet is not None:
        require_text(sheet, "sheet", "the name of a sheet or layer")
    if is_address(source):
        return _take_table(_read_database(str(source), sheet, sql))
    if sql is not None:
        said = describe_given(source)
        msg = f"`sql` asks a database (`postgresql://...`), and the source is {said}; leave it out."
        raise ParameterError(msg)
    if isinstance(source, pd.DataFrame):
        refuse_sheet("the table", sheet)
        return _take_table(source)
    path = Path(require_path(source, "source"))
    require_text(encoding, "encoding")
    found = read_file(path, encoding, sheet)
    if isinstance(found, Rows):
        return _place_rows(drop_later_stages(found), None)
    if found.empty and len(found.columns) == 1 and is_own_layer(path):
        found = complete_stage(found, "read")  # GeoJSON without features has no columns either
    return _take_table(found)


def _read_database(place: str, sheet: str | None, sql: str | None) -> pd.DataFrame:
    refuse_sheet(show_place(place), sheet)
    if sql is not None:
        sql = require_text(sql, "sql", "a question in SQL")
        if "\0" in sql:
            msg = "`sql` holds NUL, behind which a database would read nothing; take it out."
            raise ParameterError(msg)
    return read_postgis(place, sql)


def keep_whole_identifiers(
    incidents: gpd.GeoDataFrame, given: pd.Series | None
) -> gpd.GeoDataFrame:
    """Give incidents the whole numbers back that a database, which knows types, has for them."""
    if given is None or not len(given) or not all(type(value) is int for value in given):
        return incidents
    with suppress(OverflowError):
        incidents.index = pd.Index(given.tolist(), dtype="int64", name=INDEX)
    return incidents


def _take_table(table: pd.DataFrame) -> Source:
    refuse_levels(table.columns, "read_incidents")
    refuse_double_names(map(str, table.columns))
    later = take_later_stages(table)
    table, keys = take_index(table)
    points = _find_geometry(table)
    plain = pd.DataFrame(table) if points is None else pd.DataFrame(table).drop(columns=points.name)
    plain = plain.drop(columns=[] if later is None else list(later.columns), errors="ignore")
    lines = range(1, len(plain) + 1)
    rows = Rows.from_table(clean_telling(plain, 4), lines)
    points = None if points is None else points.set_axis(lines)
    if later is not None:
        has_place = {"location", "latitude", "longitude"} & set(rows.columns)
        return Source(rows if has_place else _place_rows(rows, points).rows, later, keys=keys)
    if "match_status" in rows.columns:
        return Source(keep_geometry_text(rows), keys=keys)
    return _place_rows(rows, points)._replace(keys=keys)


def _find_geometry(table: pd.DataFrame) -> gpd.GeoSeries | None:
    """Find the active geometry of a table."""
    if not isinstance(table, gpd.GeoDataFrame) or table.active_geometry_name is None:
        return None
    return table.geometry


def _place_rows(rows: Rows, points: gpd.GeoSeries | None) -> Source:
    """Give rows the places that a geometry, or columns of shapes, have for them."""
    placed = take_places(rows.table, points)
    footprints = pd.Series(placed.footprints, rows.table.index)
    rows = keep_geometry_text(rows._replace(table=placed.table))
    has_shapes = bool(footprints.notna().any())
    return Source(rows, None, footprints if has_shapes else None, tuple(placed.told))
