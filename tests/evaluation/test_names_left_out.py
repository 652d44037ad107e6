"""Promises kept on coded places whose names the gazetteer does not have from their events."""

from __future__ import annotations

from pathlib import Path

import pytest

from geosec.evaluation.promises import summarise_promises
from geosec.reference.gazetteer import load_gazetteer
from geosec.reference.toponyms import skeleton

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def yardstick():
    """Give the benchmark, which is a script."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.syspath_prepend(str(ROOT / "tests/benchmarks"))
        yield pytest.importorskip("measure_names")


@pytest.fixture(scope="module")
def coded(yardstick):
    return yardstick.read_coded(ROOT / "tests/data/ucdp_places.csv")


@pytest.fixture(scope="module")
def answers(yardstick, coded):
    return yardstick.answer_halves(yardstick.list_questions(coded))


def test_real_reports_are_answered_as_sure_as_is_told(answers):
    """Floors against relapse: this cut was looked at."""
    told = summarise_promises(answers[~answers["miscoded"]])
    assert told["matched"] > 0.5
    assert told["right"] > 0.84
    assert told["inside"] > 0.8
    assert told["brier"] < 0.12
    assert told["auc"] > 0.69  # union councils, right at 0.7, rank below wrong towns at 0.85
    assert told["sure"] > 0.6
    assert told["sure_wrong"] < 0.05 * told["matched"] * told["phrases"]
    assert abs(told["told"] - told["right"]) < 0.05


def test_what_is_told_is_kept_in_each_class_of_scores(answers):
    placed = answers[answers["matched"] & ~answers["miscoded"]]
    tenths = placed.groupby((placed["match_score"] * 10).astype(int))
    for _, part in tenths:
        if len(part) >= 100:
            assert abs(part["match_score"].mean() - part["right"].mean()) < 0.15


def test_halves_are_of_names_and_not_of_spellings(yardstick):
    assert yardstick.find_half("Miran Shah") == yardstick.find_half("Miranshah")
    assert yardstick.find_half("Qilla Saifullah") == yardstick.find_half("Killa Saif Ullah")
    assert {yardstick.find_half(name) for name in ("Sibi", "Mach", "Wana", "Khar", "Bara")} == {
        0,
        1,
    }


@pytest.mark.parametrize("half", [0, 1])
def test_nothing_of_the_events_of_a_half_is_left(yardstick, half):
    whole = load_gazetteer().places
    left = yardstick.leave_out(load_gazetteer(), half).places
    events = whole[whole.index.str.startswith("ev:")]
    gone = events["name"].map(yardstick.find_half).eq(half)
    assert gone.any()
    assert not left.index.isin(events.index[gone]).any()
    assert left.index.isin(events.index[~gone]).sum() == (~gone).sum()
    hidden = left["name"].map(yardstick.find_half).eq(half)
    assert left.loc[hidden, "mentions"].isna().all()
    of_events = left[hidden & left["source"].str.startswith("UCDP")].index
    assert of_events.str.match("told:|division:").all()


def test_a_question_is_asked_once_and_by_both_phrases(yardstick, coded):
    questions = yardstick.list_questions(coded)
    asked = ["question", "location", "adm_1", "adm_2"]
    assert not questions.duplicated(asked).any()
    assert set(questions["question"]) == set(yardstick.QUESTIONS)
    assert questions.loc[questions["question"] == "name", "admin1"].eq("").all()


def test_a_namesake_is_told_from_a_fallback(answers):
    wrong = answers[answers["matched"] & ~answers["right"]]
    namesakes = wrong[wrong["why"] == "namesake"]
    names = zip(namesakes["name"], namesakes["match_name"], strict=True)
    assert all(skeleton(one) == skeleton(two) for one, two in names)
    assert set(wrong["why"]) >= {"fallback", "coded wrongly"}
