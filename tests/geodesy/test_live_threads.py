"""Threads that share a live index neither crash the process nor tear the tree."""

from __future__ import annotations

import subprocess
import sys

import geopandas as gpd
import numpy as np

from geosec import LiveIndex

THREADS = 8
# Each thread moves its own points among those of the others and asks for its neighbours.
MOVES = """
import pickle
import threading
from random import Random

from geosec import LiveIndex

live, start, met = LiveIndex(), threading.Barrier({threads}), []

def move(own):
    random = Random(own)
    start.wait()
    try:
        for turn in range(300):
            place = random.uniform(60, 75), random.uniform(24, 36)
            name = f"{{own}}-{{random.randrange(40)}}"
            (live.update if name in live else live.insert)(name, *place)
            assert (name, 0.0) in live.within(*place, 1.0)
            assert len(live.nearest(*place, k=5)) <= 5
            if turn % 3 == 0:
                live.delete(name)
            if turn % 100 == 0:
                assert len(pickle.loads(pickle.dumps(live))) >= 0
                assert len(list(live)) >= 0
    except BaseException as error:
        met.append(error)

threads = [threading.Thread(target=move, args=(own,)) for own in range({threads})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert not met, met
print(len(live), len(live.within(67, 30, 20_100_000)), len(live.nearest(67, 30, k=10_000)))
"""


def test_eight_threads_move_points_of_one_index():
    done = subprocess.run(
        [sys.executable, "-c", MOVES.format(threads=THREADS)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr  # -11 is a segmentation fault
    assert len(set(done.stdout.split())) == 1


def test_a_copy_taken_while_points_move_is_whole():
    lon, lat = np.random.default_rng(0).uniform(60, 70, (2, 50))
    points = gpd.GeoSeries.from_xy(lon, lat, index=map(str, range(50)), crs=4326)
    live = LiveIndex.from_points(points)
    state = live.__getstate__()
    live.delete("7")
    copied = LiveIndex.__new__(LiveIndex)
    copied.__setstate__(state)
    assert (len(copied), len(live)) == (50, 49)
    assert copied.nearest(lon[7], lat[7])[0].id == "7"
