"""Spatial precision codes of event data sets, as footprints.

The coordinates of a coded event are a stand-in, and stay the best point: what the code says is how
large the place may be for which they stand. Three code books are known:

- ACLED Codebook, acleddata.com, section *Spatial precision codes* (``geo_precision``);
- UCDP GED Codebook 25.1, Uppsala University, section 5.4.2 and the variable ``where_prec``;
- GTD Codebook, START, University of Maryland, section III *Incident Location* (from page 16 of the
  edition of June 2017), *Geocoding Specificity* (``specificity``) and *Vicinity* (``vicinity``).

Only UCDP's 25 km stands in a book. The other radii are ours; each says what it rests on.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

import geopandas as gpd
import shapely

from geosec.crs import STORAGE_CRS
from geosec.errors import ParameterError
from geosec.geodesy.segments import SegmentIndex
from geosec.reference.boundaries import Level, load_boundaries
from geosec.uncertainty.footprints import Footprint, disc, spread_over

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

    from geosec.schema import PrecisionScheme

_UNCODED_M = 5_000.0
_EXACT_M = 2_000.0  # a named village or post and the ground round it
_TOWN_M = 5_000.0  # a town with its outskirts: 400,000 people at 5,000 to the km2
_NEAR_TOWN_M = 25_000.0  # ACLED names no distance; UCDP's "near" does
_KNOWN_POINT_M = 25_000.0  # "within at maximum a ca. 25 km radius around a known point"
_VICINITY_M = 10_000.0  # GTD names no distance; what "near" a town adds in a phrase
# Of the lines between the middles of neighbouring districts of Pakistan that are more than 25 km
# apart, 19 in 20 reach no farther from their own middle (measured; see the tests).
_LINE_M = 80_000.0
_LINE_REACH_M = 25_000.0  # a point farther from a line than "near" does not stand for it
_BORDER_M = 3_000.0  # beyond a border coordinates still count as inside: rounding, and its vintage
_UNIT_WORDS: dict[Level, str] = {"adm0": "country", "adm1": "province", "adm2": "district"}


@dataclass(frozen=True)
class PrecisionRule:
    """What one code stands for.

    Attributes
    ----------
    kind : {"disc", "unit", "line", "nowhere"}
        A disc round the coordinates, the administrative unit they stand for, the line they stand
        for, or no place.
    meaning : str
        The code book's words, shortened.
    full_radius_m : float
        Of a disc, metres within which the event lies for certain; of a line, the disc that is
        assumed where its course is not known.
    vicinity_m : float
        What is added to the radius of a disc where the source says near the place and not in it.
    level : str
        Of a unit: the boundary level.

    Examples
    --------
    >>> PRECISION_RULES["ucdp", 2].full_radius_m
    25000.0
    """

    kind: Literal["disc", "unit", "line", "nowhere"]
    meaning: str
    full_radius_m: float = 0.0
    vicinity_m: float = 0.0
    level: Level = "adm2"


PRECISION_RULES: dict[tuple[PrecisionScheme, int], PrecisionRule] = {
    # ACLED Codebook, Spatial precision codes
    ("acled", 1): PrecisionRule("disc", "a named town, its centre", _TOWN_M),
    ("acled", 2): PrecisionRule("disc", "part of a region, or near a town", _NEAR_TOWN_M),
    ("acled", 3): PrecisionRule("unit", "a larger region, often its capital", level="adm1"),
    # UCDP GED Codebook 25.1, where_prec and section 5.4.2
    ("ucdp", 1): PrecisionRule("disc", "the exact place", _EXACT_M),
    ("ucdp", 2): PrecisionRule("disc", "within about 25 km of a known point", _KNOWN_POINT_M),
    ("ucdp", 3): PrecisionRule("unit", "only the district is known"),
    ("ucdp", 4): PrecisionRule("unit", "only the province is known", level="adm1"),
    ("ucdp", 5): PrecisionRule("line", "a line, or an area without clear borders", _LINE_M),
    ("ucdp", 6): PrecisionRule("unit", "only the country is known", level="adm0"),
    ("ucdp", 7): PrecisionRule("nowhere", "international waters or airspace"),
    # GTD Codebook, III Incident Location, Geocoding Specificity and Vicinity
    ("gtd", 1): PrecisionRule("disc", "a town, its centre", _TOWN_M, vicinity_m=_VICINITY_M),
    ("gtd", 2): PrecisionRule("unit", "in a town, centroid of the smallest region"),
    ("gtd", 3): PrecisionRule("unit", "not in a town, centroid of the smallest region"),
    ("gtd", 4): PrecisionRule("unit", "centre of the province", level="adm1"),
    ("gtd", 5): PrecisionRule("nowhere", "unknown"),
}


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
    rule = _rule(scheme, int(code))
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


def _rule(scheme: PrecisionScheme, code: int) -> PrecisionRule:
    rule = PRECISION_RULES.get((scheme, code))
    if rule is None:
        codes = sorted(known for book, known in PRECISION_RULES if book == scheme)
        msg = f"{scheme} has no precision code {code}; it has {codes or 'no codes here'}."
        raise ParameterError(msg)
    return rule


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
