"""Tables as SATP and PIPS print them: a date, a place, and the dead by who they were.

Their columns have no code book: names are those of the yearly tables of the South Asia Terrorism
Portal (satp.org) and of the security reports of the Pak Institute for Peace Studies.
"""

from __future__ import annotations

import pandas as pd

from geosec.incidents.exports.kinds import Columns, ExportKind, SourceCells, is_empty

CIVILIANS = ("civilians", "civilian", "civilians_killed")
FORCES = (
    *("security_forces", "security_force", "sfs", "sf", "sf_personnel", "security_forces_killed"),
    *("security_force_personnel", "security_personnel", "law_enforcement"),
)
MILITANTS = (
    *("terrorists", "militants", "insurgents", "extremists", "terrorists/insurgents"),
    *("terrorists/extremists", "terrorists/insurgents/extremists", "militants_killed"),
)
OTHERS = ("not_specified", "unspecified", "others")

_KILLED = ("fatalities", "total_killed", "killed", "deaths", "dead")
_CLASSES = (CIVILIANS, FORCES, MILITANTS, OTHERS)


def _work_out(cells: SourceCells) -> Columns:
    """Add up the dead where no column has their sum; a cell that is no number leaves the total."""
    killed, total = cells.take(*_KILLED), cells.take("total")
    if killed is not None:
        return {"fatalities": killed}
    counts = pd.concat([cells.number(*names) for names in _CLASSES], axis=1)
    given = [cells.take(*names) for names in _CLASSES]
    unread = pd.Series(False, index=counts.index)
    for number, cell in zip(counts, given, strict=True):
        if cell is not None:
            unread |= counts[number].isna() & ~is_empty(cell)
    known = counts.notna().any(axis=1) & ~unread
    added = counts.sum(axis=1).astype("object")
    return {"fatalities": added.where(known, total)}


SATP = ExportKind(
    name="satp",
    title="a table that counts the dead by who they were, as SATP's",
    known_by=(" ".join(map("|".join, (("date", "incident_date"), CIVILIANS, FORCES, MILITANTS))),),
    takes={
        "incident_id": ("incident_id", "id", "sl._no.", "sl_no", "s._no.", "s.no.", "sno"),
        "date": ("date", "incident_date"),
        "location": ("location", "place", "place_of_incident", "area", "city", "district"),
        "admin1": ("admin1", "province", "state"),
        "admin2": ("admin2", "district"),
        "event_type": ("event_type", "nature_of_attack", "type_of_attack", "attack_type"),
        "actor": ("actor", "group", "perpetrator", "perpetrators", "responsibility"),
        "injuries": ("injuries", "injured", "wounded", "total_injured"),
        "summary": ("summary", "incident", "incident_details", "details", "description"),
    },
    works_out={"fatalities": (*_KILLED, *CIVILIANS, *FORCES, *MILITANTS, *OTHERS)},
    work_out=_work_out,
)
