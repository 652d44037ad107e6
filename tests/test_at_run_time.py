"""Threads and processes get the answers of one thread, to the byte."""

from __future__ import annotations

import subprocess
import sys

import pytest

# What every verb answers, as one digest; `answer_all` imports nothing that was not asked for.
ANSWERS = """
import hashlib
import sys
import tempfile
import threading
from pathlib import Path

import geosec

ARTICLE = "QUETTA - A blast near Mach on Tuesday killed two guards. A bus was fired on at Sibi."

def answer_all(_=None):
    incidents, rejected = geosec.read_incidents(geosec.example_path())
    table = geosec.assign_boundaries(geosec.geocode(incidents))
    table = geosec.locate_on_rail(table)
    stations, lines = geosec.load_rail_stations(), geosec.load_rail_lines()
    said = [
        rejected.to_csv(),
        geosec.nearest(table, stations, k=3).to_csv(),
        geosec.within(table, lines, distance_m=10_000).to_csv(),
        geosec.sample(table, draws=19).tobytes(),
        geosec.candidates(table).to_csv(),
        repr(geosec.explain("12 km south of Sibi, Balochistan")),
        geosec.parse_report(ARTICLE, published="2025-03-12").events.to_csv(),
        repr(geosec.km_interval("ML-3", 268)),
        geosec.locate_all(stations.geometry.head(9), max_offset_m=900).to_csv(),
        geosec.load_borders("adm1").to_csv(),
    ]
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "map.html"
        geosec.save_map(geosec.incident_map(table), page)
        said.append(page.read_bytes())
        for ending in ("csv", "geojson", "parquet", "xlsx"):
            path = geosec.write_table(table, Path(folder) / f"table.{ending}")
            if ending == "parquet":
                said.append(geosec.read_incidents(path)[0].to_csv())
            elif ending != "xlsx":
                said.append(path.read_bytes())
    parts = (part if isinstance(part, bytes) else part.encode() for part in said)
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()
"""
THREADS = """
def run():
    start.wait()
    try:
        got.append(answer_all())
        tables.append((geosec.load_gazetteer(), geosec.load_rail_network()))
    except BaseException as error:
        got.append(repr(error))

start, got, tables = threading.Barrier(8), [], []
threads = [threading.Thread(target=run) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert all(one is tables[0][0] and other is tables[0][1] for one, other in tables)
print(*got)
"""
PROCESSES = """
import multiprocessing

if __name__ == "__main__":
    if sys.argv[1] == "fork":
        answer_all()  # so that the children inherit tables, loops and the locks of their threads
    with multiprocessing.get_context(sys.argv[1]).Pool(2) as pool:
        print(*pool.map(answer_all, range(2)))
"""


def run(folder, code, *args):
    path = folder / "ask.py"
    path.write_text(ANSWERS + code)
    done = subprocess.run(
        [sys.executable, "-W", "ignore::DeprecationWarning", path, *args],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    return run(tmp_path_factory.mktemp("alone"), "print(answer_all())")[0]


def test_eight_threads_that_begin_a_process_at_once_get_the_same_answers(tmp_path, alone):
    assert run(tmp_path, THREADS) == [alone] * 8


@pytest.mark.parametrize("way", ["spawn", "fork", "forkserver"])
@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows only spawn")
def test_processes_get_the_same_answers(tmp_path, alone, way):
    assert run(tmp_path, PROCESSES, way) == [alone] * 2
