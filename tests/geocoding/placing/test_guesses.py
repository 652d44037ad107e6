"""How probable a guess at a spelling is."""

from __future__ import annotations

import pytest

from geosec.geocoding.placing.guesses import keep_fitting, rate_guess
from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.geocoding.placing.places import Place
from geosec.geocoding.placing.scope import ANYWHERE, Scope
from geosec.language import tags
from geosec.language.languages import load_language

KECH, SIBI = frozenset({"PK-BA-kech"}), frozenset({"PK-BA-sibi"})
BALOCHISTAN = frozenset({"PK-BA"})


def place(kind, district="PK-BA-kech"):
    return Place(kind, "X", kind, "PK", "PK-BA", district, 63.0, 26.0, 0.0, 0.0, 0.0)


def rate(kind, scope=ANYWHERE, share=0.1):
    places = [place(kind)]
    return rate_guess(share, places, places, scope)


def give_odds(share):
    return share / (1 - share)


@pytest.mark.parametrize(
    ("scope", "factor"),
    [
        (ANYWHERE, 1.0),
        (Scope(BALOCHISTAN), PARAMETERS.guess_in_province),
        (Scope(BALOCHISTAN, KECH), PARAMETERS.guess_in_district),
        (Scope(districts=KECH), PARAMETERS.guess_in_district),
        (Scope(BALOCHISTAN, KECH, is_wide=True), PARAMETERS.guess_in_province),
        (Scope(districts=KECH, is_wide=True), PARAMETERS.guess_in_province),
        (Scope(districts=SIBI), 1.0),
    ],
)
def test_a_guess_is_surer_the_more_closely_it_lies_where_it_is_said(scope, factor):
    odds = give_odds(rate("village", scope)) / give_odds(rate("village"))
    assert odds == pytest.approx(factor)


@pytest.mark.parametrize(
    ("kind", "factor"),
    [
        ("village", 1.0),
        ("town", PARAMETERS.guess_town),
        ("tehsil", PARAMETERS.guess_town * PARAMETERS.guess_tehsil),
    ],
)
def test_a_guess_is_rather_a_towns_and_surest_a_tehsils(kind, factor):
    assert give_odds(rate(kind)) / give_odds(rate("village")) == pytest.approx(factor)


@pytest.mark.parametrize(
    ("kind", "most"),
    [
        ("town", PARAMETERS.guess_most),
        ("village", PARAMETERS.guess_most),
        ("tehsil", PARAMETERS.guess_tehsil_most),
    ],
)
def test_no_guess_is_certain(kind, most):
    assert rate(kind, share=0.999) == most < 1


def test_a_town_beside_the_tehsil_of_its_name_is_rated_as_a_town():
    both = [place("town"), place("tehsil")]
    assert rate_guess(0.999, both, both, ANYWHERE) == PARAMETERS.guess_most
    village = [place("village")]
    assert rate_guess(0.1, village, both, ANYWHERE) == pytest.approx(rate("town"))


@pytest.mark.parametrize(
    ("nouns", "kept"),
    [
        ("", ["village", "district", "tehsil"]),
        (tags.DISTRICT, ["district"]),
        (tags.VILLAGE, ["village", "tehsil"]),
        (tags.TOWN, ["village", "tehsil"]),
        (tags.STATION, []),
    ],
)
def test_a_guess_is_of_the_class_that_its_noun_asks_for(nouns, kept):
    places = [place(kind) for kind in ("village", "district", "tehsil")]
    found = keep_fitting(places, str(nouns), load_language().wants)
    assert [each.feature_class for each in found] == kept
