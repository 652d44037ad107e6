"""The match rules: how a phrase was understood, with how sure and how far that is.

`MATCH_RULES` is the one table: the scores that geocoding gives, the words by which a map calls a
rule and the column ``match_rule`` all come from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

MatchRule = Literal[
    "town",
    "facility",
    "rail_station",
    "rail_between",
    "rail_km",
    "offset",
    "district",
    "province",
    "tehsil",
    "landmark",
    "route",
    "coordinates",
]


@dataclass(frozen=True)
class Rule:
    """One way to understand a phrase.

    Attributes
    ----------
    name : str
        As in the column ``match_rule``.
    score : float
        Probability that the place found is the place meant, its name spelt as in the gazetteer.
    wording : str
        What a map calls a place that was found so.
    radius : str
        What the radius, or the footprint, takes in.
    """

    name: MatchRule
    score: float
    wording: str
    radius: str


# Scores are fitted by `geosec evaluate --fit` to the phrases in tests/data, and rounded; landmarks
# and tehsils are set lower, by what phrases of unseen reports kept, for many of them stand at a
# borrowed point.
_RULES: Final = (
    Rule("town", 0.98, "a town or village", "the built-up area that its people need"),
    Rule("facility", 0.96, "a facility in a town", "the thing itself, or the town it stands in"),
    Rule("rail_station", 0.98, "a railway station", "the station and its yard"),
    Rule("rail_between", 0.98, "a stretch of railway", "the track between two km posts"),
    Rule("rail_km", 0.97, "a railway kilometre", "the track 2 km either side of the quoted post"),
    Rule("offset", 0.98, "a distance from a place", "the start, and errors of way and direction"),
    Rule("district", 0.98, "a district", "its area"),
    Rule("province", 0.98, "a province", "its area, or that of the country"),
    Rule("tehsil", 0.85, "a tehsil", "so many kilometres round its main town"),
    Rule("landmark", 0.92, "a landmark", "the thing itself"),
    Rule("route", 0.9, "a road or route", "the ground that the road may take"),
    Rule("coordinates", 0.99, "coordinates", "half a unit of the last digit, or the source's code"),
)
MATCH_RULES: Final[dict[str, Rule]] = {rule.name: rule for rule in _RULES}
