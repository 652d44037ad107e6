"""Names that nearly agree: within an edit or two, compared in batches, and how probable."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from geosec.reference.memo import Memo
from geosec.reference.transliteration import frame_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Edits a misspelt name may differ by, by the length of its form: none for a short name.
_FUZZY_EDITS = ((8, 2), (5, 1))
_BATCH = 256  # misspelt names compared at once
_MOST_GUESSES = 3  # names equally near that are weighed against each other
# Log odds that a guess is right (within 25 km), by logistic regression over 840 names of coded
# events (UCDP GED): half of them misspelt, half of them in no gazetteer at all. All are 0.8 lower
# than was fitted so: of guesses at names left out of the gazetteer fewer were right, for the others
# are villages in no list. `Parameters.guess_town` gives it back where the name is a town's.
_USUAL_LETTERS = 8  # a name as long as the odds below are for
_ODDS_UNLIKE = -1.8  # another consonant
_ODDS_ALIKE = 1.7  # what the same consonants add: vowels are what romanisations differ in
_ODDS_ALIKE_BUT_ONE = 0.7  # what they add further where only one letter differs
_ODDS_ALIKE_BUT_LAST = -0.55  # and where the last does: Saidpur is not Saidpura
_ODDS_TWICE_AS_LONG = 1.9
_FRAMES = Memo(frame_key)


class Likeness(NamedTuple):
    """How a misspelt name differs from a known one; what is nearer compares as less."""

    unlike: bool  #: a consonant is another, and not only in another place
    edits: int  #: how many letters are
    ends_otherwise: bool  #: the last letter is another


class Guess(NamedTuple):
    """The names nearest to a misspelt one."""

    likeness: Likeness
    places: tuple[str, ...]  #: the places that bear the names


def rate_guess(key: str, likeness: Likeness) -> float:
    """Give the probability, 0 to 1, that a guess at a normalised name is right."""
    letters = max(len(key) - key.count(" "), 1)
    odds = _ODDS_UNLIKE + _ODDS_TWICE_AS_LONG * math.log2(letters / _USUAL_LETTERS)
    if not likeness.unlike:
        odds += _ODDS_ALIKE
        odds += _ODDS_ALIKE_BUT_ONE if likeness.edits < 2 else 0.0
        odds += _ODDS_ALIKE_BUT_LAST if likeness.ends_otherwise else 0.0
    return 1 / (1 + math.exp(-odds))


def compare_names(spelt: str, known: str, edits: int) -> Likeness:
    """Say how a spelling differs from a known name that is so many edits off, both normalised."""
    unlike = _FRAMES[spelt] != _FRAMES[known] and not _are_anagrams(spelt, known)
    return Likeness(unlike, edits, spelt[-1:] != known[-1:])


def _are_anagrams(one: str, other: str) -> bool:
    return len(one) == len(other) and sorted(one) == sorted(other)


def find_nearest(
    asked: Mapping[str, str], letters: Mapping[str, Mapping[str, tuple[str, ...]]]
) -> dict[str, Guess]:
    """Find the names nearest to misspelt ones: those with its consonants first.

    `asked` maps each name to the form that is compared, `letters` known forms to places, by their
    first letter. A name is missing where nothing is near, or too many names are equally near.
    """
    found: dict[str, Guess] = {}
    for (letter, edits), keys in _group_comparable(asked, letters).items():
        for start in range(0, len(keys), _BATCH):
            part = {key: asked[key] for key in keys[start : start + _BATCH]}
            found |= _compare_batch(part, letters[letter], edits)
    return found


def _group_comparable(
    asked: Mapping[str, str], letters: Mapping[str, object]
) -> dict[tuple[str, int], list[str]]:
    """Group what is long enough to be misspelt by its first letter and the edits it may have."""
    groups: dict[tuple[str, int], list[str]] = defaultdict(list)
    for key, form in asked.items():
        edits = next((most for length, most in _FUZZY_EDITS if len(form) >= length), 0)
        if edits and form[0] in letters:
            groups[form[0], edits].append(key)
    return groups


def _compare_batch(
    asked: Mapping[str, str], known: Mapping[str, tuple[str, ...]], edits: int
) -> dict[str, Guess]:
    """Compare a batch with every known name of its letter."""
    keys, forms = list(asked), list(known)
    apart = process.cdist(
        list(asked.values()), forms, scorer=OSA.distance, score_cutoff=edits, dtype=np.uint8
    )
    near: dict[str, tuple[Likeness, list[str]]] = {}
    rows, columns = np.nonzero(apart <= edits)
    for row, column, off in zip(
        rows.tolist(), columns.tolist(), apart[rows, columns].tolist(), strict=True
    ):
        key, form = keys[row], forms[column]
        likeness = compare_names(asked[key], form, off)
        nearest = near.get(key)
        if nearest is None or likeness < nearest[0]:
            near[key] = likeness, [form]
        elif likeness == nearest[0]:
            nearest[1].append(form)
    return {
        key: Guess(likeness, _list_places(alike, known))
        for key, (likeness, alike) in near.items()
        if len(alike) <= _MOST_GUESSES
    }


def _list_places(names: Sequence[str], places: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """List the places that any of some names has, each once."""
    if len(names) == 1:
        return places[names[0]]
    return tuple(dict.fromkeys(place for name in names for place in places[name]))
