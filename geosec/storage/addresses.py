"""Addresses of tables in a database, ``postgresql://user@host/base/table``.

No message and no text that is shown repeats what stands before the host or behind the table, where
passwords may be.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any
from urllib.parse import unquote, urlsplit

from geosec.errors import ParameterError, SourceError

_SCHEMES = ("postgresql:", "postgres:")
_LIKE_THIS = "postgresql://user:password@host:5432/base/table, or .../base/schema.table"
_LONGEST_NAME = 63  # bytes: PostgreSQL cuts what is longer, and says so to nobody


@dataclass(frozen=True)
class Address:
    """Where a table lies: how to connect, its schema and name, and what may be shown of it."""

    connection: str = field(repr=False)
    schema: str
    table: str
    shown: str


def is_address(place: Any) -> bool:
    """Tell whether a place is a database and no file; a `Path` made of its address is refused."""
    text = str(place) if isinstance(place, str | PurePath) else ""
    if not text.lstrip().casefold().startswith(_SCHEMES):
        return False
    if isinstance(place, PurePath):
        msg = "the address of a database was given as a `Path`, which mars it; give it as a text."
        raise ParameterError(msg)
    return True


def read_address(text: str) -> Address:
    """Read the address of a database, or of a table in it; the name of the table may be empty.

    A point in a name is written ``%2E``, a slash ``%2F``. Raises a `SourceError` where it cannot
    be told apart without doubt.
    """
    try:
        parts = urlsplit(text.strip())
    except ValueError:  # of a bracket that is not closed; it repeats the text
        _refuse("its host is none")
    host = parts.netloc.rpartition("@")[2]
    if "\0" in text:
        _refuse("it holds NUL, where it would end")
    if parts.netloc.count("@") > 1 or "@" in parts.path + parts.query or parts.fragment:
        _refuse("a sign such as @, /, # or ? in a user or password is written %40, %2F, %23, %3F")
    base, *rest = parts.path.removeprefix("/").split("/")
    schema, table = _split_name("/".join(rest).strip("/"))
    options = f"?{parts.query}" if parts.query else ""
    connection = f"postgresql://{parts.netloc}/{base}{options}"
    shown = "/".join(["postgresql:", "", host, base, *filter(None, rest)])
    return Address(connection, schema, table, shown)


def _split_name(text: str) -> tuple[str, str]:
    """Split the name of a table from that of its schema; each may be empty."""
    if not text:
        return "", ""
    names = [unquote(name) for name in text.split(".")]
    if "/" in text or len(names) > len(("schema", "table")):
        _refuse("behind the name of the base stands more than a schema and a table")
    for name in names:
        require_name(name, "the table")
    return ("", *names)[-2], names[-1]


def show_place(place: Any) -> str:
    """Write where a table lies, for a reader: of a database, without user and password."""
    return read_address(place).shown if is_address(place) else str(place)


def require_name(name: str, what: str) -> None:
    """Refuse what PostgreSQL would not keep as the name of a table or a column."""
    if not name or "\0" in name or len(name.encode()) > _LONGEST_NAME:
        msg = (
            f"{what} cannot be called {name[:_LONGEST_NAME]!r}: PostgreSQL keeps names of 1 to "
            f"{_LONGEST_NAME} bytes without NUL, and this one has {len(name.encode())}; rename it."
        )
        raise SourceError(msg)


def _refuse(why: str) -> None:
    msg = f"the address of the database cannot be read: {why}. It is written {_LIKE_THIS}."
    raise SourceError(msg) from None
