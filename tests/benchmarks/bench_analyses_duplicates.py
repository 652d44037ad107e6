"""Duplicates of two sources: how fast they are found, beside a search that knows places alone.

Run it by hand: ``python tests/benchmarks/bench_analyses_duplicates.py [rows]``. Times are of the
processor, on two tables of so many rows (20,000) over ten years that share half of their events.
The peer is what is written by hand: scikit-learn's `BallTree` for the pairs within one radius that
is wide enough for 19 rows in 20, days compared behind it, and RapidFuzz on the locations.
"""

from __future__ import annotations

import sys
import time

import geopandas as gpd
import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process
from sklearn.neighbors import BallTree

import geosec

ROWS = 20_000
EARTH_M = 6_371_008.8
WORDS = ["bomb hit a police van", "gunmen shot a trader", "clash with militants", "rocket attack"]


def make_sources(rows: int) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Make two sources about the middles of districts; the second half of one is in the other."""
    random = np.random.default_rng(0)
    districts = geosec.load_boundaries("adm2")
    own = random.integers(0, len(districts), rows + rows // 2)
    middle = districts.geometry.representative_point().iloc[own]
    days = pd.Timestamp("2014-01-01") + pd.to_timedelta(random.integers(0, 3_650, len(own)), "D")
    lon, lat = (each.to_numpy() + random.normal(0, 0.15, len(own)) for each in (middle.x, middle.y))
    facts = pd.DataFrame(
        {
            "date": days,
            "location": districts["adm2_name"].to_numpy()[own],
            "summary": random.choice(WORDS, len(own)),
            "fatalities": random.geometric(0.3, len(own)),
        }
    )
    radius_m = random.choice(
        [2_000.0, 5_000.0, 25_000.0, 60_000.0], len(own), p=[0.4, 0.3, 0.25, 0.05]
    )
    events = gpd.GeoDataFrame(facts, geometry=gpd.points_from_xy(lon, lat), crs=4326)
    events = geosec.with_uncertainty(events, uncertainty_m=radius_m)
    return events.iloc[:rows], events.iloc[rows // 2 :]


def search_by_hand(first: gpd.GeoDataFrame, second: gpd.GeoDataFrame) -> int:
    """Count the pairs within one radius and two days, and compare their locations."""
    reach_m = 20_000 + 2 * np.quantile(first["uncertainty_m"], 0.95)
    ours, theirs = (
        np.radians(np.column_stack([table.geometry.y, table.geometry.x]))
        for table in (first, second)
    )
    found = BallTree(theirs, metric="haversine").query_radius(ours, reach_m / EARTH_M)
    a = np.repeat(np.arange(len(first)), [len(each) for each in found])
    b = np.concatenate(found)
    days = [
        table["date"].to_numpy().astype("datetime64[D]").astype("int64")
        for table in (first, second)
    ]
    near = np.abs(days[0][a] - days[1][b]) <= 2
    a, b = a[near], b[near]
    places = [table["location"].to_numpy(dtype="object") for table in (first, second)]
    process.cpdist(places[0][a], places[1][b], scorer=fuzz.token_set_ratio)
    return len(a)


def main() -> None:
    """Print seconds of both, and what was found."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    first, second = make_sources(rows)
    geosec.find_duplicates(first.iloc[:100], second.iloc[:100])
    begin = time.process_time()
    pairs = geosec.find_duplicates(first, second)
    ours = time.process_time() - begin
    step = pairs.attrs["geosec_steps"]["find_duplicates"]
    linked = pairs["duplicate_group"].notna()
    right = (pairs["incident_id_a"] == pairs["incident_id_b"])[linked].sum()
    print(f"find_duplicates, {rows:,} x {rows:,}: {ours:.2f} s, {step['compared']:,} pairs weighed")
    print(f"linked {linked.sum():,}, right {right:,} of {rows - rows // 2:,}")
    begin = time.process_time()
    count = search_by_hand(first, second)
    theirs = time.process_time() - begin
    print(f"by hand, without a probability: {theirs:.2f} s, {count:,} pairs; {theirs / ours:.1f}")


if __name__ == "__main__":
    main()
