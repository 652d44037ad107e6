from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from geosec.geocoding.placing.hints import Hints
from geosec.geocoding.placing.scope import ANYWHERE, ScopeReader


@pytest.fixture(scope="module")
def reader(ground, language):
    return ScopeReader(ground, language)


@pytest.fixture(scope="module")
def read(reader, phrase_of):
    """Read the scope off a phrase about Pakistan: read("Mach, Balochistan", admin1="")."""
    return lambda text, admin1="", **known: reader.read(phrase_of(text), Hints(admin1), **known)


@pytest.mark.parametrize(
    ("phrase", "provinces", "districts", "country"),
    [
        ("Mach, Balochistan", {"PK-BA"}, set(), ""),
        ("Turbat, Kech district", set(), {"PK-BA-kech"}, ""),
        ("Zzyzx, Kech", set(), {"PK-BA-kech"}, ""),
        ("Kalat district, Balochistan", {"PK-BA"}, {"PK-BA-kalat"}, ""),
        ("Kech", set(), set(), ""),  # alone, it is the place itself
        ("Zahedan, Iran", set(), set(), "IR"),
        ("Mach near Kalat district", set(), set(), ""),  # near a district is not in it
        ("Taftan border gate, Iran", set(), set(), ""),  # a border gate with Iran is on this side
        ("Quetta", set(), set(), ""),
    ],
)
def test_the_containers_of_a_phrase_are_what_its_place_is_in(
    read, phrase, provinces, districts, country
):
    scope = read(phrase)
    assert (scope.provinces, scope.districts, scope.country) == (provinces, districts, country)
    assert not scope.contradiction


@pytest.mark.parametrize("spelt", ["Balochistan", "baluchistan", "بلوچستان", " BALOCHISTAN "])
def test_the_province_of_the_row_is_read_in_any_spelling(read, spelt):
    scope = read("Kalat", spelt)
    assert (scope.provinces, scope.hints.admin1) == ({"PK-BA"}, spelt)


@pytest.mark.parametrize("admin1", ["", " ", "Zzyzx", "Sibi", "Kandahar"])
def test_a_row_without_a_province_at_home_leaves_what_the_phrase_names(read, admin1):
    assert read("Kalat", admin1).provinces == frozenset()
    assert read("Kalat, Balochistan", admin1).provinces == {"PK-BA"}


def test_a_phrase_that_names_another_province_than_its_row_contradicts_it(read):
    scope = read("Mach, Balochistan", "Punjab")
    assert scope.contradiction == "the phrase says PK-BA, the report's province is 'Punjab'"
    assert not read("Mach, Balochistan", "Balochistan").contradiction
    assert not read("Mach", "Punjab").contradiction


def test_a_town_abroad_behind_a_name_says_in_which_country_it_is(read):
    assert read("Zzyzx, Kandahar").country == "AF"
    assert read("Kandahar").country == ""  # alone it is the place itself
    assert read("border gate, Kandahar").country == ""


def test_what_the_words_round_a_phrase_say_is_part_of_its_scope(read):
    assert read("Mach", is_place=True).is_place
    assert not read("Mach").is_place


def test_a_scope_is_made_once_so_that_it_is_a_cheap_key(read):
    assert read("Mach, Balochistan") is read("Quetta, Balochistan")
    assert read("Mach", "Sindh") is read("Quetta", "Sindh")
    assert read("Mach") is not read("Mach", "Sindh")
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'country'"):
        ANYWHERE.country = "AF"


@pytest.mark.parametrize(
    ("phrase", "country"),
    [
        ("Zahedan, Iran", "IR"),
        ("Iran's Zahedan", "IR"),
        ("the Iran border near Taftan", ""),  # across the border
        ("Taftan border gate with Iran", ""),
        ("Kandahar province, Afghanistan", "AF"),
        ("Pakistan", ""),
    ],
)
def test_a_country_abroad_is_meant_unless_it_is_across_a_border(read, phrase, country):
    assert read(phrase).country == country


def test_a_name_that_is_part_of_a_longer_one_contains_nothing(read):
    assert read("Sibi, Balochistan Zalmi").provinces == frozenset()


def test_several_provinces_are_all_allowed(read):
    assert read("Zzyzx, Sindh and Punjab").provinces == {"PK-SD", "PK-PB"}
    assert not read("Zzyzx, Sindh and Punjab", "Sindh").contradiction


@pytest.mark.parametrize(
    ("spelt", "code"),
    [
        *[(name, "PK-KP") for name in ("KPK", "KP", "NWFP", "N.W.F.P.", "K.P.K", "PK-KP")],
        *[("Khyber Pakhtunkwa province", "PK-KP"), ("Khyber-Pakhtunkhwa", "PK-KP")],
        *[("Baluchistan", "PK-BA"), ("Balochistan Province, Pakistan", "PK-BA")],
        *[("صوبہ بلوچستان", "PK-BA"), ("pk-ba", "PK-BA"), ("Balochsitan", "PK-BA")],
        *[("Punjab province", "PK-PB"), ("Province of Sindh", "PK-SD"), ("Sind", "PK-SD")],
        *[("AJK", "PK-JK"), ("Azad Jammu & Kashmir", "PK-JK"), ("Azad Kashmir", "PK-JK")],
        *[("Islamabad Capital territory", "PK-IS"), ("Northern Areas", "PK-GB")],
    ],
)
def test_a_province_is_read_as_people_write_it(reader, read, spelt, code):
    scope = read("Kalat", spelt)
    assert scope.provinces == {code}
    assert scope.is_hinted
    assert reader.note_unknown(Hints(spelt)) == ""


@pytest.mark.parametrize("spelt", ["Zzyzx", "Texas", "Kandahar", "Quetta", "Punjab, India"])
def test_a_province_that_is_none_at_home_is_said_and_not_used(reader, read, spelt):
    scope = read("Kalat", spelt)
    assert scope.provinces == frozenset()
    assert not scope.is_hinted
    assert reader.note_unknown(Hints(spelt)) == f"admin1 {spelt!r} not known, and not used"


@pytest.mark.parametrize(
    ("phrase", "provinces"),
    [
        ("Punjab Colony, Karachi", set()),  # a thing that is named after a province
        ("Sindh Road, Quetta", set()),
        ("Mach, Punjab", {"PK-PB"}),
        ("mosque in Punjab", {"PK-PB"}),
        ("Punjab province", {"PK-PB"}),
    ],
)
def test_a_thing_named_after_a_province_is_not_bound_to_it(read, phrase, provinces):
    assert read(phrase).provinces == provinces


@pytest.mark.parametrize(
    ("phrase", "districts"),
    [
        ("Kurram agency, Chinarak area", {"PK-KP-kurram"}),
        ("Zzyzx, FATA", 13),
        ("Kech, Zzyzx and Gwadar", set()),
        ("Mach, Sibi and Kalat", set()),
        ("Kalat and Panjgur district", set()),
        ("Mach in Kachhi and Sibi districts", {"PK-BA-kachhi", "PK-BA-sibi"}),
        ("Sibi, Mach", set()),  # a town as well
        ("Zzyzx (Kech, Balochistan)", {"PK-BA-kech"}),
        ("Zzyzx, 12 km south of Sibi, Kachhi", {"PK-BA-kachhi"}),
    ],
)
def test_a_district_is_stated_before_or_behind_a_place_and_in_no_list(read, phrase, districts):
    found = read(phrase).districts
    assert (len(found) if isinstance(districts, int) else found) == districts


def test_a_phrase_says_better_than_a_division_where_it_is(read):
    scope = read("Darra Adam Khel, Kohat", "FATA")
    assert (scope.districts, scope.contradiction) == ({"PK-KP-kohat"}, "")
    assert "the report gives Federally" in read("Zzyzx, Kech district", "FATA").contradiction


@pytest.mark.parametrize(
    ("phrase", "admin1", "is_wide"),
    [
        *[("Mach", "", False), ("Mach", "Balochistan", False), ("Mach", "FATA", True)],
        *[("Mach, Kalat division", "", True), ("Mach, Kachhi district", "", False)],
        ("Mach, Kachhi district", "Kalat division", False),
        ("Parachinar, Kurram agency", "FATA", False),
    ],
)
def test_the_districts_of_a_division_are_wide_unless_the_phrase_says_one(
    read, phrase, admin1, is_wide
):
    assert read(phrase, admin1).is_wide is is_wide
