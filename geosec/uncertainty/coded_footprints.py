"""Spatial precision codes of event data sets, as footprints.

The coordinates of a coded event are a stand-in, and stay the best point: what the code says is how
large the place may be for which they stand,
and `geosec.reference.codebooks` holds the rules.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

from geosec.crs import STORAGE_CRS
from geosec.geodesy.segments import SegmentIndex
from geosec.reference.boundaries import Level, load_boundaries
from geosec.reference.codebooks import find_rule
from geosec.uncertainty.footprints import Footprint, disc, spread_over

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

    from geosec.schema import PrecisionScheme

_UNCODED_M = 5_000.0
_LINE_REACH_M = 25_000.0  # a point farther from a line than "near" does not stand for it
_BORDER_M = 3_000.0  # beyond a border coordinates still count as inside: rounding, and its vintage
_UNIT_WORDS: dict[Level, str] = {"adm0": "country", "adm1": "province", "adm2": "district"}


def coded_footprint(
    lon: float,
    lat: float,
    scheme: PrecisionScheme | None,
    code: int | None,
    *,
    vicinity: bool = False,
    lines: Mapping[str, BaseGeometry] | None = None,
) -> tuple[Footprint | None, str]:
    """Turn coordinates and their precision code into a footprint.

    Parameters
    ----------
    lon, lat : float
        Degrees in EPSG:4326, as the source gives them; they stay the best point.
    scheme : {"acled", "ucdp", "gtd"}, optional
        Code book.
    code : int, optional
        Its code. Without one, a disc of 5 km is assumed.
    vicinity : bool, default False
        The source says near the place and not in it. Widens the disc of GTD's 1 from 5 to 15 km;
        the other codes name no town to be near to, and stay as they are.
    lines : mapping of str to shapely geometry, optional
        What the source's words may mean by a line: a LineString, or the Polygon of the ground it
        runs in, by name, EPSG:4326. Where the code says that the coordinates stand for a line, the
        first of these within 25 km of them is the footprint; without one, a disc of 80 km.

    Returns
    -------
    footprint : Footprint or None
        None where the code says that there is no place, and where it names a unit and the
        coordinates lie in none of those shipped: a disc would make up the extent of a unit that
        nobody has looked at.
    reason : str
        What was assumed, in words.

    Raises
    ------
    ParameterError
        If the code book has no such code.

    Examples
    --------
    >>> footprint, reason = coded_footprint(67.87, 29.55, "ucdp", 2)
    >>> round(footprint.uncertainty_m), reason
    (24367, 'ucdp precision 2: within about 25 km of a known point')
    >>> near, _ = coded_footprint(67.87, 29.55, "gtd", 1, vicinity=True)
    >>> round(near.uncertainty_m)
    14620
    """
    if scheme is None or code is None:
        return disc(lon, lat, _UNCODED_M), "coordinates without a precision code: 5 km assumed"
    rule = find_rule(scheme, int(code))
    reason = f"{scheme} precision {code}: {rule.meaning}"
    if rule.kind == "nowhere":
        return None, reason
    if rule.kind == "disc":
        added_m = rule.vicinity_m if vicinity else 0.0
        told = f"; near it, not in it: {added_m / 1000:.0f} km added" if added_m else ""
        return disc(lon, lat, rule.full_radius_m + added_m), reason + told
    if rule.kind == "line":
        footprint, told = _on_line(lon, lat, lines or {}, rule.full_radius_m)
        return footprint, f"{reason}; {told}"
    held, told = _in_unit(lon, lat, rule.level)
    return held, f"{reason}; {told}" if told else reason


def _on_line(
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
        return spread_over(lines[name], best=(lon, lat)), f"along {name}"
    far = [f"{each} lies {away_m[each] / 1000:.0f} km from the point" for each in away_m]
    assumed = f"{otherwise_m / 1000:.0f} km round the point assumed"
    told = f"{'; '.join(far)}: " if far else "its course is not known: "
    return disc(lon, lat, otherwise_m), told + assumed


def _in_unit(lon: float, lat: float, level: Level) -> tuple[Footprint | None, str]:
    """Spread over the unit that holds the point, or the one whose border it just misses."""
    units, word = _units(level), _UNIT_WORDS[level]
    held = units.sindex.query(shapely.Point(lon, lat), predicate="intersects")
    if held.size:
        return spread_over(units.iloc[held[0]], best=(lon, lat)), ""
    beside = _index(level).nearest([lon], [lat], max_distance_m=_BORDER_M)
    if not beside.target_idx.size:
        return None, f"the point lies in no {word} of the boundaries, so its extent is not known"
    told = f"the point lies {beside.distance_m[0] / 1000:.1f} km outside that {word}"
    return spread_over(units.iloc[beside.target_idx[0]], best=(lon, lat)), told


@cache
def _units(level: Level) -> gpd.GeoSeries:
    return load_boundaries(level).geometry


@cache
def _index(level: Level) -> SegmentIndex:
    return SegmentIndex(_units(level))
