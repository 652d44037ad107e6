"""Quarters of cities."""

from __future__ import annotations

import json

import pytest

from boundaries.build.place_quarters import quarters, read_areas
from boundaries.build.place_rows import blank


class OneDistrict:
    """A layer in which every point lies in Karachi."""

    def holding(self, _longitude, _latitude, adm1_code):
        return f"{adm1_code}-karachi", ""


def make_area(name, lat=24.9, lng=67.0, **more):
    return {
        "cityId": "karachi",
        "provinceId": "sindh",
        "name": name,
        "urduName": "x",
        "aliases": ["Other", name],
        "coordinates": {"lat": lat, "lng": lng},
        "file": "sindh/karachi.json",
    } | more


def make(*areas, known=()):
    return quarters(areas, OneDistrict(), list(known))


def test_a_quarter_has_its_point_its_names_and_its_source():
    (row,) = make(make_area("Bahadurabad"))
    assert row["place_id"] == "lm:bahadurabad-karachi"
    assert (row["latitude"], row["longitude"]) == (24.9, 67.0)
    assert (row["alt_names"], row["name_ur"]) == ("Other", "x")
    assert row["source"] == "pak-geodata 0.1.0 (MIT), areas/sindh/karachi.json"
    assert (row["adm2_code"], row["extent_m"]) == ("PK-SD-karachi", "")


def test_blocks_of_a_quarter_are_one_place_as_wide_as_they_lie_apart():
    (row,) = make(make_area("Clifton Block 1", lat=24.80), make_area("Clifton Block 2", lat=24.82))
    assert row["name"] == "Clifton"
    assert row["latitude"] == pytest.approx(24.81)
    assert row["extent_m"] == pytest.approx(1108, abs=2)
    assert (row["alt_names"], row["name_ur"]) == ("", "")


@pytest.mark.parametrize("name", ["Federal B Area Block 6", "Federal B Area"])
def test_a_letter_within_a_name_is_no_block(name):
    assert make(make_area(name))[0]["name"] == "Federal B Area"


@pytest.mark.parametrize(
    "name", ["Jail Road", "Civil Lines", "DHA Phase 2", "Satellite Town", "Sector F-6", "Saddar"]
)
def test_names_that_many_cities_have_are_left(name):
    assert make(make_area(name)) == []


def test_a_name_of_the_same_province_is_not_added():
    there = blank(name="Bahadurabad", alt_names="", adm1_code="PK-SD")
    assert make(make_area("Bahadurabad"), known=[there]) == []
    assert make(make_area("Bahadurabad"), known=[there | {"adm1_code": "PK-PB"}])


def test_files_are_read_in_their_order(tmp_path):
    for name in ("b", "a"):
        (tmp_path / "sindh").mkdir(exist_ok=True)
        (tmp_path / "sindh" / f"{name}.json").write_text(json.dumps([{"name": name}]))
    assert [each["file"] for each in read_areas(tmp_path)] == ["sindh/a.json", "sindh/b.json"]
