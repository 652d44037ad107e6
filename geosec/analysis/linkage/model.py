"""From evidence to the probability that two rows tell of one event.

Each pair has odds: the exponential of a weighted sum of its evidence, the model of I. P. Fellegi
and A. B. Sunter 1969 (*A theory for record linkage*, JASA 64,
doi:10.1080/01621459.1969.10501049) with weights that a regression gives. Where a row can have one
partner at most in another source, its candidates are rivals: how probable each pair is then follows
from the odds of all, as in a system of monomers and dimers (O. J. Heilmann and E. H. Lieb 1972,
doi:10.1007/BF01877590), found by messages between rows (M. Bayati and others 2007,
doi:10.1145/1250790.1250809), exact where the candidates form no rings. How many rows have a
duplicate at all is estimated in turn (M. Saerens, P. Latinne and C. Decaestecker 2002,
doi:10.1162/089976602753284446).
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from geosec.analysis.linkage.evidence import FEATURES
from geosec.shared import build_once

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Slots = NDArray[np.intp]

_ROUNDS, _SHARE_ROUNDS = 20, 30
_MOST_LOG_ODDS = 30.0
_LEAST_SHARE, _MOST_SHARE = 0.001, 0.98
_PRIOR_ROWS = 20.0  # as many rows as what is expected before the table is seen counts for


class Rivals(NamedTuple):
    """Who can have one partner only: pairs with equal numbers in a column are rivals."""

    a: Slots
    b: Slots


@build_once
def load_weights() -> pd.Series:
    """Load the weights that ship, by name."""
    file = files("geosec.analysis.linkage").joinpath("weights.csv")
    with file.open(encoding="utf-8") as lines:
        return pd.read_csv(lines, comment="#", index_col="name")["weight"]


def score_pairs(features: Floats, weights: pd.Series | None = None) -> Floats:
    """Score pairs: the logarithm of the odds of each, were it alone, as in the fitted tables."""
    weights = load_weights() if weights is None else weights
    return np.asarray(weights["intercept"] + features @ weights[list(FEATURES)].to_numpy())


def find_probabilities(score: Floats, rivals: Rivals | None) -> Floats:
    """Find the probability of each pair from the logarithms of its odds, and its rivals'."""
    odds = np.asarray(np.exp(np.clip(score, -_MOST_LOG_ODDS, _MOST_LOG_ODDS)))
    if rivals is None or not len(odds):
        return np.asarray(odds / (1 + odds))
    is_free_a, is_free_b = np.ones(len(odds)), np.ones(len(odds))
    for _ in range(_ROUNDS):  # the geometric mean of two rounds settles where rounds alternate
        next_a = _find_free(odds * is_free_b, rivals.a)
        next_b = _find_free(odds * is_free_a, rivals.b)
        is_free_a, is_free_b = np.sqrt(is_free_a * next_a), np.sqrt(is_free_b * next_b)
    odds = odds * is_free_a * is_free_b
    return np.asarray(odds / (1 + odds))


def _find_free(claims: Floats, slots: Slots) -> Floats:
    """Find how probably a row is free for each pair, given the claims of its other pairs."""
    others = np.bincount(slots, claims)[slots] - claims
    return 1 / (1 + np.maximum(others, 0.0))


def estimate_share(score: Floats, rivals: Rivals, rows: float, before: float) -> float:
    """Estimate the share of `rows` that have a duplicate, from what is expected before."""
    share = before
    for _ in range(_SHARE_ROUNDS):
        found = float(find_probabilities(shift_score(score, share), rivals).sum())
        share = (found + _PRIOR_ROWS * before) / (max(rows, found) + _PRIOR_ROWS)
        share = min(max(share, _LEAST_SHARE), _MOST_SHARE)
    return share


def shift_score(score: Floats, share: float) -> Floats:
    """Shift scores from the share of duplicates in the fitted tables to another one."""
    fitted = float(load_weights()["expected_share"])
    return np.asarray(score + np.log(share / (1 - share)) - np.log(fitted / (1 - fitted)))
