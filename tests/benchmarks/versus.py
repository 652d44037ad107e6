"""A script of this checkout, run with the geosec of another commit, alone or in turns with this.

Import it before geosec: it puts the current folder first on the path, or the folder named by the
environment variable ``GEOSEC_CHECKOUT``, so that its geosec is taken and not an installed one.
Scripts that are run so use public names of geosec, which every commit has, and what `inner` finds.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from alone import alone, head, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FOLDER = "GEOSEC_CHECKOUT"
PEER = "GEOSEC_PEER"  # the checkout of the commit that is compared with, for both
HERE = Path(__file__).resolve().parents[2]
ROUNDS = 5

sys.path.insert(0, os.environ.get(FOLDER, str(Path.cwd())))


def inner(name: str, *modules: str) -> Any:
    """Give an inner name of geosec from the first of some modules that this commit has."""
    for module in modules:
        with suppress(ModuleNotFoundError):
            return getattr(import_module(module), name)
    msg = f"there is no {name!r}, as none of {', '.join(modules)} is there."
    raise LookupError(msg)


def inner_of(names: tuple[str, ...], *modules: str) -> list[Any]:
    """Give those inner names that this commit has, at least one, of the first of some modules."""
    for module in modules:
        with suppress(ModuleNotFoundError):
            there = vars(import_module(module))
            if found := [there[name] for name in names if name in there]:
                return found
    msg = f"none of {', '.join(names)} is in {', '.join(modules)}."
    raise LookupError(msg)


def _git(*words: str) -> None:
    git = ["git", "-C", str(HERE), *words]
    subprocess.run(git, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def checkout(commit: str) -> Iterator[Path]:
    """Check a commit out into a temporary folder, which is removed in the end."""
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder) / "geosec"
        _git("worktree", "add", "--quiet", "--detach", str(there), commit)
        try:
            yield there
        finally:
            _git("worktree", "remove", "--force", str(there))


def run_at(commit: str, script: str, *words: object, twice: bool = False) -> None:
    """Run a script of this checkout with the geosec of a commit; what it prints is seen.

    Twice for a script that tells figures: at first bytecode and compiled loops are written.
    """
    with checkout(commit) as there:
        if twice:
            alone(script, "--tell", **{FOLDER: str(there)})
        command = [sys.executable, script, *map(str, words)]
        subprocess.run(command, check=True, env=os.environ | {FOLDER: str(there)})


def in_turns(commit: str, script: str, *words: object, rounds: int = ROUNDS) -> None:
    """Run a script that tells figures with the geosec of here and of a commit, in turns.

    Print medians of both, and of here divided by there: the median, least and most of the rounds.
    """
    with checkout(commit) as there:
        folders = (str(Path.cwd()), str(there))

        def turn() -> list[dict[str, float]]:
            peer = {PEER: str(there)}
            return [alone(script, *words, **peer, **{FOLDER: folder}) for folder in folders]

        turn()  # bytecode and compiled loops are written
        turns = [turn() for _ in range(rounds)]
    head(f"{Path(script).stem}, {rounds} rounds", "here", commit, "here / there", "least", "most")
    for figure in turns[0][0]:
        ours, theirs = ([each[at][figure] for each in turns] for at in (0, 1))
        ratios = [one / two if two else float("nan") for one, two in zip(ours, theirs, strict=True)]
        values = f"{median(ours):,.6g} | {median(theirs):,.6g}"
        print(
            f"| {figure} | {values} "
            f"| {median(ratios):.3f} | {min(ratios):.3f} | {max(ratios):.3f} |"
        )


def command(script: str, figures: Callable[[], dict[str, float]], show: Callable[[], None]) -> None:
    """Run a benchmark as its command line says: here, with a commit, or with both in turns."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--commit", help="measure the geosec of a commit")
    parser.add_argument("--vs", help="measure here and a commit in turns, and print the ratio")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="of --vs")
    parser.add_argument("--tell", action="store_true", help="print figures as JSON")
    asked = parser.parse_args()
    if asked.vs:
        in_turns(asked.vs, script, "--tell", rounds=asked.rounds)
    elif asked.commit:
        run_at(asked.commit, script, twice=True)
    elif asked.tell:
        tell(figures())
    else:
        show()
