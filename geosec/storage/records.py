"""JSON that holds records and no geometry: a list of them, alone or in an answer's ``data``."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from pathlib import Path

_FEATURES = (b'"FeatureCollection"', b'"Feature"')


def read_records(path: Path) -> pd.DataFrame | None:
    """Read the records of a JSON file as a table; None where it holds none, as GeoJSON.

    An answer of ACLED's interface is an object with its rows under ``data``. Lists and objects in a
    record become text.
    """
    content = path.read_bytes()
    if any(word in content for word in _FEATURES):
        return None
    records: list[dict[str, Any]] = []
    with suppress(ValueError, RecursionError):  # broken, as the reader of GeoJSON says
        records = _find_records(json.loads(content))
    if not records:
        return None
    names = list(dict.fromkeys(name for record in records for name in record))
    cells = {
        at: pd.Series([_flatten(record.get(name)) for record in records], dtype="object")
        for at, name in enumerate(names)
    }
    table = pd.DataFrame(cells, index=range(len(records)))
    table.columns = pd.Index(names, dtype="object")
    return table


def _find_records(content: Any) -> list[dict[str, Any]]:
    found = content.get("data") if isinstance(content, dict) else content
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        return []
    return found


def _flatten(value: Any) -> Any:
    is_nested = isinstance(value, dict | list)
    return json.dumps(value, ensure_ascii=False) if is_nested else value
