from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from geosec.numerals.coordinates import find_coordinates
from geosec.numerals.grid_references import find_grid_square

# made by GEOTRANS (mgrs 1.6.0 of PyPI): reference, latitude, longitude
MADE_ELSEWHERE = (
    ("42RUT9122168673", 29.543, 67.8773),
    ("42RUU0757740873", 30.1841, 67.0014),
    ("42RTN9893650914", 24.86, 67.01),
    ("42SYC3825966266", 34.01, 71.58),
    ("41RNJ0486375806", 26.0011, 63.0486),
    ("43SDA9109083783", 36.9, 74.9),
    ("56HLH3441651925", -33.86, 151.21),
    ("27WVM5427014066", 64.15, -21.94),
    ("37NBA5514355306", 0.5, 36.8),
)


@pytest.mark.parametrize(("text", "lat", "lon"), MADE_ELSEWHERE)
def test_a_reference_is_where_another_program_has_it(text, lat, lon):
    found = find_grid_square(text)
    assert (found.lat, found.lon) == (pytest.approx(lat, abs=2e-5), pytest.approx(lon, abs=2e-5))
    assert found.half_side_m == 0.5


@pytest.mark.parametrize(
    ("text", "half_side_m"),
    [
        ("42R UT 9122 6867", 5),
        ("42R UT 912 686", 50),
        ("42RUT9168", 500),
        ("at 42RUT9122168673.", 0.5),
        ("MGRS 42R UT 91221 68673", 0.5),
    ],
)
def test_fewer_digits_are_a_larger_square(text, half_side_m):
    assert find_grid_square(text).half_side_m == half_side_m


@pytest.mark.parametrize(
    "text",
    ["42R UU 932 3684", "61R UU 93231 36842", "42I UU 93231 36842", "42R AU 93 36"],
)
def test_what_is_no_reference_is_none(text):
    assert find_grid_square(text) is None


def test_a_reference_in_a_phrase_is_its_coordinates():
    found = find_coordinates("near 42R UT 91221 68673, Sibi")
    square = find_grid_square("42R UT 91221 68673")
    assert (found.lon, found.lat, found.resolution_m) == square[:3]


@given(st.floats(60.5, 77.5), st.floats(23.5, 37.0))
def test_every_point_of_pakistan_lies_in_its_square(lon, lat):
    zone = int((lon + 180) // 6) + 1
    east_m, north_m = Transformer.from_crs(4326, 32600 + zone, always_xy=True).transform(lon, lat)
    columns = ("STUVWXYZ", "ABCDEFGH", "JKLMNPQR")[zone % 3]
    rows = "ABCDEFGHJKLMNPQRSTUV" if zone % 2 else "FGHJKLMNPQRSTUVABCDE"
    band = "QRS"[int((lat - 16) // 8)]
    letters = columns[int(east_m // 100_000) - 1] + rows[int(north_m // 100_000) % 20]
    text = f"{zone}{band}{letters}{int(east_m) % 100_000:05d}{int(north_m) % 100_000:05d}"
    found = find_grid_square(text)
    assert (found.lon, found.lat) == (pytest.approx(lon, abs=2e-5), pytest.approx(lat, abs=2e-5))
