from __future__ import annotations

import pytest

import geosec
from geosec.geocoding.geocoder import load_interpreter
from geosec.geocoding.grammar.parsing import parse_phrase
from geosec.geocoding.placing.hints import NO_HINTS, Hints
from geosec.geocoding.placing.interpreter import Interpreter
from geosec.geocoding.placing.judge import Judge
from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.geocoding.placing.placer import Placer
from geosec.geocoding.placing.resolver import Resolver
from geosec.geocoding.placing.scope import ScopeReader
from geosec.uncertainty.footprints import full_radius_m


@pytest.fixture(scope="module")
def reader():
    return load_interpreter(None)


@pytest.fixture(scope="module")
def answer(reader):
    return reader.answer


@pytest.fixture(scope="module")
def best(answer):
    return lambda text, admin1="": answer(text, Hints(admin1)).readings[0]


def full_m(reading):
    return full_radius_m(reading.footprint.uncertainty_m)


@pytest.mark.parametrize(
    ("phrase", "admin1", "reason"),
    [
        ("Quetta", "Sindh", "'Quetta' is not known in Sindh"),
        ("12 km south of Sibi", "Punjab", "'Sibi' is not known in Punjab"),
        ("Zzyzx", "", "no place of the gazetteer is named"),
        ("Nur", "", "is also a word"),
        ("Khan of Kalat", "", "is a person"),
        ("", "", "gives no location phrase"),
        ("Quetta " * 100, "", "no location phrase"),
    ],
)
def test_what_is_not_placed_has_no_reading_and_a_reason(answer, phrase, admin1, reason):
    found = answer(phrase, Hints(admin1))
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
        found = answer("Mirpur", Hints(admin1))
        codes = {reading.place_id for reading in found.readings}
        assert codes.isdisjoint(
            {reading.place_id for reading in answer("Mirpur", Hints("Balochistan")).readings}
        )


def test_a_name_that_is_also_a_word_needs_something_beside_it(answer):
    assert answer("Mach").status == "unmatched"
    for found in (
        answer("Mach", Hints("Balochistan")),
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
    ],
)
def test_vague_words_widen_the_disc_by_so_many_metres(best, plain, vaguer, more_m):
    one, two = best(plain), best(vaguer)
    assert one.footprint.point == two.footprint.point
    assert full_m(two) - full_m(one) == pytest.approx(more_m)


def test_what_is_not_known_lies_within_40_km_of_its_town_and_facilities_within_20(best):
    assert best("Zzyzx village, Kalat town").footprint.uncertainty_m == pytest.approx(40_000)
    assert best("Zzyzx mosque, Kalat town").footprint.uncertainty_m == pytest.approx(20_000)


def test_vague_words_leave_a_district_as_it_is(best):
    assert best("near Kech district").footprint == best("Kech district").footprint


def test_a_thing_in_a_town_is_a_facility_in_its_disc(best):
    hospital, town = best("a hospital in Kalat"), best("Kalat town")
    assert hospital.rule == "facility"
    assert hospital.footprint == town.footprint


def test_what_is_left_over_costs_score_and_is_told(best):
    told, plain = best("Kalat, Zzyzx"), best("Kalat")
    assert told.score < plain.score
    assert "leftover" in told.evidence
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


def test_answers_together_are_those_given_alone(reader):
    phrases = ["Dalbundin", "near Zzyzx Masjid, Mastung", "12 km south of Sibi", "", "Quetta"]
    alone = [reader.answer(phrase) for phrase in phrases]
    fresh = Interpreter(reader.ground, reader.language)
    assert fresh.answer_many([(phrase, NO_HINTS) for phrase in phrases]) == alone
    assert fresh.answer_many([]) == []


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
        answered = reader.answer_phrase(read, Hints(admin1), is_place=is_place)
        assert answered == reader.answer(phrase, Hints(admin1), is_place=is_place)


STEPS = [
    "Sibi",
    "12 km south of Sibi, Balochistan",
    "a mosque in Kalat",
    "near Zzyzx Masjid, Mastung",
    "Hub and Uthal and Bela",
    "12 km south of Zzyzx, Kech",
    "the Jaffar Express route in Sindh",
    "km 268 of ML-3",
    "town of Mach, 55 kilometres east of Quetta",
]


@pytest.mark.parametrize("phrase", STEPS)
def test_an_answer_is_the_four_steps_one_after_the_other(
    ground, language, matcher, phrase_of, reader, phrase
):
    parsed = phrase_of(phrase)
    scope = ScopeReader(ground, load_interpreter(None).language).read(parsed)
    resolver, placer = Resolver(ground, matcher, language), Placer(ground, matcher)
    resolution = resolver.resolve(parsed, scope)
    placements = placer.place(parsed, resolution.heads, scope)
    if not placements:
        resolution = resolver.resolve_beside(parsed, scope)
        placements = placer.place_beside(parsed, resolution.heads, scope)
    assert Judge(ground, language).judge(placements, resolution, scope) == reader.answer(phrase)


@pytest.mark.parametrize("phrase", STEPS)
def test_scores_and_weights_are_probabilities(answer, phrase):
    readings = answer(phrase).readings
    assert all(0 < reading.score <= 1 for reading in readings)
    assert sum(reading.weight for reading in readings) == pytest.approx(1)
    assert sum(reading.score for reading in readings) <= 1


@pytest.mark.parametrize("phrase", STEPS)
def test_a_province_that_is_right_changes_no_place(answer, best, phrase):
    if "Sindh" in phrase:
        return
    told = answer(phrase, Hints("Balochistan"))
    assert told.status == answer(phrase).status or told.status == "matched"
    assert told.readings[0].name == best(phrase).name


@pytest.mark.parametrize("phrase", ["Sibi", "12 km south of Sibi", "Kech district"])
def test_the_same_phrase_has_the_same_footprint(best, phrase):
    assert best(phrase).footprint == best(f"the {phrase}").footprint
    assert best(phrase).footprint == best(phrase.upper()).footprint


@pytest.mark.parametrize(
    ("phrase", "line"),
    [
        ("km 268 of ML-3", "ML-3"),
        ("between Panir and Peshi stations", "ML-3"),
        ("railway track in Jaffarabad district", None),  # of whichever lines run there
        ("Panir railway station", None),
        ("Sibi", None),
    ],
)
def test_a_reading_says_on_which_line_its_stretch_is(best, phrase, line):
    assert best(phrase).rail_line == line


@pytest.mark.parametrize(
    ("phrase", "admin1", "status", "reason"),
    [
        ("Taftan, Iran", "", "outside", "the phrase places it in Iran"),
        ("Herat, Afghanistan", "Balochistan", "outside", "the phrase places it in Afghanistan"),
        ("12 km south of Sibi", "Punjab", "unmatched", "'Sibi' is not known in Punjab"),
        ("95.0 N, 67.0 E", "", "unmatched", "lies on no globe"),
        ("34.55 N, 69.2 E", "", "outside", "lies outside Pakistan"),
        ("30°75' N 67°10' E", "", "unmatched", "cannot be read: minutes and seconds go to 59"),
        ("12 km south of 30°75' N 67°10' E", "", "unmatched", "minutes and seconds go to 59"),
        ("N55 12.5", "", "unmatched", "'N55 12.5' cannot be read: it gives no longitude"),
        ("29.565, 67.731; 30.123, 67.012", "", "unmatched", "are different points: keep one"),
        ("29.565, 67.731 and 30.123, 67.012", "", "unmatched", "are different points: keep one"),
        ("12 km south of 29.565, 67.731 and 30.123, 67.012", "", "unmatched", "different points"),
        ("12 km south of 67.731, 29.565", "", "unmatched", "latitude comes first, so swap them"),
        ("between 29.565, 67.731 and 67.012, 30.123", "", "unmatched", "swap them"),
        ("between 29.565, 67.731 and 51.5, -0.12", "", "outside", "lies outside Pakistan"),
        ("between 29.565, 67.731 and Zzyzx", "", "unmatched", "'Zzyzx' is not known here"),
        ("5.2, 10.5", "", "unmatched", "'5.2, 10.5' may be no coordinates: as latitude and long"),
        ("29.543 N near Sibi", "", "unmatched", "it gives no longitude"),
        ("29, 67", "", "unmatched", "coordinates are read as 29.543, 67.877"),
        ("Governor of Punjab", "", "unmatched", "is a person"),
        ("12.5.3 km south of Sibi", "", "unmatched", "is no distance or post that can be"),
        ("twenty two hundred km south of Sibi", "", "unmatched", "'twenty two hundred km south"),
        ("2 5 km south of Sibi", "", "unmatched", "'2 5 km south of Sibi' is no distance"),
        ("umpteen km south of Sibi", "", "unmatched", "is no distance or post that can be"),
        ("12 leagues south of Sibi", "", "unmatched", "is no distance or post that can be"),
        ("two hours drive from Quetta", "", "unmatched", "is no distance or post that can be"),
        ("12 km at 400 degrees from Sibi", "", "unmatched", "is no distance or post that can be"),
        ("-5 km south of Sibi", "", "unmatched", "is no distance or post that can be"),
        ("a 12 km tunnel north of Mach", "", "unmatched", "what '12 km' is counted from"),
        ("km 1,268 of the Rohri-Chaman line", "", "unmatched", "has a km 1268"),
        ("KP 268", "", "unmatched", "no line it names, or that is near, has a km 268"),
        ("Bolan Mail", "", "unmatched", "names a train ('Bolan Mail') and no place"),
    ],
)
def test_every_step_may_refuse_and_says_why(answer, phrase, admin1, status, reason):
    found = answer(phrase, Hints(admin1))
    assert (found.status, found.readings) == (status, ())
    assert reason in found.reason


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("between 29.565, 67.731 and 30.123, 67.012", "29.56500, 67.73100 – 30.12300, 67.01200"),
        ("29.565, 67.731 to 30.123, 67.012", "29.56500, 67.73100 – 30.12300, 67.01200"),
        ("between 29.5, 67.5 and 30.1, 67.0", "29.50000, 67.50000 – 30.10000, 67.00000"),
        ("from Sibi to 29.565, 67.731", "Sibi – 29.56500, 67.73100"),
        ("between 29.565, 67.731 and Sibi", "29.56500, 67.73100 – Sibi"),
    ],
)
def test_two_points_with_a_way_between_them_are_a_corridor(best, phrase, name):
    assert (best(phrase).rule, best(phrase).name) == ("route", name)


def test_the_finer_of_two_notations_of_one_point_is_taken(best):
    assert best("29.57, 67.73 (29°33'54\"N 67°43'52\"E)").name == "29.56500, 67.73111"


def test_two_bare_numbers_are_coordinates_and_say_so(best):
    found = best("near Sibi 29.5, 67.8")
    assert (found.name, "two bare numbers taken for" in found.reason) == (
        "29.50000, 67.80000",
        True,
    )


@pytest.mark.parametrize(
    ("phrase", "rule"),
    [("km 68.5, 12.3 km from Sibi", "rail_km"), ("12.5 or 14.5 km from Sibi", "")],
)
def test_numbers_that_measure_are_no_coordinates(best, phrase, rule):
    assert best(phrase).rule == (rule or "offset")


# -------------------------------------------------- what a phrase or its row states


@pytest.mark.parametrize(
    ("phrase", "name", "missing"),
    [
        ("Sui area of Mingora", "Mingora", "Sui area"),
        ("Naukundi near Khwazakhela", "Khwazakhela", "Naukundi"),
        ("Chashma village, near Miranshah", "Miran Shah", "Chashma"),
        ("Bagh, Tirah", "Tirah Valley", "Bagh"),
        ("Sui area of Tirah valley", "Tirah Valley", "Sui area"),
        ("Naukundi, Swat valley", "Swat Valley", "Naukundi"),
        ("Rashakai, Bajaur agency", "Bajaur", "Rashakai"),
        ("Nawagai, Buner", "Buner", "Nawagai"),
        ("Nasirabad town (Kech, Balochistan)", "Kech", "Nasirabad"),
        ("Chaman, Swat district", "Swat", "Chaman"),
        ("Sui (Karak district)", "Karak", "Sui"),
        ("Gwadar in Swabi district", "Swabi", "Gwadar"),
        ("Lahore, Kech district", "Kech", "Lahore"),
        ("Jacobabad, FATA", "Federally Administered Tribal Areas", "Jacobabad"),
        ("سوئی، ضلع کرک", "Karak", "سوئی"),
    ],
)
def test_what_is_stated_is_not_overridden_by_a_namesake_elsewhere(best, phrase, name, missing):
    reading = best(phrase)
    assert reading.name == name
    assert reading.score < 0.8
    assert reading.reason.startswith(f"'{missing}' known elsewhere only: placed in {name}")


@pytest.mark.parametrize(
    ("phrase", "hints", "name"),
    [
        ("Dasht", Hints("Balochistan", "Kech"), "Dasht, Kech"),
        ("Dasht town (Kech, Balochistan)", NO_HINTS, "Dasht, Kech"),
        ("Turbat", Hints("", "Kech district"), "Turbat"),
        ("Mach, Sibi and Kalat", NO_HINTS, "Mach"),
        ("near Mach, Sibi", NO_HINTS, "Mach"),
        ("Jamrud, FATA", NO_HINTS, "Jamrud"),
        ("Darra Adam Khel", Hints("FATA"), "Darra Adam Khel"),
        ("Qambar area of Mingora", NO_HINTS, "Qambar"),
        ("Balochistan", Hints("", "Kech"), "Kech"),
        ("Chaman, near Kandahar", NO_HINTS, "Chaman"),
        ("town of Nankana, near Lahore", NO_HINTS, "Nankana"),
        ("Kurram agency, Parachinar", NO_HINTS, "Parachinar"),
    ],
)
def test_what_lies_in_or_near_what_is_stated_is_placed_as_ever(answer, phrase, hints, name):
    found = answer(phrase, hints)
    assert found.readings[0].name == name
    assert found.readings[0].score > 0.8


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("Zzyzx", "'Zzyzx' not in the gazetteer"),
        ("Lahore", "'Lahore' known elsewhere only"),
        ("12 km south of Sibi", "'Sibi' known elsewhere only"),
        ("12 km south of Zzyzx", "'Zzyzx' not in the gazetteer"),
        ("N-25", "'N-25' known elsewhere only"),
        ("Zzyzx, Balochistan", "'Zzyzx' not in the gazetteer"),
    ],
)
def test_the_district_of_the_row_stands_for_what_is_not_known_in_it(answer, best, phrase, told):
    found = answer(phrase, Hints("Balochistan", "Kech"))
    (reading,) = found.readings
    assert reading.reason == f"{told}: placed in Kech"
    assert (reading.place_id, reading.rule) == ("adm2:PK-BA-kech", "district")
    assert reading.score < best("Kech district").score
    assert reading.footprint.shape.equals(best("Kech district").footprint.shape)


@pytest.mark.parametrize("phrase", ["", "Khan of Kalat", "Punjab police", "km 9000 of ML-3"])
def test_what_is_no_place_is_none_in_the_district_of_its_row_either(answer, phrase):
    assert answer(phrase, Hints("", "Kech")).status == "unmatched"


def test_a_tehsil_stands_in_too(answer):
    (reading,) = answer("Zzyzx", Hints(admin3="Tump")).readings
    assert reading.reason == "'Zzyzx' not in the gazetteer: placed in Tump"
    sure = reading.score
    (reading,) = answer("Lahore", Hints(admin3="Tump")).readings
    assert reading.score < 0.85 < sure < 0.98


@pytest.mark.parametrize(
    ("phrase", "hints", "names", "told"),
    [
        ("Mach, Kachhi district", Hints("", "Kech"), ["Mach", "Kech"], "the report gives Kech"),
        ("Mach, Balochistan", Hints("Punjab"), ["Mach", "Punjab"], "province is 'Punjab'"),
        ("Swat district", Hints("Sindh"), ["Swat", "Sindh"], "the report gives Sindh"),
        ("Jamrud, Sindh", Hints("FATA"), None, "the report gives Federally"),
        ("12 km south of Mach, Kachhi district", Hints("", "Kech"), None, "the report gives Kech"),
    ],
)
def test_where_phrase_and_row_contradict_each_other_both_are_kept(
    answer, phrase, hints, names, told
):
    found = answer(phrase, hints)
    if not found.readings:
        assert (found.status, names) == ("unmatched", None)
        assert told in found.reason
        return
    assert found.status == "ambiguous"
    assert names is None or [each.name for each in found.readings] == names
    assert sum(each.weight for each in found.readings) == pytest.approx(1)
    assert found.readings[-1].weight == pytest.approx(0.5)
    assert told in found.readings[0].reason


@pytest.mark.parametrize(
    ("name", "admin1"),
    [
        *[
            (name, "Balochistan")
            for name in ("Wadh", "Jhao", "Mach", "Sui", "Hub", "Uthal", "Bela")
        ],
        *[
            (name, "KPK")
            for name in ("Safi", "Swat", "Boya", "Idak", "Bara", "Khar", "Dir", "Thal")
        ],
        *[("Safi", "FATA"), ("Boya", "FATA"), ("Kot Addu", "Punjab"), ("Ubauro", "Sindh")],
    ],
)
def test_a_province_in_the_column_counts_like_one_in_the_text(answer, name, admin1):
    beside, hinted = answer(f"{name}, {admin1}"), answer(name, Hints(admin1))
    assert hinted.status == beside.status != "unmatched"
    assert [each.name for each in hinted.readings] == [each.name for each in beside.readings]


def test_a_disc_is_cut_to_the_stated_district_and_keeps_its_radius(best, ground):
    whole, held = best("near Besham"), best("near Besham, Shangla district")
    area = ground.find_area("PK-KP-shangla")
    assert whole.footprint.shape is None
    assert held.footprint.shape.difference(area).area < 1e-9
    assert held.footprint.uncertainty_m == whole.footprint.uncertainty_m
    assert (held.footprint.lon, held.footprint.lat) == (whole.footprint.lon, whole.footprint.lat)


def test_what_a_phrase_states_holds_its_district():
    phrases = [
        "near Besham, Shangla district",
        "near Besham",
        "10 km east of Mach, Kachhi district",
    ]
    located = geosec.assign_boundaries(geosec.geocode(phrases))
    assert located["adm2_name"].tolist()[::2] == ["Shangla", "Kachhi"]
    assert located["adm2_prob"].iloc[0] > 0.97 > located["adm2_prob"].iloc[1]


@pytest.mark.parametrize(
    ("phrase", "district"),
    [
        ("km 268 of ML-3", "Quetta"),
        ("between Sibi and Mach", "Mastung"),
        ("km 435 on ML-1 near Rohri", "Sukkur"),
    ],
)
def test_railway_outside_the_district_of_its_row_and_the_district_have_half_each(
    answer, phrase, district
):
    found = answer(phrase, Hints("", district))
    assert found.status == "ambiguous"
    assert [each.weight for each in found.readings] == [0.5, 0.5]
    assert found.readings[1].name == district
    assert f"it lies outside {district}, which the row gives" in found.readings[0].reason


def test_a_post_that_is_not_in_what_the_phrase_states_is_refused_and_says_so(answer):
    found = answer("km 268 of ML-3 in Mastung district")
    assert found.status == "unmatched"
    assert found.reason.endswith("has a km 268 in what is stated")


@pytest.mark.parametrize(
    ("phrase", "name", "rule"),
    [
        ("Bannu-Miranshah road near Mir Ali", "Mir Ali", "town"),
        ("Quetta-Sibi road, Mach", "Mach", "town"),
        ("Sibi-Quetta railway line near Mach", "Mach", "rail_between"),
        ("Sibi-Quetta railway line, Kachhi", "Sibi – Quetta (ML-3)", "rail_between"),  # a district
        ("Quetta-Sibi road, RCD Highway", "Quetta – Sibi", "route"),
    ],
)
def test_a_place_on_the_road_that_is_named_says_where_on_it(answer, phrase, name, rule):
    best = answer(phrase).readings[0]
    assert (best.name, best.rule) == (name, rule)
    assert "not used" not in best.reason


def test_a_place_far_from_the_road_that_is_named_is_told():
    found = geosec.geocode(["Quetta-Sibi road, Ormara", "Quetta-Sibi road"])
    assert "'Ormara' does not lie there, and is not used" in found["match_reason"].iloc[0]
    assert found["match_score"].iloc[0] < found["match_score"].iloc[1]
