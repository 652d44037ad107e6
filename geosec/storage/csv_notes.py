"""What a CSV has no room for, in a file beside it: its columns and how it came about.

The file is one of *CSV on the Web* (W3C, *Metadata Vocabulary for Tabular Data*), which readers
look for beside ``NAME.csv`` as ``NAME.csv-metadata.json``.
"""

from __future__ import annotations

import csv
import hashlib
import json
from typing import TYPE_CHECKING, Any

from geosec.schema import COLUMNS, INDEX
from geosec.storage.files import write_whole
from geosec.storage.provenance import ORIGIN, parse_origin
from geosec.storage.spreadsheets import has_own_marks

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

MARKS = "apostrophes_added"  #: of a note: no text had one of its own before a sign that is run
_MEANINGS = {
    INDEX: "identifier of the incident",
    **{column.name: column.meaning for column in COLUMNS},
}


def write_beside(table: pd.DataFrame, path: Path) -> None:
    """Write what is told of a stamped table beside the CSV that holds it."""
    with path.open(encoding="utf-8", newline="") as file:
        names = next(csv.reader(file), [])
    told = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": path.name,
        "tableSchema": {"columns": [_describe_column(name) for name in names]},
        "notes": [
            {**table.attrs[ORIGIN], "sha256": hash_file(path), MARKS: not has_own_marks(table)}
        ],
    }
    with write_whole(name_beside(path)) as partial:
        partial.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_beside(path: Path) -> dict[str, Any]:
    """Read how a CSV came about out of the file beside it; empty where there is none of ours."""
    beside = name_beside(path)
    try:
        told = json.loads(beside.read_bytes()) if beside.is_file() else {}
    except (ValueError, RecursionError):
        return {}
    notes = told.get("notes") if isinstance(told, dict) else None
    found = [parse_origin(note) for note in notes] if isinstance(notes, list) else []
    return next(filter(None, found), {})


def has_our_marks(path: Path) -> bool:
    """Tell whether a CSV is as geosec wrote it, and each apostrophe before a sign in it is ours."""
    told = read_beside(path)
    return told.get(MARKS) is True and told.get("sha256") == hash_file(path)


def name_beside(path: Path) -> Path:
    """Name the file that tells of a CSV."""
    return path.with_name(f"{path.name}-metadata.json")


def hash_file(path: Path) -> str:
    """Hash the bytes of a file: SHA-256, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _describe_column(name: str) -> dict[str, str]:
    meaning = _MEANINGS.get(name)
    return {"titles": name} | ({"dc:description": meaning} if meaning else {})
