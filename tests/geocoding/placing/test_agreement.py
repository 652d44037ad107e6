from __future__ import annotations

import pytest

from geosec.geocoding.geocoder import load_interpreter
from geosec.geocoding.placing.agreement import explain_disagreement, measure_away_m
from geosec.geocoding.placing.hints import Hints
from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.geocoding.placing.readings import Answer
from geosec.geocoding.placing.scope import ANYWHERE, Scope
from geosec.uncertainty.footprints import full_radius_m, make_disc

READER = load_interpreter(None)
GROUND = READER.ground
MACH, KARACHI = make_disc(67.33, 29.86, 5_000), make_disc(67.01, 24.86, 5_000)


def disagreement(footprint, text, scope=ANYWHERE):
    return explain_disagreement(footprint, READER.answer(text), scope, GROUND)


@pytest.mark.parametrize("text", ["Mach", "near Mach", "12 km south of Mach", "Balochistan"])
def test_words_about_the_same_place_agree(text):
    assert disagreement(MACH, text) == ""


@pytest.mark.parametrize(
    "text", ["Mach town", "12 km south of Mach", "km 318 of ML-3", "Kech district"]
)
def test_words_about_another_place_say_how_far_it_is(text):
    assert " km from " in disagreement(KARACHI, text)


@pytest.mark.parametrize("text", ["Zzyzx", "Kandahar", "Mach"])
def test_words_that_are_not_sure_say_nothing(text):
    assert disagreement(KARACHI, text) == ""


def test_a_province_of_the_row_counts_without_words():
    scope = Scope(frozenset({"PK-PB"}), hints=Hints("Punjab"), is_hinted=True)
    assert "Punjab, which the row gives" in explain_disagreement(MACH, None, scope, GROUND)
    assert (
        explain_disagreement(
            MACH, None, Scope(frozenset({"PK-BA"}), hints=Hints("B"), is_hinted=True), GROUND
        )
        == ""
    )


def test_a_country_in_the_words_is_said():
    scope = Scope(country="AF")
    told = explain_disagreement(MACH, Answer("outside"), scope, GROUND)
    assert told == "the words place it in Afghanistan"


def test_away_is_measured_from_the_edge_of_a_disc():
    away_m = measure_away_m(MACH, KARACHI.point)
    assert away_m == pytest.approx(554_900 - full_radius_m(MACH.uncertainty_m), rel=0.01)
    assert measure_away_m(MACH, MACH.point) == 0
    assert PARAMETERS.agreed_m < away_m
