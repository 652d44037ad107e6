from __future__ import annotations

import pytest

from geosec.numerals.coordinates import find_all_coordinates, find_coordinates


@pytest.mark.parametrize(
    ("text", "lat", "lon"),
    [
        ("29.5430N, 67.8773E", 29.543, 67.8773),
        ("at 30.1841° N, 67.0014° E", 30.1841, 67.0014),
        ("""26°00'04"N 63°02'55"E""", 26.00111, 63.04861),
        ("(lat 28.5466, lon 68.2231)", 28.5466, 68.2231),
        ("33.86S 151.21E", -33.86, 151.21),
        ("151.21E 33.86S", -33.86, 151.21),
        ("N29.54 E67.88", 29.54, 67.88),
        ("lon 67.88, lat 29.54", 29.54, 67.88),
        ("N 29°32' E 67°52'", 29.53333, 67.86667),
        ("29,543 N; 67,877 E", 29.543, 67.877),
        ("29,543; 67,877", 29.543, 67.877),
        ("N 29,543 E 67,877", 29.543, 67.877),
        ("293235N 0674200E", 29.54306, 67.7),
        ("N293235 E0674200", 29.54306, 67.7),
        ("2932N 06742E", 29.53333, 67.7),
        ("293235.5N, 0674200.2E", 29.54319, 67.70006),
        ("29-32-35N 067-42-00E", 29.54306, 67.7),
        ("25-07.2N 062-19.5E", 25.12, 62.325),
        ("25 07.2 N 062 19.5 E", 25.12, 62.325),
        ("29 32 N 67 42 E", 29.53333, 67.7),
        ("N30 15.5 E67 10.1", 30.25833, 67.16833),
        ("N 30 15.5, E 67 10.1", 30.25833, 67.16833),
        ("N30-15.5 E067-10.1", 30.25833, 67.16833),
        ("N30°15.5 E67°10.1", 30.25833, 67.16833),
        ("E67 10.1 N30 15.5", 30.25833, 67.16833),
        ("S30 15.5 E67 10.1", -30.25833, 67.16833),
        ("N 30 15 30 E 67 10 20", 30.25833, 67.17222),
        ("N30 15 30 E67 10 20", 30.25833, 67.17222),
        ("Lat 30 15.5 Long 67 10.1", 30.25833, 67.16833),
        ("latitude 30 15 30 N, longitude 67 10 20 E", 30.25833, 67.17222),
        ("Sibi 29.5, 67.5", 29.5, 67.5),
        ("POINT (67.877 29.543)", 29.543, 67.877),
        ("42R UT 91221 68673", 29.543, 67.8773),
    ],
)
def test_coordinates_are_read(text, lat, lon):
    found = find_coordinates(text)
    assert (found.lat, found.lon) == (pytest.approx(lat, abs=1e-5), pytest.approx(lon, abs=1e-5))


@pytest.mark.parametrize(
    "text",
    [
        "7, 20 injured",
        "M-8",
        "2025-03-11",
        "12 km",
        "12,500 people, 30,000 cattle",
        "between 1,500 and 2,500 men",
        "km 200 to 270",
        "29, 67",
        "N-65 to N-25",
        "on N55 12 km from Sibi",
        "N-55, 12.5 km from Dadu",
        "N55 12.5 km from Dadu",
        "4.5 and 5.2",
        "4.5/5.2",
        "29.54 N of Sibi",
        "N25, 12.5 km from Hub",
    ],
)
def test_other_numbers_are_no_coordinates(text):
    assert find_coordinates(text) is None


def test_fewer_decimals_are_less_precise():
    assert find_coordinates("29.54N, 67.87E").resolution_m == pytest.approx(557, abs=1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12 km south of 29.565, 67.731, by the track", "29.565, 67.731"),
        ("(lat/lon: 29.54, 67.88)", "29.54, 67.88"),
        ("at 42R UT 91221 68673", "42R UT 91221 68673"),
        ("a post at 293235N 0674200E.", "293235N 0674200E"),
        ("Mach, 29° 52′ N, 67° 20′ E", "29° 52′ N, 67° 20′ E"),
        ("Ma\u0301ch, 29.54N\u0301, 67.87E\u0301, there", "29.54N\u0301, 67.87E\u0301"),
        ("(lat 28.5466, lo\u0301n 68.2231)", "lat 28.5466, lo\u0301n 68.2231"),
    ],
)
def test_coordinates_know_where_they_stand(text, found):
    written = find_coordinates(text)
    assert text[written.start : written.end] == found


@pytest.mark.parametrize(
    ("text", "resolution_m"),
    [("2932N 06742E", 928), ("293235N 0674200E", 15), ("29 32 N 67 42 E", 928)],
)
def test_the_last_digit_of_degrees_without_marks_says_how_fine_they_are(text, resolution_m):
    assert find_coordinates(text).resolution_m == pytest.approx(resolution_m, abs=1)


@pytest.mark.parametrize(
    "text",
    [
        "30°75' N 67°10' E",
        "30°10'99\" N 67°10'10\" E",
        "30°10'60\" N 67°10'10\" E",
        "30 75 N 67 10 E",
        "30 75.5 N 67 10.1 E",
        "30-75-10N 067-10-10E",
        "306500N 0671000E",
        "N30 75.5 E67 10.1",
        "N30 15 E67 60",
    ],
)
def test_minutes_and_seconds_go_to_59(text):
    assert find_coordinates(text).fault == "minutes and seconds go to 59"


@pytest.mark.parametrize(
    "text",
    [
        "N55 12.5",
        "at N30 15.5, Quetta",
        "N 30° 15.5",
        "N30 15.5 E67",
        "N25 15 30",
        "29.543 N near Sibi",
        "Sibi, 29.543° N",
    ],
)
def test_degrees_and_minutes_of_one_axis_are_half_of_coordinates(text):
    assert find_coordinates(text).fault == "it gives no longitude"


@pytest.mark.parametrize(
    ("text", "sure", "resolution_m"),
    [
        ("29.5, 67.5", False, 5566),
        ("29.543, 67.5", False, 5566),
        ("29.54, 67.53", True, 557),
        ("29.5N, 67.5E", True, 5566),
        ("lat 29.5, lon 67.5", True, 5566),
    ],
)
def test_two_bare_numbers_of_one_decimal_are_not_sure(text, sure, resolution_m):
    found = find_coordinates(text)
    assert (found.is_sure, round(found.resolution_m)) == (sure, resolution_m)


def test_all_coordinates_of_a_text_are_found_in_their_order():
    found = find_all_coordinates("from 29.565, 67.731 to 42R UT 91221 68673 and 293235N 0674200E")
    assert [each.said for each in found] == [
        "29.565, 67.731",
        "42R UT 91221 68673",
        "293235N 0674200E",
    ]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("29.565, 67.731 (29°33'54\"N 67°43'52\"E)", True),
        ("29.565, 67.731 (29°34'N 67°44'E)", True),
        ("29.565, 67.731 (29°36'N 67°44'E)", False),
        ("29.565, 67.731 and 30.123, 67.012", False),
    ],
)
def test_two_notations_of_one_point_are_the_same(text, same):
    one, two = find_all_coordinates(text)
    assert one.is_same_as(two) == same


def test_half_of_coordinates_beside_whole_ones_spoils_nothing():
    [found] = find_all_coordinates("29.543 N, 67.877 E (29.54 N)")
    assert found.fault == ""
