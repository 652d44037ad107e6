"""UCDP GED and Candidate events.

Columns and codes: *UCDP GED Codebook 25.1* (Uppsala University), `date_prec` and `where_prec`; the
place is told twice: in the words of the source (``where_description``), and as the coder's name of
the point (``where_coordinates``).
"""

from __future__ import annotations

import pandas as pd

from geosec.incidents.exports.days import parse_days, write_codes, write_days
from geosec.incidents.exports.kinds import Columns, ExportKind, SourceCells
from geosec.incidents.exports.terms import UCDP_TERMS

#: Of `date_prec`: the day; two to six days; a week; up to a month; more than a month.
_PRECISIONS = {1: "day", 2: "week", 3: "week", 4: "month", 5: "year"}
_KINDS = {1: "State-based conflict", 2: "Non-state conflict", 3: "One-sided violence"}


def _work_out(cells: SourceCells) -> Columns:
    columns: Columns = {}
    blank = pd.Series(None, index=cells.table.index, dtype="object")
    ends = {"date": "date_start", "date_from": "date_start", "date_to": "date_end"}
    for ours, theirs in ends.items():
        given = cells.take(theirs)
        if given is not None:
            days = parse_days(given, day_first=cells.day_first)
            columns[ours] = write_days(days, given if ours == "date" else blank)
    for ours, theirs, words in (
        ("date_precision", "date_prec", _PRECISIONS),
        ("event_type", "type_of_violence", _KINDS),
    ):
        if cells.find([theirs]):
            columns[ours] = write_codes(cells.number(theirs), words, theirs)
    return columns


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
        "fatalities": ("best",),
        "fatalities_low": ("low",),
        "fatalities_high": ("high",),
        "summary": ("source_headline", "source_article"),
        "latitude": ("latitude",),
        "longitude": ("longitude",),
        "precision_code": ("where_prec",),
    },
    scheme="ucdp",
    terms=UCDP_TERMS,
    works_out={
        **dict.fromkeys(("date", "date_from"), ("date_start",)),
        "date_to": ("date_end",),
        "date_precision": ("date_prec",),
        "event_type": ("type_of_violence",),
    },
    work_out=_work_out,
)
