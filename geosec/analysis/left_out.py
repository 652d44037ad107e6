"""What is not counted, and that it is told."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from geosec.errors import GeosecWarning

if TYPE_CHECKING:
    from geosec.analysis.incident_draws import IncidentDraws

LEFT_OUT = "left_out"  #: in `attrs`: rows, and how many of them are not counted, and why
_WHY = {"unplaced": "without a place", "undated": "without a date"}
_TOLD = 0.1  # of the incidents with a place: fewer beyond the border are no sign of anything


def count_left_out(
    draws: IncidentDraws, outside: float, *, needs_days: bool = False
) -> dict[str, float]:
    """Count rows without a place, or without a day where one is needed, and those in no unit.

    `outside` is how many are expected to lie in no unit.
    """
    no_day = draws.is_placed & ~draws.is_dated if needs_days else draws.is_placed & False
    return {
        "incidents": len(draws),
        "unplaced": int((~draws.is_placed).sum()),
        "undated": int(no_day.sum()),
        "in_no_unit": round(outside, 3),
    }


def warn_of_left_out(
    left_out: dict[str, Any], counted: float, verb: str, *, levels: int = 3
) -> None:
    """Warn where rows are missing from the counts, many lie in no unit, or none is counted."""
    total, parts = left_out["incidents"], _list_rows(left_out)
    if left_out["in_no_unit"] > _TOLD * max(total - left_out["unplaced"], 1):
        parts.append(f"{left_out['in_no_unit']:,.0f} that lie in no unit")
    if not parts and total and not counted:
        parts = ["all of them, of which none has a day in the period or a place in a unit,"]
    _warn(total, parts, verb, levels + 1)


def warn_of_rows(left_out: dict[str, Any], verb: str, *, levels: int = 3) -> None:
    """Warn where rows have no place or no date, and are not counted."""
    _warn(left_out["incidents"], _list_rows(left_out), verb, levels + 1)


def _list_rows(left_out: dict[str, Any]) -> list[str]:
    return [f"{left_out[key]:,} {text}" for key, text in _WHY.items() if left_out.get(key)]


def _warn(total: int, parts: list[str], verb: str, levels: int) -> None:
    if parts:
        msg = f"of {total:,} incidents, {' and '.join(parts)} were left out of {verb}."
        warnings.warn(msg, GeosecWarning, stacklevel=levels)
