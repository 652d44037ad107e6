"""Spatial precision codes of event data sets, as footprints.

The coordinates of a coded event are a stand-in, and stay the best point: what the code says is how
large the place may be for which they stand. `geosec.reference.codebooks` holds the rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

from geosec.crs import STORAGE_CRS
from geosec.geodesy.segments import SegmentIndex
from geosec.reference.boundaries import Level, load_boundaries
from geosec.reference.codebooks import find_rule
from geosec.shared import build_once
from geosec.uncertainty.footprints import Footprint, make_disc, spread_over_shape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

    from geosec.schema import PrecisionScheme

_UNCODED_M = 5_000.0
_LINE_REACH_M = 25_000.0  # a point farther from a line than "near" does not stand for it
_BORDER_M = 3_000.0  # beyond a border coordinates still count as inside: rounding, and its vintage
_UNIT_WORDS: dict[Level, str] = {"adm0": "country", "adm1": "province", "adm2": "district"}


def decode_footprint(
    lon: float,
    lat: float,
    scheme: PrecisionScheme | None,
    code: int | None,
    *,
    vicinity: bool = False,
    lines: Mapping[str, BaseGeometry] | None = None,
) -> tuple[Footprint | None, str]:
    """Make a footprint of coded coordinates (EPSG:4326), and say in words what was assumed.

    Without a code a disc of 5 km is assumed. There is no footprint where the code says that there
    is no place, and where it names a unit and the coordinates lie in none of those shipped: a disc
    would make up the extent of a unit that nobody has looked at. `vicinity`, near the place and
    not in it, widens the disc of GTD's 1 from 5 to 15 km; the other codes name no town to be near
    to. `lines` are what the source's words may mean by a line, by name: where the code says that
    the coordinates stand for a line, the first within 25 km of them is the footprint, and without
    one a disc of 80 km.
    """
    if scheme is None or code is None:
        return make_disc(lon, lat, _UNCODED_M), "coordinates without a precision code: 5 km assumed"
    rule = find_rule(scheme, int(code))
    reason = f"{scheme} precision {code}: {rule.meaning}"
    if rule.kind == "nowhere":
        return None, reason
    if rule.kind == "disc":
        added_m = rule.vicinity_m if vicinity else 0.0
        told = f"; near it, not in it: {added_m / 1000:.0f} km added" if added_m else ""
        return make_disc(lon, lat, rule.full_radius_m + added_m), reason + told
    if rule.kind == "line":
        footprint, told = _spread_along_line(lon, lat, lines or {}, rule.full_radius_m)
        return footprint, f"{reason}; {told}"
    held, told = _spread_over_unit(lon, lat, rule.level)
    return held, f"{reason}; {told}" if told else reason


def _spread_along_line(
    lon: float, lat: float, lines: Mapping[str, BaseGeometry], otherwise_m: float
) -> tuple[Footprint, str]:
    """Spread along the first line that the point may stand for, else over a wide disc."""
    away_m = {
        name: float(
            SegmentIndex(gpd.GeoSeries([line], crs=STORAGE_CRS)).distance_m([lon], [lat])[0]
        )
        for name, line in lines.items()
    }
    name = next((each for each in away_m if away_m[each] <= _LINE_REACH_M), None)
    if name is not None:
        return spread_over_shape(lines[name], best=(lon, lat)), f"along {name}"
    far = [f"{each} lies {away_m[each] / 1000:.0f} km from the point" for each in away_m]
    assumed = f"{otherwise_m / 1000:.0f} km round the point assumed"
    told = f"{'; '.join(far)}: " if far else "its course is not known: "
    return make_disc(lon, lat, otherwise_m), told + assumed


def _spread_over_unit(lon: float, lat: float, level: Level) -> tuple[Footprint | None, str]:
    """Spread over the unit that holds the point, or the one whose border it just misses."""
    units, word = _load_units(level), _UNIT_WORDS[level]
    held = units.sindex.query(shapely.Point(lon, lat), predicate="intersects")
    if held.size:
        return spread_over_shape(units.iloc[held[0]], best=(lon, lat)), ""
    beside = _index_units(level).nearest([lon], [lat], max_distance_m=_BORDER_M)
    if not beside.target_idx.size:
        return None, f"the point lies in no {word} of the boundaries, so its extent is not known"
    told = f"the point lies {beside.distance_m[0] / 1000:.1f} km outside that {word}"
    return spread_over_shape(units.iloc[beside.target_idx[0]], best=(lon, lat)), told


@build_once
def _load_units(level: Level) -> gpd.GeoSeries:
    return load_boundaries(level).geometry


@build_once
def _index_units(level: Level) -> SegmentIndex:
    return SegmentIndex(_load_units(level))
