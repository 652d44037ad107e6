"""Spatial precision codes of event data sets, as footprints.

The coordinates of a coded event are a stand-in: what the code says is how large the place may be
for which they stand. Sources: ACLED Codebook (``geo_precision``), UCDP GED Codebook
(``where_prec``), GTD Codebook (``specificity``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import shapely

from geosec.errors import ParameterError
from geosec.location.footprints import Footprint, disc, spread_over
from geosec.reference.boundaries import Level, load_boundaries

if TYPE_CHECKING:
    from geosec.schema import PrecisionScheme

_UNCODED_M = 5_000.0


@dataclass(frozen=True)
class PrecisionRule:
    """What one code stands for.

    Attributes
    ----------
    kind : {"disc", "unit", "nowhere"}
        A disc round the coordinates, the administrative unit they stand for, or no place.
    full_radius_m : float
        Of a disc, metres within which the event lies for certain.
    level : str
        Of a unit: the boundary level.
    meaning : str
        The code book's words, shortened.

    Examples
    --------
    >>> PRECISION_RULES["ucdp", 2].full_radius_m
    25000.0
    """

    kind: Literal["disc", "unit", "nowhere"]
    meaning: str
    full_radius_m: float = 0.0
    level: Level = "adm2"


PRECISION_RULES: dict[tuple[PrecisionScheme, int], PrecisionRule] = {
    ("acled", 1): PrecisionRule("disc", "a named town, its centre", 5_000.0),
    ("acled", 2): PrecisionRule("disc", "part of a region, or near a town", 25_000.0),
    ("acled", 3): PrecisionRule("unit", "a larger region, often its capital", level="adm1"),
    ("ucdp", 1): PrecisionRule("disc", "the exact place", 2_000.0),
    ("ucdp", 2): PrecisionRule("disc", "within about 25 km of a known point", 25_000.0),
    ("ucdp", 3): PrecisionRule("unit", "only the district is known"),
    ("ucdp", 4): PrecisionRule("unit", "only the province is known", level="adm1"),
    ("ucdp", 5): PrecisionRule("disc", "a line or fuzzy area, its course not given", 25_000.0),
    ("ucdp", 6): PrecisionRule("unit", "only the country is known", level="adm0"),
    ("ucdp", 7): PrecisionRule("nowhere", "international waters or airspace"),
    ("gtd", 1): PrecisionRule("disc", "a town, its centre", 5_000.0),
    ("gtd", 2): PrecisionRule("unit", "in a town, centroid of the smallest region"),
    ("gtd", 3): PrecisionRule("unit", "not in a town, centroid of the smallest region"),
    ("gtd", 4): PrecisionRule("unit", "centre of the province", level="adm1"),
    ("gtd", 5): PrecisionRule("nowhere", "unknown"),
}


def coded_footprint(
    lon: float, lat: float, scheme: PrecisionScheme | None, code: int | None
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

    Returns
    -------
    footprint : Footprint or None
        None where the code says that there is no place.
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
    """
    if scheme is None or code is None:
        return disc(lon, lat, _UNCODED_M), "coordinates without a precision code: 5 km assumed"
    rule = PRECISION_RULES.get((scheme, int(code)))
    if rule is None:
        codes = sorted(known for book, known in PRECISION_RULES if book == scheme)
        msg = f"{scheme} has no precision code {code}; it has {codes or 'no codes here'}."
        raise ParameterError(msg)
    reason = f"{scheme} precision {code}: {rule.meaning}"
    if rule.kind == "nowhere":
        return None, reason
    if rule.kind == "disc":
        return disc(lon, lat, rule.full_radius_m), reason
    return _unit_footprint(lon, lat, rule.level), reason


def _unit_footprint(lon: float, lat: float, level: Level) -> Footprint | None:
    """Spread over the unit that holds the point; the point itself stays the best point."""
    units = load_boundaries(level)
    held = units.sindex.query(shapely.Point(lon, lat), predicate="intersects")
    if not held.size:
        return None
    return spread_over(units.geometry.iloc[held[0]], best=(lon, lat))
