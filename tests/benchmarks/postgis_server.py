"""A PostgreSQL with PostGIS for one benchmark or test, in a folder that is thrown away.

It is started once a process, as the user ``postgres`` where that runs as root, listens on a socket
in its folder and on a free port of the loopback, and is stopped when the process ends.
"""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd
    import psycopg

_PLACES = "/usr/lib/postgresql/*/bin"  # Debian
_TYPES = {"float64": "double precision"}


def _programs() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    newest = sorted(Path("/").glob(f"{_PLACES[1:]}/initdb"))
    return newest[-1].parent if newest else None


def why_not() -> str:
    """Say what is missing; empty if the server can be started."""
    programs = _programs()
    if programs is None:
        return "PostgreSQL is not installed (Debian: postgresql)"
    shared = subprocess.run(
        [programs / "pg_config", "--sharedir"], capture_output=True, text=True, check=False
    ).stdout.strip()
    roots = [Path(shared or "/"), *Path("/usr/share/postgresql").glob("*")]
    if not any((root / "extension/postgis.control").exists() for root in roots):
        return "PostGIS is not installed (Debian: postgresql-15-postgis-3)"
    return ""


@cache
def _start() -> tuple[Path, int]:
    """Start the server and give the folder of its socket, and its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder, programs = Path(tempfile.mkdtemp(prefix="geosec-postgis-")), _programs()
    assert programs is not None
    user = {"user": "postgres", "group": "postgres", "extra_groups": []} if not os.getuid() else {}
    if user:
        shutil.chown(folder, "postgres", "postgres")

    def run(program: str, *words: str) -> None:
        subprocess.run(
            [programs / program, "-D", folder / "data", *words],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
            **user,
        )

    def stop() -> None:
        run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(folder)

    run("initdb", "--auth=trust", "--username=postgres", "--no-sync")
    settings = (
        f"-k {folder} -p {port} -c listen_addresses=127.0.0.1 -c fsync=off -c shared_buffers=256MB"
    )
    run("pg_ctl", "-w", "-o", settings, "-l", str(folder / "log"), "start")
    atexit.register(stop)
    return folder, port


def give_address(base: str = "postgres") -> str:
    """Start the server, if it is not, and give the address of a database in it."""
    return f"postgresql://postgres@127.0.0.1:{_start()[1]}/{base}"


@contextmanager
def connection() -> Iterator[psycopg.Connection]:
    """Open an empty database; it is dropped with what was copied in."""
    import psycopg  # noqa: PLC0415 - not everybody has it

    with psycopg.connect(give_address()) as session:
        session.execute("CREATE EXTENSION IF NOT EXISTS postgis")
        yield session
        session.rollback()


def copy_in(session: psycopg.Connection, name: str, frame: gpd.GeoDataFrame) -> None:
    """Make a table of a layer, with indexes over its geometry and geography."""
    plain = frame.drop(columns="geometry")
    fields = [f'"{each}" {_TYPES.get(str(kind), "text")}' for each, kind in plain.dtypes.items()]
    session.execute(f"CREATE TABLE {name} ({', '.join(fields)}, geom geometry(Geometry, 4326))")
    rows = plain.itertuples(index=False, name=None)
    with session.cursor().copy(f"COPY {name} FROM STDIN") as copy:
        for row, shape in zip(rows, frame.geometry.to_wkb(hex=True), strict=True):
            copy.write_row((*row, shape))
    session.execute(f"CREATE INDEX ON {name} USING gist (geom)")
    session.execute(f"CREATE INDEX ON {name} USING gist ((geom::geography))")
    session.execute(f"ANALYZE {name}")
