"""PostGIS: a database opened, and rows read from it that stay as they are.

psycopg is imported when the first database is opened, and comes with ``geosec[postgis]``.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj.exceptions import CRSError as UnknownCRSError

from geosec.crs import STORAGE_CRS
from geosec.errors import CRSError, GeosecError, SchemaError, SourceError
from geosec.storage.addresses import Address, read_address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    import psycopg

MARK = '{"geosec": '  #: a line of a comment that is ours begins so
_PATIENCE_S = "10"  # until a server that does not answer is given up
_PLAIN = (str, bool, int, float, date, datetime, time, bytes)
_TIMES = {"date": "DateLoader", "timestamp": "TimestampLoader", "timestamptz": "TimestamptzLoader"}
_SHAPES = "SELECT oid FROM pg_type WHERE typname IN ('geometry', 'geography')"


def read_postgis(place: str, sql: str | None = None) -> pd.DataFrame:
    """Read a table of a database, or what `sql` selects, in a transaction that cannot write.

    Geometries bear the CRS of their SRID. The one called ``geometry`` holds the places, else the
    only one but ``footprint``. Raises a `SourceError` where the database cannot be reached or
    asked, a `SchemaError` where it is not clear which geometry holds the places, and a `CRSError`
    where geometries of a column are in several CRS, or in one that is not known.
    """
    address = read_address(place)
    if sql is None:
        require_table(address, " or say with `sql=` what to read")
    with open_database(address) as session:
        session.read_only = True
        columns = _select(session, address, sql)
        note = _ask_comment(session, address) if sql is None else ""
        session.rollback()
    return _tell_local_times(_make_table(columns, address), note)


def require_table(address: Address, remedy: str = "") -> None:
    """Refuse an address that names no table."""
    if not address.table:
        msg = f"{address.shown} names no table; add it (`.../base/table`){remedy}."
        raise SourceError(msg)


@contextmanager
def open_database(address: Address) -> Iterator[psycopg.Connection]:
    """Open a database; what it says when it breaks off is a `SourceError` without a password.

    What is done is kept where nothing is raised, else none of it.
    """
    driver = load_driver()
    try:
        given = driver.conninfo.conninfo_to_dict(address.connection)
    except driver.Error:  # it repeats the address
        msg = f"the address of {address.shown} has a part that PostgreSQL does not know."
        raise SourceError(msg) from None
    usual = {"connect_timeout": _PATIENCE_S, "application_name": "geosec"}
    try:
        with driver.connect(**{**usual, **given, "client_encoding": "utf8"}) as session:
            yield session
    except (driver.Error, UnicodeError, ValueError) as error:
        if isinstance(error, GeosecError):
            raise
        told = tell_error(error, str(given.get("password") or ""))
        msg = f"{address.shown} cannot be used ({told})."
        raise SourceError(msg) from None


def read_comment(place: str) -> str:
    """Read what geosec wrote into the comment on a table, empty where it did not."""
    address = read_address(place)
    require_table(address)
    with open_database(address) as session:
        session.read_only = True
        return _ask_comment(session, address)


def _ask_comment(session: psycopg.Connection, address: Address) -> str:
    """Give our line of the comment on a table, empty where there is none."""
    compose = load_driver().sql
    names = compose.Identifier(*filter(None, (address.schema, address.table)))
    asked = compose.SQL("SELECT obj_description({}::regclass)")
    text = compose.Literal(names.as_string(session))
    found = session.execute(asked.format(text)).fetchone()
    lines = str(found[0] or "").split("\n") if found else []
    return next((line for line in lines if line.startswith(MARK)), "")


def _tell_local_times(table: pd.DataFrame, note: str) -> pd.DataFrame:
    """Give times in the zone that they were written in; a database keeps the moment alone."""
    for name, zone in json.loads(note).get("zones", {}).items() if note else ():
        if name in table.columns:
            table[name] = pd.to_datetime(table[name], utc=True).dt.tz_convert(zone)
    return table


def load_driver() -> ModuleType:
    """Import psycopg, or say how it is installed."""
    try:
        return import_module("psycopg")
    except ImportError as error:
        msg = f"a database needs psycopg ({error}): `pip install geosec[postgis]`."
        raise SourceError(msg) from error


def tell_error(error: Exception, password: str = "") -> str:
    """Say in a line what PostgreSQL complains of, with what it advises."""
    told = getattr(error, "diag", None)
    words = [told.message_primary, told.message_hint] if told and told.message_primary else [error]
    line = " ".join(" ".join(str(word).split()).removesuffix(".") + "." for word in words if word)
    return (line.replace(password, "***") if password else line).removesuffix(".")


def _select(session: psycopg.Connection, address: Address, sql: str | None) -> list[Any]:
    """Give name, whether it holds shapes, and cells, of each column.

    A question is prepared, and so is one statement: no COMMIT in it ends the transaction before.
    """
    shapes = {number for (number,) in session.execute(_SHAPES)}
    _keep_far_times(session)
    if sql is None:
        compose = load_driver().sql
        names = compose.Identifier(*filter(None, (address.schema, address.table)))
        cursor = session.execute(compose.SQL("SELECT * FROM {}").format(names))
    else:
        cursor = session.execute(sql.encode(), prepare=True)
    if cursor.description is None:
        msg = "`sql` gives no rows; it is to be a question that selects them."
        raise SourceError(msg)
    rows = cursor.fetchall()
    return [
        (column.name, column.type_code in shapes, [row[at] for row in rows])
        for at, column in enumerate(cursor.description)
    ]


def _keep_far_times(session: psycopg.Connection) -> None:
    """Give times that Python has not (infinity, 44 BC) as texts, so that they are of one row."""
    refused = load_driver().DataError
    loaders = import_module("psycopg.types.datetime")

    def make_loader(usual: type[Any]) -> type[Any]:
        class Loader(usual):  # type: ignore[misc]
            def load(self, data: Any) -> Any:
                try:
                    return super().load(data)
                except refused:
                    return bytes(data).decode()

        return Loader

    for kind, name in _TIMES.items():
        session.adapters.register_loader(kind, make_loader(getattr(loaders, name)))


def _make_table(columns: list[Any], address: Address) -> pd.DataFrame:
    """Make a table of columns, its cells Python's own values."""
    names = pd.Index([name for name, _, _ in columns], dtype="object")
    series = [
        _make_shapes(name, cells) if is_shape else _make_cells(cells)
        for name, is_shape, cells in columns
    ]
    table = pd.DataFrame(dict(enumerate(series)), index=range(len(columns[0][2]) if columns else 0))
    table.columns = names
    if names.has_duplicates:
        msg = f"two columns are called {names[names.duplicated()][0]!r}; rename one (`AS`)."
        raise SchemaError(msg)
    shapes = [name for name, is_shape, _ in columns if is_shape]
    active = _choose_places(shapes, address)
    return table if active is None else gpd.GeoDataFrame(table, geometry=active)


def _make_cells(cells: list[Any]) -> pd.Series:
    return pd.Series([_take_cell(cell) for cell in cells], dtype="object")


def _take_cell(cell: Any) -> Any:
    """Take a cell as it is; whole numbers of any length are whole, what has parts is JSON."""
    if cell is None or isinstance(cell, _PLAIN):
        return cell
    if isinstance(cell, Decimal):
        is_whole = cell.is_finite() and cell == cell.to_integral_value()
        return int(cell) if is_whole else float(cell)
    if isinstance(cell, dict | list):
        return json.dumps(cell, ensure_ascii=False, default=str)
    return bytes(cell) if isinstance(cell, memoryview | bytearray) else str(cell)


def _make_shapes(name: str, cells: list[str | None]) -> gpd.GeoSeries:
    try:
        shapes = shapely.from_wkb(np.array(cells, dtype="object"))
    except shapely.errors.ShapelyError as error:
        msg = f"the column {name!r} holds a shape that cannot be read ({error})."
        raise SourceError(msg) from error
    known = set(shapely.get_srid(shapes[~shapely.is_missing(shapes)]).tolist())
    if len(known) > 1:
        msg = (
            f"the column {name!r} holds shapes in several CRS (SRID {sorted(known)}); bring them "
            f"to one in `sql=`: ST_Transform({name}, 4326)."
        )
        raise CRSError(msg)
    srid = known.pop() if known else 4326
    try:
        crs = STORAGE_CRS if srid == 4326 else srid or None
        return gpd.GeoSeries(shapely.set_srid(shapes, 0), crs=crs)
    except UnknownCRSError as error:
        msg = (
            f"the column {name!r} is in SRID {srid}, which is no code of EPSG; bring it to 4326 in "
            f"`sql=`: ST_Transform({name}, 4326)."
        )
        raise CRSError(msg) from error


def _choose_places(shapes: list[str], address: Address) -> str | None:
    """Choose the geometry that holds the places."""
    if "geometry" in shapes:
        return "geometry"
    others = [name for name in shapes if name != "footprint"]
    if len(others) > 1:
        msg = (
            f"{address.shown} has several geometries ({', '.join(map(repr, others))}); call the "
            f"one that holds the places geometry, with `sql=`: {others[0]} AS geometry."
        )
        raise SchemaError(msg)
    return others[0] if others else None
