"""What scores promise, held against what came true."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from geosec.evaluation.reliability import compare_scores, mark_kept, measure_calibration_error


def test_scores_are_probabilities(scored):
    assert scored["match_score"].dropna().between(0, 1).all()


def test_reliability_counts_every_placed_phrase_once(scored):
    table = compare_scores(scored)
    assert table["phrases"].sum() == scored["placed"].sum()
    assert (table["low"] <= table["kept"]).all()
    assert (table["kept"] <= table["high"]).all()


def made_up(*rows):
    """Make placed phrases: (score, right, has_truth)."""
    names = ["match_score", "right", "has_truth"]
    return pd.DataFrame(rows, columns=names).assign(placed=True)


def test_a_promise_is_kept_where_there_is_a_truth_and_it_was_met():
    rows = made_up((0.9, True, True), (0.9, True, False), (0.9, False, True))
    assert mark_kept(rows).tolist() == [1.0, 0.0, 0.0]


def test_promised_is_the_mean_score_and_kept_the_share_right():
    table = compare_scores(made_up((0.94, True, True), (0.96, False, True), (0.2, True, True)))
    assert table["promised"].round(3).tolist() == [0.2, 0.95]
    assert table[["phrases", "kept"]].to_numpy().tolist() == [[1, 1.0], [2, 0.5]]


@pytest.mark.parametrize(("right", "low", "high"), [(10, 0.722, 1.0), (5, 0.237, 0.763)])
def test_the_interval_is_that_of_wilson(right, low, high):
    rows = made_up(*[(0.95, number < right, True) for number in range(10)])
    interval = compare_scores(rows)[["low", "high"]].iloc[0].round(3).tolist()
    assert interval == [low, high]


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        ([(0.95, True, True)] * 2, 0.05),
        ([(1.0, True, True)], 0.0),
        ([(1.0, False, True)], 1.0),
        ([(0.95, True, True)] * 3 + [(0.45, False, True)], (3 * 0.05 + 0.45) / 4),
    ],
)
def test_the_error_is_the_distance_of_promised_and_kept_weighted_by_phrases(rows, error):
    assert measure_calibration_error(made_up(*rows)) == pytest.approx(error)


def test_where_nothing_is_placed_there_is_no_error_to_tell():
    assert math.isnan(measure_calibration_error(made_up((0.9, True, True)).assign(placed=False)))
