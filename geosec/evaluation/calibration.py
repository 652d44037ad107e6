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

from geosec.evaluation.phrases import calibration_error, kept
from geosec.geocoding.placing.parameters import RULE_SCORES

if TYPE_CHECKING:
    import geopandas as gpd

_MOST = 0.99
_PRIOR_PHRASES = 5.0


def fitted_scores(scored: gpd.GeoDataFrame) -> pd.DataFrame:
    """Fit the score of every rule to phrases whose truth is known.

    Parameters
    ----------
    scored : geopandas.GeoDataFrame
        From `score_phrases`, EPSG:4326.

    Returns
    -------
    pandas.DataFrame
        Indexed by rule: ``phrases``, ``right`` (share), ``now`` (its score today) and ``fitted``.

    Examples
    --------
    >>> from geosec.evaluation.phrases import score_phrases
    >>> gold = pd.DataFrame({"phrase": ["Sibi"], "lat": [29.543], "lon": [67.877],
    ...                      "tolerance_km": [5.0], "kind": ["town"]})
    >>> fitted_scores(score_phrases(gold)).loc["town", "fitted"].round(2)
    np.float64(0.99)
    """
    placed = _placed(scored)
    grouped = placed.groupby("match_rule")
    fitted = _fit(placed)
    return pd.DataFrame(
        {
            "phrases": grouped.size(),
            "right": grouped["kept"].mean(),
            "now": pd.Series(RULE_SCORES).reindex(fitted.index),
            "fitted": fitted,
        }
    ).rename_axis("match_rule")


def left_out_error(scored: gpd.GeoDataFrame) -> float:
    """Give the calibration error of scores fitted without the kind they are held against.

    Parameters
    ----------
    scored : geopandas.GeoDataFrame
        From `score_phrases`, EPSG:4326.

    Returns
    -------
    float
        Expected calibration error over all phrases, each scored by rules fitted to the phrases of
        the other kinds (leave one kind out).

    Examples
    --------
    >>> from geosec.evaluation.phrases import score_phrases
    >>> gold = pd.DataFrame({"phrase": ["Sibi", "Kech district"], "lat": [29.543, 26.0],
    ...                      "lon": [67.877, 63.1], "tolerance_km": [5.0, 87.0],
    ...                      "kind": ["town", "district"]})
    >>> left_out_error(score_phrases(gold)) <= 0.5
    True
    """
    placed = _placed(scored)
    promised = []
    for kind, part in placed.groupby("kind"):
        others = placed[placed["kind"] != kind]
        scores = part["match_rule"].map(_fit(others)).fillna(_overall(others))
        promised.append(part["base"] * scores)
    again = placed.assign(match_score=pd.concat(promised))
    return calibration_error(again)


def _fit(placed: pd.DataFrame) -> pd.Series:
    sums = placed.groupby("match_rule")[["kept", "base"]].sum()
    drawn = sums["kept"] + _PRIOR_PHRASES * _overall(placed)
    return (drawn / (sums["base"] + _PRIOR_PHRASES)).clip(upper=_MOST)


def _overall(placed: pd.DataFrame) -> float:
    return min(_MOST, float(placed["kept"].sum() / max(placed["base"].sum(), 1.0)))


def _placed(scored: gpd.GeoDataFrame) -> pd.DataFrame:
    """Take the placed rows, with their bases and whether they were right."""
    placed = pd.DataFrame(scored[scored["placed"]])
    rules = placed["match_rule"].map(RULE_SCORES).astype("float64")
    return placed.assign(base=np.minimum(placed["match_score"] / rules, 1.0), kept=kept(placed))
