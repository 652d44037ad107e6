"""How a table came about: written with it, so that who finds the file knows what it rests on.

Verbs note what they did in the `attrs` of the table that they give, under `STEPS`; credit and terms
of the source stand there too. What is told of it all is put under `ORIGIN` when it is written.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from importlib import metadata
from typing import TYPE_CHECKING, Any, TypeVar

from geosec.arguments import replace_surrogates
from geosec.data.catalogue import describe_layers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    Table = TypeVar("Table", bound=pd.DataFrame)

STEPS, ORIGIN = "geosec_steps", "geosec"
RELEASE = "release"  #: in `attrs`, for whom a table was released, and how
SOURCE = ("source_kind", "source_credit", "source_terms")  #: in `attrs`, of whose data it is
_SAID = (*SOURCE, "source_notices", RELEASE)
_FIRST = "geocode"  # whose places make those of before, and what was said of them, void


def note_step(table: Table, verb: str, layers: Iterable[str], **settings: Any) -> Table:
    """Note in a new table which verb made it, with which shipped layers and which settings."""
    before = table.attrs.get(STEPS)
    kept = before if isinstance(before, dict) and verb != _FIRST else {}
    table.attrs[STEPS] = {**kept, verb: {"layers": list(layers), **settings}}
    return table


def describe_origin(table: pd.DataFrame) -> dict[str, Any]:
    """Describe how a table came about, in values that JSON can hold."""
    attrs = _keep_plain(table.attrs)
    said = {name: attrs[name] for name in _SAID if attrs.get(name)}
    steps = attrs.get(STEPS)
    steps = steps if isinstance(steps, dict) else {}
    made = {"steps": steps, "layers": describe_layers(_list_layers(steps))} if steps else {}
    return {**describe_writing(), "rows": len(table), **said, **made}


def _list_layers(steps: dict[str, Any]) -> list[str]:
    """List the layers that steps used; what is none, as a file may tell, is passed over."""
    used = [step.get("layers") for step in steps.values() if isinstance(step, dict)]
    names = [name for layers in used if isinstance(layers, list) for name in layers]
    return [name for name in names if isinstance(name, str)]


def describe_writing() -> dict[str, Any]:
    """Tell who writes, and on which day."""
    return {ORIGIN: _tell_version(), "written": tell_day()}


def stamp(table: Table) -> Table:
    """Put what is told of its origin into the `attrs` of a table; the one given stays as it is.

    Of other `attrs` those are kept that a file can hold.
    """
    stamped: Table = table.copy(deep=False)
    stamped.attrs = {**_keep_plain(table.attrs), ORIGIN: describe_origin(table)}
    return stamped


def write_origin(table: pd.DataFrame) -> str:
    """Write the origin of a stamped table as a line of JSON; empty where it has none."""
    origin = table.attrs.get(ORIGIN)
    return json.dumps(origin, ensure_ascii=False) if isinstance(origin, dict) else ""


def parse_origin(text: Any) -> dict[str, Any]:
    """Read what `write_origin` wrote; empty where a text is none of ours."""
    try:
        found = json.loads(text) if isinstance(text, str | bytes) else text
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) and ORIGIN in found else {}


def _keep_plain(attrs: Mapping[Any, Any]) -> dict[str, Any]:
    """Keep the `attrs` that JSON can hold, as it gives them back."""
    plain: dict[str, Any] = {}
    for name, value in attrs.items():
        try:
            text = json.dumps(value, ensure_ascii=False, allow_nan=False)
        except (TypeError, ValueError, RecursionError):
            continue
        if isinstance(name, str) and name == replace_surrogates(name):
            plain[name] = json.loads(replace_surrogates(text))
    return plain


def _tell_version() -> str:
    try:
        return metadata.version("geosec")
    except metadata.PackageNotFoundError:  # read out of a folder, without being installed
        return "unknown"


def tell_day() -> str:
    """Tell the day in UTC, or that of ``SOURCE_DATE_EPOCH``, so that bytes can be made again."""
    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(told), UTC) if told.isdecimal() else datetime.now(UTC)
    return now.date().isoformat()
