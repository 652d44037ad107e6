"""How many notes of our own making have the killed they were made with, kind by kind.

Run it by hand: ``python tests/benchmarks/measure_notes.py``, which prints what goes wrong too; with
``--vs REV --rounds 1`` beside the geosec of a commit.
"""

from __future__ import annotations

from alone import head
from notes import KINDS, Note, is_toll
from versus import command

import geosec

DAY = "2025-03-12"


def read_ends(note: Note) -> tuple[list[int], list[int | None]]:
    """Read the fewest and the most killed of each event that is told."""
    events = geosec.parse_report(note.text, published=DAY).events
    highs = events["fatalities_high"].astype("object")
    return events["fatalities_low"].tolist(), [
        None if missing else int(high) for high, missing in zip(highs, highs.isna(), strict=True)
    ]


def figures() -> dict[str, float]:
    """Count the right ones of each kind."""
    counted = {
        f"{kind}, of {len(notes)}": float(sum(is_toll(note, *read_ends(note)) for note in notes))
        for kind, notes in KINDS.items()
    }
    every = sum(map(len, KINDS.values()))
    return counted | {f"all, of {every}": sum(counted.values())}


def show() -> None:
    """Print a table in Markdown, and every note that is not right with what is told of it."""
    head("kind", "right")
    for name, right in figures().items():
        print(f"| {name} | {right:.0f} |")
    print()
    for kind, notes in KINDS.items():
        for note in notes:
            ends = read_ends(note)
            if not is_toll(note, *ends):
                print(f"{kind}: {note.text} {note.low} to {note.high}, told {ends}")


if __name__ == "__main__":
    command(__file__, figures, show)
