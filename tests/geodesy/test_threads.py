"""Rows are shared out to threads whole, and no error of one of them is lost."""

from __future__ import annotations

import os

import pytest

from geosec.geodesy.threads import count_threads, run_in_parts, run_in_threads


@pytest.mark.parametrize(
    ("asked", "count"), [("1", 1), ("3", 3), ("0", None), ("two", None), ("", None)]
)
def test_the_environment_says_how_many_threads(asked, count, monkeypatch):
    monkeypatch.setenv("GEOSEC_THREADS", asked)
    assert count_threads() == (count or len(os.sched_getaffinity(0)))


def test_without_affinity_all_processors_count(monkeypatch):
    monkeypatch.delenv("GEOSEC_THREADS", raising=False)
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert count_threads() == 1


@pytest.mark.parametrize("asked", ["1", "2", "5"])
@pytest.mark.parametrize("count", [0, 1, 19_999, 20_000, 20_001, 100_007])
def test_parts_hold_every_row_once(count, asked, monkeypatch):
    monkeypatch.setenv("GEOSEC_THREADS", asked)
    parts = []
    run_in_parts(lambda first, last: parts.append(range(first, last)), count)
    assert [row for part in sorted(parts, key=lambda part: part.start) for row in part] == list(
        range(count)
    )
    assert len(parts) == (1 if count < 20_000 else 4 * int(asked))


@pytest.mark.parametrize("asked", ["1", "4"])
def test_an_error_in_one_part_is_not_lost(asked, monkeypatch):
    monkeypatch.setenv("GEOSEC_THREADS", asked)
    with pytest.raises(ZeroDivisionError, match="division"):
        run_in_threads(lambda task: 1 / task, [1, 2, 0, 4])


@pytest.mark.parametrize("asked", ["1", "3"])
def test_every_task_is_done_once(asked, monkeypatch):
    monkeypatch.setenv("GEOSEC_THREADS", asked)
    done = []
    run_in_threads(done.append, iter([1, 2, 3]))
    assert sorted(done) == [1, 2, 3]


def test_groups_are_shared_out_by_the_rows_they_hold(monkeypatch):
    monkeypatch.setenv("GEOSEC_THREADS", "2")
    parts = {}
    for rows in (100, 30_000):
        parts[rows] = []
        run_in_parts(lambda *part, rows=rows: parts[rows].append(part), 16, rows=rows)
    assert parts[100] == [(0, 16)]
    assert sorted(parts[30_000]) == [(first, first + 2) for first in range(0, 16, 2)]
