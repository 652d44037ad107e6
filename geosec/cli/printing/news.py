"""What a news report tells, as plain text for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geosec.cli.printing.terminal import SHOWN, escape_line, shorten_line

if TYPE_CHECKING:
    from geosec.news.reports import Report


def describe_news_report(report: Report) -> str:
    """Say what a news report tells: events first, then every place named, radii in kilometres."""
    lines = ["Events", ""]
    for _, row in report.events.iterrows():
        toll = f"{_count_people(row, 'fatalities')} killed" + _count_hurt(row)
        where = shorten_line(row["location"]) if pd.notna(row["location"]) else "(place not said)"
        lines.append(f"  {_format_day(row)}  {row['event_type']:28} {toll}  {where}")
        lines.append(f"      {_describe_place(row)}")
    lines += [] if len(report.events) else ["  none"]
    lines += ["", "Places", ""]
    for _, row in report.places.iterrows():
        phrase = shorten_line(row["location"])
        lines.append(f"  {row['role']:8} {phrase:{SHOWN}}  {_describe_place(row)}")
    lines += [] if len(report.places) else ["  none"]
    return "\n".join(lines)


def _format_day(row: pd.Series) -> str:
    """Write the day, as wide in every case; a date that is no day has none."""
    if pd.isna(row["date"]):
        return "no day    "
    form = {"month": "%Y-%m   ", "year": "%Y      "}.get(row["date_precision"], "%Y-%m-%d")
    return str(row["date"].strftime(form))


def _count_people(row: pd.Series, name: str) -> str:
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    if pd.isna(high):
        return f"{low}+" if low else "0?"
    return f"{low}" if low == high else f"{low}-{high}"


def _count_hurt(row: pd.Series) -> str:
    return f", {_count_people(row, 'injuries')} hurt" if pd.notna(row["injuries"]) else ""


def _describe_place(row: pd.Series) -> str:
    if pd.isna(row["match_name"]):
        return ": ".join(filter(None, [row["match_status"], escape_line(row["match_reason"])]))
    return f"{escape_line(row['match_name'])}, 95 % within {row['uncertainty_m'] / 1000:.1f} km"
