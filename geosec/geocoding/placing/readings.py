"""A reading: one place a phrase may mean, with its footprint and how probable it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.geodesy.geodesics import distance_between_m
from geosec.match_rules import MATCH_RULES

if TYPE_CHECKING:
    import shapely

    from geosec.geocoding.placing.matcher import Candidate
    from geosec.match_rules import MatchRule
    from geosec.schema import MatchStatus
    from geosec.uncertainty.footprints import Footprint


class Reading(NamedTuple):
    """One place a phrase may mean.

    Attributes
    ----------
    footprint : Footprint
        Where it may be; degrees in EPSG:4326, radius in metres.
    rule : str
        How the phrase was understood.
    name, place_id : str
        The place, and its identifier in the gazetteer.
    weight : float
        Its share among the readings, 0 to 1.
    score : float
        Probability that this is the place meant, 0 to 1.
    reason : str
        What was assumed, empty where nothing was.

    Examples
    --------
    >>> from geosec.uncertainty.footprints import disc
    >>> Reading(disc(67.0, 30.2, 7_000), "town", "Quetta", "gn:1167528", 1.0, 0.95).rule
    'town'
    """

    footprint: Footprint
    rule: MatchRule
    name: str
    place_id: str
    weight: float
    score: float
    reason: str = ""


class Answer(NamedTuple):
    """What a phrase was understood to mean.

    Attributes
    ----------
    status : str
        ``matched``, ``ambiguous``, ``unmatched`` or ``outside``.
    readings : tuple of Reading
        The most probable first; empty where there is no match.
    reason : str
        Why there is no match.

    Examples
    --------
    >>> Answer("unmatched", reason="no name in it is in the gazetteer").readings
    ()
    """

    status: MatchStatus
    readings: tuple[Reading, ...] = ()
    reason: str = ""


def reading_of(
    candidate: Candidate, footprint: Footprint, rule: MatchRule, reason: str, *, name: str = ""
) -> Reading:
    """Make the reading of a candidate place.

    Parameters
    ----------
    candidate : Candidate
        The place and its weight.
    footprint : Footprint
        Where it may be, EPSG:4326.
    rule : str
        How the phrase was understood; its prior score is multiplied by weight and spelling.
    reason : str
        What was assumed.
    name : str, optional
        What to call it; the place's name by default.

    Returns
    -------
    Reading

    Examples
    --------
    >>> from geosec.geocoding.placing.ground import Ground
    >>> from geosec.geocoding.placing.matcher import Candidate
    >>> ground = Ground()
    >>> sibi = ground.place("gn:1164896")
    >>> reading_of(Candidate(sibi, 1.0, 1.0), ground.footprint(sibi), "town", "").score
    0.98
    """
    place = candidate.place
    spelt = (
        "" if candidate.similarity >= 0.95 else f"read as {place.name}, which is spelt otherwise"
    )
    noted = place.note if place.feature_class == "district" else ""
    return Reading(
        footprint,
        rule,
        name or place.name,
        place.place_id,
        candidate.weight,
        MATCH_RULES[rule].score * candidate.weight * candidate.similarity,
        "; ".join(filter(None, (reason, spelt, noted))),
    )


def weighed(readings: list[Reading]) -> Answer:
    """Call it a match where one reading is clearly the most probable.

    Parameters
    ----------
    readings : list of Reading
        At least one; footprints in EPSG:4326.

    Returns
    -------
    Answer
        The most probable reading first.

    Examples
    --------
    >>> from geosec.uncertainty.footprints import disc
    >>> halves = [Reading(disc(67, 30, 9), "town", name, name, 0.5, 0.5) for name in "ab"]
    >>> weighed(halves).status
    'ambiguous'
    """
    if len(readings) > 1:
        readings = sorted(readings, key=lambda each: -each.weight)
    clear = readings[0].weight >= PARAMETERS.clear_weight or len(readings) == 1
    return Answer("matched" if clear else "ambiguous", tuple(readings))


def nearer(answer: Answer, places: list[shapely.Point]) -> Answer:
    """Weigh the readings of one place by the other places of the same report.

    Parameters
    ----------
    answer : Answer
        Footprints in EPSG:4326.
    places : list of shapely.Point
        Where the clear places of the report are, EPSG:4326.

    Returns
    -------
    Answer
        A reading loses weight with its distance from the nearest of them, down to half at
        `Parameters.report_m` metres.

    Examples
    --------
    >>> nearer(Answer("unmatched", reason="not known"), []).status
    'unmatched'
    """
    if len(answer.readings) < 2 or not places:
        return answer
    weights = []
    for each in answer.readings:
        point = each.footprint
        near_m = min(distance_between_m(point.lon, point.lat, place.x, place.y) for place in places)
        weights.append(each.weight / (1 + (near_m / PARAMETERS.report_m) ** 2))
    total = sum(weights)
    return weighed(
        [
            each._replace(weight=weight / total, score=each.score / each.weight * weight / total)
            for each, weight in zip(answer.readings, weights, strict=True)
        ]
    )
