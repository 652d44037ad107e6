"""What a map says of an incident, in plain words and with no more precision than is known."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pandas as pd
from shapely.geometry.base import BaseGeometry

from geosec.arguments import is_missing
from geosec.match_rules import MATCH_RULES

if TYPE_CHECKING:
    from collections.abc import Mapping

_ON_LINE_M = 50.0


def format_cell(value: Any) -> str:
    """Give a cell of a table as text, empty where it is missing."""
    return "" if is_missing(value) else str(value).strip()


def format_date(row: Mapping[str, Any]) -> str:
    """Say when an incident was, as precisely as its ``date_precision`` knows."""
    if pd.isna(row.get("date")):
        return "date not reported"
    forms = {"month": "{0:%B %Y}", "year": "{0:%Y}", "week": "week of {0.day} {0:%B %Y}"}
    form = forms.get(format_cell(row.get("date_precision")), "{0.day} {0:%B %Y}")
    return form.format(row["date"])


def format_distance(metres: float) -> str:
    """Write a distance with two figures at the most, in metres below one kilometre, else in km."""
    if (rounded := float(f"{metres:.2g}")) < 1_000:
        return f"{rounded:.0f} m"
    return f"{rounded / 1000:g} km"


def describe_certainty(row: Mapping[str, Any]) -> str:
    """Say in plain words where a geocoded incident lies and how sure that is.

    ``uncertainty_m`` is in metres, ``footprint`` in EPSG:4326.
    """
    radius = format_distance(float(row["uncertainty_m"]))
    shape, name = row.get("footprint"), format_cell(row.get("match_name")) or "the outline"
    if format_cell(row.get("match_status")) == "ambiguous":
        place = f"One of several places; within {radius} of this point with 95 % probability."
    elif not isinstance(shape, BaseGeometry) and not float(row["uncertainty_m"]):
        place = "At this point, which is given as exact."
    elif not isinstance(shape, BaseGeometry):
        place = f"Within {radius} of this point with 95 % probability."
    elif "Line" in shape.geom_type:
        place = f"Somewhere along the line: {name}. 95 % within {radius} of this point."
    else:
        place = f"Somewhere in the area of {name}; the point is only its middle."
    reason = format_cell(row.get("match_reason"))
    return f"{place} {reason[:1].upper()}{reason[1:]}." if reason else place


def list_facts(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """List what a popup tells of a geocoded incident: a name and a value each.

    Columns of the railway (kilometres) and of boundaries may be missing.
    """
    parties = [format_cell(row.get("actor")), format_cell(row.get("target"))]
    lines = [
        ("When", format_date(row)),
        ("Who", " → ".join(filter(None, parties))),
        ("Killed", format_cell(row.get("fatalities")) or "not reported"),
        ("Injured", format_cell(row.get("injuries")) or "not reported"),
        ("Reported as", format_cell(row.get("location"))),
        ("Read as", _describe_reading(row)),
        ("District", _describe_district(row)),
        ("Railway", _describe_railway(row)),
    ]
    return [(name, value) for name, value in lines if value]


def _describe_reading(row: Mapping[str, Any]) -> str:
    name = format_cell(row.get("match_name"))
    rule = MATCH_RULES.get(format_cell(row.get("match_rule")))
    return f"{name} ({rule.wording})" if name and rule is not None else name


def _describe_district(row: Mapping[str, Any]) -> str:
    name, province = format_cell(row.get("adm2_name")), format_cell(row.get("adm1_name"))
    probability = row.get("adm2_prob")
    if not name or probability is None or pd.isna(probability):
        return name
    sure = "" if probability >= 0.995 else f", {probability:.0%} sure"
    return f"{', '.join(filter(None, (name, province)))}{sure}"


def _describe_railway(row: Mapping[str, Any]) -> str:
    km, line = row.get("rail_km"), format_cell(row.get("rail_line"))
    if km is None or pd.isna(km):
        return ""
    low, high = (row.get(f"rail_km_{end}") for end in ("low", "high"))
    if low is None or high is None or pd.isna(low) or pd.isna(high):  # of best points alone
        low = high = km
    span = f"km {low:.0f}" if high - low < 1 else f"km {low:.0f} to {high:.0f}"
    return f"{line} {span}{_describe_track(row)}"


def _describe_track(row: Mapping[str, Any]) -> str:
    """Name the stations round a place on the railway, and how far off it lies, where known."""
    stations = [format_cell(row.get(f"rail_{end}_station")) for end in ("prev", "next")]
    between = f", {' – '.join(stations)}" if any(stations) else ""
    offset_m = float(row.get("rail_offset_m") or 0.0)
    return between + (f"; {format_distance(offset_m)} away" if offset_m >= _ON_LINE_M else "")


def check_link(value: Any) -> tuple[str, str]:
    """Give a link and its host, both empty where it is no ``http`` or ``https`` address."""
    text = format_cell(value)
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return "", ""
    odd = any(letter.isspace() or letter == "\\" for letter in text)  # a browser reads \ as /
    if parts.scheme not in {"http", "https"} or not host or odd:
        return "", ""
    return text, host


def round_to_radius(degrees: float, uncertainty_m: float) -> float:
    """Round a coordinate to a tenth of its 95 % radius (metres) or finer.

    Degrees have five decimals at the most.
    """
    step_deg = max(uncertainty_m, 10.0) / 10 / 111_320
    return round(degrees, min(5, max(0, math.ceil(-math.log10(step_deg)))))
