"""Hints of a row read as people write them: provinces, districts, tehsils and towns."""

from __future__ import annotations

import pytest

from geosec.geocoding.placing.hints import NO_HINTS, HintReader, Hints

AGENCIES = {
    f"PK-KP-{name}"
    for name in (
        *("bajaur", "khyber", "kurram", "mohmand", "orakzai"),
        *("north-waziristan", "south-waziristan"),
    )
}


@pytest.fixture(scope="module")
def read(ground, language):
    reader = HintReader(ground, language)
    return lambda *hints: reader.read(Hints(*hints))


def test_no_hints_say_nothing(read):
    assert read(*NO_HINTS) == (frozenset(), frozenset(), None, ())
    assert read(" ", "", "  ") == read()


@pytest.mark.parametrize(
    ("admin2", "code"),
    [
        *[(name, "PK-BA-kech") for name in ("Kech", "Kech district", "District Kech", "KECH")],
        *[(name, "PK-BA-kech") for name in ("ضلع کیچ", "Kech District, Balochistan")],
        *[("Khyber agency", "PK-KP-khyber"), ("South Waziristan", "PK-KP-south-waziristan")],
        *[("FR Kohat", "PK-KP-kohat"), ("Swat district", "PK-KP-swat"), ("Swat", "PK-KP-swat")],
        *[("Karachi district", "PK-SD-karachi"), ("D.I. Khan", "PK-KP-dera-ismail-khan")],
    ],
)
def test_a_district_is_read_as_people_write_it(read, admin2, code):
    given = read("", admin2)
    assert given.districts == {code}
    assert given.provinces == {code[:5]}
    assert given.unit.adm2_code == code
    assert given.unknown == ()


@pytest.mark.parametrize("spelt", ["FATA", "Federally Administered Tribal Areas", "former FATA"])
def test_the_tribal_areas_are_seven_agencies_and_parts_of_six_districts(read, ground, spelt):
    given = read(spelt)
    assert given.provinces == {"PK-KP"}
    assert given.districts > AGENCIES
    assert len(given.districts) == 13
    assert given.is_loose
    shape = ground.find_footprint(given.unit).shape
    assert shape.area < ground.find_area("PK-KP").area / 2
    assert shape.contains(ground.find_area("PK-KP-bajaur").representative_point())
    assert not shape.contains(ground.find_area("PK-KP-kohat").representative_point())


@pytest.mark.parametrize(
    ("hints", "districts", "unit"),
    [
        (("FATA", "FR Kohat"), {"PK-KP-kohat"}, "FR Kohat"),
        (("FATA", "Khyber agency"), {"PK-KP-khyber"}, "Khyber"),
        (("Balochistan", "Kech", "Tump"), {"PK-BA-kech"}, "Tump"),
        (("", "", "Tump tehsil"), {"PK-BA-kech"}, "Tump"),
        (("Balochistan", "", "Mach"), {"PK-BA-kachhi"}, "Mach"),
        (("PK-BA",), set(), "Balochistan"),
    ],
)
def test_the_finest_hint_that_is_known_counts(read, hints, districts, unit):
    given = read(*hints)
    assert (given.districts, given.unit.name) == (districts, unit)
    assert given.unknown == ()
    assert not given.is_loose


@pytest.mark.parametrize(
    ("hints", "unknown"),
    [
        (("Zzyzx",), ("admin1",)),
        (("Punjab", "Kech"), ("admin2",)),  # which is in another province
        (("Balochistan", "Kech", "Sui"), ("admin3",)),  # which is in another district
        (("Zzyzx", "Zzyzx", "Zzyzx"), ("admin1", "admin2", "admin3")),
        (("Kandahar", "Kech"), ("admin1",)),
        (("", "Balochistan"), ("admin2",)),  # a province is no district
        (("Kech",), ("admin1",)),
    ],
)
def test_a_hint_that_is_not_known_is_named_and_the_others_count(read, hints, unknown):
    given = read(*hints)
    assert given.unknown == unknown
    known = [each if f"admin{level}" not in unknown else "" for level, each in enumerate(hints, 1)]
    assert given._replace(unknown=()) == read(*known)


@pytest.mark.parametrize(
    ("hints", "told"),
    [
        (("Zzyzx", "Zzyzx"), {"admin1": "not known", "admin2": "not known"}),
        (("KP", "Kech"), {"admin2": "known, but not in 'KP'"}),
        (
            ("KP", "Kech", "Lahore"),
            {"admin2": "known, but not in 'KP'", "admin3": "known, but not in 'KP'"},
        ),
        (("Balochistan", "Kech", "Sui"), {"admin3": "known, but not in 'Kech'"}),
        (("Zzyzx", "Kech", "Sui"), {"admin1": "not known", "admin3": "known, but not in 'Kech'"}),
        (("", "", "Dasht"), {"admin3": "known, but of several it is not clear which"}),
        (("Balochistan", "Kech", "Tump"), {}),
        ((), {}),
    ],
)
def test_why_a_hint_cannot_be_used_is_said(ground, language, hints, told):
    assert HintReader(ground, language).explain_unknown(Hints(*hints)) == told
