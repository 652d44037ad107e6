"""ACLED: as its API, its export tool and HDX give it, in old and new names.

Columns and codes: *ACLED Codebook* (acleddata.com), its columns at a glance and its sections on
time precision, spatial precision and fatalities.
"""

from __future__ import annotations

from geosec.incidents.exports.kinds import ExportKind
from geosec.incidents.exports.terms import ACLED_TERMS

ACLED = ExportKind(
    name="acled",
    title="an ACLED export",
    known_by=(
        "event_id_cnty event_date",
        "event_date geo_precision|time_precision",
        "event_date actor1 sub_event_type|inter1",
    ),
    takes={
        "incident_id": ("event_id_cnty",),
        "location": ("location", "admin3", "admin2", "admin1"),
        "admin1": ("admin1",),
        "admin2": ("admin2",),
        "admin3": ("admin3",),
        "event_type": ("event_type",),
        "actor": ("actor1",),
        "target": ("actor2",),
        "summary": ("notes",),
        "latitude": ("latitude",),
        "longitude": ("longitude",),
        "precision_code": ("geo_precision", "geo_precis"),
    },
    scheme="acled",
    terms=ACLED_TERMS,
)
