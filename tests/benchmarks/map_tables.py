"""Synthetic tables of located incidents, for maps: in towns, with notes of 140 letters."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

import geosec

TYPES = {
    "Protests": 0.28,
    "Battles": 0.2,
    "Explosions/Remote violence": 0.2,
    "Violence against civilians": 0.15,
    "Strategic developments": 0.12,
    "Riots": 0.05,
}
_WORDS = [
    "police",
    "convoy",
    "district",
    "road",
    "market",
    "blast",
    "fire",
    "station",
    "village",
    "railway",
    "track",
    "gunmen",
    "protest",
    "blocked",
    "mosque",
    "bridge",
    "patrol",
    "wounded",
    "killed",
    "arrested",
    "hospital",
]
_SITE = "https://www.dawn.com/news"
_NOTE = 140  # letters
_DAYS = 5_600  # from 2010-01-01 on
_IN_TOWN = 0.65  # share of rows that stand on the town itself
_AWAY_DEG = 0.08  # of the others, in each direction
_SHAPES = 20  # one row of so many has the outline of a district, up to 20,000 rows
_RADII_M = (2_000.0, 4_000.0, 8_000.0, 25_000.0)


def make_located(rows: int, seed: int = 0) -> gpd.GeoDataFrame:
    """Make a table of incidents, located in towns that have more of them the larger they are."""
    chance = np.random.default_rng(seed)
    gazetteer = geosec.load_gazetteer()
    towns = gazetteer.places
    towns = towns[towns["country_code"].isin(gazetteer.home) & towns["latitude"].notna()]
    weights = (towns["population"].fillna(1_000).clip(lower=1_000) ** 0.7).to_numpy(float)
    town = chance.choice(len(towns), rows, p=weights / weights.sum())
    away = np.where(chance.random(rows) < _IN_TOWN, 0.0, _AWAY_DEG)
    lon, lat = (
        towns[name].to_numpy(float)[town] + away * chance.normal(size=rows)
        for name in ("longitude", "latitude")
    )
    days = np.sort(chance.integers(0, _DAYS, rows)).astype("timedelta64[D]")
    actors = np.array([f"Actor group {number:03d}" for number in range(120)])
    name = towns["name"].to_numpy()[town]
    table = pd.DataFrame(
        {
            "date": (np.datetime64("2010-01-01") + days).astype("datetime64[ns]"),
            "date_precision": np.where(chance.random(rows) < 0.9, "day", "month"),
            "event_type": chance.choice(list(TYPES), rows, p=list(TYPES.values())),
            "actor": actors[chance.integers(0, len(actors), rows)],
            "target": actors[chance.integers(0, len(actors), rows)],
            "fatalities": chance.poisson(0.8, rows),
            "location": name,
            "match_status": "matched",
            "match_rule": "town",
            "match_name": name,
            "match_reason": None,
            "match_score": np.round(chance.uniform(0.5, 0.99, rows), 3),
            "uncertainty_m": chance.choice(_RADII_M, rows),
            "summary": _write_notes(rows, chance),
            "source_url": [
                f"{_SITE}/{1_000_000 + each}/a-report-{each % 97:02d}" for each in range(rows)
            ],
        },
        index=pd.Index([f"PAK{number:07d}" for number in range(rows)], name="incident_id"),
    )
    table["footprint"] = _choose_shapes(rows, chance)
    return gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(lon, lat), crs=4326)


def _write_notes(rows: int, chance: np.random.Generator) -> list[str]:
    kept = min(rows, 5_000)
    told = [" ".join(chance.choice(_WORDS, 25))[: _NOTE - 8] for _ in range(kept)]
    which, number = chance.integers(0, kept, rows), chance.integers(0, 9_999_999, rows)
    return [f"{told[one]} {other:07d}" for one, other in zip(which, number, strict=True)]


def _choose_shapes(rows: int, chance: np.random.Generator) -> np.ndarray:
    districts = geosec.load_boundaries("adm2").geometry.to_numpy()
    shapes = np.full(rows, None, dtype=object)
    which = chance.choice(rows, min(rows // _SHAPES, 20_000), replace=False)
    shapes[which] = districts[chance.integers(0, len(districts), len(which))]
    return shapes
