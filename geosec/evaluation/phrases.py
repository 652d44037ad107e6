"""How right the geocoder is on phrases whose truth is known, and whether it knows how right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geosec.errors import SourceError
from geosec.geocoding.geocoder import geocode
from geosec.geodesy.geodesics import geodesic_distance_m
from geosec.schema import require_columns

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

    from geosec.reference.gazetteer import Gazetteer

_BINS = 10
_GOLD = ("phrase", "lat", "lon", "tolerance_km", "kind")


def read_gold_phrases(path: Path) -> pd.DataFrame:
    r"""Read phrases whose truth is known.

    Parameters
    ----------
    path : pathlib.Path
        CSV in UTF-8 with the columns `score_phrases` takes; coordinates in EPSG:4326.

    Returns
    -------
    pandas.DataFrame

    Raises
    ------
    SourceError
        If it is no such CSV.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "gold.csv"
    ...     _ = file.write_text("phrase,lat,lon,tolerance_km,kind\nSibi,29.5,67.9,5,town\n")
    ...     read_gold_phrases(file)["phrase"].tolist()
    ['Sibi']
    """
    words = dict.fromkeys(("phrase", "kind", "context_admin1"), "str")
    numbers = dict.fromkeys(("lat", "lon", "tolerance_km"), "float64")
    try:
        return pd.read_csv(path, dtype=words | numbers, encoding="utf-8")
    except ValueError as error:  # no CSV, no UTF-8, or a word where a number belongs
        msg = (
            f"{path} cannot be read as phrases with their truth ({error}); a CSV in UTF-8 with "
            f"the columns {', '.join(_GOLD)} is expected."
        )
        raise SourceError(msg) from error


def score_phrases(gold: pd.DataFrame, *, gazetteer: Gazetteer | None = None) -> gpd.GeoDataFrame:
    """Geocode phrases whose truth is known, and hold the answers against it.

    Parameters
    ----------
    gold : pandas.DataFrame
        ``phrase``, ``lat``, ``lon`` (degrees, EPSG:4326; missing where the phrase names no place
        of the gazetteer's country), ``tolerance_km``, ``kind``, and ``context_admin1`` if given.
    gazetteer : Gazetteer, optional
        Places to match; those of Pakistan that ship with geosec by default.

    Returns
    -------
    geopandas.GeoDataFrame
        The columns of `geosec.geocode`, and ``kind``, ``placed``, ``has_truth``, ``error_m``
        (metres), ``right`` (within the tolerance; for a phrase without truth: not placed) and
        ``covered`` (the truth lies within ``uncertainty_m``).

    Raises
    ------
    SchemaError
        If a column is missing.

    Examples
    --------
    >>> gold = pd.DataFrame({"phrase": ["Sibi"], "lat": [29.543], "lon": [67.877],
    ...                      "tolerance_km": [5.0], "kind": ["town"]})
    >>> bool(score_phrases(gold)["right"].item())
    True
    """
    require_columns(gold, _GOLD, "evaluate")
    asked = pd.DataFrame({"location": gold["phrase"]})
    if "context_admin1" in gold.columns:
        asked["admin1"] = gold["context_admin1"]
    scored = geocode(asked, gazetteer=gazetteer)
    placed = scored.geometry.notna().to_numpy()
    has_truth = gold["lat"].notna().to_numpy()
    points = scored.geometry
    error_m = geodesic_distance_m(gold["lon"], gold["lat"], points.x, points.y)
    scored["kind"] = gold["kind"].to_numpy()
    scored["placed"], scored["has_truth"] = placed, has_truth
    scored["error_m"] = error_m
    within = error_m <= gold["tolerance_km"].to_numpy() * 1000
    scored["right"] = np.where(has_truth, within, ~placed)
    scored["covered"] = error_m <= scored["uncertainty_m"].to_numpy()
    return scored


def phrase_summary(scored: gpd.GeoDataFrame) -> pd.DataFrame:
    """Sum scored phrases up by kind.

    Parameters
    ----------
    scored : geopandas.GeoDataFrame
        From `score_phrases`, EPSG:4326.

    Returns
    -------
    pandas.DataFrame
        Indexed by kind, and ``all`` last: ``phrases``, ``right`` (share), ``median_error_km``,
        ``false_matches`` (placed where there is no place), ``coverage`` (share of the placed
        whose truth lies within the radius), ``median_radius_km`` and ``brier`` (mean square of
        ``match_score`` less what came true; Brier 1950, doi:10.1175/1520-0493(1950)078<0001>).

    Examples
    --------
    >>> gold = pd.DataFrame({"phrase": ["Sibi"], "lat": [29.543], "lon": [67.877],
    ...                      "tolerance_km": [5.0], "kind": ["town"]})
    >>> phrase_summary(score_phrases(gold)).loc["all", "right"]
    np.float64(1.0)
    """
    groups = {str(kind): part for kind, part in scored.groupby("kind")}
    rows = {kind: _summed(part) for kind, part in (groups | {"all": scored}).items()}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("kind")


def _summed(part: pd.DataFrame) -> dict[str, float]:
    placed = part[part["placed"]]
    known = placed[placed["has_truth"]]
    chance = placed["match_score"] - kept(placed)
    return {
        "phrases": len(part),
        "right": part["right"].mean(),
        "median_error_km": known["error_m"].median() / 1000,
        "false_matches": len(placed) - len(known),
        "coverage": known["covered"].mean() if len(known) else np.nan,
        "median_radius_km": known["uncertainty_m"].median() / 1000,
        "brier": (chance**2).mean(),
    }


def kept(placed: pd.DataFrame) -> pd.Series:
    """Say which placed phrases kept what their score promised.

    Parameters
    ----------
    placed : pandas.DataFrame
        Placed rows of `score_phrases`, EPSG:4326.

    Returns
    -------
    pandas.Series of float
        1 where the phrase has a truth and lies within its tolerance, else 0.

    Examples
    --------
    >>> kept(pd.DataFrame({"right": [True, True], "has_truth": [True, False]})).tolist()
    [1.0, 0.0]
    """
    return (placed["right"].astype("bool") & placed["has_truth"]).astype("float64")


def reliability(scored: pd.DataFrame, *, bins: int = _BINS) -> pd.DataFrame:
    """Compare what scores promise with what came true, score by score.

    Parameters
    ----------
    scored : pandas.DataFrame
        From `score_phrases`, EPSG:4326.
    bins : int, default 10
        Number of classes of equal width.

    Returns
    -------
    pandas.DataFrame
        One row per class that has any: ``phrases``, ``promised`` (mean score), ``kept`` (share
        right), ``low`` and ``high`` (its 95 % Wilson interval, doi:10.1080/01621459.1927.10502953).

    Examples
    --------
    >>> scored = pd.DataFrame({"placed": [True, True], "has_truth": [True, True],
    ...                        "right": [True, False], "match_score": [0.95, 0.95]})
    >>> reliability(scored)[["promised", "kept"]].to_numpy().tolist()
    [[0.95, 0.5]]
    """
    placed = scored[scored["placed"]]
    score = placed["match_score"].astype("float64")
    right = kept(placed)
    edges = np.minimum((score * bins).astype("int64"), bins - 1)
    rows = []
    for _, part in score.groupby(edges):
        n, share = len(part), float(right.loc[part.index].mean())
        low, high = _wilson(share, n)
        rows.append((n, float(part.mean()), share, low, high))
    return pd.DataFrame(rows, columns=["phrases", "promised", "kept", "low", "high"])


def calibration_error(scored: pd.DataFrame, *, bins: int = _BINS) -> float:
    """Give the expected calibration error of the scores.

    Parameters
    ----------
    scored : pandas.DataFrame
        From `score_phrases`, EPSG:4326.
    bins : int, default 10
        Number of classes of equal width.

    Returns
    -------
    float
        Mean distance of promised and kept, weighted by the number of phrases (Naeini, Cooper and
        Hauskrecht 2015, AAAI-15).

    Examples
    --------
    >>> scored = pd.DataFrame({"placed": [True, True], "has_truth": [True, True],
    ...                        "right": [True, True], "match_score": [0.95, 0.95]})
    >>> round(calibration_error(scored), 2)
    0.05
    """
    table = reliability(scored, bins=bins)
    if table.empty:
        return float("nan")
    return float(np.average(abs(table["promised"] - table["kept"]), weights=table["phrases"]))


def _wilson(share: float, n: int, z: float = 1.96) -> tuple[float, float]:
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return min(share, float(low)), max(share, float(high))
