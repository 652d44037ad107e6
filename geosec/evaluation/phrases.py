"""How right the geocoder is on phrases whose truth is known, and whether it knows how right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geosec.errors import SourceError
from geosec.evaluation.reliability import mark_kept
from geosec.geocoding.geocoder import geocode
from geosec.geodesy.geodesics import geodesic_distance_m
from geosec.schema import require_columns

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

    from geosec.reference.gazetteer import Gazetteer

_GOLD = ("phrase", "lat", "lon", "tolerance_km", "kind")


def read_gold_phrases(path: Path) -> pd.DataFrame:
    """Read phrases whose truth is known: a CSV in UTF-8 with the columns `score_phrases` takes.

    Raises a `SourceError` if it is no such CSV.
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

    `gold` has ``phrase``, ``lat`` and ``lon`` (EPSG:4326; missing where the phrase names no place
    of the gazetteer's country), ``tolerance_km``, ``kind``, and perhaps ``context_admin1``. The
    columns of `geosec.geocode` come back with ``kind``, ``placed``, ``has_truth``, ``error_m``
    (metres), ``right`` (within the tolerance; a phrase without truth: not placed) and ``covered``
    (the truth lies within ``uncertainty_m``).
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


def summarise_phrases(scored: gpd.GeoDataFrame) -> pd.DataFrame:
    """Sum scored phrases up by kind, and ``all`` last.

    ``false_matches`` are placed where there is no place; ``coverage`` is the share of the placed
    whose truth lies within the radius; ``brier`` the mean square of ``match_score`` less what came
    true (Brier 1950, doi:10.1175/1520-0493(1950)078<0001>).
    """
    groups = {str(kind): part for kind, part in scored.groupby("kind")}
    rows = {kind: _summarise_kind(part) for kind, part in (groups | {"all": scored}).items()}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("kind")


def _summarise_kind(part: pd.DataFrame) -> dict[str, float]:
    placed = part[part["placed"]]
    known = placed[placed["has_truth"]]
    chance = placed["match_score"] - mark_kept(placed)
    return {
        "phrases": len(part),
        "right": part["right"].mean(),
        "median_error_km": known["error_m"].median() / 1000,
        "false_matches": len(placed) - len(known),
        "coverage": known["covered"].mean() if len(known) else np.nan,
        "median_radius_km": known["uncertainty_m"].median() / 1000,
        "brier": (chance**2).mean(),
    }
