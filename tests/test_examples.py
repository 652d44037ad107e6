"""Every gallery script runs in a folder of its own, asks a question and says how to read it."""

from __future__ import annotations

import ast
import os
import runpy
import sys
from pathlib import Path

import matplotlib as mpl
import postgis_server
import pytest
from matplotlib import pyplot as plt

from tests.test_gallery_page import read_script

EXAMPLES = Path(__file__).parents[1] / "examples"
GALLERY = sorted(EXAMPLES.glob("plot_*.py"))

each_script = pytest.mark.parametrize("script", GALLERY, ids=lambda script: script.stem)


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run a script as a user does, in an empty folder, and give what it printed."""

    def call(script):
        if script.stem == "plot_postgis":
            monkeypatch.setenv("GEOSEC_GALLERY_POSTGIS", start_postgis())
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", [str(script), "pictures"])
        with mpl.rc_context({"backend": "agg"}):
            runpy.run_path(str(script))
        plt.close("all")
        told = capsys.readouterr()
        assert not told.err.strip()
        return told.out

    return call


def start_postgis():
    """Start a PostGIS on the loopback, and give its address; there is one wherever CI runs."""
    missing = postgis_server.why_not()
    if missing and not os.environ.get("GEOSEC_POSTGIS"):
        pytest.skip(missing)
    assert not missing
    with postgis_server.connection() as session:
        session.commit()
    return postgis_server.give_address()


@each_script
def test_a_script_prints_and_writes_one_file_where_it_is_told(script, run, tmp_path):
    assert run(script).strip()
    stem = script.stem.removeprefix("plot_")
    written = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")]
    assert written in ([f"pictures/{stem}.png"], [f"pictures/{stem}.html"])


@each_script
def test_a_script_asks_a_question_and_ends_with_a_reading(script):
    title, says, reading = read_script(script)
    assert title.endswith("?")
    assert says
    assert reading.endswith(".")


@each_script
def test_a_script_uses_what_users_may(script):
    tree = ast.parse(script.read_text(encoding="utf-8"))
    deep = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert not [node.module for node in deep if str(node.module).startswith("geosec.")]


def test_what_the_railway_example_says(run):
    """Keep the figures of the gallery honest: they are counted, not typed."""
    told = run(EXAMPLES / "plot_near_the_railway.py")
    expected, of, spread = (float(told.split()[at]) for at in (0, 2, 10))
    assert of == 72
    assert 0 < spread < expected < of
