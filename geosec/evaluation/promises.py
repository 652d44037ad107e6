"""Answers held against coded places: was the place found, inside the radius, and with what score.

``match_score`` is the probability that the true place lies within 25 km, or within the radius where
that is wider; ``uncertainty_m`` the radius that holds it with 95 %.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geosec.geocoding.geocoder import geocode
from geosec.geodesy.geodesics import geodesic_distance_m
from geosec.schema import require_columns

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from geosec.reference.gazetteer import Gazetteer


@dataclass(frozen=True)
class Limits:
    """What counts as right, and as confidently wrong."""

    right_m: float = 25_000.0  #: an answer is right within so much, or within its radius
    sure_score: float = 0.8  #: told at least so probable, an answer is confident
    wrong_m: float = 50_000.0  #: so far off, and off by two radii, a confident answer is wrong


LIMITS = Limits()


def score_promises(
    coded: pd.DataFrame, *, gazetteer: Gazetteer | None = None, limits: Limits = LIMITS
) -> gpd.GeoDataFrame:
    """Geocode phrases whose place was coded by others, and hold the answers against it.

    `coded` has ``location``, ``latitude`` and ``longitude`` (EPSG:4326), and perhaps ``admin1``,
    which the phrases are asked with. The columns of `geosec.geocode` come back with ``matched``,
    ``error_m`` (metres), ``right`` (within ``limits.right_m`` or the radius), ``inside`` (within
    the radius) and ``sure_wrong`` (matched at ``limits.sure_score`` or more, farther off than
    ``limits.wrong_m`` and twice the radius).
    """
    require_columns(coded, ["location", "latitude", "longitude"], "evaluate")
    asked = coded.drop(columns=["latitude", "longitude"])
    scored = geocode(asked, gazetteer=gazetteer)
    radius_m = scored["uncertainty_m"].to_numpy()
    error_m = geodesic_distance_m(
        coded["longitude"], coded["latitude"], scored.geometry.x, scored.geometry.y
    )
    matched = scored["match_status"].eq("matched").to_numpy()
    scored["matched"], scored["error_m"] = matched, error_m
    scored["right"] = error_m <= np.fmax(limits.right_m, radius_m)
    scored["inside"] = error_m <= radius_m
    sure = matched & (scored["match_score"].to_numpy() >= limits.sure_score)
    scored["sure_wrong"] = sure & (error_m > np.fmax(limits.wrong_m, 2 * radius_m))
    return scored


def summarise_promises(scored: pd.DataFrame, *, limits: Limits = LIMITS) -> dict[str, float]:
    """Sum up answers held against coded places; all but ``phrases`` and ``matched`` of the matched.

    ``auc`` is the area under the curve of the score against right (Hanley and McNeil 1982,
    doi:10.1148/radiology.143.1.7063747): 0.5 where the score tells nothing. ``brier`` is the mean
    square of the score less what came true, ``sure`` the share told ``limits.sure_score`` or more.
    """
    placed = scored[scored["matched"]]
    score = placed["match_score"].to_numpy()
    right = placed["right"].to_numpy(dtype="float64")
    error_km = placed["error_m"].to_numpy() / 1000
    within = {f"within_{km}_km": _share(error_km <= km) for km in (5, 10, 25)}
    return {
        "phrases": len(scored),
        "matched": _share(scored["matched"].to_numpy()),
        **within,
        "right": _share(right),
        "inside": _share(placed["inside"].to_numpy()),
        "sure_wrong": int(placed["sure_wrong"].sum()),
        "brier": _share((score - right) ** 2),
        "told": _share(score),
        "auc": measure_auc(score, right > 0),
        "radius_km": float(placed["uncertainty_m"].median()) / 1000,
        "sure": _share(score >= limits.sure_score),
    }


def measure_auc(score: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Measure how often a right answer has a higher score than a wrong one; ties count half."""
    good, bad = int(right.sum()), int((~right).sum())
    if not good or not bad:
        return float("nan")
    ranks = pd.Series(score).rank().to_numpy()
    return float((ranks[right].sum() - good * (good + 1) / 2) / (good * bad))


def _share(values: NDArray[np.float64] | NDArray[np.bool_]) -> float:
    return float(values.mean()) if len(values) else float("nan")
