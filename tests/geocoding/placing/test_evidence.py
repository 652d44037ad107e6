"""What speaks for and against an answer."""

from __future__ import annotations

from itertools import pairwise

import pytest

from geosec.geocoding.geocoder import load_interpreter
from geosec.geocoding.placing.evidence import weigh_evidence
from geosec.geocoding.placing.hints import Hints
from geosec.match_rules import EVIDENCE, MATCH_RULES


@pytest.fixture
def evidence():
    """Give the evidence of the first reading of a phrase."""

    def find(phrase, admin1=""):
        table = [(phrase, Hints(admin1))]
        (answer,) = load_interpreter(None).answer_many(table)
        return answer.readings[0].evidence

    return find


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("Mach, Kachhi district", "in_district"),
        ("Mach, Balochistan", "in_province"),
        ("Quetta", "large"),
        ("Kalat town", "called_town"),
        ("Sui, Balochistan", "short"),
        ("Chirikot", "reported"),
        ("Tanduri", "bare_station"),
        ("Kech", "bare_unit"),
        ("Zzyzx village, Kalat town", "unknown_beside"),
        ("Zzyzx village, Kech district", "stand_in"),
        ("Lahore, Kech district", "elsewhere"),
        ("Lahore, Kech district", "stand_in"),
        ("Sui village near Mastung", "elsewhere"),
        ("12 km south of Zzyzx, Kech", "beside"),
        ("Kalat, Zzyzx", "leftover"),
        ("Qwetta", "sound"),
        ("Gujrat village", "no_village"),
        ("the village of Quetta", "no_village"),
        ("Mach, Sibi district", "by_district"),
        ("Bannu Colony", "named_after"),
        ("Sheikh Muhammadi, Khyber Pakhtunkhwa", "council"),
        ("Harichand area, Charsadda district", "council"),
        ("Sheikh Muhammadi", "bare_council"),
        ("Shahkot", "namesake"),
        ("60 km south of Muzaffarabad", "vague"),
        ("Shirani village, Balochistan", "no_village"),
    ],
)
def test_each_kind_of_evidence_is_found(evidence, phrase, name):
    assert name in evidence(phrase)


@pytest.mark.parametrize(
    "phrase",
    [
        *("Dalbandin", "Kech district", "Panir railway station", "Spezand Junction"),
        *("km 268 of ML-3", "29.5430N, 67.8773E"),
    ],
)
def test_a_plain_phrase_has_none(evidence, phrase):
    assert evidence(phrase) == ()


def test_the_province_of_the_row_counts_like_that_of_the_phrase(evidence):
    assert evidence("Mach", "Balochistan") == evidence("Mach, Balochistan")


@pytest.mark.parametrize("said", ["FATA", "Federally Administered Tribal Areas"])
def test_many_districts_bear_a_place_out_no_more_than_a_province(evidence, said):
    assert "in_province" in evidence("Parachinar", said)
    assert "in_district" not in evidence("Parachinar", said)
    assert "in_district" in evidence("Parachinar, Kurram agency", said)
    assert "in_province" in evidence("Turbat, Makran division")


def test_a_province_is_not_evidence_for_itself(evidence):
    assert evidence("Balochistan") == ("bare_unit",)


def test_a_district_that_stands_in_is_not_borne_out_by_being_stated(evidence):
    assert evidence("Zzyzx, Kech district") == ("stand_in",)
    assert evidence("Lahore, Kech district") == ("stand_in", "elsewhere")
    assert "in_district" in evidence("Turbat, Kech district")


@pytest.mark.parametrize(
    "phrase", ["near Mach, Sibi district", "12 km south of Mach, Sibi district"]
)
def test_what_is_near_or_starts_beside_a_stated_district_may_lie_in_it(evidence, phrase):
    assert "by_district" not in evidence(phrase)


@pytest.mark.parametrize(
    "phrase",
    [
        *("Thall, Hangu district", "Zzyzx, Chirikot", "Chirikot, Zzyzx"),
        *("Dalbandin", "12 km south of Chirikot", "Qambar area of Mingora", "Tirah Valley"),
    ],
)
def test_a_place_known_from_events_is_doubted_only_where_nothing_else_is_said(evidence, phrase):
    assert "reported" not in evidence(phrase)


@pytest.mark.parametrize(
    "phrase",
    [
        *("Karak", "Sibi"),  # a district is named after them, or nothing else is
        *("Matta, Swat", "Qambar area of Mingora"),  # what is stated says which
        "Matta",  # reports mean that of Swat
    ],
)
def test_a_name_that_several_places_bear_is_doubted_only_where_people_alone_decide(
    evidence, phrase
):
    assert "namesake" not in evidence(phrase)


@pytest.mark.parametrize("phrase", ["12 km south of Muzaffarabad", "Muzaffarabad"])
def test_a_short_distance_from_a_town_is_not_vague(evidence, phrase):
    assert "vague" not in evidence(phrase)


def test_without_evidence_the_score_is_the_rules():
    for name, rule in MATCH_RULES.items():
        assert weigh_evidence(name, []) == pytest.approx(rule.score)


def test_odds_are_multiplied():
    score = MATCH_RULES["town"].score
    odds = score / (1 - score) * EVIDENCE["in_district"].odds * EVIDENCE["leftover"].odds
    found = weigh_evidence("town", ["in_district", "leftover"])
    assert found == pytest.approx(odds / (1 + odds))
    assert found == weigh_evidence("town", ["leftover", "in_district"])


def test_the_more_is_said_of_where_a_place_lies_the_surer_it_is():
    bounds = [[], ["in_province"], ["in_district"]]
    scores = [weigh_evidence("town", each) for each in bounds]
    assert all(one < two for one, two in pairwise(scores))


@pytest.mark.parametrize("name", EVIDENCE)
def test_no_evidence_makes_an_answer_sure_or_impossible(name):
    for rule in MATCH_RULES:
        assert 0 < weigh_evidence(rule, [name]) < 1
    assert EVIDENCE[name].wording
    assert 0.01 < EVIDENCE[name].odds < 100
