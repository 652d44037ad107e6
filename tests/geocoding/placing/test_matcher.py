from __future__ import annotations

import pandas as pd
import pytest

from geosec import Gazetteer
from geosec.geocoding.grammar.phrases import Item
from geosec.geocoding.placing.ground import Ground
from geosec.geocoding.placing.matcher import Matcher
from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.geocoding.placing.scope import ANYWHERE, Scope
from geosec.language import tags
from geosec.language.languages import load_language
from geosec.reference.names import Name

BALOCHISTAN, PUNJAB, SINDH = (frozenset({code}) for code in ("PK-BA", "PK-PB", "PK-SD"))
COLUMNS = ["place_id", "name", "feature_class", "adm1_code", "adm2_code"]
COLUMNS += ["latitude", "longitude", "population"]
PLACES = [
    ("big", "Twinton", "town", "PK-BA", "PK-BA-kech", 26.0, 63.0, 90_000),
    ("small", "Twinton", "town", "PK-PB", "PK-PB-lahore", 31.5, 74.3, 10_000),
    ("tiny", "Twinton", "village", "PK-PB", "PK-PB-multan", 30.2, 71.5, 0),
    ("stop", "Halt", "rail_station", "PK-BA", "PK-BA-sibi", 29.55, 67.88, 0),
    ("halt", "Halt", "town", "PK-BA", "PK-BA-sibi", 29.54, 67.87, 5_000),
    ("far-stop", "Halt", "rail_station", "PK-SD", "PK-SD-sukkur", 27.7, 68.85, 0),
    ("abroad", "Overton", "town", "", "", 31.6, 65.7, 50_000),
    ("beyond", "Farton", "town", "", "", 31.7, 65.8, 50_000),
    ("home", "Overton", "town", "PK-BA", "PK-BA-chagai", 28.9, 64.4, 50_000),
    ("gate", "Gate", "landmark", "PK-BA", "PK-BA-kech", 26.01, 63.01, 0),
    ("metro", "Metro", "town", "PK-SD", "PK-SD-dadu", 25.0, 67.0, 900_000),
    ("siding", "Siding", "village", "PK-BA", "PK-BA-sibi", 29.55, 67.9, 0),
    ("unit", "Sibi District", "district", "PK-BA", "PK-BA-sibi", 29.5, 67.9, 0),
]


@pytest.fixture(scope="module")
def ground():
    table = pd.DataFrame(PLACES, columns=COLUMNS).assign(country_code="PK")
    table.loc[table["place_id"].isin(["abroad", "beyond"]), "country_code"] = "AF"
    return Ground(Gazetteer.from_table(table, home=["PK"]))


@pytest.fixture(scope="module")
def matcher(ground):
    return Matcher(ground, load_language().wants)


@pytest.fixture(scope="module")
def find(ground, matcher):
    """Weigh a name: find("Twinton") gives the weight of each place_id, the heaviest first."""

    def found(name, nouns="", scope=ANYWHERE):
        candidates = matcher.find_candidates(Item(name, ground.names.find(name), nouns), scope)
        return {each.place.place_id: each.weight for each in candidates}

    return found


def test_towns_of_one_name_are_weighed_by_their_people(find):
    weights = find("Twinton")
    assert list(weights) == ["big", "small"]  # the village has less than 5 % and is dropped
    assert weights["big"] / weights["small"] == pytest.approx(9)
    assert sum(weights.values()) == pytest.approx(1)


def test_a_province_leaves_out_what_lies_elsewhere(find):
    assert find("Twinton", scope=Scope(BALOCHISTAN)) == {"big": 1.0}
    assert "big" not in find("Twinton", scope=Scope(PUNJAB))
    assert find("Twinton", scope=Scope(SINDH)) == {}


def test_a_district_that_is_named_decides(find):
    assert find("Twinton", scope=Scope(districts=frozenset({"PK-PB-multan"}))) == {"tiny": 1.0}


def test_nothing_is_meant_that_lies_far_from_a_stated_district(find):
    assert find("Twinton", scope=Scope(districts=frozenset({"PK-SD-dadu"}))) == {}


@pytest.fixture
def weigh_events():
    """Weigh a name in Punjab, with so many events coded at its village: weigh_events(13, 0)."""

    def weighed(village, town, name="Twinton"):
        table = pd.DataFrame(PLACES, columns=COLUMNS).assign(country_code="PK", mentions=0.0)
        for place_id, events in (("tiny", village), ("small", town), ("big", 0)):
            table.loc[table["place_id"] == place_id, "mentions"] = events
        ground = Ground(Gazetteer.from_table(table, home=["PK"]))
        found = Matcher(ground, load_language().wants).find_candidates(
            Item(name, ground.names.find(name)), Scope(PUNJAB)
        )
        return {each.place.place_id: each.weight for each in found}

    return weighed


def test_a_town_where_nothing_happened_gives_way_to_the_village_that_reports_mean(weigh_events):
    assert weigh_events(13, 0)["tiny"] > 0.9
    assert weigh_events(0, 0)["small"] > 0.9


@pytest.mark.parametrize(("village", "town"), [(2, 0), (2, 1), (5, 5)])
def test_few_events_or_some_at_the_town_too_leave_it_its_people(weigh_events, village, town):
    weights = weigh_events(village, town)
    assert weights["small"] > weights["tiny"]


def test_a_noun_asks_for_its_class(find):
    assert set(find("Halt", tags.STATION)) == {"stop", "far-stop"}
    assert list(find("Halt", tags.TOWN)) == ["halt"]


def test_a_noun_that_no_place_fits_leaves_all(find):
    assert set(find("Halt", tags.DISTRICT)) == set(find("Halt"))


def test_a_station_in_its_town_is_the_town(find):
    assert "stop" not in find("Halt")
    assert "far-stop" in find("Halt")


def test_of_equal_towns_the_one_at_home_is_meant(find):
    weights = find("Overton")
    assert weights.get("abroad", 0) < 0.05 < weights["home"]


def test_a_country_that_is_named_leaves_its_places_only(find):
    assert find("Overton", scope=Scope(country="AF")) == {"abroad": 1.0}
    assert find("Twinton", scope=Scope(country="AF")) == {}


def test_a_province_rules_places_abroad_out(find):
    assert find("Overton", scope=Scope(BALOCHISTAN)) == {"home": 1.0}
    assert find("Farton", scope=Scope(BALOCHISTAN)) == {}
    assert find("Farton") == {"beyond": 1.0}


def test_a_guessed_spelling_must_agree_with_the_district(matcher):
    guess = Item("Twintun", Name(("big",), 0.88))
    kech, sibi = (Scope(districts=frozenset({code})) for code in ("PK-BA-kech", "PK-BA-sibi"))
    assert [each.place.place_id for each in matcher.find_candidates(guess, kech)] == ["big"]
    assert matcher.find_candidates(guess, sibi) == ()


def test_a_guessed_spelling_is_never_a_place_abroad(matcher):
    assert matcher.find_candidates(Item("Ovirton", Name(("abroad",), 0.88)), ANYWHERE) == ()


def test_what_only_sounds_alike_counts_little(matcher):
    item = Item("Twinton", Name(("small",), 1.0, alike=("big",)))
    found = {each.place.place_id: each.weight for each in matcher.find_candidates(item, ANYWHERE)}
    assert found["small"] > 0.5  # 1 to 9 by people, and a tenth of that for the sound


@pytest.mark.parametrize(
    "item", [Item("Zzyzx"), Item("Twinton FC", Name(("big",), 1.0), compound=True)]
)
def test_an_unknown_name_and_a_part_of_a_longer_one_are_no_places(matcher, item):
    assert matcher.find_candidates(item, ANYWHERE) == ()


def test_the_same_name_in_the_same_scope_is_weighed_once(ground, matcher):
    item = Item("Twinton", ground.names.find("Twinton"))
    assert matcher.find_candidates(item, ANYWHERE) is matcher.find_candidates(item, ANYWHERE)


def test_only_candidates_at_home_can_be_a_start(matcher):
    item = Item("Overton", Name(("abroad", "home"), 1.0))
    assert [each.place.place_id for each in matcher.find_at_home(item, ANYWHERE)] == ["home"]
    assert [place.place_id for place in matcher.find_points(item, ANYWHERE)] == ["home"]
    assert matcher.find_points(Item("Zzyzx"), ANYWHERE) == []


# ------------------------------------------------------------------ namesakes


@pytest.mark.parametrize(
    ("ids", "scope", "has_rival"),
    [
        (("metro", "tiny"), ANYWHERE, True),  # so small that it takes no part
        (("metro", "tiny"), Scope(SINDH), False),  # it is in another province
        (("metro", "tiny"), Scope(districts=frozenset({"PK-SD-dadu"})), False),
        (("metro", "tiny"), Scope(districts=frozenset({"PK-SD-dadu", "PK-PB-multan"})), True),
        (("metro", "abroad"), ANYWHERE, False),
        (("big", "gate"), ANYWHERE, False),  # the same place, of another class
        (("halt", "siding", "tiny"), ANYWHERE, False),  # both are meant: that is their share
        (("metro", "siding", "unit"), ANYWHERE, True),
    ],
)
def test_a_place_has_a_rival_where_another_district_bears_its_name(matcher, ids, scope, has_rival):
    best = matcher.find_candidates(Item("X", Name(ids, 1.0)), scope)[0]
    assert best.has_rival is has_rival


def test_events_decide_between_namesakes_and_leave_no_doubt(ground):
    events = ground.gazetteer.places.assign(mentions=0.0)
    events.loc["halt", "mentions"] = 200.0
    named = Item("X", Name(("halt", "metro", "tiny"), 1.0))
    found = Matcher(Ground(Gazetteer(events, ground.gazetteer.home)), load_language().wants)
    assert [each.has_rival for each in found.find_candidates(named, ANYWHERE)] == [True, False]


# ------------------------------------------------------------------ guesses


def test_a_guess_is_surer_in_the_province_that_is_said_and_surest_in_the_district(matcher):
    guess = Item("Twintun", Name(("big",), 0.4))
    scopes = [ANYWHERE, Scope(BALOCHISTAN), Scope(districts=frozenset({"PK-BA-kech"}))]
    shares = [matcher.find_candidates(guess, scope)[0].similarity for scope in scopes]
    assert shares == sorted(shares)
    odds = PARAMETERS.guess_town * 0.4 / 0.6  # it is a town
    assert shares[0] == pytest.approx(odds / (1 + odds))
    assert shares[1] == pytest.approx(1.5 * odds / (1 + 1.5 * odds))
    assert shares[2] <= PARAMETERS.guess_most
    wide = Scope(districts=frozenset({"PK-BA-kech"}), is_wide=True)  # a division's
    assert matcher.find_candidates(guess, wide)[0].similarity == shares[1]


@pytest.mark.parametrize(("share", "count"), [(0.05, 0), (0.06, 0), (0.08, 1), (0.9, 1)])
def test_an_improbable_guess_is_none(matcher, share, count):
    assert len(matcher.find_candidates(Item("Twintun", Name(("big",), share)), ANYWHERE)) == count


def test_what_is_said_of_the_province_may_make_a_guess_probable_enough(matcher):
    guess = Item("Twintun", Name(("big",), 0.06))
    assert matcher.find_candidates(guess, ANYWHERE) == ()
    assert matcher.find_candidates(guess, Scope(BALOCHISTAN))


# ------------------------------------------------------------------ the whole name or none


def beside(ground, name, other):
    named = [ground.names.find(each) for each in (name, other)]
    return Item(name, named[0], beside=(named[1],), whole=f"{name} {other}")


@pytest.mark.parametrize(
    ("name", "other", "found"),
    [
        ("Halt", "Twinton", set()),  # a town and one far away
        ("Overton", "Halt", set()),
        ("Twinton", "Gate", {"big"}),  # a city and what stands in it
        ("Gate", "Twinton", {"gate"}),
        ("Halt", "Siding", set()),  # two small places near each other
        ("Halt", "Sibi District", {"halt", "stop"}),  # the district holds one
    ],
)
def test_names_that_stand_together_mean_places_that_lie_together(
    ground, matcher, name, other, found
):
    candidates = matcher.find_candidates(beside(ground, name, other), ANYWHERE)
    assert {each.place.place_id for each in candidates} <= found
    assert bool(candidates) == bool(found)
    assert sum(each.weight for each in candidates) == pytest.approx(1 if found else 0)


def test_a_name_by_itself_and_beside_another_are_weighed_apart(ground, matcher):
    alone = Item("Twinton", ground.names.find("Twinton"))
    assert len(matcher.find_candidates(alone, ANYWHERE)) == 2
    assert len(matcher.find_candidates(beside(ground, "Twinton", "Gate"), ANYWHERE)) == 1


@pytest.mark.parametrize(
    ("name", "other", "found"),
    [
        ("Metro", "Siding", {"metro"}),  # a quarter, of a name that is known elsewhere
        ("Siding", "Metro", set()),  # behind it stands no quarter of another
        ("Metro", "Halt", set()),  # a town of its own
        ("Metro", "Sibi District", set()),
        ("Twinton", "Siding", set()),  # no large city
    ],
)
def test_a_large_city_stands_in_front_of_quarters_that_others_have_too(
    ground, matcher, name, other, found
):
    candidates = matcher.find_candidates(beside(ground, name, other), ANYWHERE)
    assert {each.place.place_id for each in candidates} == found


@pytest.mark.parametrize(
    ("place", "noun", "fits"),
    [
        ("unit", tags.DISTRICT, True),
        ("unit", tags.TEHSIL, False),  # "Tehsil Mohamand" is not Mohmand agency
        ("unit", tags.VILLAGE, False),
        ("unit", tags.AREA, False),
        ("big", tags.DISTRICT, False),
        ("big", tags.TEHSIL, True),  # a town stands for its tehsil
        ("big", tags.AREA, True),
        ("stop", tags.STATION, True),
        ("big", tags.STATION, False),
    ],
)
def test_a_guess_is_of_the_class_that_its_noun_says(matcher, place, noun, fits):
    guess = Item("Zzyzx", Name((place,), 0.8), str(noun))
    assert bool(matcher.find_candidates(guess, ANYWHERE)) is fits


def test_a_district_that_is_guessed_does_not_speak_for_itself(matcher):
    scope = Scope(districts=frozenset({"PK-BA-sibi"}))
    (found,) = matcher.find_candidates(Item("Sibbi Destrict", Name(("unit",), 0.6)), scope)
    assert found.similarity == pytest.approx(0.6)
