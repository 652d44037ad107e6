"""What became of a hot or cold spot: its pattern over the periods.

The patterns are those of Esri's Emerging Hot Spot Analysis (*How Emerging Hot Spot Analysis works*,
pro.arcgis.com/en/pro-app/latest/tool-reference/space-time-pattern-mining/learnmoreemerging.htm),
which leaves open what comes first where two fit. Here, as in `emerging_hotspot_analysis` of the R
package sfdep (J. Parry), a unit that was cold before is oscillating, not new, and neither is it a
historical cold spot; one that was hot in nearly all periods and is not in the last is historical,
not persistent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Codes = NDArray[np.int8]

NO_PATTERN = "no pattern"
KINDS = (
    "new",
    "consecutive",
    "intensifying",
    "persistent",
    "diminishing",
    "sporadic",
    "oscillating",
    "historical",
)
#: by code: no pattern, the kinds of hot spots, and those of cold spots
PATTERNS = np.array(
    [NO_PATTERN, *(f"{kind} {side} spot" for side in ("hot", "cold") for kind in KINDS)], "object"
)
NEARLY_ALWAYS = 0.9  #: of the periods


def name_patterns(sides: Codes, trends: Codes) -> Codes:
    """Name the pattern of series by its code.

    `sides` tells for each period (..., periods) whether the unit was hot (1), cold (-1) or neither
    (0); `trends` tells whether its z rose (1), fell (-1) or neither (...).
    """
    hot = _name_side(sides > 0, sides < 0, trends)
    cold = _name_side(sides < 0, sides > 0, -trends)
    cold = np.where(cold > 0, cold + len(KINDS), 0)
    is_told_hot = (sides[..., -1] > 0) | ((hot > 0) & (sides[..., -1] == 0))
    return np.where(is_told_hot, hot, cold).astype("int8")


def is_nearly_always(sides: Codes) -> Bools:
    """Which series are hot, or cold, in nine of ten periods: a trend decides on their pattern."""
    share = np.maximum((sides > 0).mean(axis=-1), (sides < 0).mean(axis=-1))
    return np.asarray(share >= NEARLY_ALWAYS)


def _name_side(is_on: Bools, is_other: Bools, trends: Codes) -> Codes:
    """Name the pattern of one side, 0 for none: numbers of `KINDS`, from 1 on."""
    last, times = is_on[..., -1], is_on.sum(axis=-1)
    run = np.argmin(is_on[..., ::-1], axis=-1)  # how many of the last are on, where not all are
    always = is_on.mean(axis=-1) >= NEARLY_ALWAYS
    fits = {
        "historical": always & ~last,
        "intensifying": always & (trends > 0),
        "diminishing": always & (trends < 0),
        "persistent": always,
        "oscillating": last & is_other.any(axis=-1),
        "new": last & (times == 1),
        "consecutive": last & (run == times),
        "sporadic": last,
    }
    codes = [KINDS.index(kind) + 1 for kind in fits]
    return np.select(list(fits.values()), codes, 0).astype("int8")
