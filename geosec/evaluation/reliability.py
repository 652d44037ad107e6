"""What scores promise, held against what came true."""

from __future__ import annotations

import numpy as np
import pandas as pd

_BINS = 10


def mark_kept(placed: pd.DataFrame) -> pd.Series:
    """Mark with 1 the placed phrases that kept what their score promised, with 0 the others.

    A promise is kept where the phrase has a truth and lies within its tolerance.
    """
    return (placed["right"].astype("bool") & placed["has_truth"]).astype("float64")


def compare_scores(scored: pd.DataFrame, *, bins: int = _BINS) -> pd.DataFrame:
    """Compare what scores promise with what came true, in classes of scores of equal width.

    Each class that has any phrase gives ``phrases``, ``promised`` (mean score), ``kept`` (share
    right), and ``low`` and ``high``, its 95 % interval (Wilson 1927,
    doi:10.1080/01621459.1927.10502953).
    """
    placed = scored[scored["placed"]]
    score = placed["match_score"].astype("float64")
    right = mark_kept(placed)
    edges = np.minimum((score * bins).astype("int64"), bins - 1)
    rows = []
    for _, part in score.groupby(edges):
        n, share = len(part), float(right.loc[part.index].mean())
        low, high = _find_wilson_interval(share, n)
        rows.append((n, float(part.mean()), share, low, high))
    return pd.DataFrame(rows, columns=["phrases", "promised", "kept", "low", "high"])


def measure_calibration_error(scored: pd.DataFrame, *, bins: int = _BINS) -> float:
    """Measure the expected calibration error of scores.

    That is the mean distance of promised and kept, weighted by the number of phrases (Naeini,
    Cooper and Hauskrecht 2015, AAAI-15).
    """
    table = compare_scores(scored, bins=bins)
    if table.empty:
        return float("nan")
    return float(np.average(abs(table["promised"] - table["kept"]), weights=table["phrases"]))


def _find_wilson_interval(share: float, n: int, z: float = 1.96) -> tuple[float, float]:
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return min(share, float(low)), max(share, float(high))
