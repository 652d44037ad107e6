"""Compiled loops are kept, found again, and never taken for those of another text."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

import pytest

from geosec.geodesy.loops.caching import _LoopFiles, hash_sources

LOWER = "from geosec.geodesy.loops.caching import compile_loop\nfrom loopy.units import FACTOR\n"
LOWER += "@compile_loop\ndef step(x):\n    return x * FACTOR\n"
UPPER = "from geosec.geodesy.loops.caching import compile_loop\nfrom loopy.lower import step\n"
UPPER += "@compile_loop\ndef run(x):\n    return step(x) + 1\n"
ASK = """
import numba
from geosec.geodesy.loops import caching
from loopy.upper import run

def fail(*_):
    raise OSError(28, "no space left on device")

{before}
print(*(run(each) for each in {what}))
print(sum(run.stats.cache_hits.values()), sum(run.stats.cache_misses.values()))
"""


@pytest.fixture
def package(tmp_path):
    """A package of loops: one calls one of another file, which takes a constant of a third."""
    folder = tmp_path / "loopy"
    folder.mkdir()
    texts = {"__init__": "", "units": "FACTOR = 2\n", "lower": LOWER, "upper": UPPER}
    for name, text in texts.items():
        (folder / f"{name}.py").write_text(text)
    return folder


def ask(package, what="[3]", before="", **environment):
    places = [str(package.parent), str(Path(__file__).parents[3])]
    done = subprocess.run(
        [sys.executable, "-B", "-c", ASK.format(what=what, before=before)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(places), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split("\n")[:2]


def test_a_loop_is_compiled_once(package):
    assert ask(package) == ["7", "0 1"]
    assert ask(package) == ["7", "1 0"]


@pytest.mark.parametrize("name", ["units", "lower"])
def test_what_a_loop_calls_or_uses_may_not_change_unseen(package, name):
    ask(package)
    path = package / f"{name}.py"
    path.write_text(path.read_text().replace("= 2", "= 5").replace("* FACTOR", "* FACTOR * 10"))
    assert ask(package) == ["16" if name == "units" else "61", "0 1"]
    assert len(list((package / "__pycache__").glob("loopy.upper.run*.loop"))) == 1


@pytest.mark.parametrize("damage", [b"", b"\x80\x04K\x01.", None])
def test_a_broken_file_is_compiled_anew(package, damage):
    ask(package)
    for path in (package / "__pycache__").glob("*.loop"):
        path.write_bytes(path.read_bytes()[:-9] if damage is None else damage)
    assert ask(package) == ["7", "0 1"]
    assert ask(package) == ["7", "1 0"]


def test_without_a_place_to_write_to_each_process_compiles(package, tmp_path):
    (package / "__pycache__").write_text("no folder")  # so that not even root may write there
    nowhere = dict.fromkeys(("HOME", "XDG_CACHE_HOME"), "/dev/null")
    assert [ask(package, **nowhere) for _ in range(2)] == [["7", "0 1"]] * 2
    own = {**nowhere, "NUMBA_CACHE_DIR": str(tmp_path / "own")}
    assert ask(package, **own) == ["7", "0 1"]
    assert ask(package, **own) == ["7", "1 0"]


def test_the_home_is_written_to_where_the_installation_is_not(package, tmp_path):
    (package / "__pycache__").write_text("no folder")
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "kept")}
    assert ask(package, **home) == ["7", "0 1"]
    assert ask(package, **home) == ["7", "1 0"]


def test_a_cold_cache_is_filled_by_processes_at_the_same_time(package):
    kinds = ["[3]", "[3.5]", "[numba.float32(0.5)]", "[3j]"]
    wanted = ["7", "8.0", "2.0", "(1+6j)"]
    with ThreadPoolExecutor(4) as pool:
        cold = [said for said, _ in pool.map(lambda kind: ask(package, kind), kinds)]
    assert cold == wanted
    assert ask(package, "[3, 3.5, numba.float32(0.5), 3j]") == [" ".join(wanted), "4 0"]


def test_a_full_disk_is_no_reason_to_fail(package):
    assert ask(package, before="caching.Path.write_bytes = fail") == ["7", "0 1"]
    assert not list((package / "__pycache__").iterdir())


def test_the_text_of_every_module_counts_that_a_loop_builds_on():
    names = [f"geosec.geodesy.loops.{name}" for name in ("search", "ellipsoid", "inside")]
    stamps = {import_module(name).__name__: hash_sources(name) for name in names}
    assert len(set(stamps.values())) == 3


def test_files_of_other_loops_stay(tmp_path):
    files = {name: _LoopFiles(tmp_path, name, "a1") for name in ("run", "run_on")}
    for name, each in files.items():
        each.save("(int64,)", name)
    _LoopFiles(tmp_path, "run", "b2").save("(int64,)", "new")
    assert files["run"].load("(int64,)") is None
    assert files["run_on"].load("(int64,)") == "run_on"
    files["run_on"].flush()
    assert [path.name.split("-")[0] for path in tmp_path.iterdir()] == ["run"]
