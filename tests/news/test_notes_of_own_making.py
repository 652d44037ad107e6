"""Notes of one sentence have the killed they were made with; `python
tests/benchmarks/measure_notes.py` prints those that do not."""

from __future__ import annotations

import pytest
from measure_notes import read_ends
from notes import KINDS, is_toll

#: Notes of a kind that are known to be wrong; there may only be fewer.
WRONG = {
    "a range": 3,
    "one without a number": 2,
    "nobody": 2,
    "denied": 4,
    "remembered": 2,
    "supposed": 2,
    "of the context": 2,
    "risen": 3,
}


def test_there_are_enough_notes_and_none_is_there_twice():
    texts = [note.text for notes in KINDS.values() for note in notes]
    assert len(set(texts)) == len(texts) >= 60


@pytest.mark.parametrize("kind", KINDS)
def test_a_note_has_the_killed_it_was_made_with(kind):
    wrong = [note.text for note in KINDS[kind] if not is_toll(note, *read_ends(note))]
    assert len(wrong) <= WRONG.get(kind, 0), wrong
