"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from geosec.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def whole_or_nothing(path: Path) -> Iterator[Path]:
    """Give a name to write to; the file is moved to its place when all is written.

    Parameters
    ----------
    path : pathlib.Path
        Where the file is to be. No unit or CRS is involved.

    Yields
    ------
    pathlib.Path
        A name in the same folder with the same ending.

    Raises
    ------
    SourceError
        If the folder is not there, or the file is to have the name of one.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with whole_or_nothing(Path(folder) / "map.html") as partial:
    ...         _ = partial.write_text("<p>")
    ...     [each.name for each in Path(folder).iterdir()]
    ['map.html']
    """
    if not path.parent.is_dir():
        msg = f"there is no folder {path.parent} to write {path.name} in; make it first."
        raise SourceError(msg)
    if path.is_dir():
        msg = f"{path} is a folder, where a file is to be written; give the name of a file in it."
        raise SourceError(msg)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".geosec-") as folder:
        partial = Path(folder) / path.name
        yield partial
        os.replace(partial, path)  # noqa: PTH105 - replaces on every system, as rename does not
