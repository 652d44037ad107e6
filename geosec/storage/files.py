"""Files written whole or not at all."""

from __future__ import annotations

import os
import platform
import re
import shutil
import tempfile
import time
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from shapely.errors import ShapelyError

from geosec.errors import GeosecError, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What readers raise at broken bytes: XML is a `SyntaxError`, every error of pyogrio a
#: `RuntimeError`, those of pyarrow are a `ValueError`, `OSError`, `LookupError` or `TypeError`.
_BROKEN = (
    *(
        AttributeError,
        EOFError,
        LookupError,
        OSError,
        RuntimeError,
        SyntaxError,
        TypeError,
        ValueError,
    ),
    *(zipfile.BadZipFile, zlib.error, ShapelyError),
)

_PREFIX = ".geosec-"
_SHOWN = 20  # letters of the machine's name
_LONGEST_WRITE_S = 86_400


@contextmanager
def write_whole(path: Path) -> Iterator[Path]:
    """Give a name to write to; the file is moved to its place when all of it is written.

    The name lies in a folder beside the place and has the same ending. Raises a `SourceError` if
    the folder of the place is not there, or the place is a folder itself.
    """
    if not path.parent.is_dir():
        msg = f"there is no folder {path.parent} to write {path.name} in; make it first."
        raise SourceError(msg)
    if path.is_dir():
        msg = f"{path} is a folder, where a file is to be written; give the name of a file in it."
        raise SourceError(msg)
    path = path.resolve()  # a link stays one: its file is replaced
    _sweep(path.parent)
    try:
        with tempfile.TemporaryDirectory(
            dir=path.parent, prefix=f"{_mark_host()}{os.getpid()}-"
        ) as folder:
            partial = Path(folder) / path.name
            yield partial
            if path.exists():
                shutil.copymode(path, partial)
            os.replace(partial, path)  # noqa: PTH105 - replaces on every system, as rename does not
    except OSError as error:
        msg = f"{path} cannot be written ({error.strerror or error}); write where there is room."
        raise SourceError(msg) from error


def _mark_host() -> str:
    """Give how the folders begin that this machine writes in."""
    return f"{_PREFIX}{re.sub('[^A-Za-z0-9]', '', platform.node())[:_SHOWN]}-"


def _sweep(folder: Path) -> None:
    """Remove what writes that were killed have left: their process is gone, or they are old."""
    for left in folder.glob(f"{_PREFIX}*"):
        process = left.name.removeprefix(_mark_host()).partition("-")[0]
        is_here = left.name.startswith(_mark_host()) and process.isdecimal()
        if (is_here and not _is_running(int(process))) or _is_old(left):
            shutil.rmtree(left, ignore_errors=True)


def _is_running(process: int) -> bool:
    """Tell whether a process of this machine is there; where that cannot be asked, it may be."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _is_old(folder: Path) -> bool:
    try:
        return time.time() - folder.stat().st_mtime > _LONGEST_WRITE_S
    except OSError:  # another has removed it
        return False


@contextmanager
def refuse_broken(path: Path, kind: str) -> Iterator[None]:
    """Say of a file that its reader breaks off at that it is not what its name says.

    Readers of workbooks and spatial files raise whatever the libraries below them do.
    """
    try:
        yield
    except GeosecError:  # said already, and better
        raise
    except _BROKEN as error:
        msg = f"{path} cannot be read as {kind} ({error}); it may be cut short or of another kind."
        raise SourceError(msg) from error


def refuse_sheet(path: Path | str, sheet: str | None) -> None:
    """Refuse the name of a sheet or layer where a file has none to choose from."""
    if sheet is not None:
        msg = (
            f"{path} holds one table and no sheets, and the sheet {sheet!r} was named; leave "
            "`sheet` out."
        )
        raise SourceError(msg)
