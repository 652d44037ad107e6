"""Folders of several files: a manifest, written last, says that all of them are there and whole."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from geosec.errors import SourceError
from geosec.storage.csv_notes import hash_file
from geosec.storage.files import refuse_broken, write_whole
from geosec.storage.provenance import describe_writing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MANIFEST = "manifest.json"


@contextmanager
def write_folder(folder: Path, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Have files written in a folder; when all are there, their hashes are kept in a manifest.

    An earlier manifest is taken away before, so that a run that is stopped leaves none. What is
    put into the dictionary that is given is told in it too.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MANIFEST).unlink(missing_ok=True)
    told: dict[str, Any] = {}
    yield told
    files = {
        name: {"bytes": (folder / name).stat().st_size, "sha256": hash_file(folder / name)}
        for name in names
    }
    with write_whole(folder / MANIFEST) as partial:
        text = json.dumps({**describe_writing(), **told, "files": files}, indent=1)
        partial.write_text(text + "\n", encoding="utf-8")


def check_folder(folder: Path) -> dict[str, Any]:
    """Tell what the manifest of a folder says, and whether each file is as it was written.

    ``state`` is ``as written``, or names the files that are missing or changed. Raises a
    `SourceError` where there is no manifest, or it is none.
    """
    path = folder / MANIFEST
    if not path.is_file():
        msg = (
            f"{folder} has no {MANIFEST}: geosec writes it last, so the run that wrote this folder "
            "was stopped, is not done yet, or was none; run it again."
        )
        raise SourceError(msg)
    with refuse_broken(path, "a manifest of geosec"):
        told = json.loads(path.read_bytes())
        files = {str(name): str(held["sha256"]) for name, held in {**told["files"]}.items()}
    states = {name: _judge_file(folder, name, known) for name, known in files.items()}
    wrong = [f"{name} is {state}" for name, state in states.items() if state]
    return {**told, "state": "; ".join(wrong) or "as written"}


def _judge_file(folder: Path, name: str, known: str) -> str:
    """Say what is wrong with a file; empty where nothing is. Only files of the folder are read."""
    path = folder / name
    if path.parent != folder or not path.is_file():
        return "missing"
    return "" if hash_file(path) == known else "changed"
