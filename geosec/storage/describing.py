"""What a file, a folder or a table of a database says of how it came about."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

from geosec.arguments import require_path
from geosec.errors import SourceError
from geosec.storage.addresses import is_address, read_address
from geosec.storage.csv_notes import MARKS, hash_file, read_beside
from geosec.storage.files import refuse_broken
from geosec.storage.geojson import describe_collection
from geosec.storage.geopackages import read_notes
from geosec.storage.manifests import MANIFEST, check_folder
from geosec.storage.postgis import read_comment
from geosec.storage.provenance import ORIGIN, SOURCE, STEPS, parse_origin
from geosec.storage.workbooks import read_description

if TYPE_CHECKING:
    from collections.abc import Callable

_HEAD = 1_000  # bytes of a collection, in which its description stands


def describe_file(path: str | Path) -> dict[str, Any]:
    """Tell how a file that geosec wrote came about, or whether a folder of `geosec run` is whole.

    Parameters
    ----------
    path : path, or address of a table in a database
        A file that `write_table` wrote, a folder of ``geosec run``, or
        ``"postgresql://user@host/base/table"``.

    Returns
    -------
    dict
        ``geosec`` (the version), ``written`` (the day, in UTC), ``rows``, ``source_credit`` and
        ``source_terms`` of who made the data, ``steps`` (the verbs with the draws, seed and layers
        of each) and ``layers`` (the vintage and hash of each), as far as they are known. Of a CSV
        and of a folder also ``state``: ``as written``, or what has changed since.

    Raises
    ------
    SourceError
        If there is no such file, it is not what its name says, or says nothing of how it came
        about.
    ParameterError
        If it is no path.

    Examples
    --------
    >>> import tempfile
    >>> import geosec
    >>> located = geosec.assign_boundaries(geosec.geocode(["12 km south of Sibi"]), seed=7)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = geosec.write_table(located, Path(folder) / "located.gpkg")
    ...     told = describe_file(path)
    >>> told["rows"], told["steps"]["assign_boundaries"]["seed"]
    (1, 7)
    """
    if is_address(path):
        return _require_told(parse_origin(read_comment(str(path))), "the comment on the table")
    place = Path(require_path(path, "path"))
    if place.is_dir():
        return check_folder(place)
    if not place.is_file():
        msg = f"there is no file {place}."
        raise SourceError(msg)
    readers: dict[str, Callable[[Path], Any]] = {
        ".parquet": _read_parquet,
        ".gpkg": read_notes,
        **dict.fromkeys((".geojson", ".json"), describe_collection),
        ".xlsx": read_description,
        ".csv": _read_csv,
    }
    reader = readers.get(place.suffix.casefold())
    if reader is None:
        msg = (
            f"{place} ends in {place.suffix!r}; geosec tells how files that it wrote came about "
            f"({', '.join(readers)}), and folders with a {MANIFEST}."
        )
        raise SourceError(msg)
    return _require_told(parse_origin(reader(place)), str(place))


def recall_source(place: Any) -> dict[str, Any]:
    """Give what a file that is read says of its source and its steps, as `attrs` of a table.

    Empty where it says nothing; what a workbook says is not asked, as it would be opened again.
    """
    with suppress(SourceError):
        if is_address(place):
            told = read_comment(str(place)) if read_address(str(place)).table else ""
        elif isinstance(place, str | Path):
            told = _QUICK.get(Path(place).suffix.casefold(), _say_nothing)(Path(place))
        else:
            return {}
        origin = parse_origin(told)
        steps = origin.get("steps")
        said = {name: origin[name] for name in SOURCE if isinstance(origin.get(name), str)}
        return {**said, **({STEPS: steps} if isinstance(steps, dict) else {})}
    return {}


def _say_nothing(_: Path) -> str:
    return ""


def _peek_geojson(path: Path) -> str:
    """Read the description of a collection if it begins with one of ours."""
    with path.open("rb") as file:
        is_ours = b"geosec" in file.read(_HEAD)
    return describe_collection(path) if is_ours else ""


def _require_told(origin: dict[str, Any], place: str) -> dict[str, Any]:
    if not origin:
        msg = (
            f"{place} says nothing of how it came about: geosec writes that with a table, and "
            "another program wrote this, or wrote it again."
        )
        raise SourceError(msg)
    return origin


def _read_parquet(path: Path) -> Any:
    with refuse_broken(path, "a Parquet file"):
        noted = pq.read_schema(path).metadata or {}
        attrs = json.loads(noted.get(b"PANDAS_ATTRS", b"{}"))
        return attrs.get(ORIGIN) if isinstance(attrs, dict) else None


def _read_csv(path: Path) -> dict[str, Any]:
    """Read what lies beside a CSV, and compare the file with it."""
    origin = read_beside(path)
    if not origin:
        return {}
    origin.pop(MARKS, None)
    same = origin.pop("sha256", "") == hash_file(path)
    return {**origin, "state": "as written" if same else "changed since it was written"}


_QUICK: dict[str, Callable[[Path], Any]] = {
    ".parquet": _read_parquet,
    ".gpkg": read_notes,
    **dict.fromkeys((".geojson", ".json"), _peek_geojson),
    ".csv": read_beside,
}
