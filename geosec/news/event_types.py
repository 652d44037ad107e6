"""ACLED event types by the words of a report, and what is no incident at all.

The rules follow ACLED's codebook: an armed attack that is answered is a battle whatever the weapon;
shots at protesters are part of the protest; destroyed property alone is a strategic development.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from geosec.news.acled import ACCIDENT, BATTLE, CALM, CIVILIANS, EXPLOSION, PROTEST, RIOT, VIOLENT

if TYPE_CHECKING:
    from geosec.news.tolls import Toll
    from geosec.news.vocabulary import Pattern, ReportWords


def find_event_type(low: str, toll: Toll, words: ReportWords) -> str | None:
    """Find the event type of a part of a sentence in lower case, with its killed and hurt.

    It is empty where only an outcome is told, and None where nothing is.
    """
    if is_accident(low, words):
        return _find_accident(low, toll, words)
    clean = words.signs.never.sub(" ", low)
    people = words.people.police_named.sub(" ", _compile_speaking(words).sub(" ", clean))
    people = words.people.agents.sub(" ", people)
    fitting = [] if words.signs.reference.search(clean) else _list_types(clean, people, words)
    kinds = _narrow_types(fitting, people, toll, words)
    if not kinds:
        return _find_outcome_type(clean, people, toll, words)
    if words.signs.disappeared.search(clean) or _is_abduction(kinds, people, toll, words):
        return CIVILIANS
    if kinds[0] != CIVILIANS:
        return kinds[0]
    if _is_battle(people, toll, words):
        return BATTLE
    return CALM if not toll.is_bloody and _is_arson(clean, words) else CIVILIANS


def _find_accident(low: str, toll: Toll, words: ReportWords) -> str | None:
    """Tell an accident that befell somebody from talk of one."""
    befell = toll.dead or toll.hurt or words.signs.befell.search(low)
    return ACCIDENT if befell else None


def _is_abduction(kinds: list[str], people: str, toll: Toll, words: ReportWords) -> bool:
    """Whether people were taken who are none of the armed."""
    return BATTLE in kinds and toll.taken is not None and not words.people.security.search(people)


def _list_types(clean: str, people: str, words: ReportWords) -> list[str]:
    """List the types whose words are there, the one that decides first."""
    found = [kind for kind, pattern in words.types.items() if pattern.search(clean)]
    if RIOT not in found and words.signs.excess.search(clean):
        return [PROTEST]
    militants = words.people.militants.search(people)
    if militants and _protest_follows(people, militants.start(), words):
        found.remove(PROTEST)
    if EXPLOSION in found and words.signs.firefight.search(clean):
        is_armed = militants or words.people.security.search(people)
        return [BATTLE] if is_armed else found
    return found


def _protest_follows(people: str, at: int, words: ReportWords) -> bool:
    """Whether a protest is told behind those who attacked, and so was attacked."""
    protest = words.types[PROTEST].search(people)
    return protest is not None and at < protest.start()


def _narrow_types(found: list[str], people: str, toll: Toll, words: ReportWords) -> list[str]:
    """Leave out the types that the killed and hurt rule out."""
    if not found or not toll.is_bloody:
        return found
    found = [kind for kind in found if kind != CALM]
    violent = [kind for kind in found if kind in VIOLENT]
    if not violent or not toll.is_deadly:
        return found
    if BATTLE in found and words.people.militants_killed.search(people):
        return [BATTLE]
    return found if RIOT in found else violent


def _find_outcome_type(clean: str, people: str, toll: Toll, words: ReportWords) -> str | None:
    """Find the type of what says only who was hit: a battle where both sides are armed."""
    if toll.dead or toll.hurt or toll.theirs:
        sides = (words.people.security, words.people.militants)
        is_fight = toll.is_deadly and all(side.search(people) for side in sides)
        return BATTLE if is_fight else ""
    follows = words.signs.follow.search(clean) or words.signs.reference.search(clean)
    return "" if follows else None


def _is_battle(people: str, toll: Toll, words: ReportWords) -> bool:
    """Whether the armed were the target: police hit, or militants killed."""
    if words.people.taken.search(people):
        return False
    if toll.dead is not None and words.people.militants_killed.search(people):
        return True
    return words.people.security.search(people) is not None


def _is_arson(clean: str, words: ReportWords) -> bool:
    """Whether things were burnt, and nobody was attacked."""
    rest, fires = words.signs.arson.subn(" ", clean)
    rest = words.people.militants.sub(" ", rest)
    return bool(fires) and not words.types[CIVILIANS].search(rest)


@cache
def _compile_speaking(words: ReportWords) -> Pattern:
    """Compile who speaks: "the police in Sibi said" hit no policeman."""
    speaker = rf"{words.scenes.speakers.pattern}(?:\s+\w+){{0,1}}(?:\s+(?:in|at|of)\s+\S+)?"
    return re.compile(rf"(?:\b\w{{1,40}}\s+)?{speaker},?\s+{words.scenes.saying.pattern}")


def is_accident(low: str, words: ReportWords) -> bool:
    """Whether a part of a sentence tells of a mishap; one beside a bomb or an attack is none."""
    clean = words.signs.never.sub(" ", low)
    if words.signs.accident.search(clean):
        return True
    if not words.signs.mishap.search(clean):
        return False
    return not any(words.types[kind].search(clean) for kind in (*VIOLENT, CALM))
