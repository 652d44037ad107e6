"""A phrase interpreted in four steps: scope, resolve, place, judge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geosec.geocoding.grammar.lexer import lex
from geosec.geocoding.grammar.parsing import LONGEST_PHRASE, parse_phrase
from geosec.geocoding.grammar.phrases import Phrase
from geosec.geocoding.grammar.rewriting import list_unknown_runs
from geosec.geocoding.placing.judge import Judge
from geosec.geocoding.placing.matcher import Matcher
from geosec.geocoding.placing.placer import Placer
from geosec.geocoding.placing.resolver import Resolver
from geosec.geocoding.placing.scope import ScopeReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geosec.geocoding.grammar.language import Language
    from geosec.geocoding.grammar.lexemes import Lexeme
    from geosec.geocoding.placing.ground import Ground
    from geosec.geocoding.placing.readings import Answer, Placement


class Interpreter:
    """Answer location phrases about a ground, in a language."""

    def __init__(self, ground: Ground, language: Language) -> None:
        self.ground = ground
        self.language = language
        self.matcher = matcher = Matcher(ground, language.wants)
        self._scopes = ScopeReader(ground)
        self._resolver = Resolver(ground, matcher, language)
        self._placer = Placer(ground, matcher)
        self._judge = Judge(ground, language)

    def answer(
        self,
        text: str,
        admin1: str = "",
        *,
        is_place: bool = False,
        lexemes: list[Lexeme] | None = None,
    ) -> Answer:
        """Say where a phrase means; `lexemes` are its own, where it has been cut already.

        Otherwise as `answer_phrase`.
        """
        phrase = parse_phrase(text, self.ground.names, self.language, lexemes=lexemes)
        return self.answer_phrase(phrase, admin1, is_place=is_place)

    def answer_phrase(self, phrase: Phrase, admin1: str = "", *, is_place: bool = False) -> Answer:
        """Say where a phrase means that is parsed already; its text may hold coordinates.

        `admin1` is the province that the row gives: a place outside it is not answered. `is_place`
        tells that the words round the phrase say already that a place is meant.
        """
        if phrase.point is not None:
            placement = self._placer.place_coordinates(phrase.point)
            return self._judge_beside(placement, phrase._replace(point=None), admin1)
        refused = self._judge.refuse_words(phrase)
        if refused is not None:
            return refused
        scope = self._scopes.read(phrase, admin1, is_place=is_place)
        if scope.country or scope.contradiction:
            return self._judge.refuse_scope(scope)
        resolution = self._resolver.resolve(phrase, scope)
        placements = self._placer.place(phrase, resolution.heads, scope)
        if not placements and phrase.clause is not None:
            resolution = self._resolver.resolve_beside(phrase, scope)
            placements = self._placer.place_beside(phrase, resolution.heads, scope)
        if not placements:
            return self._judge.refuse(phrase, scope, self._resolver.find_miss(phrase, scope))
        return self._judge.judge(placements, resolution, scope)

    def answer_coordinates(self, placement: Placement, text: str, admin1: str = "") -> Answer:
        """Judge coordinates that a row brings by its phrase and its province."""
        names, language = self.ground.names, self.language
        phrase = parse_phrase(text, names, language) if text.strip() else Phrase("")
        return self._judge_beside(placement, phrase._replace(point=None), admin1)

    def learn_unknown(self, texts: Iterable[str]) -> None:
        """Look up together the names that unknown words of phrases may be misspelt for."""
        runs = [run for text in texts for run in list_unknown_runs(self._lex(text))]
        self.ground.names.learn(runs)

    def _judge_beside(self, placement: Placement, phrase: Phrase, admin1: str) -> Answer:
        """Judge coordinates by the words beside them, as far as they name anything."""
        scope = self._scopes.read(phrase, admin1)
        named = bool(phrase.items or phrase.clause) and not phrase.too_long
        answer = self.answer_phrase(phrase, admin1) if named else None
        return self._judge.judge_coordinates(placement, answer, scope)

    def answer_many(self, asked: Sequence[tuple[str, str]]) -> Iterator[tuple[int, Answer]]:
        """Answer phrases, each with the province that its row gives; yield number and answer.

        Those that hold words which nothing knows come last: the names that such words may be
        misspelt for are looked up together.
        """
        late: list[tuple[int, str, str, list[Lexeme]]] = []
        unknown: list[str] = []
        for number, (text, admin1) in enumerate(asked):
            lexemes = self._lex(text)
            runs = list_unknown_runs(lexemes)
            if runs:
                late.append((number, text, admin1, lexemes))
                unknown += runs
            else:
                yield number, self.answer(text, admin1, lexemes=lexemes)
        if late:
            self.ground.names.learn(unknown)
        for number, text, admin1, lexemes in late:
            yield number, self.answer(text, admin1, lexemes=lexemes)

    def _lex(self, text: str) -> list[Lexeme]:
        """Cut a phrase into lexemes, unless it is too long for one."""
        if len(text) > LONGEST_PHRASE:
            return []
        return lex(text, self.ground.names, self.language, keep_ignored=True)
