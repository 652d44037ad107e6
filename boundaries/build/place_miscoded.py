"""Coded events whose point can be shown to be another place's than the one they name."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np

from boundaries.build.place_events import PROVINCES, split_district, split_kind
from geosec.geodesy.geodesics import geodesic_distance_m
from geosec.reference.toponyms import skeleton

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from boundaries.build.place_districts import Districts

OUTSIDE_M = 15_000.0  # so far from the district it names, a point is of another place
APART_M = 25_000.0  # so far from where all others put the place, too: where_prec 2 is within 25 km
MOST_OF_THEM = 3  # events at one point outvote one elsewhere
# Districts as events name them, and what was cut out of them since: in July 2009 both
# (https://en.dailyajk.com/hattian-bala-district-azad-kashmir/).
CUT_OUT_DAY = "2009-07-01"
CUT_OUT = {"PK-JK-muzaffarabad": "PK-JK-hattian-bala", "PK-JK-bagh": "PK-JK-haveli"}
_METRIC = "EPSG:32642"  # UTM 42N crosses the middle of the country
_KEY = ["where_coordinates", "adm_1", "adm_2", "latitude", "longitude"]


def find_miscoded(events: pd.DataFrame, districts: Districts, known: pd.DataFrame) -> pd.Series:
    """Say of each event why its point is wrong; empty where nothing speaks against it.

    Parameters
    ----------
    events : pandas.DataFrame
        ``where_coordinates``, ``adm_1``, ``adm_2``, ``latitude`` and ``longitude`` (degrees,
        EPSG:4326) of UCDP GED, one row an event.
    districts : Districts
        The district layer.
    known : pandas.DataFrame
        Places from other sources: ``name``, ``alt_names``, ``adm2_code``, ``latitude`` and
        ``longitude`` (degrees, EPSG:4326).

    Returns
    -------
    pandas.Series
        The reason: the point lies more than 15 km outside the district that the event names, or
        more than 25 km from the place of that name and district in another source, or from where
        at least three times as many events of that name and district have it.
    """
    points = events[_KEY].astype({"latitude": "float64", "longitude": "float64"})
    counts = points.groupby(_KEY, sort=False).size().reset_index(name="events")
    codes = {
        pair: _find_code(*pair, districts)
        for pair in counts[["adm_1", "adm_2"]].drop_duplicates().itertuples(index=False, name=None)
    }
    counts["adm2_code"] = [
        codes[pair] for pair in zip(counts["adm_1"], counts["adm_2"], strict=True)
    ]
    counts["name"] = [skeleton(split_kind(label)[0]) for label in counts["where_coordinates"]]
    reasons = zip(
        _judge_district(counts, districts),
        _judge_source(counts, known),
        _judge_others(counts),
        strict=True,
    )
    counts["reason"] = ["; ".join(filter(None, each)) for each in reasons]
    return points.merge(counts, on=_KEY, how="left")["reason"].set_axis(events.index)


def _find_code(adm_1: str, adm_2: str, districts: Districts) -> str:
    """Find the code of the district that an event names; empty where the layer has none."""
    try:
        return districts.code_of(split_district(adm_2), PROVINCES.get(adm_1, ""))[0]
    except LookupError:
        return ""


def _judge_district(counts: pd.DataFrame, districts: Districts) -> list[str]:
    """Say how far points lie outside the districts that their events name."""
    shapes = districts.frame.set_index("adm2_code").geometry.to_crs(_METRIC)
    lon, lat = counts["longitude"], counts["latitude"]
    points = gpd.GeoSeries.from_xy(lon, lat, crs="EPSG:4326").to_crs(_METRIC)
    for whole, part in CUT_OUT.items():
        if whole in shapes.index and part in shapes.index:
            shapes[whole] = shapes[whole].union(shapes[part])
    named = [shapes.get(code) for code in counts["adm2_code"]]
    away_m = [
        0.0 if shape is None else float(shape.distance(point))
        for shape, point in zip(named, points, strict=True)
    ]
    return [
        f"{away / 1000:.0f} km outside {adm_2}" if away > OUTSIDE_M else ""
        for away, adm_2 in zip(away_m, counts["adm_2"], strict=True)
    ]


def _judge_source(counts: pd.DataFrame, known: pd.DataFrame) -> list[str]:
    """Say how far points lie from all places of their name and district in another source."""
    bearers: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    columns = ("name", "alt_names", "adm2_code", "longitude", "latitude")
    for name, others, code, lon, lat in zip(*(known[each] for each in columns), strict=True):
        for spelt in {skeleton(each) for each in [name, *others.split(";")]} - {""}:
            bearers[spelt, code].append((float(lon), float(lat)))
    told = []
    for row in counts.to_dict("records"):
        there = bearers.get((row["name"], row["adm2_code"]), []) if row["adm2_code"] else []
        away_m = min((_measure(row, lon, lat) for lon, lat in there), default=0.0)
        told.append(
            f"{away_m / 1000:.0f} km from GeoNames' or the railway's point"
            if away_m > APART_M
            else ""
        )
    return told


def _judge_others(counts: pd.DataFrame) -> list[str]:
    """Say how far points lie from where most events of their name and district are."""
    told = dict.fromkeys(counts.index, "")
    for _, part in counts.groupby(["name", "adm_1", "adm_2"]):
        most = part.loc[part["events"].idxmax()]
        for number, row in part.iterrows():
            away_m = _measure(row, most["longitude"], most["latitude"])
            outvoted = most["events"] >= MOST_OF_THEM * row["events"]
            if outvoted and away_m > APART_M:
                told[number] = f"{away_m / 1000:.0f} km from {most['events']} events of that name"
    return list(told.values())


def _measure(row: Mapping[str, float], lon: float, lat: float) -> float:
    return float(np.asarray(geodesic_distance_m(row["longitude"], row["latitude"], lon, lat)))
