"""The last step: how probable each placement is, and what the answer is.

Scores are multiplied and statuses decided here and nowhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geosec.geocoding.placing.agreement import explain_disagreement
from geosec.geocoding.placing.assumptions import list_assumptions, list_notes
from geosec.geocoding.placing.evidence import weigh_placement
from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.geocoding.placing.readings import Answer, Reading
from geosec.geocoding.placing.refusals import (
    explain_abroad,
    explain_all_abroad,
    explain_body,
    explain_divided,
    explain_far_coordinates,
    explain_impossible_coordinates,
    explain_off_globe,
    explain_refusal,
    explain_unreadable,
    explain_word,
)
from geosec.geocoding.placing.resolver import NOTHING
from geosec.geocoding.placing.scope import ANYWHERE
from geosec.geodesy.geodesics import distance_between_m
from geosec.reference.names import SIMILARITY_SOUND
from geosec.uncertainty.footprints import make_disc

if TYPE_CHECKING:
    from collections.abc import Sequence

    import shapely

    from geosec.geocoding.grammar.phrases import Phrase
    from geosec.geocoding.placing.ground import Ground
    from geosec.geocoding.placing.heads import Head
    from geosec.geocoding.placing.matcher import Candidate
    from geosec.geocoding.placing.readings import Placement
    from geosec.geocoding.placing.resolver import Miss, Resolution
    from geosec.geocoding.placing.scope import Scope
    from geosec.language.languages import Language
    from geosec.match_rules import EvidenceName

# Evidence that a reason tells.
_DOUBTS = frozenset({"by_district", "road_to", "named_after", "namesake"})
_UNSAID = "the report gives no location phrase"


class Judge:
    """Turn placements, or the want of them, into an answer."""

    def __init__(self, ground: Ground, language: Language) -> None:
        self._ground = ground
        self._language = language

    def refuse_words(self, phrase: Phrase) -> Answer | None:
        """Refuse a phrase whose words name no place, before any place is looked for."""
        said, reason = phrase.text.strip(), ""
        if not said:
            reason = _UNSAID
        elif phrase.too_long or phrase.impossible or phrase.misread:
            reason = explain_unreadable(phrase)
        elif phrase.starts:
            return self._refuse_starts(phrase)
        elif phrase.organisation:
            reason = f"{said!r} are those who serve there, and no place"
        elif len(phrase.items) != 1 or phrase.items[0].nouns:
            reason = explain_body(phrase, self._ground, self._language)
        return Answer("unmatched", reason=reason) if reason else None

    def _refuse_starts(self, phrase: Phrase) -> Answer | None:
        """Refuse a construction of coordinates that can be no place, or lies between one abroad."""
        for written in phrase.starts:
            reason = explain_impossible_coordinates(written.lon, written.lat, self._ground)
            if reason:
                return Answer("unmatched", reason=reason)
            disc = make_disc(written.lon, written.lat, written.resolution_m)
            far = explain_far_coordinates(disc, self._ground)
            if far and phrase.clause is not None and phrase.clause.kind == "between":
                return Answer("outside", reason=far)
        return None

    def refuse_scope(self, scope: Scope) -> Answer:
        """Refuse a phrase about another country, or another province than its row gives."""
        if scope.country:
            where = self._ground.name_country(scope.country)
            return Answer("outside", reason=f"the phrase places it in {where}")
        return Answer("unmatched", reason=scope.contradiction)

    def refuse(self, phrase: Phrase, scope: Scope, miss: Miss) -> Answer:
        """Say why nothing was placed; ``outside`` where what is named lies abroad."""
        if miss.abroad:
            return Answer("outside", reason=explain_abroad(miss.abroad, self._ground))
        if miss.word is not None:
            return Answer("unmatched", reason=explain_word(miss.word))
        abroad = explain_all_abroad(phrase, self._ground)
        if abroad:
            return Answer("outside", reason=abroad)
        divided = explain_divided(phrase, self._language)
        return Answer("unmatched", reason=divided or explain_refusal(phrase, scope, self._ground))

    def judge_coordinates(
        self, placement: Placement, answer: Answer | None = None, scope: Scope = ANYWHERE
    ) -> Answer:
        """Take coordinates, unless they can be no place or lie in no country that is answered.

        `answer` is what the words beside them mean, and `scope` where those, or the row, say that
        it must lie: coordinates far from there are less probable, and the reason says so.
        """
        footprint = placement.footprint
        impossible = explain_impossible_coordinates(footprint.lon, footprint.lat, self._ground)
        if impossible:
            return Answer("unmatched", reason=impossible)
        far = explain_far_coordinates(footprint, self._ground)
        if far:
            return Answer("outside", reason=far)
        reading = _score(placement)
        apart = explain_disagreement(footprint, answer, scope, self._ground)
        if apart:
            reason = _join_reasons(apart, reading.reason)
            reading = reading._replace(score=reading.score * PARAMETERS.apart_share, reason=reason)
        return decide_between([reading])

    def judge_abroad(self, placement: Placement) -> Answer | None:
        """Take coordinates that lie in no country that is answered; None for all others."""
        footprint = placement.footprint
        off_globe = explain_off_globe(footprint.lon, footprint.lat)
        if off_globe or not explain_far_coordinates(footprint, self._ground):
            return None
        return decide_between([_score(placement)])

    def judge(
        self, placements: Sequence[Placement], resolution: Resolution, scope: Scope = ANYWHERE
    ) -> Answer:
        """Score the placements, at least one, of what was resolved, and decide between them."""
        ends = self._language.station_ends
        readings = [_score(each, resolution, scope, ends) for each in placements]
        heads = resolution.heads
        if placements[0].head is not None and len(heads[0].candidates) > 1:
            readings[0] = self._name_foreign(readings[0], heads[0])
        if placements[0].rule == "offset":
            return self._judge_offsets(placements, readings, scope)
        return decide_between(readings)

    def _judge_offsets(
        self, placements: Sequence[Placement], readings: Sequence[Reading], scope: Scope
    ) -> Answer:
        """Doubt distances that lead out of what is stated, and refuse those that end abroad."""
        kept = [
            self._doubt_offset(reading, scope) if _leads_away(placement) else reading
            for placement, reading in zip(placements, readings, strict=True)
        ]
        known = [each for each in kept if each is not None]
        if not known:
            far = explain_far_coordinates(readings[0].footprint, self._ground)
            return Answer("outside", reason=f"{readings[0].name}: {far}")
        total = sum(each.weight for each in known)
        return decide_between([each._replace(weight=each.weight / total) for each in known])

    def _doubt_offset(self, reading: Reading, scope: Scope) -> Reading | None:
        """Make a distance less probable that leads over a border; None for one that ends abroad."""
        footprint, told = reading.footprint, ""
        if not self._ground.is_at_home(footprint.lon, footprint.lat):
            if self._ground.is_at_sea(footprint.lon, footprint.lat):
                return reading
            if explain_far_coordinates(footprint, self._ground):
                return None
            told = "most of it lies across the border"
        elif scope.provinces and not self._ground.is_near(footprint, scope.provinces):
            told = "it lies outside the province that is stated"
        if not told:
            return reading
        share = PARAMETERS.across_share
        return _add_reason(reading._replace(score=reading.score * share), told)

    def judge_contradiction(self, said: Answer, unit: Placement, scope: Scope) -> Answer:
        """Give half to what the phrase says, and half to the unit that the row gives instead."""
        return _halve([*said.readings, _score(unit)], scope.contradiction)

    def judge_outside(self, placements: Sequence[Placement], unit: Placement) -> Answer:
        """Give half to a post or stretch of railway outside the unit that the row gives."""
        readings = [_score(each) for each in placements]
        readings = [each._replace(weight=1 / len(readings)) for each in readings]
        return _halve(
            [*readings, _score(unit)], f"it lies outside {unit.name}, which the row gives"
        )

    def _name_foreign(self, reading: Reading, head: Head) -> Reading:
        """Say which places abroad may be meant instead."""
        names = ", ".join(
            f"{place.name} in {self._ground.name_country(place.country_code)} ({weight:.0%})"
            for place, weight, *_ in head.candidates
            if not place.is_home
        )
        if not names:
            return reading
        return _add_reason(reading, f"may be {names}")


def _leads_away(placement: Placement) -> bool:
    """Whether a distance is drawn from its start in a direction, and not all round it."""
    start, footprint = placement.candidate, placement.footprint
    return start is None or (start.place.lon, start.place.lat) != (footprint.lon, footprint.lat)


def _halve(readings: Sequence[Reading], told: str) -> Answer:
    """Give each of two that contradict each other half of its weight, and say so of the first."""
    halves = [each._replace(weight=each.weight / 2, score=each.score / 2) for each in readings]
    halves[0] = _add_reason(halves[0], told)
    return decide_between(halves)


def refuse_numbers(said: str, answer: Answer) -> Answer:
    """Refuse two bare numbers that lie abroad as coordinates: they may be anything."""
    reason = f"{said!r} may be no coordinates: as latitude and longitude, {answer.reason}"
    return Answer("unmatched", reason=reason)


def add_note(answer: Answer, note: str) -> Answer:
    """Add a note to the reason of an answer: what of its row was not used."""
    if not answer.readings:
        return answer._replace(reason=f"{answer.reason}; {note}")
    best, *others = answer.readings
    return answer._replace(readings=(_add_reason(best, note), *others))


def doubt_dateline(answer: Answer, unknown: str) -> Answer:
    """Make the town a report is dated from less probable for what names no place, or an unknown."""
    share = PARAMETERS.dateline_share
    told = "the report is dated from there, and does not say where"
    if unknown:
        share *= PARAMETERS.dateline_share
        told = f"{unknown!r} not in the gazetteer: the report is only dated from there"
    kept = [each._replace(score=each.score * share) for each in answer.readings]
    return add_note(decide_between(kept) if kept else answer, told)


def _add_reason(reading: Reading, reason: str) -> Reading:
    told = f"{reading.reason}; {reason}" if reading.reason else reason
    return reading._replace(reason=told)


def _score(
    placement: Placement,
    resolution: Resolution = NOTHING,
    scope: Scope = ANYWHERE,
    ends: tuple[str, ...] = (),
) -> Reading:
    """Score a placement by its rule and the evidence; by its weight where it comes of a place."""
    footprint, rule, name, place_id, candidate, head, told, _, line, share = placement
    left = bool(resolution.leftover)
    score, found = weigh_placement(placement, scope, leftover=left, station_ends=ends)
    if candidate is None:
        reason = _join_reasons(told, resolution.leftover)
        score *= share
        return Reading(footprint, rule, name, place_id, share, score, reason, line, evidence=found)
    weight, similarity = candidate.weight, candidate.similarity
    score *= weight
    if similarity < SIMILARITY_SOUND:
        score *= similarity
    if head is not None:
        on_par = len(resolution.heads)
        weight /= (1 - head.abroad) * on_par
        score /= on_par
    reason = _explain(placement, candidate, resolution, found)
    return Reading(footprint, rule, name, place_id, weight, score, reason, line, similarity, found)


def _explain(
    placement: Placement,
    candidate: Candidate,
    resolution: Resolution,
    found: Sequence[EvidenceName],
) -> str:
    """Say what was assumed, what the place is known by, and what was not understood."""
    head, place, leftover = placement.head, candidate.place, resolution.leftover
    assumed: list[str] = []
    notes: list[str] = []
    if head is not None and (head.skipped or not place.has_point or not _DOUBTS.isdisjoint(found)):
        assumed = list_assumptions(head, place, found)
    if candidate.similarity < 1.0 or place.note:
        notes = list_notes(candidate)
    if not (assumed or notes or placement.beside or leftover):
        return placement.told
    return _join_reasons(placement.beside, *assumed, placement.told, *notes, leftover)


def _join_reasons(*reasons: str) -> str:
    return "; ".join(filter(None, reasons))


def decide_between(readings: list[Reading]) -> Answer:
    """Call it a match where one of the readings, at least one, is clearly the most probable.

    A guess at the spelling may leave even a single reading too improbable for that.
    """
    share = readings[0].sure
    if len(readings) > 1:
        readings = sorted(readings, key=lambda each: -each.weight)
        share = readings[0].sure * readings[0].weight
    clear = share >= PARAMETERS.clear_weight and readings[0].score >= PARAMETERS.least_score
    return Answer("matched" if clear else "ambiguous", tuple(readings))


def favour_neighbours(answers: Sequence[Answer]) -> list[Answer]:
    """Weigh the readings of each place of a report by the clear places of the same report."""
    if all(len(answer.readings) < 2 for answer in answers):
        return list(answers)
    clear = [answer.readings[0] for answer in answers if answer.status == "matched"]
    points = list({reading.place_id: reading.footprint.point for reading in clear}.values())
    return [favour_near(answer, points) for answer in answers]


def favour_near(answer: Answer, places: Sequence[shapely.Point]) -> Answer:
    """Weigh the readings of one place by the clear places of the same report, in EPSG:4326.

    A reading loses weight with its distance from the nearest of them, down to half at
    `Parameters.report_m` metres.
    """
    if len(answer.readings) < 2 or not places:
        return answer
    weights = []
    for each in answer.readings:
        point = each.footprint
        near_m = min(distance_between_m(point.lon, point.lat, place.x, place.y) for place in places)
        weights.append(each.weight / (1 + (near_m / PARAMETERS.report_m) ** 2))
    total = sum(weights)
    return decide_between(
        [
            each._replace(weight=weight / total, score=each.score / each.weight * weight / total)
            for each, weight in zip(answer.readings, weights, strict=True)
        ]
    )
