"""How a table came about: written beside it, so that who finds the file knows what it rests on."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from importlib import metadata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

_SAID = ("source_kind", "source_credit", "source_terms")  # in the `attrs` of a table


def describe_origin(table: pd.DataFrame) -> dict[str, Any]:
    """Describe how a table came about, as values that JSON can hold."""
    said = {name: str(table.attrs[name]) for name in _SAID if table.attrs.get(name)}
    return {"geosec": _tell_version(), "written": _tell_day(), "rows": len(table), **said}


def _tell_version() -> str:
    try:
        return metadata.version("geosec")
    except metadata.PackageNotFoundError:  # read out of a folder, without being installed
        return "unknown"


def _tell_day() -> str:
    """Tell the day in UTC, or that of ``SOURCE_DATE_EPOCH``, so that bytes can be made again."""
    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(told), UTC) if told.isdecimal() else datetime.now(UTC)
    return now.date().isoformat()
