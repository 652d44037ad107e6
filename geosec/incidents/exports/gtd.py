"""The Global Terrorism Database.

Columns and codes: *GTD Codebook* (START, University of Maryland), sections on dates, location and
casualties: a month or day of 0 is not known, ``approxdate`` says then what is; the dead of attacks
that belong together are shared out among them, in fractions where need be.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from geosec.incidents.cells import Rejected
from geosec.incidents.dates import parse_date
from geosec.incidents.exports.kinds import Columns, ExportKind, SourceCells, is_empty
from geosec.incidents.exports.terms import GTD_TERMS

_RANGE = re.compile(
    r"(?P<month>[A-Za-z]+)\.? (?P<low>\d{1,2}) ?[-\u2013] ?(?P<high>\d{1,2}),? (?P<year>\d{4})"
)
_WEEK = 7
_TOLLS = (("fatalities", "nkill"), ("injuries", "nwound"))


def _work_out(cells: SourceCells) -> Columns:
    columns = _work_out_days(cells)
    phrase = _choose_phrase(cells)
    if phrase is not None:
        columns["location"] = phrase
    for ours, theirs in _TOLLS:
        given = cells.take(theirs)
        if given is not None:
            columns |= _take_whole(given, cells.number(theirs), ours)
    return columns


def _work_out_days(cells: SourceCells) -> Columns:
    """Write the date as far as it is known, and the days that an approximate one names."""
    year, month, day = (cells.number(f"i{part}") for part in ("year", "month", "day"))
    texts = pd.Series(None, index=year.index, dtype="object")
    known = year.notna()
    for part, form in ((year, "{:04.0f}"), (month, "-{:02.0f}"), (day, "-{:02.0f}")):
        known &= part.gt(0)
        texts[known] = texts[known].fillna("") + part[known].map(form.format)
    columns = {"date": texts}
    approximate = cells.take("approxdate")
    if approximate is not None:
        columns |= _read_ranges(approximate[day.eq(0)], texts)
    return columns


def _read_ranges(approximate: pd.Series, texts: pd.Series) -> Columns:
    """Read "January 19-20, 1970" where the day is not known; it must lie in the month coded."""
    blank = pd.Series(None, index=texts.index, dtype="object")
    date, precision, first, last = texts.copy(), blank.copy(), blank.copy(), blank.copy()
    for line, said in approximate.dropna().items():
        found = _RANGE.fullmatch(str(said).strip())
        low, high = (_read_end(found, end) for end in ("low", "high")) if found else ("", "")
        month = str(texts[line])
        if not low.startswith(month) or not high.startswith(month) or low > high:
            continue
        date[line], first[line], last[line] = low, low, high
        is_week = int(high[-2:]) - int(low[-2:]) < _WEEK
        precision[line] = "week" if is_week else "month"
    return {"date": date, "date_precision": precision, "date_from": first, "date_to": last}


def _read_end(found: re.Match[str], end: str) -> str:
    """Write one end of a range of days as 1970-01-19; empty if there is no such day."""
    try:
        return str(parse_date(f"{found[end]} {found['month']} {found['year']}").day)
    except Rejected:
        return ""


def _choose_phrase(cells: SourceCells) -> pd.Series | None:
    """Choose the city, "near" it where `vicinity` says so; else what is told of the place."""
    city, others = cells.take("city"), cells.take("location", "provstate", "country_txt")
    if city is None:
        return others
    named = ~is_empty(city)
    near = named & cells.number("vicinity").eq(1)
    phrase = city.where(~near, "near " + city.astype("str"))
    return phrase if others is None else phrase.where(named, others)


def _take_whole(given: pd.Series, numbers: pd.Series, ours: str) -> Columns:
    """Take a toll; of a fraction, the whole number below, and the fraction as its words."""
    parts = numbers.gt(0) & numbers.mod(1).gt(0)
    columns = {ours: given.where(numbers.ge(0) | numbers.isna(), None)}
    if parts.any():
        whole = np.floor(numbers[parts]).astype("int64").astype("object")
        columns[ours] = columns[ours].where(~parts, whole.reindex(given.index))
        columns[f"{ours}_text"] = given.astype("str").where(parts, None)
    return columns


def _tell(columns: Columns) -> list[str]:
    return [
        f"`{ours}` of {columns[words].notna().sum():,} rows is the whole number below a fraction: "
        f"GTD shares out the toll of attacks that belong together; it stands in `{words}`."
        for ours, words in ((ours, f"{ours}_text") for ours, _ in _TOLLS)
        if words in columns
    ]


GTD = ExportKind(
    name="gtd",
    title="a GTD export",
    known_by=("iyear imonth iday",),
    takes={
        "incident_id": ("eventid",),
        "admin1": ("provstate",),
        "event_type": ("attacktype1_txt",),
        "actor": ("gname",),
        "target": ("target1", "targtype1_txt"),
        "summary": ("summary",),
        "latitude": ("latitude",),
        "longitude": ("longitude",),
        "precision_code": ("specificity",),
        "vicinity": ("vicinity",),
    },
    scheme="gtd",
    terms=GTD_TERMS,
    works_out={
        "date": ("iyear", "imonth", "iday"),
        **dict.fromkeys(("date_precision", "date_from", "date_to"), ("approxdate",)),
        "location": ("city", "vicinity", "location", "provstate"),
        "fatalities": ("nkill",),
        "injuries": ("nwound",),
    },
    work_out=_work_out,
    tell=_tell,
)
