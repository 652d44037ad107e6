from __future__ import annotations

import pytest

from geosec import ParameterError
from geosec.location.footprints import full_radius_m
from geosec.location.precision import coded_footprint

QUETTA = (67.0, 30.18)


@pytest.mark.parametrize(
    ("scheme", "code", "radius_m"),
    [
        ("acled", 1, 5_000),
        ("acled", 2, 25_000),
        ("ucdp", 1, 2_000),
        ("ucdp", 2, 25_000),
        ("gtd", 1, 5_000),
    ],
)
def test_a_code_for_a_point_is_a_disc(scheme, code, radius_m):
    footprint, _ = coded_footprint(*QUETTA, scheme, code)
    assert full_radius_m(footprint.uncertainty_m) == pytest.approx(radius_m)
    assert footprint.shape is None


@pytest.mark.parametrize(
    ("scheme", "code", "level_km2"),
    [
        ("acled", 3, 300_000),
        ("ucdp", 4, 300_000),
        ("ucdp", 3, 1_000),
        ("ucdp", 6, 700_000),
        ("gtd", 4, 300_000),
    ],
)
def test_a_code_for_a_unit_is_its_polygon_and_the_point_stays(scheme, code, level_km2):
    footprint, reason = coded_footprint(*QUETTA, scheme, code)
    assert footprint.shape.area * 111**2 * 0.86 > level_km2
    assert footprint.point.coords[0] == QUETTA
    assert reason.startswith(f"{scheme} precision {code}: ")


@pytest.mark.parametrize(("scheme", "code"), [("ucdp", 7), ("gtd", 5)])
def test_a_code_for_nowhere_is_no_place(scheme, code):
    assert coded_footprint(*QUETTA, scheme, code)[0] is None


def test_coordinates_without_a_code_say_what_is_assumed():
    assert coded_footprint(*QUETTA, None, None)[1].endswith("5 km assumed")


def test_an_unknown_code_is_refused():
    with pytest.raises(ParameterError, match=r"acled has no precision code 9; it has \[1, 2, 3\]"):
        coded_footprint(*QUETTA, "acled", 9)
