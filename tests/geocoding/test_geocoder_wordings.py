"""Phrases at the edges: words that once broke the reading, or were read as what they are not."""

from __future__ import annotations

import pytest

import geosec


def first(phrase, admin1=None):
    return geosec.geocode([phrase], admin1=admin1).iloc[0]


@pytest.mark.parametrize(
    "phrase",
    [
        "12 km south of the city",
        "12 km from town",
        "west of area",
        "between the town and the village",
        "between the station and Mach",
    ],
)
def test_a_construction_without_a_name_is_unmatched(phrase):
    row = first(phrase)
    assert row["match_status"] == "unmatched"
    assert "is not known here" in row["match_reason"]
    assert isinstance(geosec.explain(phrase), str)


@pytest.mark.parametrize(
    "phrase",
    ["12.5.3 km south of Sibi", "km 12.5.3 of ML-3", "9" * 400 + " km south of Sibi"],
)
def test_digits_that_make_no_number_are_no_distance(phrase):
    row = first(phrase)
    assert row["match_status"] == "unmatched"
    assert "is no distance or post that can be" in row["match_reason"]


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("two hundred km south of Quetta", "200 km S of Quetta"),
        ("one hundred and twenty km south of Quetta", "120 km S of Quetta"),
        ("1,5 km south of Sibi", "1.5 km S of Sibi"),
        ("13-km west of Rajanpur", "13 km W of Rajanpur"),
        ("5km to Tank's north-east", "5 km NE of Tank"),
    ],
)
def test_numbers_and_directions_in_other_writings(phrase, name):
    assert first(phrase)["match_name"] == name


def test_a_place_beside_an_unknown_start_stands_in_with_a_reason():
    row = first("12 km south of Zzyzx, Sibi")
    assert row["match_name"] == "Sibi"
    assert row["match_reason"].startswith("'Zzyzx' not in the gazetteer")
    assert row["uncertainty_m"] > 30_000
    assert row["match_score"] < first("Sibi, Balochistan")["match_score"]


@pytest.mark.parametrize(
    ("phrase", "admin1"),
    [("between Mach and Kolpur", "Sindh"), ("km 268 of ML-3", "Punjab")],
)
def test_the_railway_of_another_province_is_not_answered(phrase, admin1):
    assert first(phrase, admin1)["match_status"] == "unmatched"


@pytest.mark.parametrize(
    ("phrase", "east"),
    [("in Sindh", 70.2), ("in Balochistan", 68.4), ("in Jacobabad district", 69)],
)
def test_a_route_is_cut_to_the_area_that_the_phrase_names(phrase, east):
    row = first(f"the route of the Jaffar Express {phrase}")
    assert row["match_rule"] == "route"
    assert row["footprint"].bounds[2] < east


@pytest.mark.parametrize(
    ("phrase", "status", "name"),
    [
        ("the border gate with Iran, Taftan", "matched", "Taftan"),
        ("Chaman border with Afghanistan", "matched", "Friendship Gate"),
        ("on the Afghan side of Torkham", "outside", None),
        ("Iran's Pishin border market", "outside", None),
        ("Iran border", "outside", None),
    ],
)
def test_which_side_of_a_border_is_meant(phrase, status, name):
    row = first(phrase)
    assert row["match_status"] == status
    assert name is None or row["match_name"] == name


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("Jinnah hospital in Karachi", "Karachi"),
        ("Rustam Bazaar, Wana", "Wana"),
        ("Saddar, Rawalpindi", "Rawalpindi"),
    ],
)
def test_what_is_only_named_after_a_far_place_stays_in_its_town(phrase, name):
    assert first(phrase)["match_name"] == name


@pytest.mark.parametrize(
    "phrase",
    [
        "Distt. Jhal Magsi",
        "the Qila Saifullah dist.",
        "insurgency-hit Kech district",
        "Teh. Tump, Distt. Kech",
        "Lakki Marwat district's",
        "تحصیل وڈھ، ضلع خضدار",
    ],
)
def test_abbreviations_and_descriptions_are_read(phrase):
    assert first(phrase)["match_status"] == "matched"


@pytest.mark.parametrize(
    "phrase", ["Sibi outskirts", "Sibi's outskirts", "Sibi's western outskirts"]
)
def test_outskirts_are_wider_than_the_town(phrase):
    assert first(phrase)["match_name"] == "Sibi"
    assert first(phrase)["uncertainty_m"] > first("Sibi")["uncertainty_m"]


@pytest.mark.parametrize("said", ["the border of", "the border between", "the boundary between"])
def test_a_border_is_shared_whatever_joins_its_sides(said):
    found = first(f"{said} Kohlu and Dera Bugti districts")
    assert found["match_name"] == "Kohlu – Dera Bugti border"


def test_a_name_known_elsewhere_is_told_from_one_not_known():
    assert first("Kalat, Sindh")["match_reason"] == "'Kalat' known elsewhere only: placed in Sindh"


@pytest.mark.parametrize("phrase", ["between Degari and Double Road", "between لیاری and ملیر"])
def test_between_two_names_of_one_point_is_round_that_point(phrase):
    row = first(phrase)
    assert row["match_status"] == "matched"
    assert row["uncertainty_m"] > 10_000  # no nearer than their own points are known


@pytest.mark.parametrize("phrase", ["N-25 highway in Khuzdar district", "N-65 highway in Bolan"])
def test_a_highway_by_its_number_is_cut_to_the_district(phrase):
    row = first(phrase)
    assert row["match_rule"] == "route"
    assert row["footprint"].area < first(phrase.partition(" ")[0])["footprint"].area


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("Khuzdar, 45 kilometres to its east", "45 km E of Khuzdar"),
        ("10 kms off Sibi in the northwesterly direction", "10 km NW of Sibi"),
        ("25 Km. W.S.W. of Gwadar", "25 km WSW of Gwadar"),
        ("midway from Loralai to Kohlu", "Loralai – Kohlu"),
        ("the railway stations of Ahmedwal and Dalbandin", "Ahmedwal"),
        ("between the railway stations of Ahmedwal and Dalbandin", "Ahmedwal – Dalbandin (ML-4)"),
        ("the Bostan–Gulistan portion of the Chaman line", "Bostan – Gulistan (ML-3)"),
        ("ML-3 chainage 402 km, Quetta–Bostan", "km 402 (ML-3)"),
        ("railway pole no. 289/3 beyond Panir", "km 289 (ML-3)"),
        ("downtown Sukkur", "Sukkur"),
        ("Zila Khuzdar", "Khuzdar"),
        ("Sibi R.S.", "Sibi Junction"),
        ("POINT(67.0144 30.1841)", "30.18410, 67.01440"),
    ],
)
def test_what_other_desks_write_is_read_as_well(phrase, name):
    assert first(phrase)["match_name"] == name


@pytest.mark.parametrize("phrase", ["Lashkar-e-Balochistan", "Tehreek-e-Taliban Swat"])
def test_the_e_of_a_group_is_no_direction(phrase):
    assert first(phrase)["match_status"] == "unmatched"


@pytest.mark.parametrize("phrase", ["Maiwand, Kandahar", "Kandahar's Maiwand", "Masjid in Kabul"])
def test_a_place_in_a_town_abroad_is_outside(phrase):
    assert first(phrase)["match_reason"] == "the phrase places it in Afghanistan"


@pytest.mark.parametrize("phrase", ["Chaman, near Kandahar", "Delhi Colony, Karachi"])
def test_a_town_abroad_beside_or_in_a_name_moves_nothing(phrase):
    assert first(phrase)["match_name"] in {"Chaman", "Karachi"}


def test_a_post_of_two_lines_is_ambiguous_and_names_the_other():
    row = first("km 268 of ML-1 and ML-3")
    assert row["match_status"] == "ambiguous"
    assert row["match_score"] < 0.5
    assert "may also be km 268 (ML-3) (50%)" in row["match_reason"]


@pytest.mark.parametrize("phrase", ["12 km x 15 km south of Sibi", "12 km, 15 km south of Sibi"])
def test_a_distance_that_is_not_taken_up_is_told_and_lowers_the_score(phrase):
    row = first(phrase)
    assert "'12 km' not understood" in row["match_reason"]
    assert row["match_score"] < first("15 km south of Sibi")["match_score"] - 0.1


@pytest.mark.parametrize(
    "phrase",
    [
        "Mach, Kolpur and Sibi",
        "Mach, Kolpur and Sibi areas",
        "Mach, Kolpur, Sibi and Dhadar",
        "Mach, Zzyxal and Sibi",
        "Mingora, Kabal and Khwazakhela, Swat",
        "Wana, Azam Warsak and Makeen in South Waziristan",
    ],
)
def test_the_first_of_several_places_has_room_for_the_others(phrase):
    row = geosec.geocode([phrase]).iloc[0]
    first = phrase.partition(",")[0]
    assert row["match_name"] == first
    assert row["uncertainty_m"] >= 25_000
    assert "several places" in row["match_reason"] or "'Zzyxal'" in row["match_reason"]


@pytest.mark.parametrize("phrase", ["Mach, Balochistan", "Mach town, Kachhi, Balochistan", "Sibi"])
def test_what_a_place_lies_in_is_no_list(phrase):
    row = geosec.geocode([phrase]).iloc[0]
    assert row["uncertainty_m"] < 10_000
    assert "several" not in str(row["match_reason"])
