from __future__ import annotations

import re

import pytest
import shapely

from geosec.geocoding.geocoder import load_interpreter
from geosec.geocoding.grammar.phrases import Item, Phrase
from geosec.geocoding.placing.evidence import weigh_evidence
from geosec.geocoding.placing.heads import Head, share_abroad
from geosec.geocoding.placing.judge import (
    Judge,
    decide_between,
    doubt_dateline,
    favour_near,
    favour_neighbours,
)
from geosec.geocoding.placing.matcher import Candidate
from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.geocoding.placing.places import Place
from geosec.geocoding.placing.readings import Answer, Placement, Reading
from geosec.geocoding.placing.resolver import Miss, Resolution
from geosec.geocoding.placing.scope import ANYWHERE, Scope
from geosec.language import tags
from geosec.match_rules import MATCH_RULES
from geosec.uncertainty.footprints import make_disc

QUETTA, HYDERABAD = (67.0, 30.18), (68.37, 25.39)
HERE = make_disc(67.9, 29.5, 9)
TOWN_SCORE = MATCH_RULES["town"].score


@pytest.fixture(scope="module")
def judge(ground, language):
    return Judge(ground, language)


@pytest.fixture(scope="module")
def score(judge):
    """Judge one placement of a candidate: score(candidate()) is its reading."""

    def reading_of(given, *, heads=(), leftover="", **known):
        place = given.place
        placement = Placement(HERE, "town", place.name, place.place_id, given, **known)
        return judge.judge([placement], Resolution(tuple(heads), leftover)).readings[0]

    return reading_of


def reading(name, weight, at=QUETTA):
    return Reading(make_disc(*at, 5_000), "town", name, name, weight, 0.9 * weight)


def candidate(kind="town", *, weight=1.0, similarity=1.0, note="", is_home=True, lon=67.9):
    country = "PK" if is_home else "AF"
    place = Place("gn:1", "Kalat", kind, country, "PK-BA", "", lon, 29.5, 0, 0, 0, note, is_home)
    return Candidate(place, weight, similarity)


def head(*candidates, skipped=()):
    return Head(Item("Kalat"), candidates, skipped, share_abroad(candidates))


# ------------------------------------------------------------------ scores


def test_the_score_is_the_rules_times_weight_and_spelling(score):
    found = score(candidate(weight=0.8, similarity=0.5))
    assert found.weight == 0.8
    assert found.score == pytest.approx(TOWN_SCORE * 0.4)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (candidate(), "why"),
        (candidate(similarity=0.97), "why"),
        (candidate(similarity=0.88), "why; read as Kalat, which is spelt otherwise (88% probable)"),
        (candidate("district", note="its parent's polygon"), "why; its parent's polygon"),
        (candidate("town", note="a note on a town"), "why"),
    ],
)
def test_what_was_assumed_is_told(score, given, reason):
    assert score(given, told="why").reason == reason


def test_a_placement_without_a_candidate_has_the_score_of_its_rule(judge):
    stretch = Placement(HERE, "rail_km", "km 268 (ML-3)", "rail:x", told="why", rail_line="ML-3")
    (found,) = judge.judge([stretch], Resolution()).readings
    assert (found.weight, found.score) == (1.0, MATCH_RULES["rail_km"].score)
    assert (found.name, found.place_id, found.reason) == ("km 268 (ML-3)", "rail:x", "why")
    assert found.rail_line == "ML-3"


def test_a_reading_without_assumptions_has_no_reason(score):
    found = score(candidate())
    assert (found.reason, found.name, found.place_id) == ("", "Kalat", "gn:1")


def test_an_area_for_an_unknown_dam_costs_score_and_says_so(score):
    given = candidate("district")
    own = head(given, skipped=(Item("Zzyzx Dam", nouns=tags.FACILITY),))
    found = score(given, head=own, heads=[own])
    assert found.score == pytest.approx(weigh_evidence("town", ["stand_in"]))
    assert found.reason == "'Zzyzx Dam' not in the gazetteer: placed in Kalat"


def test_what_stands_beside_a_construction_costs_score_and_says_so_first(score):
    found = score(candidate(similarity=0.88), told="why", beside="'X' not known: placed at Kalat")
    assert found.score == pytest.approx(0.88 * weigh_evidence("town", ["beside"]))
    assert found.reason.startswith("'X' not known: placed at Kalat; why; read as Kalat")


def test_what_is_left_over_costs_score_and_is_told_last(score):
    own = head(candidate())
    found = score(candidate(), head=own, heads=[own], leftover="'Y' not understood", told="why")
    assert found.score == pytest.approx(weigh_evidence("town", ["leftover"]))
    assert found.reason == "why; 'Y' not understood"


def test_places_on_a_par_share_weight_and_score(judge):
    heads = tuple(head(candidate()) for _ in range(3))
    placements = [Placement(HERE, "town", "X", "x", each.candidates[0], each) for each in heads]
    answer = judge.judge(placements, Resolution(heads))
    assert answer.status == "ambiguous"
    assert [each.weight for each in answer.readings] == pytest.approx([1 / 3] * 3)
    assert [each.score for each in answer.readings] == pytest.approx([TOWN_SCORE / 3] * 3)


def test_a_share_abroad_is_taken_off_the_score_and_not_off_the_weight(score):
    given = candidate(weight=0.8)
    own = head(given, candidate(weight=0.2, is_home=False))
    found = score(given, head=own, heads=[own])
    assert found.weight == pytest.approx(1)
    assert found.score == pytest.approx(TOWN_SCORE * 0.8)
    assert found.reason == "may be Kalat in Afghanistan (20%)"


# ------------------------------------------------------------------ statuses


def test_a_country_in_the_scope_is_outside_and_a_contradiction_unmatched(judge):
    assert judge.refuse_scope(Scope(country="IR")) == Answer(
        "outside", reason="the phrase places it in Iran"
    )
    assert judge.refuse_scope(Scope(contradiction="why")) == Answer("unmatched", reason="why")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "the report gives no location phrase"),
        ("  ", "the report gives no location phrase"),
        ("Khan of Kalat", "'Khan' of Kalat is a person"),
        ("Punjab police", "'Punjab police' are those who serve there, and no place"),
    ],
)
def test_words_that_name_no_place_are_unmatched(judge, phrase_of, text, reason):
    assert judge.refuse_words(phrase_of(text)) == Answer("unmatched", reason=reason)


def test_a_text_that_is_too_long_is_unmatched(judge, phrase_of):
    answer = judge.refuse_words(phrase_of("Kalat " * 101))
    assert answer.status == "unmatched"
    assert answer.reason.endswith("`parse_report` reads reports")


@pytest.mark.parametrize("text", ["Kalat", "Quetta High Court", "12 km south of Kalat", "Zzyzx"])
def test_words_that_may_name_a_place_are_not_refused(judge, phrase_of, text):
    assert judge.refuse_words(phrase_of(text)) is None


@pytest.mark.parametrize(
    ("phrase", "miss", "status"),
    [
        (Phrase("x"), Miss(abroad=[candidate(is_home=False)]), "outside"),
        (Phrase("x"), Miss(word=head(candidate())), "unmatched"),
        (Phrase("x"), Miss(), "unmatched"),
    ],
)
def test_a_miss_abroad_is_outside_and_any_other_unmatched(judge, phrase, miss, status):
    answer = judge.refuse(phrase, ANYWHERE, miss)
    assert (answer.status, answer.readings) == (status, ())
    assert answer.reason


@pytest.mark.parametrize("text", ["Kabul", "between Kabul and Kandahar"])
def test_a_phrase_that_names_places_abroad_only_is_outside(judge, phrase_of, text):
    answer = judge.refuse(phrase_of(text), ANYWHERE, Miss())
    assert (answer.status, answer.reason) == ("outside", "Kabul is in Afghanistan")


@pytest.mark.parametrize(
    ("lon", "lat", "status"),
    [
        (67.0, 30.2, "matched"),
        (30.2, 67.0, "unmatched"),
        (67.0, 95.0, "unmatched"),
        (69.2, 34.55, "outside"),
    ],
)
def test_coordinates_are_a_match_at_home_only(judge, lon, lat, status):
    placement = Placement(make_disc(lon, lat, 100), "coordinates", "x", "at:x")
    assert judge.judge_coordinates(placement).status == status


@pytest.mark.parametrize(
    ("weights", "status"),
    [
        ([PARAMETERS.clear_weight, 1 - PARAMETERS.clear_weight], "matched"),
        ([PARAMETERS.clear_weight - 0.01, 0.31], "ambiguous"),
        ([0.1, 0.9], "matched"),
        ([0.6], "matched"),
        ([PARAMETERS.least_score], "ambiguous"),  # its score is less
    ],
)
def test_a_clear_reading_is_a_match(weights, status):
    assert (
        decide_between([reading(str(number), each) for number, each in enumerate(weights)]).status
        == status
    )


def test_the_most_probable_reading_comes_first_and_equals_keep_their_order():
    answer = decide_between([reading("a", 0.2), reading("b", 0.6), reading("c", 0.2)])
    assert [each.name for each in answer.readings] == ["b", "a", "c"]


def test_other_places_of_the_report_draw_the_reading_near_them():
    answer = decide_between([reading("north", 0.5, QUETTA), reading("south", 0.5, HYDERABAD)])
    for place, name in ((QUETTA, "north"), (HYDERABAD, "south")):
        near = favour_near(answer, [shapely.Point(place)])
        assert near.readings[0].name == name
        assert near.status == "matched"
        assert sum(each.weight for each in near.readings) == pytest.approx(1)


def test_a_reading_loses_half_its_weight_at_the_distance_of_the_parameters():
    far = (QUETTA[0], QUETTA[1] + PARAMETERS.report_m / 110_861)  # metres in a degree north of 30
    answer = decide_between([reading("here", 0.5), reading("far", 0.5, far)])
    weights = {
        each.name: each.weight for each in favour_near(answer, [shapely.Point(QUETTA)]).readings
    }
    assert weights["here"] / weights["far"] == pytest.approx(2, rel=0.001)


def test_scores_follow_the_weights():
    answer = decide_between([reading("north", 0.5, QUETTA), reading("south", 0.5, HYDERABAD)])
    for each in favour_near(answer, [shapely.Point(QUETTA)]).readings:
        assert each.score == pytest.approx(0.9 * each.weight)


@pytest.mark.parametrize(
    ("answer", "places"),
    [
        (Answer("unmatched", reason="not known"), [shapely.Point(QUETTA)]),
        (decide_between([reading("one", 1.0)]), [shapely.Point(HYDERABAD)]),
        (decide_between([reading("one", 0.5), reading("two", 0.5)]), []),
    ],
)
def test_where_nothing_is_to_choose_or_nothing_is_known_nothing_changes(answer, places):
    assert favour_near(answer, places) is answer


def test_the_places_of_a_report_are_weighed_by_its_clear_ones():
    interpreter = load_interpreter(None)
    clear, open_ = (
        interpreter.answer(text, is_place=True) for text in ("Quetta", "Mach and Kolpur")
    )
    assert favour_neighbours([clear]) == [clear]
    weighed = favour_neighbours([clear, open_])
    assert weighed[0] == clear
    assert weighed[1] == favour_near(open_, [clear.readings[0].footprint.point])


@pytest.mark.parametrize(
    ("similarity", "weight", "status"),
    [
        (0.98, 1.0, "matched"),
        (0.71, 1.0, "matched"),
        (0.69, 1.0, "ambiguous"),  # a single reading, and a guess
        (0.98, 0.8, "matched"),
        (0.8, 0.8, "ambiguous"),
    ],
)
def test_a_guess_is_a_match_only_where_it_is_clearly_right(similarity, weight, status):
    first = Reading(HERE, "town", "Kalat", "a", weight, 0.5, sure=similarity)
    others = [first._replace(weight=1 - weight)] if weight < 1 else []
    assert decide_between([first, *others]).status == status


def test_a_road_named_after_a_town_keeps_a_part_of_its_score(score):
    own = head(candidate())
    own = own._replace(item=own.item._replace(nouns=str(tags.ROAD)))
    found = score(candidate(), head=own, heads=[own])
    assert found.score == pytest.approx(weigh_evidence("town", ["road_to"]))
    assert found.reason == "a road named after Kalat: placed there"


# ------------------------------------------------------------------ distances over a border


@pytest.mark.parametrize(
    ("phrase", "status", "told"),
    [
        ("60 km west of Chaman", "outside", "60 km W of Chaman: .* lies outside Pakistan"),
        ("100 km east of Lahore", "outside", "lies outside Pakistan"),
        ("20 km west of Chaman", "ambiguous", "most of it lies across the border"),
        ("25 km west of Taftan", "ambiguous", "most of it lies across the border"),
        ("200 km west of Quetta", "ambiguous", "most of it lies across the border"),
        ("40 km south of Jacobabad, Balochistan", "ambiguous", ""),
        ("10 km east of Lahore", "matched", ""),
        ("60 km south of Gwadar", "matched", ""),
        ("60 km south of Gwadar, Balochistan", "matched", ""),
        ("2 km from Angoor Adda", "matched", "no direction given"),
    ],
)
def test_a_distance_that_leads_over_a_border_is_doubted_or_refused(phrase, status, told):
    answer = load_interpreter(None).answer(phrase)
    reason = answer.reason or answer.readings[0].reason
    assert answer.status == status
    assert re.search(told, reason)


def test_a_distance_out_of_the_stated_province_is_doubted():
    (plain,) = load_interpreter(None).answer("60 km south of Dera Allah Yar").readings
    (stated,) = load_interpreter(None).answer("60 km south of Dera Allah Yar, Balochistan").readings
    assert stated.footprint == plain.footprint
    assert stated.score < plain.score
    assert stated.reason == "it lies outside the province that is stated"


# ------------------------------------------------------------------ datelines


def test_a_dateline_is_a_guess_and_rather_wrong_for_a_place_that_is_not_known():
    known = decide_between([reading("Gilgit", 1)])
    for unknown, status, told in (("", "matched", "does not say where"), ("Sost", "ambiguous", "")):
        doubted = doubt_dateline(known, unknown)
        assert doubted.status == status
        assert doubted.readings[0].score < known.readings[0].score
        assert unknown in doubted.readings[0].reason
        assert told in doubted.readings[0].reason


def test_a_dateline_that_is_not_known_stays_so():
    assert doubt_dateline(Answer("unmatched", reason="not known"), "").status == "unmatched"
