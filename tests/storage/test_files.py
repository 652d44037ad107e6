"""Files that are written whole or not at all."""

from __future__ import annotations

import os

import pytest

from geosec import SourceError
from geosec.storage.files import write_whole


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
        pytest.raises(FileNotFoundError, match=r"map\.html"),
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
