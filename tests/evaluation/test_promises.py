"""Answers held against coded places."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from geosec.errors import SchemaError
from geosec.evaluation.promises import Limits, measure_auc, score_promises, summarise_promises

SIBI = (29.543, 67.877)
QUETTA = (30.183, 67.0)


@pytest.fixture(scope="module")
def scored():
    """Sibi where it is, Sibi coded in Quetta, and a name that nothing knows."""
    coded = pd.DataFrame(
        {
            "location": ["Sibi", "Sibi", "Zzyzx"],
            "latitude": [SIBI[0], QUETTA[0], SIBI[0]],
            "longitude": [SIBI[1], QUETTA[1], SIBI[1]],
            "admin1": ["Balochistan", "", ""],
            "note": ["a", "b", "c"],
        }
    )
    return score_promises(coded)


def test_a_place_coded_where_it_is_is_right_and_inside(scored):
    first = scored.iloc[0]
    assert first["matched"]
    assert first["right"]
    assert first["inside"]
    assert not first["sure_wrong"]
    assert first["error_m"] < 5_000


def test_a_confident_answer_far_off_is_counted(scored):
    second = scored.iloc[1]
    assert second["match_score"] >= 0.8
    assert second["error_m"] > 100_000
    assert second["sure_wrong"]
    assert not second["right"]


def test_what_is_not_matched_is_neither_right_nor_wrong(scored):
    third = scored.iloc[2]
    assert not third["matched"]
    assert not third["right"]
    assert not third["sure_wrong"]
    assert math.isnan(third["error_m"])


def test_other_columns_are_kept_and_the_coded_point_takes_no_part(scored):
    assert scored["note"].tolist() == ["a", "b", "c"]
    assert scored["match_rule"].iloc[0] == "town"


def test_limits_say_what_is_right():
    coded = pd.DataFrame({"location": ["Sibi"], "latitude": [29.9], "longitude": [67.877]})
    assert not score_promises(coded)["right"].item()
    assert score_promises(coded, limits=Limits(right_m=60_000.0))["right"].item()


def test_the_sum_is_over_the_matched(scored):
    summed = summarise_promises(scored)
    assert summed["phrases"] == 3
    assert summed["matched"] == pytest.approx(2 / 3)
    assert summed["right"] == summed["within_25_km"] == summed["inside"] == 0.5
    assert summed["sure_wrong"] == 1
    assert summed["sure"] == 1.0
    told = scored["match_score"].iloc[:2].to_numpy()
    assert summed["told"] == pytest.approx(told.mean())
    assert summed["brier"] == pytest.approx(((told - [1.0, 0.0]) ** 2).mean())


def test_nothing_matched_gives_no_figures(scored):
    summed = summarise_promises(scored.iloc[2:])
    assert summed["matched"] == 0
    assert math.isnan(summed["right"])
    assert math.isnan(summed["auc"])


@pytest.mark.parametrize(
    ("score", "right", "area"),
    [
        ([0.9, 0.8, 0.2], [True, True, False], 1.0),
        ([0.1, 0.8], [True, False], 0.0),
        ([0.5, 0.5], [True, False], 0.5),
        ([0.9, 0.5, 0.5, 0.1], [True, True, False, False], 0.875),
    ],
)
def test_the_area_is_how_often_right_is_told_more(score, right, area):
    assert measure_auc(np.array(score), np.array(right)) == pytest.approx(area)


def test_a_missing_column_is_named():
    with pytest.raises(SchemaError, match="latitude"):
        score_promises(pd.DataFrame({"location": ["Sibi"]}))
