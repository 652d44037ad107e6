"""ACLED event types by the words of a report, and what is no incident at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geosec.news.tolls import Count, Toll
    from geosec.news.vocabulary import ReportWords

EXPLOSION, BATTLE, CIVILIANS = (
    "Explosions/Remote violence",
    "Battles",
    "Violence against civilians",
)
VIOLENT = (EXPLOSION, BATTLE, CIVILIANS)
CALM, PROTEST, RIOT = "Strategic developments", "Protests", "Riots"


def event_type(low: str, toll: Toll, words: ReportWords) -> str | None:
    """Name the ACLED event type of a part of a sentence.

    Parameters
    ----------
    low : str
        In lower case.
    toll : Toll
        Killed and hurt in it, in people.
    words : ReportWords
        Words for each type.

    Returns
    -------
    str or None
        Empty where only an outcome is told, None where nothing is. The rules follow ACLED's
        codebook: an armed attack that is answered is a battle whatever the weapon; shots at
        protesters are part of the protest; destroyed property alone is a strategic development.

    Examples
    --------
    >>> from geosec.news.tolls import Toll
    >>> from geosec.news.vocabulary import load_report_words
    >>> event_type("gunmen opened fire on a police van", Toll(), load_report_words())
    'Battles'
    """
    clean = words.triggers["never"].sub(" ", low)
    people = words.people["officers_of"].sub(" ", _without_speakers(clean, words))
    people = words.people["agents"].sub(" ", people)
    refers = words.triggers["reference"].search(clean)
    found = [] if refers else _narrowed(_fitting(clean, people, words), people, toll, words)
    if not found:
        return _outcome_type(clean, people, toll, words)
    if words.triggers["disappeared"].search(clean):
        return CIVILIANS
    return _weighed(found[0], clean, people, toll, words)


def _outcome_type(clean: str, people: str, toll: Toll, words: ReportWords) -> str | None:
    """Name the type of what says only who was hit: a battle where both sides are armed."""
    armed = words.people["security"].search(people) and words.people["militants"].search(people)
    if _any_of(toll.dead) and armed:
        return BATTLE
    follows = words.triggers["follow"].search(clean) or words.triggers["reference"].search(clean)
    return "" if toll.dead or toll.hurt or follows else None


def _any_of(people: Count | None) -> bool:
    return people is not None and people.low > 0


def _weighed(kind: str, clean: str, people: str, toll: Toll, words: ReportWords) -> str:
    """Tell a battle, and arson, from violence against civilians."""
    if kind != CIVILIANS:
        return kind
    if _is_battle(people, toll, words):
        return BATTLE
    hurt = _any_of(toll.dead) or _any_of(toll.hurt)
    return CALM if not hurt and _is_arson(clean, words) else CIVILIANS


def _fitting(clean: str, people: str, words: ReportWords) -> list[str]:
    """List the types whose words are there, the one that decides first."""
    found = [kind for kind, pattern in words.types.items() if pattern.search(clean)]
    if words.triggers["excess"].search(clean) and RIOT not in found:
        return [PROTEST]
    militants = words.people["militants"].search(people)
    protest = words.types[PROTEST].search(people)
    if protest and militants and militants.start() < protest.start():
        found.remove(PROTEST)
    armed = words.people["security"].search(people) or militants
    if EXPLOSION in found and armed and words.triggers["firefight"].search(clean):
        return [BATTLE]
    return found


def _narrowed(found: list[str], people: str, toll: Toll, words: ReportWords) -> list[str]:
    """Leave out the types that the killed and hurt rule out."""
    deaths = _any_of(toll.dead)
    if not (deaths or _any_of(toll.hurt)):
        return found
    found = [kind for kind in found if kind != CALM]
    violent = [kind for kind in found if kind in VIOLENT]
    if deaths and BATTLE in found and words.people["militants_killed"].search(people):
        return [BATTLE]
    return violent if deaths and violent and RIOT not in found else found


def _is_battle(people: str, toll: Toll, words: ReportWords) -> bool:
    """Whether the armed were the target: police hit, or militants killed."""
    if words.people["taken"].search(people):
        return False
    killed = toll.dead is not None and words.people["militants_killed"].search(people)
    return bool(killed) or bool(words.people["security"].search(people))


def _is_arson(clean: str, words: ReportWords) -> bool:
    """Whether things were burnt, and nobody was attacked."""
    rest, fires = words.triggers["arson"].subn(" ", clean)
    rest = words.people["militants"].sub(" ", rest)
    return bool(fires) and not words.types[CIVILIANS].search(rest)


def _without_speakers(low: str, words: ReportWords) -> str:
    """Take out who speaks: "the police in Sibi said" hit no policeman."""
    speaker = rf"{words.roles['speakers'].pattern}(?:\s+\w+){{0,1}}(?:\s+(?:in|at|of)\s+\S+)?"
    return re.sub(rf"(?:\b\w{{1,40}}\s+)?{speaker},?\s+{words.roles['saying'].pattern}", " ", low)


def is_accident(low: str, words: ReportWords) -> bool:
    """Say whether a part of a sentence tells of a mishap, which is no incident.

    Parameters
    ----------
    low : str
        In lower case. No unit or CRS is involved.
    words : ReportWords
        Words for accidents.

    Returns
    -------
    bool
        A mishap beside a bomb or an attack is none.

    Examples
    --------
    >>> from geosec.news.vocabulary import load_report_words
    >>> words = load_report_words()
    >>> is_accident("a train derailed", words), is_accident("a bomb derailed a train", words)
    (True, False)
    """
    clean = words.triggers["never"].sub(" ", low)
    if words.triggers["accident"].search(clean):
        return True
    meant = any(words.types[kind].search(clean) for kind in (*VIOLENT, CALM))
    return bool(words.triggers["mishap"].search(clean)) and not meant
