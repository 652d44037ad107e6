"""Notes of one sentence whose killed are known, for they are made so: templates and fillings."""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

TOWNS = ("Hub", "Turbat", "Mastung")
NUMBERS = (("two", 2), ("7", 7), ("twenty-five", 25), ("one hundred and twelve", 112))
EXACT = tuple((words, number, number) for words, number in NUMBERS)
NONE = tuple((words, 0, None) for words, _ in NUMBERS[:2])  # none of whom is news


class Note(NamedTuple):
    """A sentence with the killed it tells of, from the fewest to the most; None is open."""

    text: str
    low: int
    high: int | None


def fill(
    templates: tuple[str, ...], fillings: tuple[tuple[str, int, int | None], ...]
) -> list[Note]:
    """Fill each template with each filling, ``(words, low, high)``, in one town or another."""
    return [
        Note(template.format(n=words, town=TOWNS[at % len(TOWNS)]), low, high)
        for at, (template, (words, low, high)) in enumerate(product(templates, fillings))
    ]


KINDS = {
    "a number": fill(
        (
            "A roadside bomb killed {n} soldiers in {town} on Monday.",
            "{n} passengers were killed when gunmen opened fire on a bus in {town}.",
            "Gunmen attacked a checkpost in {town}, leaving {n} people dead.",
            "Bullet-riddled bodies of {n} men were found in the {town} area.",
        ),
        EXACT,
    ),
    "a range": fill(
        ("A blast in {town} killed {n} people.", "{n} people died in a bombing in {town}."),
        (
            ("between 20 and 25", 20, 25),
            ("three to five", 3, 5),
            ("at least nine", 9, None),
            ("more than 30", 31, None),
            ("up to six", 0, 6),
            ("dozens of", 24, None),
            ("an estimated 40", 36, 44),
            ("no less than ten", 10, None),
        ),
    ),
    "one without a number": fill(
        (
            "Gunmen shot dead {n} in {town} on Sunday.",
            "{n} was killed when a landmine exploded near {town}.",
            "{n} succumbed to his injuries after an attack in {town}.",
        ),
        (("a policeman", 1, 1), ("the truck driver", 1, 1), ("journalist Abdul Latif", 1, 1)),
    ),
    "a list": fill(
        ("Unidentified men killed {n} in {town}.", "A blast in {town} claimed the lives of {n}."),
        (
            ("two soldiers and a civilian", 3, 3),
            ("a man, his wife and three children", 5, 5),
            ("four policemen, including an inspector", 4, 4),
            ("14 people, seven soldiers and seven guards", 14, 14),
            ("two men aged 20 and 25", 2, 2),
        ),
    ),
    "killed and hurt": fill(
        (
            "A grenade attack in {town} killed {n} men and injured 31 others.",
            "Thirty-one people were injured and {n} killed in a blast in {town}.",
        ),
        EXACT[:3],
    ),
    "nobody": fill(
        ("A bomb exploded in {town}, {n}.", "Gunmen fired at a convoy in {town}; {n}."),
        (
            ("but no one was killed", 0, 0),
            ("killing no one", 0, 0),
            ("no casualties were reported", 0, 0),
            ("none of the 40 passengers was killed", 0, 0),
        ),
    ),
    "denied": fill(
        (
            "Officials denied that {n} people were killed in an attack in {town}.",
            "A spokesman rejected reports that {n} soldiers had died in {town}.",
            "The army denied killing {n} civilians in {town}.",
            "The report that {n} soldiers were killed in {town} is false.",
        ),
        NONE,
    ),
    "planned": fill(
        (
            "Police in {town} foiled a plan to kill {n} pilgrims.",
            "The suspects had intended to kill {n} officers in {town}, police said.",
            "A man threatened to kill {n} hostages in {town}.",
        ),
        NONE,
    ),
    "remembered": fill(
        (
            "The anniversary of a bombing that killed {n} people was marked in {town}.",
            "Mourners in {town} remembered the {n} victims killed in the 2014 attack.",
            "In {town}, families of {n} miners killed in 2021 demanded justice.",
            "A monument to {n} slain soldiers was unveiled in {town}.",
        ),
        NONE,
    ),
    "supposed": fill(
        (
            "If the bomb had exploded, {n} people would have been killed in {town}.",
            "{n} people could have been killed had the device in {town} gone off.",
            "A drill in {town} simulated a blast that kills {n} people.",
        ),
        NONE,
    ),
    "of the context": fill(
        (
            "A grenade hurt a man in {town}, days after a strike that killed {n} people in Quetta.",
            "A bomb injured four in {town}, where an attack last year killed {n} people.",
            "A guard was hurt in {town}, a week after {n} of his colleagues were killed there.",
        ),
        NONE,
    ),
    "risen": fill(
        (
            "The death toll from the blast in {town} rose to {n}.",
            "The number of people killed in the bombing in {town} climbed from one to {n}.",
            "One more of the wounded died, taking the toll of the blast in {town} to {n}.",
        ),
        EXACT[:3],
    ),
}
"""By what makes them hard."""


def is_toll(note: Note, lows: list[int], highs: list[int | None]) -> bool:
    """Whether the killed of all events told, from the fewest to the most, are those of a note."""
    if sum(lows) != note.low:
        return False
    if not note.low and note.high in {0, None}:
        return True  # nobody, or nobody of whom it is news
    told = None if None in highs else sum(high or 0 for high in highs)
    return bool(highs) and told == note.high
