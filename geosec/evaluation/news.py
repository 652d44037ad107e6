"""How right the reading of news reports is, where their places and events are known."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd

from geosec.errors import SourceError
from geosec.geodesy.geodesics import geodesic_distance_m
from geosec.news.acled import ACCIDENT
from geosec.news.reports import parse_report

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geosec.reference.gazetteer import Gazetteer

_PERIODS = {"day": "D", "week": "W", "month": "M", "year": "Y"}
EVENT_M = 25_000.0  # two events lie at the same place within that distance
_COUNTED = (
    *("mentions", "mentions_found", "mentions_told", "places_right"),
    *("events", "events_found", "events_told"),
    *("dates_right", "types_right", "fatalities_right"),
)
_NEEDED = ("id", "text", "published", "places", "events")


def read_gold_news(path: Path) -> list[dict[str, Any]]:
    """Read news reports whose places and events are known, one JSON object on each line.

    Each has ``id``, ``text``, ``published``, ``places`` (``surface``, ``start``, ``end``, ``lat``,
    ``lon``) and ``events`` (``lat``, ``lon``, ``date``, ``event_type``, ``fatalities``); degrees in
    EPSG:4326. Raises a `SourceError` that names the line which is no such report.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        msg = f"{path} is no text in UTF-8 ({error.reason} at byte {error.start}); save it so."
        raise SourceError(msg) from error
    return [
        _read_line(line, f"{path}, line {number}")
        for number, line in enumerate(lines, start=1)
        if line.strip()
    ]


def _read_line(line: str, where: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        msg = f"{where}: no JSON ({error}); one report is expected on each line."
        raise SourceError(msg) from error
    if not isinstance(record, dict):
        msg = f"{where}: {line[:40]!r} is no report; an object is expected."
        raise SourceError(msg)
    missing = [name for name in _NEEDED if name not in record]
    if missing:
        msg = f"{where}: the report lacks {', '.join(map(repr, missing))}."
        raise SourceError(msg)
    return record


def score_news(
    reports: Sequence[dict[str, Any]], *, gazetteer: Gazetteer | None = None
) -> pd.DataFrame:
    """Parse news reports, and hold what comes out against what is known.

    Each report gives ``mentions``, ``mentions_found``, ``mentions_told`` (the same span),
    ``places_right`` (of the found: within 25 km, or not placed where it is abroad), ``events``,
    ``events_found`` (a place within 25 km, or the event's ``tolerance_km``), ``events_told``, and
    of the found ``dates_right`` (a day up to ``date_to``), ``types_right`` and ``fatalities_right``
    (from ``fatalities_low`` to ``fatalities_high`` where these are known). Accidents are left out
    where no report codes one, as ACLED does not.
    """
    codes_accidents = any(
        event["event_type"] == ACCIDENT for report in reports for event in report["events"]
    )
    rows = [_score_report(report, gazetteer, codes_accidents=codes_accidents) for report in reports]
    index = pd.Index([report["id"] for report in reports], name="id")
    return pd.DataFrame(rows, index=index, columns=list(_COUNTED))


def summarise_news(scored: pd.DataFrame) -> dict[str, float]:
    """Sum scored news reports up.

    ``mention_f1`` and ``event_f1`` are harmonic means of precision and recall, the others shares of
    the mentions or events found.
    """
    total = scored.sum()
    shares = {
        name: _divide(total[name], total["events_found"])
        for name in ("dates_right", "types_right", "fatalities_right")
    }
    return {
        "mention_f1": _find_f1(total["mentions_found"], total["mentions"], total["mentions_told"]),
        "places_right": _divide(total["places_right"], total["mentions_found"]),
        "event_f1": _find_f1(total["events_found"], total["events"], total["events_told"]),
        **shares,
    }


def summarise_kinds(
    scored: pd.DataFrame, reports: Sequence[dict[str, Any]], name: str
) -> pd.DataFrame:
    """Sum scored news reports up by what a field of theirs says, `name`, and all in the last row.

    A field may list several kinds; a report counts with each. ``spurious`` are events told that are
    none known, ``spurious_per_100`` so many in 100 reports. Raises a `SourceError` where no report
    has the field.
    """
    kinds: dict[str, list[Any]] = {}
    for key, report in zip(scored.index, reports, strict=True):
        for kind in _list_kinds(report.get(name)):
            kinds.setdefault(kind, []).append(key)
    if not kinds:
        msg = f"no report has the field {name!r}, by which the scores were to be told."
        raise SourceError(msg)
    rows = {kind: _sum_up(scored.loc[kinds[kind]]) for kind in sorted(kinds)}
    return pd.DataFrame(
        [*rows.values(), _sum_up(scored)], index=pd.Index([*rows, "all"], name=name)
    )


def _list_kinds(told: Any) -> list[str]:
    if told is None:
        return []
    return [str(each) for each in (told if isinstance(told, list) else [told])]


def _sum_up(scored: pd.DataFrame) -> dict[str, float]:
    total = scored.sum()
    spurious = total["events_told"] - total["events_found"]
    f1 = _find_f1(total["events_found"], total["events"], total["events_told"])
    counted = total[[name for name in _COUNTED if not name.startswith(("mention", "places"))]]
    return {
        "reports": len(scored),
        **counted.to_dict(),
        "event_f1": f1,
        "spurious": spurious,
        "spurious_per_100": _divide(100 * spurious, len(scored)),
    }


def _score_report(
    gold: dict[str, Any], gazetteer: Gazetteer | None, *, codes_accidents: bool
) -> dict[str, int]:
    """Count what is known of one news report, what geosec tells of it, and what agrees."""
    report = parse_report(gold["text"], published=gold["published"], gazetteer=gazetteer)
    places, events = report.places, report.events
    if not codes_accidents:
        events = events[events["event_type"] != ACCIDENT]
    points = {
        (start, end): point
        for start, end, point in zip(places["start"], places["end"], places.geometry, strict=True)
    }
    found = [place for place in gold["places"] if (place["start"], place["end"]) in points]
    right = [place for place in found if _is_near(place, points[place["start"], place["end"]])]
    pairs = _pair_events(gold["events"], events)
    return {
        "mentions": len(gold["places"]),
        "mentions_found": len(found),
        "mentions_told": len(points),
        "places_right": len(right),
        "events": len(gold["events"]),
        "events_found": len(pairs),
        "events_told": len(events),
        "dates_right": sum(_is_of_day(known, row) for known, row in pairs),
        "types_right": sum(row["event_type"] == known["event_type"] for known, row in pairs),
        "fatalities_right": sum(_is_toll(known, row) for known, row in pairs),
    }


def _is_near(known: dict[str, Any], point: Any) -> bool:
    """Tell whether a point lies within 25 km of a known place, or both are no place of the pack."""
    if known["lat"] is None:
        return point is None
    if point is None:
        return False
    away_m = geodesic_distance_m(known["lon"], known["lat"], point.x, point.y)
    return bool(away_m <= 1_000 * known.get("tolerance_km", EVENT_M / 1_000))


def _is_of_day(known: dict[str, Any], row: pd.Series) -> bool:
    """Whether a date told agrees with the days an event may have been on; None with no date."""
    if known["date"] is None or pd.isna(row["date"]):
        return known["date"] is None and pd.isna(row["date"])
    first, last = known["date"], known.get("date_to") or known["date"]
    told = pd.Period(row["date"], freq=_PERIODS[row["date_precision"]])
    return bool(str(told.end_time.date()) >= first and str(row["date"].date()) <= last)


def _is_toll(known: dict[str, Any], row: pd.Series) -> bool:
    """Whether a toll told lies in the range known; where no number is known, it is none."""
    if known["fatalities"] is None:
        return bool(row["fatalities_low"] > 0 and pd.isna(row["fatalities_high"]))
    low = known.get("fatalities_low", known["fatalities"])
    high = known.get("fatalities_high", known["fatalities"])
    return bool(low <= row["fatalities"] <= high)


def _pair_events(
    known: list[dict[str, Any]], told: pd.DataFrame
) -> list[tuple[dict[str, Any], pd.Series]]:
    """Pair known events with told ones at the same place, those that agree most first."""
    options = [
        (_count_disagreements(event, row), one, two)
        for one, event in enumerate(known)
        for two, (_, row) in enumerate(told.iterrows())
        if _is_near(event, row["geometry"])
    ]
    pairs: dict[int, int] = {}
    for _, one, two in sorted(options):
        if one not in pairs and two not in pairs.values():
            pairs[one] = two
    return [(known[one], told.iloc[two]) for one, two in pairs.items()]


def _count_disagreements(known: dict[str, Any], row: pd.Series) -> int:
    agree = (
        _is_of_day(known, row),
        row["event_type"] == known["event_type"],
        _is_toll(known, row),
    )
    return sum(not same for same in agree)


def _divide(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")


def _find_f1(found: float, known: float, told: float) -> float:
    return _divide(2 * found, known + told)
