"""Tables written to PostGIS in one transaction: copied in, then brought up to date by key.

It is imported when the first table is written to a database, as it needs psycopg.
"""

from __future__ import annotations

import json
import warnings
from typing import TYPE_CHECKING, Any

from psycopg import errors, sql

from geosec.errors import GeosecWarning, SchemaError, SourceError
from geosec.schema import COLUMNS
from geosec.storage.addresses import Address, read_address
from geosec.storage.postgis import MARK, open_database, require_table, tell_error
from geosec.storage.table_fields import Field, Fields, list_fields

if TYPE_CHECKING:
    import pandas as pd
    import psycopg

_INCOMING = ("pg_temp", "geosec_incoming")


def write_postgis(table: pd.DataFrame, place: str, note: dict[str, Any]) -> str:
    """Write a table to a database, all of it or nothing, and give its address without a password.

    A table that is not there is made, with a key and an index over each geometry. In one that is,
    rows of the same key are brought up to date and others stay; columns that it lacks are added,
    and those of later verbs that the table lacks are emptied where its places are new. Rows without
    a key take the place of all rows, if these were written so. `note` is kept as a line of JSON in
    the comment on the table. Raises a `SourceError` where the database cannot be used, and a
    `SchemaError` where it cannot hold the table.
    """
    address = read_address(place)
    require_table(address)
    fields = list_fields(table)
    note = {**note, "zones": _list_zones(table)}
    with open_database(address) as session:
        try:
            _Writer(session, address, fields).write(note)
        except (errors.DataError, errors.IntegrityError, errors.ProgrammingError) as error:
            if isinstance(error, errors.InsufficientPrivilege):
                raise
            remedy = ""
            if isinstance(error, errors.InvalidColumnReference):  # what no key makes sure of
                remedy = (
                    f" Give it a key: ALTER TABLE ... ADD PRIMARY KEY ({', '.join(fields.key)})."
                )
            told = tell_error(error)
            msg = f"{address.shown} cannot hold the table ({told}); nothing was written.{remedy}"
            raise SchemaError(msg) from error
    return address.shown


def _list_zones(table: pd.DataFrame) -> dict[str, str]:
    """List the zones of times, by column: a database keeps the moment, and not where it is told."""
    kinds = {str(name): column.dtype for name, column in table.items()}
    return {name: str(kind.tz) for name, kind in kinds.items() if hasattr(kind, "tz")}


class _Writer:
    """One table on its way into a database."""

    def __init__(self, session: psycopg.Connection, address: Address, fields: Fields) -> None:
        self._session, self._address = session, address
        self._fields, self._key, self._is_known = fields
        self._shapes_in = self._find_postgis()
        self._target = self._name_target()

    def write(self, note: dict[str, Any]) -> None:
        """Write it, and keep a note of how it came about."""
        self._run("SELECT pg_advisory_xact_lock(hashtext({}))", self._regclass())
        there = self._list_columns()
        if not there:
            self._create()
        else:
            self._make_room(there)
        self._copy()
        self._merge(there)
        self._comment(json.dumps({**note, "key": self._key if self._is_known else []}))

    def _find_postgis(self) -> str:
        """Find the schema in which PostGIS is installed."""
        found = self._run(
            "SELECT nspname FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace "
            "WHERE extname = 'postgis'"
        ).fetchone()
        if found is None:
            msg = f"{self._address.shown} has no PostGIS; run `CREATE EXTENSION postgis` in it."
            raise SourceError(msg)
        return str(found[0])

    def _name_target(self) -> sql.Identifier:
        """Name the table with its schema: that in which it is found, else the current one."""
        schema, name = self._address.schema, self._address.table
        if not schema:
            bare = sql.Identifier(name).as_string(self._session)
            found = self._run(
                "SELECT coalesce((SELECT nspname FROM pg_class c JOIN pg_namespace n "
                "ON n.oid = relnamespace WHERE c.oid = to_regclass({})), current_schema())",
                self._literal(bare),
            ).fetchone()
            schema = str(found[0]) if found and found[0] else "public"
        return sql.Identifier(schema, name)

    def _list_columns(self) -> list[str]:
        found = self._run(
            "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass({}) "
            "AND attnum > 0 AND NOT attisdropped",
            self._regclass(),
        )
        return [str(name) for (name,) in found]

    def _create(self) -> None:
        key = sql.SQL(", PRIMARY KEY ({})").format(self._join(self._key))
        self._run(
            "CREATE TABLE {} ({}{})",
            self._target,
            sql.SQL(", ").join(map(self._define, self._fields)),
            key if self._key else sql.SQL(""),
        )
        self._index(self._fields)

    def _make_room(self, there: list[str]) -> None:
        """Add the columns that a table lacks; and where rows have no key, take out the old ones."""
        new = [field for field in self._fields if field.name not in there]
        for field in new:
            if field.name in self._key:
                msg = (
                    f"{self._address.shown} has no column {field.name!r} to know its rows by; "
                    "write to another table, or add the column as a key."
                )
                raise SchemaError(msg)
            self._run("ALTER TABLE {} ADD COLUMN {}", self._target, self._define(field))
        self._index(new)
        if not self._is_known:
            self._take_out()

    def _take_out(self) -> None:
        """Take out all rows of a table, if they were written without identifiers."""
        ours = [json.loads(line) for line in self._read_comment() if line.startswith(MARK)]
        if not ours or ours[0].get("key"):
            msg = (
                f"{self._address.shown} holds rows with identifiers, or of others, and the rows of "
                "the table have none, as its index counts them; name the index with "
                '`table.rename_axis("incident_id")`, or write to another table.'
            )
            raise SchemaError(msg)
        self._run("DELETE FROM {}", self._target)

    def _copy(self) -> None:
        incoming = sql.Identifier(*_INCOMING)
        fields = sql.SQL(", ").join(map(self._define, self._fields))
        self._run("CREATE TEMPORARY TABLE {} ({}) ON COMMIT DROP", incoming, fields)
        rows = zip(*(field.cells for field in self._fields), strict=True)
        question = sql.SQL("COPY {} FROM STDIN").format(incoming)
        with self._session.cursor().copy(question) as copy:
            for row in rows:
                copy.write_row(row)

    def _merge(self, there: list[str]) -> None:
        names = [field.name for field in self._fields]
        clauses = [
            sql.SQL("{0} = EXCLUDED.{0}").format(sql.Identifier(name))
            for name in names
            if name not in self._key
        ]
        clauses += [
            sql.SQL("{} = NULL").format(sql.Identifier(name)) for name in _list_stale(names, there)
        ]
        conflict: sql.Composable = sql.SQL("")
        if self._is_known:
            change = sql.SQL("UPDATE SET {}").format(sql.SQL(", ").join(clauses))
            conflict = sql.SQL("ON CONFLICT ({}) DO {}").format(
                self._join(self._key), change if clauses else sql.SQL("NOTHING")
            )
        incoming, columns = sql.Identifier(*_INCOMING), self._join(names)
        self._run(
            "INSERT INTO {0} ({1}) SELECT {1} FROM {2} {3}",
            self._target,
            columns,
            incoming,
            conflict,
        )

    def _comment(self, note: str) -> None:
        """Put our line into the comment on the table; lines of others stay."""
        others = [line for line in self._read_comment() if line and not line.startswith(MARK)]
        lines = self._literal("\n".join([*others, note]))
        try:
            with self._session.transaction():
                self._run("COMMENT ON TABLE {} IS {}", self._target, lines)
        except errors.InsufficientPrivilege:  # rows may be written by others than the owner
            msg = (
                f"{self._address.shown} is another's, and so the comment that says how its rows "
                "came about was not written; the rows were."
            )
            warnings.warn(msg, GeosecWarning, stacklevel=7)

    def _read_comment(self) -> list[str]:
        found = self._run("SELECT obj_description(to_regclass({}))", self._regclass()).fetchone()
        return str(found[0]).split("\n") if found and found[0] else []

    def _index(self, fields: list[Field]) -> None:
        for field in fields:
            if field.shape:
                name = sql.Identifier(field.name)
                self._run("CREATE INDEX ON {} USING gist ({})", self._target, name)

    def _define(self, field: Field) -> sql.Composed:
        kind: sql.Composable = sql.SQL(field.kind)
        if field.shape:
            kind = sql.SQL("{}({}, 4326)").format(
                sql.Identifier(self._shapes_in, "geometry"), sql.SQL(field.shape)
            )
        return sql.SQL("{} {}").format(sql.Identifier(field.name), kind)

    def _join(self, names: list[str]) -> sql.Composed:
        return sql.SQL(", ").join(map(sql.Identifier, names))

    def _literal(self, text: str) -> sql.Literal:
        return sql.Literal(text)

    def _regclass(self) -> sql.Literal:
        return self._literal(self._target.as_string(self._session))

    def _run(self, question: Any, *parts: Any) -> psycopg.Cursor[Any]:
        """Ask, with names and values put in as such; a % in a name is no placeholder."""
        return self._session.execute(sql.SQL(question).format(*parts))


def _list_stale(names: list[str], there: list[str]) -> list[str]:
    """List what later verbs said of places that are written anew."""
    if "geometry" not in names:
        return []
    later = [column.name for column in COLUMNS if column.stage != "read"]
    return [name for name in later if name in there and name not in names]
