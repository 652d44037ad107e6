"""Scores held against what came true: what each rule should promise, and whether that carries over.

The score of an answer is the score of its rule times shares: of the reading among several, of the
spelling, of what was understood. Those shares are a row's *base*; a rule's fitted score is what
makes the sum of promises equal to what was kept, over the bases, drawn by five phrases towards
what all rules together keep, so that a rule seen seldom promises what the others do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geosec.evaluation.reliability import mark_kept, measure_calibration_error
from geosec.match_rules import MATCH_RULES

if TYPE_CHECKING:
    import geopandas as gpd

_MOST = 0.99
_SCORES = {name: rule.score for name, rule in MATCH_RULES.items()}
_PRIOR_PHRASES = 5.0


def fit_scores(scored: gpd.GeoDataFrame) -> pd.DataFrame:
    """Fit the score of every rule to phrases whose truth is known (from `score_phrases`).

    Each rule gives ``phrases``, ``right`` (share), ``now`` (its score today) and ``fitted``.
    """
    placed = _take_placed(scored)
    grouped = placed.groupby("match_rule")
    fitted = _fit_rules(placed)
    return pd.DataFrame(
        {
            "phrases": grouped.size(),
            "right": grouped["kept"].mean(),
            "now": pd.Series(_SCORES).reindex(fitted.index),
            "fitted": fitted,
        }
    ).rename_axis("match_rule")


def measure_left_out_error(scored: gpd.GeoDataFrame) -> float:
    """Measure the calibration error of scores fitted without the kind they are held against.

    Each phrase is scored by rules fitted to the phrases of the other kinds (leave one kind out).
    """
    placed = _take_placed(scored)
    promised = []
    for kind, part in placed.groupby("kind"):
        others = placed[placed["kind"] != kind]
        scores = part["match_rule"].map(_fit_rules(others)).fillna(_fit_overall(others))
        promised.append(part["base"] * scores)
    again = placed.assign(match_score=pd.concat(promised))
    return measure_calibration_error(again)


def _fit_rules(placed: pd.DataFrame) -> pd.Series:
    sums = placed.groupby("match_rule")[["kept", "base"]].sum()
    drawn = sums["kept"] + _PRIOR_PHRASES * _fit_overall(placed)
    return (drawn / (sums["base"] + _PRIOR_PHRASES)).clip(upper=_MOST)


def _fit_overall(placed: pd.DataFrame) -> float:
    return min(_MOST, float(placed["kept"].sum() / max(placed["base"].sum(), 1.0)))


def _take_placed(scored: gpd.GeoDataFrame) -> pd.DataFrame:
    """Take the placed rows, with their bases and whether they were right."""
    placed = pd.DataFrame(scored[scored["placed"]])
    rules = placed["match_rule"].map(_SCORES).astype("float64")
    base = np.minimum(placed["match_score"] / rules, 1.0)
    return placed.assign(base=base, kept=mark_kept(placed))
