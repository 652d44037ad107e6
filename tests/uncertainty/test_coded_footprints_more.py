"""Precision codes where there is no unit, at borders, and in every book."""

from __future__ import annotations

from typing import get_args

import pytest
import shapely

from geosec import ParameterError
from geosec.reference.boundaries import LEVELS, load_boundaries
from geosec.reference.codebooks import PRECISION_RULES
from geosec.schema import PrecisionScheme
from geosec.uncertainty.coded_footprints import coded_footprint
from geosec.uncertainty.footprints import full_radius_m

SIBI, KABUL, AT_SEA = (67.877, 29.543), (69.2, 34.5), (64.0, 23.5)
UNITS = [key for key, rule in PRECISION_RULES.items() if rule.kind == "unit"]
DISCS = [key for key, rule in PRECISION_RULES.items() if rule.kind == "disc"]


def test_every_book_of_the_contract_has_its_codes_from_1_without_gaps():
    for book in get_args(PrecisionScheme):
        codes = sorted(code for scheme, code in PRECISION_RULES if scheme == book)
        assert codes == list(range(1, len(codes) + 1))
        assert codes


@pytest.mark.parametrize(("scheme", "code"), PRECISION_RULES)
def test_every_code_is_explained_and_says_book_and_number(scheme, code):
    told, _, assumed = coded_footprint(*SIBI, scheme, code)[1].partition("; ")
    assert told == f"{scheme} precision {code}: {PRECISION_RULES[scheme, code].meaning}"
    assert bool(assumed) == (PRECISION_RULES[scheme, code].kind == "line")


@pytest.mark.parametrize(("scheme", "code"), UNITS)
@pytest.mark.parametrize("place", [KABUL, AT_SEA])
def test_a_unit_where_none_is_drawn_is_no_place_but_has_its_reason(scheme, code, place):
    footprint, reason = coded_footprint(*place, scheme, code)
    assert footprint is None
    assert reason.endswith("of the boundaries, so its extent is not known")


@pytest.mark.parametrize(("scheme", "code"), UNITS)
def test_a_unit_is_the_one_that_holds_the_point_and_the_point_stays(scheme, code):
    footprint, _ = coded_footprint(*SIBI, scheme, code)
    level = PRECISION_RULES[scheme, code].level
    assert level in LEVELS
    units = load_boundaries(level)
    (unit,) = units.geometry[units.contains(shapely.Point(SIBI))]
    assert footprint.shape.equals(unit)
    assert footprint.point.coords[0] == SIBI


@pytest.mark.parametrize(("scheme", "code"), DISCS)
def test_a_disc_is_the_same_abroad_and_at_sea(scheme, code):
    radii = {coded_footprint(*at, scheme, code)[0].uncertainty_m for at in (SIBI, KABUL, AT_SEA)}
    assert len(radii) == 1


@pytest.mark.parametrize(
    ("scheme", "finer", "coarser"),
    [("acled", 1, 2), ("ucdp", 1, 2), ("ucdp", 3, 4), ("ucdp", 4, 6)],
)
def test_a_coarser_code_has_the_larger_radius(scheme, finer, coarser):
    radii = [coded_footprint(*SIBI, scheme, code)[0].uncertainty_m for code in (finer, coarser)]
    assert radii[0] < radii[1]


@pytest.mark.parametrize(("scheme", "code"), [(None, None), ("ucdp", None), (None, 3)])
def test_half_a_code_is_none_and_5_km_are_assumed(scheme, code):
    footprint, reason = coded_footprint(*SIBI, scheme, code)
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
        coded_footprint(*SIBI, scheme, code)
