"""Compiled loops are loaded when needed, and rows are shared out to threads whole."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from geosec.geodesy import compiled


def in_a_new_process(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "use",
    [
        "",
        "geosec.geocode(['Mach town', 'Kech district', '12 km south of Sibi'])",
        "geosec.read_incidents(geosec.example_path())",
        "geosec.load_rail_network(); geosec.load_boundaries('adm2')",
    ],
)
def test_nothing_is_compiled_before_it_is_needed(use):
    in_a_new_process(f"import sys, geosec\n{use}\nassert 'numba' not in sys.modules")


def test_a_search_needs_the_loops():
    in_a_new_process(
        "import sys, geosec\n"
        "geosec.assign_boundaries(geosec.geocode(['Mach town']))\n"
        "assert 'numba' in sys.modules"
    )


@pytest.mark.parametrize(
    ("asked", "count"), [("1", 1), ("3", 3), ("0", None), ("two", None), ("", None)]
)
def test_the_environment_says_how_many_threads(asked, count, monkeypatch):
    monkeypatch.setenv("GEOSEC_THREADS", asked)
    assert compiled.threads() == (count or len(os.sched_getaffinity(0)))


def test_without_affinity_all_processors_count(monkeypatch):
    monkeypatch.delenv("GEOSEC_THREADS", raising=False)
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert compiled.threads() == 1


@pytest.mark.parametrize("threads", ["1", "2", "5"])
@pytest.mark.parametrize("count", [0, 1, 19_999, 20_000, 20_001, 100_007])
def test_parts_hold_every_row_once(count, threads, monkeypatch):
    monkeypatch.setenv("GEOSEC_THREADS", threads)
    parts = []
    compiled.in_parts(lambda first, last: parts.append(range(first, last)), count)
    assert [row for part in sorted(parts, key=lambda part: part.start) for row in part] == list(
        range(count)
    )
    assert len(parts) == (1 if count < 20_000 else 4 * int(threads))


@pytest.mark.parametrize("threads", ["1", "4"])
def test_an_error_in_one_part_is_not_lost(threads, monkeypatch):
    monkeypatch.setenv("GEOSEC_THREADS", threads)
    with pytest.raises(ZeroDivisionError, match="division"):
        compiled.each(lambda task: 1 / task, [1, 2, 0, 4])


def test_loops_are_loaded_once():
    assert compiled.loops("geodesy.loops.inside") is compiled.loops("geodesy.loops.inside")
    assert (
        compiled.loops("geodesy.loops.search").FAN
        == 2 ** compiled.loops("geodesy.loops.search").FAN_BITS
    )
