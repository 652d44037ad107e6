"""Fit the scores of match rules and evidence to UCDP's names left out, and print them.

Run from the root of the repository:

    python tests/benchmarks/fit_scores.py GED.csv

A score is a share (of the reading among several, of a guess at the spelling) times the probability
that the odds of the rule and of the evidence make. The logarithms of the odds are fitted by maximum
likelihood, drawn towards those shipped as if by a few answers; what carries over is told by five
folds over names. In real reports some names are known and some are not: each phrase is asked twice,
of a gazetteer without its name and of the whole, which counts for less, as it knows the answer.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

import numpy as np
import pandas as pd
from measure_names import leave_out, list_questions, print_reliability, read_coded

from geosec.evaluation.promises import LIMITS, measure_auc
from geosec.geocoding.geocoder import load_interpreter
from geosec.geocoding.placing.evidence import weigh_evidence
from geosec.geocoding.placing.hints import Hints
from geosec.geocoding.rows import make_row
from geosec.geodesy.geodesics import distance_between_m
from geosec.match_rules import EVIDENCE, MATCH_RULES
from geosec.reference.gazetteer import Gazetteer, load_gazetteer
from geosec.reference.toponyms import skeleton

FOLDS = 5
PULL = 0.5  # how strongly a parameter is drawn to the one shipped
MOST = 0.99
KNOWN = 0.1  # what an answer counts whose name the gazetteer has from the same source


def answer_all(questions: pd.DataFrame) -> pd.DataFrame:
    """Answer each half with what the other leaves, and all with the whole gazetteer."""
    whole = load_gazetteer()
    parts = [
        answer_with(part, leave_out(whole, int(half))).assign(weight=1.0)
        for half, part in questions.groupby("half")
    ]
    parts.append(answer_with(questions, whole).assign(weight=KNOWN))
    return pd.concat(parts, ignore_index=True)


def answer_with(questions: pd.DataFrame, gazetteer: Gazetteer) -> pd.DataFrame:
    """Answer questions; keep of each match what its score is made of, and whether it is right."""
    found = []
    interpreter = load_interpreter(gazetteer)
    asked = [(row["location"], Hints(row["admin1"])) for row in questions.to_dict("records")]
    rows = questions.to_dict("records")
    for row, answer in zip(rows, interpreter.answer_many(asked), strict=True):
        if answer.status != "matched":
            continue
        best = answer.readings[0]
        radius_m = make_row(answer).uncertainty_m
        away_m = distance_between_m(
            row["longitude"], row["latitude"], best.footprint.lon, best.footprint.lat
        )
        share = best.score / weigh_evidence(best.rule, best.evidence)
        right = away_m <= max(LIMITS.right_m, radius_m)
        found.append((row["name"], best.rule, best.evidence, share, right, away_m, radius_m))
    columns = ["name", "rule", "evidence", "share", "right", "away_m", "radius_m"]
    return pd.DataFrame(found, columns=columns)


def make_matrix(answers: pd.DataFrame) -> np.ndarray:
    """Make a row of ones and zeros for each answer: its rule, and its evidence."""
    rules = [answers["rule"].eq(name) for name in MATCH_RULES]
    evidence = [[name in found for found in answers["evidence"]] for name in EVIDENCE]
    return np.array([*rules, *evidence], dtype="float64").T


def list_shipped() -> np.ndarray:
    """List the logarithms of the odds that are shipped."""
    scores = np.array([min(rule.score, MOST) for rule in MATCH_RULES.values()])
    odds = np.array([each.odds for each in EVIDENCE.values()])
    return np.concatenate([np.log(scores / (1 - scores)), np.log(odds)])


def promise(matrix: np.ndarray, share: np.ndarray, logs: np.ndarray) -> np.ndarray:
    """Give the scores that logarithms of odds make."""
    return np.clip(share / (1 + np.exp(-(matrix @ logs))), 1e-4, MOST)


def fit(matrix: np.ndarray, share: np.ndarray, right: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Fit the logarithms of the odds."""
    shipped = list_shipped()

    from scipy.optimize import minimize  # noqa: PLC0415 - not everybody has it

    def loss(logs: np.ndarray) -> float:
        told = promise(matrix, share, logs)
        kept = (weight * np.where(right, np.log(told), np.log(1 - told))).sum()
        return float(-kept + PULL * ((logs - shipped) ** 2).sum() / 2)

    return np.asarray(minimize(loss, shipped, method="L-BFGS-B").x)


def find_fold(name: str) -> int:
    """Put a name into one of the folds."""
    return hashlib.sha256(b"fold" + skeleton(name).encode()).digest()[0] % FOLDS


def main() -> None:
    """Fit, and print the table to ship and what carries over."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("ged", type=Path, help="CSV of UCDP GED")
    asked = parser.parse_args()
    coded = read_coded(asked.ged)
    answers = answer_all(list_questions(coded[~coded["miscoded"]]))
    matrix, share = make_matrix(answers), answers["share"].to_numpy()
    right = answers["right"].to_numpy(dtype="bool")
    weight = answers["weight"].to_numpy()
    folds = answers["name"].map(find_fold).to_numpy()
    told = np.empty(len(answers))
    for fold in range(FOLDS):
        rest, own = folds != fold, folds == fold
        logs = fit(matrix[rest], share[rest], right[rest], weight[rest])
        told[own] = promise(matrix[own], share[own], logs)
    logs = fit(matrix, share, right, weight)
    shipped = list_shipped()
    counts, kept = matrix.sum(axis=0), matrix.T @ right
    names = [*MATCH_RULES, *EVIDENCE]
    for number, name in enumerate(names):
        fitted, was = np.exp(logs[number]), np.exp(shipped[number])
        if number < len(MATCH_RULES):
            fitted, was = fitted / (1 + fitted), was / (1 + was)
        rate = kept[number] / max(counts[number], 1)
        print(
            f"{name:15s} {counts[number]:6.0f} {rate:6.3f}   was {was:6.3f}   fitted {fitted:6.3f}"
        )
    for title, unknown in (("names left out", weight == 1.0), ("names known", weight < 1.0)):
        scores, kept_ = told[unknown], right[unknown]
        brier = float(np.mean((scores - kept_) ** 2))
        auc = measure_auc(scores, kept_)
        print(f"\n{title}: Brier {brier:.3f}, AUC {auc:.3f}, sure {np.mean(scores >= 0.8):.3f}")
        print_reliability(answers[unknown].assign(match_score=scores, matched=True))


if __name__ == "__main__":
    main()
