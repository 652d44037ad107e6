"""Each kind of footprint that a precision code may stand for, at borders and in every book."""

from __future__ import annotations

import re
from typing import get_args

import numpy as np
import pytest
import shapely

from geosec import ParameterError
from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.geodesy.geodesics import geodesic_distance_m
from geosec.reference.boundaries import LEVELS, load_boundaries
from geosec.reference.codebooks import PRECISION_RULES
from geosec.schema import PrecisionScheme
from geosec.uncertainty.coded_footprints import decode_footprint
from geosec.uncertainty.draws import make_uniforms
from geosec.uncertainty.footprints import draw_footprint, full_radius_m

SIBI, KABUL, AT_SEA = (67.877, 29.543), (69.2, 34.5), (64.0, 23.5)
UNITS = [key for key, rule in PRECISION_RULES.items() if rule.kind == "unit"]
DISCS = [key for key, rule in PRECISION_RULES.items() if rule.kind == "disc"]
QUETTA = (67.0, 30.18)
SURAB = (66.26, 28.49)
NEAR_SURAB = shapely.LineString([(66.59, 29.03), (66.35, 28.5), (66.61, 27.81)])  # Kalat to Khuzdar
FAR_AWAY = shapely.LineString([(71.5, 34.0), (71.44, 33.59)])  # Peshawar to Kohat


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
    footprint, _ = decode_footprint(*QUETTA, scheme, code)
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
    footprint, reason = decode_footprint(*QUETTA, scheme, code)
    assert footprint.shape.area * 111**2 * 0.86 > level_km2
    assert footprint.point.coords[0] == QUETTA
    assert reason.startswith(f"{scheme} precision {code}: ")


@pytest.mark.parametrize(("scheme", "code"), [("ucdp", 7), ("gtd", 5)])
def test_a_code_for_nowhere_is_no_place(scheme, code):
    assert decode_footprint(*QUETTA, scheme, code)[0] is None


def test_coordinates_without_a_code_say_what_is_assumed():
    assert decode_footprint(*QUETTA, None, None)[1].endswith("5 km assumed")


def test_an_unknown_code_is_refused():
    with pytest.raises(ParameterError, match=r"acled has no precision code 9; it has \[1, 2, 3\]"):
        decode_footprint(*QUETTA, "acled", 9)


def test_gtd_near_the_city_adds_what_near_adds_in_a_phrase():
    """GTD Codebook, Vicinity: 1 is "in the immediate vicinity of the city", 0 "in the city"."""
    inside, _ = decode_footprint(*QUETTA, "gtd", 1)
    near, reason = decode_footprint(*QUETTA, "gtd", 1, vicinity=True)
    added_m = full_radius_m(near.uncertainty_m) - full_radius_m(inside.uncertainty_m)
    assert added_m == pytest.approx(PARAMETERS.near_m)
    assert reason == "gtd precision 1: a town, its centre; near it, not in it: 10 km added"


@pytest.mark.parametrize(("scheme", "code"), sorted(PRECISION_RULES.keys() - {("gtd", 1)}))
def test_where_no_town_is_named_near_changes_nothing(scheme, code):
    plain, near = (decode_footprint(*SURAB, scheme, code, vicinity=flag) for flag in (False, True))
    assert plain == near


@pytest.mark.parametrize("shape", [NEAR_SURAB, NEAR_SURAB.buffer(0.05)])
def test_a_line_is_a_corridor_and_the_point_stays(shape):
    footprint, reason = decode_footprint(*SURAB, "ucdp", 5, lines={"Kalat - Khuzdar": shape})
    assert footprint.shape is shape
    assert footprint.point.coords[0] == SURAB
    assert reason.endswith("; along Kalat - Khuzdar")
    drawn = draw_footprint(footprint, make_uniforms(["x"], 999, seed=3)[0, :, 1:])
    away_m = geodesic_distance_m(*SURAB, *drawn)
    assert np.mean(away_m <= footprint.uncertainty_m) == pytest.approx(0.95, abs=0.01)


def test_a_line_too_far_from_the_point_is_not_its_line():
    both = {"Peshawar - Kohat": FAR_AWAY, "Kalat - Khuzdar": NEAR_SURAB}
    assert decode_footprint(*SURAB, "ucdp", 5, lines=both)[0].shape is NEAR_SURAB
    footprint, reason = decode_footprint(*SURAB, "ucdp", 5, lines={"Peshawar - Kohat": FAR_AWAY})
    assert footprint.shape is None
    assert re.search(r"Peshawar - Kohat lies \d+ km from the point: 80 km round", reason)


def test_a_line_not_known_is_a_disc_that_holds_19_in_20_lines_between_districts():
    footprint, reason = decode_footprint(*SURAB, "ucdp", 5)
    assert reason.endswith("its course is not known: 80 km round the point assumed")
    units = load_boundaries("adm2")
    one, other = units.sindex.query(units.geometry, predicate="intersects")
    lon, lat = units.representative_point().x.to_numpy(), units.representative_point().y.to_numpy()
    apart_m = geodesic_distance_m(lon[one], lat[one], lon[other], lat[other])
    held = apart_m[apart_m > 25_000] / 2 <= full_radius_m(footprint.uncertainty_m)
    assert held.mean() == pytest.approx(0.955, abs=0.005)


@pytest.mark.parametrize("scheme", ["acled", "ucdp", "gtd"])
def test_lines_are_read_only_where_the_code_speaks_of_one(scheme):
    for code in (1, 2, 3):
        footprint, _ = decode_footprint(*SURAB, scheme, code, lines={"road": NEAR_SURAB})
        assert footprint.shape is not NEAR_SURAB


@pytest.mark.parametrize(
    ("place", "kept"),
    [
        ((62.33, 25.08), True),  # off Gwadar, 0.9 km from the coast
        ((62.33, 24.9), False),  # 20 km out
    ],
)
def test_a_point_just_outside_a_unit_still_stands_for_it(place, kept):
    footprint, reason = decode_footprint(*place, "ucdp", 3)
    assert (footprint is not None) == kept
    told = r"lies \d\.\d km outside that district" if kept else "lies in no district of the boundar"
    assert re.search(told, reason)


def test_every_book_of_the_contract_has_its_codes_from_1_without_gaps():
    for book in get_args(PrecisionScheme):
        codes = sorted(code for scheme, code in PRECISION_RULES if scheme == book)
        assert codes == list(range(1, len(codes) + 1))
        assert codes


@pytest.mark.parametrize(("scheme", "code"), PRECISION_RULES)
def test_every_code_is_explained_and_says_book_and_number(scheme, code):
    told, _, assumed = decode_footprint(*SIBI, scheme, code)[1].partition("; ")
    assert told == f"{scheme} precision {code}: {PRECISION_RULES[scheme, code].meaning}"
    assert bool(assumed) == (PRECISION_RULES[scheme, code].kind == "line")


@pytest.mark.parametrize(("scheme", "code"), UNITS)
@pytest.mark.parametrize("place", [KABUL, AT_SEA])
def test_a_unit_where_none_is_drawn_is_no_place_but_has_its_reason(scheme, code, place):
    footprint, reason = decode_footprint(*place, scheme, code)
    assert footprint is None
    assert reason.endswith("of the boundaries, so its extent is not known")


@pytest.mark.parametrize(("scheme", "code"), UNITS)
def test_a_unit_is_the_one_that_holds_the_point_and_the_point_stays(scheme, code):
    footprint, _ = decode_footprint(*SIBI, scheme, code)
    level = PRECISION_RULES[scheme, code].level
    assert level in LEVELS
    units = load_boundaries(level)
    (unit,) = units.geometry[units.contains(shapely.Point(SIBI))]
    assert footprint.shape.equals(unit)
    assert footprint.point.coords[0] == SIBI


@pytest.mark.parametrize(("scheme", "code"), DISCS)
def test_a_disc_is_the_same_abroad_and_at_sea(scheme, code):
    radii = {decode_footprint(*at, scheme, code)[0].uncertainty_m for at in (SIBI, KABUL, AT_SEA)}
    assert len(radii) == 1


@pytest.mark.parametrize(
    ("scheme", "finer", "coarser"),
    [("acled", 1, 2), ("ucdp", 1, 2), ("ucdp", 3, 4), ("ucdp", 4, 6)],
)
def test_a_coarser_code_has_the_larger_radius(scheme, finer, coarser):
    radii = [decode_footprint(*SIBI, scheme, code)[0].uncertainty_m for code in (finer, coarser)]
    assert radii[0] < radii[1]


@pytest.mark.parametrize(("scheme", "code"), [(None, None), ("ucdp", None), (None, 3)])
def test_half_a_code_is_none_and_5_km_are_assumed(scheme, code):
    footprint, reason = decode_footprint(*SIBI, scheme, code)
    assert full_radius_m(footprint.uncertainty_m) == pytest.approx(5_000)
    assert reason.endswith("5 km assumed")


@pytest.mark.parametrize(
    ("scheme", "code", "told"),
    [
        ("ucdp", 0, r"ucdp has no precision code 0; it has \[1, 2, 3, 4, 5, 6, 7\]"),
        ("gtd", 6, r"gtd has no precision code 6; it has \[1, 2, 3, 4, 5\]"),
        ("acled", -1, "acled has no precision code -1"),
        ("nato", 1, "nato has no precision code 1; it has no codes here"),
    ],
)
def test_a_code_that_is_in_no_book_is_answered_with_those_there_are(scheme, code, told):
    with pytest.raises(ParameterError, match=told):
        decode_footprint(*SIBI, scheme, code)
