"""Compiled loops are loaded when they are needed, and not before."""

from __future__ import annotations

import subprocess
import sys

import pytest

from geosec.geodesy.compiled import load_loops


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


def test_loops_are_loaded_once():
    assert load_loops("geodesy.loops.inside") is load_loops("geodesy.loops.inside")


def test_a_cell_has_as_many_parts_as_its_bits_say():
    search = load_loops("geodesy.loops.search")
    assert search.FAN == 2**search.FAN_BITS


def test_what_is_far_for_the_series_is_what_its_test_measures():
    assert load_loops("geodesy.loops.search").FAR_M == 500_000.0
