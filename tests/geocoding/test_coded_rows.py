"""Rows with coordinates: placed once each, and lines read from what a GED row says."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import shapely

import geosec
from geosec import ParameterError
from geosec.geocoding.coded_rows import CodedPoint, place_coded_row, place_coded_rows
from geosec.geocoding.geocoder import load_interpreter
from geosec.geocoding.row_hints import read_row_hints
from geosec.uncertainty.footprints import full_radius_m

READER = load_interpreter(None)
SURAB = {"latitude": 28.49, "longitude": 66.26}  # on the road from Kalat to Khuzdar
GED = {**SURAB, "precision_scheme": "ucdp", "precision_code": 5, "location": ""}


def geocoded(**cells):
    return geosec.geocode(pd.DataFrame([{**GED, **cells}])).iloc[0]


@pytest.mark.parametrize(
    "said",
    [
        {"where_coordinates": "Kalat-Khuzdar road"},
        {"where_description": "between Kalat and Khuzdar"},
        {"where_coordinates": "Surab town", "where_description": "between Kalat and Khuzdar"},
        {"location": "road between Kalat and Khuzdar", "where_description": "unclear"},
    ],
)
def test_the_words_of_a_row_say_which_line(said):
    row = geocoded(**said)
    assert row["match_reason"].endswith("; along Kalat – Khuzdar")
    assert (row["match_status"], row["match_rule"]) == ("matched", "coordinates")
    assert row["geometry"] == shapely.Point(66.26, 28.49)
    assert row["footprint"].contains(shapely.Point(66.6, 28.4))
    assert 50_000 < row["uncertainty_m"] < 90_000


def test_a_railway_is_a_line_and_its_draws_lie_on_it():
    at = {"latitude": 29.75, "longitude": 67.6}
    row = geocoded(**at, where_coordinates="railway between Sibi and Mach")
    assert row["footprint"].geom_type == "LineString"
    located = geosec.geocode(
        pd.DataFrame([{**GED, **at, "location": "between Sibi and Mach railway line"}])
    )
    hit = geosec.within(located, geosec.load_rail_lines(), distance_m=200)
    assert hit["probability"].item() == 1.0


@pytest.mark.parametrize(
    ("wkt", "used"),
    [
        ("LINESTRING (66.5 29.0, 66.2 28.4, 66.6 27.8)", True),
        ("POLYGON ((66 28, 67 28, 67 29, 66 29, 66 28))", True),
        ("POINT (66.26 28.49)", False),
        ("LINESTRING (66.26 28.49, 66.26 28.49)", False),
        ("LINESTRING (500000 3000000, 500001 3000001)", False),
        ("POLYGON ((66 28, 67 29, 67 28, 66 29, 66 28))", False),
        ("LINESTRING (66.5", False),
        (None, False),
    ],
)
def test_a_shape_that_the_row_brings_is_its_line(wkt, used):
    row = geocoded(geom_wkt=wkt)
    told = "along the shape given in geom_wkt" if used else "80 km round the point assumed"
    assert row["match_reason"].endswith(told)
    assert pd.isna(row["footprint"]) != used


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("", "its course is not known: 80 km round the point assumed"),
        ("the Indus river", "its course is not known: 80 km round the point assumed"),
        ("between Peshawar and Kohat", "from the point: 80 km round the point assumed"),
    ],
)
def test_without_a_line_within_reach_a_wide_disc_is_assumed_and_said(said, told):
    row = geocoded(where_coordinates=said)
    assert row["match_reason"].endswith(told)
    assert full_radius_m(row["uncertainty_m"]) == pytest.approx(80_000, abs=1)


def test_a_line_shorter_than_the_book_allows_is_no_line():
    """UCDP GED Codebook 25.1, 5.4.2: a line between two points more than 25 km apart."""
    yards = "between the villages of Mach and Kolpur on the railway line"  # two yards of 4 km
    row = geocoded(latitude=29.87, longitude=67.3, where_coordinates=yards)
    assert row["match_reason"].endswith("80 km round the point assumed")


def test_a_code_that_is_of_no_line_reads_no_words():
    row = geocoded(precision_code=2, where_coordinates="Kalat-Khuzdar road")
    assert pd.isna(row["footprint"])


def test_a_unit_abroad_is_outside_and_nowhere_is_unmatched():
    kabul = {"latitude": 34.5, "longitude": 69.2}
    abroad, nowhere = geocoded(**kabul, precision_code=3), geocoded(precision_code=7)
    assert (abroad["match_status"], nowhere["match_status"]) == ("outside", "unmatched")
    assert abroad["geometry"] is None
    assert "lies in no district" in abroad["match_reason"]


def test_each_distinct_place_and_code_is_made_once():
    rng = np.random.default_rng(0)
    which = rng.integers(0, 7, 5_000)
    codes = np.array([1, 2, 3, 4, 5, 6, 7])
    table = pd.DataFrame([{**GED, "where_coordinates": f"row {number}"} for number in range(5_000)])
    table["precision_code"] = pd.array(codes[which], dtype="Int64")
    table.loc[which == 4, "where_coordinates"] = "Kalat-Khuzdar road"
    rows, found, _ = place_coded_rows(table, read_row_hints(table, {}), load_interpreter(None))
    assert len(rows) == 7
    assert len(set(zip(found.tolist(), which.tolist(), strict=True))) == 7
    shapes = geosec.geocode(table)["footprint"].to_numpy()
    assert all(len(set(map(id, shapes[which == each]))) == 1 for each in (2, 4))


def test_rows_with_and_without_coordinates_stand_in_one_table():
    table = pd.DataFrame([{**GED, "precision_code": 1}, {"location": "Sibi"}, {**GED, **SURAB}])
    located = geosec.geocode(table)
    assert located["match_name"].tolist() == ["28.4900, 66.2600", "Sibi", "28.4900, 66.2600"]
    rows, which, _ = place_coded_rows(table, read_row_hints(table, {}), load_interpreter(None))
    assert which.tolist() == [0, -1, 1]
    assert len(rows) == 2


def test_no_rows_and_half_a_code():
    assert len(geosec.geocode(pd.DataFrame([GED]).iloc[:0])) == 0
    for half in ({"precision_code": None}, {"precision_scheme": None}):
        assert geocoded(**half)["match_reason"].endswith("5 km assumed")


@pytest.mark.parametrize(
    ("flag", "radius_m"), [(1, 15_000), ("yes", 15_000), (0, 5_000), (-9, 5_000), ("", 5_000)]
)
def test_gtd_vicinity_travels_from_the_file_to_the_radius(flag, radius_m):
    row = {"date": "2015-01-01", "location": "Turbat", "latitude": 26.0, "longitude": 63.05}
    gtd = {**row, "precision_scheme": "gtd", "precision_code": 1, "vicinity": flag}
    incidents, rejected = geosec.read_incidents(pd.DataFrame([gtd]))
    assert rejected.empty
    assert incidents["vicinity"].dtype == "Int64"
    located = geosec.geocode(incidents)
    assert full_radius_m(located["uncertainty_m"].item()) == pytest.approx(radius_m, abs=1)


@pytest.mark.parametrize(("scheme", "code", "radius_m"), [("ucdp", 2, 24_367), (None, None, 4_873)])
def test_coordinates_of_the_source_keep_their_place_and_get_a_radius(scheme, code, radius_m):
    row = place_coded_row(CodedPoint(67.5, 30.25, scheme, code), READER)
    assert (row.match_status, row.match_rule) == ("matched", "coordinates")
    assert (row.lon, row.lat, row.match_id) == (67.5, 30.25, "at:30.25000,67.50000")
    assert row.uncertainty_m == pytest.approx(radius_m, abs=1)  # sqrt(0.95) of 25 or of 5 km


def test_a_code_that_says_where_not_is_not_placed():
    row = place_coded_row(CodedPoint(67.5, 30.25, "ucdp", 7), READER)
    assert row.match_status == "unmatched"
    assert row.match_reason
    assert row.lon != row.lon


def test_equal_places_are_placed_once():
    table = pd.DataFrame({"longitude": [67.0, 67.0, 67.1], "latitude": [30.2, 30.2, 30.2]})
    rows, which, _ = place_coded_rows(table, read_row_hints(table, {}), load_interpreter(None))
    assert (len(rows), which.tolist()) == (2, [0, 0, 1])


def test_a_table_without_coordinates_has_no_such_rows():
    table = pd.DataFrame({"location": ["Sibi"]})
    rows, which, _ = place_coded_rows(table, read_row_hints(table, {}), load_interpreter(None))
    assert (rows, which.tolist()) == ([], [-1])


def test_a_row_without_one_of_its_coordinates_is_left_to_its_words():
    table = pd.DataFrame({"longitude": [67.0, None], "latitude": [30.2, 30.2]})
    _, which, notes = place_coded_rows(table, read_row_hints(table, {}), load_interpreter(None))
    assert which.tolist() == [0, -1]
    assert notes == {1: "only one of latitude and longitude is given, and was not used"}


def test_a_point_whose_unit_is_not_shipped_is_outside():
    row = place_coded_row(CodedPoint(0.0, 0.0, "ucdp", 3), READER)
    assert row.match_status == "outside"
    assert row.match_reason
    assert row.lon != row.lon


def test_a_code_that_no_book_has_is_refused():
    with pytest.raises(ParameterError, match="99"):
        place_coded_row(CodedPoint(67.0, 30.2, "ucdp", 99), READER)


NEAR_MACH = {"latitude": 29.86, "longitude": 67.33, "location": "near Mach"}


@pytest.mark.parametrize(
    ("cells", "status", "told"),
    [
        ({"latitude": 67.3, "longitude": 29.8}, "unmatched", "latitude comes first, so swap them"),
        ({"latitude": 129.8}, "unmatched", "lies on no globe"),
        ({"latitude": 34.5, "longitude": 69.2}, "outside", "lies outside Pakistan"),
        ({"latitude": 0.0, "longitude": 0.0}, "outside", "lies outside Pakistan"),
    ],
)
def test_coordinates_are_judged_as_a_phrase_is(cells, status, told):
    row = geosec.geocode(pd.DataFrame([NEAR_MACH | cells])).iloc[0]
    assert (row["match_status"], row["geometry"]) == (status, None)
    assert told in row["match_reason"]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"latitude": 24.86, "longitude": 67.01}, "km from Mach, which is named"),
        ({"location": "", "admin1": "Punjab"}, "km from Punjab, which the row gives"),
        ({"location": "Kandahar, Afghanistan"}, "the words place it in Afghanistan"),
        ({"location": "Zzyzx, Kech district"}, "km from Kech, which is named"),
    ],
)
def test_coordinates_far_from_what_is_said_are_less_probable(cells, told):
    row = geosec.geocode(pd.DataFrame([NEAR_MACH | cells])).iloc[0]
    assert row["match_status"] == "matched"
    assert told in row["match_reason"]
    assert row["match_score"] < 0.6


@pytest.mark.parametrize(
    "cells",
    [
        {},
        {"admin1": "Balochistan"},
        {"location": ""},
        {"location": "a village"},
        {"location": "Mach, Kachhi district"},
        {"location": "12 km south of Mach"},
    ],
)
def test_coordinates_that_agree_keep_their_score(cells):
    row = geosec.geocode(pd.DataFrame([NEAR_MACH | cells])).iloc[0]
    assert row["match_score"] == 0.99
    assert row["match_reason"] == "coordinates without a precision code: 5 km assumed"


def test_a_coarse_point_a_little_abroad_may_be_at_home():
    sialkot = {"latitude": 32.565, "longitude": 74.75, "location": "", "precision_scheme": "ucdp"}
    rows = geosec.geocode(pd.DataFrame([sialkot | {"precision_code": code} for code in (1, 2)]))
    assert rows["match_status"].tolist() == ["outside", "matched"]


FASTIV = {"latitude": 50.08, "longitude": 29.91}


def geocoded_anywhere(**cells):
    table = pd.DataFrame([{"location": "", **FASTIV, **cells}])
    return geosec.geocode(table, anywhere=True).iloc[0]


def test_coordinates_abroad_are_outside_and_the_reason_says_how_to_take_them():
    row = geosec.geocode(pd.DataFrame([{**FASTIV, "location": ""}])).iloc[0]
    assert (row["match_status"], row["geometry"]) == ("outside", None)
    assert "lies outside Pakistan; `anywhere=True` takes coordinates" in row["match_reason"]


@pytest.mark.parametrize("said", [{}, {"location": "Quetta"}, {"admin1": "Kyiv"}])
def test_coordinates_are_taken_anywhere_whatever_words_at_home_say(said, recwarn):
    row = geocoded_anywhere(**said)
    assert (row["match_status"], row["match_rule"]) == ("matched", "coordinates")
    assert row["geometry"] == shapely.Point(29.91, 50.08)
    assert row["match_score"] == pytest.approx(0.99)
    assert not recwarn.list


def test_of_two_numbers_abroad_none_is_swapped():
    assert geocoded_anywhere(latitude=66.0, longitude=30.0)["match_status"] == "matched"


def test_no_globe_has_room_for_everything():
    row = geocoded_anywhere(latitude=95.0)
    assert (row["match_status"], "no globe" in row["match_reason"]) == ("unmatched", True)


def test_at_home_words_are_heard_as_before():
    here = {"latitude": 30.19, "longitude": 67.0, "location": "Karachi"}
    assert geocoded_anywhere(**here)["match_score"] < 0.9


def test_anywhere_is_true_or_false():
    with pytest.raises(ParameterError, match="anywhere"):
        geosec.geocode(["Sibi"], anywhere="Ukraine")
