"""How right the reading of reports is, on reports whose places and events are known."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd

from geosec.errors import SourceError
from geosec.geodesy.geodesics import geodesic_distance_m
from geosec.news.reports import parse_report

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geosec.news.reports import Report
    from geosec.reference.gazetteer import Gazetteer

EVENT_M = 25_000.0  # two events lie at the same place within that distance
_COUNTED = (
    *("mentions", "mentions_found", "mentions_told", "places_right"),
    *("events", "events_found", "events_told"),
    *("dates_right", "types_right", "fatalities_right"),
)
_NEEDED = ("id", "text", "published", "places", "events")


def read_gold_reports(path: Path) -> list[dict[str, Any]]:
    """Read reports whose places and events are known.

    Parameters
    ----------
    path : pathlib.Path
        JSON lines: ``id``, ``text``, ``published``, ``places`` (``surface``, ``start``, ``end``,
        ``lat``, ``lon``) and ``events`` (``lat``, ``lon``, ``date``, ``event_type``,
        ``fatalities``); degrees in EPSG:4326.

    Returns
    -------
    list of dict

    Raises
    ------
    SourceError
        If a line is no such report; the message names the line.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "none.jsonl"
    ...     _ = file.write_text("")
    ...     read_gold_reports(file)
    []
    """
    reports = []
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        msg = f"{path} is no text in UTF-8 ({error.reason} at byte {error.start}); save it so."
        raise SourceError(msg) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            msg = f"{path}, line {number}: no JSON ({error}); one report is expected on each line."
            raise SourceError(msg) from error
        if not isinstance(record, dict):
            msg = f"{path}, line {number}: {line[:40]!r} is no report; an object is expected."
            raise SourceError(msg)
        missing = [name for name in _NEEDED if name not in record]
        if missing:
            msg = f"{path}, line {number}: the report lacks {', '.join(map(repr, missing))}."
            raise SourceError(msg)
        reports.append(record)
    return reports


def score_reports(
    reports: Sequence[dict[str, Any]], *, gazetteer: Gazetteer | None = None
) -> pd.DataFrame:
    """Parse reports, and hold what comes out against what is known.

    Parameters
    ----------
    reports : sequence of dict
        From `read_gold_reports`.
    gazetteer : Gazetteer, optional
        Places to match; those of Pakistan that ship with geosec by default.

    Returns
    -------
    pandas.DataFrame
        One row per report: ``mentions``, ``mentions_found``, ``mentions_told`` (the same span),
        ``places_right`` (of the found: within 25 km, or not placed where it is abroad),
        ``events``, ``events_found`` (a place within 25 km), ``events_told``, and of the found
        ``dates_right``, ``types_right``, ``fatalities_right``.

    Examples
    --------
    >>> report = {"id": "a", "text": "A blast in Mach killed two.", "published": "2025-03-12",
    ...           "places": [{"start": 11, "end": 15, "lat": 29.86, "lon": 67.33}], "events": []}
    >>> score_reports([report])["mentions_told"].tolist()
    [1]
    """
    rows = [_scored(each, gazetteer) for each in reports]
    index = pd.Index([each["id"] for each in reports], name="id")
    return pd.DataFrame(rows, index=index, columns=list(_COUNTED))


def report_summary(scored: pd.DataFrame) -> dict[str, float]:
    """Sum scored reports up.

    Parameters
    ----------
    scored : pandas.DataFrame
        From `score_reports`.

    Returns
    -------
    dict of str to float
        ``mention_f1``, ``places_right``, ``event_f1``, ``dates_right``, ``types_right`` and
        ``fatalities_right``: harmonic means of precision and recall, and shares of the found.

    Examples
    --------
    >>> report = {"id": "a", "text": "A blast in Mach killed two.", "published": "2025-03-12",
    ...           "places": [{"start": 11, "end": 15, "lat": 29.86, "lon": 67.33}], "events": []}
    >>> report_summary(score_reports([report]))["mention_f1"]
    1.0
    """
    total = scored.sum()
    shares = {
        name: _share(total[name], total["events_found"])
        for name in ("dates_right", "types_right", "fatalities_right")
    }
    return {
        "mention_f1": _f1(total["mentions_found"], total["mentions"], total["mentions_told"]),
        "places_right": _share(total["places_right"], total["mentions_found"]),
        "event_f1": _f1(total["events_found"], total["events"], total["events_told"]),
        **shares,
    }


def _scored(gold: dict[str, Any], gazetteer: Gazetteer | None) -> dict[str, int]:
    told = parse_report(gold["text"], published=gold["published"], gazetteer=gazetteer)
    spans = {
        (start, end): point
        for start, end, point in zip(
            told.places["start"], told.places["end"], told.places.geometry, strict=True
        )
    }
    found = [each for each in gold["places"] if (each["start"], each["end"]) in spans]
    right = [each for each in found if _is_right(each, spans[each["start"], each["end"]])]
    pairs = _paired(gold["events"], told)
    events = [(each, told.events.iloc[number]) for each, number in pairs]
    return {
        "mentions": len(gold["places"]),
        "mentions_found": len(found),
        "mentions_told": len(spans),
        "places_right": len(right),
        "events": len(gold["events"]),
        "events_found": len(events),
        "events_told": len(told.events),
        "dates_right": sum(str(row["date"].date()) == each["date"] for each, row in events),
        "types_right": sum(row["event_type"] == each["event_type"] for each, row in events),
        "fatalities_right": sum(row["fatalities"] == each["fatalities"] for each, row in events),
    }


def _is_right(place: dict[str, Any], point: Any) -> bool:
    if place["lat"] is None:
        return point is None
    if point is None:
        return False
    away_m = geodesic_distance_m(place["lon"], place["lat"], point.x, point.y)
    return bool(away_m <= EVENT_M)


def _paired(events: list[dict[str, Any]], told: Report) -> list[tuple[dict[str, Any], int]]:
    """Pair known events with told ones at the same place, those that agree most first."""
    options = [
        (_disagreements(each, row), one, two)
        for one, each in enumerate(events)
        for two, (_, row) in enumerate(told.events.iterrows())
        if _is_right(each, row["geometry"])
    ]
    pairs: dict[int, int] = {}
    for _, one, two in sorted(options):
        if one not in pairs and two not in pairs.values():
            pairs[one] = two
    return [(events[one], two) for one, two in pairs.items()]


def _disagreements(known: dict[str, Any], row: pd.Series) -> int:
    agree = (
        str(row["date"].date()) == known["date"],
        row["event_type"] == known["event_type"],
        row["fatalities"] == known["fatalities"],
    )
    return sum(not each for each in agree)


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")


def _f1(found: float, known: float, told: float) -> float:
    return _share(2 * found, known + told)
