"""Every gallery script that is found runs in an empty folder, and asks and answers one question."""

from __future__ import annotations

import ast
import runpy
from pathlib import Path

import pytest

GALLERY = sorted((Path(__file__).parents[1] / "examples").glob("plot_*.py"))


def test_there_is_a_gallery():
    assert GALLERY


@pytest.mark.parametrize("script", GALLERY, ids=lambda script: script.stem)
def test_a_gallery_script_runs_and_prints_and_writes_only_here(
    script, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    runpy.run_path(str(script))
    told = capsys.readouterr()
    assert told.out.strip()
    assert not told.err.strip()


@pytest.mark.parametrize("script", GALLERY, ids=lambda script: script.stem)
def test_a_gallery_script_asks_a_question_and_ends_with_a_reading(script):
    text = script.read_text(encoding="utf-8")
    title = (ast.get_docstring(ast.parse(text)) or "").splitlines()
    assert title[0].endswith("?")
    assert set(title[1]) == {"="}
    assert text.rpartition("# %%\n")[2].startswith("# Reading: ")


@pytest.mark.parametrize("script", GALLERY, ids=lambda script: script.stem)
def test_a_gallery_script_uses_what_users_may(script):
    tree = ast.parse(script.read_text(encoding="utf-8"))
    deep = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert not [node.module for node in deep if str(node.module).startswith("geosec.")]


def test_what_the_railway_example_says(tmp_path, monkeypatch, capsys):
    """Keep the figures of the gallery honest: they are counted, not typed."""
    script = next(path for path in GALLERY if path.stem == "plot_near_the_railway")
    monkeypatch.chdir(tmp_path)
    runpy.run_path(str(script))
    told = capsys.readouterr().out
    expected, of, spread = (float(told.split()[at]) for at in (0, 2, 10))
    assert of == 72
    assert 0 < spread < expected < of
    assert (tmp_path / "near_the_railway.html").is_file()
