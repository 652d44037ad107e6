"""ACLED event types by the words of a report, and what is no incident at all.

The rules follow ACLED's codebook: an armed attack that is answered is a battle whatever the weapon;
shots at protesters are part of the protest; destroyed property alone is a strategic development.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from geosec.news.acled import ACCIDENT, BATTLE, CALM, CIVILIANS, EXPLOSION, PROTEST, RIOT, VIOLENT

if TYPE_CHECKING:
    from geosec.news.tolls import Toll
    from geosec.news.vocabulary import Pattern, ReportWords

_ATTACKS = frozenset({*VIOLENT, CALM})  # beside their words a mishap is none


@dataclass(frozen=True, eq=False)
class _Clause:
    """A part of a sentence in lower case, whose words of harm that is none are left out."""

    clean: str
    words: ReportWords

    @cached_property
    def people(self) -> str:
        """The part without who only speaks, and names that hold the police; made when asked for."""
        text, people = self.clean, self.words.people
        if self.words.scenes.saying.search(text):
            text = _compile_speaking(self.words.every).sub(" ", text)
        return people.agents.sub(" ", people.police_named.sub(" ", text))


def find_event_type(low: str, toll: Toll, words: ReportWords) -> str | None:
    """Find the event type of a part of a sentence in lower case, with its killed and hurt.

    It is empty where only an outcome is told, and None where nothing is.
    """
    clause = _Clause(words.signs.never.sub(" ", low), words)
    is_reference = words.signs.reference.search(clause.clean) is not None
    found = _find_words(clause)
    if _is_mishap(clause, found):
        return _find_accident(low, toll, words)
    kinds = [] if is_reference else _narrow_types(_list_types(clause, found), clause, toll)
    if not kinds:
        return _find_outcome_type(clause, toll, is_reference=is_reference)
    if words.signs.disappeared.search(clause.clean) or _is_abduction(kinds, clause, toll):
        return CIVILIANS
    if kinds[0] != CIVILIANS:
        return kinds[0]
    if _is_battle(clause, toll):
        return BATTLE
    return CALM if not toll.is_bloody and _is_arson(clause) else CIVILIANS


def _find_words(clause: _Clause) -> list[str]:
    """List the types whose words are there, the one that decides first."""
    return [kind for kind, pattern in clause.words.types.items() if pattern.search(clause.clean)]


def _find_accident(low: str, toll: Toll, words: ReportWords) -> str | None:
    """Tell an accident that befell somebody from talk of one."""
    befell = toll.dead or toll.hurt or words.signs.befell.search(low)
    return ACCIDENT if befell else None


def _is_abduction(kinds: list[str], clause: _Clause, toll: Toll) -> bool:
    """Whether people were taken who are none of the armed."""
    if BATTLE not in kinds or toll.taken is None:
        return False
    return not clause.words.people.security.search(clause.people)


def _list_types(clause: _Clause, found: list[str]) -> list[str]:
    """List the types of the words that were found, without those that others rule out."""
    words = clause.words
    if RIOT not in found and words.signs.excess.search(clause.clean):
        return [PROTEST]
    if PROTEST in found and _attack_comes_first(clause):
        found = [kind for kind in found if kind != PROTEST]
    if EXPLOSION in found and words.signs.firefight.search(clause.clean):
        sides = (words.people.militants, words.people.security)
        is_armed = any(side.search(clause.people) for side in sides)
        return [BATTLE] if is_armed else found
    return found


def _attack_comes_first(clause: _Clause) -> bool:
    """Whether a protest is told behind those who attacked, and so was attacked."""
    militants = clause.words.people.militants.search(clause.people)
    protest = clause.words.types[PROTEST].search(clause.people)
    return militants is not None and protest is not None and militants.start() < protest.start()


def _narrow_types(found: list[str], clause: _Clause, toll: Toll) -> list[str]:
    """Leave out the types that the killed and hurt rule out."""
    if not found or not toll.is_bloody:
        return found
    found = [kind for kind in found if kind != CALM]
    violent = [kind for kind in found if kind in VIOLENT]
    if not violent or not toll.is_deadly:
        return found
    if BATTLE in found and clause.words.people.militants_killed.search(clause.people):
        return [BATTLE]
    return found if RIOT in found else violent


def _find_outcome_type(clause: _Clause, toll: Toll, *, is_reference: bool) -> str | None:
    """Find the type of what says only who was hit: a battle where both sides are armed."""
    words = clause.words
    if toll.dead or toll.hurt or toll.theirs:
        sides = (words.people.security, words.people.militants)
        is_fight = toll.is_deadly and all(side.search(clause.people) for side in sides)
        return BATTLE if is_fight else ""
    return "" if is_reference or words.signs.follow.search(clause.clean) else None


def _is_battle(clause: _Clause, toll: Toll) -> bool:
    """Whether the armed were the target: police hit, or militants killed."""
    people = clause.words.people
    if people.taken.search(clause.people):
        return False
    if toll.dead is not None and people.militants_killed.search(clause.people):
        return True
    return people.security.search(clause.people) is not None


def _is_arson(clause: _Clause) -> bool:
    """Whether things were burnt, and nobody was attacked."""
    words = clause.words
    rest, fires = words.signs.arson.subn(" ", clause.clean)
    rest = words.people.militants.sub(" ", rest)
    return bool(fires) and not words.types[CIVILIANS].search(rest)


@cache
def _compile_speaking(words: ReportWords) -> Pattern:
    """Compile who speaks: "the police in Sibi said" hit no policeman."""
    speaker = rf"{words.scenes.speakers.pattern}(?:\s+\w+){{0,1}}(?:\s+(?:in|at|of)\s+\S+)?"
    return re.compile(rf"(?:\b\w{{1,40}}\s+)?{speaker},?\s+{words.scenes.saying.pattern}")


def is_accident(low: str, words: ReportWords) -> bool:
    """Whether a part of a sentence tells of a mishap; one beside a bomb or an attack is none."""
    clause = _Clause(words.signs.never.sub(" ", low), words)
    return _is_mishap(clause, _find_words(clause))


def _is_mishap(clause: _Clause, found: list[str]) -> bool:
    """Whether a part tells of a mishap, which may have any words but those of an attack."""
    if clause.words.signs.accident.search(clause.clean):
        return True
    return not _ATTACKS.intersection(found) and bool(clause.words.signs.mishap.search(clause.clean))
