"""The gallery scripts run, each in an empty folder."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

GALLERY = sorted((Path(__file__).parents[1] / "examples").glob("plot_*.py"))


@pytest.mark.parametrize("script", GALLERY, ids=lambda script: script.stem)
def test_a_gallery_script_runs(script, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    runpy.run_path(str(script))
    assert "expected within 10 km" in capsys.readouterr().out
    assert (tmp_path / "near_the_railway.html").is_file()
