"""From the grammar of a phrase to an answer: which of its items is the place, and where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geosec.geocoding.grammar.coordinates import WrittenCoordinates, find_coordinates
from geosec.geocoding.grammar.lexer import lex
from geosec.geocoding.grammar.parsing import LONGEST_PHRASE, parse_phrase
from geosec.geocoding.grammar.rewriting import list_unknown_runs
from geosec.geocoding.grammar.tags import BUILT, ENDS
from geosec.geocoding.placing.assumptions import assumed, left_over, stands_in, vague_m
from geosec.geocoding.placing.clauses import ClauseReader
from geosec.geocoding.placing.heads import Head, HeadFinder
from geosec.geocoding.placing.matcher import Candidate, Context, Matcher
from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.geocoding.placing.places import TEHSIL_M, Place
from geosec.geocoding.placing.readings import Answer, Reading, reading_of, weighed
from geosec.geocoding.placing.refusals import abroad, misplaced, no_place, refusal
from geosec.geodesy.geodesics import geodesic_circle
from geosec.match_rules import MATCH_RULES
from geosec.railway.route import describe_route
from geosec.reference.feature_classes import SETTLEMENTS, SURE_NAMES, UNITS, WAYS, find_class
from geosec.reference.memo import Memo
from geosec.reference.toponyms import normalise
from geosec.uncertainty.footprints import Footprint, disc, full_radius_m, spread_over

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geosec.geocoding.grammar.language import Language
    from geosec.geocoding.grammar.lexer import Lexeme
    from geosec.geocoding.grammar.phrases import Item, Phrase
    from geosec.geocoding.placing.ground import Ground
    from geosec.match_rules import MatchRule

_UNSAID = "the report gives no location phrase"
_CUT = frozenset({"Polygon", "LineString"})
_ROAMING_IDS = ("road:", "line:")
_TEHSIL = frozenset("KA")


class Interpreter:
    """Answer location phrases.

    Parameters
    ----------
    ground : Ground
        Places, boundaries and railway in EPSG:4326.
    language : Language
        Words between the names.

    Examples
    --------
    >>> from geosec.geocoding.placing.ground import Ground
    >>> from geosec.geocoding.grammar.language import load_language
    >>> answer = Interpreter(Ground(), load_language()).answer("Kalat town")
    >>> answer.status, answer.readings[0].place_id
    ('matched', 'gn:1175296')
    """

    def __init__(self, ground: Ground, language: Language) -> None:
        self.ground = self._ground = ground
        self.language = self._language = language
        self._matcher = Matcher(ground, language.wants)
        self._heads = HeadFinder(ground, self._matcher)
        self._clauses = ClauseReader(ground, self._matcher)
        self._cut = Memo(self._cut_place, 4096)
        self._hinted = Memo(self._provinces, 1024)

    def answer(
        self,
        text: str,
        admin1: str = "",
        *,
        is_place: bool = False,
        lexemes: list[Lexeme] | None = None,
    ) -> Answer:
        """Say where a phrase means.

        Parameters
        ----------
        text : str
            The phrase; distances in any unit, coordinates in degrees.
        admin1 : str, default ""
            Province the report gives; a place outside it is not answered.
        is_place : bool, default False
            Whether the words round it already say that a place is meant.
        lexemes : list of Lexeme, optional
            The phrase cut into lexemes, where that is done already.

        Returns
        -------
        Answer
            Footprints in EPSG:4326.

        Examples
        --------
        >>> from geosec.geocoding.placing.ground import Ground
        >>> from geosec.geocoding.grammar.language import load_language
        >>> Interpreter(Ground(), load_language()).answer("Bolan Mail").reason
        "names a train ('Bolan Mail') and no place"
        """
        phrase = parse_phrase(text, self._ground.names, self._language, lexemes=lexemes)
        return self.answer_phrase(phrase, admin1, is_place=is_place)

    def answer_phrase(self, phrase: Phrase, admin1: str = "", *, is_place: bool = False) -> Answer:
        """Say where a phrase means that the grammar has read already; its text may be coordinates.

        Takes province and `is_place` as `answer` does; footprints are in EPSG:4326.
        """
        written = None if phrase.too_long else find_coordinates(phrase.text)
        if written is not None:
            return self._written(written)
        is_said = bool(phrase.text.strip())
        name = no_place(phrase, self._ground, self._language) if is_said else _UNSAID
        if name:
            return Answer("unmatched", reason=name)
        around = self._matcher.containers(phrase.items)
        hint = self._hinted[admin1]
        contradiction = self._contradiction(around, hint, admin1)
        if contradiction is not None:
            return contradiction
        context = around
        if hint or is_place:
            context = Context(hint or around.provinces, around.districts, is_place=is_place)
        readings = self._readings(phrase, context)
        return weighed(readings) if readings else self._refusal(phrase, context, admin1)

    def answers(self, asked: Iterable[tuple[str, str]]) -> Iterator[tuple[int, Answer]]:
        """Answer many phrases; those with misspelt names come last, looked up together.

        Parameters
        ----------
        asked : iterable of (str, str)
            Phrases, and the provinces their reports give, which may be empty.

        Yields
        ------
        tuple of (int, Answer)
            Number of the phrase, and what it means; footprints in EPSG:4326.

        Examples
        --------
        >>> from geosec.geocoding.placing.ground import Ground
        >>> from geosec.geocoding.grammar.language import load_language
        >>> reader = Interpreter(Ground(), load_language())
        >>> asked = [("Dalbundin", ""), ("Sibi", "Balochistan")]
        >>> [(number, answer.readings[0].name) for number, answer in reader.answers(asked)]
        [(1, 'Sibi'), (0, 'Dalbandin')]
        """
        late: list[tuple[int, str, str, list[Lexeme]]] = []
        unknown: list[str] = []
        for number, (text, admin1) in enumerate(asked):
            lexemes = self._lexemes(text)
            runs = list_unknown_runs(lexemes)
            if runs:
                late.append((number, text, admin1, lexemes))
                unknown += runs
            else:
                yield number, self.answer(text, admin1, lexemes=lexemes)
        self._ground.names.learn(unknown)
        for number, text, admin1, lexemes in late:
            yield number, self.answer(text, admin1, lexemes=lexemes)

    def _lexemes(self, text: str) -> list[Lexeme]:
        """Cut a phrase into lexemes, unless it is too long for one."""
        if len(text) > LONGEST_PHRASE:
            return []
        return lex(text, self._ground.names, self._language, keep_ignored=True)

    def _written(self, written: WrittenCoordinates) -> Answer:
        problem = misplaced(written, self._ground)
        if problem is not None:
            return problem
        footprint = disc(written.lon, written.lat, max(written.resolution_m, 100.0))
        name = f"{written.lat:.5f}, {written.lon:.5f}"
        score = MATCH_RULES["coordinates"].score
        reading = Reading(footprint, "coordinates", name, f"at:{name}", 1.0, score)
        return Answer("matched", (reading,))

    def _provinces(self, admin1: str) -> frozenset[str]:
        name = self._ground.names.find(admin1) if admin1.strip() else None
        places = [self._ground.place(each) for each in name.places] if name else []
        return frozenset(
            place.adm1_code
            for place in places
            if place.feature_class == "province" and self._ground.is_home(place)
        )

    def _contradiction(self, around: Context, hint: frozenset[str], admin1: str) -> Answer | None:
        """Say where a phrase is about another country, or another province than its report."""
        if around.country:
            where = self._ground.country_name(around.country)
            return Answer("outside", reason=f"the phrase places it in {where}")
        if hint and around.provinces and not hint & around.provinces:
            said = ", ".join(sorted(around.provinces))
            return Answer(
                "unmatched", reason=f"the phrase says {said}, the report's province is {admin1!r}"
            )
        return None

    def _refusal(self, phrase: Phrase, context: Context, admin1: str) -> Answer:
        for item in phrase.items:
            found = self._matcher.candidates(item, context)
            if found and self._heads.abroad(found) > PARAMETERS.abroad_share:
                return abroad(found, self._ground)
        head = self._heads.find(phrase.items, context)
        if head is not None and self._is_word(head, phrase, context):
            also = f"{head.item.text!r} is also a word: it needs a province, or one like station"
            return Answer("unmatched", reason=f"{also} or town")
        return refusal(phrase, context, admin1, self._ground)

    # ------------------------------------------------------------------ readings

    def _readings(self, phrase: Phrase, context: Context) -> list[Reading]:
        if phrase.clause is None:
            on_route = self._train_route(phrase, context)
            return on_route or self._of_items(phrase, phrase.items, context)
        before: list[Reading] = []
        if phrase.clause.kind != "km_post":
            before = self._of_items(phrase, phrase.items[: phrase.position], context, narrow=True)
            if before and not all(each.place_id.startswith(_ROAMING_IDS) for each in before):
                return before
        found = self._clauses.read(phrase, context)
        if found or phrase.clause.kind == "km_post":
            return found
        return before or self._instead(phrase, self._of_items(phrase, phrase.items, context))

    def _instead(self, phrase: Phrase, readings: list[Reading]) -> list[Reading]:
        """Let a place named beside stand for a construction whose own place is not known."""
        clause = phrase.clause
        if clause is None:
            return readings
        unknown = ", ".join(repr(item.text) for item in clause.items)
        wider = []
        for each in readings:
            footprint = each.footprint
            if footprint.shape is None:
                full_m = full_radius_m(footprint.uncertainty_m) + TEHSIL_M
                footprint = disc(footprint.lon, footprint.lat, full_m + clause.number)
            told = f"{unknown} not in the gazetteer: placed at {each.name}"
            wider.append(
                each._replace(
                    footprint=footprint,
                    score=each.score * PARAMETERS.stand_in_share,
                    reason="; ".join(part for part in (told, each.reason) if part),
                )
            )
        return wider

    def _train_route(self, phrase: Phrase, context: Context) -> list[Reading]:
        """Read "the Jaffar Express route toward Peshawar" as the line the train runs on."""
        if not phrase.trains:
            return []
        train = self._ground.find_train(phrase.trains[0])
        asked = any("L" in item.nouns for item in phrase.items)
        elsewhere = any(
            item.relation not in ENDS and self._is_finer_than_areas(item, context)
            for item in phrase.items
        )
        if train is None or not asked or elsewhere:
            return []
        units = context.districts or context.provinces
        footprint = self._within(spread_over(train.shape()), units)
        if footprint is None:
            return []
        name, score = f"{train.name} route", MATCH_RULES["route"].score
        told = describe_route(train)
        place_id = f"train:{normalise(train.name).replace(' ', '-')}"
        return [Reading(footprint, "route", name, place_id, 1.0, score, told)]

    def _is_finer_than_areas(self, item: Item, context: Context) -> bool:
        found = self._matcher.candidates(item, context)
        return any(each.place.feature_class not in UNITS for each in found)

    def _of_items(
        self, phrase: Phrase, items: tuple[Item, ...], context: Context, *, narrow: bool = False
    ) -> list[Reading]:
        """Read the first item that is known, and those named on a par with it."""
        head = self._head_of(phrase, items, context, narrow=narrow)
        if head is None:
            return []
        heads = [head, *self._heads.twins(head, items, context)]
        left = left_over(phrase, heads)
        readings: list[Reading] = []
        for each in heads:
            found = self._readings_at(each, phrase, context)
            share = (1 - self._heads.abroad(each.candidates)) * len(heads)
            if share != 1.0 or left:
                found = [_shared(reading, share, len(heads), left) for reading in found]
            readings += found
        return self._with_foreign(readings, head)

    def _head_of(
        self, phrase: Phrase, items: tuple[Item, ...], context: Context, *, narrow: bool
    ) -> Head | None:
        """Find the item that is the place; in front of a clause an area does not count."""
        head = self._heads.find(items, context)
        if head is None or self._heads.abroad(head.candidates) > PARAMETERS.abroad_share:
            return None
        if narrow and all(each.place.feature_class in UNITS for each in head.candidates):
            return None
        return None if self._is_word(head, phrase, context) else head

    def _readings_at(self, head: Head, phrase: Phrase, context: Context) -> list[Reading]:
        return [
            reading
            for each in head.candidates
            if (reading := self._reading(phrase, head, each, context)) is not None
        ]

    def _with_foreign(self, readings: list[Reading], head: Head) -> list[Reading]:
        """Say which places abroad may be meant instead."""
        if len(head.candidates) == 1:
            return readings
        others = [each for each in head.candidates if not self._ground.is_home(each.place)]
        if not others or not readings:
            return readings
        names = ", ".join(
            f"{each.place.name} in {self._ground.country_name(each.place.country_code)}"
            f" ({each.weight:.0%})"
            for each in others
        )
        told = "; ".join(part for part in (readings[0].reason, f"may be {names}") if part)
        return [readings[0]._replace(reason=told), *readings[1:]]

    def _is_word(self, head: Head, phrase: Phrase, context: Context) -> bool:
        """Whether a name is also a word, and nothing beside it says that the place is meant."""
        item = head.item
        beside = len(phrase.items) > 1 or item.nouns or item.relation
        if item.name is None or beside or context.is_place:
            return False
        if len(item.text) > self._language.longest_also_word:
            return False
        settled = any(each.place.feature_class in SURE_NAMES for each in head.candidates)
        key = normalise(item.text)
        if key in self._language.also_words:
            return not (settled and context.provinces)
        is_short = len(key) <= PARAMETERS.word_letters and key.isascii() and key.isalpha()
        return not settled and is_short

    def _reading(
        self, phrase: Phrase, head: Head, candidate: Candidate, context: Context
    ) -> Reading | None:
        place = candidate.place
        footprint = self._footprint_at_home(place, context)
        if footprint is None:
            return None
        if head.skipped:
            footprint = self._round_its_town(footprint, head, place)
        rule = self._rule(head, place)
        reasons = assumed(head, place)
        footprint = self._widened(footprint, head, place)
        if phrase.track and place.feature_class not in WAYS:
            on_track = self._on_track(footprint)
            if on_track is not None:
                footprint, rule = on_track, "rail_between"
                reasons.append(f"on the railway at {place.name}")
        reading = reading_of(candidate, footprint, rule, "; ".join(reasons))
        if stands_in(head, place):
            return reading._replace(score=reading.score * PARAMETERS.stand_in_share)
        return reading

    def _footprint_at_home(self, place: Place, context: Context) -> Footprint | None:
        """Give where a place is, a road or line only within the units the phrase is about."""
        if not self._ground.is_home(place):
            return None
        codes = context.districts or context.provinces
        if codes and place.feature_class in WAYS:
            return self._cut[place, codes]
        return self._ground.footprint(place)

    def _cut_place(self, asked: tuple[Place, frozenset[str]]) -> Footprint | None:
        place, codes = asked
        whole = self._ground.footprint(place)
        return None if whole is None else self._within(whole, codes)

    def _round_its_town(self, footprint: Footprint, head: Head, place: Place) -> Footprint:
        """Let the town stand for a district that is meant only because a village is unknown."""
        meant = "D" in head.item.nouns or place.feature_class != "district"
        if meant or footprint.shape is None or head.item.name is None:
            return footprint
        for town in map(self._ground.place, head.item.name.places):
            here = town.adm2_code == place.adm2_code and town.has_point
            if here and town.feature_class in SETTLEMENTS:
                return spread_over(footprint.shape, (town.lon, town.lat))
        return footprint

    def _rule(self, head: Head, place: Place) -> MatchRule:
        if place.feature_class in SETTLEMENTS:
            nouns = "".join([each.nouns for each in (head.item, *head.skipped)])
            if not BUILT.isdisjoint(nouns):
                return "facility"
        return find_class(place.feature_class).rule

    def _widened(self, footprint: Footprint, head: Head, place: Place) -> Footprint:
        """Add the vagueness of "near", of an unknown quarter, of a village known by its station."""
        item = head.item
        station = place.feature_class == "rail_station"
        plain = not (item.nouns or item.relation or head.skipped or station)
        if plain or footprint.shape is not None:
            return footprint
        beyond_m = vague_m(head, place)
        tehsil = not _TEHSIL.isdisjoint(item.nouns) and self._names_tehsil(item)
        if not (beyond_m or tehsil):
            return footprint
        full_m = full_radius_m(footprint.uncertainty_m) + beyond_m
        least_m = TEHSIL_M if tehsil else 0.0
        return disc(footprint.lon, footprint.lat, max(full_m, least_m))

    def _names_tehsil(self, item: Item) -> bool:
        ids = item.name.places if item.name else ()
        return any(self._ground.place(each).feature_class == "tehsil" for each in ids)

    def _within(self, footprint: Footprint, units: frozenset[str]) -> Footprint | None:
        """Cut a road or line to the districts, or provinces, the phrase is about; None outside."""
        areas = [area for code in sorted(units) if (area := self._ground.area(code)) is not None]
        if not areas or footprint.shape is None:
            return footprint
        around = areas[0] if len(areas) == 1 else shapely.union_all(areas)
        inside = footprint.shape.intersection(around)
        kinds = (part for part in shapely.get_parts(inside) if part.geom_type in _CUT)
        parts = [part for part in kinds if not part.is_empty]
        return spread_over(shapely.union_all(parts)) if parts else None

    def _on_track(self, footprint: Footprint) -> Footprint | None:
        shape = footprint.shape
        if shape is None:
            radius_m = full_radius_m(footprint.uncertainty_m)
            shape = geodesic_circle(footprint.lon, footprint.lat, radius_m)
        stretch = self._ground.stretch_within(shape)
        return None if stretch is None else spread_over(stretch)


def _shared(reading: Reading, share: float, count: int, left: str) -> Reading:
    """Take off a reading what other places, places abroad and words not understood may mean."""
    understood = PARAMETERS.leftover_share if left else 1.0
    return reading._replace(
        weight=reading.weight / share,
        score=reading.score / count * understood,
        reason="; ".join(part for part in (reading.reason, left) if part),
    )
