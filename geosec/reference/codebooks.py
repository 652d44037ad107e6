"""What the spatial precision codes of event data sets stand for.

Three code books are known:

- ACLED Codebook, acleddata.com, section *Spatial precision codes* (``geo_precision``);
- UCDP GED Codebook 25.1, Uppsala University, section 5.4.2 and the variable ``where_prec``;
- GTD Codebook, START, University of Maryland, section III *Incident Location* (from page 16 of the
  edition of June 2017), *Geocoding Specificity* (``specificity``) and *Vicinity* (``vicinity``).

Only UCDP's 25 km stands in a book. The other radii are ours; each says what it rests on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from geosec.errors import ParameterError

if TYPE_CHECKING:
    from geosec.reference.boundaries import Level
    from geosec.schema import PrecisionScheme

_EXACT_M = 2_000.0  # a named village or post and the ground round it
_TOWN_M = 5_000.0  # a town with its outskirts: 400,000 people at 5,000 to the km2
_NEAR_TOWN_M = 25_000.0  # ACLED names no distance; UCDP's "near" does
_KNOWN_POINT_M = 25_000.0  # "within at maximum a ca. 25 km radius around a known point"
_VICINITY_M = 10_000.0  # GTD names no distance; what "near" a town adds in a phrase
# Of the lines between the middles of neighbouring districts of Pakistan that are more than 25 km
# apart, 19 in 20 reach no farther from their own middle (measured; see the tests).
_LINE_M = 80_000.0


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


def find_rule(scheme: PrecisionScheme, code: int) -> PrecisionRule:
    """Find the rule for a code; a `ParameterError` lists the codes that the book has."""
    rule = PRECISION_RULES.get((scheme, code))
    if rule is None:
        codes = sorted(known for book, known in PRECISION_RULES if book == scheme)
        msg = f"{scheme} has no precision code {code}; it has {codes or 'no codes here'}."
        raise ParameterError(msg)
    return rule
