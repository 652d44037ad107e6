from __future__ import annotations

import pytest
import shapely

from geosec.geocoding.placing.matcher import Candidate
from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.geocoding.placing.places import Place
from geosec.geocoding.placing.readings import Answer, Reading, nearer, reading_of, weighed
from geosec.match_rules import MATCH_RULES
from geosec.reference.feature_classes import find_class
from geosec.uncertainty.footprints import disc

QUETTA, HYDERABAD = (67.0, 30.18), (68.37, 25.39)


def reading(name, weight, at=QUETTA):
    return Reading(disc(*at, 5_000), "town", name, name, weight, 0.9 * weight)


def candidate(kind="town", *, weight=1.0, similarity=1.0, note=""):
    place = Place("gn:1", "Sibi", kind, "PK", "PK-BA", "", 67.9, 29.5, 0, 0, 0, note)
    return Candidate(place, weight, similarity)


@pytest.mark.parametrize(
    ("feature_class", "rule"),
    [
        ("town", "town"),
        ("village", "town"),
        ("rail_station", "rail_station"),
        ("division", "district"),
        ("country", "province"),
        ("road", "route"),
        ("rail_line", "route"),
        ("airport", "facility"),
        ("pass", "landmark"),
        ("something new", "landmark"),
    ],
)
def test_a_feature_class_has_a_rule_and_the_rule_has_a_score(feature_class, rule):
    assert find_class(feature_class).rule == rule
    assert 0 < MATCH_RULES[rule].score < 1


def test_the_score_is_the_rules_times_weight_and_spelling():
    found = reading_of(candidate(weight=0.8, similarity=0.5), disc(67.9, 29.5, 9), "town", "")
    assert found.weight == 0.8
    assert found.score == pytest.approx(MATCH_RULES["town"].score * 0.4)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (candidate(), "why"),
        (candidate(similarity=0.97), "why"),
        (candidate(similarity=0.88), "why; read as Sibi, which is spelt otherwise"),
        (candidate("district", note="its parent's polygon"), "why; its parent's polygon"),
        (candidate("town", note="a note on a town"), "why"),
    ],
)
def test_what_was_assumed_is_told(given, reason):
    assert reading_of(given, disc(67.9, 29.5, 9), "town", "why").reason == reason


def test_a_reading_without_assumptions_has_no_reason_and_the_places_name():
    plain = reading_of(candidate(), disc(67.9, 29.5, 9), "town", "")
    named = reading_of(candidate(), disc(67.9, 29.5, 9), "offset", "", name="12 km S of Sibi")
    assert (plain.reason, plain.name, plain.place_id) == ("", "Sibi", "gn:1")
    assert named.name == "12 km S of Sibi"


@pytest.mark.parametrize(
    ("weights", "status"),
    [
        ([PARAMETERS.clear_weight, 1 - PARAMETERS.clear_weight], "matched"),
        ([PARAMETERS.clear_weight - 0.01, 0.31], "ambiguous"),
        ([0.1, 0.9], "matched"),
        ([0.5], "matched"),
    ],
)
def test_a_clear_reading_is_a_match(weights, status):
    assert (
        weighed([reading(str(number), each) for number, each in enumerate(weights)]).status
        == status
    )


def test_the_most_probable_reading_comes_first_and_equals_keep_their_order():
    answer = weighed([reading("a", 0.2), reading("b", 0.6), reading("c", 0.2)])
    assert [each.name for each in answer.readings] == ["b", "a", "c"]


def test_other_places_of_the_report_draw_the_reading_near_them():
    answer = weighed([reading("north", 0.5, QUETTA), reading("south", 0.5, HYDERABAD)])
    for place, name in ((QUETTA, "north"), (HYDERABAD, "south")):
        near = nearer(answer, [shapely.Point(place)])
        assert near.readings[0].name == name
        assert near.status == "matched"
        assert sum(each.weight for each in near.readings) == pytest.approx(1)


def test_a_reading_loses_half_its_weight_at_the_distance_of_the_parameters():
    far = (QUETTA[0], QUETTA[1] + PARAMETERS.report_m / 110_861)  # metres in a degree north of 30
    answer = weighed([reading("here", 0.5), reading("far", 0.5, far)])
    weights = {each.name: each.weight for each in nearer(answer, [shapely.Point(QUETTA)]).readings}
    assert weights["here"] / weights["far"] == pytest.approx(2, rel=0.001)


def test_scores_follow_the_weights():
    answer = weighed([reading("north", 0.5, QUETTA), reading("south", 0.5, HYDERABAD)])
    for each in nearer(answer, [shapely.Point(QUETTA)]).readings:
        assert each.score == pytest.approx(0.9 * each.weight)


@pytest.mark.parametrize(
    ("answer", "places"),
    [
        (Answer("unmatched", reason="not known"), [shapely.Point(QUETTA)]),
        (weighed([reading("one", 1.0)]), [shapely.Point(HYDERABAD)]),
        (weighed([reading("one", 0.5), reading("two", 0.5)]), []),
    ],
)
def test_where_nothing_is_to_choose_or_nothing_is_known_nothing_changes(answer, places):
    assert nearer(answer, places) is answer
