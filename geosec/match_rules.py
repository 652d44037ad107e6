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


EvidenceName = Literal[
    "in_district",
    "in_province",
    "by_district",
    "sound",
    "council",
    "bare_council",
    "reported",
    "namesake",
    "vague",
    "large",
    "called_town",
    "no_village",
    "short",
    "bare_station",
    "bare_unit",
    "unknown_beside",
    "stand_in",
    "elsewhere",
    "road_to",
    "named_after",
    "beside",
    "leftover",
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
    Rule("town", 0.9, "a town or village", "the built-up area that its people need"),
    Rule("facility", 0.93, "a facility in a town", "the thing itself, or the town it stands in"),
    Rule("rail_station", 0.9, "a railway station", "the station and its yard"),
    Rule("rail_between", 0.98, "a stretch of railway", "the track between two km posts"),
    Rule("rail_km", 0.97, "a railway kilometre", "the track 2 km either side of the quoted post"),
    Rule("offset", 0.85, "a distance from a place", "the start, and errors of way and direction"),
    Rule("district", 0.97, "a district", "its area"),
    Rule("province", 0.91, "a province", "its area, or that of the country"),
    Rule("tehsil", 0.98, "a tehsil", "so many kilometres round its main town"),
    Rule("landmark", 0.91, "a landmark", "the thing itself"),
    Rule("route", 0.93, "a road or route", "the ground that the road may take"),
    Rule("coordinates", 0.99, "coordinates", "half a unit of the last digit, or the source's code"),
)
MATCH_RULES: Final[dict[str, Rule]] = {rule.name: rule for rule in _RULES}


@dataclass(frozen=True)
class Evidence:
    """What speaks for or against an answer.

    Attributes
    ----------
    name : str
        What it is called where scores are fitted.
    odds : float
        By how much it multiplies the odds that the place found is the place meant.
    wording : str
        What it says.
    """

    name: EvidenceName
    odds: float
    wording: str


_EVIDENCE: Final = (
    Evidence("in_district", 2.2, "the place lies in a district that is named beside it"),
    Evidence("in_province", 1.4, "the place lies in the province that phrase or row name"),
    Evidence("by_district", 0.3, "it lies beside the district that is named, and not in it"),
    Evidence("sound", 0.33, "its name is spelt otherwise, and sounds the same"),
    # Of names that UCDP coded, and that are known as union councils only, a fifth lie elsewhere.
    Evidence("council", 0.4, "it is known as a union council only: others may bear its name"),
    Evidence("bare_council", 0.1, "the same, and nothing says in which province"),
    Evidence("reported", 0.4, "it is known from coded events alone, and nothing says its district"),
    Evidence(
        "namesake", 0.2, "its name is known in another district, too, where fewer people live"
    ),
    Evidence("vague", 0.3, "a distance is long, or begins in something wide"),
    Evidence("large", 1.4, "it is a town of 100,000 people or more"),
    Evidence("called_town", 2.69, "it is a town or village, and the phrase calls it a town"),
    Evidence("no_village", 0.07, "the phrase calls a village what is a town, or a unit"),
    Evidence("short", 0.2, "its name has four letters or fewer, and nobody counted its people"),
    Evidence("bare_station", 0.11, "it is a railway station, and the phrase does not say so"),
    Evidence("bare_unit", 0.15, "it is a district or province, and the phrase does not say so"),
    Evidence("unknown_beside", 0.7, "a name before it is not known: it is said to lie there"),
    Evidence("stand_in", 0.61, "a district stands for a place whose point is not known"),
    # Real reports would have 0.5; a phrase that contradicts itself is told as doubtful on purpose.
    Evidence("elsewhere", 0.15, "a name before it is known elsewhere only: one of both is wrong"),
    Evidence("road_to", 0.35, "a road that bears its name is placed at the town it leads to"),
    # A guess: reports have too few. Dir Colony, Mianwali Colony and Lahore Gate are in other towns.
    Evidence(
        "named_after", 0.035, "a colony or gate that bears its name is mostly in another town"
    ),
    Evidence("beside", 0.5, "it stands for a construction whose own place is not known"),
    Evidence("leftover", 0.49, "words behind it were not understood"),
)
EVIDENCE: Final[dict[str, Evidence]] = {each.name: each for each in _EVIDENCE}
