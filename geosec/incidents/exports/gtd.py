"""The Global Terrorism Database.

Columns and codes: *GTD Codebook* (START, University of Maryland).
"""

from __future__ import annotations

from geosec.incidents.exports.kinds import ExportKind
from geosec.incidents.exports.terms import GTD_TERMS

GTD = ExportKind(
    name="gtd",
    title="a GTD export",
    known_by=("iyear imonth iday",),
    takes={
        "incident_id": ("eventid",),
        "admin1": ("provstate",),
        "event_type": ("attacktype1_txt",),
        "actor": ("gname",),
        "summary": ("summary",),
        "latitude": ("latitude",),
        "longitude": ("longitude",),
        "precision_code": ("specificity",),
        "vicinity": ("vicinity",),
    },
    scheme="gtd",
    terms=GTD_TERMS,
)
