"""Whichever threads ask for a table, it is built once."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import time
from functools import partial

import pytest
import shapely

from geosec.shared import (
    BUILDS,
    OneAtATime,
    build_once,
    build_once_each,
    hold_collector,
    prepare_copy,
    take_turns,
)

THREADS = 8


def ask_at_once(ask):
    """Call from 8 threads that begin at the same moment; give what they got or met."""
    start, got = threading.Barrier(THREADS), []

    def run():
        start.wait()
        try:
            got.append(ask())
        except ZeroDivisionError as error:
            got.append(type(error))

    threads = [threading.Thread(target=run) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


@pytest.fixture
def builds():
    """A list of builds, each as slow as a table is."""
    made = []

    def build(*given):
        made.append(given)
        time.sleep(0.02)
        return object()

    return made, build


def test_a_function_builds_once_for_each_argument(builds):
    made, build = builds
    table = build_once(build)
    assert len(set(ask_at_once(lambda: table("adm1")))) == 1
    assert table("adm1") is table("adm1")
    assert table("adm2") is not table("adm1")
    assert made == [("adm1",), ("adm2",)]


def test_each_object_builds_once(builds):
    made, build = builds

    class Ground:
        @build_once_each
        def land(self):
            """What is dry."""
            return build(self)

    one, two = Ground(), Ground()
    assert len(set(ask_at_once(lambda: one.land))) == 1
    assert two.land is not one.land
    assert made == [(one,), (two,)]
    assert Ground.land.__doc__ == "What is dry."


def test_a_build_that_fails_is_tried_again():
    turns = iter(range(THREADS + 1))

    @build_once
    def build():
        return 1 / next(turns)

    got = ask_at_once(build)
    assert got.count(ZeroDivisionError) == 1
    assert set(got) == {ZeroDivisionError, 1.0}


def test_tables_that_build_on_one_another_do_not_wait_in_a_circle():
    @build_once
    def lower(name):
        time.sleep(0.01)
        return upper("rail") if name == "roads" else name

    @build_once
    def upper(name):
        time.sleep(0.01)
        return lower("tracks") if name == "rail" else lower("roads")

    asked = iter([lower, upper] * 4)
    assert set(ask_at_once(lambda: next(asked)("roads"))) == {"tracks"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_process_forked_off_does_not_wait_for_a_thread_that_it_has_not():
    under_way, may_end = threading.Event(), threading.Event()

    @build_once
    def build():
        under_way.set()
        may_end.wait(20)
        return "built"

    thread = threading.Thread(target=build)
    thread.start()
    under_way.wait()
    if not (child := os.fork()):
        signal.alarm(10)  # ends a child that waits for ever
        may_end.set()
        os._exit(build() != "built")
    may_end.set()
    thread.join()
    assert os.waitpid(child, 0)[1] == 0


def test_threads_take_turns_in_an_object():
    class Tree(OneAtATime):
        inside = most = 0

        @take_turns
        def enter(self, *, again=True):
            self.inside += 1
            self.most = max(self.most, self.inside)
            time.sleep(0.002)
            self.inside -= 1
            return self.enter(again=False) if again else "out"

    tree = Tree()
    assert ask_at_once(tree.enter) == ["out"] * THREADS
    assert tree.most == 1


def ask_all(prepared, discs):
    found = []
    for disc in discs:
        with BUILDS.shapes:
            found.append(bool(shapely.contains(prepared, disc)))
    return found


def test_a_prepared_shape_may_be_asked_by_threads():
    ring = shapely.Point(67, 30).buffer(2, 2_000)
    discs = [shapely.Point(x / 10, 30).buffer(0.1) for x in range(640, 700)]
    wanted = [bool(shapely.contains(ring, disc)) for disc in discs]
    assert len(set(wanted)) == 2
    for _ in range(20):
        assert ask_at_once(partial(ask_all, prepare_copy(ring), discs)) == [wanted] * THREADS
    assert not shapely.is_prepared(ring)


def test_the_collector_runs_again_once_no_thread_holds_it_back():
    inside = threading.Barrier(THREADS)

    def hold():
        with hold_collector(), hold_collector():
            inside.wait()
            return gc.isenabled()

    assert ask_at_once(hold) == [False] * THREADS
    assert gc.isenabled()


def test_a_collector_that_did_not_run_stays_so():
    gc.disable()
    try:
        with pytest.raises(KeyError), hold_collector():
            raise KeyError
        assert not gc.isenabled()
    finally:
        gc.enable()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:This process")
def test_a_process_forked_off_while_the_collector_is_held_back_runs_its_own():
    with hold_collector():
        if not (child := os.fork()):
            os._exit(not gc.isenabled())
    assert os.waitpid(child, 0)[1] == 0
    assert gc.isenabled()
