from __future__ import annotations

import pytest

from geosec.numerals.coordinates import find_coordinates


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
