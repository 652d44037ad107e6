"""Folders whose manifest, written last, says that they are whole."""

from __future__ import annotations

import json

import pytest

import geosec
from geosec import SourceError
from geosec.storage.manifests import MANIFEST, write_folder


@pytest.fixture
def folder(tmp_path):
    """Write a folder of two files, with what is told of it."""
    with write_folder(tmp_path / "out", ["a.txt", "b.txt"]) as told:
        told["rows"] = 3
        for name in ("a.txt", "b.txt"):
            (tmp_path / "out" / name).write_text(name, encoding="utf-8")
    return tmp_path / "out"


def test_a_whole_folder_says_so(folder):
    told = geosec.describe_file(folder)
    assert told["state"] == "as written"
    assert (told["rows"], told["geosec"]) == (3, geosec.__version__)
    assert told["files"].keys() == {"a.txt", "b.txt"}


def test_what_is_changed_or_missing_is_told(folder):
    (folder / "a.txt").write_text("x", encoding="utf-8")
    (folder / "b.txt").unlink()
    assert geosec.describe_file(folder)["state"] == "a.txt is changed; b.txt is missing"


def write_half(folder):
    with write_folder(folder, ["a.txt"]):
        msg = "killed"
        raise RuntimeError(msg)


def test_a_run_that_is_stopped_leaves_no_manifest(folder):
    with pytest.raises(RuntimeError, match="killed"):
        write_half(folder)
    with pytest.raises(SourceError, match=r"has no manifest\.json.*was stopped"):
        geosec.describe_file(folder)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"files": []}', '{"files": {"a": 1}}', '{"files": {"a": {}}}']
)
def test_a_manifest_that_is_none_is_told(folder, text):
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match="cannot be read as a manifest"):
        geosec.describe_file(folder)


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/passwd", "sub/../a.txt", ""])
def test_files_of_other_folders_are_not_read(folder, name):
    (folder.parent / "secret.txt").write_text("x", encoding="utf-8")
    text = json.dumps({"files": {name: {"sha256": "0"}}})
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    assert geosec.describe_file(folder)["state"] == f"{name} is missing"
