"""Lexemes grouped into items: a name with the nouns round it, and what it hangs on."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geosec.geocoding.grammar.constructions import PHRASE
from geosec.geocoding.grammar.phrases import Item
from geosec.language import tags
from geosec.language.lexemes import write_words
from geosec.language.notation import write_expression

if TYPE_CHECKING:
    from geosec.language.lexemes import Lexeme

_RUNS = re.compile(f"(?P<run>{write_expression('run+', PHRASE)})|(?P<mark>.)")
_NAMES = frozenset({tags.NAME, tags.UNKNOWN})
# Beside these a name is the whole name or none: "Khar Kamar area" is not in Khar.
_WHOLE = frozenset({tags.AREA, tags.VILLAGE, tags.TOWN})


class _Slot(NamedTuple):
    """Where an item stands among the lexemes, which of them names it, and the rest of it."""

    start: int
    end: int
    named: int | None = None
    nouns: str = ""
    relation: str = ""
    compound: bool = False
    generic: bool = False
    owner: bool = False
    beside: tuple[int, ...] = ()  #: where other names stand, with nothing between


def make_items(lexemes: list[Lexeme], letters: str) -> tuple[Item, ...]:
    """Make the items of lexemes that have these tags."""
    items = []
    for start, end, named, nouns, relation, compound, generic, owner, beside in _find_slots(
        letters
    ):
        text = lexemes[start].text if end - start == 1 else write_words(lexemes[start:end])
        name = None if named is None else lexemes[named].name
        item = Item(text, name, nouns, relation, compound, generic, owner)
        items.append(_stand_beside(item, lexemes, start, beside) if beside else item)
    return tuple(items)


def _stand_beside(item: Item, lexemes: list[Lexeme], at: int, others: tuple[int, ...]) -> Item:
    """Note the names that stand beside an item, and what they are all together."""
    beside = [at]
    for other in sorted(others, key=lambda each: abs(each - at)):
        if any(_are_adjacent(lexemes[other], lexemes[each]) for each in beside):
            beside.append(other)
    names = tuple(name for each in beside[1:] if (name := lexemes[each].name) is not None)
    if not names:
        return item
    return item._replace(beside=names, whole=write_words([lexemes[at] for at in sorted(beside)]))


def _are_adjacent(one: Lexeme, other: Lexeme) -> bool:
    """Whether nothing but a space stands between two lexemes, in the text as it was written."""
    return max(one.start, other.start) - min(one.end, other.end) <= 1


def make_named_item(lexemes: list[Lexeme], letters: str) -> Item:
    """Make the item of a run that has a name, or of coordinates; other nouns are its own."""
    if lexemes[0].point is not None:
        return Item(lexemes[0].text, point=lexemes[0].point)
    items = make_items(lexemes, letters) or (Item(write_words(lexemes), generic=True),)
    known = [item for item in items if item.name is not None and not item.compound]
    return known[0] if known else items[0]


@lru_cache(maxsize=4096)
def _find_slots(letters: str) -> tuple[_Slot, ...]:
    """Group tags into items; what owns ("Quetta's bypass") goes behind what is owned.

    Many phrases share one string of tags.
    """
    slots: list[_Slot] = []
    relation, carried, owner = "", "", None
    for found in _RUNS.finditer(letters):
        run, mark = found["run"], found["mark"]
        if mark:
            relation = mark
            if relation == tags.OWNER and slots:
                owner = slots.pop()._replace(relation=relation)
            continue
        if tags.CARRIED.issuperset(run):
            carried = run
            continue
        slots += _split_run(run, found.start(), relation, carried)
        if owner is not None:
            slots.append(owner)
        relation, carried, owner = "", "", None
    if owner is None:
        return tuple(slots)
    return (*slots, owner._replace(nouns=owner.nouns + carried))  # "Sibi's outskirts"


def _split_run(run: str, start: int, relation: str, carried: str) -> list[_Slot]:
    """Make items of one run of names, unknown words and nouns without anything between."""
    end = start + len(run)
    known = [at for at, tag in enumerate(run, start) if tag == tags.NAME]
    nouns = carried + "".join(tag for tag in run if tag not in _NAMES)
    if not known:
        return [_Slot(start, end, None, nouns, relation, generic=tags.UNKNOWN not in run)]
    if tags.UNKNOWN not in run:
        return _split_names(known, nouns, relation)
    if _WHOLE.issuperset(nouns):
        return [_Slot(start, end, known[-1], nouns, relation, compound=True)]
    free = (at for at in known if _stands_alone(run, at - start))
    owners = (_Slot(at, at + 1, at, "", str(tags.IN), owner=True) for at in free)
    return [_Slot(start, end, None, nouns, relation), *owners]


def _split_names(known: list[int], nouns: str, relation: str) -> list[_Slot]:
    """Make an item of each name of a run, all beside each other: the first is in the others."""
    first, *others = (
        _Slot(at, at + 1, at, beside=tuple(other for other in known if other != at)) for at in known
    )
    inside = (slot._replace(relation=str(tags.IN)) for slot in others)
    return [first._replace(nouns=nouns, relation=relation), *inside]


def _stands_alone(run: str, at: int) -> bool:
    """Whether a name stands by itself: "Quetta Press Club", but not "Shah Mardan post"."""
    return at == 0 or run[at - 1] != tags.UNKNOWN or run[at + 1 : at + 2] in tags.AREAL
