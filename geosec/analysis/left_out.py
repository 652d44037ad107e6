"""What is not counted, and that it is told."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from geosec.errors import GeosecWarning

if TYPE_CHECKING:
    from geosec.analysis.incident_draws import IncidentDraws

LEFT_OUT = "left_out"  #: in `attrs`: rows, and how many of them are not counted, and why
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
        "without_place": int((~draws.is_placed).sum()),
        "without_date": int(no_day.sum()),
        "in_no_unit": round(outside, 3),
    }


def warn_of_left_out(
    left_out: dict[str, Any], counted: float, verb: str, *, levels: int = 3
) -> None:
    """Warn where rows are missing from the counts, many lie in no unit, or none is counted."""
    total, keys = left_out["incidents"], ("without_place", "without_date")
    parts = [f"{left_out[key]:,} {key.replace('_', ' a ')}" for key in keys if left_out[key]]
    if left_out["in_no_unit"] > _TOLD * max(total - left_out["without_place"], 1):
        parts.append(f"{left_out['in_no_unit']:,.0f} that lie in no unit")
    if not parts and total and not counted:
        parts = ["all of them, of which none has a day in the period or a place in a unit,"]
    if parts:
        msg = f"of {total:,} incidents, {' and '.join(parts)} were left out of {verb}."
        warnings.warn(msg, GeosecWarning, stacklevel=levels)
