"""Names that nearly agree: within an edit or two, compared in batches."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from collections.abc import Mapping

# Edits a misspelt name may differ by, by the length of its form: none for a short name.
_FUZZY_EDITS = ((8, 2), (5, 1))
_BATCH = 256  # misspelt names compared at once
_MOST_GUESSES = 3  # names equally near that are weighed against each other


def find_nearest(
    asked: Mapping[str, str], letters: Mapping[str, Mapping[str, tuple[str, ...]]]
) -> dict[str, tuple[int, tuple[str, ...]]]:
    """Find the names nearest to misspelt ones: how many edits off, and the places that bear them.

    `asked` maps each name to the form that is compared, `letters` known forms to places, by their
    first letter. A name is missing where nothing is near, or too many names are equally near.
    """
    found: dict[str, tuple[int, tuple[str, ...]]] = {}
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
) -> dict[str, tuple[int, tuple[str, ...]]]:
    """Compare a batch with every known name of its letter."""
    keys, forms = list(asked), list(known)
    apart = process.cdist(
        list(asked.values()), forms, scorer=OSA.distance, score_cutoff=edits, dtype=np.uint8
    )
    least = apart.min(axis=1)
    found = {}
    for row in np.flatnonzero(least <= edits).tolist():
        at = np.flatnonzero(apart[row] == least[row]).tolist()
        if len(at) <= _MOST_GUESSES:
            ids = tuple(dict.fromkeys(place for name in at for place in known[forms[name]]))
            found[keys[row]] = int(least[row]), ids
    return found
