"""A summary in sentences, for people."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

_WIDTH = 100
_UNTOLD = "not told"
_KILOMETRE = 1_000.0
_KINDS = {"what": "What", "who": "Who", "whom": "Against", "where": "Where"}
_TOLLS = {"fatalities": "Killed", "injuries": "Injured"}


def write_summary(summary: pd.DataFrame) -> str:
    """Write one group as a paragraph, several as one each under their names."""
    rows = summary.to_dict("records")
    if len(rows) == 1 and summary.index.name == "group":
        return "\n".join(_write_lines(rows[0]))
    if not rows:
        return "No incidents."
    names = [_UNTOLD if pd.isna(name) else str(name) for name in summary.index]
    told = [f"{name}: {' '.join(_write_lines(row))}" for name, row in zip(names, rows, strict=True)]
    return "\n".join(fill(each, _WIDTH, subsequent_indent="  ") for each in told)


def _write_lines(row: Mapping[str, Any]) -> list[str]:
    lines = [_write_count(row)]
    lines += [f"{label}: {row[kind]}." for kind, label in _KINDS.items() if _is_told(row, kind)]
    tolls = [_write_toll(row, name, label) for name, label in _TOLLS.items() if name in row]
    places = _write_places(row)
    return [*lines, *tolls, *places] if row["incidents"] else lines


def _is_told(row: Mapping[str, Any], name: str) -> bool:
    return name in row and not pd.isna(row[name])


def _write_count(row: Mapping[str, Any]) -> str:
    """Write "72 incidents, 21 October 2013 to 11 March 2025; 2 without a date."."""
    many = int(row["incidents"])
    text = f"{many:,} incident{'' if many == 1 else 's'}"
    if _is_told(row, "first_day"):
        days = [_write_day(row["first_day"]), _write_day(row["last_day"])]
        text += f", {' to '.join(dict.fromkeys(days))}"
    undated = int(row["undated"])
    return f"{text}{f'; {undated:,} without a date' if undated else ''}."


def _write_day(day: pd.Timestamp) -> str:
    return f"{day.day} {day:%B %Y}"


def _write_toll(row: Mapping[str, Any], name: str, label: str) -> str:
    """Write "Killed: 412, between 402 and 430; 9 do not say."."""
    low, high = int(row[f"{name}_low"]), row[f"{name}_high"]
    text = f"{label}: {int(row[name]):,}"
    is_open = int(row[f"{name}_open"])
    if is_open:
        ends = f"{is_open:,} toll{'' if is_open == 1 else 's'} without an upper end"
        text = f"{label}: {low:,} or more ({ends})"
    elif low != high:
        text += f", between {low:,} and {int(high):,}"
    untold = int(row[f"{name}_untold"])
    silent = f"{untold:,} {'does' if untold == 1 else 'do'} not say"
    return f"{text}; {silent}." if untold else f"{text}."


def _write_places(row: Mapping[str, Any]) -> list[str]:
    """Write how precisely places are known, and how many are not."""
    unplaced = int(row["unplaced"])
    parts = []
    if _is_told(row, "uncertainty_median_m"):
        half, most = (_write_metres(row[f"uncertainty_{share}_m"]) for share in ("median", "90"))
        alike = f"known within {half}"
        parts.append(alike if half == most else f"half are {alike}, nine in ten within {most}")
    if unplaced:
        parts.append(f"{unplaced:,} {'has' if unplaced == 1 else 'have'} no place")
    if row.get("expected_elsewhere", 0) >= 0.5:
        parts.append(f"{row['expected_elsewhere']:.0f} are expected to lie elsewhere")
    return [f"Places: {'; '.join(parts)}."] if parts else []


def _write_metres(metres: float) -> str:
    return f"{metres / 1000:,.0f} km" if metres >= _KILOMETRE else f"{metres:,.0f} m"
