"""ACLED: as its API, its export tool and HDX give it, in old and new names.

Columns and codes: *ACLED Codebook* (acleddata.com), its columns at a glance and its sections on
time precision, spatial precision and fatalities. A vague toll is coded by a number that stands in
for its word: 10 for "tens", 12 for "dozens", 100 for "hundreds", 3 or 10 where it is not known how
many (*Uses and limitations of ACLED data*, 7 May 2024).
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from geosec.incidents.exports.days import (
    end_months,
    parse_days,
    tell_day_first,
    write_codes,
    write_days,
)
from geosec.incidents.exports.kinds import Columns, ExportKind, SourceCells
from geosec.incidents.exports.terms import ACLED_TERMS

_PRECISIONS = {1: "day", 2: "week", 3: "month"}  # of `time_precision`
_WEEK, _MONTH = 2, 3
_AROUND = pd.Timedelta(days=3)  # the day that is given is the middle of the week
_UNKNOWN = frozenset({3, 10})
_STAND_INS = {
    "tens": frozenset({10}),
    "dozens": frozenset({12}),
    "hundreds": frozenset({100}),
    **dict.fromkeys(("several", "many", "multiple", "numerous", "some", "a few"), _UNKNOWN),
    **dict.fromkeys(("unknown number", "unspecified number", "undisclosed number"), _UNKNOWN),
}
_NUMBERS = {3: "three", 10: "ten", 12: "twelve", 100: "(?:a|one) hundred"}
_TOLD = {
    toll: re.compile(rf"\b(?:{toll}|{word})\b", re.IGNORECASE) for toll, word in _NUMBERS.items()
}
_DEATH = r"(?:killed|kill(?:s|ing)?|dead|deaths?|died|dying|fatalit\w+|bodies|casualties)"
_WORDS = "|".join(sorted(_STAND_INS, key=len, reverse=True))
_TELLS = (
    re.compile(rf"\b({_WORDS})\b[^.;]{{0,60}}\b{_DEATH}\b", re.IGNORECASE),
    re.compile(rf"\b{_DEATH}\b[^.;]{{0,40}}\b({_WORDS})\b", re.IGNORECASE),
)


def _work_out(cells: SourceCells) -> Columns:
    return _work_out_days(cells) | _find_stand_ins(cells)


def _work_out_days(cells: SourceCells) -> Columns:
    """Give the days that the coded one stands for: itself, the week round it, or its month."""
    given = cells.take("event_date")
    if given is None:
        return {}
    order = tell_day_first(given) if cells.day_first is None else cells.day_first
    days = parse_days(given, day_first=order)
    codes = cells.number("time_precision", "time_preci")
    first, last = days.copy(), days.copy()
    week, month = codes.eq(_WEEK), codes.eq(_MONTH)
    first[week], last[week] = days[week] - _AROUND, days[week] + _AROUND
    first[month], last[month] = end_months(days[month])
    return {
        "date": write_days(first, given),
        "date_precision": write_codes(codes, _PRECISIONS, "time_precision"),
        "date_from": write_days(first, pd.Series(None, index=days.index, dtype="object")),
        "date_to": write_days(last, pd.Series(None, index=days.index, dtype="object")),
    }


def _find_stand_ins(cells: SourceCells) -> Columns:
    """Find the tolls that stand in for a word of the notes, and keep the word."""
    notes, dead = cells.take("notes"), cells.number("fatalities")
    may = dead.isin(sorted(set().union(*_STAND_INS.values())))
    if notes is None or not may.any():
        return {}
    may[may] = notes[may].astype("str").str.contains(_WORDS, case=False, regex=True)
    words = np.full(len(dead), None, "object")
    both = zip(notes[may].astype("str"), dead[may].astype("int64"), strict=True)
    words[may.to_numpy()] = [_find_word(note, toll) for note, toll in both]
    told = pd.Series(words, index=dead.index, dtype="object")
    return {"fatalities_text": told} if told.notna().any() else {}


def _find_word(note: str, toll: int) -> str | None:
    """Find the word that a toll stands in for; none where the notes tell the number itself."""
    if _TOLD[toll].search(note):
        return None
    words = (each[1].lower() for tells in _TELLS for each in tells.finditer(note))
    return next((word for word in words if toll in _STAND_INS[word]), None)


def _tell(columns: Columns) -> list[str]:
    if "fatalities_text" not in columns:
        return []
    words = columns["fatalities_text"].dropna()
    shown = ", ".join(f"{word!r}" for word in words.value_counts().index)
    told = (
        f"`fatalities` of {len(words):,} rows stand in for words of the notes ({shown}), by "
        "ACLED's code book; the words are in `fatalities_text`."
    )
    return [told]


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
        "location": ("location",),
        "admin1": ("admin1",),
        "admin2": ("admin2",),
        "admin3": ("admin3",),
        "event_type": ("event_type",),
        "actor": ("actor1",),
        "target": ("actor2",),
        "fatalities": ("fatalities",),
        "summary": ("notes",),
        "latitude": ("latitude",),
        "longitude": ("longitude",),
        "precision_code": ("geo_precision", "geo_precis"),
    },
    scheme="acled",
    terms=ACLED_TERMS,
    works_out={
        **dict.fromkeys(("date", "date_from", "date_to"), ("event_date", "time_precision")),
        "date_precision": ("time_precision",),
        "fatalities_text": ("notes",),
    },
    work_out=_work_out,
    tell=_tell,
)
