"""Floors for the geocoder on phrases whose truth is known."""

from __future__ import annotations

import random
from pathlib import Path

import pandas as pd
import pytest

import geosec
from geosec.cli.commands import main
from geosec.errors import SourceError
from geosec.evaluation.phrases import read_gold_phrases, score_phrases, summarise_phrases
from geosec.evaluation.reliability import compare_scores


def one_edit_off(name, chance):
    """Change, drop, add or swap one letter after the first."""
    at, letter = chance.randrange(1, len(name)), chance.choice("aeioubdgklmnrst")
    return chance.choice(
        [
            name[:at] + letter + name[at + 1 :],
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at:],
            name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :] if at > 1 else name,
        ]
    )


DATA = Path(__file__).parents[1] / "data"


PHRASES = DATA / "gold_places_dev.csv"


REPORTS = DATA / "news_reports_dev.jsonl"


def test_phrases_are_placed_within_their_tolerance(scored, summary):
    assert scored.loc[scored["has_truth"], "right"].mean() >= 0.95
    assert summary["right"].min() >= 0.85


def test_nothing_is_placed_where_there_is_no_place(summary):
    assert summary.loc["all", "false_matches"] == 0


def test_radii_hold_the_truth_and_are_no_wider_than_they_must_be(summary):
    assert 0.93 <= summary.loc["all", "coverage"] <= 0.99
    assert summary.loc["town", "median_radius_km"] <= 5


def test_phrases_by_other_hands_are_placed_and_scored_as_well(more):
    summary = summarise_phrases(more)
    assert summary.loc["all", "right"] >= 0.97
    assert summary["right"].min() >= 0.85
    assert summary.loc["all", "false_matches"] == 0
    assert summary.loc["all", "coverage"] >= 0.93
    assert_never_promised_too_much(more)


def assert_never_promised_too_much(scored):
    """Phrases that we wrote are easier than those of real reports, which scores are fitted to."""
    often = compare_scores(scored).query("phrases >= 20")
    assert (often["promised"] <= often["kept"] + 0.05).all()


def test_towns_misspelt_at_random_are_found_and_promise_no_more_than_they_keep():
    chance = random.Random(3)
    gazetteer = geosec.load_gazetteer().places
    towns = gazetteer[(gazetteer["feature_class"] == "town") & (gazetteer["population"] > 30_000)]
    towns = towns[towns["adm1_code"].ne("") & towns["name"].map(lambda name: len(name) > 4)]
    provinces = geosec.load_boundaries("adm1")["adm1_name"]
    gold = pd.DataFrame(
        {
            "phrase": [one_edit_off(name, chance) for name in towns["name"]],
            "context_admin1": provinces.reindex(towns["adm1_code"]).to_numpy(),
            "lat": towns["latitude"].to_numpy(),
            "lon": towns["longitude"].to_numpy(),
            "tolerance_km": 6.0,
            "kind": "misspelt",
        }
    )
    scored = score_phrases(gold)
    placed = scored[scored["placed"]]
    assert scored["right"].mean() > 0.85
    assert placed["right"].mean() > 0.95
    assert 0.5 < placed["match_score"].mean() < placed["right"].mean()


def test_a_wrong_answer_and_an_answer_to_no_place_count_against():
    gold = pd.DataFrame(
        {
            "phrase": ["Sibi", "Quetta", "Zzyzx", "Quetta"],
            "lat": [29.543, 24.9, 30.0, None],
            "lon": [67.877, 67.0, 67.0, None],
            "tolerance_km": [5.0, 5.0, 5.0, None],
            "kind": ["right", "wrong", "unplaced", "no place"],
        }
    )
    scored = score_phrases(gold)
    assert scored["right"].tolist() == [True, False, False, False]
    assert summarise_phrases(scored)["false_matches"].to_dict() == {
        "no place": 1,
        "right": 0,
        "unplaced": 0,
        "wrong": 0,
        "all": 1,
    }


@pytest.mark.parametrize("file", [PHRASES, REPORTS], ids=["phrases", "reports"])
def test_the_command_prints_and_writes(file, tmp_path, capsys):
    assert main(["evaluate", str(file), "--out", str(tmp_path / "scored.csv")]) == 0
    assert "right" in capsys.readouterr().out
    assert (tmp_path / "scored.csv").stat().st_size > 300


@pytest.mark.parametrize(
    ("text", "message"),
    [("phrase,lat\nSibi,x\n", "cannot be read as phrases"), ("\xff\xfe", "cannot be read")],
)
def test_a_file_that_is_no_gold_is_told(text, message, tmp_path):
    file = tmp_path / "gold.csv"
    file.write_text(text, encoding="latin-1")
    with pytest.raises(SourceError, match=message):
        read_gold_phrases(file)
