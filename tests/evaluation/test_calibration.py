"""Scores are those that were fitted."""

from __future__ import annotations

import pandas as pd
import pytest

from geosec.evaluation.calibration import fit_scores, measure_left_out_error
from geosec.match_rules import MATCH_RULES


def test_phrases_that_we_wrote_keep_more_than_is_promised(scored, more):
    """Scores are fitted to real reports, of names that the gazetteer lacks in part."""
    both = pd.concat([scored, more], ignore_index=True)
    fitted = fit_scores(both)
    often = fitted[fitted["phrases"] >= 20]
    assert (often["fitted"] >= often["now"] - 0.03).all()
    assert measure_left_out_error(both) <= 0.05


def made_up(rule, score, right, kind="town"):
    row = {"match_rule": rule, "match_score": score, "right": right, "kind": kind}
    return {**row, "placed": True, "has_truth": True}


def test_a_rule_seen_once_promises_what_all_rules_keep():
    rows = [made_up("town", MATCH_RULES["town"].score, True)] * 40
    rows.append(made_up("offset", MATCH_RULES["offset"].score, False))
    fitted = fit_scores(pd.DataFrame(rows))
    assert fitted.loc["offset", ["phrases", "right"]].tolist() == [1, 0.0]
    assert 0.5 < fitted.loc["offset", "fitted"] < fitted.loc["town", "fitted"] <= 0.99
    assert fitted["now"].to_dict() == {rule: MATCH_RULES[rule].score for rule in ("offset", "town")}


def test_no_rule_promises_more_than_99_in_100():
    fitted = fit_scores(pd.DataFrame([made_up("town", MATCH_RULES["town"].score, True)] * 400))
    assert fitted["fitted"].tolist() == [0.99]


def test_a_kind_left_out_is_scored_by_the_others():
    sure = [made_up("town", MATCH_RULES["town"].score, True, "one")] * 20
    wrong = [made_up("town", MATCH_RULES["town"].score, False, "two")] * 20
    alike = [made_up("town", MATCH_RULES["town"].score, True, "two")] * 20
    assert measure_left_out_error(pd.DataFrame(sure + wrong)) == pytest.approx(0.99, abs=0.02)
    assert measure_left_out_error(pd.DataFrame(sure + alike)) == pytest.approx(0.01, abs=0.005)
