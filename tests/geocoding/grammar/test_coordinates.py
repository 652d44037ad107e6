from __future__ import annotations

import pytest

from geosec.geocoding.grammar.coordinates import find_coordinates


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
    ],
)
def test_coordinates_are_read(text, lat, lon):
    found = find_coordinates(text)
    assert (found.lat, found.lon) == (pytest.approx(lat, abs=1e-5), pytest.approx(lon, abs=1e-5))


@pytest.mark.parametrize("text", ["7, 20 injured", "M-8", "2025-03-11", "12 km"])
def test_other_numbers_are_no_coordinates(text):
    assert find_coordinates(text) is None


def test_fewer_decimals_are_less_precise():
    assert find_coordinates("29.54N, 67.87E").resolution_m == pytest.approx(557, abs=1)
