"""A phrase interpreted in four steps: scope, resolve, place, judge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geosec.geocoding.grammar.coordinates import find_coordinates, hold_two_numbers
from geosec.geocoding.grammar.lexer import lex
from geosec.geocoding.grammar.parsing import LONGEST_PHRASE, parse_phrase
from geosec.geocoding.grammar.rewriting import list_unknown_runs
from geosec.geocoding.placing.judge import Judge
from geosec.geocoding.placing.matcher import Matcher
from geosec.geocoding.placing.placer import Placer
from geosec.geocoding.placing.resolver import Resolver
from geosec.geocoding.placing.scope import ScopeReader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geosec.geocoding.grammar.language import Language
    from geosec.geocoding.grammar.lexer import Lexeme
    from geosec.geocoding.grammar.phrases import Phrase
    from geosec.geocoding.placing.ground import Ground
    from geosec.geocoding.placing.readings import Answer


class Interpreter:
    """Answer location phrases about a ground, in a language."""

    def __init__(self, ground: Ground, language: Language) -> None:
        self.ground = ground
        self.language = language
        matcher = Matcher(ground, language.wants)
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
        written = None
        if hold_two_numbers(phrase.text) and not phrase.too_long:
            written = find_coordinates(phrase.text)
        if written is not None:
            return self._judge.judge_coordinates(written, self._placer.place_coordinates(written))
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
