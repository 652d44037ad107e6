"""From how many files, and in how many moves between them, an answer is made.

A move is a Python call from a function in one file of geosec to a function in another; returns
are not counted, nor calls to or from other libraries. ``lex`` is counted wherever it stands, with
the characters it was given. What is asked is asked once, after a question with other words and
of the same kind, so that everything is loaded and nothing is known of this text.

Run it by hand: ``python tests/benchmarks/profile_moves.py``, with ``--commit REV`` for the geosec
of a commit and ``--pairs N`` for the busiest pairs of files.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alone import head
from versus import run_at

import geosec

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType, FrameType

ROOT = str(Path(geosec.__file__).parent)
DAY = "2025-03-12"
PHRASE = "12 km south of Sibi, Balochistan"
PHRASE_BEFORE = "Loralai, Punjab"
ARTICLE = (
    "SIBI: A blast near Mach killed two on Tuesday. The wounded were taken to Quetta. "
    "Nobody claimed it in Balochistan."
)
ARTICLE_BEFORE = (
    "LAHORE: A grenade near Loralai wounded two on Tuesday. The injured were taken to Multan. "
    "Nobody claimed it in Punjab."
)


@dataclass
class Moves:
    """The files entered, the moves from file to file, and the texts given to ``lex``."""

    entered: set[str] = field(default_factory=set)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    lexed: list[str] = field(default_factory=list)

    def count(self, frame: FrameType, event: str, _: Any) -> None:
        """Count a call, as `sys.setprofile` wants it."""
        callee = frame.f_code.co_filename
        if event != "call" or not callee.startswith(ROOT):
            return
        self.entered.add(callee)
        caller = frame.f_back.f_code.co_filename if frame.f_back else ""
        if caller.startswith(ROOT) and caller != callee:
            self.pairs[caller, callee] += 1
        if frame.f_code.co_name == "lex":
            self.lexed.append(_first_text(frame.f_code, frame.f_locals))


def _first_text(code: CodeType, given: dict[str, Any]) -> str:
    arguments = code.co_varnames[: code.co_argcount]
    return next((given[name] for name in arguments if isinstance(given[name], str)), "")


def moves_of(work: Callable[[], object]) -> Moves:
    """Do the work once and count."""
    moves = Moves()
    sys.setprofile(moves.count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return moves


def row_of(what: str, text: str, moves: Moves) -> str:
    """Write a row of the table."""
    characters = sum(map(len, moves.lexed))
    cells = [
        str(len(moves.entered)),
        str(moves.pairs.total()),
        str(len(moves.lexed)),
        f"{characters} of {len(text)}",
        f"{characters / len(text):.2f}",
    ]
    return f"| {what} | {' | '.join(cells)} |"


def main(pairs: int) -> None:
    """Print a table in Markdown, and the busiest pairs of files."""
    geosec.geocode([PHRASE_BEFORE])
    phrase = moves_of(lambda: geosec.geocode([PHRASE]))
    geosec.parse_report(ARTICLE_BEFORE, published=DAY)
    article = moves_of(lambda: geosec.parse_report(ARTICLE, published=DAY))
    print(f"the phrase: {PHRASE}\nthe article: {ARTICLE}")
    head("asked once", "files", "moves", "calls of lex", "characters lexed", "times the text")
    print(row_of("the phrase", PHRASE, phrase))
    print(row_of("the article", ARTICLE, article))
    for what, moves in (("the phrase", phrase), ("the article", article)):
        for (one, two), count in moves.pairs.most_common(pairs):
            names = " -> ".join(str(Path(each).relative_to(ROOT)) for each in (one, two))
            print(f"{what}: {count} {names}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--commit", help="count in the geosec of a commit")
    parser.add_argument("--pairs", type=int, default=0, help="busiest pairs of files to print")
    asked = parser.parse_args()
    if asked.commit:
        run_at(asked.commit, __file__, "--pairs", asked.pairs)
    else:
        main(asked.pairs)
