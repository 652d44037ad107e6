"""What speaks for a pair and what against it, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geosec.analysis.linkage.evidence import FEATURES

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from geosec.analysis.toll_ranges import TollRanges

    Floats = NDArray[np.float64]
    Clue = tuple[float, str]  # its weight, and what it says

_TOLD = 0.1  # clues that weigh less are left out
_NEAR_KM = 10  # up to which distances have a decimal
_LIKENESS = {
    "type": ("types agree", "types differ"),
    "actor": ("actors alike", "other actors"),
    "location": ("places worded alike", "places worded otherwise"),
    "summary": ("accounts alike", "other accounts"),
}


def write_reasons(
    pairs: pd.DataFrame, weighed: Floats, tolls: tuple[TollRanges, TollRanges]
) -> list[str]:
    """Write a line for each pair: what speaks for it, then what against, the weightiest first.

    `weighed` is the evidence times its weights, `tolls` those of both rows of each pair.
    """
    column = dict(zip(FEATURES, weighed.T, strict=True))
    clues = [
        _zip(column["place"], [_tell_metres(metres) for metres in pairs["distance_m"]]),
        _zip(column["days"], _tell_days(pairs)),
        _zip(column["toll_agrees"] + column["toll_differs"], _tell_tolls(*tolls)),
    ]
    for name, (alike, unlike) in _LIKENESS.items():
        weight = column[f"{name}_agrees"] + column[f"{name}_differs"]
        clues.append(_zip(weight, np.where(weight > 0, alike, unlike).tolist()))
    return [_join(list(row)) for row in zip(*clues, strict=True)]


def _zip(weight: Floats, told: list[str]) -> list[Clue]:
    return list(zip(weight.tolist(), told, strict=True))


def _join(clues: list[Clue]) -> str:
    ordered = sorted(clues, key=lambda clue: -abs(clue[0]))
    sides = {
        "for": [told for weight, told in ordered if weight >= _TOLD],
        "against": [told for weight, told in ordered if weight <= -_TOLD],
    }
    return "; ".join(f"{side}: {', '.join(told)}" for side, told in sides.items() if told)


def _tell_metres(metres: float) -> str:
    km = metres / 1000
    return f"{km:.1f} km apart" if km < _NEAR_KM else f"{km:.0f} km apart"


def _tell_days(pairs: pd.DataFrame) -> list[str]:
    lows, highs = pairs["days_apart_low"], pairs["days_apart_high"]
    return [_tell_gap(int(low), int(high)) for low, high in zip(lows, highs, strict=True)]


def _tell_gap(low: int, high: int) -> str:
    if low == high:
        return "same day" if not low else f"{low} day{'s' * (low > 1)} apart"
    return f"{low} to {high} days apart"


def _tell_tolls(ours: TollRanges, theirs: TollRanges) -> list[str]:
    one, other = ([*map(write_range, each.low, each.high)] for each in (ours, theirs))
    return [
        f"{a} dead in both" if a == b else f"{a} and {b} dead"
        for a, b in zip(one, other, strict=True)
    ]


def write_range(low: float, high: float) -> str:
    """Write a range of a count: 5, 2 to 3, 5 or more; "?" where nothing is known."""
    if np.isnan(low):
        return "?"
    if np.isinf(high):
        return f"{low:,.0f} or more"
    return f"{low:,.0f}" if low == high else f"{low:,.0f} to {high:,.0f}"
