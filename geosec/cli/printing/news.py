"""What a news report tells, for a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geosec.cli.printing.page import Heading, Listing, Part
from geosec.cli.printing.terminal import escape_line

if TYPE_CHECKING:
    from geosec.news.reports import Report


def describe_news_report(report: Report) -> list[Part]:
    """Say what a news report tells: events first, then every place named, radii in kilometres."""
    events = [_write_event(row) for _, row in report.events.iterrows()]
    places = [
        [row["role"], escape_line(row["location"]), _describe_place(row)]
        for _, row in report.places.iterrows()
    ]
    happened = Listing(("day", "event", ">killed", ">hurt", "told place", "placed"), events)
    named = Listing(("role", "told place", "placed"), places)
    return [
        *(Heading("Events"), happened if events else "none"),
        *(Heading("Places"), named if places else "none"),
    ]


def _write_event(row: pd.Series) -> list[str]:
    hurt = _count_people(row, "injuries") if pd.notna(row["injuries"]) else "-"
    told = escape_line(row["location"]) if pd.notna(row["location"]) else "(not said)"
    what = [_format_day(row), row["event_type"], _count_people(row, "fatalities"), hurt]
    return [*what, told, _describe_place(row)]


def _format_day(row: pd.Series) -> str:
    """Write the day, as precisely as it is known; a date that is no day has none."""
    if pd.isna(row["date"]):
        return "no day"
    form = {"month": "%Y-%m", "year": "%Y"}.get(row["date_precision"], "%Y-%m-%d")
    return str(row["date"].strftime(form))


def _count_people(row: pd.Series, name: str) -> str:
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    if pd.isna(high):
        return f"{low}+" if low else "0?"
    return f"{low}" if low == high else f"{low}-{high}"


def _describe_place(row: pd.Series) -> str:
    if pd.isna(row["match_name"]):
        return ": ".join(filter(None, [row["match_status"], escape_line(row["match_reason"])]))
    return f"{escape_line(row['match_name'])}, 95 % within {row['uncertainty_m'] / 1000:.1f} km"
