"""A script of this checkout, run with the geosec of another commit, alone or in turns with this.

Import it before geosec: it puts the current folder first on the path, or the folder named by the
environment variable ``GEOSEC_CHECKOUT``, so that its geosec is taken and not an installed one.
Scripts that are run so use public names of geosec, which every commit has.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = "GEOSEC_CHECKOUT"
HERE = Path(__file__).resolve().parents[2]

sys.path.insert(0, os.environ.get(FOLDER, str(Path.cwd())))


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


def run_at(commit: str, script: str, *words: object) -> None:
    """Run a script of this checkout with the geosec of a commit; what it prints is seen."""
    with checkout(commit) as there:
        command = [sys.executable, script, *map(str, words)]
        subprocess.run(command, check=True, env=os.environ | {FOLDER: str(there)})
