"""Whether coordinates agree with the words beside them, or with the units that a row gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.geodesy.geodesics import distance_between_m
from geosec.uncertainty.footprints import full_radius_m

if TYPE_CHECKING:
    from geosec.geocoding.placing.ground import Ground
    from geosec.geocoding.placing.readings import Answer, Reading
    from geosec.geocoding.placing.scope import Scope
    from geosec.uncertainty.footprints import Footprint


def explain_disagreement(
    footprint: Footprint, answer: Answer | None, scope: Scope, ground: Ground
) -> str:
    """Say how far coordinates are from what the words beside them mean; empty where they agree.

    `answer` is what the words mean by themselves. Nothing is said of words that are not sure.
    """
    if scope.country:
        return f"the words place it in {ground.name_country(scope.country)}"
    by_row = _explain_units(footprint, *_name_given(scope), ground)
    if by_row or answer is None:
        return by_row
    away = [_measure_beyond_m(footprint, each) for each in answer.readings]
    if away and min(away) <= PARAMETERS.agreed_m:
        return ""
    if away and answer.status == "matched" and answer.readings[0].score >= PARAMETERS.sure_score:
        return f"it lies {away[0] / 1000:.0f} km from {answer.readings[0].name}, which is named"
    units = scope.districts or scope.provinces
    return _explain_units(footprint, units, "where the words place it", ground)


def _name_given(scope: Scope) -> tuple[frozenset[str], str]:
    """Give the codes and the name of the finest unit that the row gives; none for no hint."""
    unit = scope.unit
    if unit is not None and unit.adm2_code:
        return frozenset({unit.adm2_code}), f"{unit.name}, which the row gives"
    given = scope.provinces if scope.is_hinted else frozenset[str]()
    return given, f"{scope.hints.admin1}, which the row gives"


def _explain_units(footprint: Footprint, codes: frozenset[str], named: str, ground: Ground) -> str:
    areas = [area for code in sorted(codes) if (area := ground.find_area(code)) is not None]
    if not areas or len(areas) < len(codes):
        return ""
    away_m = min(measure_away_m(footprint, area) for area in areas)
    return f"it lies {away_m / 1000:.0f} km from {named}" if away_m > PARAMETERS.agreed_m else ""


def _measure_beyond_m(footprint: Footprint, reading: Reading) -> float:
    """Measure from coordinates to the edge of what words mean, in metres."""
    meant = reading.footprint
    if meant.shape is not None:
        return measure_away_m(footprint, meant.shape)
    return measure_away_m(footprint, meant.point) - full_radius_m(meant.uncertainty_m)


def measure_away_m(footprint: Footprint, shape: shapely.Geometry) -> float:
    """Measure from the edge of a disc, or from the shape of a footprint, to another shape."""
    own = footprint.point if footprint.shape is None else footprint.shape
    if shapely.intersects(own, shape):
        return 0.0
    one, two = shapely.get_coordinates(shapely.shortest_line(own, shape))
    away_m = distance_between_m(*one, *two)
    radius_m = full_radius_m(footprint.uncertainty_m) if footprint.shape is None else 0.0
    return max(0.0, away_m - radius_m)
