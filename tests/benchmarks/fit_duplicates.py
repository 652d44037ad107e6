"""Fit the weights of `geosec.find_duplicates` to events moved and reworded, and print them.

Run from the root of the repository:

    python tests/benchmarks/fit_duplicates.py GED.csv

Pairs are made of UCDP's events, once only reworded and once with mistakes (`rewording`); years that
leave 1 when divided by 4 are held out. The likelihood is that of the probabilities which the verb
gives, rivals included. Words are bounded in what they may say: those that are invented here are
more alike than those of two newsrooms. Printed are the weights and what they give on the years held
out: precision and recall of the groups, Brier score, and the share of duplicates by tenths.
"""

from __future__ import annotations

import argparse
from typing import NamedTuple

import numpy as np
import pandas as pd
from rewording import HARSH, REWORDED, Sources, make_sources
from scipy.optimize import minimize

import geosec
from geosec.analysis.incident_draws import IncidentDraws
from geosec.analysis.linkage.evidence import FEATURES, EvidenceReader
from geosec.analysis.linkage.model import Rivals, find_probabilities
from geosec.analysis.linkage.near_pairs import Window, find_candidates, join_candidates

WINDOW = Window(20_000, 2)
PULL = 1e-3  # of squared weights
_WORDS = ("type", "actor", "location", "summary")
BOUNDS = {
    "place": (0, 1),
    "days": (0, 1),
    "toll_agrees": (0, 2),
    "toll_differs": (-4, 0),
    **{f"{name}_agrees": (0, 2) for name in _WORDS},
    **{f"{name}_differs": (-1.5, 0) for name in _WORDS},
}


class Pairs(NamedTuple):
    """Candidates with their evidence, who excludes whom, and whether they are one event."""

    features: np.ndarray
    rivals: Rivals
    is_one: np.ndarray


def read_pairs(sources: Sources) -> Pairs:
    """Read the candidates of two sources."""
    tables = sources.first, sources.second
    draws = [IncidentDraws.of(table, "fit", salt=str(salt)) for salt, table in enumerate(tables)]
    reader = EvidenceReader(tables, (draws[0], draws[1]))
    found = join_candidates(list(find_candidates(draws[0], draws[1], WINDOW)))
    found = found.take(reader.is_within(found, WINDOW.distance_m))
    names = zip(tables[0].index[found.a], tables[1].index[found.b], strict=True)
    is_one = np.array([pair in sources.truth for pair in names])
    return Pairs(reader.read(found), Rivals(found.a, found.b), is_one)


def fit(parts: list[Pairs]) -> pd.Series:
    """Fit the intercept and a weight for each feature by maximum likelihood."""

    def weigh_badly(weights: np.ndarray) -> float:
        return PULL * np.square(weights[1:]).sum() + sum(_lose(part, weights) for part in parts)

    bounds = [(None, None), *(BOUNDS[name] for name in FEATURES)]
    start = [0.0, *(np.clip(0.3, *BOUNDS[name]) for name in FEATURES)]
    found = minimize(weigh_badly, start, method="L-BFGS-B", bounds=bounds)
    return pd.Series(found.x, ["intercept", *FEATURES])


def _lose(part: Pairs, weights: np.ndarray) -> float:
    probability = find_probabilities(weights[0] + part.features @ weights[1:], part.rivals)
    kept = np.where(part.is_one, probability, 1 - probability)
    return -float(np.log(np.maximum(kept, 1e-9)).sum())


def measure(sources: Sources) -> dict[str, float]:
    """Measure the pairs that the verb joins: precision, recall and the share it estimates."""
    pairs = geosec.find_duplicates(sources.first, sources.second, draws=0)
    joined = pairs[pairs["duplicate_group"].notna()]
    found = set(zip(joined["incident_id_a"], joined["incident_id_b"], strict=True))
    right = len(found & sources.truth)
    step = pairs.attrs["geosec_steps"]["find_duplicates"]
    return {
        "precision": right / max(len(found), 1),
        "recall": right / len(sources.truth),
        "pairs": len(sources.truth),
        "share": len(sources.truth) / min(len(sources.first), len(sources.second)),
        "share_estimated": step["expected_share"],
    }


def measure_reliability(sources: Sources) -> tuple[float, pd.DataFrame]:
    """Give the Brier score of all candidates, and what each tenth of probabilities held."""
    pairs = geosec.find_duplicates(sources.first, sources.second, draws=0, threshold=1e-9)
    names = zip(pairs["incident_id_a"], pairs["incident_id_b"], strict=True)
    is_one = np.array([pair in sources.truth for pair in names], dtype="float64")
    said = pairs["probability"].to_numpy()
    table = pd.DataFrame({"said": said, "held": is_one})
    tenths = table.groupby(np.minimum(np.floor(said * 10), 9).astype("int64"))
    by_tenth = tenths.agg(pairs=("said", "size"), said=("said", "mean"), held=("held", "mean"))
    return float(np.square(said - is_one).mean()), by_tenth.round(3)


def main() -> None:
    """Fit, and print weights and measures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("events", help="UCDP GED as CSV")
    events = geosec.geocode(geosec.read_incidents(parser.parse_args().events)[0])
    held = (events["date"].dt.year % 4 == 1).to_numpy()
    known = [make_sources(events[~held], how, seed) for seed, how in enumerate((REWORDED, HARSH))]
    weights = fit([read_pairs(sources) for sources in known])
    share = np.mean([len(each.truth) / min(len(each.first), len(each.second)) for each in known])
    print(weights.round(2).to_string(), f"expected_share {share:.2f}", sep="\n")
    for name, how, invent in (
        ("reworded", REWORDED, True),
        ("with mistakes", HARSH, True),
        ("without actors and summaries", REWORDED, False),
    ):
        print(f"\n{name}, years held out")
        made = [make_sources(events[held], how, seed, invent=invent) for seed in range(10, 15)]
        print(pd.DataFrame([measure(each) for each in made]).round(3).to_string(index=False))
        brier, by_tenth = measure_reliability(made[0])
        print(f"Brier {brier:.4f}", by_tenth.T.to_string(), sep="\n")


if __name__ == "__main__":
    main()
