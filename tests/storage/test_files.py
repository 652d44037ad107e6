"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from geosec import SourceError
from geosec.storage.files import _mark_host, write_whole


def write(path, text):
    with write_whole(path) as partial:
        partial.write_text(text, encoding="utf-8")


def test_nothing_stands_at_the_place_until_all_is_written(tmp_path):
    path = tmp_path / "نقشہ.html"
    with write_whole(path) as partial:
        partial.write_text("all", encoding="utf-8")
        assert not path.exists()
        assert (partial.name, partial.parent.parent) == (path.name, tmp_path)
    assert path.read_text(encoding="utf-8") == "all"


def test_an_old_file_is_replaced(tmp_path):
    path = tmp_path / "map.html"
    write(path, "a long old text")
    write(path, "new")
    assert path.read_text(encoding="utf-8") == "new"
    assert os.listdir(tmp_path) == ["map.html"]  # noqa: PTH208 - hidden folders too


def test_who_writes_nothing_gets_an_error_and_leaves_nothing(tmp_path):
    with (
        pytest.raises(SourceError, match=r"map\.html cannot be written"),
        write_whole(tmp_path / "map.html"),
    ):
        pass
    assert not list(tmp_path.iterdir())


def test_a_file_is_no_folder_to_write_in(tmp_path):
    write(tmp_path / "a", "file")
    with pytest.raises(SourceError, match=r"there is no folder .*a to write map\.html in"):
        write(tmp_path / "a" / "map.html", "x")


def test_a_folder_is_not_written_over(tmp_path):
    (tmp_path / "map.html").mkdir()
    with pytest.raises(SourceError, match=r"map\.html is a folder, where a file is to be written"):
        write(tmp_path / "map.html", "x")
    assert (tmp_path / "map.html").is_dir()
    assert len(list(tmp_path.iterdir())) == 1


KILLED = """
import os, pathlib, signal, sys
from geosec.storage.files import write_whole
with write_whole(pathlib.Path(sys.argv[1])) as partial:
    partial.write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def list_all(folder):
    return sorted(os.listdir(folder))  # noqa: PTH208 - hidden folders too


@pytest.mark.skipif(os.name != "posix", reason="a process cannot be asked for elsewhere")
def test_a_killed_write_leaves_nothing_behind_the_next_one(tmp_path):
    done = subprocess.run([sys.executable, "-c", KILLED, tmp_path / "a.csv"], check=False)
    assert done.returncode == -signal.SIGKILL
    assert len(list_all(tmp_path)) == 1
    write(tmp_path / "b.csv", "whole")
    assert list_all(tmp_path) == ["b.csv"]


def test_what_others_write_now_is_left_alone(tmp_path):
    with write_whole(tmp_path / "a.csv") as partial:
        partial.write_text("a", encoding="utf-8")
        (tmp_path / ".geosec-elsewhere-1-x").mkdir()
        (tmp_path / f"{_mark_host()}x").mkdir()
        write(tmp_path / "b.csv", "b")
        assert partial.exists()
    assert list_all(tmp_path)[-2:] == ["a.csv", "b.csv"]
    assert len(list_all(tmp_path)) == 4


def test_what_is_older_than_a_day_is_removed(tmp_path):
    old = tmp_path / ".geosec-elsewhere-1-x"
    old.mkdir()
    os.utime(old, (time.time() - 100_000,) * 2)
    write(tmp_path / "a.csv", "a")
    assert list_all(tmp_path) == ["a.csv"]


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_the_permissions_of_a_file_written_again_stay(tmp_path):
    write(tmp_path / "a.csv", "a")
    (tmp_path / "a.csv").chmod(0o600)
    write(tmp_path / "a.csv", "b")
    assert (tmp_path / "a.csv").stat().st_mode & 0o777 == 0o600
