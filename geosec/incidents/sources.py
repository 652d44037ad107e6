"""What a file or table of incidents holds, row by row, before any row is judged."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TypedDict

import geopandas as gpd
import pandas as pd
import shapely

from geosec.arguments import (
    clean_telling,
    describe_given,
    require_path,
    require_text,
)
from geosec.crs import lon_lat, to_storage
from geosec.errors import ParameterError, SchemaError
from geosec.incidents.columns import fold_name
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
        return Source(drop_later_stages(found))
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
    if table.index.name is not None and table.index.name not in table.columns:
        table = table.reset_index()
    if isinstance(table, gpd.GeoDataFrame):
        table = _write_coordinates(table)
    gone = [] if later is None else list(later.columns)
    plain = clean_telling(pd.DataFrame(table).drop(columns=gone, errors="ignore"), 4)
    rows = Rows.from_table(plain, range(1, len(plain) + 1))
    return Source(keep_geometry_text(rows), later)


def _write_coordinates(table: gpd.GeoDataFrame) -> pd.DataFrame:
    """Turn points into latitude and longitude where the table has no such columns."""
    name = table.active_geometry_name
    if name is None:
        return pd.DataFrame(table)
    plain = pd.DataFrame(table).drop(columns=name)
    if _has_coordinates(plain) or table.geometry.isna().all():
        return plain
    points = to_storage(table, "incidents").geometry
    shapes = points.to_numpy().copy()
    wide = shapely.get_type_id(shapes) > 0
    shapes[wide] = shapely.point_on_surface(shapes[wide])
    plain["longitude"], plain["latitude"] = lon_lat(gpd.GeoSeries(shapes))
    return plain


def _has_coordinates(plain: pd.DataFrame) -> bool:
    """Tell whether coordinates stand in columns; one of the two beside a geometry is refused."""
    own = {fold_name(str(name)): str(name) for name in plain.columns}
    there = [own[name] for name in ("latitude", "longitude") if name in own]
    if len(there) == 1:
        msg = (
            f"the column {there[0]!r} stands beside a geometry and has no other half; rename it "
            "to read the geometry, or add the other column to read both."
        )
        raise SchemaError(msg)
    return bool(there)
