"""What the steps hand on: placements, which are drawn and not yet judged, readings and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from geosec.geocoding.placing.heads import Head
    from geosec.geocoding.placing.matcher import Candidate
    from geosec.match_rules import EvidenceName, MatchRule
    from geosec.schema import MatchStatus
    from geosec.uncertainty.footprints import Footprint


class Placement(NamedTuple):
    """One place a phrase may mean, drawn on the ground before it is judged."""

    footprint: Footprint  #: where it may be, in EPSG:4326
    rule: MatchRule  #: how the phrase was understood
    name: str
    place_id: str  #: its identifier in the gazetteer, or one made for the construction
    candidate: Candidate | None = None  #: the place it is, or starts from
    head: Head | None = None  #: the item it was read from; None for a construction
    told: str = ""  #: what was assumed when it was drawn
    beside: str = ""  #: why it stands for a construction whose own place is not known
    rail_line: str | None = None  #: the railway line whose stretch it is
    share: float = 1.0  #: how probable it is beside others of its construction, without a candidate


class Reading(NamedTuple):
    """One place a phrase may mean."""

    footprint: Footprint  #: where it may be, in EPSG:4326
    rule: MatchRule  #: how the phrase was understood
    name: str
    place_id: str  #: its identifier in the gazetteer, or one made for the construction
    weight: float  #: its share among the readings, 0 to 1
    score: float  #: probability that this is the place meant, 0 to 1
    reason: str = ""  #: what was assumed
    rail_line: str | None = None  #: the railway line whose stretch it is
    sure: float = 1.0  #: how probable it is, 0 to 1, that its name is not a guess gone wrong
    evidence: tuple[EvidenceName, ...] = ()  #: what its score was made of, beside the rule


class Answer(NamedTuple):
    """What a phrase was understood to mean."""

    status: MatchStatus
    readings: tuple[Reading, ...] = ()  #: the most probable first; empty where there is no match
    reason: str = ""  #: why there is no match
