"""Tables of incidents, which are no counts, refused where counts are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geosec.errors import SchemaError
from geosec.incidents.columns import fold_name
from geosec.incidents.counts.columns import name_roles
from geosec.incidents.exports.recognition import recognise_export
from geosec.schema import INDEX

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_OF_ONE = frozenset({INDEX, "event_id", "location", "latitude", "lat", "place", "location_name"})
_TAGGED = "hxl"  # which counts may be, too


def refuse_incidents(
    columns: Sequence[str], first_rows: Iterable[Mapping[str, Any]] = (), *, is_named: bool = False
) -> None:
    """Refuse a table of incidents, which is no table of counts, with the verb that reads it.

    One that is no known export goes through where it counts events, or the caller named columns.
    """
    found = recognise_export(columns, first_rows).kind
    is_export = found is not None and found.name != _TAGGED
    counts = "events" in name_roles(columns, {}, {}).values()
    is_plain = not _OF_ONE.isdisjoint(map(fold_name, columns)) and not counts and not is_named
    if is_export or is_plain:
        title = found.title if found is not None and is_export else "a table of incidents"
        msg = (
            f"the table is {title}: a row is one incident, and no count of a unit and a period. "
            'Read it with `geosec.read_incidents`, or say `kind="plain"` if it holds counts.'
        )
        raise SchemaError(msg)
