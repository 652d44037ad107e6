from __future__ import annotations

import pytest

from geosec.geocoding.geocoder import load_interpreter
from geosec.geocoding.grammar.parsing import parse_phrase
from geosec.geocoding.placing.interpreter import Interpreter
from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.uncertainty.footprints import full_radius_m


@pytest.fixture(scope="module")
def reader():
    return load_interpreter(None)


@pytest.fixture(scope="module")
def answer(reader):
    return reader.answer


@pytest.fixture(scope="module")
def best(answer):
    return lambda text, admin1="": answer(text, admin1).readings[0]


def full_m(reading):
    return full_radius_m(reading.footprint.uncertainty_m)


@pytest.mark.parametrize(
    ("phrase", "admin1", "reason"),
    [
        ("Quetta", "Sindh", "'Quetta' is not known in Sindh"),
        ("12 km south of Sibi", "Punjab", "'Sibi' is not known in Punjab"),
        ("Mach, Balochistan", "Punjab", "the report's province is 'Punjab'"),
        ("Zzyzx", "", "no place of the gazetteer is named"),
        ("Nur", "", "is also a word"),
        ("Khan of Kalat", "", "is a person"),
        ("", "", "gives no location phrase"),
        ("Quetta " * 100, "", "no location phrase"),
    ],
)
def test_what_is_not_placed_has_no_reading_and_a_reason(answer, phrase, admin1, reason):
    found = answer(phrase, admin1)
    assert (found.status, found.readings) == ("unmatched", ())
    assert reason in found.reason


@pytest.mark.parametrize("phrase", ["Kabul", "Zahedan, Iran", "Herat province, Afghanistan"])
def test_a_place_of_another_country_is_outside(answer, phrase):
    assert answer(phrase).status == "outside"


@pytest.mark.parametrize("spelt", ["Balochistan", "baluchistan", "بلوچستان", " BALOCHISTAN "])
def test_the_province_of_the_report_is_read_in_any_spelling(best, spelt):
    assert best("Kalat", spelt).name == "Kalat"


def test_a_province_keeps_out_its_neighbours(answer):
    for admin1 in ("Sindh", "Punjab"):
        found = answer("Mirpur", admin1)
        codes = {reading.place_id for reading in found.readings}
        assert codes.isdisjoint(
            {reading.place_id for reading in answer("Mirpur", "Balochistan").readings}
        )


def test_a_name_that_is_also_a_word_needs_something_beside_it(answer):
    assert answer("Mach").status == "unmatched"
    for found in (
        answer("Mach", "Balochistan"),
        answer("Mach station"),
        answer("near Mach"),
        answer("Mach", is_place=True),
    ):
        assert found.status == "matched"


@pytest.mark.parametrize(
    ("plain", "vaguer", "more_m"),
    [
        ("Kalat", "near Kalat", PARAMETERS.near_m),
        ("Quetta railway station", "near Quetta railway station", PARAMETERS.near_station_m),
        ("Kalat", "Zzyzx village, Kalat town", PARAMETERS.area_m),
    ],
)
def test_vague_words_widen_the_disc_by_so_many_metres(best, plain, vaguer, more_m):
    one, two = best(plain), best(vaguer)
    assert one.footprint.point == two.footprint.point
    assert full_m(two) - full_m(one) == pytest.approx(more_m)


def test_vague_words_leave_a_district_as_it_is(best):
    assert best("near Kech district").footprint == best("Kech district").footprint


def test_a_thing_in_a_town_is_a_facility_in_its_disc(best):
    hospital, town = best("a hospital in Kalat"), best("Kalat town")
    assert hospital.rule == "facility"
    assert hospital.footprint == town.footprint


def test_what_is_left_over_costs_score_and_is_told(best):
    told, plain = best("Kalat, Zzyzx"), best("Kalat")
    assert told.score == pytest.approx(plain.score * PARAMETERS.leftover_share)
    assert "'Zzyzx' not understood" in told.reason


def test_places_on_a_par_share_the_weight(answer):
    found = answer("Hub and Uthal and Bela")
    assert found.status == "ambiguous"
    assert [reading.name for reading in found.readings] == ["Hub", "Uthal", "Bela"]
    assert [reading.weight for reading in found.readings] == pytest.approx([1 / 3] * 3)


def test_a_road_is_cut_to_the_district_or_province_of_the_phrase(reader, best):
    whole = best("the N-25 highway").footprint.shape
    for text, code in (("N-25 in Kalat district", "PK-BA-kalat"), ("ML-3 in Sindh", "PK-SD")):
        inside = best(text).footprint.shape
        assert inside.within(reader.ground.find_area(code).buffer(1e-6))
    assert best("N-25 in Kalat district").footprint.shape.area < 0.5 * whole.area


def test_the_route_of_a_train_is_cut_to_the_province_of_the_report(reader, best):
    route = best("the Jaffar Express route", "Sindh")
    assert (route.rule, route.name) == ("route", "Jaffar Express route")
    assert route.footprint.shape.within(reader.ground.find_area("PK-SD").buffer(1e-6))
    assert "LineString" in route.footprint.shape.geom_type


def test_a_train_that_does_not_run_in_the_district_has_no_route_there(answer):
    found = answer("the Jaffar Express route, Kech district")
    assert all(reading.name != "Jaffar Express route" for reading in found.readings)


def test_a_track_in_a_district_is_the_railway_in_it(reader, best):
    track = best("railway track in Jaffarabad district")
    assert track.rule == "rail_between"
    assert track.footprint.shape.within(reader.ground.find_area("PK-BA-jaffarabad").buffer(1e-6))


def test_what_stands_before_a_clause_is_the_place_and_an_area_is_not(best):
    assert best("town of Mach, 55 kilometres east of Quetta").name == "Mach"
    assert best("Kech district, 30 km west of Turbat").name == "30 km W of Turbat"


def test_coordinates_win_over_every_word(best):
    found = best("near Kalat (29.5430N, 67.8773E)")
    assert (found.rule, found.name) == ("coordinates", "29.54300, 67.87730")
    assert full_m(found) == pytest.approx(100)


def test_coarse_coordinates_are_half_a_unit_of_their_last_digit(best):
    half_of_a_tenth_m = 0.05 * 111_320
    assert full_m(best("30.2 N, 67.0 E")) == pytest.approx(half_of_a_tenth_m, rel=0.01)


def test_answers_together_are_those_given_alone_and_misspelt_names_come_last(reader):
    phrases = ["Dalbundin", "near Zzyzx Masjid, Mastung", "12 km south of Sibi", "", "Quetta"]
    alone = [reader.answer(phrase) for phrase in phrases]
    fresh = Interpreter(reader.ground, reader.language)
    together = dict(fresh.answer_many([(phrase, "") for phrase in phrases]))
    assert [together[number] for number in range(len(phrases))] == alone
    assert list(together) == [2, 3, 4, 0, 1]
    assert list(fresh.answer_many([])) == []


def test_what_was_read_into_a_name_is_told(best):
    found = best("Dalbundin")
    assert found.name == "Dalbandin"
    assert "which is spelt otherwise" in found.reason
    assert found.score < best("Dalbandin").score


@pytest.mark.parametrize(
    "phrase",
    [
        "12 km south of Sibi",
        "Mach",
        "29.5430N, 67.8773E",
        "",
        " ",
        "Khan of Kalat",
        "Quetta " * 100,
    ],
)
@pytest.mark.parametrize("is_place", [True, False])
def test_a_phrase_read_already_is_answered_like_its_text(reader, phrase, is_place):
    read = parse_phrase(phrase, reader.ground.names, reader.language)
    for admin1 in ("", "Balochistan", "Sindh"):
        answered = reader.answer_phrase(read, admin1, is_place=is_place)
        assert answered == reader.answer(phrase, admin1, is_place=is_place)
