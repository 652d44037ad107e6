"""UCDP GED and Candidate events.

Columns and codes: *UCDP GED Codebook 25.1* (Uppsala University).
"""

from __future__ import annotations

from geosec.incidents.exports.kinds import ExportKind
from geosec.incidents.exports.terms import UCDP_TERMS

UCDP = ExportKind(
    name="ucdp",
    title="a UCDP GED export",
    known_by=(
        "date_start where_prec|where_coordinates|where_description",
        "date_start type_of_violence side_a side_b",
    ),
    takes={
        "incident_id": ("id",),
        "location": ("where_description", "where_coordinates", "adm_2", "adm_1"),
        "admin1": ("adm_1",),
        "admin2": ("adm_2",),
        "actor": ("side_a",),
        "target": ("side_b",),
        "summary": ("source_headline", "source_article"),
        "latitude": ("latitude",),
        "longitude": ("longitude",),
        "precision_code": ("where_prec",),
        "fatalities": ("best",),
    },
    scheme="ucdp",
    terms=UCDP_TERMS,
)
