"""A phrase interpreted in four steps: scope, resolve, place, judge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geosec.geocoding.grammar.parsing import LONGEST_PHRASE, parse_phrase
from geosec.geocoding.grammar.phrases import Phrase
from geosec.geocoding.grammar.rewriting import list_unknown_runs
from geosec.geocoding.placing.hints import NO_HINTS, Hints
from geosec.geocoding.placing.judge import Judge, add_note, refuse_numbers
from geosec.geocoding.placing.matcher import Matcher
from geosec.geocoding.placing.nesting import Nesting
from geosec.geocoding.placing.placer import Placer
from geosec.geocoding.placing.resolver import Resolver
from geosec.geocoding.placing.scope import ScopeReader
from geosec.language.lexer import lex

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geosec.geocoding.placing.ground import Ground
    from geosec.geocoding.placing.readings import Answer, Placement
    from geosec.geocoding.placing.scope import Scope
    from geosec.language.languages import Language
    from geosec.language.lexemes import Lexeme
    from geosec.numerals.coordinates import WrittenCoordinates


class Interpreter:
    """Answer location phrases about a ground, in a language."""

    def __init__(self, ground: Ground, language: Language) -> None:
        self.ground = ground
        self.language = language
        self.matcher = matcher = Matcher(ground, language.wants)
        self._scopes = ScopeReader(ground, language)
        self._resolver = Resolver(ground, matcher, language)
        self._placer = Placer(ground, matcher)
        self._judge = Judge(ground, language)
        self._nesting = Nesting(ground)
        self._nested = self._nesting.nested

    def answer(self, text: str, hints: Hints = NO_HINTS, *, is_place: bool = False) -> Answer:
        """Say where a phrase means, otherwise as `answer_phrase`."""
        phrase = parse_phrase(text, self.ground.names, self.language)
        return self.answer_phrase(phrase, hints, is_place=is_place)

    def answer_phrase(
        self, phrase: Phrase, hints: Hints = NO_HINTS, *, is_place: bool = False
    ) -> Answer:
        """Say where a phrase means that is parsed already; its text may hold coordinates.

        `hints` are what the row gives beside it: a place outside its province is not answered.
        `is_place` tells that the words round the phrase say already that a place is meant.
        """
        if phrase.point is not None:
            answer = self._answer_written(phrase, phrase.point, hints)
        elif (refused := self._judge.refuse_words(phrase)) is not None:
            answer = refused
        else:
            before = None
            for item in phrase.items if phrase.clause is None else ():
                if before is not None and item.name is not None and self._nested[before, item.name]:
                    phrase = self._nesting.put_finer_first(phrase)
                    break
                before = item.name or before
            scope = self._scopes.read(phrase, hints, is_place=is_place)
            answer = self._answer_within(phrase, scope)
        return answer if hints == NO_HINTS else self._note_unknown(answer, hints)

    def _answer_written(self, phrase: Phrase, point: WrittenCoordinates, hints: Hints) -> Answer:
        """Answer coordinates that a phrase holds; two bare numbers abroad are none."""
        placement = self._placer.place_coordinates(point)
        answer = self._judge_beside(placement, phrase, hints)
        if answer.status == "outside" and not point.is_sure:
            return refuse_numbers(point.said, answer)
        return answer

    def _note_unknown(self, answer: Answer, hints: Hints) -> Answer:
        """Add to an answer which hints of its row were not known."""
        note = self._scopes.note_unknown(hints)
        return add_note(answer, note) if note else answer

    def _answer_within(self, phrase: Phrase, scope: Scope) -> Answer:
        """Say where a phrase means, within what it and its row state."""
        if scope.contradiction:
            return self._answer_both(phrase, scope)
        if scope.country:
            return self._judge.refuse_scope(scope)
        if phrase.clause is not None:
            return self._answer_construction(phrase, scope)
        resolution = self._resolver.resolve(phrase, scope)
        placements = self._placer.place(phrase, resolution.heads, scope)
        if not placements:
            return self._answer_unit(phrase, scope)
        return self._judge.judge(placements, resolution, scope)

    def _answer_construction(self, phrase: Phrase, scope: Scope) -> Answer:
        """Say where a construction means; a place beside it, or a unit, may stand for it."""
        resolution = self._resolver.resolve(phrase, scope)
        placements = self._placer.place(phrase, resolution.heads, scope)
        if not placements:
            unit = self._place_unit(scope)
            if unit is not None and (outside := self._placer.place_railway_outside(phrase, scope)):
                return self._judge.judge_outside(outside, unit)
            resolution = self._resolver.resolve_beside(phrase, scope)
            placements = self._placer.place_beside(phrase, resolution.heads, scope)
        elif phrase.clause is not None and phrase.clause.kind == "pair":
            along = self._resolver.resolve_along(phrase, scope)
            on_it = self._placer.place_along(phrase, along.heads, placements, scope)
            if on_it:
                return self._judge.judge(on_it, along, scope)
            resolution = self._resolver.name_unused(along, resolution)
        if not placements:
            return self._answer_unit(phrase, scope)
        return self._judge.judge(placements, resolution, scope)

    def _answer_unit(self, phrase: Phrase, scope: Scope) -> Answer:
        """Let the unit of a row stand for what is not known in it, or say why nothing was found."""
        if scope.unit is not None:
            resolution = self._resolver.resolve_unit(phrase, scope)
            placements = self._placer.place_heads(phrase, resolution.heads, scope)
            if placements:
                return self._judge.judge(placements, resolution, scope)
        return self._judge.refuse(phrase, scope, self._resolver.find_miss(phrase, scope))

    def answer_coordinates(
        self, placement: Placement, text: str, hints: Hints = NO_HINTS
    ) -> Answer:
        """Judge coordinates that a row brings by its phrase and its hints."""
        names, language = self.ground.names, self.language
        phrase = parse_phrase(text, names, language) if text.strip() else Phrase("")
        return self._note_unknown(self._judge_beside(placement, phrase, hints), hints)

    def answer_abroad(self, placement: Placement) -> Answer | None:
        """Take coordinates abroad as they are, for what words mean there is not known.

        None where they may lie in a country that is answered, or on no globe.
        """
        return self._judge.judge_abroad(placement)

    def learn_unknown(self, texts: Iterable[str]) -> None:
        """Look up together the names that unknown words of phrases may be misspelt for."""
        runs = [run for text in texts for run in list_unknown_runs(self._lex(text))]
        self.ground.names.learn(runs)

    def _judge_beside(self, placement: Placement, phrase: Phrase, hints: Hints) -> Answer:
        """Judge coordinates by the words beside them, as far as they name anything."""
        phrase = phrase._replace(point=None)
        scope = self._scopes.read(phrase, hints)
        named = bool(phrase.items or phrase.clause) and not phrase.too_long
        answer = self.answer_phrase(phrase, hints) if named else None
        return self._judge.judge_coordinates(placement, answer, scope)

    def _answer_both(self, phrase: Phrase, scope: Scope) -> Answer:
        """Keep what a phrase says and the unit that its row gives, where both cannot be right."""
        said = self._answer_within(phrase, self._scopes.read(phrase, is_place=scope.is_place))
        unit = self._place_unit(scope)
        if not said.readings or unit is None:
            return self._judge.refuse_scope(scope)
        return self._judge.judge_contradiction(said, unit, scope)

    def _place_unit(self, scope: Scope) -> Placement | None:
        return None if scope.unit is None else self._placer.place_unit(scope.unit)

    def explain_unknown(self, hints: Hints) -> dict[str, str]:
        """Say of the hints of a row that cannot be used why."""
        return self._scopes.explain_unknown(hints)

    def answer_many(self, asked: Sequence[tuple[str, Hints]]) -> list[Answer]:
        """Answer phrases, each with the hints that its row gives, in their order.

        Each step is taken for all of them before the next: names that unknown words may be misspelt
        for are looked up together, and what a step needs stays in the processor's cache.
        """
        names, language = self.ground.names, self.language
        lexed = [self._lex(text) for text, _ in asked]
        unknown = [run for lexemes in lexed for run in list_unknown_runs(lexemes)]
        if unknown:
            names.learn(unknown)
        phrases = [
            parse_phrase(text, names, language, lexemes=lexemes)
            for (text, _), lexemes in zip(asked, lexed, strict=True)
        ]
        return [
            self.answer_phrase(phrase, hints)
            for phrase, (_, hints) in zip(phrases, asked, strict=True)
        ]

    def _lex(self, text: str) -> list[Lexeme]:
        """Cut a phrase into lexemes, unless it is too long for one."""
        if len(text) > LONGEST_PHRASE:
            return []
        return lex(text, self.ground.names, self.language, keep_ignored=True)
