"""Hold `geosec.find_duplicates` against pairs that were labelled by hand, and print the figures.

Run from the root of the repository:

    python tests/benchmarks/measure_duplicates.py GED.csv [DRONES.csv]

``labelled_duplicates.csv`` beside this script has two sets. ``within``: 64 pairs of rows of UCDP
GED for Pakistan (CC BY 4.0), drawn over all probabilities of an early model from what it found
within that source, and labelled by their words and figures alone: ``same`` event told twice;
``split``, one report whose toll coders shared out over its places; ``two`` events; ``unclear``.
``drones``: the first 49 strikes of Z. Usmani's list of drone strikes in Pakistan
(kaggle.com/zusmani/pakistandroneattacks, 2004 to February 2009), each with the row of UCDP that is
the same strike, or none. ``DRONES.csv`` is that list with the columns id, date, location, admin2,
low, high, summary.
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

import geosec

if TYPE_CHECKING:
    import geopandas as gpd

LABELS = Path(__file__).with_name("labelled_duplicates.csv")
TRIBAL = "Federally Administered Tribal Areas"


def measure_within(events: gpd.GeoDataFrame, labels: pd.DataFrame) -> None:
    """Print what pairs of one source are said to be, by label."""
    pairs = geosec.find_duplicates(events, threshold=1e-6, draws=0)
    named = zip(pairs["incident_id_a"], pairs["incident_id_b"], pairs["probability"], strict=True)
    said = {frozenset((a, b)): probability for a, b, probability in named}
    asked = [frozenset(pair) for pair in zip(labels["a"], labels["b"], strict=True)]
    table = labels.assign(probability=[said.get(pair, 0.0) for pair in asked])
    by_label = table.groupby("label")["probability"]
    shown = pd.DataFrame({"pairs": by_label.size(), "mean": by_label.mean().round(2)})
    shown["probable"] = by_label.apply(lambda each: int((each >= 0.5).sum()))
    print("within one source", shown.to_string(), sep="\n")
    probable = int((pairs["probability"] >= 0.5).sum())
    print(f"{probable} pairs of {len(events):,} rows are probable")


def measure_across(events: gpd.GeoDataFrame, strikes: pd.DataFrame, labels: pd.DataFrame) -> None:
    """Print how many strikes of another list are found in the first source."""
    tolls = {"fatalities": strikes["low"], "fatalities_low": strikes["low"]}
    told = strikes.assign(**tolls, fatalities_high=strikes["high"], admin1=TRIBAL)
    told = told.drop(columns=["low", "high"]).assign(event_type="Drone attack", actor="US")
    other = geosec.geocode(geosec.read_incidents(told)[0])
    known = labels.loc[labels["label"] == "same", ["a", "b"]]
    truth = set(known.itertuples(index=False, name=None))
    for most_m in (10_000, 20_000, 40_000):
        pairs = geosec.find_duplicates(other, events, max_distance_m=most_m, draws=0)
        joined = pairs.dropna(subset="duplicate_group").astype({"incident_id_a": "str"})
        found = set(zip(joined["incident_id_a"], joined["incident_id_b"], strict=True))
        right = len(found & truth)
        print(f"drones, {most_m / 1000:.0f} km: {len(found)} found, {right} right of {len(truth)}")
        print("  missed:", *sorted(truth - found), "wrong:", *sorted(found - truth))


def main() -> None:
    """Read the files that are given, and measure."""
    warnings.simplefilter("ignore", geosec.GeosecWarning)
    labels = pd.read_csv(LABELS, dtype="str")
    events = geosec.geocode(geosec.read_incidents(sys.argv[1])[0])
    measure_within(events, labels[labels["set"] == "within"])
    if len(sys.argv) > 2:
        strikes = pd.read_csv(sys.argv[2])
        measure_across(events, strikes, labels[labels["set"] == "drones"])


if __name__ == "__main__":
    main()
